package rule_test

import (
	"strings"
	"testing"

	"laurel/internal/i18n"
	"laurel/internal/rule"
)

// contest is newly signed customers in the third quarter of 2026 beside a team east (7), a colleague (2) and a competitor.
func contest(values map[string]string) rule.Context {
	w := facts(values)
	w.names["team:east"], w.names["person:bo"] = rule.Ref{Kind: rule.Team, ID: 7}, rule.Ref{Kind: rule.Person, ID: 2}
	theirs := rule.Named{Name: i18n.T("竞品签约数", "Customers of the competitor"), Measure: rule.Measure{Unit: i18n.T("个", "customers"), Additive: true}}
	return inWorld(with(deals, func(c *rule.Context) { c.Metrics = map[string]rule.Named{"theirs": theirs} }), w, inQuarter(3))
}

// record puts a figure on record that may be 0.
func record(c rule.Context, key string) {
	w := c.World.(*fakeWorld)
	s := w.values[key]
	s.Points = func() ([]rule.Point, error) { return []rule.Point{{Moment: 1, RecordID: 1}}, nil }
	w.values[key] = s
}

func TestVersusPays(t *testing.T) {
	cases := []struct {
		name, params string
		values       map[string]string
		mine         string
		won          bool
		why          string
	}{
		{"more than a team", `{"against":"team","key":"east"}`, map[string]string{"/7/2026-Q3": "9"}, "10", true, ""},
		{"as much as a team", `{"against":"team","key":"east"}`, map[string]string{"/7/2026-Q3": "9"}, "9", false, "“team 7”的新签客户是 9 个，还差 1 个"},
		{"a team without anything is beaten", `{"against":"team","key":"east"}`, map[string]string{"/7/2026-Q3": "0"}, "1", true, ""},
		{"a team without a value", `{"against":"team","key":"east"}`, nil, "1", false, "还没有“team 7”的新签客户，暂不评判"},
		{"nobody of that name", `{"against":"team","key":"west"}`, nil, "1", false, "还没有“west”的新签客户，暂不评判"},
		{"oneself is no opponent", `{"against":"person","key":"ann","by":0}`, map[string]string{"/1/2026-Q3": "9"}, "9", false, "自己就是比较的对手"},
		{"a competitor", `{"against":"company","metric":"theirs"}`, map[string]string{"theirs/0/2026-Q3": "9"}, "10", true, ""},
		{"a competitor's figure that nobody recorded is not 0", `{"against":"company","metric":"theirs"}`, map[string]string{"theirs/0/2026-Q3": "0"}, "10", false, "还没有竞品签约数，暂不评判"},
		{"a competitor's figure recorded as 0", `{"against":"company","metric":"theirs"}`, map[string]string{"theirs/0/2026-Q3": "0", "recorded": "theirs/0/2026-Q3"}, "10", true, ""},
		{"another figure of one's own", `{"against":"self","metric":"theirs"}`, map[string]string{"theirs/1/2026-Q3": "9"}, "10", true, ""},
		{"another figure of a team", `{"against":"team","key":"east","metric":"theirs"}`, map[string]string{"theirs/7/2026-Q3": "12", "/7/2026-Q3": "1"}, "10", false, "“team 7”的竞品签约数是 12 个，还差 3 个"},
		{"oneself a year ago", `{"against":"last_year"}`, map[string]string{"/1/2025-Q3": "9", "/1/2026-Q2": "50"}, "10", true, ""},
		{"oneself two quarters ago", `{"against":"previous","periods":2}`, map[string]string{"/1/2026-Q1": "10", "/1/2026-Q2": "50"}, "10", false, "自己 2 期前的新签客户是 10 个，还差 1 个"},
		{"by a tenth, exactly", `{"against":"team","key":"east","by":"10%"}`, map[string]string{"/7/2026-Q3": "10"}, "11", true, ""},
		{"by two, not quite", `{"against":"team","key":"east","points":2}`, map[string]string{"/7/2026-Q3": "10"}, "11", false, "“team 7”的新签客户是 10 个，还差 1 个"},
		{"there is no tenth of nothing", `{"against":"team","key":"east","by":"10%"}`, map[string]string{"/7/2026-Q3": "0"}, "5", false, "“team 7”的新签客户不大于 0，无法按比例比较"},
		{"fewer is better", `{"against":"team","key":"east","direction":"down"}`, map[string]string{"/7/2026-Q3": "10"}, "9", true, ""},
		{"fewer by a fifth", `{"against":"team","key":"east","direction":"down","by":0.2}`, map[string]string{"/7/2026-Q3": "10"}, "9", false, "“team 7”的新签客户是 10 个，还须降低 1 个，到 8 个以内"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			recorded := c.values["recorded"]
			delete(c.values, "recorded")
			ctx, shape := contest(c.values), decode(t, "versus", c.params)
			ctx.World.(*fakeWorld).names["person:ann"] = rule.Ref{Kind: rule.Person, ID: 1}
			if none := ctx.World.(*fakeWorld).values["theirs/0/2026-Q3"]; none.Has { // what adds up can say what it is made of
				none.Points = func() ([]rule.Point, error) { return nil, nil }
				ctx.World.(*fakeWorld).values["theirs/0/2026-Q3"] = none
			}
			if recorded != "" {
				record(ctx, recorded)
			}
			if bad := shape.Validate(ctx); len(bad) > 0 {
				t.Fatal(bad)
			}
			me := valued(1, c.mine)
			dues, err := rule.Evaluate(shape, ctx.At, ctx, []rule.Subject{me})
			if err != nil || (len(dues) == 1) != c.won || c.won && dues[0].Amount.Minor != 50000 {
				t.Errorf("due %+v, %v", dues, err)
			}
			if why := shape.WhyNot(ctx, me, nil).ZH; why != c.why {
				t.Errorf("why not: %s", why)
			}
		})
	}
}

// The others are those of the plan who have a value; nobody is compared with themselves.
func TestVersusTheOthers(t *testing.T) {
	ctx := contest(nil)
	none := rule.Subject{Ref: rule.Ref{Kind: rule.Person, ID: 9}}
	all := []rule.Subject{valued(1, "10"), valued(2, "4"), valued(3, "6"), valued(4, "10"), none}
	for params, want := range map[string]string{
		`{"against":"average"}`:                        "1 4", // the others of 1 make 20 ÷ 3, those of 2 26 ÷ 3
		`{"against":"average","by":"50%"}`:             "1 4", // exactly 10
		`{"against":"average","direction":"down"}`:     "2 3",
		`{"against":"best"}`:                           "",
		`{"against":"best","points":0}`:                "1 4",
		`{"against":"best","direction":"down"}`:        "2",
		`{"against":"average","points":"3.333333333"}`: "1 4",
		`{"against":"average","points":"3.333333334"}`: "",
	} {
		shape := decode(t, "versus", params)
		dues, err := rule.Evaluate(shape, ctx.At, ctx, all)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		won := map[rule.Ref]bool{}
		for _, d := range dues {
			got, won[d.Ref] = append(got, string(rune('0'+d.Ref.ID))), true
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v", params, got)
		}
		for _, s := range all {
			if why := shape.WhyNot(ctx, s, all); why.IsZero() != won[s.Ref] {
				t.Errorf("%s: %d: why not %q", params, s.Ref.ID, why.ZH)
			}
		}
		if !shape.Population() {
			t.Errorf("%s is judged one by one", params)
		}
	}
	shape := decode(t, "versus", `{"against":"average"}`)
	if dues, err := rule.Evaluate(shape, ctx.At, ctx, []rule.Subject{valued(1, "5"), none}); err != nil || len(dues) != 0 {
		t.Errorf("there is nobody else: %v, %v", dues, err)
	}
}

func TestVersusSaysWhatItMeans(t *testing.T) {
	ctx := contest(map[string]string{"theirs/0/2026-Q3": "10", "/7/2026-Q3": "10", "/1/2026-Q2": "4"})
	for params, want := range map[string]i18n.Text{
		`{"against":"company","metric":"theirs","by":"10%"}`: i18n.T("季度新签客户超过竞品签约数至少 10 %，奖励 ¥500。", "Newly signed customers in a quarter at least 10% above customers of the competitor earns ¥500."),
		`{"against":"team","key":"east"}`:                    i18n.T("季度新签客户超过“team 7”的新签客户，奖励 ¥500。", "Newly signed customers in a quarter above newly signed customers of “team 7” earns ¥500."),
		`{"against":"last_year"}`:                            i18n.T("季度新签客户超过自己去年同期的新签客户，奖励 ¥500。", "Newly signed customers in a quarter above one’s own newly signed customers in the same quarter of the year before earns ¥500."),
		`{"against":"best","direction":"down","points":3}`:   i18n.T("季度新签客户低于其他人的最好成绩至少 3 个，奖励 ¥500。", "Newly signed customers in a quarter at least 3 customers below the best of the other people earns ¥500."),
	} {
		if got := decode(t, "versus", params).Sentence(ctx); got != want {
			t.Errorf("%s: got %s\n%s", params, got.ZH, got.EN)
		}
	}
	shape := decode(t, "versus", `{"against":"company","metric":"theirs","by":"10%"}`)
	dues, err := rule.Evaluate(shape, ctx.At, ctx, []rule.Subject{valued(1, "12")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range dues[0].Steps {
		got = append(got, s.Label.ZH+"："+s.Formula+" → "+s.Result)
	}
	if strings.Join(got, "|") != "本期新签客户：12 → 12|对照：竞品签约数：10 → 10|领先：(12 − 10) ÷ 10 → 20 %|达到幅度：20 % ≥ 10 % → ✓|奖金：¥500.00 → ¥500.00" {
		t.Errorf("arithmetic %v", got)
	}
	for mine, want := range map[string]string{
		"7":  "7/11 4 636 再有 4 个 → ¥500",
		"11": "11/11  1000 领先，保持到季末 → ¥500",
	} {
		p := shape.Next(ctx, valued(1, mine), nil)
		if got := p.Value + "/" + p.Target + " " + p.Remaining + " " + i18n.Integer(int64(p.Ratio)) + " " + p.Sentence.ZH; strings.ReplaceAll(got, ",", "") != want {
			t.Errorf("%s: got %s", mine, got)
		}
	}
	if !rule.CanFallBack(shape, deals.Measure) {
		t.Error("the opponent goes on, so awards wait for the period's end")
	}
}

func TestVersusReads(t *testing.T) {
	for params, want := range map[string]rule.Reads{
		`{"against":"team","key":"east"}`:           {Others: true},
		`{"against":"company","metric":"theirs"}`:   {Metrics: []string{"theirs"}, Others: true},
		`{"against":"self","metric":"theirs"}`:      {Metrics: []string{"theirs"}},
		`{"against":"previous","periods":3}`:        {Back: rule.Back{Periods: 3}},
		`{"against":"last_year","metric":"theirs"}`: {Metrics: []string{"theirs"}, Back: rule.Back{Year: true}},
		`{"against":"average"}`:                     {},
	} {
		got := rule.ReadsOf(decode(t, "versus", params))
		if strings.Join(got.Metrics, " ") != strings.Join(want.Metrics, " ") || got.Back != want.Back || got.Others != want.Others {
			t.Errorf("%s reads %+v", params, got)
		}
	}
}

func TestVersusRefuses(t *testing.T) {
	dollars := contest(nil)
	dollars.Measure.Currency = "USD"
	for params, want := range map[string]string{
		`{}`:                                   "against param_missing",
		`{"against":"team"}`:                   "key param_missing",
		`{"against":"best","key":"east"}`:      "key param_unused",
		`{"against":"company"}`:                "metric param_missing",
		`{"against":"best","metric":"m"}`:      "metric param_unused",
		`{"against":"best","periods":2}`:       "periods param_unused",
		`{"against":"previous","periods":0}`:   "periods periods_out_of_range",
		`{"against":"best","by":1,"points":1}`: "points margin_twice",
		`{"against":"self","metric":"theirs"}`: "metric currencies_differ",
	} {
		if got := strings.Join(codes(t, "versus", params, dollars), ", "); got != want {
			t.Errorf("%s: %s", params, got)
		}
	}
}
