package rule_test

import (
	"strings"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// kicker is a plan judged by what another one gives.
var kicker = with(sales, func(c *rule.Context) {
	c.Multiplies, c.Metric = true, i18n.T("“提成”的奖金", "rewards of “Commission”")
})

// What a multiplier adds to the result it multiplies, or takes off it.
func TestRateMultiplies(t *testing.T) {
	cases := []struct {
		name, params, value string
		minor               int64
	}{
		{"above one adds", `{"tiers":[{"times":"120%"}]}`, "1000", 200_00},
		{"below one takes off", `{"tiers":[{"times":0.8}]}`, "1000", -200_00},
		{"nothing leaves nothing", `{"tiers":[{"times":0}]}`, "1000.01", -1000_01},
		{"one changes nothing", `{"tiers":[{"times":"100%"}]}`, "1000", 0},
		{"of nothing", `{"tiers":[{"times":"50%"}]}`, "0", 0},
		{"what was taken off before is multiplied too", `{"tiers":[{"times":"150%"}]}`, "-100", -50_00},
		{"rounded once, half to even", `{"tiers":[{"times":"50%"}]}`, "0.01", 0},
		{"part by part", `{"tiers":[{"up_to":"1000","times":"100%"},{"times":"50%"}]}`, "1500", -250_00},
		{"all by the tier reached", `{"mode":"whole","tiers":[{"up_to":"1000","times":"50%"},{"times":"110%"}]}`, "1500", 150_00},
		{"a sum beside it", `{"tiers":[{"times":"50%","fixed":"30"}]}`, "100", -20_00},
		{"capped", `{"tiers":[{"times":"300%"}],"cap":"50"}`, "100", 50_00},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			shape := decode(t, "rate", c.params)
			if problems := shape.Validate(kicker); len(problems) > 0 {
				t.Fatalf("refused: %v", problems)
			}
			s := valued(1, c.value)
			dues := evaluate(t, shape, kicker, s)
			if got := total(dues); got != c.minor {
				t.Errorf("got %d, want %d", got, c.minor)
			}
			if why := shape.WhyNot(kicker, s, nil); why.IsZero() != (len(dues) > 0) {
				t.Errorf("why not: %q", why)
			}
		})
	}
}

func TestMultiplierSays(t *testing.T) {
	shape := decode(t, "rate", `{"tiers":[{"times":"80%"}]}`)
	dues := evaluate(t, shape, kicker, valued(1, "1000"))
	if got := dues[0].Steps[1]; got.Formula != "¥1,000.00 × (80 % − 100 %)" || got.Result != "-¥200.00" {
		t.Errorf("the arithmetic is %+v", got)
	}
	if got := shape.Sentence(kicker); !strings.Contains(got.ZH, "乘以 80 %") || !strings.Contains(got.EN, "Multiplied by 80%") {
		t.Errorf("the sentence is %+v", got)
	}
	if got := shape.Next(kicker, valued(1, "1000"), nil).Sentence; !strings.HasPrefix(got.ZH, "已扣减 ¥200；") && !strings.HasPrefix(got.ZH, "已扣减 ¥200，") {
		t.Errorf("what is next says %q", got.ZH)
	}
}

func TestMultiplierRefuses(t *testing.T) {
	for _, c := range []struct {
		name, params, field string
		c                   rule.Context
	}{
		{"where there is no other plan", `{"tiers":[{"times":"80%"}]}`, "tiers[0].times", sales},
		{"percent without its sign", `{"tiers":[{"times":120}]}`, "tiers[0].times", kicker},
		{"less than nothing", `{"tiers":[{"times":"-1%"}]}`, "tiers[0].times", kicker},
		{"a tier without one", `{"tiers":[{"up_to":"1","times":"80%"},{"rate":"5%"}]}`, "tiers[1].times", kicker},
		{"a rate beside it", `{"tiers":[{"times":"80%","rate":"5%"}]}`, "tiers[0].times", kicker},
		{"a floor", `{"tiers":[{"times":"80%"}],"floor":"1"}`, "floor", kicker},
		{"carrying", `{"tiers":[{"times":"80%"}],"below_zero":"carry"}`, "below_zero", kicker},
		{"a draw", `{"tiers":[{"times":"80%"}],"draw":"1"}`, "draw", kicker},
		{"points", `{"tiers":[{"times":"80%"}]}`, "reward.kind", with(kicker, func(c *rule.Context) { c.Reward = rule.Reward{Kind: rule.Points} })},
		{"within a streak", `{"times":2,"rule":{"shape":"rate","params":{"tiers":[{"times":"80%"}]}}}`, "rule.params.tiers[0].times", kicker},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := "rate"
			if strings.HasPrefix(c.params, `{"times"`) {
				name = "streak"
			}
			var fields []string
			for _, p := range decode(t, name, c.params).Validate(c.c) {
				fields = append(fields, p.Field)
			}
			if !strings.Contains(strings.Join(fields, " "), c.field) {
				t.Errorf("refused at %q, want %s", fields, c.field)
			}
		})
	}
}

// A negative share adds up to the whole as any other, and what is taken off needs no budget.
func TestMultiplierAroundIt(t *testing.T) {
	shape := decode(t, "rate", `{"tiers":[{"times":"90%"}]}`)
	a := rule.Around{Budget: &rule.Budget{Amount: money.MustDecimal("1")}}
	dues, err := rule.Judge(shape, &a, calendar.Period{}, kicker, []rule.Subject{valued(1, "100"), valued(2, "33.33")})
	if err != nil || total(dues) != -13_33 {
		t.Errorf("got %d, %v", total(dues), err)
	}
}
