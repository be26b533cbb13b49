package record

import (
	"database/sql"

	"laurel/internal/db"
)

// read fetches all that the operations are judged by: the records they name, the records and persons they refer to,
// the holders of unique values and the next automatic numbers.
func (b *batch) read() error {
	if err := b.refs.lookUp(b.tx); err != nil {
		return err
	}
	if err := b.readRecords(); err != nil {
		return err
	}
	if err := b.readOwners(); err != nil {
		return err
	}
	return b.readNumbers()
}

func (b *batch) readRecords() error {
	ids, externals := map[int64]bool{}, map[string]bool{}
	for i := range b.ops {
		if b.ops[i].ID > 0 {
			ids[b.ops[i].ID] = true
		}
		if b.ops[i].ExternalID != "" && storable(b.ops[i].ExternalID) {
			externals[b.ops[i].ExternalID] = true
		}
	}
	keep := func(rec *Record) (bool, error) {
		if b.rows[rec.ID] == nil {
			r := &row{Record: *rec, stored: true}
			rec.Values = nil // the row has them now
			b.rows[r.ID] = r
			if r.ExternalID != "" {
				b.byExternal[r.ExternalID] = r
			}
		}
		return true, nil
	}
	load := func(query string, args []any) error { return each(b.tx, b.object, query, args, keep) }
	if err := inChunks(keys(ids), b.object.sql.selectFrom+"WHERE id", "", load); err != nil {
		return err
	}
	return inChunks(keys(externals), b.object.sql.selectFrom+"WHERE external_id", "", load)
}

func keys[K comparable](set map[K]bool) []K {
	out := make([]K, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	return out
}

// readOwners finds who holds the unique values that the batch brings, live records only.
func (b *batch) readOwners() error {
	b.owners = make([]map[any]int64, len(b.object.Fields))
	for i := range b.object.Fields {
		f := &b.object.Fields[i]
		if !f.Unique {
			continue
		}
		wanted := map[any]bool{}
		for n := range b.work {
			w := &b.work[n]
			if w.sets(i) && !w.values[i].IsNull() {
				wanted[f.stored(w.values[i])] = true
			}
			for _, p := range w.pending {
				if id := b.refs.named(f, p.name); p.field == i && id != 0 {
					wanted[id] = true
				}
			}
			if op := &b.ops[n]; op.Kind == Restore { // brings back what the record had
				if r := b.find(op); r != nil && !r.Values[i].IsNull() {
					wanted[f.stored(r.Values[i])] = true
				}
			}
		}
		b.owners[i] = make(map[any]int64, len(wanted))
		column := db.Quote(columnOf(f.Key))
		if err := inChunks(keys(wanted), "SELECT id, "+column+" FROM "+db.Quote(b.object.sql.table)+" WHERE deleted_at IS NULL AND "+column, "",
			func(query string, args []any) error { return b.collectOwners(f, b.owners[i], query, args) }); err != nil { // index u_<field>
			return err
		}
	}
	return nil
}

func (b *batch) collectOwners(f *Field, owners map[any]int64, query string, args []any) error {
	rows, err := b.tx.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var c cell
	t := f.typ()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id, c.dest(t.about().column)); err != nil {
			return err
		}
		owners[t.bind(t.load(f, &c))] = id
	}
	return rows.Err()
}

// readNumbers fetches the next automatic numbers if the batch may need them.
func (b *batch) readNumbers() error {
	creates := false
	for i := range b.ops {
		creates = creates || b.ops[i].Kind == Create || b.ops[i].Kind == Upsert
	}
	b.numbers = map[int]int64{}
	for i := range b.object.Fields {
		if f := &b.object.Fields[i]; creates && f.Type == TypeAutoNumber {
			var next sql.NullInt64
			if err := b.tx.QueryRow("SELECT next_number FROM field WHERE id = $1", f.ID).Scan(&next); err != nil {
				return err
			}
			b.numbers[i] = next.Int64
		}
	}
	return nil
}

// find is the record that an operation is about, as it is after the operations so far; nil when there is none.
func (b *batch) find(op *Op) *row {
	if op.ID != 0 {
		return b.rows[op.ID]
	}
	return b.byExternal[op.ExternalID]
}
