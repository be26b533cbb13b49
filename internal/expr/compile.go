package expr

import (
	"maps"
	"regexp"
	"slices"
	"sync"
	"unicode/utf8"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"

	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/value"
)

// The limits of an expression.
const (
	MaxLength  = 4000 // characters of the source
	MaxNodes   = 500  // nodes of the parsed tree
	MaxPattern = 500  // characters of a regular expression
)

// Result says what an expression is wanted for.
type Result uint8

// What an expression can be.
const (
	Condition Result = iota // true or false
	Quantity                // a number or an amount in natural units
)

// Program is a checked expression, ready to run. It is immutable and safe for concurrent use.
type Program struct {
	source string
	want   Result
	env    *Env
	fields []int
	parts  []part

	test     truthFn    // Condition
	filter   filterNode // likewise, for columns; nil where it only runs row by row
	quantity numberFn   // Quantity

	checked     *ast.AST
	interpreter func() (cel.Program, error) // planned on first use: only the proof needs it
}

// Source is the text that was compiled.
func (p *Program) Source() string { return p.source }

// Fields are the indices of the variables that the expression reads, ascending.
func (p *Program) Fields() []int { return slices.Clone(p.fields) }

// Test tells whether the condition is true of a row. The only error is the problem expr_overflow.
func (p *Program) Test(row Row) (bool, error) {
	if p.test == nil {
		return false, errNotCondition
	}
	return p.test(row)
}

// Quantity is the expression's value for a row; ok is false when it has none. The only error is the problem expr_overflow.
func (p *Program) Quantity(row Row) (f money.Frac, ok bool, err error) {
	if p.quantity == nil {
		return money.Frac{}, false, errNotQuantity
	}
	return p.quantity(row)
}

// Compile parses and checks an expression. Its problems have the codes expr_syntax, expr_type, expr_unknown_field, expr_too_long
// and expr_too_costly, name the place in the text and say what to write instead.
func (e *Env) Compile(src string, want Result) (*Program, error) {
	if n := utf8.RuneCountInString(src); n > MaxLength {
		return nil, problem.New(problem.TooLarge, "expr_too_long", "", "表达式有 %d 个字符，最多 %d 个；请拆成几个条件",
			"the expression has %d characters, the limit is %d; split it", n, MaxLength)
	}
	parsed, issues := e.cel.Parse(src)
	if issues.Err() != nil {
		return nil, syntaxProblem(src, issues)
	}
	tree := parsed.NativeRep()
	if n := ast.NodeCount(tree); n > MaxNodes {
		return nil, problem.New(problem.TooLarge, "expr_too_costly", "", "表达式有 %d 个运算和值，最多 %d 个；请拆成几个条件",
			"the expression has %d operations and values, the limit is %d; split it", n, MaxNodes)
	}
	w := newRewriter(e, src, tree)
	w.rewrite(tree.Expr(), want)
	if len(w.problems) > 0 {
		return nil, problem.Join(w.problems)
	}
	checked, issues := e.cel.Check(parsed)
	if issues.Err() != nil {
		return nil, typeProblem(w, issues)
	}
	tree = checked.NativeRep()
	if err := w.checkTypes(tree, want); err != nil {
		return nil, err
	}
	c := &closures{env: e, tree: tree, literals: w.literals, patterns: w.patterns, fields: map[int]bool{}}
	p := &Program{source: src, want: want, env: e, checked: tree}
	if want == Condition {
		p.parts = c.parts(tree.Expr())
		p.test, p.filter = c.truth(tree.Expr()), c.filter(tree.Expr())
	} else {
		p.quantity = c.number(tree.Expr()).eval
	}
	for i := range c.fields {
		p.fields = append(p.fields, i)
	}
	slices.Sort(p.fields)
	w.putLiterals(tree)
	p.interpreter = sync.OnceValues(func() (cel.Program, error) { return e.cel.PlanProgram(tree) })
	return p, nil
}

// checkTypes refuses what CEL's checker lets through: lists of mixed kinds, and a result of another kind than is wanted.
func (w *rewriter) checkTypes(tree *ast.AST, want Result) error {
	for _, id := range slices.Sorted(maps.Keys(tree.TypeMap())) {
		if t := tree.GetType(id); t.Kind() == types.DynKind || t.Kind() == types.ListKind && kindOfType(t.Parameters()[0]) == value.Null {
			return w.typeError(id, "列表各项须为同一种值", "the items of a list must be of one kind")
		}
	}
	root := tree.Expr().ID()
	got := kindOfType(tree.GetType(root))
	if want == Condition && got != value.Bool {
		return w.typeError(root, "这里需要一个成立或不成立的条件，而表达式的结果是%s；例如写 amount > 1000",
			"a condition is needed here, but the expression gives %s; write for instance amount > 1000", kindName(got))
	}
	if want == Quantity && got != value.Number {
		return w.typeError(root, "这里需要一个数字或金额，而表达式的结果是%s", "a number or an amount is needed here, but the expression gives %s", kindName(got))
	}
	return nil
}

// putLiterals replaces the functions that stood for literals by exact literals, for the interpreter.
func (w *rewriter) putLiterals(tree *ast.AST) {
	ast.PostOrderVisit(tree.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		if v, ok := w.literals[e.ID()]; ok && e.Kind() == ast.CallKind {
			delete(tree.ReferenceMap(), e.ID())
			e.SetKindCase(w.factory.NewLiteral(e.ID(), interpretValue(v)))
		}
	}))
}

// patterns and literals are keyed by the id of their node in the tree.
type (
	patterns map[int64]*regexp.Regexp
	literals map[int64]value.Value
)
