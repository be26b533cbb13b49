package db

import (
	"context"
	"fmt"
	"sync/atomic"
)

// maxQueue bounds the writes that wait for the writer; further callers wait to be let into the queue.
const maxQueue = 1024

// job is one write on its way through the writer.
type job struct {
	ctx   context.Context
	fn    func(*Tx) error
	state atomic.Int32 // waiting, running or withdrawn
	err   error
	done  chan struct{}
}

// The states of a job.
const (
	waiting int32 = iota
	running
	withdrawn
)

// Write runs fn in a transaction and returns when it is on the disk, or has left no trace. Writes of all goroutines
// run one after another and share commits; an error or a panic of fn undoes only its own. fn runs in the writer's
// goroutine: it should be short, and must not call Write. A context that is done withdraws a write that has not
// begun; one that has begun sees its statements refused. After storage_unavailable a write may nevertheless have been
// saved, when the connection broke during the commit: repeat it under its idempotency key or external id.
func (d *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	if ctx.Value(insideWrite{}) != nil {
		return errNested
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &job{ctx: ctx, fn: fn, done: make(chan struct{})}
	select {
	case <-d.closing:
		return storageClosed()
	default:
	}
	select {
	case d.writer.queue <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-d.closing:
		return storageClosed()
	}
	select {
	case <-j.done:
		return j.err
	case <-ctx.Done():
	case <-d.writer.stopped:
	}
	if j.state.CompareAndSwap(waiting, withdrawn) {
		if err := ctx.Err(); err != nil {
			return err
		}
		return storageClosed()
	}
	<-j.done
	return j.err
}

// Waiting is how many writes wait for their turn.
func (d *DB) Waiting() int { return len(d.writer.queue) }

// Groups counts the transactions of writes so far, so that one can tell whether others are writing.
func (d *DB) Groups() int64 { return d.writer.groups.Load() }

func (j *job) answer(err error) {
	j.err = explain(err)
	close(j.done)
}

// call runs the job's function. A panic becomes its error.
func (j *job) call(tx *Tx) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = panicked(cause)
		}
	}()
	err = j.fn(tx)
	switch {
	case err != nil:
		return err
	case tx.failed != nil:
		return fmt.Errorf("%w: %w", errIgnored, tx.failed)
	}
	return nil
}
