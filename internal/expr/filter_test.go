package expr

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"laurel/internal/money"
	"laurel/internal/value"
)

// A filter on columns gives of every row what the condition gives of it.
func TestFiltersAgreeWithTheClosures(t *testing.T) {
	e := env(t)
	leaf := rapid.SampledFrom([]string{
		`amount > 0.03`, `amount <= 0.005`, `amount == 0.05`, `amount != 0.05`, `0.02 >= amount`, `amount < -3`, `amount in [0.01, 0.05, 7]`, `amount < 99999999999999999.99`,
		`rate == 0.5`, `rate >= 0.333`, `stage == "a"`, `stage != "a"`, `"b" <= stage`, `stage in ["a", "金"]`, `stage.startsWith("a")`, `name.contains("a")`,
		`name.matches("^a+")`, `close_date >= "2026-01-01"`, `close_date in ["2026-01-01", "2026-01-02"]`, `seen < "2026-01-01T00:00:00Z"`, `owner == 1`, `owner in [1, 2]`, `owner != 2`,
		`is_new`, `!is_new`, `has(stage)`, `stage == null`, `amount != null`, `close_date == null`, `gone == null`, `has(is_new)`, `true`, `false`,
	})
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(leaf, 1, 4).Draw(t, "leaves")
		src := parts[0]
		for _, p := range parts[1:] {
			src = rapid.SampledFrom([]string{"(" + src + ") && " + p, "(" + src + ") || " + p, "!(" + src + ") && (" + p + ")"}).Draw(t, "join")
		}
		if rapid.IntRange(0, 3).Draw(t, "any") == 0 {
			src = source{t}.condition(rapid.IntRange(1, 3).Draw(t, "depth"))
		}
		p, err := e.Compile(src, Condition)
		if err != nil {
			t.Skip()
		}
		filter, ok := p.Filter()
		if !ok {
			if strings.Contains(strings.Join(parts, " "), src) {
				t.Fatalf("%s does not run on columns", src)
			}
			return
		}
		columns := make([]*Column, len(testVars))
		for i, v := range testVars {
			columns[i] = NewColumn(v)
		}
		rows := make([]row, rapid.IntRange(1, 30).Draw(t, "rows"))
		for n := range rows {
			rows[n] = drawRow(t)
			for i, v := range rows[n] {
				if d := v.Decimal(); v.Kind() == value.Number {
					rows[n][i] = value.OfNumber(money.Decimal{Coef: d.Coef, Scale: 3})
				}
				if !columns[i].Set(n, rows[n][i]) && !testVars[i].List {
					t.Fatalf("column %s does not hold %v", testVars[i].Name, rows[n][i])
				}
			}
		}
		run++
		out := make([]bool, len(rows))
		filter.On(columns)(0, out)
		for n := range rows {
			if want, err := p.Test(rows[n]); out[n] != want || err != nil {
				t.Fatalf("%s on %v: %v on columns, %v (%v) row by row", src, rows[n], out[n], want, err)
			}
		}
	})
	if run == 0 {
		t.Fatal("no condition ran on columns")
	}
}
