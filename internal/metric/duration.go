package metric

import (
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Clock says which time a duration counts.
type Clock string

// The clocks. Calendar time runs day and night.
const (
	CalendarTime Clock = "calendar"
	WorkingTime  Clock = "working"
)

// TimeUnit is what a duration is counted in.
type TimeUnit string

// The units of time. A working day is as long as the organisation's hours of a day.
const (
	Minutes TimeUnit = "minutes"
	Hours   TimeUnit = "hours"
	Days    TimeUnit = "days"
)

const (
	minutesOfHour = 60
	minutesOfDay  = 24 * minutesOfHour
	microsMinute  = 60_000_000
)

// span measures the time between two fields. Two dates are whole days apart, two date-times whole minutes.
type span struct {
	from, until int // places; -1 when there is no duration
	instants    bool
	clock       *people.WorkClock // nil: calendar time
	each        int64             // counted units of one day between dates: 1, or the minutes of a day
}

// IsDuration reports whether the value is the time between two fields.
func (d *Measure) IsDuration() bool { return d.From != "" || d.Until != "" }

// Unit is the name of the time unit; days are what dates are apart by themselves.
func (d *Measure) timeUnit(instants bool) TimeUnit {
	switch {
	case d.In != "":
		return d.In
	case instants:
		return Minutes
	}
	return Days
}

// compileDuration finds the two fields and how their distance is counted.
func (m *Metric) compileDuration(field func(path, key string, types ...string) int, fieldAt func(int) *record.Field, clock *people.WorkClock) (bad []*problem.Error) {
	d := &m.Def.Measure
	if d.Value != "" || d.Scale != nil || d.Currency != "" {
		bad = append(bad, problem.Bad("needless", "measure.value", "时长由起止两个字段得出，不用再填数值、小数位或币种", "a duration comes from its two fields: leave value, scale and currency out"))
	}
	s := span{from: field("measure.from", d.From, "date", "datetime"), until: field("measure.until", d.Until, "date", "datetime"), each: 1}
	day := int64(minutesOfDay)
	switch d.Clock {
	case "", CalendarTime:
	case WorkingTime:
		s.clock, day = clock, clock.DayMinutes()
	default:
		bad = append(bad, problem.Bad("unknown_choice", "measure.clock", "不认识 %q：可用 calendar（自然时间）、working（工作时间）", "unknown clock %q: use calendar or working", string(d.Clock)))
	}
	if s.from < 0 || s.until < 0 {
		return bad
	}
	s.instants = fieldAt(s.from).Type == "datetime"
	if s.instants != (fieldAt(s.until).Type == "datetime") {
		return append(bad, problem.Bad("mixed_dates", "measure.until", "起止字段须同为日期，或同为日期时间", "both fields must be dates, or both date-times"))
	}
	unit := d.timeUnit(s.instants)
	if unit != Days && !s.instants {
		s.each = day
	}
	switch unit {
	case Minutes:
	case Hours:
		m.per = minutesOfHour
	case Days:
		if s.instants {
			m.per = day
		}
	default:
		bad = append(bad, problem.Bad("unknown_choice", "measure.in", "不认识 %q：可用 minutes、hours、days", "unknown unit %q: use minutes, hours or days", string(unit)))
	}
	m.span = &s
	return bad
}

// measure is the time between the two fields of a record, in minutes or days. Less than none is a fault of the data.
func (s *span) measure(rec *record.Record) (int64, Reason) {
	from, until := rec.Values[s.from], rec.Values[s.until]
	if from.IsNull() || until.IsNull() {
		return 0, NoValue
	}
	if !s.instants {
		a, b := from.Day(), until.Day()
		switch {
		case b < a:
			return 0, Backwards
		case s.clock != nil:
			return s.clock.Days(a, b) * s.each, Counted
		}
		return int64(b-a) * s.each, Counted
	}
	a, b := from.Micros(), until.Micros()
	switch {
	case b < a:
		return 0, Backwards
	case s.clock != nil:
		return s.clock.Minutes(a, b), Counted
	}
	return (b - a) / microsMinute, Counted
}

// Unit is what values are counted in, in words; a duration has the name of its unit of time unless it is given another.
func (m *Metric) Unit() i18n.Text {
	if !m.Def.Unit.IsZero() || m.span == nil {
		return m.Def.Unit
	}
	switch unit := m.Def.Measure.timeUnit(m.span.instants); {
	case unit == Minutes:
		return i18n.T("分钟", "minutes")
	case unit == Hours:
		return i18n.T("小时", "hours")
	case m.span.clock != nil:
		return i18n.T("个工作日", "working days")
	}
	return i18n.T("天", "days")
}
