package definition_test

import (
	"strings"
	"testing"
	"time"

	"laurel/internal/definition"
	"laurel/internal/problem"
)

func TestParseRefuses(t *testing.T) {
	choices := strings.Repeat("{key: x},", 20_000)
	cases := []struct{ name, text, code, field string }{
		{"a part written twice", "metrics: [{key: a}]\nmetrics: [{key: b}]", "duplicate_key", "metrics"},
		{"a key written twice", "metrics: [{key: a, key: b}]", "duplicate_key", "metrics[0].key"},
		{"an unknown key", "metrics: [{kay: a}]", "unknown_key", "metrics[0].kay"},
		{
			"a short file that stands for terabytes",
			"objects:\n  - {key: a, fields: [{key: f, choices: &c [" + choices + "]}]}\n  - {key: b, fields: &f [" +
				strings.Repeat("{choices: *c},", 20_000) + "]}\n  - {key: c, fields: [" + strings.Repeat("*f,", 20_000) + "]}",
			"file_too_large", "",
		},
		{"anchors within anchors", "plans: [{params: {a: &a [x,x,x,x,x,x,x,x], b: &b [*a,*a,*a,*a,*a,*a,*a,*a], c: &c [*b,*b,*b,*b,*b,*b,*b,*b], " +
			"d: &d [*c,*c,*c,*c,*c,*c,*c,*c], e: &e [*d,*d,*d,*d,*d,*d,*d,*d], f: &f [*e,*e,*e,*e,*e,*e,*e,*e], g: &g [*f,*f,*f,*f,*f,*f,*f,*f], " +
			"h: &h [*g,*g,*g,*g,*g,*g,*g,*g], i: [*h,*h,*h,*h,*h,*h,*h,*h]}}]", "file_too_large", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			begin := time.Now()
			_, err := definition.Parse([]byte(c.text))
			p, ok := problem.As(err)
			if !ok || p.Code != c.code || p.Field != c.field {
				t.Errorf("got %v, want %s at %q", err, c.code, c.field)
			}
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

// Employee numbers, periods and names made of digits need no quotes, and lose no zero; quoted numbers are numbers.
func TestParseTakesQuotesOrNone(t *testing.T) {
	f, err := definition.Parse([]byte(`
organisation: {fiscal_start_month: "4", four_eyes: "true"}
persons:
  - {key: 0012, name: 7, teams: [1, {unit: 2}], managers: [0011]}
plans:
  - {key: a, name: 618, periods: [{label: 11.11, from: 2026-11-01, last: 2026-11-11}], reward: {kind: cash, amount: "5"}}
`))
	if err != nil {
		t.Fatal(err)
	}
	p, plan := f.Persons[0], f.Plans[0]
	if p.Key != "0012" || p.Name != "7" || p.Teams[0].Unit != "1" || p.Teams[1].Unit != "2" || p.Managers[0].Person != "0011" {
		t.Errorf("%+v", p)
	}
	if plan.Name.EN != "618" || plan.Periods[0].Label != "11.11" || f.Organisation.FiscalStartMonth != 4 || !*f.Organisation.FourEyes {
		t.Errorf("%+v, %+v", plan, f.Organisation)
	}
}
