package verify

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/rule"
)

// goal is a target on record with the days of its period.
type goal struct {
	subject  rule.Ref
	from, to calendar.Day
	value    *big.Rat
	places   uint8
	weights  []number
	whole    bool
}

// readGoals reads every target, by metric.
func (r *run) readGoals() error {
	rows, err := r.tx.Query(`SELECT metric_id, subject_kind, subject_id, label, value, spread, whole FROM target ORDER BY id`)
	if err != nil {
		return fmt.Errorf("read targets: %w", err)
	}
	r.goals = map[int64][]goal{}
	return each(rows, func(scan scanRow) error {
		var id, whole int64
		var g goal
		var label, text, spread string
		if err := scan(&id, &g.subject.Kind, &g.subject.ID, &label, &text, &spread, &whole); err != nil {
			return err
		}
		var n number
		if err := n.UnmarshalJSON([]byte(text)); err != nil {
			return err
		}
		for i := len(text) - 1; i >= 0; i-- {
			if text[i] == '.' {
				g.places = uint8(len(text) - 1 - i)
			}
		}
		if spread != "" {
			if err := json.Unmarshal([]byte(spread), &g.weights); err != nil {
				return err
			}
		}
		p, found := r.clock.called(label)
		g.value, g.whole, g.from, g.to = n.Rat, whole != 0, p.from, p.to
		if found {
			r.goals[id] = append(r.goals[id], g)
		}
		return nil
	})
}

// called finds the period of a name by going through all of them around its year.
func (c clock) called(name string) (period, bool) {
	var year int
	if _, err := fmt.Sscanf(name, "%4d", &year); err != nil {
		return period{}, false
	}
	for _, kind := range []calendar.Kind{calendar.Week, calendar.Month, calendar.Quarter, calendar.Half, calendar.Year} {
		p, err := c.firstPeriod(kind, dayNumber(year-1, time.December, 1))
		for err == nil && p.from < dayNumber(year+2, time.February, 1) {
			if p.label == name {
				return p, true
			}
			p = c.name(kind, p.to)
		}
	}
	return period{}, false
}

// target is what a subject is to reach by a metric within some days; nil when nobody has said.
func (r *run) target(m *measured, ref rule.Ref, from, to calendar.Day) *big.Rat {
	if ref.Kind == rule.Person {
		here := func(d calendar.Day) bool { return r.roster.employed(ref.ID, d) }
		if r.roster.person[ref.ID] == nil {
			return nil
		}
		return r.holding(m, ref, from, to, here, here)
	}
	always := func(calendar.Day) bool { return true }
	if own := r.holding(m, ref, from, to, always, always); own != nil || !m.gathers() {
		return own
	}
	var sum *big.Rat
	add := func(v *big.Rat) {
		if v != nil && sum == nil {
			sum = new(big.Rat)
		}
		if v != nil {
			sum.Add(sum, v)
		}
	}
	var below []int64
	for _, u := range r.roster.units {
		if u.ParentID == ref.ID {
			below = append(below, u.ID)
			add(r.target(m, rule.Ref{Kind: rule.SubjectKind(u.Kind), ID: u.ID}, from, to))
		}
	}
	for i := range r.roster.persons {
		id := r.roster.persons[i].ID
		straight := func(d calendar.Day) bool {
			return r.roster.member(id, ref.ID, d) && !slices.ContainsFunc(below, func(u int64) bool { return r.roster.member(id, u, d) })
		}
		here := func(d calendar.Day) bool { return r.roster.employed(id, d) }
		add(r.holding(m, rule.Ref{Kind: rule.Person, ID: id}, from, to, here, straight))
	}
	return sum
}

// gathers reports whether the metric's targets add up over time and over members.
func (m *measured) gathers() bool {
	return m.additive() || m.def.Measure.Kind == "sum" || m.eachTerm((*measured).gathers)
}

// holding adds up, day by day, what a subject's own targets come to on the days on which it holds them.
func (r *run) holding(m *measured, ref rule.Ref, from, to calendar.Day, here, held func(calendar.Day) bool) *big.Rat {
	var own []goal
	for _, g := range r.goals[m.id] {
		if g.subject == ref {
			own = append(own, g)
		}
	}
	pieces := r.pieces(m, own, from, to, held)
	var sum *big.Rat
	for _, g := range pieces {
		var base, days int64
		for d := g.from; d < g.to; d++ {
			if !g.whole || here(d) {
				base++
			}
			if held(d) {
				days++
			}
		}
		switch {
		case days == 0:
		case !m.gathers():
			return g.value
		default:
			part := new(big.Rat).Mul(g.value, big.NewRat(days, base))
			if sum == nil {
				sum = new(big.Rat)
			}
			sum.Add(sum, part)
		}
	}
	return sum
}

// pieces finds what says something about some days: that very period; else shorter ones for all days held; else the
// shortest longer one, as far as it falls on them.
func (r *run) pieces(m *measured, own []goal, from, to calendar.Day, held func(calendar.Day) bool) []goal {
	for _, g := range own {
		if g.from == from && g.to == to {
			return []goal{g}
		}
	}
	if m.gathers() {
		var out []goal
		complete := true
		for d := from; d < to && complete; {
			best := -1
			for i, g := range own {
				if g.from == d && g.to <= to && (best < 0 || g.to > own[best].to) {
					best = i
				}
			}
			switch {
			case best >= 0:
				out = append(out, own[best])
				d = own[best].to
			case held(d):
				complete = false
			default:
				d++
			}
		}
		if complete && len(out) > 0 {
			return out
		}
	}
	best := -1
	for i, g := range own {
		if g.from <= from && g.to >= to && (best < 0 || g.to-g.from < own[best].to-own[best].from) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	g := own[best]
	out := goal{from: from, to: to, value: g.value, whole: g.whole}
	if m.gathers() {
		out.value = r.falls(m, g, from, to)
	}
	return []goal{out}
}

// falls is what of a longer target falls on some of its days.
func (r *run) falls(m *measured, g goal, from, to calendar.Day) *big.Rat {
	places := max(m.scale, g.places)
	if len(g.weights) == 0 {
		return r.daily(g.value, places, g.from, g.to, from, to)
	}
	weights := make([]*big.Rat, len(g.weights))
	for i := range weights {
		weights[i] = g.weights[i].Rat
	}
	sum := new(big.Rat)
	for i, part := range r.parts(g.from, g.to, len(weights)) {
		a, b := max(from, part.from), min(to, part.to)
		if a < b {
			sum.Add(sum, r.daily(apportion(g.value, places, weights)[i], places, part.from, part.to, a, b))
		}
	}
	return sum
}

// parts are the halves, quarters or months that make up some days, whichever are so many.
func (r *run) parts(from, to calendar.Day, n int) []period {
	for _, kind := range []calendar.Kind{calendar.Half, calendar.Quarter, calendar.Month} {
		if list := r.filling(kind, from, to); len(list) == n {
			return list
		}
	}
	return nil
}

// filling lists the periods of a kind that fill some days without a rest.
func (r *run) filling(kind calendar.Kind, from, to calendar.Day) (out []period) {
	p, err := r.clock.firstPeriod(kind, from)
	if err != nil || p.from != from {
		return nil
	}
	for ; p.to <= to; p = r.clock.name(kind, p.to) {
		out = append(out, p)
	}
	if len(out) == 0 || out[len(out)-1].to != to {
		return nil
	}
	return out
}

// daily is what falls on some days of a total that is spread evenly over others.
func (r *run) daily(total *big.Rat, places uint8, from, to, a, b calendar.Day) *big.Rat {
	if a == from && b == to {
		return total
	}
	for _, kind := range []calendar.Kind{calendar.Half, calendar.Quarter, calendar.Month, calendar.Week} {
		list := r.filling(kind, from, to)
		var weights []*big.Rat
		for _, p := range list {
			weights = append(weights, whole(int64(p.to-p.from)))
		}
		for i, p := range list {
			if p.from == a && p.to == b {
				return apportion(total, places, weights)[i]
			}
		}
	}
	return new(big.Rat).Mul(total, big.NewRat(int64(b-a), int64(to-from)))
}

// apportion splits a total with so many places by weights: what is left over goes to the largest remainders, ties to the first.
func apportion(total *big.Rat, places uint8, weights []*big.Rat) []*big.Rat {
	unit := new(big.Rat).SetFrac(big.NewInt(1), tenTo(places))
	all := new(big.Rat)
	for _, w := range weights {
		all.Add(all, w)
	}
	out := make([]*big.Rat, len(weights))
	rests := make([]*big.Rat, len(weights))
	left := new(big.Rat).Set(total)
	for i, w := range weights {
		exact := new(big.Rat).Quo(new(big.Rat).Mul(total, w), all)
		steps := floorOf(new(big.Rat).Quo(exact, unit))
		out[i] = new(big.Rat).Mul(new(big.Rat).SetInt(steps), unit)
		rests[i] = new(big.Rat).Sub(exact, out[i])
		left.Sub(left, out[i])
	}
	for left.Sign() > 0 {
		best := 0
		for i := range rests {
			if rests[i].Cmp(rests[best]) > 0 {
				best = i
			}
		}
		out[best] = new(big.Rat).Add(out[best], unit)
		rests[best] = new(big.Rat).SetInt64(-1)
		left.Sub(left, unit)
	}
	return out
}
