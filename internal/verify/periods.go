package verify

import (
	"fmt"
	"time"

	"laurel/internal/calendar"
)

// clock tells days and periods the plain way.
type clock struct {
	zone   *time.Location
	first  time.Month // of the fiscal year
	starts map[calendar.Day]int64

	closedUntil calendar.Day // periods that end on or before it are closed
}

// closed reports whether a period that ends before a day is closed.
func (c clock) closed(to calendar.Day) bool { return to <= c.closedUntil }

// dayOf is the local day of an instant in µs UTC.
func (c clock) dayOf(moment int64) calendar.Day {
	y, m, d := time.UnixMicro(moment).In(c.zone).Date()
	return dayNumber(y, m, d)
}

// startOf is the first instant of a local day in µs UTC. Where clocks change at midnight, midnight may be missing or
// come twice: so it goes through the quarters of an hour since two days before, until the day has come. Clocks have
// changed by whole quarters since before there were companies to reward.
func (c clock) startOf(day calendar.Day) int64 {
	start, known := c.starts[day]
	if !known {
		y, m, d := civil(day)
		t := time.Date(y, m, d-2, 0, 0, 0, 0, c.zone)
		for c.dayOf(t.UnixMicro()) < day {
			t = t.Add(15 * time.Minute)
		}
		start = t.UnixMicro()
		c.starts[day] = start
	}
	return start
}

func dayNumber(y int, m time.Month, d int) calendar.Day {
	seconds := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()
	days := seconds / 86400
	if seconds%86400 < 0 {
		days--
	}
	return calendar.Day(days)
}

func civil(day calendar.Day) (int, time.Month, int) {
	return time.Unix(int64(day)*86400, 0).UTC().Date()
}

// period is a half-open window of days with its name. A part of a period that was split between two versions knows the whole of it.
type period struct {
	kind     calendar.Kind
	label    string
	from, to calendar.Day

	split        bool
	begins, ends calendar.Day // of the whole, where it was split
}

// whole is the period that a part belongs to.
func (p period) whole() period {
	if p.split {
		return period{kind: p.kind, from: p.begins, to: p.ends}
	}
	return p
}

// soFar is the whole period up to a day.
func (p period) soFar(day calendar.Day) period {
	out := p.whole()
	out.to = day
	return out
}

// later reports whether something of the whole period came before the part.
func (p period) later() bool { return p.split && p.from > p.begins }

// firstPeriod is the first period of a kind that begins on or after a day.
func (c clock) firstPeriod(kind calendar.Kind, day calendar.Day) (period, error) {
	y, _, _ := civil(day)
	var p period
	switch kind {
	case calendar.Week:
		for p.from = day; time.Unix(int64(p.from)*86400, 0).UTC().Weekday() != time.Monday; {
			p.from++
		}
	case calendar.Month, calendar.Quarter, calendar.Half, calendar.Year:
		step := map[calendar.Kind]int{calendar.Month: 1, calendar.Quarter: 3, calendar.Half: 6, calendar.Year: 12}[kind]
		at := time.Date(y-1, c.first, 1, 0, 0, 0, 0, time.UTC) // a fiscal year begins here
		for dayNumber(at.Date()) < day {
			at = at.AddDate(0, step, 0)
		}
		p.from = dayNumber(at.Date())
	default:
		return p, fmt.Errorf("there is no period %q", kind)
	}
	return c.name(kind, p.from), nil
}

// name makes the period of a kind that begins on a day.
func (c clock) name(kind calendar.Kind, from calendar.Day) period {
	p := period{kind: kind, from: from}
	y, m, d := civil(from)
	after := func(months int) calendar.Day {
		return dayNumber(time.Date(y, m+time.Month(months), d, 0, 0, 0, 0, time.UTC).Date())
	}
	fiscal, month := c.fiscal(from)
	switch kind {
	case calendar.Week:
		p.to = from + 7
		iy, iw := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).ISOWeek()
		p.label = fmt.Sprintf("%04d-W%02d", iy, iw)
	case calendar.Month:
		p.to, p.label = after(1), fmt.Sprintf("%04d-%02d", y, int(m))
	case calendar.Quarter:
		p.to, p.label = after(3), fmt.Sprintf("%04d-Q%d", fiscal, 1+month/3)
	case calendar.Half:
		p.to, p.label = after(6), fmt.Sprintf("%04d-H%d", fiscal, 1+month/6)
	case calendar.Year:
		p.to, p.label = after(12), fmt.Sprintf("%04d", fiscal)
	}
	return p
}

// fiscal is the fiscal year in which a day lies, named after the year in which it begins, and the month of it from 0.
func (c clock) fiscal(day calendar.Day) (year, month int) {
	y, m, _ := civil(day)
	if m < c.first {
		return y - 1, int(m) + 12 - int(c.first)
	}
	return y, int(m - c.first)
}
