package expr

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/value"
)

// rewriter turns the parsed tree into the one that is checked: number literals become exact decimals read from their own
// digits, texts beside dates become dates, comparisons with null and missing truth values become functions of their own.
// Nodes keep their ids, so that problems still find their place in the text.
type rewriter struct {
	env      *Env
	source   []rune
	info     *ast.SourceInfo
	factory  ast.ExprFactory
	nextID   int64
	literals literals
	patterns patterns
	problems []*problem.Error
}

func newRewriter(e *Env, src string, tree *ast.AST) *rewriter {
	return &rewriter{env: e, source: []rune(src), info: tree.SourceInfo(), factory: ast.NewExprFactory(),
		nextID: ast.MaxID(tree) + 1, literals: literals{}, patterns: patterns{}}
}

func (w *rewriter) rewrite(root ast.Expr, want Result) {
	w.joinNames(root)
	out := w.expr(root)
	if want == Condition {
		out = w.truth(out)
	}
	root.SetKindCase(out)
}

// joinNames makes the dotted names that are variables, as account.sector may be, one name each.
func (w *rewriter) joinNames(root ast.Expr) {
	ast.PostOrderVisit(root, ast.NewExprVisitor(func(e ast.Expr) {
		if e.Kind() != ast.SelectKind {
			return
		}
		if name := dotted(e); name != "" {
			if _, known := w.env.index[name]; known {
				e.SetKindCase(w.factory.NewIdent(e.ID(), name))
			}
		}
	}))
}

// at makes an id for an added node, placed where another node is.
func (w *rewriter) at(id int64) int64 {
	w.nextID++
	if place, ok := w.info.GetOffsetRange(id); ok {
		w.info.SetOffsetRange(w.nextID, place)
	}
	return w.nextID
}

// expr rewrites a node; what it returns has the node's id.
func (w *rewriter) expr(e ast.Expr) ast.Expr {
	switch e.Kind() {
	case ast.LiteralKind:
		return w.plainLiteral(e)
	case ast.IdentKind:
		if _, ok := w.env.index[e.AsIdent()]; !ok {
			w.unknownField(e.ID(), e.AsIdent())
		}
		return e
	case ast.CallKind:
		return w.call(e)
	case ast.SelectKind:
		w.unknownField(e.ID(), dotted(e))
	case ast.ListKind:
		w.reject(e.ID(), "列表只能写在 in 的右边，例如 stage in [\"won\", \"lost\"]", "a list may only stand to the right of in, as in stage in [\"won\", \"lost\"]")
	default:
		w.reject(e.ID(), "这里不能用花括号", "braces cannot be used here")
	}
	return e
}

func (w *rewriter) plainLiteral(e ast.Expr) ast.Expr {
	switch v := e.AsLiteral().(type) {
	case types.Int:
		return w.literal(e, value.OfNumber(money.Decimal{Coef: int64(v)}))
	case types.Double:
		return w.double(e)
	case types.String, types.Bool:
		return e
	case types.Null:
		w.reject(e.ID(), "null 只能与 == 或 != 一起用，例如 amount != null", "null only goes with == or !=, as in amount != null")
	default:
		w.reject(e.ID(), "不支持这种写法的值；数字直接写成 12.5", "this form of value is not supported; write numbers as 12.5")
	}
	return e
}

// double reads a literal with a point from its digits in the source, so it is exact whatever CEL's parser made of it.
func (w *rewriter) double(e ast.Expr) ast.Expr {
	text := w.text(e.ID())
	digits := strings.Replace(text, "-.", "-0.", 1)
	if strings.HasPrefix(digits, ".") {
		digits = "0" + digits
	}
	d, err := money.ParseDecimal(digits)
	if err != nil {
		w.problem("expr_syntax", e.ID(), "数字 %s 写法不对：用 1234.5 的形式，至多 %d 位小数、约 18 位有效数字",
			"the number %s is not of the form 1234.5 with at most %d decimal places and about 18 digits", text, money.MaxScale)
		return e
	}
	return w.literal(e, value.OfNumber(d))
}

// literal puts an exact value in the place of a node, as the call of a function until the tree has been checked.
func (w *rewriter) literal(e ast.Expr, v value.Value) ast.Expr {
	w.literals[e.ID()] = v
	text := w.factory.NewLiteral(w.at(e.ID()), types.String(v.String()))
	return w.factory.NewCall(e.ID(), literalFunctions[v.Kind()], text)
}

// truth makes a truth value that may be missing into one that may not. Only fields and choices between them may be.
func (w *rewriter) truth(e ast.Expr) ast.Expr {
	switch {
	case e.Kind() == ast.IdentKind:
		return w.factory.NewCall(e.ID(), fnTruth, w.factory.NewIdent(w.at(e.ID()), e.AsIdent()))
	case e.Kind() == ast.CallKind && e.AsCall().FunctionName() == operators.Conditional:
		return w.factory.NewCall(e.ID(), fnTruth, w.factory.NewCall(w.at(e.ID()), operators.Conditional, e.AsCall().Args()...))
	}
	return e
}

func (w *rewriter) call(e ast.Expr) ast.Expr {
	id, name, args := e.ID(), e.AsCall().FunctionName(), e.AsCall().Args()
	switch name {
	case operators.Equals, operators.NotEquals:
		return w.equality(e)
	case operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals:
		a, b := w.pair(args[0], args[1])
		return w.factory.NewCall(id, name, a, b)
	case operators.In:
		return w.in(e)
	case operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot:
		out := make([]ast.Expr, len(args))
		for i, a := range args {
			out[i] = w.truth(w.expr(a))
		}
		return w.factory.NewCall(id, name, out...)
	case operators.Conditional:
		a, b := w.pair(args[1], args[2])
		return w.factory.NewCall(id, name, w.truth(w.expr(args[0])), a, b)
	case operators.Add, operators.Subtract, operators.Multiply, operators.Divide, operators.Negate:
		return w.factory.NewCall(id, name, w.all(args)...)
	case "has":
		if e.AsCall().IsMemberFunction() || len(args) != 1 || args[0].Kind() != ast.IdentKind {
			w.reject(id, "has() 里写一个字段名，例如 has(amount)", "has() takes one field, as in has(amount)")
			return e
		}
		return w.factory.NewCall(id, fnNotNull, w.expr(args[0]))
	case "date", "timestamp":
		text, ok := onlyText(e.AsCall())
		if !ok {
			w.reject(id, "%s() 里写一个带引号的值，例如 date(\"2026-03-31\")", "%s() takes one quoted value, as in date(\"2026-03-31\")", name)
			return e
		}
		kind := value.Date
		if name == "timestamp" {
			kind = value.Time
		}
		return w.moment(e, text, kind)
	case "matches":
		w.pattern(e)
	case "size", "contains", "startsWith", "endsWith":
	default:
		w.unknownFunction(id, name)
		return e
	}
	if e.AsCall().IsMemberFunction() {
		return w.factory.NewMemberCall(id, name, w.expr(e.AsCall().Target()), w.all(args)...)
	}
	return w.factory.NewCall(id, name, w.all(args)...)
}

func (w *rewriter) all(list []ast.Expr) []ast.Expr {
	out := make([]ast.Expr, len(list))
	for i, e := range list {
		out[i] = w.expr(e)
	}
	return out
}

// equality tells comparisons with null, which see missing values, from those of two values, which do not.
func (w *rewriter) equality(e ast.Expr) ast.Expr {
	equals := e.AsCall().FunctionName() == operators.Equals
	a, b := e.AsCall().Args()[0], e.AsCall().Args()[1]
	if isNull(a) {
		a, b = b, a
	}
	if isNull(b) {
		name := fnNotNull
		if equals {
			name = fnIsNull
		}
		return w.factory.NewCall(e.ID(), name, w.expr(a))
	}
	name := fnUnequal
	if equals {
		name = fnEqual
	}
	a, b = w.pair(a, b)
	return w.factory.NewCall(e.ID(), name, a, b)
}

// pair rewrites the two sides of a comparison or a choice; a literal takes the kind of the other side where that is plain to see.
func (w *rewriter) pair(a, b ast.Expr) (ast.Expr, ast.Expr) {
	ka, kb := w.kindOf(a), w.kindOf(b)
	return w.as(a, kb), w.as(b, ka)
}

func (w *rewriter) in(e ast.Expr) ast.Expr {
	left, right := e.AsCall().Args()[0], e.AsCall().Args()[1]
	if right.Kind() != ast.ListKind {
		return w.factory.NewCall(e.ID(), operators.In, w.expr(left), w.expr(right))
	}
	kind := w.kindOf(left)
	elements := make([]ast.Expr, right.AsList().Size())
	for i, item := range right.AsList().Elements() {
		elements[i] = w.as(item, kind)
	}
	return w.factory.NewCall(e.ID(), operators.In, w.expr(left), w.factory.NewList(right.ID(), elements, nil))
}

// kindOf is the kind of a field, a date literal, or a choice between such; Null where it takes the checker to know.
func (w *rewriter) kindOf(e ast.Expr) value.Kind {
	switch e.Kind() {
	case ast.IdentKind:
		if i, ok := w.env.index[e.AsIdent()]; ok {
			return w.env.vars[i].kind()
		}
	case ast.CallKind:
		args := e.AsCall().Args()
		switch e.AsCall().FunctionName() {
		case "date":
			return value.Date
		case "timestamp":
			return value.Time
		case operators.Conditional:
			if k := w.kindOf(args[1]); k != value.Null {
				return k
			}
			return w.kindOf(args[2])
		}
	}
	return value.Null
}

// as rewrites a node that stands beside a value of a kind: texts become dates and instants, whole numbers references.
func (w *rewriter) as(e ast.Expr, kind value.Kind) ast.Expr {
	if args, ok := choice(e); ok && w.kindOf(e) == value.Null {
		return w.factory.NewCall(e.ID(), operators.Conditional, w.truth(w.expr(args[0])), w.as(args[1], kind), w.as(args[2], kind))
	}
	if e.Kind() == ast.LiteralKind {
		switch v := e.AsLiteral().(type) {
		case types.String:
			if kind == value.Date || kind == value.Time {
				return w.moment(e, string(v), kind)
			}
		case types.Int:
			if kind == value.Ref {
				return w.literal(e, value.OfRef(int64(v)))
			}
		}
	}
	return w.expr(e)
}

func (w *rewriter) moment(e ast.Expr, text string, kind value.Kind) ast.Expr {
	if kind == value.Date {
		day, err := calendar.ParseDay(text)
		if err != nil {
			w.reject(e.ID(), "%s 不是日期；写成 \"2026-03-31\"", "%s is not a date; write \"2026-03-31\"", strconv.Quote(text))
			return e
		}
		return w.literal(e, value.OfDate(day))
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || t.Year() < 1 || t.Year() > 9999 {
		w.reject(e.ID(), "%s 不是带时区的时刻；写成 \"2026-03-31T08:00:00+08:00\"",
			"%s is not an instant with its time zone; write \"2026-03-31T08:00:00+08:00\"", strconv.Quote(text))
		return e
	}
	return w.literal(e, value.OfTime(t.UnixMicro()))
}

func (w *rewriter) pattern(e ast.Expr) {
	text, ok := onlyText(e.AsCall())
	if !ok || !e.AsCall().IsMemberFunction() {
		w.reject(e.ID(), "matches 里写一个带引号的正则表达式，例如 name.matches(\"^A\")", "matches takes one quoted regular expression, as in name.matches(\"^A\")")
		return
	}
	re, err := regexp.Compile(text)
	if err != nil || utf8.RuneCountInString(text) > MaxPattern {
		w.reject(e.ID(), "%s 不是可用的正则表达式（RE2 语法，至多 %d 个字符）", "%s is not a usable regular expression (RE2 syntax, at most %d characters)", strconv.Quote(text), MaxPattern)
		return
	}
	w.patterns[e.ID()] = re
}

func onlyText(call ast.CallExpr) (string, bool) {
	if len(call.Args()) != 1 || call.Args()[0].Kind() != ast.LiteralKind {
		return "", false
	}
	s, ok := call.Args()[0].AsLiteral().(types.String)
	return string(s), ok
}

func isNull(e ast.Expr) bool {
	return e.Kind() == ast.LiteralKind && e.AsLiteral() == types.NullValue
}

func dotted(e ast.Expr) string {
	switch e.Kind() {
	case ast.SelectKind:
		return dotted(e.AsSelect().Operand()) + "." + e.AsSelect().FieldName()
	case ast.IdentKind:
		return e.AsIdent()
	}
	return ""
}
