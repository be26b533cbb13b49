package calendar

import (
	"fmt"
	"time"
)

// Labelled is the period that a label names: 2026, 2026-H1, 2026-Q3, 2026-03, 2026-W05. ok is false where it names none.
func (c Calendar) Labelled(label string) (p Period, ok bool) {
	var year, n int
	at := func(months int) Day { return DayOf(year, c.FirstMonth+time.Month(months), 1) }
	for _, form := range []struct {
		kind  Kind
		text  string
		begin func() Day
	}{
		{Quarter, "%4d-Q%1d", func() Day { return at(3 * (n - 1)) }},
		{Half, "%4d-H%1d", func() Day { return at(6 * (n - 1)) }},
		{Week, "%4d-W%2d", func() Day {
			fourth := DayOf(year, time.January, 4)
			return fourth - Day(fourth.Weekday()) + Day(7*(n-1))
		}},
		{Month, "%4d-%2d", func() Day { return DayOf(year, time.Month(n), 1) }},
		{Year, "%4d", func() Day { return at(0) }},
	} {
		year, n = 0, 1
		wants := []any{&year, &n}
		if form.kind == Year {
			wants = wants[:1]
		}
		if _, err := fmt.Sscanf(label, form.text, wants...); err != nil || year < 1 || n < 1 {
			continue
		}
		if p = c.PeriodOf(form.kind, form.begin()); p.Label == label {
			return p, true
		}
	}
	return Period{}, false
}
