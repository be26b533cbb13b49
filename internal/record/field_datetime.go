package record

import (
	"time"

	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/value"
)

var wantTime = i18n.T("带时区的时间（如 2026-03-31T08:00:00+08:00）", "a time with its zone such as 2026-03-31T08:00:00+08:00")

// The instants a datetime may hold, in microseconds UTC.
var (
	firstInstant = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
	lastInstant  = time.Date(9999, 12, 31, 23, 59, 59, 999_999_000, time.UTC).UnixMicro()
)

// dateTimeType is stored in microseconds UTC. Without a zone a time is ambiguous and refused; what people mean by it
// is for import to say.
type dateTimeType struct{ traits }

func (t dateTimeType) parse(f *Field, in any) (parsed, *problem.Error) {
	s, ok := in.(string)
	if !ok {
		return parsed{}, wrongType(f, wantTime, in)
	}
	at, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return parsed{}, wrongType(f, wantTime, in)
	}
	v, p := t.accept(f, value.OfTime(at.UnixMicro()))
	return parsed{value: v}, p
}

func (dateTimeType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	if v.Kind() != value.Time {
		return v, wrongType(f, wantTime, v)
	}
	if m := v.Micros(); m < firstInstant || m > lastInstant {
		return v, outOfRange(f, dateLimit, m)
	}
	return v, nil
}

func (dateTimeType) bind(v value.Value) any             { return v.Micros() }
func (dateTimeType) load(_ *Field, c *cell) value.Value { return value.OfTime(c.n.Int64) }
