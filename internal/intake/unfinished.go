package intake

import (
	"encoding/json"
	"fmt"
	"os"

	"laurel/internal/db"
	"laurel/internal/record"
)

// maxUnfinished bounds the list of what somebody began to import; the newest are told.
const maxUnfinished = 20

// Begun is an import that somebody began and has not finished.
type Begun struct {
	ID      int64
	File    string
	Status  Status
	Mapping Mapping
	Updated int64 // µs UTC
}

// Unfinished lists what an actor began to import, the newest first: it can be gone on with where it was left. The table
// of jobs is small, see maxJobs.
func (s *Store) Unfinished(tx *db.Tx, actor record.Actor) ([]Begun, error) {
	rows, err := tx.Query(`
		SELECT id, file, folder, status, mapping, updated_at FROM import_job
		WHERE actor = $1 AND status IN ($2, $3, $4) ORDER BY updated_at DESC, id DESC LIMIT $5`,
		actor, string(Uploaded), string(Checked), string(Running), maxUnfinished)
	if err != nil {
		return nil, fmt.Errorf("list imports: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []Begun
	for rows.Next() {
		j, mapping := Job{}, ""
		if err := rows.Scan(&j.ID, &j.File, &j.folder, &j.Status, &mapping, &j.Updated); err != nil {
			return nil, fmt.Errorf("list imports: %w", err)
		}
		if _, err := os.Stat(j.dataFile()); err != nil {
			continue // the file has gone, or lies on another machine
		}
		if err := json.Unmarshal([]byte(mapping), &j.Mapping); err != nil {
			return nil, fmt.Errorf("read import %d: %w", j.ID, err)
		}
		j.lost()
		out = append(out, Begun{ID: j.ID, File: j.File, Status: j.Status, Mapping: j.Mapping, Updated: j.Updated})
	}
	return out, rows.Err()
}
