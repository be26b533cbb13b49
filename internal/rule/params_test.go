package rule_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// What Decode and Validate refuse, each problem as "field code".
func TestRefused(t *testing.T) {
	year := with(deals, func(c *rule.Context) { c.Period = calendar.Year })
	dollars := with(sales, func(c *rule.Context) { c.Reward.Currency = "USD" })
	nothing := with(deals, func(c *rule.Context) { c.Reward = rule.Reward{} })
	badge := with(deals, func(c *rule.Context) { c.Reward = rule.Reward{Kind: rule.Badge, Amount: money.MustDecimal("3")} })
	cases := []struct {
		name, shape, params string
		c                   rule.Context
		want                []string
	}{
		{"unknown shape", "evry", `{}`, deals, []string{"shape unknown_shape"}},
		{"no object", "every", `[10]`, deals, []string{" wrong_type"}},
		{"text after the object", "every", `{"size":"10"} {`, deals, []string{" wrong_type"}},
		{"every unknown name at once", "every", `{"sise":"10","Size":"10"}`, deals, []string{"Size unknown_param", "sise unknown_param"}},
		{"an unknown name within a list", "rate", `{"tiers":[{"rate":"5%"},{"upto":"3"}]}`, sales, []string{"tiers[1].upto unknown_param", "tiers[0].up_to tier_open"}},
		{"an unknown name within a reward", "reach", `{"steps":[{"at":"1","reward":{"kind":"cash","amont":"5"}}]}`, deals, []string{"steps[0].reward.amont bad_reward"}},
		{"not a number", "every", `{"size":"ten"}`, deals, []string{"size not_a_number"}},
		{"thousands", "every", `{"size":"1,000"}`, deals, []string{"size not_a_number"}},
		{"an exponent", "every", `{"size":1e3}`, deals, []string{"size not_a_number"}},
		{"an object for a number", "every", `{"size":{}}`, deals, []string{"size wrong_type"}},
		{"too large", "every", `{"size":"99999999999999999999"}`, deals, []string{"size number_out_of_range"}},
		{"unknown choice", "every", `{"size":"1","remainder":"keep"}`, deals, []string{"remainder unknown_choice"}},
		{"part of a place", "rank", `{"places":"1.5"}`, deals, []string{"places not_whole"}},
		{"a list of nothing", "reach", `{"steps":[]}`, deals, []string{"steps list_empty"}},
		{"too long a list", "reach", `{"steps":[` + strings.Repeat(`{"at":"1"},`, 50) + `{"at":"1"}]}`, deals, []string{"steps list_too_long"}},
		{"too large altogether", "every", `{"size":"` + strings.Repeat(" ", rule.MaxParams) + `1"}`, deals, []string{" params_too_large"}},

		{"size zero", "every", `{"size":"0"}`, deals, []string{"size size_not_positive"}},
		{"cap zero", "every", `{"size":"1","cap":0}`, deals, []string{"cap cap_too_small"}},
		{"cap beyond the limit", "every", `{"size":"1","cap":10001}`, deals, []string{"cap cap_too_large"}},
		{"free below zero", "every", `{"size":"1","free":"-1"}`, deals, []string{"free free_negative"}},
		{"carry without a remainder", "every", `{"size":"3","remainder":"carry","round":"up"}`, deals, []string{"round carry_without_remainder"}},
		{"carry with an allowance", "every", `{"size":"3","remainder":"carry","free":"2"}`, deals, []string{"free carry_with_free"}},
		{"carry that never carries", "every", `{"size":"3","remainder":"carry","since":"year"}`, year, []string{"since carry_never"}},
		{"since without carry", "every", `{"size":"3","since":"year"}`, deals, []string{"since param_unused"}},
		{"excess without cap", "every", `{"size":"3","remainder":"carry","excess":"carry"}`, deals, []string{"excess excess_without_carry"}},
		{"every of a ratio", "every", `{"size":"3"}`, with(winRate, func(c *rule.Context) {}), []string{"metric metric_not_additive"}},
		{"no reward", "every", `{"size":"3"}`, nothing, []string{"reward.kind unknown_reward_kind"}},
		{"a badge with an amount and no name", "every", `{"size":"3"}`, badge, []string{"reward.amount reward_amount_unused", "reward.name reward_name_missing"}},

		{"steps not rising", "reach", `{"steps":[{"at":"5"},{"at":"5"}]}`, deals, []string{"steps[1].at steps_not_rising"}},
		{"a step at zero", "reach", `{"steps":[{"at":"0"}]}`, deals, []string{"steps[0].at step_without_effort"}},
		{"a step without any reward", "reach", `{"steps":[{"at":"1","reward":{"kind":"cash","amount":"5"}},{"at":"2"}]}`, nothing, []string{"steps[1].reward step_without_reward"}},
		{"a fraction of a fen", "reach", `{"steps":[{"at":"1","reward":{"kind":"cash","amount":"5.005"}}]}`, nothing, []string{"steps[0].reward.amount too_many_places"}},
		{"a reward that could not be added up", "reach", `{"steps":[{"at":"1","reward":{"kind":"cash","amount":"1000000000000.01"}}]}`, nothing, []string{"steps[0].reward.amount reward_too_large"}},
		{"no such currency", "reach", `{"steps":[{"at":"1","reward":{"kind":"cash","amount":"5","currency":"RMB"}}]}`, nothing, []string{"steps[0].reward.currency unknown_currency"}},

		{"tiers out of order", "rate", `{"tiers":[{"up_to":"5","rate":"1%"},{"up_to":"4","rate":"1%"},{"rate":"1%"}]}`, sales, []string{"tiers[1].up_to tiers_out_of_order"}},
		{"tiers that overlap", "rate", `{"tiers":[{"up_to":"5","rate":"1%"},{"up_to":"5","rate":"1%"},{"rate":"1%"}]}`, sales, []string{"tiers[1].up_to tiers_out_of_order"}},
		{"last tier closed", "rate", `{"tiers":[{"up_to":"5","rate":"1%"}]}`, sales, []string{"tiers[0].up_to last_tier_closed"}},
		{"first tier of nothing", "rate", `{"tiers":[{"up_to":"0","rate":"1%"},{"rate":"1%"}]}`, sales, []string{"tiers[0].up_to tier_bound_not_positive"}},
		{"five hundred percent", "rate", `{"tiers":[{"rate":"5"}]}`, sales, []string{"tiers[0].rate percent_out_of_range"}},
		{"below zero percent", "rate", `{"tiers":[{"rate":"-5%"}]}`, sales, []string{"tiers[0].rate percent_out_of_range"}},
		{"paid nothing", "rate", `{"tiers":[{}]}`, sales, []string{"tiers[0].rate tier_pays_nothing"}},
		{"a unit of money", "rate", `{"tiers":[{"per_unit":"1"}]}`, sales, []string{"tiers[0].per_unit per_unit_of_money"}},
		{"two currencies", "rate", `{"tiers":[{"rate":"5%"}]}`, dollars, []string{"tiers[0].rate currency_mismatch"}},
		{"cap below floor", "rate", `{"tiers":[{"rate":"5%"}],"floor":"10","cap":"9"}`, sales, []string{"cap cap_below_floor"}},
		{"floor below zero", "rate", `{"tiers":[{"rate":"5%"}],"floor":"-1"}`, sales, []string{"floor limit_not_positive"}},
		{"a commission in badges", "rate", `{"tiers":[{"rate":"5%"}]}`, winRate, []string{"reward.kind reward_not_countable", "metric metric_not_additive", "tiers[0].rate rate_of_percentage"}},
		{"an amount that the rule computes", "rate", `{"tiers":[{"rate":"5%"}]}`, deals, []string{"reward.amount reward_amount_computed"}},

		{"no places", "rank", `{}`, deals, []string{"places places_missing"}},
		{"places twice", "rank", `{"places":3,"percent":"5"}`, deals, []string{"percent places_twice"}},
		{"place zero", "rank", `{"places":0}`, deals, []string{"places places_out_of_range"}},
		{"zero percent", "rank", `{"percent":"0"}`, deals, []string{"percent percent_out_of_range"}},
		{"more than all", "rank", `{"percent":"100.1"}`, deals, []string{"percent percent_out_of_range"}},
		{"a prize beyond the places", "rank", `{"places":1,"prizes":[{"place":2,"reward":{"kind":"cash","amount":"5"}}]}`, deals, []string{"prizes[0].place prize_beyond_places"}},
		{"two prizes for a place", "rank", `{"places":2,"prizes":[{"place":1,"reward":{"kind":"cash","amount":"5"}},{"place":1,"reward":{"kind":"cash","amount":"6"}}]}`, deals, []string{"prizes[1].place prize_twice"}},
		{"a prize of nothing", "rank", `{"places":1,"prizes":[{"place":1}]}`, deals, []string{"prizes[0].reward param_missing"}},
		{"a shared badge", "rank", `{"places":2,"share":true}`, winRate, []string{"share share_needs_cash"}},
		{"rounding that rounds nothing", "rank", `{"places":2,"round":"up"}`, deals, []string{"round param_unused"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := codes(t, c.shape, c.params, c.c); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A parameter that is nearly another's name is asked about, and the other one is not reported as missing as well.
func TestMistypedParameter(t *testing.T) {
	for params, want := range map[string]string{
		`{"sise":"10"}`:                "There is no parameter “sise”; did you mean size?",
		`{"size":"10","heavens":true}`: "There is no parameter “heavens”; the parameters are size, ",
	} {
		_, err := rule.Decode("every", json.RawMessage(params))
		p, ok := problem.As(err)
		if !ok || len(p.Details) > 0 || !strings.HasPrefix(p.Message.EN, want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// However a parameter is written, the same is meant.
func TestWaysOfWriting(t *testing.T) {
	pairs := [][3]string{
		{"every", `{"size":"10","cap":"5"}`, ` { "size" : 10 , "cap" : 5 , "free" : null } `},
		{"rate", `{"tiers":[{"rate":"5%"}]}`, `{"tiers":[{"rate":"0.05"}]}`},
		{"rate", `{"tiers":[{"rate":"5.0 %"}]}`, `{"tiers":[{"rate":0.0500,"up_to":null}]}`},
		{"rate", `{"tiers":[{"rate":"5％"}]}`, `{"mode":"marginal","below_zero":"zero","tiers":[{"rate":"5%","fixed":0}]}`},
		{"reach", `{"steps":[{"at":"60%"}]}`, `{"steps":[{"at":0.6}],"pay":"highest"}`},
		{"rank", `{"percent":"5%"}`, `{"percent":5,"round":"up","ties":"all","order":"desc","share":false}`},
	}
	for _, p := range pairs {
		one, other := decode(t, p[0], p[1]).Sentence(sales), decode(t, p[0], p[2]).Sentence(sales)
		if one != other {
			t.Errorf("%s and %s differ: %q, %q", p[1], p[2], one.ZH, other.ZH)
		}
	}
}

// Every parameter that a shape describes is one that it reads, with choices that it takes.
func TestShapesDescribeTheirParams(t *testing.T) {
	least := map[string]string{"every": `"size":"1"`, "reach": `"steps":[{"at":"1"}]`, "rate": `"tiers":[{"rate":"5%"}]`, "rank": `"places":1`,
		"clean": `"handled":"m"`, "improve": `"by":"5%"`, "versus": `"against":"best"`, "race": `"at":3`, "nominate": `"places":1`, "score": `"parts":[{"weight":"100%"}],"curve":[{"at":1,"pays":"100%"}]`, "streak": `"times":2,"rule":{"shape":"reach","params":{"steps":[{"at":1}]}}`}
	for _, info := range rule.Shapes() {
		if info.Name.ZH == "" || info.Name.EN == "" || info.Example.ZH == "" || info.Example.EN == "" {
			t.Errorf("%s has no name or example", info.Key)
		}
		for _, p := range info.Params {
			if p.Name.ZH == "" || p.Name.EN == "" || p.Help.ZH == "" || p.Help.EN == "" {
				t.Errorf("%s.%s is not explained", info.Key, p.Key)
			}
			for _, choice := range p.Choices {
				params := `{` + least[info.Key] + `,"` + p.Key + `":"` + choice.Value + `"}`
				if _, err := rule.Decode(info.Key, json.RawMessage(params)); err != nil && !problem.IsCode(err, "param_unused") && !problem.IsCode(err, "param_missing") {
					t.Errorf("%s %s: %v", info.Key, params, err)
				}
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, info := range rule.Shapes() {
		f.Add(info.Key, `{"size":"10","steps":[{"at":"1"}],"places":3}`)
	}
	f.Add("rate", `{`+tiers5812+`}`)
	f.Add("rank", `{`+podium+`}`)
	f.Fuzz(func(t *testing.T, shape, params string) {
		s, err := rule.Decode(shape, json.RawMessage(params))
		if err != nil {
			if _, ok := problem.As(err); !ok {
				t.Fatalf("not a problem: %v", err)
			}
			return
		}
		all := []rule.Subject{valued(1, "12.5"), valued(2, "-3"), valued(3, "12.5")}
		for _, c := range []rule.Context{deals, sales, winRate} {
			c = inWorld(c, facts(nil), quarter)
			valid := len(s.Validate(c)) == 0
			s.Sentence(c)
			rule.Standing(s, c, all)
			if _, err := rule.Evaluate(s, quarter, c, all); err != nil && valid && !problem.IsCode(err, "too_many_due") && !strings.Contains(err.Error(), money.ErrOverflow.Error()) {
				t.Fatalf("%s %s: %v", shape, params, err)
			}
		}
	})
}
