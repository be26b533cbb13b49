package expr

import (
	"slices"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"

	"laurel/internal/value"
)

// Part is one of the conditions that && joins at the top of an expression, as it is for one row.
type Part struct {
	Text   string    `json:"text"` // the part in a regular spelling
	True   bool      `json:"true"`
	Fields []Reading `json:"fields"` // what it read, in the order of the text
	Err    error     `json:"-"`      // the problem expr_overflow, if it could not be judged
}

// Reading is the value of a field that a part reads.
type Reading struct {
	Field int         `json:"-"` // index of the variable
	Name  string      `json:"name"`
	Value value.Value `json:"value"`
}

type part struct {
	text   string
	test   truthFn
	fields []int
}

// Explain tells for each part of a condition whether it is true of a row, and what it read: the why and why not. A quantity has no parts.
func (p *Program) Explain(row Row) []Part {
	out := make([]Part, len(p.parts))
	for i, part := range p.parts {
		yes, err := part.test(row)
		out[i] = Part{Text: part.text, True: yes, Err: err, Fields: make([]Reading, len(part.fields))}
		for j, field := range part.fields {
			out[i].Fields[j] = Reading{Field: field, Name: p.env.vars[field].Name, Value: row.Field(field)}
		}
	}
	return out
}

// parts compiles the conditions that && joins at the top of a tree, brackets or not.
func (c *closures) parts(e ast.Expr) []part {
	if e.Kind() == ast.CallKind && e.AsCall().FunctionName() == operators.LogicalAnd {
		args := e.AsCall().Args()
		return append(c.parts(args[0]), c.parts(args[1])...)
	}
	p := part{text: c.print(e, 0), test: c.truth(e)}
	ast.PreOrderVisit(e, ast.NewExprVisitor(func(e ast.Expr) {
		if i := c.field(e); i >= 0 && !slices.Contains(p.fields, i) {
			p.fields = append(p.fields, i)
		}
	}))
	return []part{p}
}
