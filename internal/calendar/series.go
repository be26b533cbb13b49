package calendar

import "slices"

// Custom is the kind of periods that a plan lists itself.
const Custom Kind = "custom"

// Series is the periods of one kind one after the other: those of the calendar, or a list in the order of time without overlaps, which may
// have gaps.
type Series struct {
	cal  Calendar
	kind Kind
	list []Period
}

// Series makes the periods of a kind; list holds those of Custom, in order.
func (c Calendar) Series(kind Kind, list []Period) Series { return Series{c, kind, list} }

// Valid reports whether there are any periods.
func (s Series) Valid() bool { return s.kind.Valid() || s.kind == Custom && len(s.list) > 0 }

// Of is the period in which a day lies; ok is false in a gap of a list.
func (s Series) Of(day Day) (p Period, ok bool) {
	if s.kind != Custom {
		return s.cal.PeriodOf(s.kind, day), true
	}
	i := slices.IndexFunc(s.list, func(p Period) bool { return p.Contains(day) })
	if i < 0 {
		return Period{}, false
	}
	return s.list[i], true
}

// Next is the period after one.
func (s Series) Next(p Period) (Period, bool) {
	if s.kind != Custom {
		return s.cal.Next(p), true
	}
	i := slices.IndexFunc(s.list, func(q Period) bool { return q.From >= p.To })
	if i < 0 {
		return Period{}, false
	}
	return s.list[i], true
}

// Back is the period n periods before one.
func (s Series) Back(p Period, n int) (Period, bool) {
	if s.kind != Custom {
		return s.cal.Back(p, n), true
	}
	i := slices.IndexFunc(s.list, func(q Period) bool { return q.From >= p.From })
	if i < 0 {
		i = len(s.list)
	}
	if i < n {
		return Period{}, false
	}
	return s.list[i-n], true
}

// YearBefore is the same period of the year before; a list has none.
func (s Series) YearBefore(p Period) (Period, bool) {
	if s.kind == Custom {
		return Period{}, false
	}
	return s.cal.YearBefore(p)
}

// Between lists the periods that begin in a window.
func (s Series) Between(w Window) []Period {
	if s.kind != Custom {
		return s.cal.Between(s.kind, w)
	}
	var out []Period
	for _, p := range s.list {
		if w.Contains(p.From) {
			out = append(out, p)
		}
	}
	return out
}
