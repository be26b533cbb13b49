package proof

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"laurel/internal/db"
	"laurel/internal/verify"
)

// Prover runs proofs. It reads one snapshot, so that nobody who writes waits for it.
type Prover struct {
	deps   verify.Deps
	settle func(context.Context) error // waits for the engine to come to the end of the log
	now    func() time.Time
}

// New makes a prover; settle may be nil.
func New(deps verify.Deps, settle func(context.Context) error, now func() time.Time) *Prover {
	if now == nil {
		now = time.Now
	}
	return &Prover{deps: deps, settle: settle, now: now}
}

// Bounds of a run.
const (
	settleWait = 30 * time.Second
	endWait    = 5 * time.Second // for writing down the end of a run whose process is stopping
	attempts   = 3               // when the engine was behind and something differs
)

// Prove recomputes everything and keeps the result. progress may be nil.
func (p *Prover) Prove(ctx context.Context, cause Cause, by string, progress func(int64)) (*verify.Report, error) {
	r, err := p.Begin(ctx, cause, by)
	if err != nil {
		return nil, err
	}
	return p.Finish(ctx, r, progress)
}

// Begin puts a run on record, which Finish carries out.
func (p *Prover) Begin(ctx context.Context, cause Cause, by string) (r Run, err error) {
	err = p.deps.DB.Write(ctx, func(tx *db.Tx) error {
		r, err = begin(tx, p.now(), cause, by)
		return err
	})
	return r, err
}

// Finish carries out a run that was begun. When its context ends first, the run is on record as interrupted.
func (p *Prover) Finish(ctx context.Context, r Run, progress func(int64)) (*verify.Report, error) {
	beating, stop := context.WithCancel(ctx)
	still := make(chan struct{})
	go func() {
		defer close(still)
		p.beat(beating, r.ID)
	}()
	report, err := p.compute(ctx, progress)
	stop()
	<-still
	r.EndedAt, r.State, r.Report = p.now().UnixMicro(), Done, report
	switch {
	case err != nil && ctx.Err() != nil:
		r.State = Interrupted
	case err != nil:
		r.State, r.Failure = Failed, err.Error()
	}
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), endWait)
	defer cancel()
	return report, errors.Join(err, p.deps.DB.Write(wait, func(tx *db.Tx) error { return end(tx, r) }))
}

// compute recomputes. An engine that is behind makes differences that are none, so then it is given time and asked again.
func (p *Prover) compute(ctx context.Context, progress func(int64)) (report *verify.Report, err error) {
	for range attempts {
		if err := p.settled(ctx); err != nil {
			return nil, err
		}
		report, err = verify.Run(ctx, p.deps, progress)
		if err != nil || report.Agrees() || report.Behind == 0 {
			break
		}
	}
	return report, err
}

func (p *Prover) settled(ctx context.Context) error {
	if p.settle == nil {
		return nil
	}
	wait, cancel := context.WithTimeout(ctx, settleWait)
	defer cancel()
	err := p.settle(wait)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil // the report says how far behind the engine is
	}
	return err
}

// beat signs that the run's process lives.
func (p *Prover) beat(ctx context.Context, id int64) {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := p.deps.DB.Write(ctx, func(tx *db.Tx) error { return beat(tx, id, p.now()) }); err != nil && ctx.Err() == nil {
			slog.Warn("a proof could not note that it is alive", "error", err)
		}
	}
}

// lookEvery is how often the clock is compared with the time of the nightly proof.
const lookEvery = 20 * time.Second

// Nightly proves once a day until the context ends. A night that passed while no server ran is made up for at the next start.
// Of several servers on one database one proves.
func (p *Prover) Nightly(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	since := p.now()
	for {
		if err := p.tonight(ctx, since); err != nil && ctx.Err() == nil {
			slog.Error("the nightly proof did not run", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// tonight proves if that is due.
func (p *Prover) tonight(ctx context.Context, since time.Time) error {
	var due bool
	err := p.deps.DB.Read(ctx, func(tx *db.Tx) (err error) {
		due, err = p.due(tx, since)
		return err
	})
	if err != nil || !due {
		return err
	}
	var r Run
	err = p.deps.DB.Write(ctx, func(tx *db.Tx) error { // asked again where only one server can answer
		if due, err = p.due(tx, since); err != nil || !due {
			return err
		}
		r, err = begin(tx, p.now(), Nightly, "")
		return err
	})
	if err != nil || !due {
		return err
	}
	report, err := p.Finish(ctx, r, nil)
	if err != nil {
		return fmt.Errorf("prove: %w", err)
	}
	if !report.Agrees() {
		slog.Error("the nightly proof found differences", "differences", report.Count, "awards", report.Awards)
	}
	return nil
}

// due reports whether the last moment at which to prove has passed without a proof. Before the first nightly proof only moments
// since the server's start count.
func (p *Prover) due(tx *db.Tx, since time.Time) (bool, error) {
	s, err := SettingOf(tx)
	if err != nil || s.Off() {
		return false, err
	}
	moment := s.lastBefore(p.now())
	last, err := read(tx, p.now(), `WHERE cause = $1 ORDER BY started_at DESC LIMIT 1`, string(Nightly))
	if err != nil {
		return false, err
	}
	if len(last) == 0 {
		return !moment.Before(since), nil
	}
	return last[0].StartedAt < moment.UnixMicro(), nil
}
