package record

import (
	"database/sql"
	"slices"

	"laurel/internal/db"
	"laurel/internal/problem"
	"laurel/internal/value"
)

// rowReader reads rows of an object's selectFrom.
type rowReader struct {
	object   *Object
	external sql.NullString
	deleted  sql.NullInt64
	cells    []cell
	columns  []string // kind of each field's column
	types    []fieldType
	dests    []any
	into     Record
}

func newRowReader(o *Object) *rowReader {
	n := len(o.Fields)
	r := &rowReader{object: o, cells: make([]cell, n), columns: make([]string, n), types: make([]fieldType, n)}
	r.dests = append(make([]any, 0, 6+n), &r.into.ID, &r.external, &r.into.Version, &r.into.Created, &r.into.Updated, &r.deleted)
	for i := range o.Fields {
		r.types[i] = o.Fields[i].typ()
		r.columns[i] = r.types[i].about().column
		r.dests = append(r.dests, r.cells[i].dest(r.columns[i]))
	}
	return r
}

// read fills rec from the current row; its Values are reused when they are there.
func (r *rowReader) read(rows *sql.Rows, rec *Record) error {
	if err := rows.Scan(r.dests...); err != nil {
		return err
	}
	values := rec.Values
	if values == nil {
		values = make([]value.Value, len(r.cells))
	}
	*rec = r.into
	rec.ExternalID, rec.Deleted, rec.Values = r.external.String, r.deleted.Valid, values
	for i := range r.cells {
		if c := &r.cells[i]; c.valid(r.columns[i]) {
			values[i] = r.types[i].load(&r.object.Fields[i], c)
		} else {
			values[i] = value.Nothing
		}
	}
	return nil
}

// each runs a query of the object's selectFrom and hands over its records until fn says stop. A record is reused for
// the next one unless fn takes its Values away.
func each(tx *db.Tx, o *Object, query string, args []any, fn func(*Record) (more bool, err error)) error {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	reader := newRowReader(o)
	var rec Record
	for rows.Next() {
		if err := reader.read(rows, &rec); err != nil {
			return err
		}
		if more, err := fn(&rec); err != nil || !more {
			return err
		}
	}
	return rows.Err()
}

// Get is one record, deleted ones included, or a NotFound problem.
func (s *Store) Get(tx *db.Tx, o *Object, id int64) (*Record, error) {
	return get(tx, o, "WHERE id = $1", id)
}

// GetByExternalID is the record of an external id, deleted ones included, or a NotFound problem.
func (s *Store) GetByExternalID(tx *db.Tx, o *Object, externalID string) (*Record, error) {
	if !storable(externalID) {
		return nil, notFound(o, externalID)
	}
	return get(tx, o, "WHERE external_id = $1", externalID)
}

func get(tx *db.Tx, o *Object, where string, key any) (*Record, error) {
	var found *Record
	err := each(tx, o, o.sql.selectFrom+where, []any{key}, func(r *Record) (bool, error) {
		found = r
		return false, nil
	})
	if err == nil && found == nil {
		err = notFound(o, key)
	}
	return found, err
}

func notFound(o *Object, key any) *problem.Error {
	return problem.New(problem.NotFound, "not_found", "", "“%s”中没有记录 %s。", "%s has no record %s.", o.Name, shown(key))
}

// Load is the records of the ids that exist, deleted ones included, in no particular order. Ids that lie close together, such as
// those of a batch of new records, are read as one stretch, which is several times faster than looking each up.
func (s *Store) Load(tx *db.Tx, o *Object, ids []int64) ([]Record, error) {
	out := make([]Record, 0, len(ids))
	take := func(r *Record) (bool, error) {
		out = append(out, *r)
		r.Values = nil
		return true, nil
	}
	if len(ids) >= fewLoaded {
		first, last := slices.Min(ids), slices.Max(ids)
		if last-first < 2*int64(len(ids)) {
			wanted := make([]bool, last-first+1)
			for _, id := range ids {
				wanted[id-first] = true
			}
			err := each(tx, o, o.sql.selectFrom+"WHERE id BETWEEN $1 AND $2", []any{first, last}, func(r *Record) (bool, error) {
				if !wanted[r.ID-first] {
					return true, nil
				}
				return take(r)
			})
			return out, err
		}
	}
	err := inChunks(ids, o.sql.selectFrom+"WHERE id", "", func(query string, args []any) error { return each(tx, o, query, args, take) })
	return out, err
}

// fewLoaded is up to how many records are looked up one by one.
const fewLoaded = 16

// Scan hands over every live record in the order of ids. The record and its Values are reused for the next one: Clone
// what is to be kept. fn must not use the transaction.
func (s *Store) Scan(tx *db.Tx, o *Object, fn func(*Record) error) error {
	return each(tx, o, o.sql.selectFrom+"WHERE deleted_at IS NULL ORDER BY id", nil, func(r *Record) (bool, error) {
		return true, fn(r)
	})
}
