package record

import (
	"fmt"
	"unicode/utf8"

	"laurel/internal/i18n"
	"laurel/internal/problem"
)

// fieldProblem is a problem of a value of the field; the patterns get the field's name first.
func fieldProblem(f *Field, code, zh, en string, args ...any) *problem.Error {
	return problem.Bad(code, f.Key, "“%s”"+zh, "%s "+en, append([]any{f.Name}, args...)...)
}

func wrongType(f *Field, want i18n.Text, got any) *problem.Error {
	return fieldProblem(f, "wrong_type", "应为%s，得到的是 %s。", "takes %s; got %s.", want, shown(got))
}

func outOfRange(f *Field, limit i18n.Text, got any) *problem.Error {
	return fieldProblem(f, "out_of_range", "超出范围（%s），得到的是 %s。", "is out of range (%s); got %s.", limit, shown(got))
}

func requiredProblem(f *Field) *problem.Error {
	return fieldProblem(f, "required", "为必填，请填写。", "is required. Give it a value.")
}

// shown is an input as it may appear in a sentence: short, and safe whatever it contains.
func shown(in any) string {
	var s string
	switch v := in.(type) {
	case nil:
		return "null"
	case string:
		s = fmt.Sprintf("%q", clip(v, 40))
	default:
		s = clip(fmt.Sprint(v), 40)
	}
	return s
}

// clip cuts a text to n characters.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	count := 0
	for i := range s {
		if count == n {
			return s[:i] + "…"
		}
		count++
	}
	return s
}
