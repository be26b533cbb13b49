package calendar

import (
	"testing"
	"time"
)

func TestLabelledFindsThePeriodOfEveryLabel(t *testing.T) {
	for _, first := range []time.Month{time.January, time.April, time.December} {
		c := Calendar{Zone: time.UTC, FirstMonth: first}
		for _, kind := range []Kind{Week, Month, Quarter, Half, Year} {
			for day := DayOf(2019, time.November, 1); day < DayOf(2027, time.March, 1); day += 5 {
				want := c.PeriodOf(kind, day)
				if got, ok := c.Labelled(want.Label); !ok || got != want {
					t.Fatalf("fiscal year from %s: %s is %+v, %v; want %+v", first, want.Label, got, ok, want)
				}
			}
		}
	}
}

func TestLabelledRefusesWhatNamesNoPeriod(t *testing.T) {
	c := Calendar{Zone: time.UTC, FirstMonth: time.January}
	for _, label := range []string{"", "Q1", "2026-Q5", "2026-H3", "2026-13", "2026-00", "2026-W54", "2025-W53", "2026-3", "26", "2026-Q1 ", "2026-Q1x", "20260"} {
		if p, ok := c.Labelled(label); ok {
			t.Errorf("%q names %+v", label, p)
		}
	}
}
