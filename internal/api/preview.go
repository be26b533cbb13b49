package api

import (
	"context"
	"time"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/engine"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// Bounds of a preview's answer.
const (
	maxPreviewRows  = 500
	maxPreviewClose = 20
)

// previewPlan back-tests a definition over the organisation's own history. A definition that cannot be judged yet is no
// error: its problems are part of the answer, beside whatever can be said already.
func (s *server) previewPlan(ctx context.Context, in *raw) (*body[Preview], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	var wanted PreviewInput
	if err := decode(in.RawBody, &wanted); err != nil {
		return nil, err
	}
	if wanted.To <= wanted.From {
		return nil, problem.Bad("window_empty", "to", "结束日期须晚于开始日期。", "The end must lie after the beginning.")
	}
	begin := time.Now()
	out := Preview{Problems: []ProblemPart{}, Periods: []PreviewPeriod{}, Rows: []PreviewRow{}, Close: []PreviewClose{}, Given: []i18n.Text{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		currency := wanted.Definition.Reward.Currency
		if currency == "" {
			currency = v.dir.Organisation.Currency
		}
		out.TotalCost = *shapeAmount(money.Amount{Currency: currency})
		if wanted.Metric != nil {
			tried, err := s.metrics.Check(tx, *wanted.Metric)
			if p, ok := problem.As(err); ok && p.Kind == problem.Invalid {
				out.Problems = append(out.Problems, problemParts(language(ctx), p.In("metric"))...)
				return nil
			}
			if err != nil {
				return err
			}
			if err := s.keepMetric(ctx, tx, tried); err != nil {
				return err
			}
			v.metrics, _ = v.metrics.With(tried)
		}
		ready, bad := plan.Prepare(wanted.Definition, v.metrics, v.dir)
		if r := v.named(usable(ready)); r != nil {
			out.Sentence = r.Sentence()
		}
		for _, p := range bad {
			out.Problems = append(out.Problems, problemParts(language(ctx), p)...)
		}
		if len(bad) > 0 {
			return nil
		}
		window := calendar.Window{From: wanted.From, To: wanted.To}
		var tested *engine.Backtest
		if wanted.Metric != nil {
			tested, err = s.engine.TryIn(tx, wanted.Definition, *wanted.Metric, window)
		} else {
			tested, err = s.engine.PreviewIn(tx, wanted.Definition, window)
		}
		if p, ok := problem.As(err); ok && p.Kind == problem.Invalid {
			out.Problems = append(out.Problems, problemParts(language(ctx), p)...)
			return nil
		}
		if err != nil {
			return err
		}
		return v.preview(ctx, tested, currency, &out)
	})
	out.ElapsedMS = time.Since(begin).Milliseconds()
	return reply(out), err
}

// preview shapes a back-test: periods oldest first, rows newest first.
func (v *viewer) preview(ctx context.Context, tested *engine.Backtest, currency string, out *Preview) error {
	winners, losers, takers := map[rule.Ref]bool{}, map[rule.Ref]bool{}, map[rule.Ref]bool{}
	var total int64
	var all []rule.Due
	for _, p := range tested.Periods {
		won := map[rule.Ref]bool{}
		cost, err := engine.CostIn(p.Dues, currency)
		if err != nil {
			return err
		}
		if total, err = money.AddInt(total, cost); err != nil {
			return err
		}
		given, err := engine.GivenOf(p.Dues)
		if err != nil {
			return err
		}
		all = append(all, p.Dues...)
		for _, d := range p.Dues {
			if d.Amount.Minor < 0 { // a multiplier below 100 % takes off
				losers[d.Ref] = true
				continue
			}
			won[d.Ref], winners[d.Ref] = true, true
		}
		for i := range p.Subjects {
			takers[p.Subjects[i].Ref] = true
		}
		out.Periods = append(out.Periods, PreviewPeriod{
			Label: p.Period.Label, From: p.Period.From, To: p.Period.To, Winners: len(won), Subjects: len(p.Subjects),
			Cost: *shapeAmount(money.Amount{Minor: cost, Currency: currency}), Given: givenTexts(given),
		})
	}
	given, err := engine.GivenOf(all)
	if err != nil {
		return err
	}
	out.Given = givenTexts(given)
	for i := len(tested.Periods) - 1; i >= 0; i-- {
		p := &tested.Periods[i]
		stands, err := tested.Plan.Around.Stands(tested.Plan.Shape, p.Context, p.Subjects, p.Subjects, p.Dues)
		if err != nil {
			return err
		}
		if err := v.previewRows(ctx, p, stands, out); err != nil {
			return err
		}
	}
	out.TotalCost = *shapeAmount(money.Amount{Minor: total, Currency: currency})
	out.Winners, out.Losers, out.People = len(winners), len(losers), len(takers)
	return nil
}

// previewRows adds one row for each subject that wins, and those that come closest without winning.
func (v *viewer) previewRows(ctx context.Context, p *engine.BacktestPeriod, stands []rule.Stand, out *Preview) error {
	dues := map[rule.Ref][]rule.Due{}
	for _, d := range p.Dues {
		dues[d.Ref] = append(dues[d.Ref], d)
	}
	for i := range stands {
		ref := stands[i].Ref
		if won := dues[ref]; len(won) > 0 {
			if len(out.Rows) < maxPreviewRows {
				row, err := v.previewRow(ctx, p.Period.Label, ref, stands[i].Progress.Value, won)
				if err != nil {
					return err
				}
				out.Rows = append(out.Rows, row)
			}
			delete(dues, ref)
			continue
		}
		ratio := stands[i].Progress.Ratio
		if near := ratio >= closeRatio && ratio < 1000; (near || stands[i].Barred) && len(out.Close) < maxPreviewClose {
			out.Close = append(out.Close, PreviewClose{
				Period: p.Period.Label, Subject: v.subject(ctx, ref), Value: stands[i].Progress.Value, Missing: stands[i].WhyNot,
			})
		}
	}
	for _, d := range p.Dues { // shares of those whom the plan does not judge: managers, members of a team
		if won := dues[d.Ref]; len(won) > 0 && len(out.Rows) < maxPreviewRows {
			row, err := v.previewRow(ctx, p.Period.Label, d.Ref, "", won)
			if err != nil {
				return err
			}
			out.Rows = append(out.Rows, row)
			delete(dues, d.Ref)
		}
	}
	return nil
}

// closeRatio is from where on somebody came close: 80 % of the way, in thousandths.
const closeRatio = 800

func (v *viewer) previewRow(ctx context.Context, period string, ref rule.Ref, value string, won []rule.Due) (PreviewRow, error) {
	row := PreviewRow{Period: period, Subject: v.subject(ctx, ref), Value: value}
	var sum dueSum
	for _, d := range won {
		sum.add(d)
		if d.From != (rule.Ref{}) && len(row.ShareOf) < maxPreviewClose {
			row.ShareOf = append(row.ShareOf, v.subject(ctx, d.From))
		}
	}
	given, err := engine.GivenOf(won)
	row.Due, row.Amount, row.Given = i18n.Integer(sum.quantity), sum.amountOrNil(), givenTexts(given)
	return row, err
}

// dueSum adds up what is due to one subject in one period.
type dueSum struct {
	quantity int64
	amount   money.Amount
	mixed    bool // several currencies: there is no one amount
}

func (s *dueSum) add(d rule.Due) {
	s.quantity += d.Quantity
	if d.Amount.Currency == "" {
		return
	}
	if s.amount.Currency == "" {
		s.amount = d.Amount
		return
	}
	sum, err := s.amount.Add(d.Amount)
	if err != nil {
		s.mixed = true
		return
	}
	s.amount = sum
}

func (s *dueSum) amountOrNil() *Amount {
	if s.mixed {
		return nil
	}
	return shapeAmount(s.amount)
}
