package expr

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/operators"

	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/value"
)

var (
	errNotCondition = errors.New("the expression was compiled as a quantity, not as a condition")
	errNotQuantity  = errors.New("the expression was compiled as a condition, not as a quantity")

	// errOverflow is what running a program can fail with.
	errOverflow = problem.Bad("expr_overflow", "", "计算结果太大，无法精确保存；请检查这条记录里的数字，或简化算式",
		"the result is too large to be kept exactly; check the record's figures or simplify the expression")
)

// maxProblems bounds how many problems of one expression are told at once.
const maxProblems = 5

// problem notes a problem at a node; its place is put behind the sentence.
func (w *rewriter) problem(code string, id int64, zh, en string, args ...any) {
	if len(w.problems) < maxProblems {
		w.problems = append(w.problems, w.problemAt(code, id, zh, en, args...))
	}
}

func (w *rewriter) problemAt(code string, id int64, zh, en string, args ...any) *problem.Error {
	place := w.info.GetStartLocation(id)
	return placed(problem.Bad(code, "", zh, en, args...), place.Line(), place.Column())
}

// reject notes that a node cannot stand where it does.
func (w *rewriter) reject(id int64, zh, en string, args ...any) {
	w.problem("expr_type", id, zh, en, args...)
}

func (w *rewriter) typeError(id int64, zh, en string, args ...any) error {
	return w.problemAt("expr_type", id, zh, en, args...)
}

// placed puts the place in the text behind the sentence; line and column count from 1 and 0.
func placed(p *problem.Error, line, column int) *problem.Error {
	at := i18n.Format("（第 %d 行第 %d 个字符）", " (line %d, character %d)", max(line, 1), column+1)
	p.Message = i18n.T(p.Message.ZH+at.ZH, p.Message.EN+at.EN)
	return p
}

// text is the source of a literal node.
func (w *rewriter) text(id int64) string {
	r, ok := w.info.GetOffsetRange(id)
	if !ok || r.Start < 0 || r.Stop > int32(len(w.source)) || r.Start >= r.Stop {
		return ""
	}
	return strings.TrimSpace(string(w.source[r.Start:r.Stop]))
}

func (w *rewriter) unknownField(id int64, name string) {
	names := make([]string, len(w.env.vars))
	for i, v := range w.env.vars {
		names[i] = v.Name
	}
	hint := i18n.Text{}
	if near := problem.Nearest(name, names); near != "" {
		hint = i18n.Format("；是不是 %s？", "; did you mean %s?", near)
	} else if len(names) > 0 {
		hint = i18n.Format("；可用的字段有 %s", "; there are %s", strings.Join(names[:min(len(names), 12)], ", "))
	}
	w.problem("expr_unknown_field", id, "没有名为 %s 的字段%s", "there is no field %s%s", name, hint)
}

func (w *rewriter) unknownFunction(id int64, name string) {
	shown := name
	if s, ok := operators.FindReverse(name); ok && s != "" {
		shown = s
	}
	hint := i18n.Format("可用的有 %s", "there are %s", strings.Join(known, ", "))
	if near := problem.Nearest(name, known); near != "" {
		hint = i18n.Format("是不是 %s？", "did you mean %s?", near)
	}
	w.problem("expr_syntax", id, "不能使用 %s；%s", "%s cannot be used; %s", shown, hint)
}

// syntaxProblem tells where the text stops being an expression, with a hint for the usual slips.
func syntaxProblem(src string, issues *cel.Issues) error {
	first := issues.Errors()[0]
	if strings.Contains(first.Message, "limit") || strings.Contains(first.Message, "recursion") {
		return problem.New(problem.TooLarge, "expr_too_costly", "", "表达式嵌套太深；请拆成几个条件", "the expression is nested too deeply; split it").Because(issues.Err())
	}
	line, column := first.Location.Line(), first.Location.Column()
	var near string
	if lines := strings.Split(src, "\n"); line >= 1 && line <= len(lines) {
		runes := []rune(lines[line-1])
		near = string(runes[min(max(column-10, 0), len(runes)):min(max(column, 0)+10, len(runes))])
	}
	p := problem.Bad("expr_syntax", "", "表达式在“%s”附近写得不完整或不正确%s", "the expression is incomplete or wrong near “%s”%s", strings.TrimSpace(near), syntaxHint(src))
	return placed(p, line, column).Because(issues.Err())
}

var singleEquals = regexp.MustCompile(`[^=!<>]=[^=]`)
var wordOperator = regexp.MustCompile(`(?i)\s(and|or|not)\s`)

func syntaxHint(src string) i18n.Text {
	switch {
	case strings.TrimSpace(src) == "":
		return i18n.T("；请写一个条件，例如 amount > 1000", "; write a condition such as amount > 1000")
	case strings.ContainsAny(src, "“”‘’（），＝＞＜！"):
		return i18n.T("；请用半角的引号、括号和符号", "; use plain ASCII quotes, brackets and signs")
	case singleEquals.MatchString(src):
		return i18n.T("；判断相等用 ==", "; equality is written ==")
	case wordOperator.MatchString(src):
		return i18n.T("；“并且”用 &&，“或者”用 ||，“非”用 !", "; and is written &&, or is ||, not is !")
	case strings.Count(src, `"`)%2 == 1:
		return i18n.T("；引号没有成对", "; a quote is not closed")
	}
	return i18n.Text{}
}

var noOverload = regexp.MustCompile(`^found no matching overload for '(.*)' applied to '(.*)'`)

// typeProblem tells in words what CEL's checker refused: by then every name is known, so operands are of the wrong kind.
func typeProblem(w *rewriter, issues *cel.Issues) error {
	for _, issue := range issues.Errors() {
		match := noOverload.FindStringSubmatch(issue.Message)
		if match == nil {
			continue
		}
		p := mismatch(match[1], match[2])
		w.problems = append(w.problems, placed(p, issue.Location.Line(), issue.Location.Column()).Because(issues.Err()))
		if len(w.problems) == maxProblems {
			break
		}
	}
	if len(w.problems) > 0 {
		return problem.Join(w.problems)
	}
	first := issues.Errors()[0]
	p := problem.Bad("expr_type", "", "表达式里各部分的类型不相配", "the parts of the expression do not fit together")
	return placed(p, first.Location.Line(), first.Location.Column()).Because(issues.Err())
}

func mismatch(name, operands string) *problem.Error {
	var kinds []i18n.Text
	number, text, reference := false, false, false
	for part := range strings.SplitSeq(strings.Trim(strings.Replace(operands, ".(", ", ", 1), "()"), ", ") {
		kind := kindNamed(part)
		number, text, reference = number || part == "decimal", text || part == "string", reference || part == "reference"
		kinds = append(kinds, kind)
	}
	switch {
	case name == fnTruth || slices.Contains([]string{operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot, operators.Conditional}, name) && len(kinds) < 3:
		return problem.Bad("expr_type", "", "这里需要成立或不成立的条件，而不是%s；例如写 amount > 1000", "a condition is needed here, not %s; write for instance amount > 1000", list(kinds))
	case name == operators.Conditional:
		return problem.Bad("expr_type", "", "? : 的前面须是条件，后面两个结果须为同一种值（现在是%s）", "? : needs a condition and two results of one kind (these are %s)", list(kinds))
	}
	hint := i18n.T("两边须为同一种值", "both sides must be of one kind")
	switch {
	case name == operators.In:
		hint = i18n.T("in 的右边须是列表，各项与左边同类；查找文本用 contains", "right of in stands a list of what stands left of it; to look within a text use contains")
	case reference && name != fnEqual && name != fnUnequal:
		hint = i18n.T("关联只能用 == 和 != 比较", "references compare with == and != only")
	case number && text:
		hint = i18n.T("数字不要加引号", "do not put quotes around numbers")
	case slices.Contains([]string{operators.Add, operators.Subtract, operators.Multiply, operators.Divide, operators.Negate}, name):
		hint = i18n.T("只有数字和金额可以计算", "only numbers and amounts can be calculated with")
	case slices.Contains(known, name):
		hint = i18n.T("例如 size(tags)、name.contains(\"A\")", "as in size(tags), name.contains(\"A\")")
	}
	return problem.Bad("expr_type", "", "%s 不能用于%s；%s", "%s does not work on %s; %s", shownAs(name), list(kinds), hint)
}

func shownAs(name string) string {
	switch name {
	case fnEqual:
		return "=="
	case fnUnequal:
		return "!="
	}
	if s, ok := operators.FindReverse(name); ok && s != "" {
		return s
	}
	return name
}

func list(kinds []i18n.Text) i18n.Text {
	var zh, en []string
	for _, k := range kinds {
		zh, en = append(zh, k.ZH), append(en, k.EN)
	}
	return i18n.T(strings.Join(zh, "和"), strings.Join(en, " and "))
}

// kindNamed is the word for a type of CEL's checker.
func kindNamed(celName string) i18n.Text {
	switch {
	case strings.HasPrefix(celName, "list"):
		return kindName(value.List)
	case celName == "bool":
		return kindName(value.Bool)
	case celName == "string":
		return kindName(value.Text)
	}
	for _, kind := range []value.Kind{value.Number, value.Date, value.Time, value.Ref} {
		if strings.HasPrefix(celName, typeOf(kind).DeclaredTypeName()) {
			return kindName(kind)
		}
	}
	return i18n.Same(celName)
}

func kindName(kind value.Kind) i18n.Text {
	switch kind {
	case value.Bool:
		return i18n.T("真假值", "a truth value")
	case value.Number:
		return i18n.T("数字", "a number")
	case value.Date:
		return i18n.T("日期", "a date")
	case value.Time:
		return i18n.T("时刻", "an instant")
	case value.Text:
		return i18n.T("文本", "a text")
	case value.List:
		return i18n.T("列表", "a list")
	case value.Ref:
		return i18n.T("关联", "a reference")
	}
	return i18n.T("别的值", "something else")
}
