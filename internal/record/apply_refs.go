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
	ids   map[int64]bool   // whether it is there and not deleted
	names map[string]int64 // id, deleted or not
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
func (r *refs) live(f *Field, id int64) bool      { return r.target(f).ids[id] }
func (r *refs) named(f *Field, name string) int64 { return r.target(f).names[name] }

// lookUp finds all that is wanted. A name leads to a deleted record too: whether it may be used depends on what the
// record that refers to it held before.
func (r *refs) lookUp(tx *db.Tx) error {
	for _, t := range r.targets {
		key, live := "external_id", "CASE WHEN deleted_at IS NULL THEN 1 ELSE 0 END"
		if t.table == personTable {
			key, live = "key", "1"
		}
		find := func(column string) string {
			return "SELECT id, COALESCE(" + key + ", ''), " + live + " FROM " + db.Quote(t.table) + " WHERE " + column
		}
		names := make([]string, 0, len(t.names))
		for name := range t.names {
			names = append(names, name)
		}
		if err := inChunks(names, find(key), "", func(query string, args []any) error {
			return t.collect(tx, query, args, true)
		}); err != nil {
			return err
		}
		var ids []int64
		for id, live := range t.ids {
			if !live {
				ids = append(ids, id)
			}
		}
		if err := inChunks(ids, find("id"), "", func(query string, args []any) error {
			return t.collect(tx, query, args, false)
		}); err != nil {
			return err
		}
	}
	return nil
}

func (t *refTarget) collect(tx *db.Tx, query string, args []any, named bool) error {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, live int64
		var name string
		if err := rows.Scan(&id, &name, &live); err != nil {
			return err
		}
		t.ids[id] = live == 1
		if named {
			t.names[name] = id
		}
	}
	return rows.Err()
}
