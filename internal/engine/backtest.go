package engine

import (
	"context"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// MaxBacktestPeriods bounds one back-test: twenty years of weeks.
const MaxBacktestPeriods = 1100

// Backtest is what a plan would have made due over a stretch of history.
type Backtest struct {
	Plan    *plan.Ready
	Periods []BacktestPeriod
}

// BacktestPeriod is one period of a back-test: everybody in the audience with the base value, and what would be due.
type BacktestPeriod struct {
	Period   calendar.Period
	Subjects []rule.Subject
	Dues     []rule.Due
	Context  rule.Context // to tell progress with, for as long as the transaction of BacktestIn lasts
}

// Backtest judges a definition in the periods that begin in a window, whatever its effective dates say, and keeps
// nothing. Problems of the definition are returned as one problem.
func (e *Engine) Backtest(ctx context.Context, def plan.Def, w calendar.Window) (*Backtest, error) {
	var out *Backtest
	err := e.db.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = e.BacktestIn(tx, def, w)
		return err
	})
	return out, err
}

// BacktestIn is Backtest inside a transaction that only reads.
func (e *Engine) BacktestIn(tx *db.Tx, def plan.Def, w calendar.Window) (*Backtest, error) {
	return e.backtest(tx, def, nil, w, false)
}

// PreviewIn is BacktestIn for those who ask what is due, and not when and by which arithmetic: dues come without moments and
// steps, and so from day cells alone. Of cells that were read before none are read again.
func (e *Engine) PreviewIn(tx *db.Tx, def plan.Def, w calendar.Window) (*Backtest, error) {
	return e.backtest(tx, def, nil, w, true)
}

// TryIn is PreviewIn of a plan whose metric is judged by a definition that is not saved: another condition, another field.
// Where the condition allows it, it is counted from columns held in memory, else by reading every record.
func (e *Engine) TryIn(tx *db.Tx, def plan.Def, counted metric.Def, w calendar.Window) (*Backtest, error) {
	return e.backtest(tx, def, &counted, w, true)
}

func (e *Engine) backtest(tx *db.Tx, def plan.Def, counted *metric.Def, w calendar.Window, bare bool) (*Backtest, error) {
	sc, err := e.open(tx)
	if err != nil {
		return nil, err
	}
	var tried *metric.Metric
	if counted != nil {
		if tried, err = e.metrics.Check(tx, *counted); err != nil {
			return nil, err
		}
		sc.metrics, tried = sc.metrics.With(tried)
	}
	ready, bad := plan.Prepare(def, sc.metrics, sc.dir)
	if err := problem.Join(bad); err != nil {
		return nil, err
	}
	ready = ready.BuildingOn(sc.planList())
	periods := def.Trial(w, sc.cal).Between(w)
	if len(periods) > MaxBacktestPeriods {
		return nil, problem.New(problem.TooLarge, "too_many_periods", "from", "一次回测最多 %d 个周期，请缩短时间范围",
			"a back-test covers at most %d periods: choose a shorter range", MaxBacktestPeriods)
	}
	out := &Backtest{Plan: ready}
	sc.tested = w
	if tried != nil {
		if err := e.try(sc, ready, tried, periods); err != nil {
			return nil, err
		}
	}
	for _, p := range periods {
		subjects, err := sc.subjects(ready, p, nil)
		if err != nil {
			return nil, err
		}
		ctx := sc.contextOf(ready, p)
		asked := ctx
		asked.Bare, asked.Undated = bare, bare
		dues, err := due(ready, p, asked, subjects)
		if err != nil {
			return nil, err
		}
		out.Periods = append(out.Periods, BacktestPeriod{Period: p, Subjects: subjects, Dues: dues, Context: ctx})
	}
	e.kept.keep(sc.state, sc.totals)
	return out, nil
}

// try makes the scene count a definition that is not saved.
func (e *Engine) try(sc *scene, ready *plan.Ready, tried *metric.Metric, periods []calendar.Period) error {
	for _, key := range ready.ReadKeys() {
		if m := sc.metrics.Key(key); m != nil && m.ComputedFrom(tried.Def.Key) {
			return problem.Bad("metric_not_saved", "metric", "方案用到由它算出的指标 %q，请先保存指标再试算", "the plan reads %q, which is computed from it: save the metric first, then try the plan", key)
		}
	}
	ground, err := e.metrics.Ground(sc.tx, sc.dir)
	if err != nil {
		return err
	}
	windows := make([]calendar.Window, len(periods))
	for i, p := range periods {
		windows[i] = p.Window
	}
	return sc.totals.Try(tried, ground, e.columns, windows)
}

// Cost adds up the cash of dues per currency, in minor units.
func Cost(dues []rule.Due) (map[string]int64, error) {
	out := map[string]int64{}
	for _, d := range dues {
		if d.Amount.Currency == "" {
			continue
		}
		sum, err := money.AddInt(out[d.Amount.Currency], d.Amount.Minor)
		if err != nil {
			return nil, err
		}
		out[d.Amount.Currency] = sum
	}
	return out, nil
}
