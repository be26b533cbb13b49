package record

import (
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/value"
)

// percentScale is how many places a percent's fraction has when its definition does not say: 12.34 % is 0.1234.
const percentScale = 4

var wantPercent = i18n.T(`百分比（如 "12.5%" 或 0.125）`, `a percentage such as "12.5%" or 0.125`)

// percentType is stored as numbers are, by its fraction.
type percentType struct{ traits }

func (percentType) check(f *Field) *problem.Error { return checkScale(f) }

func (percentType) parse(f *Field, in any) (parsed, *problem.Error) {
	text, ok := numeral(in)
	if !ok {
		return parsed{}, wrongType(f, wantPercent, in)
	}
	number, hundredths := strings.CutSuffix(text, "%")
	d, err := money.ParseDecimal(trimZeros(strings.TrimSpace(number)))
	if err != nil {
		_, p := parseDecimal(f, strings.TrimSpace(number))
		if p != nil && p.Code == "wrong_type" {
			p = wrongType(f, wantPercent, in)
		}
		return parsed{}, p
	}
	if hundredths {
		if d.Scale+2 > money.MaxScale {
			return parsed{}, tooPrecise(f, f.Scale, text)
		}
		d.Scale += 2
	}
	d, p := rescale(f, d, f.Scale)
	if p != nil {
		return parsed{}, p
	}
	return parsed{value: value.OfNumber(d)}, nil
}

func (percentType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	if v.Kind() != value.Number {
		return v, wrongType(f, wantPercent, v)
	}
	d, p := rescale(f, v.Decimal(), f.Scale)
	if p != nil {
		return v, p
	}
	return value.OfNumber(d), nil
}

func (percentType) bind(v value.Value) any { return v.Decimal().Coef }
func (percentType) load(f *Field, c *cell) value.Value {
	return value.OfNumber(money.Decimal{Coef: c.n.Int64, Scale: f.Scale})
}
