package record

import (
	"fmt"

	"laurel/internal/db"
)

// Pointing is a record and another one that its relation holds.
type Pointing struct {
	ID int64
	To int64
}

// PointingTo hands over, in parts of at most limit, the live records of an object whose relation holds one of some ids, by
// the relation's index. Between parts the caller may use the transaction.
func (s *Store) PointingTo(tx *db.Tx, o *Object, field int, ids []int64, limit int, fn func([]Pointing) error) error {
	column := db.Quote(columnOf(o.Fields[field].Key))
	text := "SELECT id, " + column + " FROM " + db.Quote(o.sql.table) + " WHERE " + column
	return inChunks(ids, text, "", func(query string, args []any) error {
		query += fmt.Sprintf("AND deleted_at IS NULL AND id > $%d ORDER BY id LIMIT $%d", len(args)+1, len(args)+2)
		for after := int64(0); ; {
			part, err := pointing(tx, query, append(args[:len(args):len(args)], after, limit))
			if err != nil || len(part) == 0 {
				return err
			}
			after = part[len(part)-1].ID
			if err := fn(part); err != nil {
				return err
			}
			if len(part) < limit {
				return nil
			}
		}
	})
}

func pointing(tx *db.Tx, query string, args []any) (out []Pointing, err error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p Pointing
		if err := rows.Scan(&p.ID, &p.To); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}
