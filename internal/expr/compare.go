package expr

import (
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"

	"laurel/internal/value"
)

// outcome says which results of a three-way comparison make an operator true: bit 0 less, bit 1 equal, bit 2 greater.
type outcome uint8

var outcomes = map[string]outcome{
	operators.Less: 1, operators.LessEquals: 3, operators.Greater: 4, operators.GreaterEquals: 6, fnEqual: 2, fnUnequal: 5,
}

func (o outcome) holds(cmp int) bool { return o>>(cmp+1)&1 != 0 }

// mirrored is the operator that holds when the sides change places.
func (o outcome) mirrored() outcome { return o&2 | o>>2 | o<<2&4 }

func (c *closures) comparison(o outcome, a, b ast.Expr) truthFn {
	switch c.kind(a) {
	case value.Bool:
		x, y := c.state(a), c.state(b)
		return func(r Row) (bool, error) {
			s, err := x(r)
			t, err2 := y(r)
			if err == nil {
				err = err2
			}
			if err != nil || s == isMissing || t == isMissing {
				return false, err
			}
			return o.holds(int(s) - int(t)), nil
		}
	case value.Number:
		return compareNumbers(o, c.number(a), c.number(b))
	case value.Text:
		return compareTexts(o, c.text(a), c.text(b))
	}
	return compareOrdinals(o, c.ordinal(a), c.ordinal(b))
}

func compareNumbers(o outcome, a, b number) truthFn {
	if a.constant != nil && b.field >= 0 {
		a, b, o = b, a, o.mirrored()
	}
	switch {
	case a.field >= 0 && b.constant != nil:
		i, k := a.field, *b.constant
		return func(r Row) (bool, error) {
			v := r.Field(i)
			return isOf(&v, value.Number) && o.holds(v.Decimal().Cmp(k)), nil
		}
	case a.field >= 0 && b.field >= 0:
		i, j := a.field, b.field
		return func(r Row) (bool, error) {
			v, w := r.Field(i), r.Field(j)
			return isOf(&v, value.Number) && isOf(&w, value.Number) && o.holds(v.Decimal().Cmp(w.Decimal())), nil
		}
	case b.constant != nil:
		x, k := a.eval, *b.constant
		return func(r Row) (bool, error) {
			f, ok, err := x(r)
			return ok && err == nil && o.holds(f.CmpDecimal(k)), err
		}
	}
	x, y := a.eval, b.eval
	return func(r Row) (bool, error) {
		f, ok, err := x(r)
		g, ok2, err2 := y(r)
		if err == nil {
			err = err2
		}
		return err == nil && ok && ok2 && o.holds(f.Cmp(g)), err
	}
}

func compareTexts(o outcome, a, b text) truthFn {
	if a.constant != nil && b.field >= 0 {
		a, b, o = b, a, o.mirrored()
	}
	if a.field >= 0 && b.constant != nil {
		i, k := a.field, *b.constant
		if o == outcomes[fnEqual] {
			return func(r Row) (bool, error) {
				v := r.Field(i)
				return v.Kind() == value.Text && v.Text() == k, nil
			}
		}
		return func(r Row) (bool, error) {
			v := r.Field(i)
			return v.Kind() == value.Text && o.holds(cmpText(v.Text(), k)), nil
		}
	}
	x, y := a.eval, b.eval
	return func(r Row) (bool, error) {
		s, ok, err := x(r)
		t, ok2, err2 := y(r)
		if err == nil {
			err = err2
		}
		return err == nil && ok && ok2 && o.holds(cmpText(s, t)), err
	}
}

func compareOrdinals(o outcome, a, b ordinal) truthFn {
	if a.constant != nil && b.field >= 0 {
		a, b, o = b, a, o.mirrored()
	}
	if a.field >= 0 && b.constant != nil {
		i, kind, k := a.field, a.kind, *b.constant
		return func(r Row) (bool, error) {
			v := r.Field(i)
			n, ok := ordinalOf(&v, kind)
			return ok && o.holds(cmpOrdinal(n, k)), nil
		}
	}
	x, y := a.eval, b.eval
	return func(r Row) (bool, error) {
		m, ok, err := x(r)
		n, ok2, err2 := y(r)
		if err == nil {
			err = err2
		}
		return err == nil && ok && ok2 && o.holds(cmpOrdinal(m, n)), err
	}
}

// cmpText compares bytewise.
func cmpText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a == b:
		return 0
	}
	return 1
}

func cmpOrdinal(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a == b:
		return 0
	}
	return 1
}
