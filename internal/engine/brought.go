package engine

import (
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// maxBrought bounds the lines that say who brought how much; the rest is one line.
const maxBrought = 30

// maxSummands bounds the figures that a sum writes out.
const maxSummands = 3

// planList are the plans themselves.
func (s *scene) planList() []*plan.Plan {
	out := make([]*plan.Plan, len(s.plans))
	for i, p := range s.plans {
		out[i] = p.Plan
	}
	return out
}

// brought opens an award whose value is not its subject's own: before the arithmetic stands who brought how much, and the
// records are theirs. What another plan gives has no records of its own: they stand behind that plan's awards.
func (b *batch) brought(ev *Evidence, period calendar.Period, earner rule.Ref) error {
	r := ev.Plan
	spans := []reportOn{{earner, period.Window}}
	if r.Def.Rollup == plan.Reports || r.Def.Rollup == plan.Tree {
		spans = reportsWithin(b, r, period, earner)
	}
	var steps []rule.Step
	var figures []string
	var total, rest money.Frac
	var err error
	for _, on := range spans {
		v, err := b.ownOf(r, period, on.who, on.days)
		if err != nil {
			return err
		}
		if total, err = total.Add(v); err != nil {
			return err
		}
		if r.Def.Earned == "" {
			points, err := b.totals.Points(r.Metric, on.who, on.days)
			if err != nil {
				return err
			}
			ev.Points = append(ev.Points, points...)
		}
		if v.IsZero() || on.who == earner {
			continue // one's own stands in the rule's arithmetic
		}
		if len(steps) == maxBrought {
			if rest, err = rest.Add(v); err != nil {
				return err
			}
			continue
		}
		figure := r.Context.Figure(v)
		figures = append(figures, figure)
		steps = append(steps, rule.Step{Label: on.label(b, period), Formula: figure, Result: figure})
	}
	ev.Points = rule.SortPoints(ev.Points)
	if ev.Due == nil {
		return nil
	}
	if !rest.IsZero() {
		figure := r.Context.Figure(rest)
		figures = append(figures, figure)
		steps = append(steps, rule.Step{Label: i18n.T("其余各人", "All others"), Formula: figure, Result: figure})
	}
	if len(steps) > 1 {
		if len(figures) > maxSummands { // each has a line of its own above
			figures = []string{figures[0], "…", figures[len(figures)-1]}
		}
		formula := strings.Join(figures, " + ")
		steps = append(steps, rule.Step{Label: i18n.T("合计", "Together"), Formula: formula, Result: r.Context.Figure(total)})
	}
	due := *ev.Due
	due.Steps = slices.Concat(steps, due.Steps)
	ev.Due = &due
	return err
}

// reportOn is somebody whose work counts for another on some days.
type reportOn struct {
	who  rule.Ref
	days calendar.Window
}

func reportsWithin(b *batch, r *plan.Ready, period calendar.Period, manager rule.Ref) []reportOn {
	var out []reportOn
	for _, span := range plan.ReportsOf(b.dir, manager.ID, r.Def.Rollup == plan.Tree) {
		if days := span.Window.Overlap(period.Window); !days.Empty() {
			out = append(out, reportOn{rule.Ref{Kind: rule.Person, ID: span.PersonID}, days})
		}
	}
	return out
}

// label names who brought it, and on which days where they reported for a part of the period.
func (on reportOn) label(b *batch, period calendar.Period) i18n.Text {
	name := NameSubject(b.dir, on.who).Name
	if on.days == period.Window {
		return i18n.Same(name)
	}
	days := on.days.From.String() + " – " + (on.days.To - 1).String()
	return i18n.T(name+"（"+days+"）", name+" ("+days+")")
}
