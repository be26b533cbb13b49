package verify

import (
	"fmt"
	"math/big"

	"laurel/internal/metric"
	"laurel/internal/rule"
)

// derived reports whether values come from those of other metrics.
func (m *measured) derived() bool {
	switch m.def.Measure.Kind {
	case metric.Ratio, metric.Growth, metric.Attainment, metric.Combine:
		return true
	}
	return false
}

// derive finds what a metric is computed from. busy holds those on the way: a circle cannot be measured.
func (m *measured) derive(byKey map[string]*measured, busy map[*measured]bool) {
	if !m.derived() || m.of != nil || m.terms != nil || m.broken != nil {
		return
	}
	d := &m.def.Measure
	if busy[m] {
		m.broken = fmt.Errorf("metric %s is computed from itself", m.def.Key)
		return
	}
	busy[m] = true
	defer delete(busy, m)
	defer m.countLeads()
	if d.Kind == metric.Combine {
		m.broken = m.deriveTerms(byKey, busy)
		return
	}
	keys := []string{d.Of}
	if d.Kind == metric.Ratio {
		keys = append(keys, d.To)
	}
	for i, key := range keys {
		part := byKey[key]
		if part == nil || d.Kind == metric.Ratio && !part.gathers() {
			m.broken = fmt.Errorf("metric %s needs %q, which is not there or does not add up", m.def.Key, key)
			return
		}
		part.derive(byKey, busy)
		if part.broken != nil {
			m.broken = part.broken
			return
		}
		if i == 0 {
			m.of = part
		} else {
			m.to = part
		}
	}
}

// mostFigures is from how many figures of metrics with records one value may be computed.
const mostFigures = 400

func (m *measured) countLeads() {
	if m.broken != nil {
		return
	}
	parts := []*measured{m.of, m.to}
	if d := &m.def.Measure; d.Kind == metric.Growth && d.Against != metric.AgainstFixed {
		parts = append(parts, m.of)
	}
	for _, t := range m.terms {
		parts = append(parts, t.of)
	}
	for _, p := range parts {
		if p != nil {
			m.leads += max(p.leads, 1)
		}
	}
	if m.leads > mostFigures {
		m.broken = fmt.Errorf("metric %s is computed from %d figures", m.def.Key, m.leads)
	}
}

// grown is (v − b) ÷ b; nil where one is missing, or b is not above zero.
func (t tally) grown(ref rule.Ref) *big.Rat {
	now := t.run.tallied(t.metric.of, t.kind, t.at).value(ref)
	base := t.base(ref)
	if now == nil || base == nil || base.Sign() <= 0 {
		return nil
	}
	return new(big.Rat).Quo(new(big.Rat).Sub(now, base), base)
}

func (t tally) base(ref rule.Ref) *big.Rat {
	d := &t.metric.def.Measure
	if d.Against == metric.AgainstFixed {
		return ratOf(*d.Baseline)
	}
	before, ok := t.run.clock.earlier(t.at, d.Against == metric.AgainstLastYear)
	if !ok {
		return nil
	}
	return t.run.tallied(t.metric.of, t.kind, before).value(ref)
}

// earlier is the period before one, or the same of the year before; a stretch of several periods has neither.
func (c clock) earlier(at period, yearBefore bool) (before period, ok bool) {
	p, err := c.firstPeriod(at.kind, at.from)
	if err != nil || p.from != at.from || p.to != at.to {
		return at, false
	}
	if yearBefore {
		return c.yearBefore(at)
	}
	return c.before(at), true
}

// attained is the value over the target.
func (t tally) attained(ref rule.Ref) *big.Rat {
	now := t.run.tallied(t.metric.of, t.kind, t.at).value(ref)
	goal := t.run.target(t.metric.of, ref, t.at.from, t.at.to)
	if now == nil || goal == nil || goal.Sign() <= 0 {
		return nil
	}
	return new(big.Rat).Quo(now, goal)
}

// different keeps the first point of each label.
func different(points []*point) []*point {
	seen := map[string]bool{}
	var out []*point
	for _, p := range points {
		if !seen[p.label] {
			seen[p.label] = true
			out = append(out, p)
		}
	}
	return out
}
