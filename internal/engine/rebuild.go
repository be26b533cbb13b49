package engine

import (
	"context"
	"fmt"

	"laurel/internal/award"
	"laurel/internal/db"
)

// Rebuilt tells what a rebuild did.
type Rebuilt struct {
	Records int64 `json:"records"` // records read
	Events  int64 `json:"events"`  // steps that awards took: 0 when everything already agreed
}

// Rebuild forgets every contribution and cell, counts all records again and judges every period, in one transaction.
// Awards that were right stay untouched, with their histories. progress is told the records read so far; it may be nil.
func (e *Engine) Rebuild(ctx context.Context, progress func(records int64)) (Rebuilt, error) {
	var done Rebuilt
	err := e.db.Write(ctx, func(tx *db.Tx) error {
		done = Rebuilt{}
		var before, after int64
		if err := tx.QueryRow(`SELECT COUNT(*) FROM award_event`).Scan(&before); err != nil {
			return fmt.Errorf("count award events: %w", err)
		}
		b, err := e.begin(tx)
		if err != nil {
			return err
		}
		err = b.countAfresh(func() {
			done.Records++
			if progress != nil && done.Records%10_000 == 0 {
				progress(done.Records)
			}
		})
		if err != nil {
			return err
		}
		b.markEverything(award.Cause{})
		if err := b.judgeDirty(); err != nil {
			return err
		}
		if err := tx.QueryRow(`SELECT COUNT(*) FROM award_event`).Scan(&after); err != nil {
			return fmt.Errorf("count award events: %w", err)
		}
		done.Events = after - before
		st, err := readState(tx)
		if err != nil {
			return err
		}
		st.asOf = b.asOf
		if err := tx.QueryRow(`SELECT COALESCE(MAX(seq), 0) FROM change`).Scan(&st.cursor); err != nil {
			return fmt.Errorf("read the log's end: %w", err)
		}
		_, err = st.write(tx, "", e.now())
		return err
	})
	e.kept.forget() // whatever the cells were, they are right now
	return done, err
}
