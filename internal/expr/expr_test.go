package expr

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/value"
)

// row is a record in the order of testVars.
type row []value.Value

func (r row) Field(i int) value.Value { return r[i] }

var testVars = []Var{
	{Name: "amount", Kind: value.Money}, {Name: "rate", Kind: value.Number}, {Name: "stage", Kind: value.Text},
	{Name: "name", Kind: value.Text}, {Name: "close_date", Kind: value.Date}, {Name: "start", Kind: value.Date},
	{Name: "seen", Kind: value.Time}, {Name: "is_new", Kind: value.Bool}, {Name: "tags", Kind: value.Text, List: true},
	{Name: "owner", Kind: value.Ref}, {Name: "type", Kind: value.Text}, {Name: "date", Kind: value.Date},
	{Name: "package", Kind: value.Text}, {Name: "gone", Kind: value.Number},
}

func env(t testing.TB) *Env {
	t.Helper()
	e, err := NewEnv(testVars)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func day(s string) value.Value {
	d, err := calendar.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return value.OfDate(d)
}

func aNumber(s string) value.Value { return value.OfNumber(money.MustDecimal(s)) }

var testRow = row{
	value.OfMoney(money.Amount{Minor: 123450, Currency: "CNY"}), aNumber("0.05"), value.OfText("won"),
	value.OfText("金叶公司"), day("2026-03-31"), day("2026-01-01"),
	value.OfTime(time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC).UnixMicro()), value.OfBool(true), value.OfList([]string{"a", "b"}),
	value.OfRef(7), value.OfText("vip"), day("2025-12-31"), value.OfText("x"), value.Nothing,
}

func TestCondition(t *testing.T) {
	cases := []struct {
		name, src string
		want      bool
	}{
		{"text, amount in yuan, date", `stage == "won" && amount > 1000 && close_date >= "2026-01-01"`, true},
		{"amounts compare exactly", `amount == 1234.5`, true},
		{"literal on the left", `1234.50 <= amount`, true},
		{"literal on the left, strictly", `1234.50 < amount`, false},
		{"no float: 0.1 + 0.2 is 0.3", `rate + 0.05 + 0.2 == 0.3`, true},
		{"a long literal keeps its digits", `1234567890.123456789 == 1234567890.123456789 && 1234567890.123456789 != 1234567890.123456788`, true},
		{"a literal after characters of several bytes", `name == "金叶公司" && rate == 0.05`, true},
		{"a literal after characters beyond the basic plane, on a later line", "name != \"😀\" &&\r\n\trate == 0.05 && name != '😀' && 0.050 == rate", true},
		{"a third times three is one", `(amount / 3) * 3 == amount`, true},
		{"negative literal", `rate > -0.5 && -rate < -.04`, true},
		{"dates on either side", `"2026-03-31" == close_date && close_date > start`, true},
		{"date()", `date("2026-03-31") == close_date`, true},
		{"dates in a list", `close_date in ["2026-03-30", "2026-03-31"]`, true},
		{"an instant in another zone", `seen == "2026-03-31T08:00:00+08:00"`, true},
		{"references", `owner == 7 && owner in [1, 7] && owner != 8`, true},
		{"in a list field", `"a" in tags && !("c" in tags)`, true},
		{"in a list of numbers", `rate in [0.05, 1]`, true},
		{"choices as texts", `stage in ["won", "lost"]`, true},
		{"functions on texts", `name.contains("叶") && name.startsWith("金") && name.endsWith("司") && name.matches("^.{4}$")`, true},
		{"size", `size(tags) == 2 && name.size() == 4`, true},
		{"bare truth value", `is_new && is_new == true && !(is_new != true)`, true},
		{"field names that CEL uses for types", `type == "vip" && date < "2026-01-01"`, true},
		{"texts become dates in a choice too", `(is_new ? start : "2026-05-05") < close_date && close_date > (is_new ? "2026-01-01" : "2027-01-01")`, true},
		{"a choice of two", `(is_new ? amount : rate) > 1000`, true},
		{"a choice of truth values", `is_new ? stage == "won" : false`, true},
		{"comment", "amount > 1 // anything\n&& true", true},

		{"missing is not above", `gone > 5`, false},
		{"missing is not below", `gone < 5`, false},
		{"missing is not equal", `gone == 5`, false},
		{"missing is not unequal either", `gone != 5`, false},
		{"missing is not equal to missing", `gone == gone`, false},
		{"not of a comparison with missing is true", `!(gone > 5)`, true},
		{"only null sees missing", `gone == null && !(gone != null) && amount != null && null == gone`, true},
		{"has", `has(amount) && !has(gone)`, true},
		{"arithmetic with missing is missing", `amount + gone == null`, true},
		{"division by zero is missing", `amount / (rate - rate) == null && !(amount / 0 > 1)`, true},
		{"missing in a list", `gone in [1, 2]`, false},
		{"in nothing", `stage in []`, false},
		{"an empty text is a text", `stage != null && stage != ""`, true},
		{"a date from missing", `(gone > 1 ? close_date : start) == "2026-01-01"`, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p, err := env(t).Compile(c.src, Condition)
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.Test(testRow)
			proof, err2 := p.InterpretTest(testRow)
			if err != nil || err2 != nil || got != c.want || proof != c.want {
				t.Errorf("got %v (%v), interpreted %v (%v), want %v", got, err, proof, err2, c.want)
			}
		})
	}
}

func TestQuantity(t *testing.T) {
	cases := []struct{ name, src, want string }{
		{"a share", `amount * rate`, "61.725"},
		{"a literal", `0.1`, "0.1"},
		{"negated", `-amount`, "-1234.5"},
		{"a choice", `stage == "won" ? amount : 0`, "1234.5"},
		{"missing", `gone * 2`, ""},
		{"divided by zero", `1 / (amount - amount)`, ""},
		{"size", `size(tags) + 1`, "3"},
		{"exact thirds", `amount / 3 + amount / 3 + amount / 3`, "1234.5"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p, err := env(t).Compile(c.src, Quantity)
			if err != nil {
				t.Fatal(err)
			}
			got, ok, err := p.Quantity(testRow)
			proof, ok2, err2 := p.InterpretQuantity(testRow)
			if err != nil || err2 != nil || ok != (c.want != "") || ok2 != ok || proof.Cmp(got) != 0 || ok && got.String() != c.want {
				t.Errorf("got %s %v (%v), interpreted %s %v (%v), want %s", got, ok, err, proof, ok2, err2, c.want)
			}
		})
	}
}

func TestOverflowIsAnError(t *testing.T) {
	huge := append(row(nil), testRow...)
	huge[1] = value.OfNumber(money.Decimal{Coef: math.MaxInt64})
	for src, fails := range map[string]bool{
		`rate * 2 > 0`: true, `rate * 2 / 2 > 0`: true, `rate + 1 > 0 || false`: true, `gone > rate * 2`: true,
		`rate * 2 in [1]`: true, `1 in [rate * 2, 1]`: true, `(rate * 2 > 0 ? 1 : 2) == 1`: true, `!(rate * 2 > 0)`: true,
		`rate > 0`: false, `false && rate * 2 > 0`: false, `rate * 2 > 0 && false`: false, `rate * 2 > 0 || true`: false,
		`rate / 1000 < amount`: false,
	} {
		p, err := env(t).Compile(src, Condition)
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.Test(huge)
		_, err2 := p.InterpretTest(huge)
		if problem.IsCode(err, "expr_overflow") != fails || problem.IsCode(err2, "expr_overflow") != fails || !fails && (err != nil || err2 != nil) {
			t.Errorf("%s: got %v, interpreted %v", src, err, err2)
		}
	}
}

func TestProblems(t *testing.T) {
	cases := []struct {
		name, src  string
		want       Result
		code, says string
	}{
		{"nearest field", `amout > 5`, Condition, "expr_unknown_field", "did you mean amount? (line 1, character 1)"},
		{"place on a later line", "true &&\n  stge == \"won\"", Condition, "expr_unknown_field", "did you mean stage? (line 2, character 3)"},
		{"part of a field", `owner.name == "x"`, Condition, "expr_unknown_field", "owner.name"},
		{"single equals sign", `stage = "won"`, Condition, "expr_syntax", "written =="},
		{"words for operators", `stage == "won" and amount > 5`, Condition, "expr_syntax", "and is written &&"},
		{"typographic quotes", `stage == “won”`, Condition, "expr_syntax", "plain ASCII quotes"},
		{"open quote", `stage == "won`, Condition, "expr_syntax", "not closed"},
		{"nothing", ` `, Condition, "expr_syntax", "amount > 1000"},
		{"a reserved word", `package == "x"`, Condition, "expr_syntax", ""},
		{"quoted number", `amount > "1000"`, Condition, "expr_type", "> does not work on a number and a text; do not put quotes around numbers"},
		{"text right of in", `"a" in stage`, Condition, "expr_type", "use contains"},
		{"order of references", `owner > 5`, Condition, "expr_type", "== and != only"},
		{"something is still to come", `amount > 5 &&`, Condition, "expr_syntax", "near “unt > 5 &&”"},
		{"sum of texts", `stage + name`, Quantity, "expr_type", "only numbers and amounts"},
		{"sum of dates", `close_date + 1`, Quantity, "expr_type", "only numbers and amounts"},
		{"no date", `close_date > "2026-02-30"`, Condition, "expr_type", `"2026-02-30" is not a date`},
		{"an instant without its zone", `seen > "2026-02-03"`, Condition, "expr_type", "time zone"},
		{"date of a field", `date(stage) > close_date`, Condition, "expr_type", "one quoted value"},
		{"number as a condition", `amount`, Condition, "expr_type", "a condition is needed here"},
		{"number as one side of and", `amount && is_new`, Condition, "expr_type", "a condition is needed here"},
		{"sum as a condition", `amount + 1`, Condition, "expr_type", "a condition is needed here"},
		{"condition as a quantity", `amount > 1`, Quantity, "expr_type", "a number or an amount is needed here, but the expression gives a truth value"},
		{"order of null", `amount > null`, Condition, "expr_type", "null only goes with"},
		{"null as a result", `is_new ? amount : null`, Quantity, "expr_type", "null only goes with"},
		{"two kinds of result", `is_new ? amount : stage`, Quantity, "expr_type", "of one kind"},
		{"mixed list", `stage in ["won", 1]`, Condition, "expr_type", "of one kind"},
		{"list outside in", `size([1, 2]) > 1`, Condition, "expr_type", "to the right of in"},
		{"loop", `tags.exists(t, t == "a")`, Condition, "expr_syntax", "exists cannot be used"},
		{"mistyped function", `name.contain("a")`, Condition, "expr_syntax", "did you mean contains?"},
		{"remainder", `amount % 2 == 0`, Condition, "expr_syntax", "% cannot be used"},
		{"index", `tags[0] == "a"`, Condition, "expr_syntax", "cannot be used"},
		{"map", `{"a": 1} == {"a": 1}`, Condition, "expr_type", "braces"},
		{"exponent", `amount > 1e3`, Condition, "expr_syntax", "1e3"},
		{"too many places", `amount > 0.1234567890123`, Condition, "expr_syntax", "0.1234567890123"},
		{"too many digits", `amount > 12345678901234567890.5`, Condition, "expr_syntax", "12345678901234567890.5"},
		{"too large a whole number", `amount > 12345678901234567890`, Condition, "expr_syntax", ""},
		{"unsigned", `amount > 5u`, Condition, "expr_type", "write numbers as 12.5"},
		{"pattern from a field", `name.matches(stage)`, Condition, "expr_type", "one quoted regular expression"},
		{"bad pattern", `name.matches("(")`, Condition, "expr_type", "not a usable regular expression"},
		{"long", strings.Repeat("a", MaxLength+1), Condition, "expr_too_long", "4000"},
		{"many nodes", "true" + strings.Repeat(" && true", 300), Condition, "expr_too_costly", "500"},
		{"deep", strings.Repeat("(", 1500) + "true" + strings.Repeat(")", 1500), Condition, "expr_too_costly", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := env(t).Compile(c.src, c.want)
			p, ok := problem.As(err)
			if !ok || p.Code != c.code || !strings.Contains(p.Message.EN, c.says) || p.Message.ZH == "" || strings.Contains(p.Message.EN+p.Message.ZH, "%!") {
				t.Errorf("got %+v", err)
			}
		})
	}
}

func TestAllUnknownFieldsAreToldAtOnce(t *testing.T) {
	_, err := env(t).Compile(`amout > 1 && stge == "won"`, Condition)
	if p, ok := problem.As(err); !ok || len(p.Details) != 1 {
		t.Errorf("got %v", err)
	}
}

func TestFields(t *testing.T) {
	p, err := env(t).Compile(`close_date > start && amount + amount > 1 && name.matches("a")`, Condition)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Fields(); len(got) != 4 || got[0] != 0 || got[1] != 3 || got[2] != 4 || got[3] != 5 {
		t.Errorf("got %v", got)
	}
}

func TestValueOfAnotherKindIsMissing(t *testing.T) {
	wrong := append(row(nil), testRow...)
	wrong[0], wrong[2], wrong[4], wrong[7], wrong[8] = value.OfText("5"), value.OfRef(1), aNumber("1"), aNumber("1"), value.OfText("a")
	p, err := env(t).Compile(`amount == null && stage == null && close_date == null && is_new == null && tags == null && !is_new && !(amount < 9)`, Condition)
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Test(wrong)
	proof, err2 := p.InterpretTest(wrong)
	if !got || !proof || err != nil || err2 != nil {
		t.Errorf("got %v (%v), interpreted %v (%v)", got, err, proof, err2)
	}
}

func TestExplain(t *testing.T) {
	p, err := env(t).Compile(`(stage=="won"&&amount*2>100.50) && (is_new || gone in [1,2]) && !(close_date<"2026-01-01") && gone!=null && -(rate - 1 - (2 - rate)) > 0`, Condition)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		text  string
		yes   bool
		names string
	}{
		{`stage == "won"`, true, "stage"}, {`amount * 2 > 100.50`, true, "amount"}, {`is_new || gone in [1, 2]`, true, "is_new gone"},
		{`!(close_date < "2026-01-01")`, true, "close_date"}, {`gone != null`, false, "gone"}, {`-(rate - 1 - (2 - rate)) > 0`, true, "rate"},
	}
	parts := p.Explain(testRow)
	if len(parts) != len(want) {
		t.Fatalf("got %+v", parts)
	}
	for i, w := range want {
		var names []string
		for _, f := range parts[i].Fields {
			names = append(names, f.Name)
			if !f.Value.Equal(testRow[f.Field]) {
				t.Errorf("%s read %v", f.Name, f.Value)
			}
		}
		if parts[i].Text != w.text || parts[i].True != w.yes || strings.Join(names, " ") != w.names {
			t.Errorf("got %+v, want %+v", parts[i], w)
		}
	}
}

func TestNewEnvRefusesVariablesThatCannotBeTold(t *testing.T) {
	for name, vars := range map[string][]Var{
		"twice": {{Name: "a", Kind: value.Text}, {Name: "a", Kind: value.Text}}, "no name": {{Kind: value.Text}}, "no kind": {{Name: "a"}},
	} {
		if _, err := NewEnv(vars); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// A word is reserved exactly if a field of that name cannot be read.
func TestReservedWords(t *testing.T) {
	words := []string{"type", "list", "map", "int", "string", "bool", "date", "size", "has", "duration", "all", "dyn", "null_type"}
	for word := range reserved {
		words = append(words, word)
	}
	for _, word := range words {
		e, err := NewEnv([]Var{{Name: word, Kind: value.Number}})
		if err != nil {
			t.Fatal(err)
		}
		p, err := e.Compile(word+" + 1", Quantity)
		if (err != nil) != IsReserved(word) {
			t.Errorf("%s: reserved is %v, compiling gives %v", word, IsReserved(word), err)
		}
		if err == nil {
			if f, _, err := p.InterpretQuantity(row{aNumber("2")}); err != nil || f.String() != "3" {
				t.Errorf("%s: got %s (%v)", word, f, err)
			}
		}
	}
}

func TestWrongUse(t *testing.T) {
	c, _ := env(t).Compile("true", Condition)
	q, _ := env(t).Compile("1", Quantity)
	if _, _, err := c.Quantity(testRow); !errors.Is(err, errNotQuantity) {
		t.Error(err)
	}
	if _, err := q.Test(testRow); !errors.Is(err, errNotCondition) {
		t.Error(err)
	}
}
