package people

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/problem"
)

// Working says when the organisation works. What is left out is Monday to Friday, 09:00 to 18:00.
type Working struct {
	Days     []Weekday      `json:"days,omitempty" doc:"Days of the week: mon, tue, wed, thu, fri, sat, sun"`
	Hours    []Hours        `json:"hours,omitempty" doc:"Hours of a working day: 09:00-12:00, 13:00-18:00"`
	Holidays []calendar.Day `json:"holidays,omitempty" doc:"Days off that fall on a working day of the week"`
	Workdays []calendar.Day `json:"workdays,omitempty" doc:"Working days that fall on a free day of the week"`
}

// Weekday is a day of the week: mon … sun.
type Weekday string

// Hours are a stretch of a working day: 09:00-12:00. A day may end at 24:00.
type Hours string

// Limits of a working calendar.
const (
	MaxHours       = 12
	MaxSpecialDays = 2000 // holidays, or extra working days
	minutesOfADay  = 24 * 60
)

var weekdays = []Weekday{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// IsZero reports whether nothing is said.
func (w Working) IsZero() bool {
	return len(w.Days) == 0 && len(w.Hours) == 0 && len(w.Holidays) == 0 && len(w.Workdays) == 0
}

// UnmarshalJSON accepts a weekday as mon, Monday or 1 … 7, Monday being 1.
func (d *Weekday) UnmarshalJSON(data []byte) error {
	text := strings.ToLower(strings.Trim(string(data), `"`))
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= 7 {
		*d = weekdays[n-1]
		return nil
	}
	for i, name := range weekdays {
		if text == string(name) || text == strings.ToLower(time.Weekday((i+1)%7).String()) {
			*d = name
			return nil
		}
	}
	return fmt.Errorf("%s is no day of the week: write mon, tue, wed, thu, fri, sat or sun", data)
}

// minutes are the first minute of a stretch and the one after the last.
func (h Hours) minutes() (from, to int, ok bool) {
	first, last, found := strings.Cut(string(h), "-")
	from, okFrom := minuteOf(first)
	to, okTo := minuteOf(last)
	return from, to, found && okFrom && okTo && from < to
}

func minuteOf(text string) (int, bool) {
	h, m, found := strings.Cut(strings.TrimSpace(text), ":")
	hour, errH := strconv.Atoi(h)
	minute, errM := strconv.Atoi(m)
	n := hour*60 + minute
	return n, found && errH == nil && errM == nil && len(h) <= 2 && len(m) == 2 && hour >= 0 && minute >= 0 && minute < 60 && n <= minutesOfADay
}

func (w Working) validate() (found []*problem.Error) {
	end := -1
	for i, h := range w.Hours {
		from, to, ok := h.minutes()
		switch {
		case !ok:
			found = append(found, problem.Bad("hours_invalid", fmt.Sprintf("working.hours[%d]", i), "工作时间 %q 请写成 09:00-12:00 的样子", "write the hours %q as 09:00-12:00", string(h)))
		case from < end:
			found = append(found, problem.Bad("hours_overlap", fmt.Sprintf("working.hours[%d]", i), "工作时间须按先后填写，且不重叠", "hours come in order and do not overlap"))
		}
		end = max(end, to)
	}
	for _, f := range []struct {
		field     string
		has, most int
	}{{"hours", len(w.Hours), MaxHours}, {"holidays", len(w.Holidays), MaxSpecialDays}, {"workdays", len(w.Workdays), MaxSpecialDays}} {
		if f.has > f.most {
			found = append(found, problem.New(problem.TooLarge, "too_many_days", "working."+f.field, "最多 %d 项，现有 %d 项", "at most %d, not %d", f.most, f.has))
		}
	}
	for i, d := range w.Workdays {
		if slices.Contains(w.Holidays, d) {
			found = append(found, problem.Bad("day_twice", fmt.Sprintf("working.workdays[%d]", i), "%s 既是放假又是上班，请只留一个", "%s is both a holiday and a working day: keep one", d))
		}
	}
	return found
}

// tidy sorts what has no order of its own, so that the same calendar is always written the same way.
func (w Working) tidy() Working {
	days := func(list []calendar.Day) []calendar.Day {
		list = slices.Clone(list)
		slices.Sort(list)
		return slices.Compact(list)
	}
	var week []Weekday
	for _, d := range weekdays {
		if slices.Contains(w.Days, d) {
			week = append(week, d)
		}
	}
	return Working{Days: week, Hours: append([]Hours(nil), w.Hours...), Holidays: days(w.Holidays), Workdays: days(w.Workdays)}
}

// text is the calendar as it is stored.
func (w Working) text() (string, error) {
	if w.IsZero() {
		return "", nil
	}
	data, err := json.Marshal(w)
	return string(data), err
}

// WorkClock measures working time. It is immutable.
type WorkClock struct {
	zone               *time.Location
	week               [7]bool // Monday first
	spans              [][2]int
	holidays, workdays []calendar.Day // only those that change their day of the week
}

// Clock is the organisation's working time, ready to measure.
func (o Organisation) Clock() *WorkClock {
	c := &WorkClock{zone: o.Calendar().Zone}
	w := o.Working.tidy()
	if len(w.Days) == 0 {
		w.Days = weekdays[:5]
	}
	if len(w.Hours) == 0 {
		w.Hours = []Hours{"09:00-18:00"}
	}
	for i, d := range weekdays {
		c.week[i] = slices.Contains(w.Days, d)
	}
	for _, h := range w.Hours {
		if from, to, ok := h.minutes(); ok {
			c.spans = append(c.spans, [2]int{from, to})
		}
	}
	for _, d := range w.Holidays {
		if c.week[d.Weekday()] {
			c.holidays = append(c.holidays, d)
		}
	}
	for _, d := range w.Workdays {
		if !c.week[d.Weekday()] {
			c.workdays = append(c.workdays, d)
		}
	}
	return c
}

// DayMinutes is the length of a working day.
func (c *WorkClock) DayMinutes() int64 {
	var n int
	for _, s := range c.spans {
		n += s[1] - s[0]
	}
	return int64(n)
}

// Days counts the working days from a day up to, and without, another.
func (c *WorkClock) Days(from, to calendar.Day) int64 {
	if to <= from {
		return 0
	}
	var n int64
	for i, works := range c.week {
		if works { // the days of this name: every seventh
			first := from + calendar.Day((i-from.Weekday()+7)%7)
			if first < to {
				n += int64(to-first-1)/7 + 1
			}
		}
	}
	return n - within(c.holidays, from, to) + within(c.workdays, from, to)
}

func within(days []calendar.Day, from, to calendar.Day) int64 {
	a, _ := slices.BinarySearch(days, from)
	b, _ := slices.BinarySearch(days, to)
	return int64(b - a)
}

func (c *WorkClock) works(d calendar.Day) bool { return c.Days(d, d+1) == 1 }

// Minutes counts the whole working minutes between two instants in µs UTC, by the clock on the wall: a working day is as
// long as any other also when clocks are changed in it.
func (c *WorkClock) Minutes(from, until int64) int64 {
	firstDay, start := c.wall(from)
	lastDay, end := c.wall(until)
	var micros int64
	if firstDay == lastDay {
		micros = c.part(firstDay, start, end)
	} else {
		micros = c.part(firstDay, start, minutesOfADay*micro) + c.part(lastDay, 0, end)
	}
	return micros/micro + c.Days(firstDay+1, lastDay)*c.DayMinutes()
}

// micro is the microseconds of a minute.
const micro = 60_000_000

// wall is the local day of an instant and the microseconds that its clock shows.
func (c *WorkClock) wall(at int64) (calendar.Day, int64) {
	t := time.UnixMicro(at).In(c.zone)
	h, m, s := t.Clock()
	return calendar.DayAt(t, c.zone), int64(h*3600+m*60+s)*1_000_000 + int64(t.Nanosecond()/1000)
}

// part is the working time of a day between two readings of its clock, in microseconds.
func (c *WorkClock) part(d calendar.Day, from, to int64) (n int64) {
	if !c.works(d) {
		return 0
	}
	for _, s := range c.spans {
		n += max(0, min(to, int64(s[1])*micro)-max(from, int64(s[0])*micro))
	}
	return n
}
