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

func TestStartIsTheFirstInstantOfTheDay(t *testing.T) {
	cases := []struct{ name, zone, day, start string }{
		{"ordinary midnight", "Asia/Shanghai", "2026-03-31", "2026-03-30T16:00:00Z"},
		{"clocks skip midnight, west of Greenwich", "America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"},
		{"clocks skip midnight, east of Greenwich", "Asia/Beirut", "2022-03-27", "2022-03-26T22:00:00Z"},
		{"clocks go back to midnight", "America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"},
		{"clocks go back from midnight", "Asia/Beirut", "2022-10-30", "2022-10-29T22:00:00Z"},
		{"clocks go back over midnight", "America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z"},
		{"a day that was left out", "Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			zone, err := time.LoadLocation(c.zone)
			if err != nil {
				t.Skip(err)
			}
			d, err := ParseDay(c.day)
			if err != nil {
				t.Fatal(err)
			}
			if got := d.Start(zone).UTC().Format(time.RFC3339); got != c.start {
				t.Errorf("%s begins in %s at %s, want %s", c.day, c.zone, got, c.start)
			}
		})
	}
}

func TestFullMonths(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"2026-01-15", "2026-01-15", 0}, {"2026-01-15", "2026-02-14", 0}, {"2026-01-15", "2026-02-15", 1}, {"2026-01-31", "2026-02-28", 0},
		{"2026-01-31", "2026-03-01", 1}, {"2025-11-30", "2026-11-30", 12}, {"2026-03-01", "2026-01-01", 0}, {"2024-12-05", "2025-01-05", 1},
	} {
		from, _ := ParseDay(c.from)
		to, _ := ParseDay(c.to)
		if got := FullMonths(from, to); got != c.want {
			t.Errorf("from %s to %s: %d full months, want %d", c.from, c.to, got, c.want)
		}
	}
}
