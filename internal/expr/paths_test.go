package expr

import (
	"testing"

	"laurel/internal/problem"
	"laurel/internal/value"
)

var pathVars = []Var{
	{Name: "account", Kind: value.Ref}, {Name: "account.sector", Kind: value.Text}, {Name: "account.parent", Kind: value.Ref},
	{Name: "account.parent.size", Kind: value.Number}, {Name: "account.since", Kind: value.Date}, {Name: "account.tags", List: true},
	{Name: "amount", Kind: value.Money},
}

func TestDottedNamesAreVariables(t *testing.T) {
	e, err := NewEnv(pathVars)
	if err != nil {
		t.Fatal(err)
	}
	r := row{value.OfRef(3), value.OfText("technology"), value.OfRef(9), aNumber("2.5"), day("2026-01-05"), value.OfList([]string{"a"}), aNumber("10")}
	nothing := row{value.Nothing, value.Nothing, value.Nothing, value.Nothing, value.Nothing, value.Nothing, aNumber("10")}
	for _, c := range []struct {
		src            string
		there, nowhere bool
	}{
		{src: `account.sector == "technology"`, there: true},
		{src: `account.sector.startsWith("tech") && account.sector.size() > 3`, there: true},
		{src: `account.parent.size * 2 == 5`, there: true},
		{src: `account.since >= "2026-01-05"`, there: true},
		{src: `"a" in account.tags`, there: true},
		{src: `account.sector in ["technology", "retail"]`, there: true},
		{src: `has(account.sector)`, there: true},
		{src: `account.parent == null`, nowhere: true},
		{src: `account.sector == null || account.parent == 9`, there: true, nowhere: true},
		{src: `account == 3 && account.parent != null`, there: true},
		{src: `account.sector != "retail"`, there: true}, // a missing operand makes every comparison false
	} {
		p, err := e.Compile(c.src, Condition)
		if err != nil {
			t.Errorf("%s: %v", c.src, err)
			continue
		}
		for _, given := range []struct {
			row  row
			want bool
		}{{r, c.there}, {nothing, c.nowhere}} {
			fast, err := p.Test(given.row)
			slow, err2 := p.InterpretTest(given.row)
			if err != nil || err2 != nil || fast != given.want || slow != given.want {
				t.Errorf("%s of %v: %v (%v), interpreted %v (%v); want %v", c.src, given.row[0], fast, err, slow, err2, given.want)
			}
		}
		if parts := p.Explain(r); len(parts) == 0 || len(parts[0].Fields) == 0 {
			t.Errorf("%s: nothing explained: %+v", c.src, parts)
		}
	}
	if _, err := e.Compile(`account.sectr == "x"`, Condition); !problem.IsCode(err, "expr_unknown_field") {
		t.Errorf("a path that is no variable: %v", err)
	}
}
