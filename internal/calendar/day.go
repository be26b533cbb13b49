package calendar

import (
	"fmt"
	"time"
)

// Day is a civil day, counted from 1970-01-01 (day 0). It has no time zone. Years 0001 to 9999.
type Day int32

// The first and last day that Laurel accepts.
var (
	MinDay = DayOf(1, time.January, 1)
	MaxDay = DayOf(9999, time.December, 31)
)

// DayOf is the day of a civil date; out-of-range months and days roll over as in time.Date.
func DayOf(year int, month time.Month, day int) Day {
	return Day(floorDiv(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix(), 86400))
}

// DayAt is the local day of an instant.
func DayAt(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return DayOf(y, m, d)
}

// ParseDay reads YYYY-MM-DD.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date of the form 2026-03-31", s)
	}
	return DayOf(t.Date()), nil
}

// Date splits the day into year, month and day of the month.
func (d Day) Date() (int, time.Month, int) { return d.utc().Date() }

// Start is the instant at which the day begins in a zone: midnight, the first of two where clocks go back over it, and
// where clocks skip it, the instant at which they do. A day that a zone left out begins when the next one does.
func (d Day) Start(zone *time.Location) time.Time {
	y, m, n := d.Date()
	t := time.Date(y, m, n, 0, 0, 0, 0, zone)
	changed, changes := t.ZoneBounds()
	if DayAt(t, zone) < d { // midnight is missing, and time.Date may answer an instant before the gap
		return changes
	}
	if changed.IsZero() || t.Sub(changed) > maxShift {
		return t
	}
	_, offset := changed.Add(-1).Zone()
	if first := time.Date(y, m, n, 0, 0, 0, 0, time.FixedZone("", offset)); first.Before(changed) {
		return first.In(zone)
	}
	return t
}

// maxShift bounds how far clocks go back at once.
const maxShift = 25 * time.Hour

// Weekday counts Monday as 0.
func (d Day) Weekday() int { return int(((int64(d)+3)%7 + 7) % 7) }

// String writes YYYY-MM-DD.
func (d Day) String() string { return d.utc().Format(time.DateOnly) }

// MarshalText writes YYYY-MM-DD.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Day) UnmarshalText(text []byte) error {
	day, err := ParseDay(string(text))
	if err == nil {
		*d = day
	}
	return err
}

func (d Day) utc() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Window is a half-open span of days: From is in it, To is not.
type Window struct {
	From Day `json:"from"`
	To   Day `json:"to"`
}

// Contains reports whether a day lies in the window.
func (w Window) Contains(d Day) bool { return d >= w.From && d < w.To }

// Days is the number of days in the window, 0 if it is empty.
func (w Window) Days() int { return max(0, int(w.To-w.From)) }

// Overlap is the part that two windows share; empty (To ≤ From) if none.
func (w Window) Overlap(o Window) Window {
	return Window{From: max(w.From, o.From), To: min(w.To, o.To)}
}

// Empty reports whether no day lies in the window.
func (w Window) Empty() bool { return w.To <= w.From }
