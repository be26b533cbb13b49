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

// tally is the work of everybody in one period, by each part of a metric.
type tally struct {
	run    *run
	metric *measured
	kind   rule.SubjectKind
	at     period
	parts  []map[rule.Ref]*work
}

func (r *run) tally(m *measured, kind rule.SubjectKind, p period) tally {
	t := tally{run: r, metric: m, kind: kind, at: p}
	for _, part := range m.parts() {
		t.parts = append(t.parts, r.gather(part, kind, p))
	}
	return t
}

// subject is what the tally says of one subject.
func (t tally) subject(ref rule.Ref) subject {
	if t.metric.terms != nil {
		return t.summed(ref)
	}
	s := subject{ref: ref, value: t.value(ref), scale: t.metric.scale}
	for i, part := range t.parts {
		if w := part[ref]; w != nil {
			points := w.points
			if t.metric.parts()[i].def.Measure.Kind == metric.Distinct {
				points = different(points)
			}
			s.last = max(s.last, points[len(points)-1].moment)
			if t.metric.additive() {
				s.points = points
			}
		}
	}
	return s
}

// value is a subject's value: 0 for a count or sum of nothing, none for an average or a ratio over nothing.
func (t tally) value(ref rule.Ref) *big.Rat {
	natural := func(i int) (value *big.Rat, records int64) {
		w := t.parts[i][ref]
		if w == nil {
			return new(big.Rat), 0
		}
		part := t.metric.parts()[i]
		if part.def.Measure.Kind == metric.Distinct {
			return whole(int64(len(different(w.points)))), w.records
		}
		return part.inUnits(&w.sum), w.records
	}
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
	above, records := natural(0)
	switch t.metric.def.Measure.Kind {
	case metric.Average:
		if records == 0 {
			return nil
		}
		return above.Quo(above, whole(records))
	case metric.Min, metric.Max, metric.Median, metric.Percentile:
		return t.metric.ordered(t.parts[0][ref])
	}
	return above
}
