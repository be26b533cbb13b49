package expr

import (
	"cel.dev/cel-go/common/ast"

	"laurel/internal/value"
)

// ordinal is a compiled day, instant or reference: a whole number that only compares.
type ordinal struct {
	kind     value.Kind
	field    int // index of the variable it is, or -1
	constant *int64
	eval     func(Row) (n int64, ok bool, err error)
}

// ordinalOf reads a day, instant or reference; not ok where the value is missing or of another kind.
func ordinalOf(v *value.Value, kind value.Kind) (int64, bool) {
	if v.Kind() != kind {
		return 0, false
	}
	switch kind {
	case value.Date:
		return int64(v.Day()), true
	case value.Time:
		return v.Micros(), true
	}
	return v.Ref(), true
}

func (c *closures) ordinal(e ast.Expr) ordinal {
	kind := c.kind(e)
	if v, ok := c.literals[e.ID()]; ok {
		n, _ := ordinalOf(&v, v.Kind())
		return ordinal{kind: kind, field: -1, constant: &n, eval: func(Row) (int64, bool, error) { return n, true, nil }}
	}
	if i := c.field(e); i >= 0 {
		return ordinal{kind: kind, field: i, eval: func(r Row) (int64, bool, error) {
			v := r.Field(i)
			n, ok := ordinalOf(&v, kind)
			return n, ok, nil
		}}
	}
	if args, ok := choice(e); ok {
		cond, a, b := c.truth(args[0]), c.ordinal(args[1]).eval, c.ordinal(args[2]).eval
		return ordinal{kind: kind, field: -1, eval: func(r Row) (int64, bool, error) {
			yes, err := cond(r)
			if err != nil {
				return 0, false, err
			}
			if yes {
				return a(r)
			}
			return b(r)
		}}
	}
	err := unreachable(e)
	return ordinal{kind: kind, field: -1, eval: func(Row) (int64, bool, error) { return 0, false, err }}
}
