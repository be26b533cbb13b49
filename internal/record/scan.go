package record

import "laurel/internal/db"

// ScanPart hands over up to limit live records with ids above after, in the order of ids, and returns the last id: 0
// when there was none. Between parts the caller may use the transaction, as it may not inside Scan.
func (s *Store) ScanPart(tx *db.Tx, o *Object, after int64, limit int, fn func(*Record) error) (last int64, err error) {
	err = each(tx, o, o.sql.selectFrom+"WHERE deleted_at IS NULL AND id > $1 ORDER BY id LIMIT $2", []any{after, limit}, func(r *Record) (bool, error) {
		last = r.ID
		return true, fn(r)
	})
	return last, err
}
