package intake

import (
	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/record"
)

// Store runs imports into one organisation and keeps their jobs and mappings. It may be used by many goroutines.
type Store struct {
	db      *db.DB
	records *record.Store
	people  *people.Store
	jobs    jobs
}

// Open makes the store of an organisation's database.
func Open(d *db.DB, records *record.Store, persons *people.Store) *Store {
	return &Store{db: d, records: records, people: persons}
}
