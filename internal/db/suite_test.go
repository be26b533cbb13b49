package db_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"laurel/internal/db"
)

// write is a Write that must succeed.
func write(t testing.TB, d *db.DB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), fn); err != nil {
		t.Fatalf("write: %v", err)
	}
}

// log appends n entries to the change log, as every writer of the product does.
func log(tx *db.Tx, actor string, n int64) error {
	seq, err := tx.NextSeq(n)
	if err != nil {
		return err
	}
	for i := range n {
		id, err := tx.NextID(1)
		if err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO change (seq, at, actor, object, record_id, kind) VALUES ($1, $2, $3, $4, $5, $6)`,
			seq+i, time.Now().UnixMicro(), actor, "deal", id, "create")
		if err != nil {
			return err
		}
	}
	return nil
}

// number reads one number in a snapshot of its own.
func number(t testing.TB, d *db.DB, query string, args ...any) (n int64) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) error { return tx.QueryRow(query, args...).Scan(&n) })
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return n
}

// gapFree fails unless the log is exactly 1 … n, and the counter stands right behind it.
func gapFree(t testing.TB, d *db.DB, n int64) {
	t.Helper()
	if got := number(t, d, `SELECT COUNT(*) FROM change`); got != n {
		t.Errorf("%d entries in the log, want %d", got, n)
	}
	if got := number(t, d, `SELECT COALESCE(MAX(seq), 0) FROM change`); got != n {
		t.Errorf("last number of the log is %d, want %d", got, n)
	}
	if got := number(t, d, `SELECT COALESCE(MAX(record_id), 0) FROM change`); got != n {
		t.Errorf("last id is %d, want %d: a failed write kept its numbers", got, n)
	}
	if got := number(t, d, `SELECT next_seq FROM counter`); got != n+1 {
		t.Errorf("next number is %d, want %d", got, n+1)
	}
}

// together runs writes that are all queued, in their order, before the first of them begins, and returns their errors.
func together(ctx context.Context, t testing.TB, d *db.DB, fns ...func(tx *db.Tx) error) []error {
	t.Helper()
	held, release := make(chan struct{}), make(chan struct{})
	blocker := make(chan error, 1)
	go func() {
		blocker <- d.Write(context.Background(), func(*db.Tx) error {
			close(held)
			<-release
			return nil
		})
	}()
	<-held
	results := make([]chan error, len(fns))
	for i, fn := range fns {
		results[i] = make(chan error, 1)
		go func() { results[i] <- d.Write(ctx, fn) }()
		for deadline := time.Now().Add(5 * time.Second); d.Waiting() <= i; time.Sleep(100 * time.Microsecond) {
			if time.Now().After(deadline) {
				t.Fatalf("write %d does not reach the queue", i)
			}
		}
	}
	// Longer than a group takes in further jobs: the blocker commits alone and the others form the next group.
	time.Sleep(60 * time.Millisecond)
	close(release)
	out := make([]error, len(fns))
	for i := range results {
		out[i] = <-results[i]
	}
	if err := <-blocker; err != nil {
		out = append(out, fmt.Errorf("blocker: %w", err))
	}
	return out
}
