package verify

import (
	"fmt"
	"math/big"

	"laurel/internal/calendar"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// isRolled reports whether a plan is judged by what others brought, or by what another plan gives.
func isRolled(d *plan.Def) bool { return d.Earned != "" || d.Rollup == "reports" || d.Rollup == "tree" }

// earnings stands for what a plan gives: amounts in the organisation's currency.
func (r *run) earnings() *measured {
	m := &measured{persons: map[int64][]int32{}, per: 1}
	m.def.Measure.Kind = metric.Sum
	m.scale, _ = money.MinorUnits(r.pays)
	return m
}

// rolled is a subject's value in a period of such a plan.
func (j *judge) rolled(ref rule.Ref, at period) (subject, error) {
	s := subject{ref: ref, value: new(big.Rat), scale: j.metric.scale}
	if j.def.Rollup != "reports" && j.def.Rollup != "tree" {
		v, err := j.brought(ref, at, at.from, at.to)
		s.value = v
		return s, err
	}
	// Each day by itself: who reports to the subject then, and what that person brought on it.
	for i := range j.run.roster.persons {
		id := j.run.roster.persons[i].ID
		for day := at.from; day < at.to; day++ {
			if !j.run.roster.reports(id, ref.ID, day, j.def.Rollup == "tree") {
				continue
			}
			v, err := j.brought(rule.Ref{Kind: rule.Person, ID: id}, at, day, day+1)
			if err != nil {
				return s, err
			}
			s.value.Add(s.value, v)
		}
	}
	return s, nil
}

// brought is what somebody brought, or was given, on some days of a period.
func (j *judge) brought(ref rule.Ref, at period, from, to calendar.Day) (*big.Rat, error) {
	if j.def.Earned == "" {
		if !j.metric.additive() { // it was redefined since
			return nil, fmt.Errorf("metric %s does not add up", j.metric.def.Key)
		}
		v := j.run.tallied(j.metric, ref.Kind, period{kind: at.kind, from: from, to: to}).value(ref)
		return v, nil
	}
	given, err := j.run.given(j.def.Earned)
	if err != nil {
		return nil, err
	}
	sum := new(big.Int)
	for _, g := range given {
		if g.from < at.from || g.to > at.to {
			continue
		}
		if g.fault != nil {
			return nil, g.fault
		}
		for _, o := range g.due {
			moment := o.moment
			if moment == 0 {
				moment = j.run.clock.startOf(g.to) - 1
			}
			if day := j.run.clock.dayOf(moment); o.ref == ref && o.reward.Kind == rule.Cash && o.currency == j.run.pays && day >= from && day < to {
				sum.Add(sum, big.NewInt(o.minor))
			}
		}
	}
	return scaledRat(sum, j.metric.scale), nil
}

// reports reports whether a person reports to a manager on a day, directly or, through others, at all.
func (r *roster) reports(personID, managerID int64, day calendar.Day, through bool) bool {
	for levels := 0; levels <= 30; levels++ {
		above := int64(0)
		for _, s := range r.managers[personID] {
			if day >= s.Window.From && day < s.Window.To {
				above = s.ManagerID
			}
		}
		if above == 0 {
			return false
		}
		if above == managerID {
			return true
		}
		if !through {
			return false
		}
		personID = above
	}
	return false
}

// givenIn is what a plan gives in one of its periods.
type givenIn struct {
	period
	due   []owed
	fault error
	by    *judge
}

// given works out what a plan gives in every period that it judges, once.
func (r *run) given(planKey string) ([]givenIn, error) {
	if known, ok := r.gives[planKey]; ok {
		return known, nil
	}
	if r.gives == nil {
		r.gives = map[string][]givenIn{}
	}
	r.depth++
	defer func() { r.depth-- }()
	if r.depth > 12 {
		return nil, fmt.Errorf("plans build on each other in a circle")
	}
	plans, err := r.deps.Plans.All(r.tx)
	if err != nil {
		return nil, err
	}
	out := []givenIn{}
	found := false
	for _, p := range plans {
		if p.Key != planKey {
			continue
		}
		found = true
		versions := p.Published()
		for i := range versions {
			v := &versions[i]
			if v.From > r.asOf {
				continue
			}
			j := r.prepare(p, versions, i)
			if err := r.inherit(j, versions, i); err != nil {
				return nil, err
			}
			periods, err := r.judgedBy(versions, i)
			if err != nil {
				return nil, err
			}
			for _, at := range periods {
				due, fault := j.judge(at)
				out = append(out, givenIn{at, due, fault, j})
			}
		}
	}
	if !found {
		return nil, fmt.Errorf("there is no plan %q", planKey)
	}
	r.gives[planKey] = out
	return out, nil
}
