package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// groupTime is how long a group of writes takes in further jobs before it commits.
const groupTime = 50 * time.Millisecond

// savepoint is the name of the one that the jobs of a group use in turn.
const savepoint = "job"

// writer runs the jobs of all goroutines, several in one transaction.
type writer struct {
	db      *DB
	queue   chan *job
	session *session // nil while not connected
	stopped chan struct{}
	groups  atomic.Int64 // begun so far
}

func newWriter(d *DB) *writer {
	return &writer{db: d, queue: make(chan *job, maxQueue), stopped: make(chan struct{})}
}

// loop serves the queue until the storage is closed.
func (w *writer) loop() {
	ended := false
	defer func() {
		if !ended { // a job ended our goroutine with runtime.Goexit, as a failing test does
			go w.loop()
		}
	}()
	for {
		select {
		case <-w.db.closing:
			ended = true
			w.stop()
			return
		case j := <-w.queue:
			if j.state.CompareAndSwap(waiting, running) {
				w.group(j)
			}
		}
	}
}

func (w *writer) stop() {
	if w.session != nil {
		w.session.discard()
	}
	w.refuse(storageClosed())
	close(w.stopped)
}

// refuse answers everything that waits.
func (w *writer) refuse(err error) {
	for {
		select {
		case j := <-w.queue:
			if j.state.CompareAndSwap(waiting, running) {
				j.answer(err)
			}
		default:
			return
		}
	}
}

// next returns another job that already waits, or nil.
func (w *writer) next() *job {
	for {
		select {
		case j := <-w.queue:
			if j.state.CompareAndSwap(waiting, running) {
				return j
			}
		default:
			return nil
		}
	}
}

// begin opens a transaction, on a new connection when the old one turns out to be lost.
func (w *writer) begin() (counters, error) {
	for {
		kept := w.session != nil
		if !kept {
			ctx, cancel := context.WithTimeout(context.Background(), 2*connectTimeout)
			s, err := newSession(ctx, w.db.writePool, w.db)
			cancel()
			if err != nil {
				return counters{}, err
			}
			w.session = s
		}
		w.session.settle(w.db.definitions.Load())
		c, err := w.session.beginWrite()
		if err == nil {
			return c, nil
		}
		lost := !w.session.idle()
		w.drop()
		if !kept || !lost || !isAway(err) {
			return c, err
		}
	}
}

// drop gives up the connection; the next group opens another.
func (w *writer) drop() {
	w.session.discard()
	w.session = nil
}

// group is the run of one transaction.
type group struct {
	jobs    []*job // that have run; err is set on those that failed and left nothing
	saved   bool   // the savepoint stands
	good    int    // jobs that did not fail
	start   counters
	count   counters
	changed bool
	defined bool
}

// group runs a job and those that wait behind it in one transaction, commits and answers them.
func (w *writer) group(first *job) {
	w.groups.Add(1)
	count, err := w.begin()
	if err != nil {
		slog.Error("storage: cannot begin a write", "error", err)
		first.answer(err)
		w.refuse(explain(err)) // they would only wait for the same
		return
	}
	g := &group{start: count, count: count}
	finished := false
	defer func() {
		if finished {
			return
		}
		w.drop() // the job ended our goroutine: nothing of the group stays
		g.fail(errors.New("db: a job of the same group ended the goroutine"))
	}()
	begun := time.Now()
	for j := first; j != nil; {
		g.jobs = append(g.jobs, j)
		if err := w.run(g, j); err != nil {
			finished = true
			w.drop()
			g.fail(err)
			return
		}
		j = nil
		if len(g.jobs) < w.db.dialect.maxGroup() && time.Since(begun) < groupTime {
			j = w.next()
		}
	}
	finished = true
	w.finish(g)
}

// run runs one job of a group. An error it returns is the whole group's; the job's own stays with the job.
func (w *writer) run(g *group, j *job) error {
	s := w.session
	// Before the first good job there is nothing to protect: a failure rolls back to the very beginning.
	if g.good > 0 {
		steps := []string{"SAVEPOINT " + savepoint}
		if g.saved {
			steps = []string{"RELEASE SAVEPOINT " + savepoint, "SAVEPOINT " + savepoint}
		}
		if err := s.control(steps...); err != nil {
			return err
		}
		g.saved = true
	}
	tx := &Tx{
		ctx: context.WithValue(j.ctx, insideWrite{}, true), run: context.Background(),
		session: s, write: true, count: g.count,
	}
	err := j.call(tx)
	tx.end()
	if err == nil && !s.healthy() {
		err = errIgnored
	}
	if err == nil {
		g.good++
		g.count, g.changed, g.defined = tx.count, g.changed || tx.changed, g.defined || tx.defined
		return nil
	}
	j.err = err
	if g.good > 0 {
		if back := s.control("ROLLBACK TO SAVEPOINT " + savepoint); back != nil {
			return cause(err, back)
		}
		return nil
	}
	if back := s.control("ROLLBACK"); back != nil {
		return cause(err, back)
	}
	g.start, err = s.beginWrite()
	g.count = g.start
	return err
}

// finish commits a group and answers its jobs.
func (w *writer) finish(g *group) {
	moved := g.count != g.start
	var err error
	if g.good == 0 {
		err = w.session.control("ROLLBACK")
	} else {
		err = w.session.commit(g.count, moved)
	}
	if err == nil && !w.session.idle() {
		err = errors.New("db: the transaction did not end")
	}
	if err != nil {
		w.drop()
		g.fail(err)
		return
	}
	if g.defined {
		w.session.stale = true
		w.db.definitions.Add(1)
	}
	if moved || g.changed {
		w.db.watchers.notify()
	}
	for _, j := range g.jobs {
		j.answer(j.err)
	}
}

// fail answers all jobs of a group that did not reach its commit.
func (g *group) fail(err error) {
	slog.Error("storage: a group of writes failed", "jobs", len(g.jobs), "error", err)
	for _, j := range g.jobs {
		if j.err == nil {
			j.err = err
		}
		j.answer(j.err)
	}
}

func panicked(cause any) error {
	return fmt.Errorf("db: a write panicked: %v\n%s", cause, debug.Stack())
}
