package verify

import (
	"cmp"
	"math/big"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/metric"
	"laurel/internal/rule"
)

// subject is one person or unit with what its records of a period come to.
type subject struct {
	ref    rule.Ref
	value  *big.Rat // in natural units; nil: no value
	points []*point // in the order of time; nil where the metric does not add up
	scale  uint8    // of the points' values
	last   int64    // moment of the last record, 0 if there is none

	// before and settled are what the earlier periods since the start of a carry came to; nil where nothing is carried.
	before  *big.Rat
	settled *big.Int
}

// work is what the records of a subject in a period come to, by one counting metric.
type work struct {
	records int64
	sum     big.Int
	points  []*point
}

// gather credits every record of a period to the subjects for whom it counts.
func (r *run) gather(m *measured, kind rule.SubjectKind, p period) map[rule.Ref]*work {
	out := map[rule.Ref]*work{}
	for person, places := range m.persons {
		first, _ := slices.BinarySearchFunc(places, p.from, func(i int32, day calendar.Day) int { return cmp.Compare(m.counted.at(int(i)).day, day) })
		for _, i := range places[first:] {
			at := m.counted.at(int(i))
			if at.day >= p.to {
				break
			}
			for _, ref := range r.roster.credited(kind, person, at.day) {
				w := out[ref]
				if w == nil {
					w = &work{}
					out[ref] = w
				}
				w.points = append(w.points, at)
			}
		}
	}
	for _, w := range out {
		slices.SortFunc(w.points, inTime)
		w.points = m.once(w.points)
		for _, p := range w.points {
			w.records++
			w.sum.Add(&w.sum, big.NewInt(p.value))
		}
	}
	return out
}

// inTime is the order of records in time.
func inTime(a, b *point) int {
	return cmp.Or(cmp.Compare(a.moment, b.moment), cmp.Compare(a.external, b.external), cmp.Compare(a.record, b.record))
}

// sortByDay puts each person's points in the order of days, so that gather finds a period's.
func (m *measured) sortByDay() {
	for _, places := range m.persons {
		slices.SortStableFunc(places, func(a, b int32) int { return cmp.Compare(m.counted.at(int(a)).day, m.counted.at(int(b)).day) })
	}
}

// tally is the work of everybody in one period by a metric; one that is computed from others has theirs.
type tally struct {
	run    *run
	metric *measured
	kind   rule.SubjectKind
	at     period
	works  map[rule.Ref]*work
}

func (r *run) tally(m *measured, kind rule.SubjectKind, p period) tally {
	t := tally{run: r, metric: m, kind: kind, at: p}
	if !m.derived() {
		t.works = r.gather(m, kind, p)
	}
	return t
}

// subject is what the tally says of one subject.
func (t tally) subject(ref rule.Ref) subject {
	if t.metric.terms != nil {
		return t.summed(ref)
	}
	s := subject{ref: ref, value: t.value(ref), scale: t.metric.scale}
	for _, part := range []*measured{t.metric.of, t.metric.to} {
		if part != nil {
			s.last = max(s.last, t.run.tallied(part, t.kind, t.at).subject(ref).last)
		}
	}
	if w := t.works[ref]; w != nil {
		points := t.metric.own(w)
		s.last = points[len(points)-1].moment
		if t.metric.additive() {
			s.points = points
		}
	}
	return s
}

// own are the records of some work that count for a metric, in the order of time: of different values the first of each.
func (m *measured) own(w *work) []*point {
	if m.def.Measure.Kind == metric.Distinct {
		return different(w.points)
	}
	return w.points
}

// value is a subject's value: 0 for a count or sum of nothing, none for an average or a ratio over nothing.
func (t tally) value(ref rule.Ref) *big.Rat {
	switch t.metric.def.Measure.Kind {
	case metric.Growth:
		return t.grown(ref)
	case metric.Attainment:
		return t.attained(ref)
	case metric.Combine:
		return t.summed(ref).value
	case metric.Ratio:
		above, below := t.run.tallied(t.metric.of, t.kind, t.at).value(ref), t.run.tallied(t.metric.to, t.kind, t.at).value(ref)
		if above == nil || below == nil || below.Sign() == 0 {
			return nil
		}
		return new(big.Rat).Quo(above, below)
	}
	w := t.works[ref]
	switch kind := t.metric.def.Measure.Kind; {
	case slices.Contains([]metric.Kind{metric.Min, metric.Max, metric.Median, metric.Percentile}, kind):
		return t.metric.ordered(w)
	case w == nil && kind == metric.Average:
		return nil
	case w == nil:
		return new(big.Rat)
	case kind == metric.Average:
		return new(big.Rat).Quo(t.metric.inUnits(&w.sum), whole(w.records))
	case kind == metric.Distinct:
		return whole(int64(len(t.metric.own(w))))
	}
	return t.metric.inUnits(&w.sum)
}
