package verify

import (
	"fmt"
	"math/big"
	"slices"

	"laurel/internal/metric"
	"laurel/internal/rule"
)

// summand is one metric of a sum: so many times its value of this period, of the one before, or of the year before.
type summand struct {
	of     *measured
	times  *big.Rat
	before bool // of an earlier period
	year   bool // of the same period last year
}

func (m *measured) eachTerm(is func(*measured) bool) bool {
	for _, t := range m.terms {
		if !is(t.of) {
			return false
		}
	}
	return len(m.terms) > 0
}

// deriveTerms finds what a sum adds up.
func (m *measured) deriveTerms(byKey map[string]*measured, busy map[*measured]bool) error {
	var terms []summand
	for _, t := range m.def.Measure.Terms {
		of := byKey[t.Metric]
		if of == nil {
			return fmt.Errorf("metric %s needs %q, which is not there", m.def.Key, t.Metric)
		}
		of.derive(byKey, busy)
		if of.broken != nil {
			return of.broken
		}
		one := summand{of: of, times: whole(1), before: t.Window == metric.TermPrevious || t.Window == metric.TermLastYear, year: t.Window == metric.TermLastYear}
		places := uint8(0)
		if t.Times != nil {
			one.times, places = ratOf(*t.Times), t.Times.Trim().Scale
		}
		if of.scale+places > 6 {
			return fmt.Errorf("metric %s needs too many places", m.def.Key)
		}
		m.scale = max(m.scale, of.scale+places)
		terms = append(terms, one)
	}
	if len(terms) == 0 {
		return fmt.Errorf("metric %s adds up nothing", m.def.Key)
	}
	if err := m.addsUpAtAll(terms); err != nil {
		return err
	}
	m.terms = terms
	return nil
}

// addsUpAtAll refuses a sum of different currencies, and one of unlike figures that does not say what it is.
func (m *measured) addsUpAtAll(terms []summand) error {
	kinds := map[string]bool{}
	for _, t := range terms {
		kinds[t.of.counts()] = true
	}
	delete(kinds, "")
	delete(kinds, "%")
	if len(kinds) > 1 {
		return fmt.Errorf("metric %s adds up several currencies", m.def.Key)
	}
	for _, t := range terms {
		if t.of.counts() != terms[0].of.counts() && m.def.Unit.IsZero() {
			return fmt.Errorf("metric %s adds up unlike figures", m.def.Key)
		}
	}
	m.sums = "" // of a mixture: a plain number
	if !slices.ContainsFunc(terms, func(t summand) bool { return t.of.counts() != terms[0].of.counts() }) {
		m.sums = terms[0].of.counts()
	}
	return nil
}

// counts is the currency of a metric's values, "%" of percentages, and empty of plain numbers.
func (m *measured) counts() string {
	d := &m.def.Measure
	out := m.sums
	switch d.Kind {
	case metric.Combine:
	case metric.Ratio:
		if c := m.of.counts(); c != "%" && m.to.counts() != c && (m.to.counts() == "" || m.to.counts() == "%") {
			out = c
		}
		if out == "" {
			out = "%"
		}
	case metric.Growth, metric.Attainment:
		out = "%"
	}
	if out == "%" && !m.def.Unit.IsZero() {
		return ""
	}
	return out
}

// falls reports whether a value may become less without a correction.
func (m *measured) falls() bool {
	return slices.ContainsFunc(m.terms, func(t summand) bool { return !t.before && (t.times.Sign() < 0 || t.of.falls()) })
}

// summed adds the terms up, each worked out for its own period. Where one has no value there is no sum.
func (t tally) summed(ref rule.Ref) subject {
	s := subject{ref: ref, value: new(big.Rat), scale: t.metric.scale}
	additive := t.metric.additive()
	for _, term := range t.metric.terms {
		at := t.at
		if term.before {
			var ok bool
			if at, ok = t.run.clock.earlier(t.at, term.year); !ok {
				s.value = nil
				continue
			}
		}
		part := t.run.tallied(term.of, t.kind, at).subject(ref)
		last := part.last
		if term.before && last != 0 {
			last = t.run.clock.startOf(t.at.from)
		}
		s.last = max(s.last, last)
		if part.value == nil {
			s.value = nil
		}
		if s.value != nil {
			s.value.Add(s.value, new(big.Rat).Mul(part.value, term.times))
		}
		if !additive {
			continue
		}
		for _, p := range part.points {
			at := *p.mark
			at.label = ""
			if term.before {
				at.moment = t.run.clock.startOf(t.at.from)
			}
			worth := new(big.Rat).Mul(scaledRat(big.NewInt(p.value), part.scale), term.times)
			one := point{&at, new(big.Int).Quo(new(big.Int).Mul(worth.Num(), tenTo(s.scale)), worth.Denom()).Int64()}
			s.points = append(s.points, &one)
		}
	}
	if s.value == nil {
		s.points = nil
	}
	slices.SortStableFunc(s.points, inTime)
	s.points = together(s.points)
	return s
}

// together makes one point of what one record brings at one moment.
func together(points []*point) (out []*point) {
	for _, p := range points {
		if n := len(out); n > 0 && out[n-1].record == p.record && out[n-1].moment == p.moment {
			out[n-1].value += p.value
			continue
		}
		out = append(out, p)
	}
	return out
}
