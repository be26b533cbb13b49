package rule_test

import (
	"fmt"
	"strconv"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// fakeWorld answers rules from a table. Values and targets are kept by “metric/id/period”, with the empty metric for
// the plan's own; what is not there has no value.
type fakeWorld struct {
	values  map[string]rule.Subject
	targets map[string]string
	names   map[string]rule.Ref // “kind:key”
	start   calendar.Day
	err     error // what every question ends in
}

var calendarOfTests = calendar.Calendar{}

// inQuarter is a quarter of 2026 by its number; 0 is the last one of 2025.
func inQuarter(n int) calendar.Period {
	p := calendarOfTests.PeriodOf(calendar.Quarter, calendar.DayOf(2026, 1, 1))
	for range max(0, n-1) {
		p = calendarOfTests.Next(p)
	}
	return calendarOfTests.Back(p, max(0, 1-n))
}

// facts makes a world of “metric/person/period” → value: {"closed/1/2026-Q1": "12"}.
func facts(values map[string]string) *fakeWorld {
	w := &fakeWorld{values: map[string]rule.Subject{}, targets: map[string]string{}, names: map[string]rule.Ref{}}
	for key, v := range values {
		w.values[key] = rule.Subject{Value: fraction(v), Has: true}
	}
	return w
}

// fraction reads 12.5 or 29/49.
func fraction(text string) money.Frac {
	above, below, ok := strings.Cut(text, "/")
	if !ok {
		return money.MustDecimal(text).Frac()
	}
	n, err := strconv.ParseInt(above, 10, 64)
	d, err2 := strconv.ParseInt(below, 10, 64)
	f, err3 := money.NewFrac(n, d)
	if err != nil || err2 != nil || err3 != nil {
		panic("no fraction: " + text)
	}
	return f
}

func at(metric string, ref rule.Ref, p calendar.Period) string {
	return fmt.Sprintf("%s/%d/%s", metric, ref.ID, p.Label)
}

func (w *fakeWorld) Subject(metric string, ref rule.Ref, p calendar.Period) (rule.Subject, error) {
	s := w.values[at(metric, ref, p)]
	s.Ref = ref
	return s, w.err
}

func (w *fakeWorld) Target(metric string, ref rule.Ref, p calendar.Period) (money.Frac, bool, error) {
	v, ok := w.targets[at(metric, ref, p)]
	if !ok {
		return money.Frac{}, false, w.err
	}
	return money.MustDecimal(v).Frac(), true, w.err
}

func (w *fakeWorld) Find(kind rule.SubjectKind, key string) (rule.Ref, bool) {
	ref, ok := w.names[string(kind)+":"+key]
	return ref, ok
}

func (w *fakeWorld) Name(ref rule.Ref) string { return fmt.Sprintf("%s %d", ref.Kind, ref.ID) }

func (w *fakeWorld) Back(p calendar.Period, n int) (calendar.Period, bool) {
	return calendarOfTests.Back(p, n), true
}

func (w *fakeWorld) YearBefore(p calendar.Period) (calendar.Period, bool) {
	return calendarOfTests.YearBefore(p)
}

func (w *fakeWorld) Around(kind calendar.Kind, p calendar.Period) calendar.Period {
	return calendarOfTests.PeriodOf(kind, p.From)
}

func (w *fakeWorld) Start() calendar.Day { return w.start }

// inWorld is a context whose rule is judged in a period of a world.
func inWorld(c rule.Context, w rule.World, p calendar.Period) rule.Context {
	c.World, c.At = w, p
	return c
}
