package rule_test

import (
	"fmt"
	"strings"
	"testing"

	"laurel/internal/i18n"
	"laurel/internal/rule"
)

// lost counts what must not happen; what was handled is another metric of the world.
var (
	handledMetric = map[string]rule.Named{
		"closed": {Name: i18n.T("结单数", "Opportunities closed"), Measure: rule.Measure{Unit: i18n.T("个", "opportunities"), Additive: true}},
		"lost":   {Name: i18n.T("输单数", "Opportunities lost"), Measure: rule.Measure{Unit: i18n.T("个", "opportunities"), Additive: true}},
	}
	lost = with(deals, func(c *rule.Context) {
		c.Metric, c.Measure, c.Metrics = i18n.T("输单数", "Opportunities lost"), handledMetric["lost"].Measure, handledMetric
	})
	closed = with(lost, func(c *rule.Context) { c.Metric = i18n.T("结单数", "Opportunities closed") })
)

func TestCleanPays(t *testing.T) {
	cases := []struct {
		name, bad, handled string // "" is no value
		won                bool
		why                string
	}{
		{"nothing bad and just enough", "0", "5", true, ""},
		{"one too few", "0", "4", false, "还差 1 个，达到 5 个才有奖励"},
		{"one bad spoils any number", "1", "500", false, "本期输单数已有 1 个"},
		{"a bad one taken back twice is not none", "-1", "9", false, "本期输单数已有 -1 个"},
		{"nothing done", "0", "0", false, "还差 5 个，达到 5 个才有奖励"},
		{"no value of what is bad", "", "9", false, "本期还没有数值"},
		{"no value of what was handled", "0", "", false, "本期还没有数值"},
	}
	for _, c := range cases {
		for own, other := range map[string]string{"bad": "handled", "handled": "bad"} { // which of the two is the plan's metric
			t.Run(c.name+", the plan counts "+own, func(t *testing.T) {
				figure := map[string]string{"bad": c.bad, "handled": c.handled}
				key := map[string]string{"bad": "lost", "handled": "closed"}[other]
				w, ctx := facts(nil), lost
				if own == "handled" {
					ctx = closed
				}
				if v := figure[other]; v != "" {
					w = facts(map[string]string{key + "/1/2026-Q1": v})
				}
				shape := decode(t, "clean", fmt.Sprintf(`{%q:%q,"at_least":5}`, other, key))
				ctx = inWorld(ctx, w, inQuarter(1))
				s := rule.Subject{Ref: rule.Ref{Kind: rule.Person, ID: 1}}
				if figure[own] != "" {
					s = valued(1, figure[own])
				}
				dues, err := rule.Evaluate(shape, inQuarter(1), ctx, []rule.Subject{s})
				if err != nil {
					t.Fatal(err)
				}
				if (len(dues) == 1) != c.won || c.won && (dues[0].Slot != "clean" || dues[0].Moment != 0 || dues[0].Amount.Minor != 50000) {
					t.Errorf("due %+v", dues)
				}
				if why := shape.WhyNot(ctx, s, nil).ZH; why != c.why {
					t.Errorf("why not: %s", why)
				}
			})
		}
	}
}

func TestCleanTellsWhatIsNext(t *testing.T) {
	shape := decode(t, "clean", `{"bad":"lost","at_least":"5"}`)
	for _, c := range []struct{ closed, lost, want string }{
		{"3", "0", "3/5 2 600 false 再有 2 个 → ¥500 | 2 more opportunities → ¥500"},
		{"6", "0", "6/5  1000 true 到季末仍无差错 → ¥500 | if it stays so until the end of the quarter → ¥500"},
		{"6", "2", "6/5  0 false 本期输单数已有 2 个，下一季重新开始 | Opportunities lost is 2 opportunities instead of 0; it starts anew in the next quarter"},
	} {
		ctx := inWorld(closed, facts(map[string]string{"lost/1/2026-Q1": c.lost}), inQuarter(1))
		p := shape.Next(ctx, valued(1, c.closed), nil)
		if got := fmt.Sprintf("%s/%s %s %d %t %s | %s", p.Value, p.Target, p.Remaining, p.Ratio, p.Done, p.Sentence.ZH, p.Sentence.EN); got != c.want {
			t.Errorf("got %s", got)
		}
	}
	if !rule.CanFallBack(shape, closed.Measure) {
		t.Error("a bad one may still come, so awards wait for the period's end")
	}
	if got := rule.ReadsOf(shape).Metrics; len(got) != 1 || got[0] != "lost" {
		t.Errorf("reads %v", got)
	}
}

func TestCleanSaysWhatItMeans(t *testing.T) {
	want := i18n.T("每季输单数为 0，且结单数不少于 5 个，奖励 ¥500。", "A quarter with no opportunities lost and at least 5 opportunities closed earns ¥500.")
	if got := decode(t, "clean", `{"handled":"closed","at_least":"5"}`).Sentence(lost); got != want {
		t.Errorf("got %s | %s", got.ZH, got.EN)
	}
	if got := decode(t, "clean", `{"bad":"lost","at_least":5}`).Sentence(closed); got != want {
		t.Errorf("got %s | %s", got.ZH, got.EN)
	}
	ctx := inWorld(closed, facts(map[string]string{"lost/1/2026-Q1": "0"}), inQuarter(1))
	var got []string
	for _, s := range evaluate(t, decode(t, "clean", `{"bad":"lost","at_least":5}`), ctx, valued(1, "7"))[0].Steps {
		got = append(got, s.Label.ZH+"："+s.Formula+" → "+s.Result)
	}
	if strings.Join(got, "|") != "输单数：0 = 0 → ✓|结单数：7 ≥ 5 → ✓|奖金：¥500.00 → ¥500.00" {
		t.Errorf("arithmetic %v", got)
	}
}

func TestCleanRefuses(t *testing.T) {
	for params, want := range map[string]string{
		`{}`:                                "handled param_missing",
		`{"handled":"a","bad":"b"}`:         "bad metric_twice",
		`{"handled":"a","at_least":"0"}`:    "at_least at_least_not_positive",
		`{"handled":["a"]}`:                 "handled wrong_type",
		`{"handled":"a","atleast":"3"}`:     "atleast unknown_param",
		`{"handled":"closed","at_least":5}`: "",
	} {
		if got := strings.Join(codes(t, "clean", params, lost), ", "); got != want {
			t.Errorf("%s: %s", params, got)
		}
	}
}
