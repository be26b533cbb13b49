package plan

import (
	"fmt"
	"slices"

	"laurel/internal/calendar"
)

// Begins says what becomes of the period that is running when a version takes effect.
type Begins string

// The two ways to begin; the empty one is NextPeriod.
const (
	NextPeriod  Begins = "next_period" // the running period stays with the version before
	BeginAtOnce Begins = "at_once"     // the running period is split at the day: what happens from then on is the new version's
)

// Course is the periods that a version judges: those that begin in its reign. One that runs into a version that begins at once ends
// the day before that, and where the version itself begins at once, its first period is the rest of the one that runs then.
type Course struct {
	Reign  calendar.Window
	AtOnce bool
	cuts   []calendar.Day // on which a version begins at once, in order
	series calendar.Series
}

// Course finds the periods that a published version judges.
func (p *Plan) Course(no int64, cal calendar.Calendar) Course {
	c := Course{Reign: p.Reign(no)}
	for _, v := range p.Published() {
		atOnce := v.Def.Begins == BeginAtOnce
		if v.No == no {
			c.AtOnce, c.series = atOnce, v.Def.Series(cal)
		}
		if atOnce && !p.Reign(v.No).Empty() {
			c.cuts = append(c.cuts, v.From)
		}
	}
	slices.Sort(c.cuts)
	return c
}

// Trial is the course of a definition that is tried over a stretch of days.
func (d *Def) Trial(w calendar.Window, cal calendar.Calendar) Course {
	c := Course{Reign: w, AtOnce: d.Begins == BeginAtOnce, series: d.Series(cal)}
	if c.AtOnce {
		c.cuts = []calendar.Day{w.From}
	}
	return c
}

// Valid reports whether there are any periods.
func (c Course) Valid() bool { return c.series.Valid() }

// Split reports whether any period may be split.
func (c Course) Split() bool { return len(c.cuts) > 0 }

// Whole is the period in which a day lies, whether or not the version judges it, and before it is split.
func (c Course) Whole(day calendar.Day) (calendar.Period, bool) { return c.series.Of(day) }

// In is what a version judges of a whole period: all of it, or the part that is its own.
func (c Course) In(whole calendar.Period) (own calendar.Period, ok bool) {
	own = whole
	if c.AtOnce && own.From < c.Reign.From && c.Reign.From < own.To {
		own.From = c.Reign.From
	}
	if !c.Reign.Contains(own.From) {
		return own, false
	}
	if i := slices.IndexFunc(c.cuts, func(day calendar.Day) bool { return own.From < day && day < own.To }); i >= 0 {
		own.To = c.cuts[i]
	}
	if own.Window != whole.Window {
		own.Label = partLabel(whole.Label, own.Window)
	}
	return own, true
}

// At is what a version judges on a day.
func (c Course) At(day calendar.Day) (own calendar.Period, ok bool) {
	if whole, within := c.series.Of(day); within {
		own, ok = c.In(whole)
	}
	return own, ok && own.Contains(day)
}

// Between lists what a version judges that begins in a window, in order.
func (c Course) Between(w calendar.Window) (out []calendar.Period) {
	w = w.Overlap(c.Reign)
	if w.Empty() || !c.Valid() {
		return nil
	}
	if whole, ok := c.series.Of(c.Reign.From); ok && c.AtOnce && whole.From < c.Reign.From && w.From == c.Reign.From {
		if own, judged := c.In(whole); judged {
			out = append(out, own)
		}
	}
	for _, whole := range c.series.Between(w) {
		if own, judged := c.In(whole); judged {
			out = append(out, own)
		}
	}
	return out
}

// All lists everything that a version judges and that begins before a day.
func (c Course) All(before calendar.Day) []calendar.Period {
	return c.Between(calendar.Window{From: calendar.MinDay, To: before})
}

// CutsBefore are the days on which a whole period was split, up to and with the first day of a part of it.
func (c Course) CutsBefore(whole, part calendar.Period) (out []calendar.Day) {
	for _, day := range c.cuts {
		if whole.From < day && day <= part.From {
			out = append(out, day)
		}
	}
	return out
}

// partLabel names a part of a period by its first and last day, so that the name stands for those days for ever.
func partLabel(whole string, w calendar.Window) string {
	const year = len("2026-")
	return fmt.Sprintf("%s %s..%s", whole, w.From.String()[year:], (w.To - 1).String()[year:])
}
