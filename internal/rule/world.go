package rule

import (
	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
)

// World answers what a rule asks beyond its subject's value in the judged period. The engine answers from day cells, a
// test from a table; answers depend on the data alone, so that a rule stays a pure function of them.
type World interface {
	// Subject is somebody's value of a metric in a period, with points where it adds up; the empty key is the plan's own
	// metric. An unknown metric is an error.
	Subject(metric string, ref Ref, p calendar.Period) (Subject, error)
	// Target is the target value that a subject has for a metric in a period; ok is false when it has none.
	Target(metric string, ref Ref, p calendar.Period) (v money.Frac, ok bool, err error)
	// Find looks a person, team or department up by its key; ok is false when there is none.
	Find(kind SubjectKind, key string) (ref Ref, ok bool)
	// Name is what a subject is called.
	Name(Ref) string
	// Back is the period n periods before one; ok is false where a list of periods has none.
	Back(p calendar.Period, n int) (earlier calendar.Period, ok bool)
	// YearBefore is the same period of the year before.
	YearBefore(p calendar.Period) (earlier calendar.Period, ok bool)
	// Around is the longer period of a kind in which a period begins: its quarter, its fiscal year.
	Around(kind calendar.Kind, p calendar.Period) calendar.Period
	// Start is the first day since which the plan has judged by this rule: carries, streaks and draws begin with the first period on or after it.
	Start() calendar.Day
}

// Reads is what a rule reads beyond its subject's value in the judged period. The engine judges a period again when
// something that is named here changes, so what is left out goes unnoticed.
type Reads struct {
	Metrics []string // keys of other metrics
	Back    Back
	Labels  bool // the labels of contributions: see Field
	Others  bool // values of subjects other than the judged one, who may lie outside the audience
}

// Back is how far into the past a rule reads. The widest wins.
type Back struct {
	Periods int  // so many periods before the judged one
	Year    bool // the same period of the year before
	All     bool // every period before
}

// Plus is as far as two readings one after the other get: a growth of a growth reads further than either.
func (b Back) Plus(o Back) Back {
	switch {
	case b == Back{}:
		return o
	case o == Back{}:
		return b
	}
	return Back{All: true}
}

// Or is as far as two readings beside each other get.
func (b Back) Or(o Back) Back {
	return Back{Periods: max(b.Periods, o.Periods), Year: b.Year || o.Year, All: b.All || o.All}
}

// NamedSubject is somebody whom a rule names by key, at a field of its parameters.
type NamedSubject struct {
	Kind  SubjectKind
	Key   string
	Field string
}

// namer is a shape that names subjects.
type namer interface{ names() []NamedSubject }

// NamesOf lists the subjects whom a shape names, all of whom have to be there.
func NamesOf(s Shape) []NamedSubject {
	if n, ok := s.(namer); ok {
		return n.names()
	}
	return nil
}

// reader is a shape that reads more than its subject's value in the judged period.
type reader interface{ Reads() Reads }

// ReadsOf says what a shape reads beyond its subject's value in the judged period.
func ReadsOf(s Shape) Reads {
	var out Reads
	if r, ok := s.(reader); ok {
		out = r.Reads()
	}
	if CarryOf(s) != "" {
		out.Back.All = true
	}
	return out
}

// Named is what a rule says of another metric: its name and how its values are written.
type Named struct {
	Name    i18n.Text
	Measure Measure
}

// other is the context in which figures of another metric are written; the empty key is the plan's own.
func (c Context) other(metric string) Context {
	if n, ok := c.Metrics[metric]; ok {
		c.Metric, c.Measure = n.Name, n.Measure
	} else if metric != "" {
		c.Metric = i18n.Same(metric)
	}
	return c
}
