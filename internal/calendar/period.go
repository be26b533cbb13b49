package calendar

import (
	"fmt"
	"time"
)

// Kind is the length of a period.
type Kind string

// The kinds of period. Weeks are ISO weeks; the others follow the fiscal year.
const (
	Week    Kind = "week"
	Month   Kind = "month"
	Quarter Kind = "quarter"
	Half    Kind = "half"
	Year    Kind = "year"
)

// Kinds lists every kind, shortest first.
var Kinds = []Kind{Week, Month, Quarter, Half, Year}

// Valid reports whether the kind is known.
func (k Kind) Valid() bool { return k == Week || k.months() > 0 }

func (k Kind) months() int {
	switch k {
	case Month:
		return 1
	case Quarter:
		return 3
	case Half:
		return 6
	case Year:
		return 12
	}
	return 0
}

// Calendar is an organisation's way to count time.
type Calendar struct {
	Zone       *time.Location
	FirstMonth time.Month // first month of the fiscal year; January if zero
}

// Period is one window of a kind, with its label.
type Period struct {
	Window
	Kind  Kind   `json:"kind"`
	Label string `json:"label"` // 2026-W07, 2026-03, 2026-Q1, 2026-H1, 2026; a fiscal year is named after the year in which it begins
}

// PeriodOf is the period of a kind in which a day lies; it is empty for a kind that the calendar does not have.
func (c Calendar) PeriodOf(kind Kind, d Day) Period {
	if kind == Week {
		from := d - Day(d.Weekday())
		y, w := (from + 3).utc().ISOWeek()
		return Period{Window{from, from + 7}, kind, fmt.Sprintf("%04d-W%02d", y, w)}
	}
	n := kind.months()
	if n == 0 {
		return Period{Kind: kind} // a list of periods is no calendar's
	}
	first := int(max(c.FirstMonth, 1)) - 1
	y, m, _ := d.Date()
	months := y*12 + int(m) - 1 - first // months since the start of fiscal year 0
	months -= months % n                // start of the period
	start := months + first
	at := func(months int) Day { return DayOf(months/12, time.Month(months%12+1), 1) }
	p := Period{Window: Window{at(start), at(start + n)}, Kind: kind}
	fy := months / 12
	switch kind {
	case Month:
		p.Label = p.From.String()[:7]
	case Quarter:
		p.Label = fmt.Sprintf("%04d-Q%d", fy, months%12/3+1)
	case Half:
		p.Label = fmt.Sprintf("%04d-H%d", fy, months%12/6+1)
	default:
		p.Label = fmt.Sprintf("%04d", fy)
	}
	return p
}

// Next is the period after p.
func (c Calendar) Next(p Period) Period { return c.PeriodOf(p.Kind, p.To) }

// Back is the period n periods before p.
func (c Calendar) Back(p Period, n int) Period {
	for range n {
		p = c.PeriodOf(p.Kind, p.From-1)
	}
	return p
}

// YearBefore is the same period of the year before: the month, quarter, half or fiscal year twelve months earlier, the week of
// the same number. A week 53 has none where the year before ends with week 52.
func (c Calendar) YearBefore(p Period) (Period, bool) {
	if p.Kind == Week {
		year, week := (p.From + 3).utc().ISOWeek()
		for _, back := range []Day{52 * 7, 53 * 7} {
			q := c.PeriodOf(Week, p.From-back)
			if y, w := (q.From + 3).utc().ISOWeek(); y == year-1 && w == week {
				return q, true
			}
		}
		return Period{}, false
	}
	y, m, _ := p.From.Date()
	return c.PeriodOf(p.Kind, DayOf(y-1, m, 1)), true
}

// Between lists the periods of a kind that begin in a window, in order.
func (c Calendar) Between(kind Kind, w Window) []Period {
	var out []Period
	p := c.PeriodOf(kind, w.From)
	if p.From < w.From {
		p = c.Next(p)
	}
	for ; p.From < w.To; p = c.Next(p) {
		out = append(out, p)
	}
	return out
}

// FullMonths is how many whole months lie between two days: 31 January to 28 February is none, to 1 March one. It is never below 0.
func FullMonths(from, to Day) int {
	if to <= from {
		return 0
	}
	n := 0
	for AfterMonths(from, n+1) <= to {
		n++
	}
	return n
}

// AfterMonths is the first day on which so many whole months have passed since a day: one month after 31 January is 1 March, since
// a month without the day ends with it.
func AfterMonths(from Day, n int) Day {
	y, m, d := from.Date()
	before := int(m) - 1 + n
	year, month := y+before/12, time.Month(before%12+1)
	return min(DayOf(year, month, 1)+Day(d)-1, DayOf(year, month+1, 1))
}
