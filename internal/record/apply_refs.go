package record

import (
	"laurel/internal/db"
)

// personTable stands for the table of persons where other references name an object.
const personTable = "person"

// refs looks up in bulk which of the things that a batch refers to are there.
type refs struct {
	targets map[string]*refTarget // by table
}

// refTarget is a table that is referred to. What was asked for and is not there stays at 0 or false.
type refTarget struct {
	table string
	ids   map[int64]bool
	names map[string]int64
}

func newRefs() *refs { return &refs{targets: map[string]*refTarget{}} }

func (r *refs) target(f *Field) *refTarget {
	table := personTable
	if f.Type == TypeRelation {
		table = tableOf(f.Target)
	}
	t := r.targets[table]
	if t == nil {
		t = &refTarget{table: table, ids: map[int64]bool{}, names: map[string]int64{}}
		r.targets[table] = t
	}
	return t
}

func (r *refs) wantID(f *Field, id int64)         { r.target(f).ids[id] = false }
func (r *refs) wantName(f *Field, name string)    { r.target(f).names[name] = 0 }
func (r *refs) has(f *Field, id int64) bool       { return r.target(f).ids[id] }
func (r *refs) named(f *Field, name string) int64 { return r.target(f).names[name] }

// lookUp finds all that is wanted.
func (r *refs) lookUp(tx *db.Tx) error {
	for _, t := range r.targets {
		key, live := "external_id", "AND deleted_at IS NULL"
		if t.table == personTable {
			key, live = "key", ""
		}
		names := make([]string, 0, len(t.names))
		for name := range t.names {
			names = append(names, name)
		}
		if err := inChunks(names, "SELECT id, "+key+" FROM "+db.Quote(t.table)+" WHERE "+key, live, func(query string, args []any) error {
			return t.collect(tx, query, args, func(id int64, name string) { t.names[name], t.ids[id] = id, true })
		}); err != nil {
			return err
		}
		var ids []int64
		for id, found := range t.ids {
			if !found {
				ids = append(ids, id)
			}
		}
		if err := inChunks(ids, "SELECT id, '' FROM "+db.Quote(t.table)+" WHERE id", live, func(query string, args []any) error {
			return t.collect(tx, query, args, func(id int64, _ string) { t.ids[id] = true })
		}); err != nil {
			return err
		}
	}
	return nil
}

func (t *refTarget) collect(tx *db.Tx, query string, args []any, found func(id int64, name string)) error {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return err
		}
		found(id, name)
	}
	return rows.Err()
}
