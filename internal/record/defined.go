package record

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"laurel/internal/db"
)

// LastDefined fingerprints the newest change of some kinds of definition ("@metric", "@object"): caches of what those
// define are good while it stays the same. It holds the change's time as well as its number, because a number that was
// given back by a write that failed is given out again.
func (s *Store) LastDefined(tx *db.Tx, objects ...string) (string, error) {
	var b strings.Builder
	for _, object := range objects {
		var seq, at int64
		err := tx.QueryRow(`SELECT seq, at
			FROM change
			WHERE seq = (SELECT MAX(seq) FROM change WHERE object = $1 AND object < 'A')`, object).Scan(&seq, &at) // index change_defined
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return "", fmt.Errorf("read last definition: %w", err)
		}
		fmt.Fprintf(&b, "%d@%d ", seq, at)
	}
	return b.String(), nil
}

// Head is a change without its contents, for those who only need to know what moved.
type Head struct {
	Seq      int64
	Object   string
	RecordID int64
	Kind     string // ChangeCreate, ChangeUpdate …
	Actor    string // who did it, as written in the log
}

// Heads reads the next changes after a number, in order.
func (s *Store) Heads(tx *db.Tx, after int64, limit int) ([]Head, error) {
	rows, err := tx.Query(`SELECT seq, object, record_id, kind, actor
		FROM change
		WHERE seq > $1
		ORDER BY seq
		LIMIT $2`, after, limit)
	if err != nil {
		return nil, fmt.Errorf("read the change log: %w", err)
	}
	defer rows.Close()
	heads := make([]Head, 0, limit)
	for rows.Next() {
		var h Head
		if err := rows.Scan(&h.Seq, &h.Object, &h.RecordID, &h.Kind, &h.Actor); err != nil {
			return nil, fmt.Errorf("read the change log: %w", err)
		}
		heads = append(heads, h)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the change log: %w", err)
	}
	return heads, nil
}
