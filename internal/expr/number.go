package expr

import (
	"unicode/utf8"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"

	"laurel/internal/money"
	"laurel/internal/value"
)

// numberFn is a figure; ok is false where it is missing.
type numberFn func(Row) (f money.Frac, ok bool, err error)

// number is a compiled figure. Plain fields and literals are told apart, because comparing them needs no fraction.
type number struct {
	field    int // index of the variable it is, or -1
	constant *money.Decimal
	eval     numberFn
}

func (c *closures) number(e ast.Expr) number {
	if v, ok := c.literals[e.ID()]; ok {
		d := v.Decimal()
		f := d.Frac()
		return number{field: -1, constant: &d, eval: func(Row) (money.Frac, bool, error) { return f, true, nil }}
	}
	if i := c.field(e); i >= 0 {
		return number{field: i, eval: func(r Row) (money.Frac, bool, error) {
			v := r.Field(i)
			if !isOf(&v, value.Number) {
				return money.Frac{}, false, nil
			}
			return v.Decimal().Frac(), true, nil
		}}
	}
	return number{field: -1, eval: c.figure(e)}
}

func (c *closures) figure(e ast.Expr) numberFn {
	if args, ok := choice(e); ok {
		cond, a, b := c.truth(args[0]), c.number(args[1]).eval, c.number(args[2]).eval
		return func(r Row) (money.Frac, bool, error) {
			yes, err := cond(r)
			if err != nil {
				return money.Frac{}, false, err
			}
			if yes {
				return a(r)
			}
			return b(r)
		}
	}
	if e.Kind() == ast.CallKind {
		call := e.AsCall()
		switch name := call.FunctionName(); name {
		case operators.Add, operators.Subtract, operators.Multiply, operators.Divide:
			return arithmetic(name, c.number(call.Args()[0]).eval, c.number(call.Args()[1]).eval)
		case operators.Negate:
			x := c.number(call.Args()[0]).eval
			return func(r Row) (money.Frac, bool, error) {
				f, ok, err := x(r)
				if err != nil || !ok {
					return money.Frac{}, false, err
				}
				return figureOf(f.Neg())
			}
		case "size":
			return c.size(e)
		}
	}
	err := unreachable(e)
	return func(Row) (money.Frac, bool, error) { return money.Frac{}, false, err }
}

func arithmetic(name string, x, y numberFn) numberFn {
	return func(r Row) (money.Frac, bool, error) {
		a, ok, err := x(r)
		b, ok2, err2 := y(r)
		if err == nil {
			err = err2
		}
		if err != nil || !ok || !ok2 {
			return money.Frac{}, false, err
		}
		switch name {
		case operators.Add:
			return figureOf(a.Add(b))
		case operators.Subtract:
			return figureOf(a.Sub(b))
		case operators.Multiply:
			return figureOf(a.Mul(b))
		}
		if b.IsZero() {
			return money.Frac{}, false, nil
		}
		return figureOf(a.Div(b))
	}
}

func figureOf(f money.Frac, err error) (money.Frac, bool, error) {
	if err != nil {
		return money.Frac{}, false, errOverflow.Because(err)
	}
	return f, true, nil
}

// size counts the items of a list or the characters of a text.
func (c *closures) size(e ast.Expr) numberFn {
	of := e.AsCall().Target()
	if !e.AsCall().IsMemberFunction() {
		of = e.AsCall().Args()[0]
	}
	if c.kind(of) == value.List {
		inner := c.list(of)
		return func(r Row) (money.Frac, bool, error) {
			items, ok, err := inner(r)
			return money.Whole(int64(len(items))), ok, err
		}
	}
	inner := c.text(of).eval
	return func(r Row) (money.Frac, bool, error) {
		s, ok, err := inner(r)
		return money.Whole(int64(utf8.RuneCountInString(s))), ok, err
	}
}
