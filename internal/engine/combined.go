package engine

import (
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// combined opens the value of a plan whose metric is a sum of others: before the rule's arithmetic stands what each term comes to.
func (b *batch) combined(ev *Evidence, period calendar.Period, earner rule.Ref) error {
	if ev.Due == nil || ev.Plan.Metric == nil || ev.Plan.Metric.Def.Measure.Kind != metric.Combine {
		return nil
	}
	terms, err := b.totals.Terms(ev.Plan.Metric, earner, period)
	if err != nil || len(terms) == 0 {
		return err
	}
	var steps []rule.Step
	var results []string
	var total money.Frac
	for _, t := range terms {
		if total, err = total.Add(t.Part); err != nil {
			return err
		}
		own := ev.Plan.Context
		own.Measure = plan.MeasureOf(t.Of)
		formula, result := own.Figure(t.Value), ev.Plan.Context.Figure(t.Part)
		if factor := t.Factor(); factor != (money.Decimal{Coef: 1}) {
			times := money.FormatDecimal(factor)
			if factor.Sign() < 0 {
				times = "(" + times + ")"
			}
			formula += " × " + times
		}
		results = append(results, result)
		steps = append(steps, rule.Step{Label: t.Name(), Formula: formula, Result: result})
	}
	if len(steps) > 1 {
		if len(results) > maxSummands { // each has a line of its own above
			results = []string{results[0], "…", results[len(results)-1]}
		}
		steps = append(steps, rule.Step{Label: i18n.T("合计", "Together"), Formula: strings.ReplaceAll(strings.Join(results, " + "), " + -", " − "), Result: ev.Plan.Context.Figure(total)})
	}
	due := *ev.Due
	due.Steps = slices.Concat(steps, due.Steps)
	ev.Due = &due
	return nil
}

// partPoints reads the records behind a value that does not add up and is computed from other metrics: those of all of them, each with what it
// brought to its own.
func (b *batch) partPoints(ev *Evidence, period calendar.Period, earner rule.Ref) error {
	type pointOf struct {
		rule.Point
		of *metric.Metric
	}
	var all []pointOf
	for _, part := range ev.Plan.Metric.PartsIn(b.cal, period) {
		points, err := b.pointsOf(ev.Plan, part.Of, earner, part.In.Window)
		if err != nil {
			return err
		}
		for _, p := range points {
			all = append(all, pointOf{p, part.Of})
		}
	}
	slices.SortStableFunc(all, func(x, y pointOf) int { return x.Compare(y.Point) })
	for _, p := range all {
		ev.Points, ev.Of = append(ev.Points, p.Point), append(ev.Of, p.of)
	}
	return nil
}
