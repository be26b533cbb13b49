package verify

import (
	"fmt"
	"math/big"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/record"
	"laurel/internal/value"
)

// worktime is the organisation's working time, looked up day by day and minute by minute.
type worktime struct {
	days  map[time.Weekday]bool
	spans [][2]int // minutes of a day
	off   map[calendar.Day]bool
	on    map[calendar.Day]bool
}

func newWorktime(w people.Working) *worktime {
	t := &worktime{days: map[time.Weekday]bool{}, off: map[calendar.Day]bool{}, on: map[calendar.Day]bool{}}
	for _, d := range w.Days {
		for n := time.Sunday; n <= time.Saturday; n++ {
			if string(d) == map[time.Weekday]string{0: "sun", 1: "mon", 2: "tue", 3: "wed", 4: "thu", 5: "fri", 6: "sat"}[n] {
				t.days[n] = true
			}
		}
	}
	if len(w.Days) == 0 {
		for n := time.Monday; n <= time.Friday; n++ {
			t.days[n] = true
		}
	}
	for _, h := range w.Hours {
		var a, b, c, d int
		if _, err := fmt.Sscanf(string(h), "%d:%d-%d:%d", &a, &b, &c, &d); err == nil {
			t.spans = append(t.spans, [2]int{a*60 + b, c*60 + d})
		}
	}
	if len(w.Hours) == 0 {
		t.spans = [][2]int{{9 * 60, 18 * 60}}
	}
	for _, d := range w.Holidays {
		t.off[d] = true
	}
	for _, d := range w.Workdays {
		t.on[d] = true
	}
	return t
}

func (t *worktime) works(day calendar.Day) bool {
	if t.on[day] || t.off[day] {
		return t.on[day]
	}
	return t.days[time.Unix(int64(day)*86400, 0).UTC().Weekday()]
}

// dayLength is the minutes of a working day.
func (t *worktime) dayLength() (n int64) {
	for _, s := range t.spans {
		n += int64(s[1] - s[0])
	}
	return n
}

// daysBetween counts working days, the first included and the last not.
func (t *worktime) daysBetween(from, until calendar.Day) (n int64) {
	for d := from; d < until; d++ {
		if t.works(d) {
			n++
		}
	}
	return n
}

// minutesBetween counts whole minutes of working time, by what a clock on the wall shows.
func (t *worktime) minutesBetween(c clock, from, until int64) int64 {
	shown := func(at int64) *big.Rat { // minutes since the day began
		when := time.UnixMicro(at).In(c.zone)
		h, m, s := when.Clock()
		return big.NewRat(int64(h*3600+m*60+s)*1_000_000+int64(when.Nanosecond()/1000), 60_000_000)
	}
	first, last := c.dayOf(from), c.dayOf(until)
	sum := new(big.Rat)
	for day := first; day <= last; day++ {
		if !t.works(day) {
			continue
		}
		open, shut := new(big.Rat), big.NewRat(24*60, 1)
		if day == first {
			open = shown(from)
		}
		if day == last {
			shut = shown(until)
		}
		for _, s := range t.spans {
			a, b := big.NewRat(int64(s[0]), 1), big.NewRat(int64(s[1]), 1)
			if open.Cmp(a) > 0 {
				a = open
			}
			if shut.Cmp(b) < 0 {
				b = shut
			}
			if b.Cmp(a) > 0 {
				sum.Add(sum, new(big.Rat).Sub(b, a))
			}
		}
	}
	return floorOf(sum).Int64()
}

// prepareDuration finds the two fields, and how many counted units make one that is told.
func (m *measured) prepareDuration(work *worktime, field func(string, ...string) (int, error)) (err error) {
	d := &m.def.Measure
	if m.from, err = field(d.From, record.TypeDate, record.TypeDateTime); err != nil {
		return err
	}
	if m.until, err = field(d.Until, record.TypeDate, record.TypeDateTime); err != nil {
		return err
	}
	kind := m.columns[m.from].field.Type
	if kind != m.columns[m.until].field.Type {
		return fmt.Errorf("the fields of a duration differ in kind")
	}
	day := int64(24 * 60)
	if d.Clock == metric.WorkingTime {
		m.work, day = work, work.dayLength()
	}
	m.each = 1
	switch {
	case kind == record.TypeDate && d.In != "" && d.In != metric.Days:
		m.each = day
		if d.In == metric.Hours {
			m.per = 60
		}
	case kind == record.TypeDateTime && d.In == metric.Hours:
		m.per = 60
	case kind == record.TypeDateTime && d.In == metric.Days:
		m.per = day
	}
	return nil
}

// apart is the time between a record's two fields, in counted units.
func (m *measured) apart(rec *record.Record, c clock) (n int64, reason string) {
	from, until := rec.Values[m.from], rec.Values[m.until]
	if from.IsNull() || until.IsNull() {
		return 0, "no_value"
	}
	if from.Kind() == value.Date {
		switch {
		case until.Day() < from.Day():
			return 0, "negative"
		case m.work != nil:
			return m.work.daysBetween(from.Day(), until.Day()) * m.each, ""
		}
		return int64(until.Day()-from.Day()) * m.each, ""
	}
	switch {
	case until.Micros() < from.Micros():
		return 0, "negative"
	case m.work != nil:
		return m.work.minutesBetween(c, from.Micros(), until.Micros()), ""
	}
	return floorOf(big.NewRat(until.Micros()-from.Micros(), 60_000_000)).Int64(), ""
}
