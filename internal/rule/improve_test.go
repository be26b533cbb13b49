package rule_test

import (
	"fmt"
	"strings"
	"testing"

	"laurel/internal/i18n"
	"laurel/internal/rule"
)

// improving is a win rate judged in the third quarter of 2026, with opportunities closed beside it.
func improving(values map[string]string) rule.Context {
	c := with(winRate, func(c *rule.Context) { c.Reward, c.Metrics = cash500, handledMetric })
	return inWorld(c, facts(values), inQuarter(3))
}

func TestImprovePays(t *testing.T) {
	rates := func(q2, q3 string) map[string]string {
		return map[string]string{"/1/2026-Q2": q2, "/1/2026-Q3": q3, "/1/2025-Q3": "1/2", "/1/2026-Q1": "1/4", "closed/1/2026-Q2": "1", "closed/1/2026-Q3": "5"}
	}
	cases := []struct {
		name, params, before, now string
		want                      string // slots with amounts
		why                       string
	}{
		{"exactly a tenth more", `{"by":"10%"}`, "20/40", "22/40", "improve:50000", ""},
		{"a tenth as a fraction", `{"by":0.1}`, "20/40", "22/40", "improve:50000", ""},
		{"a hair less than a tenth more", `{"by":"10%"}`, "1/3", "366666/1000000", "", "还差 0.01 个百分点，达到 36.67 % 才有奖励"},
		{"three quarters and less than a third more", `{"by":"33.3333333333%"}`, "3/4", "1", "improve:50000", ""},
		{"three quarters and more than a third more", `{"by":"33.3333333334%"}`, "3/4", "1", "", "还差 0.01 个百分点，达到 100 % 才有奖励"},
		{"on the line is not above", `{"by":"10%","compare":"above"}`, "20/40", "22/40", "", "须超过 55 % 才有奖励"},
		{"points of a ratio are percentage points", `{"points":"5%"}`, "20/40", "22/40", "improve:50000", ""},
		{"points from nothing", `{"points":"5%"}`, "0", "1/20", "improve:50000", ""},
		{"there is no share of nothing", `{"by":"10%"}`, "0", "1", "", "对照值（上一季）不大于 0，无法按比例比较"},
		{"no value before", `{"by":"10%"}`, "", "1", "", "没有可以对照的数值（上一季）"},
		{"lower is better", `{"by":"10%","direction":"down"}`, "20/40", "18/40", "improve:50000", ""},
		{"not low enough", `{"by":"10%","direction":"down"}`, "20/40", "19/40", "", "还须降低 2.5 个百分点，到 45 % 才有奖励"},
		{"lower by points", `{"points":"0.05","direction":"down"}`, "20/40", "18/40", "improve:50000", ""},
		{"the same quarter of last year", `{"by":"20%","against":"last_year"}`, "0.9", "0.6", "improve:50000", ""},
		{"the mean of two", `{"by":"20%","against":"mean","periods":"2"}`, "1/2", "9/20", "improve:50000", ""},
		{"just below the mean of two", `{"by":"20%","against":"mean","periods":2}`, "1/2", "449/1000", "", "还差 0.1 个百分点，达到 45 % 才有奖励"},
		{"a mean needs every period", `{"by":"20%","against":"mean","periods":4}`, "1/2", "1", "", "没有可以对照的数值（前 4 期的平均）"},
		{"a fixed baseline", `{"by":"10%","against":"fixed","baseline":"60%"}`, "", "0.66", "improve:50000", ""},
		{"enough closed in both", `{"by":"10%","minimum":{"metric":"closed","at_least":1}}`, "20/40", "22/40", "improve:50000", ""},
		{"too few closed before", `{"by":"10%","minimum":{"metric":"closed","at_least":"2"}}`, "20/40", "22/40", "", "2026 年第 2 季度结单数只有 1 个，须不少于 2 个才比较"},
		{"too few closed now", `{"by":"10%","minimum":{"metric":"closed","at_least":"6"}}`, "20/40", "22/40", "", "本期结单数只有 5 个，须不少于 6 个才比较"},
		{"the highest step", `{"steps":[{"by":"10%"},{"by":"20%","reward":{"kind":"cash","amount":"800"}},{"by":"30%"}]}`, "1/2", "0.62", "improve:80000", ""},
		{"all steps", `{"pay":"all","steps":[{"points":"1%"},{"points":"2%","reward":{"kind":"cash","amount":"800"}},{"points":"30%"}]}`, "1/2", "0.62", "1:50000 2:80000", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			values := rates(c.before, c.now)
			if c.before == "" {
				delete(values, "/1/2026-Q2")
			}
			ctx, shape := improving(values), decode(t, "improve", c.params)
			if bad := shape.Validate(ctx); len(bad) > 0 {
				t.Fatal(bad)
			}
			s, err := ctx.World.Subject("", rule.Ref{Kind: rule.Person, ID: 1}, ctx.At)
			if err != nil {
				t.Fatal(err)
			}
			dues, err := rule.Evaluate(shape, ctx.At, ctx, []rule.Subject{s})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range dues {
				got = append(got, fmt.Sprintf("%s:%d", d.Slot, d.Amount.Minor))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
			if why := shape.WhyNot(ctx, s, nil).ZH; why != c.why {
				t.Errorf("why not: %s", why)
			}
		})
	}
}

// A mean of many ratios has a denominator that fits nowhere; it is compared exactly all the same.
func TestImproveMeansOfManyRatios(t *testing.T) {
	values := map[string]string{}
	for i, prime := range []int{101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157} {
		values["/1/"+calendarOfTests.Back(inQuarter(3), i+1).Label] = fmt.Sprintf("%d/%d", prime-1, prime)
	}
	ctx := improving(values)
	one := valued(1, "1")
	if got := len(evaluate(t, decode(t, "improve", `{"points":0,"compare":"above","against":"mean","periods":12}`), ctx, one)); got != 0 {
		t.Errorf("judged in another quarter, where nothing lies before: %d", got)
	}
	dues, err := rule.Evaluate(decode(t, "improve", `{"points":"0.7%","against":"mean","periods":12}`), ctx.At, ctx, []rule.Subject{one})
	if err != nil || len(dues) != 1 {
		t.Errorf("%v, %v", dues, err)
	}
}

func TestImproveTellsWhatIsNextAndMeans(t *testing.T) {
	shape := decode(t, "improve", `{"steps":[{"by":"10%"},{"by":"20%","reward":{"kind":"cash","amount":"800"}}],"minimum":{"metric":"closed"}}`)
	ctx := improving(map[string]string{"/1/2026-Q2": "1/2", "closed/1/2026-Q2": "4", "closed/1/2026-Q3": "4"})
	for now, want := range map[string]string{
		"0.52": "52 %/55 % 3 % 945 再有 3 个百分点 → ¥500 | 3 more percentage points → ¥500",
		"0.55": "55 %/60 % 5 % 916 再有 5 个百分点 → ¥800 | 5 more percentage points → ¥800",
		"0.7":  "70 %/60 %  1000 保持到季末 → ¥800 | if it stays so until the end of the quarter → ¥800",
	} {
		p := shape.Next(ctx, valued(1, now), nil)
		if got := fmt.Sprintf("%s/%s %s %d %s | %s", p.Value, p.Target, p.Remaining, p.Ratio, p.Sentence.ZH, p.Sentence.EN); got != want {
			t.Errorf("%s: got %s", now, got)
		}
	}
	want := i18n.T("季度赢单率比上一季提升至少 10 % 奖励 ¥500，提升至少 20 % 奖励 ¥800；只发达到的最高一级；参与比较的每一期结单数都须不少于 1 个。",
		"Win rate in a quarter that is at least 10% higher than in the previous quarter earns ¥500 and at least 20% earns ¥800; only the highest step reached is paid; every period that is compared needs at least 1 of the opportunities closed.")
	if got := shape.Sentence(ctx); got != want {
		t.Errorf("got %s\n%s", got.ZH, got.EN)
	}
	var got []string
	dues, err := rule.Evaluate(shape, ctx.At, ctx, []rule.Subject{valued(1, "0.62")})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range dues[0].Steps {
		got = append(got, s.Label.ZH+"："+s.Formula+" → "+s.Result)
	}
	if strings.Join(got, "|") != "本期赢单率：62 % → 62 %|对照：上一季：50 % → 50 %|提升：(62 % − 50 %) ÷ 50 % → 24 %|达到幅度：24 % ≥ 20 % → ✓|奖金：¥800.00 → ¥800.00" {
		t.Errorf("arithmetic %v", got)
	}
	if !rule.CanFallBack(decode(t, "improve", `{"points":3}`), deals.Measure) {
		t.Error("awards wait for the period's end")
	}
}

func TestImproveReads(t *testing.T) {
	for params, want := range map[string]rule.Back{
		`{"by":"5%"}`: {Periods: 1}, `{"by":"5%","against":"last_year"}`: {Year: true},
		`{"by":"5%","against":"mean","periods":6}`: {Periods: 6}, `{"by":"5%","against":"fixed","baseline":3}`: {},
	} {
		if got := rule.ReadsOf(decode(t, "improve", params)).Back; got != want {
			t.Errorf("%s reads %+v", params, got)
		}
	}
}

func TestImproveRefuses(t *testing.T) {
	for params, want := range map[string]string{
		`{}`:                                                  "by param_missing",
		`{"by":"5%","points":3}`:                              "points margin_twice",
		`{"by":"10"}`:                                         "by margin_too_large",
		`{"by":"-1%"}`:                                        "by margin_negative",
		`{"by":"110%","direction":"down"}`:                    "by margin_too_large",
		`{"by":"5%","against":"mean"}`:                        "periods param_missing",
		`{"by":"5%","periods":3}`:                             "periods param_unused",
		`{"by":"5%","against":"mean","periods":0}`:            "periods periods_out_of_range",
		`{"by":"5%","against":"fixed"}`:                       "baseline param_missing",
		`{"by":"5%","baseline":3}`:                            "baseline param_unused",
		`{"by":"5%","against":"fixed","baseline":0}`:          "baseline baseline_not_positive",
		`{"by":"5%","minimum":{"at_least":0}}`:                "minimum.at_least at_least_not_positive",
		`{"by":"5%","minimum":{"atleast":1}}`:                 "minimum.atleast unknown_param",
		`{"by":"5%","steps":[{"by":"6%"}]}`:                   "steps margin_twice",
		`{"steps":[]}`:                                        "steps list_empty",
		`{"steps":[{"by":"6%"},{"by":"6%"}]}`:                 "steps[1].by steps_not_rising",
		`{"steps":[{"by":"6%"},{"points":"7"}]}`:              "steps[1].by steps_mixed",
		`{"steps":[{"reward":{"kind":"points","amount":1}}]}`: "steps[0].by param_missing",
		`{"against":"yesterday","by":1}`:                      "against unknown_choice",
	} {
		if got := strings.Join(codes(t, "improve", params, winRate), ", "); got != want {
			t.Errorf("%s: %s", params, got)
		}
	}
}
