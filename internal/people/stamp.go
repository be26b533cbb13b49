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
// Within one transaction, writes share a stamp until somebody reads. So ten thousand writes of an import replace the row once,
// where PostgreSQL would otherwise wade through all its dead versions at each. Nobody reads under a shared stamp while its transaction
// runs, not even after what was read later has been rolled back and the row holds it again: of the writes that share it some may yet be
// undone, and it would stay behind with other contents.

// sharedStamp is what the writes of a transaction share; an organisation has one writing transaction at a time.
type sharedStamp struct {
	tx    *db.Tx         // nil = none
	stamp int64          // under which nobody has read, so that the next write need not replace it; 0 = none
	given map[int64]bool // every stamp that the transaction's writes have shared
}

// markChanged sees to it that the row holds a stamp under which nobody has read. The shared one may have been rolled back
// meanwhile, with part of the transaction, which is why the row is asked.
func (s *Store) markChanged(tx *db.Tx) error {
	stamp := rand.Int64()
	s.mu.Lock()
	keep := s.shared.stamp
	if s.shared.tx != tx || keep == 0 {
		keep = stamp // keeps none: it is not there yet
	}
	s.mu.Unlock()
	n, err := tx.Exec(`UPDATE organisation SET people_stamp = $1 WHERE id = $2 AND people_stamp <> $3`, stamp, organisationRow, keep)
	if err != nil {
		return fmt.Errorf("stamp the people: %w", err)
	}
	if n == 0 {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shared.tx != tx {
		s.shared = sharedStamp{tx: tx, given: map[int64]bool{}}
	}
	s.shared.stamp, s.shared.given[stamp] = stamp, true
	return nil
}

// readingStamp is the stamp to read under: the row's, or a new one in place of one that the transaction's writes share.
func (s *Store) readingStamp(tx *db.Tx) (stamp int64, err error) {
	if err := tx.QueryRow(`SELECT people_stamp FROM organisation WHERE id = $1`, organisationRow).Scan(&stamp); err != nil {
		return 0, fmt.Errorf("read the people's stamp: %w", err)
	}
	s.mu.Lock()
	shared := s.shared.tx == tx && s.shared.given[stamp]
	if s.shared.tx == tx {
		s.shared.stamp = 0
	}
	s.mu.Unlock()
	if !shared {
		return stamp, nil
	}
	stamp = rand.Int64()
	if _, err := tx.Exec(`UPDATE organisation SET people_stamp = $1 WHERE id = $2`, stamp, organisationRow); err != nil {
		return 0, fmt.Errorf("stamp the people: %w", err)
	}
	return stamp, nil
}
