package expr

import (
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"

	"laurel/internal/value"
)

// text is a compiled text.
type text struct {
	field    int // index of the variable it is, or -1
	constant *string
	eval     func(Row) (s string, ok bool, err error)
}

func (c *closures) text(e ast.Expr) text {
	if e.Kind() == ast.LiteralKind {
		if v, ok := e.AsLiteral().(types.String); ok {
			s := string(v)
			return text{field: -1, constant: &s, eval: func(Row) (string, bool, error) { return s, true, nil }}
		}
	}
	if i := c.field(e); i >= 0 {
		return text{field: i, eval: func(r Row) (string, bool, error) {
			v := r.Field(i)
			return v.Text(), v.Kind() == value.Text, nil
		}}
	}
	if args, ok := choice(e); ok {
		cond, a, b := c.truth(args[0]), c.text(args[1]).eval, c.text(args[2]).eval
		return text{field: -1, eval: func(r Row) (string, bool, error) {
			yes, err := cond(r)
			if err != nil {
				return "", false, err
			}
			if yes {
				return a(r)
			}
			return b(r)
		}}
	}
	err := unreachable(e)
	return text{field: -1, eval: func(Row) (string, bool, error) { return "", false, err }}
}

// textTest compiles contains, startsWith, endsWith and matches.
func (c *closures) textTest(e ast.Expr, call ast.CallExpr) truthFn {
	of := c.text(call.Target()).eval
	if re := c.patterns[e.ID()]; re != nil {
		return func(r Row) (bool, error) {
			s, ok, err := of(r)
			return err == nil && ok && re.MatchString(s), err
		}
	}
	test := strings.Contains
	switch call.FunctionName() {
	case "startsWith":
		test = strings.HasPrefix
	case "endsWith":
		test = strings.HasSuffix
	}
	with := c.text(call.Args()[0]).eval
	return func(r Row) (bool, error) {
		s, ok, err := of(r)
		t, ok2, err2 := with(r)
		if err == nil {
			err = err2
		}
		return err == nil && ok && ok2 && test(s, t), err
	}
}

// list compiles a field of several texts, or a choice between such.
func (c *closures) list(e ast.Expr) func(Row) ([]string, bool, error) {
	if i := c.field(e); i >= 0 {
		return func(r Row) ([]string, bool, error) {
			v := r.Field(i)
			return v.List(), v.Kind() == value.List, nil
		}
	}
	if args, ok := choice(e); ok {
		cond, a, b := c.truth(args[0]), c.list(args[1]), c.list(args[2])
		return func(r Row) ([]string, bool, error) {
			yes, err := cond(r)
			if err != nil {
				return nil, false, err
			}
			if yes {
				return a(r)
			}
			return b(r)
		}
	}
	err := unreachable(e)
	return func(Row) ([]string, bool, error) { return nil, false, err }
}
