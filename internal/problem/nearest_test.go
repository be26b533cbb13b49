package problem_test

import (
	"testing"

	"laurel/internal/i18n"
	"laurel/internal/problem"
)

func TestHint(t *testing.T) {
	end := i18n.T("。", ".")
	for _, c := range []struct{ name, want string }{
		{"acount", "; did you mean account?"},
		{"Amuont", "; did you mean amount?"},
		{"客护", "; did you mean 客户?"},
		{"quarter-commissio", "; did you mean quarter-commission?"},
		{"zzzzzz", "."},
		{"", "."},
	} {
		if got := problem.Hint(c.name, []string{"amount", "account", "客户", "quarter-commission"}, end).In(i18n.EN); got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
}
