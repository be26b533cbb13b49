package record

import (
	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/value"
)

var (
	wantDate  = i18n.T("日期（如 2026-03-31）", "a date such as 2026-03-31")
	firstDate = calendar.DayOf(1, 1, 1)
	dateLimit = i18n.T("0001-01-01 至 9999-12-31", "0001-01-01 to 9999-12-31")
)

// dateType is stored as the day number of calendar.Day.
type dateType struct{ traits }

func (t dateType) parse(f *Field, in any) (parsed, *problem.Error) {
	s, ok := in.(string)
	if !ok {
		return parsed{}, wrongType(f, wantDate, in)
	}
	day, err := calendar.ParseDay(s)
	if err != nil {
		return parsed{}, wrongType(f, wantDate, in)
	}
	v, p := t.accept(f, value.OfDate(day))
	return parsed{value: v}, p
}

func (dateType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	if v.Kind() != value.Date {
		return v, wrongType(f, wantDate, v)
	}
	if d := v.Day(); d < firstDate || d > calendar.MaxDay {
		return v, outOfRange(f, dateLimit, v)
	}
	return v, nil
}

func (dateType) bind(v value.Value) any             { return int64(v.Day()) }
func (dateType) load(_ *Field, c *cell) value.Value { return value.OfDate(calendar.Day(c.n.Int64)) }
