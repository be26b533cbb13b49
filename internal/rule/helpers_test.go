package rule_test

import (
	"encoding/json"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

var (
	cash500 = rule.Reward{Kind: rule.Cash, Amount: money.MustDecimal("500")}

	// deals is a count for persons by the quarter, worth ¥500 each time.
	deals = rule.Context{
		Metric:  i18n.T("新签客户", "Newly signed customers"),
		Measure: rule.Measure{Unit: i18n.T("个", "customers"), Additive: true},
		Period:  calendar.Quarter, Subject: rule.Person, Reward: cash500, Currency: "CNY",
	}
	// sales is money for persons by the quarter; its reward is computed.
	sales = with(deals, func(c *rule.Context) {
		c.Metric = i18n.T("销售额", "Sales")
		c.Measure = rule.Measure{Scale: 2, Currency: "CNY", Additive: true}
		c.Reward = rule.Reward{Kind: rule.Cash}
	})
	// winRate is a ratio, which does not add up.
	winRate = with(deals, func(c *rule.Context) {
		c.Metric = i18n.T("赢单率", "Win rate")
		c.Measure = rule.Measure{Unit: i18n.Same("%")}
		c.Reward = rule.Reward{Kind: rule.Badge, Name: i18n.T("金牌销售", "Gold closer")}
	})
	quarter = calendar.Period{Kind: calendar.Quarter, Label: "2026-Q1"}
)

func with(c rule.Context, change func(*rule.Context)) rule.Context {
	change(&c)
	return c
}

// failer is what both *testing.T and *rapid.T can do.
type failer interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func decode(t failer, shape, params string) rule.Shape {
	t.Helper()
	s, err := rule.Decode(shape, json.RawMessage(params))
	if err != nil {
		t.Fatalf("%s %s: %v", shape, params, err)
	}
	return s
}

// valued is a person with a value and no points.
func valued(id int64, value string) rule.Subject {
	return rule.Subject{Ref: rule.Ref{Kind: rule.Person, ID: id}, Value: money.MustDecimal(value).Frac(), Has: true}
}

// pointed is a person with points of the given scaled values, one a microsecond from 1 on.
func pointed(id int64, scale uint8, values ...int64) rule.Subject {
	points := make([]rule.Point, len(values))
	for i, v := range values {
		points[i] = rule.Point{Moment: int64(i + 1), Key: "r", RecordID: int64(i), PersonID: id, Value: v}
	}
	return ofPoints(id, scale, points)
}

func ofPoints(id int64, scale uint8, points []rule.Point) rule.Subject {
	var sum int64
	s := rule.Subject{Ref: rule.Ref{Kind: rule.Person, ID: id}, Has: true}
	for _, p := range points {
		sum += p.Value
		s.Reached = max(s.Reached, p.Moment)
	}
	s.Value = money.Decimal{Coef: sum, Scale: scale}.Frac()
	s.Points = func() ([]rule.Point, error) { return points, nil }
	return s
}

func evaluate(t failer, shape rule.Shape, c rule.Context, subjects ...rule.Subject) []rule.Due {
	t.Helper()
	dues, err := rule.Evaluate(shape, quarter, c, subjects)
	if err != nil {
		t.Fatal(err)
	}
	return dues
}

// total adds up the cash of dues, in minor units.
func total(dues []rule.Due) int64 {
	var sum int64
	for _, d := range dues {
		sum += d.Amount.Minor
	}
	return sum
}

// codes lists field and code of what Decode or Validate refuses.
func codes(t testing.TB, shape, params string, c rule.Context) []string {
	t.Helper()
	var out []string
	list := func(p *problem.Error) {
		if p.Message.ZH == "" || p.Message.EN == "" {
			t.Errorf("%s: no sentence in both languages", p.Code)
		}
		out = append(out, p.Field+" "+p.Code)
	}
	s, err := rule.Decode(shape, json.RawMessage(params))
	if err != nil {
		p, ok := problem.As(err)
		if !ok {
			t.Fatalf("not a problem: %v", err)
		}
		list(p)
		for _, d := range p.Details {
			list(d)
		}
		return out
	}
	for _, p := range s.Validate(c) {
		list(p)
	}
	return out
}
