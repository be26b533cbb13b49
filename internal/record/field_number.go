package record

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/value"
)

var wantNumber = i18n.T("数字（如 -1234.50）", "a number such as -1234.50")

// numberType is stored as the scaled integer value × 10^Scale.
type numberType struct{ traits }

func (numberType) check(f *Field) *problem.Error { return checkScale(f) }

func (t numberType) parse(f *Field, in any) (parsed, *problem.Error) {
	text, ok := numeral(in)
	if !ok {
		return parsed{}, wrongType(f, wantNumber, in)
	}
	d, p := parseDecimal(f, text)
	if p != nil {
		return parsed{}, p
	}
	v, p := t.accept(f, value.OfNumber(d))
	return parsed{value: v}, p
}

func (numberType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	if v.Kind() != value.Number {
		return v, wrongType(f, wantNumber, v)
	}
	d, p := rescale(f, v.Decimal(), f.Scale)
	if p != nil {
		return v, p
	}
	return value.OfNumber(d), nil
}

func (numberType) bind(v value.Value) any { return v.Decimal().Coef }
func (numberType) load(f *Field, c *cell) value.Value {
	return value.OfNumber(money.Decimal{Coef: c.n.Int64, Scale: f.Scale})
}

// numeral is the text of a number as it stands in the input. A float is not one: its digits are not what was written.
func numeral(in any) (string, bool) {
	switch n := in.(type) {
	case string:
		return strings.TrimSpace(n), true
	case json.Number:
		return n.String(), true
	case int:
		return strconv.Itoa(n), true
	case int64:
		return strconv.FormatInt(n, 10), true
	}
	return "", false
}

func parseDecimal(f *Field, text string) (money.Decimal, *problem.Error) {
	d, err := money.ParseDecimal(trimZeros(text))
	switch {
	case errors.Is(err, money.ErrOverflow):
		return d, tooLarge(f, text)
	case err != nil && overScaled(text):
		return d, tooPrecise(f, f.Scale, text)
	case err != nil:
		return d, wrongType(f, wantNumber, text)
	}
	return d, nil
}

// trimZeros drops zeros at the end of the places, so that 1.0000000000000000 is not too long to read.
func trimZeros(text string) string {
	whole, places, _ := strings.Cut(text, ".")
	if kept := strings.TrimRight(places, "0"); kept != "" {
		return whole + "." + kept
	}
	if places == "" { // no point, or one at the end, which is not a number
		return text
	}
	return whole
}

// overScaled reports whether a text is a plain number with more places than a decimal can have.
func overScaled(text string) bool {
	whole, places, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return len(places) > money.MaxScale && len(text) <= 64 && digits(whole) && digits(places)
}

// rescale brings a number to a scale without rounding.
func rescale(f *Field, d money.Decimal, scale uint8) (money.Decimal, *problem.Error) {
	if d.Scale == scale {
		return d, nil
	}
	if d.Scale > scale {
		if d = d.Trim(); d.Scale > scale {
			return d, tooPrecise(f, scale, d.String())
		}
	}
	out, err := d.Rescale(scale, money.Down)
	if err != nil {
		return d, tooLarge(f, d.String())
	}
	return out, nil
}

func tooPrecise(f *Field, scale uint8, text string) *problem.Error {
	return fieldProblem(f, "too_precise", "最多 %d 位小数，得到的是 %s。请先舍入，或增加该字段的小数位数。",
		"takes at most %d decimal places; got %s. Round it first, or give the field more places.", scale, shown(text))
}

func tooLarge(f *Field, text string) *problem.Error {
	most := money.Decimal{Coef: 1<<63 - 1, Scale: f.places()}.String()
	return outOfRange(f, i18n.Same("± "+most), text)
}

// places is how many decimal places the column of a number, percent or money keeps.
func (f *Field) places() uint8 {
	if f.Type == TypeMoney {
		units, _ := money.MinorUnits(f.Currency)
		return units
	}
	return f.Scale
}

func checkScale(f *Field) *problem.Error {
	if f.Scale > money.MaxScale {
		return problem.Bad("out_of_range", "scale", "小数位数最多 %d。", "A field has at most %d decimal places.", money.MaxScale)
	}
	return nil
}
