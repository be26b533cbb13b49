package expr

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/value"
)

// source draws the text of a well-typed expression of a kind, at most depth operators deep.
type source struct{ t *rapid.T }

func (s source) pick(options ...string) string {
	return rapid.SampledFrom(options).Draw(s.t, "pick")
}

func (s source) dice(n int) int { return rapid.IntRange(0, n-1).Draw(s.t, "dice") }

func (s source) condition(depth int) string {
	if depth == 0 {
		return s.pick("is_new", "true", "false", "gone == null", "has(stage)")
	}
	a := func() string { return "(" + s.condition(depth-1) + ")" }
	switch s.dice(15) {
	case 0, 1:
		return a() + " && " + a()
	case 2, 3:
		return a() + " || " + a()
	case 4:
		return "!" + a()
	case 5:
		return a() + " ? " + a() + " : " + a()
	case 6:
		return a() + s.pick(" == ", " != ") + a()
	case 7, 8:
		return s.number(depth-1) + s.compare() + s.number(depth-1)
	case 9:
		return s.text(depth-1) + s.compare() + s.text(depth-1)
	case 10:
		return s.date(depth-1) + s.compare() + s.date(depth-1)
	case 11:
		return s.number(depth-1) + " in [" + s.number(depth-1) + ", " + s.number(depth-1) + "]"
	case 12:
		return s.text(depth-1) + s.pick(` in ["a", "b"]`, " in tags", " in [name, "+s.text(depth-1)+"]", ".contains(name)", `.startsWith("a")`, `.endsWith("b")`, `.matches("^a+")`)
	case 13:
		return s.pick(s.number(depth-1), s.text(depth-1), s.date(depth-1), "tags", "is_new") + s.pick(" == null", " != null")
	}
	return s.pick("owner == 1", "owner in [1, 2]", "owner != 2", `seen < "2026-01-01T00:00:00Z"`, `seen == timestamp("1970-01-01T00:00:00+08:00")`,
		"is_new == true", `close_date in ["2026-01-01", start]`)
}

func (s source) compare() string { return s.pick(" < ", " <= ", " > ", " >= ", " == ", " != ") }

func (s source) number(depth int) string {
	if depth == 0 {
		return s.pick("amount", "rate", "gone", "0", "1", "-3", "0.05", "12.50", "9223372036854775807", "0.000000000001", "size(tags)")
	}
	a := func() string { return "(" + s.number(depth-1) + ")" }
	switch s.dice(4) {
	case 0:
		return "-" + a()
	case 1:
		return "((" + s.condition(depth-1) + ") ? " + a() + " : " + a() + ")"
	}
	return "(" + a() + s.pick(" + ", " - ", " * ", " / ") + a() + ")"
}

func (s source) text(depth int) string {
	if depth == 0 {
		return s.pick("stage", "name", `"a"`, `"b"`, `""`, `"金"`)
	}
	return "((" + s.condition(depth-1) + ") ? " + s.text(0) + " : " + s.text(depth-1) + ")"
}

func (s source) date(depth int) string {
	if depth == 0 {
		return s.pick("close_date", "start", `date("2026-01-01")`, `date("1969-12-31")`)
	}
	return "((" + s.condition(depth-1) + ") ? " + s.date(0) + " : " + s.date(depth-1) + ")"
}

// drawRow draws a record of few, often missing values, with figures at the ends of the range among them.
func drawRow(t *rapid.T) row {
	some := func(g *rapid.Generator[value.Value]) value.Value {
		if rapid.IntRange(0, 4).Draw(t, "missing") == 0 {
			return value.Nothing
		}
		return g.Draw(t, "value")
	}
	coef := rapid.OneOf(rapid.Int64Range(-5, 5), rapid.Int64Range(-1e6, 1e6), rapid.SampledFrom([]int64{math.MinInt64, math.MaxInt64, 1e18}))
	figure := rapid.Custom(func(t *rapid.T) value.Value {
		return value.OfNumber(money.Decimal{Coef: coef.Draw(t, "coef"), Scale: rapid.Uint8Range(0, money.MaxScale).Draw(t, "scale")})
	})
	yuan := rapid.Map(coef, func(n int64) value.Value { return value.OfMoney(money.Amount{Minor: n, Currency: "CNY"}) })
	text := rapid.Map(rapid.SampledFrom([]string{"", "a", "b", "aab", "金"}), value.OfText)
	date := rapid.Map(rapid.Int32Range(20450, 20456), func(n int32) value.Value { return value.OfDate(calendar.Day(n)) })
	list := rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 0, 3), value.OfList)
	ref := rapid.Map(rapid.Int64Range(1, 3), value.OfRef)
	truth := rapid.Map(rapid.Bool(), value.OfBool)
	moment := rapid.Map(rapid.SampledFrom([]int64{0, -28800000000, 1767225600000000}), value.OfTime)
	return row{some(yuan), some(figure), some(text), some(text), some(date), some(date), some(moment), some(truth), some(list), some(ref),
		some(text), some(date), some(text), value.Nothing}
}

func sameError(a, b error) bool {
	return a == nil && b == nil || problem.IsCode(a, "expr_overflow") && problem.IsCode(b, "expr_overflow")
}

// The closures and cel-go's interpreter give the same answer to every expression on every row, errors included; and the
// parts that explain a condition decide it, in their own spelling too.
func TestClosuresAgreeWithTheInterpreter(t *testing.T) {
	e := env(t)
	rapid.Check(t, func(t *rapid.T) {
		s := source{t}
		src := s.condition(rapid.IntRange(1, 4).Draw(t, "depth"))
		p, err := e.Compile(src, Condition)
		if problem.IsCode(err, "expr_too_costly") || problem.IsCode(err, "expr_too_long") {
			t.Skip()
		}
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		var texts []string
		for _, part := range p.parts {
			texts = append(texts, "("+part.text+")")
		}
		again, err := e.Compile(strings.Join(texts, " && "), Condition)
		if err != nil {
			t.Fatalf("%s, written again as %s: %v", src, texts, err)
		}
		for range 5 {
			r := drawRow(t)
			got, err := p.Test(r)
			proof, err2 := p.InterpretTest(r)
			if got != proof || !sameError(err, err2) {
				t.Fatalf("%s on %v: %v (%v), interpreted %v (%v)", src, r, got, err, proof, err2)
			}
			if other, err3 := again.Test(r); other != got || !sameError(err, err3) {
				t.Fatalf("%s on %v: %v (%v), written again as %s %v (%v)", src, r, got, err, texts, other, err3)
			}
			all, failed := true, false
			for _, part := range p.Explain(r) {
				all, failed = all && (part.True || part.Err != nil), failed || part.Err != nil
			}
			if all && failed != (err != nil) || err == nil && all != got {
				t.Fatalf("%s on %v is %v (%v), its parts %+v", src, r, got, err, p.Explain(r))
			}
		}
	})
}

func TestQuantitiesAgreeWithTheInterpreter(t *testing.T) {
	e := env(t)
	rapid.Check(t, func(t *rapid.T) {
		src := source{t}.number(rapid.IntRange(1, 4).Draw(t, "depth"))
		p, err := e.Compile(src, Quantity)
		if problem.IsCode(err, "expr_too_costly") || problem.IsCode(err, "expr_too_long") {
			t.Skip()
		}
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		for range 5 {
			r := drawRow(t)
			got, ok, err := p.Quantity(r)
			proof, ok2, err2 := p.InterpretQuantity(r)
			if ok != ok2 || got.Cmp(proof) != 0 || !sameError(err, err2) {
				t.Fatalf("%s on %v: %v %v (%v), interpreted %v %v (%v)", src, r, got, ok, err, proof, ok2, err2)
			}
		}
	})
}

// Whatever is typed gives a program or a problem with a code, and a program runs alike both ways.
func FuzzCompile(f *testing.F) {
	for _, src := range []string{`stage == "won" && amount > 1000`, `has()`, `size()`, `name.matches()`, `contains(name, "a")`, `date()`, `"a".size(1) > .5`,
		"r'\\n' == name", `[1] in [[1]]`, `a.b.c(1)[2]{x: 1}`, `-(-9223372036854775808) > 0`, "\"\"\"a\nb\"\"\" == name", `type(amount) == int`, `x ? y : z`,
		`!!is_new`, `--amount > 0`, `tags == tags`, `b"a" == b"a"`, `.amount > 1`, "`amount` > 1", `amount in tags`, `(tags in [tags])`, `1.e`, `0x1F > rate`} {
		f.Add(src)
	}
	e, err := NewEnv(testVars)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, src string) {
		for _, want := range []Result{Condition, Quantity} {
			p, err := e.Compile(src, want)
			if err != nil {
				if found, ok := problem.As(err); !ok || !strings.HasPrefix(found.Code, "expr_") {
					t.Fatalf("%q: %v", src, err)
				}
				continue
			}
			var got, proof any
			var err1, err2 error
			if want == Condition {
				got, err1 = p.Test(testRow)
				proof, err2 = p.InterpretTest(testRow)
			} else {
				got, _, err1 = p.Quantity(testRow)
				proof, _, err2 = p.InterpretQuantity(testRow)
			}
			if fmt.Sprint(got) != fmt.Sprint(proof) || !sameError(err1, err2) {
				t.Fatalf("%q: %v (%v), interpreted %v (%v)", src, got, err1, proof, err2)
			}
		}
	})
}

func BenchmarkTest(b *testing.B) {
	for name, src := range map[string]string{
		"typical":    `stage == "won" && amount > 1000 && close_date >= "2026-01-01"`,
		"in":         `stage in ["won", "lost"] && rate != null`,
		"arithmetic": `amount * 0.05 > rate + 10`,
	} {
		p, err := env(b).Compile(src, Condition)
		if err != nil {
			b.Fatal(err)
		}
		var r Row = testRow
		b.Run(name+"/closures", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = p.Test(r)
			}
		})
		b.Run(name+"/interpreter", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = p.InterpretTest(r)
			}
		})
	}
}
