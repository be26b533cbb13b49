package record

import (
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/value"
)

var wantInteger = i18n.T("整数", "a whole number")

// autoNumberType counts 1, 2, 3, … in the order of creation. It is read as any field is; giving a value other than
// the one it has is refused when the operation is applied, so that a record may be sent back as it was read.
type autoNumberType struct{ traits }

func (t autoNumberType) parse(f *Field, in any) (parsed, *problem.Error) {
	text, ok := numeral(in)
	if !ok {
		return parsed{}, wrongType(f, wantInteger, in)
	}
	d, err := money.ParseDecimal(text)
	if err != nil {
		return parsed{}, wrongType(f, wantInteger, in)
	}
	v, p := t.accept(f, value.OfNumber(d))
	return parsed{value: v}, p
}

func (autoNumberType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	if v.Kind() != value.Number {
		return v, wrongType(f, wantInteger, v)
	}
	d := v.Decimal().Trim()
	if d.Scale != 0 {
		return v, wrongType(f, wantInteger, v)
	}
	return value.OfNumber(d), nil
}

func (autoNumberType) bind(v value.Value) any { return v.Decimal().Coef }
func (autoNumberType) load(_ *Field, c *cell) value.Value {
	return value.OfNumber(money.Decimal{Coef: c.n.Int64})
}

func readOnly(f *Field) *problem.Error {
	return fieldProblem(f, "read_only", "由系统自动编号，不能填写。", "is numbered automatically and cannot be set.")
}
