package db

import (
	"context"
	"sync"
)

// readers is the pool of connections that read.
type readers struct {
	db    *DB
	slots chan struct{} // one token per connection in use

	mu     sync.Mutex
	free   []*session // the last used first
	closed bool
}

func newReaders(d *DB) *readers {
	return &readers{db: d, slots: make(chan struct{}, maxReaders)}
}

// Read runs fn on one consistent snapshot of everything committed. fn must call neither Read,
// for it could wait for itself, nor Write, which on PostgreSQL could wait for the tables that the snapshot holds.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	s, err := d.readers.take(ctx)
	if err != nil {
		return err
	}
	tx := &Tx{ctx: ctx, run: ctx, session: s}
	defer d.readers.give(tx)
	return explain(fn(tx))
}

// take returns a connection with an open transaction. Kept connections whose server went away are thrown out here.
func (r *readers) take(ctx context.Context) (*session, error) {
	select {
	case r.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-r.db.closing:
		return nil, storageClosed()
	}
	for {
		s, kept, err := r.session(ctx)
		if err == nil {
			if err = s.control(r.db.dialect.beginRead()); err == nil {
				return s, nil
			}
			s.discard()
			if kept && isAway(err) {
				continue
			}
		}
		<-r.slots
		return nil, explain(err)
	}
}

func (r *readers) session(ctx context.Context) (s *session, kept bool, err error) {
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return nil, false, storageClosed()
	}
	if last := len(r.free) - 1; last >= 0 {
		s, r.free = r.free[last], r.free[:last]
	}
	r.mu.Unlock()
	if s != nil {
		s.settle(r.db.definitions.Load())
		return s, true, nil
	}
	s, err = newSession(ctx, r.db.readPool, r.db)
	return s, false, err
}

// give ends the snapshot and keeps the connection for the next read if it is sound.
func (r *readers) give(tx *Tx) {
	defer func() { <-r.slots }()
	tx.end()
	s := tx.session
	if err := s.control("ROLLBACK"); err != nil || !s.idle() {
		s.discard()
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		s.discard()
		return
	}
	r.free = append(r.free, s)
}

func (r *readers) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	for _, s := range r.free {
		s.discard()
	}
	r.free = nil
}
