package record

import (
	"strconv"
	"strings"

	"laurel/internal/db"
)

// fewUpdates is up to how many changed records are updated one by one; more are written anew in multi-row statements.
const fewUpdates = 16

// write stores what the operations left: records, automatic numbers and log entries.
func (b *batch) write() error {
	if len(b.changes) == 0 {
		return nil
	}
	if len(b.touched) > fewUpdates || b.swaps() {
		if err := b.rewrite(); err != nil {
			return err
		}
	} else {
		for _, r := range b.touched {
			if err := b.update(r); err != nil {
				return err
			}
		}
	}
	if err := b.insert(b.fresh, nil); err != nil {
		return err
	}
	if len(b.fresh) > 0 {
		for i, next := range b.numbers {
			if _, err := b.tx.Exec("UPDATE field SET next_number = $1 WHERE id = $2", next, b.object.Fields[i].ID); err != nil {
				return err
			}
		}
	}
	return appendChanges(b.tx, b.changes)
}

// swaps reports whether unique values may pass between records of the batch, so that updating one record after the
// other could clash on the way to a state that does not.
func (b *batch) swaps() bool {
	moved := 0
	for _, r := range b.touched {
		if r.moved || r.keyed {
			moved++
		}
	}
	return moved > 1
}

// rewrite takes the changed rows out and puts them back as they are now.
func (b *batch) rewrite() error {
	ids := make([]int64, len(b.touched))
	for i, r := range b.touched {
		ids[i] = r.ID
	}
	hidden, err := b.hiddenCells(ids)
	if err != nil {
		return err
	}
	if err := inChunks(ids, "DELETE FROM "+db.Quote(b.object.sql.table)+" WHERE id", "", func(query string, args []any) error {
		_, err := b.tx.Exec(query, args...)
		return err
	}); err != nil {
		return err
	}
	return b.insert(b.touched, hidden)
}

// hiddenCells reads the columns of hidden fields, which a rewritten row must keep.
func (b *batch) hiddenCells(ids []int64) (map[int64][]any, error) {
	fields := b.object.hidden
	if len(fields) == 0 {
		return nil, nil
	}
	out := make(map[int64][]any, len(ids))
	var columns strings.Builder
	cells := make([]cell, len(fields))
	var id int64
	dests := []any{&id}
	for i := range fields {
		columns.WriteString(", " + db.Quote(columnOf(fields[i].Key)))
		dests = append(dests, cells[i].dest(fields[i].typ().about().column))
	}
	return out, inChunks(ids, "SELECT id"+columns.String()+" FROM "+db.Quote(b.object.sql.table)+" WHERE id", "", func(query string, args []any) error {
		rows, err := b.tx.Query(query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(dests...); err != nil {
				return err
			}
			row := make([]any, len(fields))
			for i := range fields {
				row[i] = cells[i].raw(fields[i].typ().about().column)
			}
			out[id] = row
		}
		return rows.Err()
	})
}

// insert writes whole rows; hidden, when there are any, are the cells of hidden fields by id.
func (b *batch) insert(list []*row, hidden map[int64][]any) error {
	if len(list) == 0 {
		return nil
	}
	columns := b.object.sql.columns
	if hidden != nil {
		columns = append([]string(nil), columns...)
		for i := range b.object.hidden {
			columns = append(columns, columnOf(b.object.hidden[i].Key))
		}
	}
	width := len(columns)
	cells := make([]any, len(list)*width)
	rows := make([][]any, len(list))
	for n, r := range list {
		out := cells[n*width : (n+1)*width]
		out[0], out[1], out[2], out[3], out[4], out[5] = r.ID, nullText(r.ExternalID), r.Version, r.Created, r.Updated, r.deletedAt()
		for i := range r.Values {
			out[6+i] = b.object.Fields[i].stored(r.Values[i])
		}
		if hidden != nil {
			copy(out[6+len(r.Values):], hidden[r.ID])
		}
		rows[n] = out
	}
	return db.InsertRows(b.tx, b.object.sql.table, columns, rows)
}

func (r *row) deletedAt() any {
	if r.Deleted {
		return r.Updated
	}
	return nil
}

// update writes the fields of one record that differ from the table.
func (b *batch) update(r *row) error {
	var q strings.Builder
	q.WriteString("UPDATE " + db.Quote(b.object.sql.table) + " SET version = $1, updated_at = $2, deleted_at = $3")
	args := []any{r.Version, r.Updated, r.deletedAt()}
	set := func(column string, v any) {
		args = append(args, v)
		q.WriteString(", " + db.Quote(column) + " = $" + strconv.Itoa(len(args)))
	}
	if r.keyed {
		set("external_id", nullText(r.ExternalID))
	}
	for i, changed := range r.changed {
		if changed {
			set(columnOf(b.object.Fields[i].Key), b.object.Fields[i].stored(r.Values[i]))
		}
	}
	args = append(args, r.ID)
	q.WriteString(" WHERE id = $" + strconv.Itoa(len(args)))
	_, err := b.tx.Exec(q.String(), args...)
	return err
}
