package engine

import (
	"fmt"
	"time"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// rolled is the value of a plan that is judged by what others brought, or by what another plan gives. It has no points: its
// moment is the end of the period.
func (s *scene) rolled(r *plan.Ready, period calendar.Period, ref rule.Ref) (rule.Subject, error) {
	out := rule.Subject{Ref: ref, Has: true}
	add := func(ref rule.Ref, w calendar.Window) error {
		v, err := s.ownOf(r, period, ref, w)
		if err != nil {
			return err
		}
		out.Value, err = out.Value.Add(v)
		return err
	}
	if r.Def.Rollup != plan.Reports && r.Def.Rollup != plan.Tree {
		return out, add(ref, period.Window)
	}
	for _, span := range plan.ReportsOf(s.dir, ref.ID, r.Def.Rollup == plan.Tree) {
		w := span.Window.Overlap(period.Window)
		if w.Empty() {
			continue
		}
		if err := add(rule.Ref{Kind: rule.Person, ID: span.PersonID}, w); err != nil {
			return out, err
		}
	}
	return out, nil
}

// ownOf is what one person or unit brought, or was given, on some days of a period.
func (s *scene) ownOf(r *plan.Ready, period calendar.Period, ref rule.Ref, w calendar.Window) (money.Frac, error) {
	if r.Def.Earned == "" {
		v, _, err := s.totals.Value(r.Metric, ref, w)
		return v, err
	}
	base, err := s.given(r.Def.Earned, period)
	if err != nil {
		return money.Frac{}, err
	}
	var minor int64
	for _, g := range base[ref] {
		if day := calendar.DayAt(time.UnixMicro(g.moment), s.cal.Zone); !w.Contains(day) || g.amount.Currency != r.Metric.Currency {
			continue
		}
		if minor, err = money.AddInt(minor, g.amount.Minor); err != nil {
			return money.Frac{}, err
		}
	}
	return money.Decimal{Coef: minor, Scale: r.Metric.Scale}.Frac(), nil
}

// gift is cash that a plan gives, and when.
type gift struct {
	amount money.Amount
	moment int64
}

// given is the cash that a plan gives everybody in those of its periods that lie within a period, worked out afresh: awards on
// record may not have been brought in line yet.
func (s *scene) given(planKey string, period calendar.Period) (map[rule.Ref][]gift, error) {
	key := givenKey{planKey, period.Window}
	if known, ok := s.givens[key]; ok {
		return known, nil
	}
	base := s.planByKey(planKey)
	if base == nil {
		return nil, problem.Bad("unknown_plan", "earned", "没有标识为 %q 的方案", "there is no plan %q", planKey)
	}
	if s.depth >= maxBuilt {
		return nil, problem.Bad("depends_on_itself", "earned", "方案之间的依赖成环或太深", "plans build on each other in a circle, or too deep")
	}
	s.depth++
	defer func() { s.depth-- }()
	out := map[rule.Ref][]gift{}
	for _, v := range s.versionsFor(base) {
		for _, p := range v.Between(period.Window) {
			if p.To > period.To {
				continue
			}
			if v.err != nil {
				return nil, v.err
			}
			dues, err := s.dues(v.ready, p, nil)
			if err != nil {
				return nil, fmt.Errorf("plan %s in %s: %w", planKey, p.Label, err)
			}
			for _, d := range dues {
				if d.Reward.Kind != rule.Cash {
					continue
				}
				moment := d.Moment
				if moment == 0 {
					moment = p.To.Start(s.cal.Zone).UnixMicro() - 1
				}
				out[d.Ref] = append(out[d.Ref], gift{d.Amount, moment})
			}
		}
	}
	if s.givens == nil {
		s.givens = map[givenKey]map[rule.Ref][]gift{}
	}
	s.givens[key] = out
	return out, nil
}

// givenKey names what given remembers.
type givenKey struct {
	plan   string
	window calendar.Window
}

// maxBuilt bounds how many plans build on each other.
const maxBuilt = 12

func (s *scene) planByKey(key string) *readyPlan { return s.index.byKey[key] }

// markBuilt marks the plans that are judged by what a plan gives, in the periods around one of its periods.
func (b *batch) markBuilt(base *plan.Plan, period calendar.Period, cause award.Cause) {
	for _, p := range b.index.built[base.Key] {
		for i := range p.versions {
			v := &p.versions[i]
			if v.ready.Def.Earned != base.Key {
				continue
			}
			series := v.ready.Def.Series(b.cal)
			around, ok := series.Of(period.From) // what builds on another plan is never split
			if !ok {
				continue
			}
			marked := b.dirty[periodKey{p.Plan.ID, around.Label}]
			if around.From > b.asOf || marked != nil && marked.all {
				continue // its own dependants are marked already, and a circle ends here
			}
			if v.Reign.Contains(around.From) {
				b.mark(p.Plan, around, nil, cause)
			}
			for later, ok := series.Next(around); ok && v.ready.Back() != (rule.Back{}) && later.From <= b.asOf && later.From < v.Reign.To; later, ok = series.Next(later) {
				if v.Reign.Contains(later.From) {
					b.mark(p.Plan, later, nil, cause)
				}
			}
		}
	}
}
