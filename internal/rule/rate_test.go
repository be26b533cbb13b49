package rule_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"laurel/internal/money"
	"laurel/internal/rule"
)

const tiers5812 = `"tiers":[{"up_to":"50000","rate":"5%"},{"up_to":"100000","rate":"8%"},{"rate":"12%"}]`

func TestRatePays(t *testing.T) {
	count := with(deals, func(c *rule.Context) { c.Reward = rule.Reward{Kind: rule.Cash} })
	cases := []struct {
		name, params string
		c            rule.Context
		value, want  string
	}{
		{"a bound belongs to the lower tier", `{` + tiers5812 + `}`, sales, "50000", "2500.00"},
		{"a fen above the bound", `{` + tiers5812 + `}`, sales, "50000.25", "2500.02"},
		{"whole amount on the bound", `{"mode":"whole",` + tiers5812 + `}`, sales, "50000", "2500.00"},
		{"whole amount above it", `{"mode":"whole",` + tiers5812 + `}`, sales, "50001", "4000.08"},
		{"nothing earns nothing", `{` + tiers5812 + `}`, sales, "0", "0.00"},
		{"below zero is zero", `{"tiers":[{"rate":"5%","fixed":"7"}]}`, sales, "-100", "0.00"},
		{"the first fixed sum from zero", `{"tiers":[{"rate":"5%","fixed":"7"}]}`, sales, "0", "7.00"},
		{"a fixed sum only above the lower bound", `{"tiers":[{"up_to":"100","rate":"5%"},{"rate":"5%","fixed":"7"}]}`, sales, "100", "5.00"},
		{"every fixed sum entered, in whole mode too", `{"mode":"whole","tiers":[{"up_to":"100","rate":"5%","fixed":"1"},{"rate":"10%","fixed":"7"}]}`, sales, "200", "28.00"},
		{"a floor for those with nothing", `{"tiers":[{"rate":"5%"}],"floor":"1000"}`, sales, "0", "1000.00"},
		{"a floor for those below zero", `{"tiers":[{"rate":"5%"}],"floor":"1000"}`, sales, "-5", "1000.00"},
		{"capped", `{"tiers":[{"rate":"5%"}],"cap":"20"}`, sales, "1000", "20.00"},
		{"half to even, down", `{"tiers":[{"rate":"5%"}]}`, sales, "0.50", "0.02"},
		{"half to even, up", `{"tiers":[{"rate":"5%"}]}`, sales, "0.70", "0.04"},
		{"rounded once, not part by part", `{"tiers":[{"up_to":"0.10","rate":"5%"},{"rate":"5%"}]}`, sales, "0.20", "0.01"},
		{"so much a unit", `{"tiers":[{"per_unit":"12.50"}]}`, count, "3", "37.50"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			shape := decode(t, "rate", c.params)
			if problems := shape.Validate(c.c); len(problems) > 0 {
				t.Fatalf("refused: %v", problems)
			}
			s := valued(1, c.value)
			dues := evaluate(t, shape, c.c, s)
			if got := (money.Amount{Minor: total(dues), Currency: "CNY"}); got.Decimal().String() != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if why := shape.WhyNot(c.c, s, nil); why.IsZero() != (len(dues) > 0) {
				t.Errorf("why not: %q", why)
			}
		})
	}
}

func TestRateRounds(t *testing.T) {
	for rounding, want := range map[money.Rounding]int64{"": 2, money.HalfUp: 3, money.Down: 2, money.Up: 3} {
		c := with(sales, func(c *rule.Context) { c.Rounding = rounding })
		if got := total(evaluate(t, decode(t, "rate", `{"tiers":[{"rate":"5%"}]}`), c, valued(1, "0.50"))); got != want {
			t.Errorf("%q: got %d, want %d", rounding, got, want)
		}
	}
}

func TestRateInPointsIsWhole(t *testing.T) {
	c := with(sales, func(c *rule.Context) { c.Reward = rule.Reward{Kind: rule.Points} })
	shape := decode(t, "rate", `{"tiers":[{"per_unit":"0.01"}]}`)
	if problems := shape.Validate(c); len(problems) > 0 {
		t.Fatal(problems)
	}
	dues := evaluate(t, shape, c, valued(1, "1280"))
	if len(dues) != 1 || dues[0].Reward.Amount.String() != "13" || !dues[0].Amount.IsZero() {
		t.Errorf("got %+v", dues)
	}
}

func TestRateIsDueWithTheLastContribution(t *testing.T) {
	d := evaluate(t, decode(t, "rate", `{"tiers":[{"rate":"5%"}]}`), sales, pointed(1, 2, 100, 200, 300))[0]
	if d.Moment != 3 || d.FromPoint != -1 || d.ToPoint != -1 || d.Slot != "rate" {
		t.Errorf("got %+v", d)
	}
}

func TestRateOverflowIsAnError(t *testing.T) {
	s := valued(1, "0")
	s.Value = money.Whole(math.MaxInt64)
	if _, err := rule.Evaluate(decode(t, "rate", `{"tiers":[{"rate":"99.999999%"}]}`), quarter, sales, []rule.Subject{s}); err == nil {
		t.Error("nothing was said of a result that does not fit")
	}
	if p := decode(t, "rate", `{"tiers":[{"rate":"99.999999%"}]}`).Next(sales, s, nil); p.Value != "—" {
		t.Errorf("progress %+v", p)
	}
}

func TestRateArithmetic(t *testing.T) {
	cases := []struct {
		name, params, value string
		want                []string
	}{
		{"tier by tier", `{` + tiers5812 + `}`, "82472", []string{
			"Sales in the period: ¥82,472.00 → ¥82,472.00",
			"The part up to ¥50,000: ¥50,000.00 × 5 % → ¥2,500.00",
			"The part above ¥50,000 up to ¥100,000: ¥32,472.00 × 8 % → ¥2,597.76",
			"Total: ¥2,500.00 + ¥2,597.76 → ¥5,097.76",
		}},
		{"the rounding has its own line", `{"tiers":[{"rate":"12.5%"}]}`, "0.10", []string{
			"Sales in the period: ¥0.10 → ¥0.10",
			"Commission: ¥0.10 × 12.5 % → ¥0.0125",
			"Rounded half to even to the smallest unit of the currency: ¥0.0125 → ¥0.01",
		}},
		{"whole amount, fixed sums and cap", `{"mode":"whole","cap":"100","tiers":[{"up_to":"100","rate":"5%","fixed":"1"},{"rate":"50%","fixed":"7"}]}`, "200", []string{
			"Sales in the period: ¥200.00 → ¥200.00",
			"Fixed sum: ¥1.00 → ¥1.00",
			"All of it (above ¥100): ¥200.00 × 50 % → ¥100.00",
			"On entering tier 2: ¥7.00 → ¥7.00",
			"Total: ¥1.00 + ¥100.00 + ¥7.00 → ¥108.00",
			"Cap: min(¥108.00, ¥100.00) → ¥100.00",
		}},
		{"floor under nothing", `{"floor":"10","tiers":[{"rate":"5%"}]}`, "0", []string{
			"Sales in the period: ¥0.00 → ¥0.00",
			"Total: ¥0.00 → ¥0.00",
			"Floor: max(¥0.00, ¥10.00) → ¥10.00",
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, s := range evaluate(t, decode(t, "rate", c.params), sales, valued(1, c.value))[0].Steps {
				got = append(got, fmt.Sprintf("%s: %s → %s", s.Label.EN, s.Formula, s.Result))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s", strings.Join(got, "\n"))
			}
		})
	}
}

func TestRateTellsWhatIsNext(t *testing.T) {
	cases := []struct{ name, params, value, want string }{
		{"on the way", `{` + tiers5812 + `}`, "47208", "47,208/50,000 944 已得 ¥2,360.40；再有 ¥2,792，往后按 8 % 计 | ¥2,360.40 so far; ¥2,792 more and it goes on at 8%"},
		{"on a bound", `{` + tiers5812 + `}`, "50000", "50,000/100,000 500 已得 ¥2,500；再有 ¥50,000，往后按 12 % 计 | ¥2,500 so far; ¥50,000 more and it goes on at 12%"},
		{"last tier", `{` + tiers5812 + `}`, "100000", "100,000/ 1000 已得 ¥6,500，往后按 12 % 计 | ¥6,500 so far; from here on 12%"},
		{"capped", `{"tiers":[{"rate":"5%"}],"cap":"20"}`, "1000", "1,000/ 1000 已得 ¥20，达到封顶 | ¥20 so far, which is the cap"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := decode(t, "rate", c.params).Next(sales, valued(1, c.value), nil)
			got := strings.ReplaceAll(fmt.Sprintf("%s/%s", p.Value, p.Target), "¥", "") + fmt.Sprintf(" %d %s | %s", p.Ratio, p.Sentence.ZH, p.Sentence.EN)
			if got != c.want {
				t.Errorf("got %s", got)
			}
		})
	}
}
