package metric

import (
	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// Rest is what remains of a subject's contributions in a window when some do not count.
type Rest struct {
	Value   money.Frac
	Has     bool         // false where there is no value, as Totals.Value says it
	Points  []rule.Point // in the order in time, each record of a unit once; of different values the first of each
	LeftOut int          // records of which something did not count
}

// Last is the moment of the last contribution that counts, 0 when there is none.
func (r *Rest) Last() (last int64) {
	for _, p := range r.Points {
		last = max(last, p.Moment)
	}
	return last
}

// Credits are the contributions of a subject in a window as persons have them, in no order: those of a unit's members are not joined.
// Metrics that are computed from others have none.
func (t *Totals) Credits(m *Metric, ref rule.Ref, w calendar.Window) (points []rule.Point, err error) {
	if m.ID == draftID {
		return nil, errSaveFirst()
	}
	if ref.Kind == rule.Person {
		return t.personPoints(nil, m, ref.ID, w)
	}
	for _, span := range t.spans(m, ref) {
		part := span.Window.Overlap(w)
		if part.Empty() {
			continue
		}
		if points, err = t.personPoints(points, m, span.PersonID, part); err != nil {
			return nil, err
		}
	}
	return points, nil
}

// Except is a subject's value in a window, counted afresh from the contributions that leave does not take out. It agrees with Value
// where leave takes out nothing. Metrics that are computed from others have no value.
func (t *Totals) Except(m *Metric, ref rule.Ref, w calendar.Window, leave func(rule.Point) bool) (out Rest, err error) {
	all, err := t.Credits(m, ref, w)
	if err != nil {
		return out, err
	}
	left := map[int64]bool{}
	for _, p := range all {
		if leave(p) {
			left[p.RecordID] = true
			continue
		}
		out.Points = append(out.Points, p)
	}
	out.LeftOut = len(left)
	if ref.Kind != rule.Person {
		out.Points = m.once(out.Points)
	}
	out.Points = rule.SortPoints(out.Points)
	if m.Def.Measure.Kind == Distinct {
		out.Points = firstOfEach(out.Points)
	}
	out.Value, out.Has, err = m.of(out.Points)
	return out, err
}

// of is the metric's value of contributions that each count.
func (m *Metric) of(points []rule.Point) (v money.Frac, ok bool, err error) {
	switch k := m.Def.Measure.Kind; {
	case k.Derived():
		return v, false, nil
	case k == Distinct:
		return money.Whole(int64(len(points))), true, nil
	case k.single():
		values := make([]int64, len(points))
		for i, p := range points {
			values[i] = p.Value
		}
		return m.pick(values)
	}
	var sum cell
	for _, p := range points {
		high, low := split(p.Value)
		sum = cell{sum.records + 1, sum.high + high, sum.low + low}
	}
	if m.Def.Measure.Kind == Average && sum.records == 0 {
		return v, false, nil
	}
	if v, err = sum.natural(m); err == nil && m.Def.Measure.Kind == Average {
		v, err = v.Div(money.Whole(sum.records))
	}
	return v, err == nil, err
}
