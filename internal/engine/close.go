package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/closing"
	"laurel/internal/db"
	"laurel/internal/metric"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/statement"
)

// Moving is what is not settled yet in a period that is to be closed.
type Moving struct {
	Behind      int64 // changes of the log that are not judged yet
	Provisional int64 // awards that wait for the end of a period
	NotJudged   []PeriodFault
	LeftOut     []LeftOut
}

// LeftOut is how many records of the span that is closed meet a metric's condition and cannot be counted, for one reason: a date, a
// person, a rate is missing.
type LeftOut struct {
	MetricID int64
	Reason   metric.Reason
	Count    int64
}

// PeriodFault is a period of a plan that cannot be judged as things are.
type PeriodFault struct {
	PlanID  int64
	Period  string
	Code    string
	Message string // Chinese and English on two lines
}

// Moving tells what is not settled yet in a period: what finance looks at before closing it.
func (e *Engine) Moving(tx *db.Tx, p calendar.Period) (*Moving, error) {
	st, err := e.Status(tx)
	if err != nil {
		return nil, err
	}
	m := &Moving{Behind: st.Lag(), NotJudged: []PeriodFault{}}
	err = tx.QueryRow(`SELECT COUNT(*) FROM award WHERE state = $1 AND period_to > $2 AND period_to <= $3`,
		string(award.Provisional), int64(p.From), int64(p.To)).Scan(&m.Provisional)
	if err != nil {
		return nil, fmt.Errorf("count provisional awards: %w", err)
	}
	if m.LeftOut, err = e.leftOut(tx, p); err != nil {
		return nil, err
	}
	rows, err := tx.Query(`SELECT plan_id, period_label, code, message FROM plan_problem ORDER BY plan_id, period_label`)
	if err != nil {
		return nil, fmt.Errorf("read plan problems: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var f PeriodFault
		if err := rows.Scan(&f.PlanID, &f.Period, &f.Code, &f.Message); err != nil {
			return nil, fmt.Errorf("read plan problems: %w", err)
		}
		m.NotJudged = append(m.NotJudged, f)
	}
	return m, rows.Err()
}

// maxOmitted bounds the records left out of one metric that are looked into before a closing.
const maxOmitted = 20_000

// leftOut counts the records left out of each metric that might count in what a period's closing settles: the plans' periods that
// end in it, which may begin earlier; of the first closing, everything before its end. Where they are too many to be looked into, all
// are told.
func (e *Engine) leftOut(tx *db.Tx, p calendar.Period) ([]LeftOut, error) {
	b, err := e.begin(tx)
	if err != nil {
		return nil, err
	}
	spans := map[int64][]calendar.Window{} // by metric
	for _, rp := range b.plans {
		for _, period := range b.judged(rp.Plan) {
			r := rp.of(period)
			if r == nil || period.To > p.To || period.To <= p.From && b.closedUntil != 0 {
				continue
			}
			for _, m := range b.metrics.List() {
				if r.Reads(m) {
					spans[m.ID] = append(spans[m.ID], period.Window)
				}
			}
		}
	}
	out := []LeftOut{}
	for _, m := range b.metrics.List() {
		if len(spans[m.ID]) == 0 {
			continue
		}
		omitted, more, err := m.ReadOmitted(tx, &b.counting, maxOmitted)
		if err != nil {
			return nil, err
		}
		if more { // than can be looked into: any of them may belong to the span
			all, err := metric.ReadLeftOut(tx, m.ID)
			if err != nil {
				return nil, err
			}
			for _, l := range all {
				out = append(out, LeftOut{MetricID: m.ID, Reason: l.Reason, Count: l.Count})
			}
			continue
		}
		counts := map[metric.Reason]int64{}
		for i := range omitted {
			if slices.ContainsFunc(spans[m.ID], omitted[i].Within) {
				counts[omitted[i].Reason]++
			}
		}
		for _, reason := range slices.Sorted(maps.Keys(counts)) {
			out = append(out, LeftOut{MetricID: m.ID, Reason: reason, Count: counts[reason]})
		}
	}
	return out, nil
}

// Closable finds the period that a label names; the error is why it cannot be closed now, if it cannot. again is its closing where it
// is closed already.
func (e *Engine) Closable(tx *db.Tx, kind calendar.Kind, label string) (p calendar.Period, again *closing.Closing, err error) {
	b, err := e.begin(tx)
	if err != nil {
		return p, nil, err
	}
	return b.toClose(kind, label)
}

// Close closes a period, after which its awards stand as they are. Periods are closed in order, once they have ended and everything that
// happened is judged. Closing a closed period again changes nothing and returns the closing that stands.
func (e *Engine) Close(ctx context.Context, actor string, kind calendar.Kind, label string) (closing.Closing, error) {
	var done closing.Closing
	err := e.db.Write(ctx, func(tx *db.Tx) error {
		b, err := e.begin(tx)
		if err != nil {
			return err
		}
		p, again, err := b.toClose(kind, label)
		if err != nil || again != nil {
			if again != nil {
				done = *again
			}
			return err
		}
		st, err := e.Status(tx)
		if err != nil {
			return err
		}
		if st.Lag() > 0 || st.AsOf < p.To {
			return problem.New(problem.Conflict, "still_judging", "label", "还有变更没有评判完，请稍后再关账", "some changes are not judged yet: close the period in a moment")
		}
		if done, err = closing.Put(tx, actor, p); err != nil {
			return err
		}
		if err := statement.Freeze(tx, b.dir.Organisation, done); err != nil {
			return err
		}
		_, err = e.logClosing(tx, actor, "close", done)
		return err
	})
	return done, err
}

// toClose finds the period that a label names and checks that it is the next to be closed; again is its closing if it is closed.
func (b *batch) toClose(kind calendar.Kind, label string) (p calendar.Period, again *closing.Closing, err error) {
	closings, err := closing.List(b.tx)
	if err != nil {
		return p, nil, err
	}
	for i := range closings {
		if c := &closings[i]; c.Closed() && c.Period.Label == label && c.Period.Kind == kind {
			return c.Period, c, nil
		}
	}
	if !kind.Valid() {
		return p, nil, problem.Bad("unknown_period", "kind", "周期只能是 week、month、quarter、half 或 year", "a period is week, month, quarter, half or year")
	}
	p = b.cal.PeriodOf(kind, b.asOf)
	for n := 0; p.Label != label && n < MaxBacktestPeriods; n++ {
		p = b.cal.Back(p, 1)
	}
	switch {
	case p.Label != label:
		return p, nil, problem.New(problem.NotFound, "unknown_period", "label", "没有已经开始的周期 %q", "there is no period %q that has begun", label)
	case p.To > b.asOf:
		return p, nil, problem.New(problem.Conflict, "period_running", "label", "周期还没有结束，%s 之后才能关账", "the period has not ended: it can be closed from %s on", p.To)
	case b.closedUntil != 0 && p.From != b.closedUntil:
		return p, nil, problem.New(problem.Conflict, "not_next_period", "label", "请按顺序关账：下一个周期从 %s 开始", "periods are closed in order: the next one begins on %s", b.closedUntil)
	}
	return p, nil, nil
}

// Reopen takes the last closing back: its awards follow the data again, and adjustments of what it had closed go.
func (e *Engine) Reopen(ctx context.Context, actor, label, reason string) (closing.Closing, error) {
	var done closing.Closing
	err := e.db.Write(ctx, func(tx *db.Tx) (err error) {
		if done, err = closing.Reopen(tx, actor, label, reason); err != nil {
			return err
		}
		if err := statement.Drop(tx, done.ID); err != nil {
			return err
		}
		cause, err := e.logClosing(tx, actor, "reopen", done)
		if err != nil {
			return err
		}
		b, err := e.begin(tx)
		if err != nil {
			return err
		}
		return b.judgeReopened(cause)
	})
	return done, err
}

// Paid notes that a closed period was paid.
func (e *Engine) Paid(ctx context.Context, actor, label string) (closing.Closing, error) {
	var done closing.Closing
	err := e.db.Write(ctx, func(tx *db.Tx) (err error) {
		before, err := closing.List(tx)
		if err != nil {
			return err
		}
		if done, err = closing.Paid(tx, actor, label); err != nil {
			return err
		}
		for _, c := range before {
			if c.ID == done.ID && c.PaidAt != 0 {
				return nil
			}
		}
		_, err = e.logClosing(tx, actor, "pay", done)
		return err
	})
	return done, err
}

func (e *Engine) logClosing(tx *db.Tx, actor, kind string, c closing.Closing) (award.Cause, error) {
	cause := award.Cause{Object: "@closing", RecordID: c.ID}
	after, err := json.Marshal(map[string]any{"label": c.Period.Label, "kind": c.Period.Kind, "reason": c.Reason})
	if err != nil {
		return cause, fmt.Errorf("write closing: %w", err)
	}
	cause.Seq, err = e.records.AppendChange(tx, record.Change{
		Actor: actor, Object: cause.Object, RecordID: c.ID, Kind: kind, After: after,
	})
	return cause, err
}

// judgeReopened judges what was closed until now, and moves the adjustments of older periods to where they belong now.
func (b *batch) judgeReopened(cause award.Cause) error {
	for _, p := range b.plans {
		origins, err := award.Origins(b.tx, p.Plan.ID)
		if err != nil {
			return err
		}
		for _, period := range b.judged(p.Plan) {
			b.mark(p.Plan, period, nil, cause)
		}
		b.orphans = append(b.orphans, orphan{p.Plan, cause})
		for _, origin := range origins {
			if err := b.dropAdjustments(p.Plan.ID, origin.Label, cause); err != nil {
				return err
			}
		}
	}
	return b.judgeDirty()
}

// dropAdjustments reverses the adjustments of an origin that can still change; what is still needed is granted again.
func (b *batch) dropAdjustments(planID int64, origin string, cause award.Cause) error {
	all, err := award.Adjustments(b.tx, planID, origin)
	if err != nil {
		return err
	}
	byPeriod := map[string][]*award.Award{}
	for _, a := range all {
		if !b.closed(a.Period) {
			byPeriod[a.Period.Label] = append(byPeriod[a.Period.Label], a)
		}
	}
	for _, label := range sortedKeys(byPeriod) {
		list := byPeriod[label]
		j := &award.Judgement{PlanID: planID, Period: list[0].Period, Origin: origin, Cause: cause}
		if err := award.Reconcile(b.tx, j, list); err != nil {
			return err
		}
	}
	return nil
}
