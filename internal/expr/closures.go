package expr

import (
	"fmt"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"laurel/internal/value"
)

// closures turns the checked tree into functions on a row. What a subtree can be (missing or not, of which kind) is settled
// here, once, so that running touches no tree and, for usual conditions, no heap.
type closures struct {
	env      *Env
	tree     *ast.AST
	literals literals
	patterns patterns
	fields   map[int]bool
}

// truthFn is a condition: true or false, never missing.
type truthFn func(Row) (bool, error)

// state is a truth value that may be missing.
type state uint8

const (
	isFalse state = iota
	isTrue
	isMissing
)

func stateOf(b bool) state {
	if b {
		return isTrue
	}
	return isFalse
}

// kind is what a checked node gives.
func (c *closures) kind(e ast.Expr) value.Kind { return kindOfType(c.tree.GetType(e.ID())) }

// field is the index of the variable that a node is, or -1.
func (c *closures) field(e ast.Expr) int {
	if e.Kind() != ast.IdentKind {
		return -1
	}
	i, ok := c.env.index[e.AsIdent()]
	if !ok {
		return -1
	}
	c.fields[i] = true
	return i
}

// choice splits a node that is a ?: into its parts.
func choice(e ast.Expr) (args []ast.Expr, ok bool) {
	if e.Kind() != ast.CallKind || e.AsCall().FunctionName() != operators.Conditional {
		return nil, false
	}
	return e.AsCall().Args(), true
}

// unreachable marks trees that the checker does not let through.
func unreachable(e ast.Expr) error {
	return fmt.Errorf("expression node %d (kind %d) has no evaluation", e.ID(), e.Kind())
}

func (c *closures) truth(e ast.Expr) truthFn {
	if e.Kind() == ast.LiteralKind {
		b := e.AsLiteral() == types.True
		return func(Row) (bool, error) { return b, nil }
	}
	if e.Kind() != ast.CallKind {
		return c.truthOfState(e)
	}
	call := e.AsCall()
	args := call.Args()
	switch name := call.FunctionName(); name {
	case operators.LogicalAnd:
		return and(c.truth(args[0]), c.truth(args[1]))
	case operators.LogicalOr:
		return or(c.truth(args[0]), c.truth(args[1]))
	case operators.LogicalNot:
		inner := c.truth(args[0])
		return func(r Row) (bool, error) {
			b, err := inner(r)
			return !b && err == nil, err
		}
	case fnTruth:
		return c.truthOfState(args[0])
	case fnNotNull:
		return c.present(args[0])
	case fnIsNull:
		inner := c.present(args[0])
		return func(r Row) (bool, error) {
			b, err := inner(r)
			return !b && err == nil, err
		}
	case operators.In:
		return c.in(args[0], args[1])
	case "contains", "startsWith", "endsWith", "matches":
		return c.textTest(e, call)
	default:
		if op, ok := outcomes[name]; ok {
			return c.comparison(op, args[0], args[1])
		}
	}
	return c.truthOfState(e)
}

func (c *closures) truthOfState(e ast.Expr) truthFn {
	inner := c.state(e)
	return func(r Row) (bool, error) {
		s, err := inner(r)
		return s == isTrue, err
	}
}

// and is false as soon as one side is, whatever the other comes to; an error counts only if the other side does not decide.
func and(a, b truthFn) truthFn {
	return func(r Row) (bool, error) {
		x, err := a(r)
		if err == nil && !x {
			return false, nil
		}
		y, err2 := b(r)
		if err2 == nil && !y {
			return false, nil
		}
		if err == nil {
			err = err2
		}
		return err == nil, err
	}
}

// or is true as soon as one side is, whatever the other comes to.
func or(a, b truthFn) truthFn {
	return func(r Row) (bool, error) {
		x, err := a(r)
		if x && err == nil {
			return true, nil
		}
		y, err2 := b(r)
		if y && err2 == nil {
			return true, nil
		}
		if err == nil {
			err = err2
		}
		return false, err
	}
}

// state compiles a truth value that may be missing.
func (c *closures) state(e ast.Expr) func(Row) (state, error) {
	if i := c.field(e); i >= 0 {
		return func(r Row) (state, error) {
			v := r.Field(i)
			if v.Kind() != value.Bool {
				return isMissing, nil
			}
			return stateOf(v.Bool()), nil
		}
	}
	if args, ok := choice(e); ok {
		cond, a, b := c.truth(args[0]), c.state(args[1]), c.state(args[2])
		return func(r Row) (state, error) {
			yes, err := cond(r)
			if err != nil {
				return isMissing, err
			}
			if yes {
				return a(r)
			}
			return b(r)
		}
	}
	if e.Kind() != ast.LiteralKind && (e.Kind() != ast.CallKind || c.kind(e) != value.Bool) {
		err := unreachable(e)
		return func(Row) (state, error) { return isMissing, err }
	}
	if !c.hasTruth(e) {
		err := unreachable(e)
		return func(Row) (state, error) { return isMissing, err }
	}
	inner := c.truth(e)
	return func(r Row) (state, error) {
		b, err := inner(r)
		return stateOf(b), err
	}
}

// hasTruth reports whether truth compiles a node without coming back to state.
func (c *closures) hasTruth(e ast.Expr) bool {
	if e.Kind() == ast.LiteralKind {
		return true
	}
	switch name := e.AsCall().FunctionName(); name {
	case operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot, fnTruth, fnNotNull, fnIsNull, operators.In,
		"contains", "startsWith", "endsWith", "matches":
		return true
	default:
		_, ok := outcomes[name]
		return ok
	}
}

// present tells whether a node has a value.
func (c *closures) present(e ast.Expr) truthFn {
	if i := c.field(e); i >= 0 {
		kind := c.env.vars[i].kind()
		return func(r Row) (bool, error) { v := r.Field(i); return isOf(&v, kind), nil }
	}
	switch c.kind(e) {
	case value.Bool:
		inner := c.state(e)
		return func(r Row) (bool, error) { s, err := inner(r); return s != isMissing && err == nil, err }
	case value.Number:
		inner := c.number(e).eval
		return func(r Row) (bool, error) { _, ok, err := inner(r); return ok, err }
	case value.Text:
		inner := c.text(e).eval
		return func(r Row) (bool, error) { _, ok, err := inner(r); return ok, err }
	case value.List:
		inner := c.list(e)
		return func(r Row) (bool, error) { _, ok, err := inner(r); return ok, err }
	}
	inner := c.ordinal(e).eval
	return func(r Row) (bool, error) { _, ok, err := inner(r); return ok, err }
}

// isOf reports whether a value is of the kind that a variable has in expressions.
func isOf(v *value.Value, kind value.Kind) bool {
	return v.Kind() == kind || kind == value.Number && v.Kind() == value.Money
}
