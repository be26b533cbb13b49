package rule_test

import (
	"strings"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// quarters is a world of one person's values, one a quarter from the first of 2026 on, which adds them up over longer
// periods.
type quarters struct {
	*fakeWorld
	values []string
}

func (w quarters) Subject(_ string, ref rule.Ref, p calendar.Period) (rule.Subject, error) {
	s := rule.Subject{Ref: ref, Has: true}
	for i, v := range w.values {
		if q := inQuarter(i + 1); q.From >= p.From && q.To <= p.To {
			sum, err := s.Value.Add(fraction(v))
			if err != nil {
				return s, err
			}
			s.Value = sum
		}
	}
	return s, nil
}

// paidByQuarter is what a rate pays in each quarter, in minor units of the values' scale 2.
func paidByQuarter(t *testing.T, params, values string, targets map[string]string) string {
	t.Helper()
	shape := decode(t, "rate", params)
	w := quarters{facts(nil), strings.Fields(values)}
	w.start, w.targets = calendar.DayOf(2026, 1, 1), targets
	var out []string
	for i := range w.values {
		p := inQuarter(i + 1)
		c := inWorld(sales, w, p)
		if bad := shape.Validate(c); len(bad) > 0 {
			t.Fatal(bad)
		}
		s, _ := w.Subject("", rule.Ref{Kind: rule.Person, ID: 1}, p)
		dues, err := rule.Evaluate(shape, p, c, []rule.Subject{s})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, (money.Amount{Minor: total(dues), Currency: "CNY"}).Decimal().String())
	}
	return strings.Join(out, " ")
}

func TestRatePaysAcrossPeriods(t *testing.T) {
	byYear := `"accumulate":"year","tiers":[{"up_to":"1000","rate":"5%"},{"rate":"10%"}]`
	own := map[string]string{"/1/2026-Q1": "1000", "/1/2026-Q2": "2000"}
	ofYear := map[string]string{"/1/2026": "4000"}
	cases := []struct {
		name, params, values string
		targets              map[string]string
		want                 string
	}{
		{"a running total passes a bound between two periods", `{` + byYear + `}`, "600 600 600", nil, "30.00 40.00 60.00"},
		{"whole amount: entering a tier pays the higher rate on what came before", `{"mode":"whole",` + byYear + `}`, "600 600 600", nil, "30.00 90.00 60.00"},
		{"the next year begins anew", `{` + byYear + `}`, "1000 0 0 1000 600", nil, "50.00 0.00 0.00 100.00 30.00"},
		{"a fall takes nothing back", `{` + byYear + `}`, "1000 -500 500", nil, "50.00 0.00 25.00"},
		{"unless it is carried", `{"below_zero":"carry",` + byYear + `}`, "1000 -500 500", nil, "50.00 0.00 0.00"},
		{"below zero is carried until it is made up for", `{"below_zero":"carry","tiers":[{"rate":"10%"}]}`, "-500 300 300 100", nil, "0.00 0.00 10.00 10.00"},
		{"bounds are parts of the target", `{"on":"attainment","tiers":[{"up_to":"100%","rate":"5%"},{"rate":"10%"}]}`, "1500 1500", own, "100.00 75.00"},
		{"whole amount by attainment, the bound in the lower tier", `{"mode":"whole","on":"attainment","tiers":[{"up_to":"100%","rate":"5%"},{"rate":"10%"}]}`, "1000 2000.25", own, "50.00 200.02"},
		{"without a target nothing is due", `{"on":"attainment","tiers":[{"rate":"5%"}]}`, "1000 1000 1000", own, "50.00 50.00 0.00"},
		{"one target for everybody", `{"on":"attainment","target":"500","tiers":[{"up_to":"100%","rate":"5%"},{"rate":"10%"}]}`, "600", nil, "35.00"},
		{"attainment of the year's target, paid by the quarter", `{"on":"attainment","accumulate":"year","tiers":[{"up_to":"50%","rate":"5%"},{"rate":"10%"}]}`, "1500 1500", ofYear, "75.00 125.00"},
		{"a draw is kept", `{"draw":"100","tiers":[{"rate":"10%"}]}`, "500 3000 0", nil, "100.00 300.00 100.00"},
		{"a recoverable draw is taken back from what lies above it", `{"draw":"100","recoverable":true,"tiers":[{"rate":"10%"}]}`, "500 0 1800 3000", nil, "100.00 100.00 100.00 230.00"},
		{"at most a share of it", `{"draw":"100","recoverable":true,"recover_share":"50%","tiers":[{"rate":"10%"}]}`, "500 1600 1600", nil, "100.00 130.00 140.00"},
	}
	for _, c := range cases {
		if got := paidByQuarter(t, c.params, c.values, c.targets); got != c.want {
			t.Errorf("%s: paid %s, want %s", c.name, got, c.want)
		}
	}
}

// labelled is money of one person told apart by a label: “new 600, old 300”, in the order of time.
func labelled(t *testing.T, text string) rule.Subject {
	t.Helper()
	var points []rule.Point
	for i, each := range strings.Split(text, ", ") {
		label, amount, _ := strings.Cut(each, " ")
		points = append(points, rule.Point{Moment: int64(i + 1), Key: "r", RecordID: int64(i), PersonID: 1, Label: label,
			Value: money.MustDecimal(amount).Coef * 100})
	}
	return ofPoints(1, 2, points)
}

var byKind = with(sales, func(c *rule.Context) {
	c.By = &rule.Field{Name: i18n.T("客户类型", "Kind of customer"), Choices: []rule.Choice{
		{Value: "new", Name: i18n.T("新客户", "New")}, {Value: "old", Name: i18n.T("老客户", "Old")}, {Value: "lost", Name: i18n.T("流失", "Lost")},
	}}
})

func TestRatePaysByAField(t *testing.T) {
	rows := func(more, another string) string {
		return `{` + more + `"rows":[{"value":"new","tiers":[{"up_to":"1000","rate":"10%"},{"rate":"20%"}]},` + another + `]}`
	}
	old, others := `{"value":"老客户","tiers":[{"up_to":"1000","rate":"5%"},{"rate":"10%"}]}`, `{"tiers":[{"rate":"1%"}]}`
	cases := []struct{ name, params, records, want string }{
		{"each record fills the tiers in the order of time", rows(``, old), "new 600, old 600, new 600", "220.00"}, // 60 + (400 × 5 % + 200 × 10 %) + 600 × 20 %
		{"in another order another part lies above", rows(``, old), "old 600, new 600, new 600", "230.00"},         // 30 + (400 × 10 % + 200 × 20 %) + 600 × 20 %
		{"whole amount: each row at the rate of the tier of all", rows(`"mode":"whole",`, old), "new 600, old 600", "180.00"},
		{"tiers of each row's own part", rows(`"tiers_read":"row",`, old), "new 600, old 1600", "170.00"},
		{"what no row names earns by the row for everything else", rows(``, others), "lost 500, new 300", "35.00"},
		{"or nothing, though it fills the tiers", rows(``, old), "lost 900, new 300", "50.00"},
	}
	for _, c := range cases {
		shape := decode(t, "rate", c.params)
		if bad := shape.Validate(byKind); len(bad) > 0 {
			t.Fatal(bad)
		}
		got := (money.Amount{Minor: total(evaluate(t, shape, byKind, labelled(t, c.records))), Currency: "CNY"}).Decimal().String()
		if got != c.want {
			t.Errorf("%s: paid %s, want %s", c.name, got, c.want)
		}
	}
}

func TestRatePaysForPackages(t *testing.T) {
	count := with(deals, func(c *rule.Context) { c.Reward = rule.Reward{Kind: rule.Cash} })
	cases := []struct{ name, params, value, want string }{
		{"a started one counts", `{"package":{"size":"10","amount":"30"}}`, "21", "90.00"},
		{"only full ones", `{"package":{"size":"10","amount":"30","round":"down"}}`, "29", "60.00"},
		{"above a free allowance", `{"package":{"size":"10","amount":"30","free":"10"}}`, "21", "60.00"},
		{"inside the allowance", `{"package":{"size":"10","amount":"30","free":"10"}}`, "10", "0.00"},
		{"in tiers", `{"tiers":[{"up_to":"20","per_package":{"size":"10","amount":"30"}},{"per_unit":"5"}]}`, "23", "75.00"},
	}
	for _, c := range cases {
		got := (money.Amount{Minor: total(evaluate(t, decode(t, "rate", c.params), count, valued(1, c.value))), Currency: "CNY"}).Decimal().String()
		if got != c.want {
			t.Errorf("%s: paid %s, want %s", c.name, got, c.want)
		}
	}
}

func TestRateRefusesContradictions(t *testing.T) {
	counted := with(deals, func(c *rule.Context) { c.Reward = rule.Reward{Kind: rule.Cash} })
	ten := `"tiers":[{"rate":"10%"}]`
	cases := []struct {
		name, params, want string
		c                  rule.Context
	}{
		{"a cap below the floor", `{"floor":"100","cap":"50",` + ten + `}`, "cap cap_below_floor", sales},
		{"tiers that overlap", `{"tiers":[{"up_to":"100","rate":"5%"},{"up_to":"90","rate":"6%"},{"rate":"7%"}]}`, "tiers[1].up_to tiers_out_of_order", sales},
		{"running totals no longer than the period", `{"accumulate":"quarter",` + ten + `}`, "accumulate accumulate_too_short", sales},
		{"a target that no tier reads", `{"target":"100",` + ten + `}`, "target param_unused", sales},
		{"recovering a draw that is not paid", `{"recoverable":true,` + ten + `}`, "recoverable param_unused", sales},
		{"rows without a field", `{"rows":[{"value":"new",` + ten + `}]}`, "rows rows_without_field", sales},
		{"tiers beside rows", `{` + ten + `,"rows":[{"value":"new",` + ten + `}]}`, "tiers tiers_beside_rows", byKind},
		{"a value that no record can have", `{"rows":[{"value":"gone",` + ten + `}]}`, "rows[0].value unknown_value", byKind},
		{"a person, whom no row can name", `{"rows":[{"value":"E001",` + ten + `},{"value":"",` + ten + `}]}`, "rows[0].value row_of_person", with(sales, func(c *rule.Context) { c.By = &rule.Field{Person: true} })},
		{"a package of nothing", `{"package":{"size":"0","amount":"30"}}`, "package.size size_not_positive", counted},
		{"a package in a row that takes money back", `{"rows":[{"value":"new","package":{"size":"10","amount":"-3"}}]}`, "rows[0].package.amount package_negative", byKind},
		{"a package in a tier without a size above 0", `{"tiers":[{"per_package":{"size":"-1","amount":"30"}}]}`, "tiers[0].per_package.size size_not_positive", counted},
		{"a value twice, once by its name", `{"rows":[{"value":"new",` + ten + `},{"value":"新客户",` + ten + `}]}`, "rows[1].value row_repeated", byKind},
	}
	for _, c := range cases {
		if got := strings.Join(codes(t, "rate", c.params, c.c), ", "); got != c.want {
			t.Errorf("%s: refused with %q, want %q", c.name, got, c.want)
		}
	}
}

// The arithmetic of a period that recovers a draw names what was owed, what is taken and what is left.
func TestRateShowsTheDrawItRecovers(t *testing.T) {
	shape := decode(t, "rate", `{"draw":"100","recoverable":true,"recover_share":"50%","tiers":[{"rate":"10%"}]}`)
	w := quarters{facts(nil), []string{"500", "1600"}}
	w.start = calendar.DayOf(2026, 1, 1)
	c := inWorld(sales, w, inQuarter(2))
	s, _ := w.Subject("", rule.Ref{Kind: rule.Person, ID: 1}, inQuarter(2))
	dues, err := rule.Evaluate(shape, inQuarter(2), c, []rule.Subject{s})
	if err != nil || len(dues) != 1 {
		t.Fatal(dues, err)
	}
	var got []string
	for _, step := range dues[0].Steps {
		got = append(got, step.Label.EN+": "+step.Formula+" → "+step.Result)
	}
	want := []string{
		"Sales in the period: ¥1,600.00 → ¥1,600.00",
		"Commission: ¥1,600.00 × 10 % → ¥160.00",
		"Earned: ¥160.00 → ¥160.00",
		"Draw: ¥100.00 → ¥100.00",
		"Owed before: ¥50.00 → ¥50.00",
		"Recovered: min(¥50.00, (¥160.00 − ¥100.00) × 50 %) → ¥30.00",
		"Owed after: ¥50.00 − ¥30.00 → ¥20.00",
		"Paid: max(¥160.00, ¥100.00) − ¥30.00 → ¥130.00",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

// A row names its value apart from its rates, and a package names its size apart from its price, which may both be money.
func TestRateTellsRowsAndPackagesApart(t *testing.T) {
	shape := decode(t, "rate", `{"rows":[{"value":"new","tiers":[{"up_to":"50000","rate":"5%"},{"rate":"8%"}]},{"package":{"size":"10000","amount":"100","round":"down"}}]}`)
	if bad := shape.Validate(byKind); len(bad) > 0 {
		t.Fatal(bad)
	}
	got := shape.Sentence(byKind)
	for _, want := range []string{"新客户：不超过 ¥50,000 的部分 5 %", "其余：每满 ¥10,000 发 ¥100（不足一份不计）"} {
		if !strings.Contains(got.ZH, want) {
			t.Errorf("%q does not say %q", got.ZH, want)
		}
	}
	if want := "everything else: ¥100 for every full ¥10,000"; !strings.Contains(got.EN, want) {
		t.Errorf("%q does not say %q", got.EN, want)
	}
}
