package expr

import (
	"strconv"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"laurel/internal/value"
)

// strength says how tightly operators bind, as in CEL's grammar.
var strength = map[string]int{
	operators.Conditional: 1, operators.LogicalOr: 2, operators.LogicalAnd: 3,
	operators.Less: 4, operators.LessEquals: 4, operators.Greater: 4, operators.GreaterEquals: 4, operators.In: 4,
	fnEqual: 4, fnUnequal: 4, fnIsNull: 4, fnNotNull: 4,
	operators.Add: 5, operators.Subtract: 5, operators.Multiply: 6, operators.Divide: 6, operators.Negate: 7, operators.LogicalNot: 7,
}

// print writes a checked tree in a regular spelling: one space around operators, brackets only where they are needed in a
// place that binds as tightly as outer. Numbers keep their digits.
func (c *closures) print(e ast.Expr, outer int) string {
	if v, ok := c.literals[e.ID()]; ok {
		switch v.Kind() {
		case value.Date:
			return "date(" + quote(v.String()) + ")"
		case value.Time:
			return "timestamp(" + quote(v.String()) + ")"
		}
		return v.String()
	}
	switch e.Kind() {
	case ast.IdentKind:
		return e.AsIdent()
	case ast.ListKind:
		return "[" + c.printAll(e.AsList().Elements()) + "]"
	case ast.LiteralKind:
		if s, ok := e.AsLiteral().(types.String); ok {
			return quote(string(s))
		}
		return strconv.FormatBool(e.AsLiteral() == types.True)
	}
	call := e.AsCall()
	name, args := call.FunctionName(), call.Args()
	own, isOperator := strength[name]
	var out string
	switch {
	case name == fnTruth:
		return c.print(args[0], outer)
	case !isOperator && call.IsMemberFunction():
		return c.print(call.Target(), 8) + "." + name + "(" + c.printAll(args) + ")"
	case !isOperator:
		return name + "(" + c.printAll(args) + ")"
	case name == operators.Conditional:
		out = c.print(args[0], own+1) + " ? " + c.print(args[1], own+1) + " : " + c.print(args[2], own)
	case name == fnIsNull:
		out = c.print(args[0], own) + " == null"
	case name == fnNotNull:
		out = c.print(args[0], own) + " != null"
	case len(args) == 1:
		operand := c.print(args[0], own)
		if strings.HasPrefix(operand, shownAs(name)) { // CEL reads -- and !! as nothing at all
			operand = "(" + operand + ")"
		}
		out = shownAs(name) + operand
	default:
		out = c.beside(args[1], args[0], own) + " " + shownAs(name) + " " + c.beside(args[0], args[1], own+1)
	}
	if own < outer {
		return "(" + out + ")"
	}
	return out
}

// beside writes an operand; next to a field, a date needs no more than its quotes.
func (c *closures) beside(other, e ast.Expr, outer int) string {
	if other.Kind() != ast.IdentKind {
		return c.print(e, outer)
	}
	if v, ok := c.literals[e.ID()]; ok && (v.Kind() == value.Date || v.Kind() == value.Time) {
		return quote(v.String())
	}
	if e.Kind() != ast.ListKind {
		return c.print(e, outer)
	}
	items := make([]string, e.AsList().Size())
	for i, item := range e.AsList().Elements() {
		items[i] = c.beside(other, item, 0)
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func (c *closures) printAll(list []ast.Expr) string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = c.print(e, 0)
	}
	return strings.Join(out, ", ")
}

// quote writes a text literal, leaving letters of any script as they are.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(s) + `"`
}
