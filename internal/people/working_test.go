package people

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"laurel/internal/calendar"
)

func clockOf(t *testing.T, zone, working string) *WorkClock {
	t.Helper()
	o := Organisation{TimeZone: zone, FiscalStartMonth: 1}
	if working != "" {
		if err := json.Unmarshal([]byte(working), &o.Working); err != nil {
			t.Fatal(err)
		}
	}
	if found := o.Working.validate(); len(found) > 0 {
		t.Fatal(found[0])
	}
	return o.Clock()
}

func TestWorkingMinutes(t *testing.T) {
	const lunch = `{"hours":["09:00-12:00","13:00-18:00"],"holidays":["2026-05-01"],"workdays":["2026-05-09"]}`
	for _, c := range []struct {
		name, zone, working, from, until string
		want                             int64
	}{
		{"within a day", "UTC", "", "2026-05-04T09:30:00", "2026-05-04T10:15:00", 45},
		{"before opening and after closing", "UTC", "", "2026-05-04T07:00:00", "2026-05-04T23:00:00", 540},
		{"over a weekend", "UTC", "", "2026-05-08T17:00:00", "2026-05-11T10:00:00", 120},
		{"lunch, a holiday and a working Saturday", "UTC", lunch, "2026-04-30T11:00:00", "2026-05-09T09:30:00", 60 + 300 + 5*480 + 30},
		{"whole weeks", "UTC", "", "2026-05-04T09:00:00", "2026-06-01T09:00:00", 20 * 540},
		{"seconds make whole minutes together", "UTC", "", "2026-05-04T17:59:30", "2026-05-05T09:00:30", 1},
		{"local time", "Asia/Shanghai", "", "2026-05-04T00:00:00", "2026-05-04T02:00:00", 60},
		{"a clock that jumps does not shorten a day", "America/New_York", `{"days":[7],"hours":["00:00-24:00"]}`, "2026-03-08T05:00:00", "2026-03-09T04:00:00", 1440},
		{"nothing on a free day", "UTC", "", "2026-05-09T09:00:00", "2026-05-10T18:00:00", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := func(text string) int64 {
				when, err := time.Parse("2006-01-02T15:04:05", text)
				if err != nil {
					t.Fatal(err)
				}
				return when.UnixMicro()
			}
			if got := clockOf(t, c.zone, c.working).Minutes(at(c.from), at(c.until)); got != c.want {
				t.Errorf("%d minutes, want %d", got, c.want)
			}
		})
	}
}

func TestWorkingDaysEqualThoseOfACalendar(t *testing.T) {
	c := clockOf(t, "UTC", `{"days":["mon","tuesday",4,"sun"],"holidays":["2026-05-04","2026-05-06"],"workdays":["2026-05-08","2026-05-10"]}`)
	first := calendar.DayOf(2026, time.April, 28)
	for from := first; from < first+20; from++ {
		var n int64
		for to := from; to < first+20; to++ {
			if got := c.Days(from, to); got != n {
				t.Fatalf("from %s to %s: %d, want %d", from, to, got, n)
			}
			special := map[string]bool{"2026-05-04": false, "2026-05-06": false, "2026-05-08": true, "2026-05-10": true}
			works, known := special[to.String()]
			if !known {
				works = map[int]bool{0: true, 1: true, 3: true, 6: true}[to.Weekday()]
			}
			if works {
				n++
			}
		}
	}
}

func TestWrongWorkingTimesAreNamed(t *testing.T) {
	many := `"2026-01-01"` + strings.Repeat(`,"2026-01-01"`, MaxSpecialDays)
	for text, field := range map[string]string{
		`{"workdays":[` + many + `]}`: "working.workdays", `{"holidays":[` + many + `]}`: "working.holidays",
		`{"hours":["9-12"]}`: "working.hours[0]", `{"hours":["09:00-25:00"]}`: "working.hours[0]", `{"hours":["13:00-18:00","09:00-12:00"]}`: "working.hours[1]",
		`{"holidays":["2026-05-01"],"workdays":["2026-05-01"]}`: "working.workdays[0]",
	} {
		var w Working
		if err := json.Unmarshal([]byte(text), &w); err != nil {
			t.Fatal(err)
		}
		if found := w.validate(); len(found) == 0 || found[0].Field != field {
			t.Errorf("%s: %v, want a problem at %s", text, found, field)
		}
	}
}
