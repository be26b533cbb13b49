package engine

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/record"
)

const (
	// stepChanges bounds how many entries of the log one transaction takes up. Each step judges what it touched once,
	// so few large steps are cheaper than many small ones; and others cannot write while it runs.
	stepChanges = 20_000
	// burst is how many waiting changes mean that a batch is being written: then the engine waits for more of it.
	burst = 1000
	// burstWait is how long the engine waits for a burst to go on, at the most burstWaits times.
	burstWait  = 100 * time.Millisecond
	burstWaits = 10
	// leaseFor is how long an engine that stops answering keeps others from taking over.
	leaseFor = 5 * time.Second
	// idleWait is how often an engine looks for changes of other processes and for a new day.
	idleWait = 500 * time.Millisecond
)

// Engine is the engine of one organisation.
type Engine struct {
	db      *db.DB
	records *record.Store
	people  *people.Store
	metrics *metric.Store
	plans   *plan.Store

	now    func() time.Time
	holder string // names this engine in the lease

	mu    sync.Mutex
	ready readyPlans

	kept    kept
	columns *metric.Columns // of the object whose conditions are being tried
}

// Open makes the engine of an organisation. now is the clock that says which periods have begun and ended.
func Open(d *db.DB, records *record.Store, persons *people.Store, metrics *metric.Store, plans *plan.Store, now func() time.Time) *Engine {
	return &Engine{db: d, records: records, people: persons, metrics: metrics, plans: plans, now: now, holder: rand.Text(), columns: metric.NewColumns()}
}

// Run follows the log until the context ends. Faults are logged and tried again: the engine never gives up.
func (e *Engine) Run(ctx context.Context) error {
	signal, cancel := e.db.Watch()
	defer cancel()
	wait := time.NewTimer(0)
	defer wait.Stop()
	for {
		pause := idleWait
		if err := e.CatchUp(ctx); err != nil && ctx.Err() == nil {
			if !problem.IsCode(err, codeHeld) {
				slog.Error("the engine could not follow the log; it will try again", "error", err)
			}
			pause = 2 * time.Second
		}
		wait.Reset(pause)
		select {
		case <-ctx.Done():
			return e.release()
		case <-signal:
		case <-wait.C:
		}
	}
}

// CatchUp follows the log to its end.
func (e *Engine) CatchUp(ctx context.Context) error {
	var p pace
	for {
		behind, err := e.behind(ctx)
		if err != nil || !behind {
			return err
		}
		if !p.crowded {
			if err := e.awaitBurst(ctx); err != nil {
				return err
			}
		}
		var done after
		err = e.db.Write(ctx, func(tx *db.Tx) (err error) {
			begun := time.Now()
			done, err = e.step(tx, p.limit())
			p.took, p.changes, p.crowded = time.Since(begun), done.changes, e.db.Waiting() >= crowd
			return err
		})
		if err != nil {
			e.kept.forget()
			return fmt.Errorf("follow the change log: %w", err)
		}
		e.kept.keep(done.state, done.totals)
		if err := p.makeWay(ctx, e.db); err != nil {
			return err
		}
	}
}

// behind reports whether there is anything to do, from a snapshot, so that an idle engine writes nothing.
func (e *Engine) behind(ctx context.Context) (behind bool, err error) {
	err = e.db.Read(ctx, func(tx *db.Tx) error {
		st, err := readState(tx)
		if err != nil {
			return err
		}
		if st.heldByOther(e.holder, e.now()) {
			return problem.New(problem.Conflict, codeHeld, "", "另一个进程正在运行引擎", "another process runs the engine")
		}
		heads, err := e.records.Heads(tx, st.cursor, 1)
		if err != nil {
			return err
		}
		today, err := e.today(tx)
		if err != nil {
			return err
		}
		behind = len(heads) > 0 || st.asOf < today
		return nil
	})
	return behind, err
}

// awaitBurst lets a large batch come in whole before it is judged, which then happens once. A few changes never wait.
func (e *Engine) awaitBurst(ctx context.Context) error {
	var last int64
	for range burstWaits {
		var lag int64
		err := e.db.Read(ctx, func(tx *db.Tx) error {
			st, err := e.Status(tx)
			lag = st.Lag()
			return err
		})
		if err != nil || lag < burst || lag >= stepChanges || lag == last {
			return err
		}
		last = lag
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(burstWait):
		}
	}
	return nil
}

func (e *Engine) today(tx *db.Tx) (calendar.Day, error) {
	dir, err := e.people.Directory(tx)
	if err != nil {
		return 0, err
	}
	return calendar.DayAt(e.now(), dir.Organisation.Calendar().Zone), nil
}

// after is what a step leaves behind once it is committed.
type after struct {
	state   state
	totals  *metric.Totals
	changes int // taken up
}

// step takes up the next changes of the log, in the caller's transaction.
func (e *Engine) step(tx *db.Tx, limit int) (done after, err error) {
	st, err := readState(tx)
	if err != nil {
		return done, err
	}
	if st.heldByOther(e.holder, e.now()) {
		return done, problem.New(problem.Conflict, codeHeld, "", "另一个进程正在运行引擎", "another process runs the engine")
	}
	heads, err := e.records.Heads(tx, st.cursor, limit)
	if err != nil {
		return done, err
	}
	return e.take(tx, st, heads)
}

// take takes up a part of the log that follows a state.
func (e *Engine) take(tx *db.Tx, st state, heads []record.Head) (done after, err error) {
	b, err := e.begin(tx)
	if err != nil {
		return done, err
	}
	if err := b.takeUp(heads); err != nil {
		return done, err
	}
	if st.asOf < b.asOf {
		b.passDays(st.asOf)
	}
	st.asOf = max(st.asOf, b.asOf)
	b.asOf = st.asOf
	if err := b.judgeDirty(); err != nil {
		return done, err
	}
	if len(heads) > 0 {
		st.cursor = heads[len(heads)-1].Seq
	}
	st, err = st.write(tx, e.holder, e.now())
	return after{st, b.totals, len(heads)}, err
}
