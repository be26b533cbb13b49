package record

import (
	"laurel/internal/problem"
	"laurel/internal/value"
)

// MaxLongText is the limit of a long text in bytes: 1 MiB.
const MaxLongText = 1 << 20

type longTextType struct{ traits }

func (t longTextType) parse(f *Field, in any) (parsed, *problem.Error) {
	s, ok := in.(string)
	if !ok {
		return parsed{}, wrongType(f, wantText, in)
	}
	v, p := t.accept(f, value.OfText(s))
	return parsed{value: v}, p
}

func (longTextType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	if v.Kind() != value.Text {
		return v, wrongType(f, wantText, v)
	}
	s := v.Text()
	if len(s) > MaxLongText {
		return v, fieldProblem(f, "too_long", "最多 %d 字节，得到 %d 字节。", "takes at most %d bytes; got %d.", MaxLongText, len(s))
	}
	if p := checkText(f, s, MaxLongText); p != nil || s == "" {
		return value.Nothing, p
	}
	return v, nil
}

func (longTextType) bind(v value.Value) any             { return v.Text() }
func (longTextType) load(_ *Field, c *cell) value.Value { return value.OfText(c.s.String) }
