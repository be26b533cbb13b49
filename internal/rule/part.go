package rule

import (
	"laurel/internal/calendar"
	"laurel/internal/money"
)

// divider is a World whose periods may be split where a version begins at once. Whole is the period of which a judged one is a part
// (itself where it is not split), and the days on which it was split so far, the last of which is the part's first.
type divider interface {
	Whole(calendar.Period) (whole calendar.Period, cuts []calendar.Day)
}

// Divisible reports whether a period of a shape can be split between two versions: where what each record brings is told by a running
// total, and nothing but that is left to later periods.
func Divisible(s Shape) bool {
	switch own := s.(type) {
	case *every:
		return true
	case *reach:
		return own.accumulate == ""
	case *commission:
		return !own.remembers()
	}
	return false
}

// whole is the period of which a judged one is a part. Lines, targets, caps and days in the audience are those of the whole one.
func (c Context) whole(p calendar.Period) (whole calendar.Period, cuts []calendar.Day) {
	if d, ok := c.World.(divider); ok {
		return d.Whole(p)
	}
	return p, nil
}

// soFar is the whole period up to a day: a part's running total begins with it.
func soFar(whole calendar.Period, to calendar.Day) calendar.Period {
	whole.To = to
	return whole
}

// partBefore is what somebody had brought in the whole period before a part of it; ok is false for what is no later part.
func (c Context) partBefore(ref Ref, p calendar.Period) (v money.Frac, ok bool, err error) {
	whole, _ := c.whole(p)
	if whole.From >= p.From {
		return v, false, nil
	}
	s, err := c.World.Subject("", ref, soFar(whole, p.From))
	return s.Value, true, err
}
