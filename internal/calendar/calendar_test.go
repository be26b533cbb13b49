package calendar

import (
	"testing"
	"time"
)

func TestPeriodOf(t *testing.T) {
	cases := []struct {
		name        string
		first       time.Month
		kind        Kind
		day         string
		from, to, l string
	}{
		{"last day of the fiscal year", time.April, Year, "2026-03-31", "2025-04-01", "2026-04-01", "2025"},
		{"first day of the fiscal year", time.April, Year, "2026-04-01", "2026-04-01", "2027-04-01", "2026"},
		{"fiscal quarter", time.April, Quarter, "2026-01-15", "2026-01-01", "2026-04-01", "2025-Q4"},
		{"calendar quarter", time.January, Quarter, "2017-03-31", "2017-01-01", "2017-04-01", "2017-Q1"},
		{"half from an odd month", time.February, Half, "2026-08-01", "2026-08-01", "2027-02-01", "2026-H2"},
		{"month of a leap year", 0, Month, "2024-02-29", "2024-02-01", "2024-03-01", "2024-02"},
		{"week over the year's end", time.April, Week, "2026-12-31", "2026-12-28", "2027-01-04", "2026-W53"},
		{"Sunday ends the week", time.January, Week, "2026-03-08", "2026-03-02", "2026-03-09", "2026-W10"},
		{"before 1970", time.January, Week, "1969-12-31", "1969-12-29", "1970-01-05", "1970-W01"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, err := ParseDay(c.day)
			if err != nil {
				t.Fatal(err)
			}
			p := Calendar{FirstMonth: c.first}.PeriodOf(c.kind, d)
			if p.From.String() != c.from || p.To.String() != c.to || p.Label != c.l {
				t.Errorf("got %s – %s %q, want %s – %s %q", p.From, p.To, p.Label, c.from, c.to, c.l)
			}
		})
	}
}

func TestBetweenTakesPeriodsThatBeginInTheWindow(t *testing.T) {
	c := Calendar{FirstMonth: time.January}
	got := c.Between(Quarter, Window{DayOf(2026, 2, 1), DayOf(2026, 10, 1)})
	if len(got) != 2 || got[0].Label != "2026-Q2" || got[1].Label != "2026-Q3" {
		t.Errorf("got %v", got)
	}
}
