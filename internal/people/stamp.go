package people

import (
	"fmt"
	"math/rand/v2"

	"laurel/internal/db"
)

// The stamp in the organisation's row names a state of the people: whoever has read a Directory under the stamp that is
// there now need not read again. Stamps are random, not counted: one used by a write that was rolled back must not come
// back with other contents.
//
// Within one transaction, writes share a stamp until somebody reads under it. So ten thousand writes of an import replace
// the row once, where PostgreSQL would otherwise wade through all its dead versions at each.

// sharedStamp is the stamp that the writes of a transaction share, nobody having read under it yet.
type sharedStamp struct {
	tx    *db.Tx // nil = none
	stamp int64
}

// markChanged sees to it that the row holds a stamp under which nobody has read. The shared one may have been rolled back
// meanwhile, with part of the transaction, which is why the row is asked.
func (s *Store) markChanged(tx *db.Tx) error {
	stamp := rand.Int64()
	s.mu.Lock()
	keep := s.shared.stamp
	if s.shared.tx != tx {
		keep = stamp // keeps none: it is not there yet
	}
	s.mu.Unlock()
	n, err := tx.Exec(`UPDATE organisation SET people_stamp = $1 WHERE id = $2 AND people_stamp <> $3`, stamp, organisationRow, keep)
	if err != nil {
		return fmt.Errorf("stamp the people: %w", err)
	}
	if n > 0 {
		s.share(sharedStamp{tx, stamp})
	}
	return nil
}

func (s *Store) share(stamp sharedStamp) {
	s.mu.Lock()
	s.shared = stamp
	s.mu.Unlock()
}

// readingStamp is the stamp to read under. The transaction's own writes get one of their own first: were they rolled
// back in part, the shared stamp would stay behind with other contents.
func (s *Store) readingStamp(tx *db.Tx) (stamp int64, err error) {
	s.mu.Lock()
	own := s.shared.tx == tx
	if own {
		s.shared = sharedStamp{} // so that markChanged keeps none
	}
	s.mu.Unlock()
	if own {
		if err := s.markChanged(tx); err != nil {
			return 0, err
		}
		s.share(sharedStamp{})
	}
	if err := tx.QueryRow(`SELECT people_stamp FROM organisation WHERE id = $1`, organisationRow).Scan(&stamp); err != nil {
		return 0, fmt.Errorf("read the people's stamp: %w", err)
	}
	return stamp, nil
}
