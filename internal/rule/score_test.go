package rule_test

import (
	"fmt"
	"strings"
	"testing"

	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// scored is judged by sales, by a rate of satisfaction and by complaints, in the third quarter of 2026.
var scoreMetrics = map[string]rule.Named{
	"sales":      {Name: i18n.T("销售额", "Sales"), Measure: rule.Measure{Scale: 2, Currency: "CNY", Additive: true}},
	"csat":       {Name: i18n.T("满意度", "Customer rating"), Measure: rule.Measure{Unit: i18n.Same("%")}},
	"complaints": {Name: i18n.T("投诉数", "Complaints"), Measure: rule.Measure{Unit: i18n.T("件", "complaints"), Additive: true}},
}

func scored(figures string) rule.Context {
	values := map[string]string{}
	for pair := range strings.FieldsSeq(figures) {
		metric, v, _ := strings.Cut(pair, "=")
		values[metric+"/1/2026-Q3"] = v
	}
	w := facts(values)
	w.targets["sales/1/2026-Q3"] = "200000"
	c := with(deals, func(c *rule.Context) {
		c.Metrics = scoreMetrics
		c.Reward = cash10000
	})
	return inWorld(c, w, inQuarter(3))
}

var cash10000 = rule.Reward{Kind: rule.Cash, Amount: money.MustDecimal("10000")}

const twoParts = `"parts":[{"metric":"sales","weight":"60%","target":"100000","ceiling":"150%"},{"metric":"csat","weight":"40%","target":"95%","floor":"50%","ceiling":"120%"}]`

func TestScorePays(t *testing.T) {
	down := func(direction string) string {
		return `{"parts":[{"metric":"complaints","weight":1,"target":4,"direction":"` + direction + `","ceiling":"200%"}]}`
	}
	curve := `,"curve":[{"at":"80%","pays":"50%"},{"at":"100%","pays":"100%"},{"at":"1.2","pays":"200%"}]`
	cases := []struct {
		name, params, figures string
		minor                 int64 // 0: nothing is due
		why                   string
	}{
		{"in proportion", `{` + twoParts + `}`, "sales=100000 csat=0.95", 1000000, ""},
		{"held within ceilings", `{` + twoParts + `}`, "sales=900000 csat=0.95", 1300000, ""},
		{"held above a floor", `{` + twoParts + `}`, "sales=0 csat=0.1", 200000, ""},
		{"an exact third, rounded once", `{"parts":[{"metric":"sales","weight":"100%","target":"300000"}]}`, "sales=100000", 333333, ""},
		{"weights written as 60 and 40", `{"parts":[{"metric":"sales","weight":60,"target":"100000"},{"metric":"csat","weight":"40"}]}`, "sales=100000 csat=1", 1000000, ""},
		{"a missing part counts 0, not its floor", `{` + twoParts + `}`, "sales=100000", 600000, ""},
		{"or its weight is spread", `{` + twoParts + `,"missing":"spread"}`, "sales=100000", 1000000, ""},
		{"no value at all", `{` + twoParts + `,"curve":[{"at":0,"pays":"10%"}]}`, "", 0, "本期还没有数值"},
		{"the subject's own target", `{"parts":[{"metric":"sales","weight":1,"target":"plan"}]}`, "sales=100000", 500000, ""},
		{"no target for it", `{"parts":[{"metric":"csat","weight":1,"target":"plan"}]}`, "csat=1", 0, "本期没有满意度的目标"},
		{"twice as many complaints as planned", down("down"), "complaints=8", 500000, ""},
		{"no complaint is the ceiling", down("down"), "complaints=0", 2000000, ""},
		{"linear: half the complaints", down("down_linear"), "complaints=2", 1500000, ""},
		{"linear: three times as many", down("down_linear"), "complaints=12", 0, "综合得分 0 %，不发奖励"},
		{"on a point of the curve", `{` + twoParts + curve + `}`, "sales=100000 csat=0.95", 1000000, ""},
		{"steps: just below the next point", `{` + twoParts + curve + `}`, "sales=99999 csat=0.95", 500000, ""},
		{"steps: below the first point its payout", `{` + twoParts + curve + `}`, "sales=0 csat=0.95", 500000, ""},
		{"or nothing", `{` + twoParts + curve + `,"below":"nothing"}`, "sales=0 csat=0.95", 0, "综合得分 40 %，达到 80 % 才有奖励"},
		{"lines: half the way", `{` + twoParts + curve + `,"curve_mode":"lines"}`, "sales=125000 csat=0.8075", 1450000, ""},
		{"lines: beyond the end", `{` + twoParts + curve + `,"curve_mode":"lines"}`, "sales=150000 csat=1", 2000000, ""},
		{"many odd denominators", `{"parts":[{"metric":"sales","weight":"30%","target":"99999.97"},{"metric":"csat","weight":"30%","target":"97%"},{"metric":"complaints","weight":"40%","target":7}]}`,
			"sales=123456789/1000 csat=99999989/99999999 complaints=5", 965363, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ctx, shape := scored(c.figures), decode(t, "score", c.params)
			if bad := shape.Validate(ctx); len(bad) > 0 {
				t.Fatal(bad)
			}
			s := rule.Subject{Ref: rule.Ref{Kind: rule.Person, ID: 1}}
			dues, err := rule.Evaluate(shape, ctx.At, ctx, []rule.Subject{s})
			if err != nil {
				t.Fatal(err)
			}
			if total(dues) != c.minor {
				t.Errorf("due %d", total(dues))
			}
			if why := shape.WhyNot(ctx, s, nil).ZH; why != c.why {
				t.Errorf("why not: %s", why)
			}
		})
	}
}

func TestScorePaysAmountsAndThings(t *testing.T) {
	curve := `{"parts":[{"metric":"csat","weight":1}],"curve":[{"at":0,"pays":0},{"at":"90%%","pays":%s},{"at":1,"pays":%s}]}`
	for _, c := range []struct {
		reward rule.Reward
		params string
		csat   string
		want   string
	}{
		{rule.Reward{Kind: rule.Cash}, fmt.Sprintf(curve, `"300.50"`, `800`), "0.95", "300.50 CNY"},
		{rule.Reward{Kind: rule.Points}, fmt.Sprintf(curve, `"30"`, `80`), "1", "80 points"},
		{winRate.Reward, fmt.Sprintf(curve, `"100%"`, `"100%"`), "0.9", "badge"},
		{winRate.Reward, fmt.Sprintf(curve, `"100%"`, `"100%"`), "0.89", ""},
	} {
		ctx, shape := scored("csat="+c.csat), decode(t, "score", c.params)
		ctx.Reward = c.reward
		if bad := shape.Validate(ctx); len(bad) > 0 {
			t.Fatal(bad)
		}
		dues, err := rule.Evaluate(shape, ctx.At, ctx, []rule.Subject{{Ref: rule.Ref{Kind: rule.Person, ID: 1}}})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, d := range dues {
			switch d.Reward.Kind {
			case rule.Cash:
				got = d.Amount.String()
			case rule.Points:
				got = d.Reward.Amount.String() + " points"
			default:
				got = string(d.Reward.Kind)
			}
		}
		if got != c.want {
			t.Errorf("%s of %v: %s, want %s", c.csat, c.reward.Kind, got, c.want)
		}
	}
}

func TestScoreSaysWhatItMeans(t *testing.T) {
	curve := `,"curve":[{"at":"80%","pays":"50%"},{"at":"100%","pays":"100%"}],"curve_mode":"lines","below":"nothing"`
	shape, ctx := decode(t, "score", `{`+twoParts+curve+`}`), scored("sales=120000 csat=0.76")
	want := i18n.T("每季综合得分：销售额（目标 ¥100,000）达成率（最高 150 %）占 60 %，满意度（目标 95 %）达成率（50 % 至 120 %）占 40 %；没有数值的项按 0 计。得分 80 % 得 ¥5,000，100 % 得 ¥10,000，两点之间按直线计算，低于 80 % 不发。",
		"The score of a quarter is made of 60% sales against ¥100,000 (up to 150%) and 40% customer rating against 95% (from 50% to 120%); a part without a value counts 0. A score of 80% earns ¥5,000 and 100% earns ¥10,000, on straight lines in between; below 80% nothing is earned.")
	if got := shape.Sentence(ctx); got != want {
		t.Errorf("got\n%s\n%s", got.ZH, got.EN)
	}
	s := rule.Subject{Ref: rule.Ref{Kind: rule.Person, ID: 1}}
	dues, err := rule.Evaluate(shape, ctx.At, ctx, []rule.Subject{s})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range dues[0].Steps {
		got = append(got, s.Label.ZH+"："+s.Formula+" → "+s.Result)
	}
	if strings.Join(got, "|") != "销售额：¥120,000.00 ÷ ¥100,000.00 = 120 % × 60 % → 72 %|满意度：76 % ÷ 95 % = 80 % × 40 % → 32 %|综合得分：72 % + 32 % → 104 %|发放曲线：104 % ≥ 100 % → ¥10,000 → ¥10,000.00|奖金：¥10,000.00 → ¥10,000.00" {
		t.Errorf("arithmetic %s", strings.Join(got, "|"))
	}
	p := shape.Next(scored("sales=100000 csat=0.76"), s, nil)
	if got := fmt.Sprintf("%s/%s %s %d %t %s | %s", p.Value, p.Target, p.Remaining, p.Ratio, p.Done, p.Sentence.ZH, p.Sentence.EN); got != "92 %/100 % 8 920 false 得分再提高 8 个百分点 → ¥10,000 | 8 percentage points more of score → ¥10,000" {
		t.Errorf("next %s", got)
	}
	if !rule.CanFallBack(shape, deals.Measure) {
		t.Error("a score may fall, so awards wait for the period's end")
	}
	if got := rule.ReadsOf(shape).Metrics; strings.Join(got, " ") != "sales csat" {
		t.Errorf("reads %v", got)
	}
}

func TestScoreRefuses(t *testing.T) {
	card := func(rest string) string { return `{"parts":[{"metric":"csat","weight":1}]` + rest + `}` }
	for params, want := range map[string]string{
		`{}`:           "parts param_missing",
		`{"parts":[]}`: "parts list_empty",
		`{"parts":[{"metric":"csat","weight":"60%"},{"metric":"sales","weight":"30%"}]}`:       "parts weights_not_whole",
		`{"parts":[{"metric":"csat","weight":"60%"},{"metric":"csat","weight":"40%"}]}`:        "parts[1].metric part_twice",
		`{"parts":[{"metric":"csat","weight":"120%"},{"weight":"-20%"}]}`:                      "parts[1].weight weight_not_positive",
		`{"parts":[{"metric":"csat","weight":1,"floor":"120%","ceiling":"110%"}]}`:             "parts[0].ceiling ceiling_below_floor",
		`{"parts":[{"metric":"csat","weight":1,"direction":"down","ceiling":"1"}]}`:            "parts[0].target target_missing",
		`{"parts":[{"metric":"csat","weight":1,"direction":"down","target":"3"}]}`:             "parts[0].ceiling ceiling_missing",
		`{"parts":[{"metric":"csat","weight":1,"target":"0"}]}`:                                "parts[0].target target_not_positive",
		`{"parts":[{"metric":"csat","weight":1,"target":"planned"}]}`:                          "parts[0].target not_a_number",
		card(`,"curve":[{"at":"80%","pays":"50%"},{"at":"0.8","pays":"60%"}]`):                 "curve[1].at curve_not_rising",
		card(`,"curve":[{"at":"80%","pays":"-5%"}]`):                                           "curve[0].pays pays_negative",
		card(`,"curve":[{"at":"80%","pays":"50"}]`):                                            "curve[0].pays pays_unclear, reward.amount reward_amount_computed",
		card(`,"curve":[{"at":"80%"}]`):                                                        "curve[0].pays param_missing",
		card(`,"curve_mode":"lines"`):                                                          "curve_mode param_unused",
		card(`,"curve":[{"at":"80%","pays":"50%"},{"at":"100%","pays":0}],"missing":"spread"`): "",
	} {
		if got := strings.Join(codes(t, "score", params, scored("")), ", "); got != want {
			t.Errorf("%s: %s", params, got)
		}
	}
	badge := with(scored(""), func(c *rule.Context) { c.Reward = winRate.Reward })
	if got := strings.Join(codes(t, "score", card(`,"curve":[{"at":"80%","pays":"50%"}]`), badge), ", "); got != "curve[0].pays share_of_thing" {
		t.Errorf("half a badge: %s", got)
	}
}
