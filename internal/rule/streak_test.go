package rule_test

import (
	"fmt"
	"strings"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/rule"
)

// judgedOn judges a streak in every quarter from the first of 2025 on; values are one a quarter, "-" for none. It
// returns the quarters that pay.
func judgedOn(t *testing.T, params string, values string, more map[string]string) (paid string, last rule.Context, subject rule.Subject) {
	t.Helper()
	shape := decode(t, "streak", params)
	all := map[string]string{}
	p := calendarOfTests.PeriodOf(calendar.Quarter, calendar.DayOf(2025, 1, 1))
	periods := []calendar.Period{}
	for v := range strings.FieldsSeq(values) {
		if v != "-" {
			all["/1/"+p.Label] = v
		}
		periods = append(periods, p)
		p = calendarOfTests.Next(p)
	}
	for k, v := range more {
		all[k] = v
	}
	w := facts(all)
	w.start = calendar.DayOf(2025, 1, 1)
	var out []string
	for _, p := range periods {
		last = inWorld(deals, w, p)
		last.Metrics = handledMetric
		if bad := shape.Validate(last); len(bad) > 0 {
			t.Fatal(bad)
		}
		subject, _ = w.Subject("", rule.Ref{Kind: rule.Person, ID: 1}, p)
		dues, err := rule.Evaluate(shape, p, last, []rule.Subject{subject})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range dues {
			if d.Slot != "streak" || d.Amount.Minor != 50000 {
				t.Errorf("due %+v", d)
			}
			out = append(out, p.Label[2:])
		}
	}
	return strings.Join(out, " "), last, subject
}

const tenEach = `"rule":{"shape":"reach","params":{"steps":[{"at":"10"}]}}`

func TestStreakPays(t *testing.T) {
	cases := []struct{ name, params, values, want string }{
		{"three running, then again", `{"times":3,` + tenEach + `}`, "10 11 12 13 14 15 16", "25-Q3 26-Q2"},
		{"every further one", `{"times":3,"then":"every",` + tenEach + `}`, "10 11 12 13 9 15 16 17", "25-Q3 25-Q4 26-Q4"},
		{"only once", `{"times":2,"then":"once",` + tenEach + `}`, "10 11 12 13 9 15 16", "25-Q2"},
		{"once, after a break before it", `{"times":2,"then":"once",` + tenEach + `}`, "10 9 10 10 10 10", "25-Q4"},
		{"a miss breaks it", `{"times":"3",` + tenEach + `}`, "10 10 9 10 10 10", "26-Q2"},
		{"no value breaks it", `{"times":2,` + tenEach + `}`, "10 - 10 10", "25-Q4"},
		{"leave is passed over", `{"times":3,"skip":{"metric":"lost"},` + tenEach + `}`, "10 - 10 10", "25-Q4"},
		{"leave for a part is not", `{"times":3,"skip":{"metric":"closed","at_least":"60"},` + tenEach + `}`, "10 - 10 10 10", "26-Q1"},
		{"met on leave counts", `{"times":2,"skip":{"metric":"lost"},` + tenEach + `}`, "10 20", "25-Q2"},
	}
	away := map[string]string{"lost/1/2025-Q2": "91", "closed/1/2025-Q2": "59"}
	for _, c := range cases {
		if got, _, _ := judgedOn(t, c.params, c.values, away); got != c.want {
			t.Errorf("%s: paid %q, want %q", c.name, got, c.want)
		}
	}
}

// A streak begins with the version: what was met before does not count.
func TestStreakBeginsWithItsVersion(t *testing.T) {
	shape := decode(t, "streak", `{"times":2,`+tenEach+`}`)
	w := facts(map[string]string{"/1/2025-Q4": "10", "/1/2026-Q1": "10", "/1/2026-Q2": "10"})
	w.start = calendar.DayOf(2026, 1, 1)
	for n, want := range map[int]int{1: 0, 2: 1} {
		dues, err := rule.Evaluate(shape, inQuarter(n), inWorld(deals, w, inQuarter(n)), []rule.Subject{valued(1, "10")})
		if err != nil || len(dues) != want {
			t.Errorf("quarter %d: %v %v", n, dues, err)
		}
	}
}

// The award belongs to the last period, at the moment when that one's line was crossed.
func TestStreakIsEarnedWhenItsLastPeriodIsMet(t *testing.T) {
	shape := decode(t, "streak", `{"times":2,`+tenEach+`}`)
	w := facts(map[string]string{"/1/2025-Q4": "10"})
	dues, err := rule.Evaluate(shape, inQuarter(1), inWorld(deals, w, inQuarter(1)), []rule.Subject{pointed(1, 0, 4, 5, 6, 7)})
	if err != nil || len(dues) != 1 || dues[0].Moment != 3 {
		t.Errorf("due %+v %v", dues, err)
	}
	if rule.CanFallBack(shape, deals.Measure) {
		t.Error("a line that is reached stays so: the streak is granted at once")
	}
	if !rule.CanFallBack(decode(t, "streak", `{"times":2,"rule":{"shape":"clean","params":{"bad":"lost"}}}`), deals.Measure) {
		t.Error("a period that may still be spoilt may end the streak")
	}
}

// remembering is a world that keeps counts, and tells how often it was asked.
type remembering struct {
	*fakeWorld
	kept  map[any]any
	asked int
}

func (w *remembering) Recall(key any) (any, bool) { v, ok := w.kept[key]; return v, ok }
func (w *remembering) Remember(key, value any)    { w.kept[key] = value }
func (w *remembering) Subject(metric string, ref rule.Ref, p calendar.Period) (rule.Subject, error) {
	w.asked++
	return w.fakeWorld.Subject(metric, ref, p)
}

// Judging a long history looks at every period once.
func TestStreakIsLinear(t *testing.T) {
	shape := decode(t, "streak", `{"times":3,"then":"every",`+tenEach+`}`)
	values := map[string]string{}
	p := calendarOfTests.PeriodOf(calendar.Quarter, calendar.DayOf(1976, 1, 1))
	w := &remembering{fakeWorld: facts(values), kept: map[any]any{}}
	w.start = p.From
	paid := 0
	for range 200 {
		w.values["/1/"+p.Label] = valued(1, "10")
		ctx := inWorld(deals, w, p)
		ctx.Bare = true
		dues, err := rule.Evaluate(shape, p, ctx, []rule.Subject{valued(1, "10")})
		if err != nil {
			t.Fatal(err)
		}
		paid += len(dues)
		p = calendarOfTests.Next(p)
	}
	if paid != 198 || w.asked > 200 {
		t.Errorf("200 periods paid %d times and asked %d times for an earlier value", paid, w.asked)
	}
}

func TestStreakSaysWhatItMeans(t *testing.T) {
	for _, c := range []struct {
		params string
		want   i18n.Text
	}{
		{`{"times":3,` + tenEach + `}`, i18n.T("连续 3 个季度满足“季度新签客户达到 10 个”，奖励 ¥500；之后重新计数。", "3 quarters in a row of “reaching 10 newly signed customers in a quarter” earn ¥500; then the count starts again.")},
		{`{"times":2,"then":"once","rule":{"shape":"clean","params":{"bad":"lost","at_least":5}},"skip":{"metric":"closed","at_least":60}}`,
			i18n.T("连续 2 个季度满足“每季输单数为 0，且新签客户不少于 5 个”，奖励 ¥500；只奖励一次；结单数不少于 60 个的周期跳过，不算也不中断。",
				"2 quarters in a row of “a quarter with no opportunities lost and at least 5 newly signed customers” earn ¥500; it is earned only once; a period with opportunities closed of at least 60 opportunities is passed over.")},
		{`{"times":2,"rule":{"shape":"improve","params":{"by":"10%"}}}`, i18n.T("连续 2 个季度满足“季度新签客户比上一季提升至少 10 %”，奖励 ¥500；之后重新计数。",
			"2 quarters in a row of “newly signed customers in a quarter that is at least 10% higher than in the previous quarter” earn ¥500; then the count starts again.")},
	} {
		ctx := with(deals, func(c *rule.Context) { c.Metrics = handledMetric })
		if got := decode(t, "streak", c.params).Sentence(ctx); got != c.want {
			t.Errorf("got\n%s\n%s", got.ZH, got.EN)
		}
	}
	_, ctx, s := judgedOn(t, `{"times":3,`+tenEach+`}`, "10 10 4", nil)
	shape := decode(t, "streak", `{"times":3,`+tenEach+`}`)
	p := shape.Next(ctx, s, nil)
	if got := fmt.Sprintf("%s/%s %s %d %s | %s", p.Value, p.Target, p.Remaining, p.Ratio, p.Sentence.ZH, p.Sentence.EN); got != "2/3 1 666 已连续 2 个季度，再连续 1 个季度 → ¥500；本期：再有 6 个 | 2 quarters in a row, 1 quarter more → ¥500; this period: 6 more customers" {
		t.Errorf("next %s", got)
	}
	if why := shape.WhyNot(ctx, s, nil); why.ZH != "本期未达标：还差 6 个，达到 10 个才有奖励" {
		t.Errorf("why not %s | %s", why.ZH, why.EN)
	}
	_, ctx, s = judgedOn(t, `{"times":3,`+tenEach+`}`, "10 10 10", nil)
	var got []string
	for _, s := range evaluateIn(t, shape, ctx, s)[0].Steps {
		got = append(got, s.Label.ZH+"："+s.Formula+" → "+s.Result)
	}
	if strings.Join(got, "|") != "本期新签客户：10 → 10|达到目标：10 ≥ 10 → ✓|连续达标：2025-Q1 ✓ · 2025-Q2 ✓ · 2025-Q3 ✓ → 3|奖金：¥500.00 → ¥500.00" {
		t.Errorf("arithmetic %s", strings.Join(got, "|"))
	}
}

func evaluateIn(t *testing.T, shape rule.Shape, c rule.Context, s rule.Subject) []rule.Due {
	t.Helper()
	dues, err := rule.Evaluate(shape, c.At, c, []rule.Subject{s})
	if err != nil || len(dues) == 0 {
		t.Fatal(dues, err)
	}
	return dues
}

func TestStreakRefuses(t *testing.T) {
	for params, want := range map[string]string{
		`{}`:                          "times param_missing, rule param_missing",
		`{"times":1,` + tenEach + `}`: "times times_out_of_range",
		`{"times":3,"rule":{"shape":"rank","params":{"places":1}}}`:                         "rule.shape streak_needs_one",
		`{"times":3,"rule":{"shape":"streak","params":{"times":2}}}`:                        "rule.shape streak_of_streak",
		`{"times":3,"rule":{"shape":"nothing"}}`:                                            "rule.shape unknown_shape",
		`{"times":3,"rule":{"shape":"reach","params":{"steps":[{"at":"x"}]}}}`:              "rule.params.steps[0].at not_a_number",
		`{"times":3,"rule":{"shape":"reach","params":{"steps":[{"at":"-1"}]}}}`:             "rule.params.steps[0].at step_without_effort",
		`{"times":3,"rule":{"shape":"every","params":{"size":1,"remainder":"carry"}}}`:      "rule.params.remainder streak_of_carry",
		`{"times":3,"skip":{"metric":"lost","at_least":0},` + tenEach + `}`:                 "skip.at_least at_least_not_positive",
		`{"times":3,"rule":{"shape":"rate","params":{"tiers":[{"per_unit":1}]}}}`:           "",
		`{"times":3,"rule":{"shape":"score","params":{"parts":[{"weight":1,"target":5}]}}}`: "",
	} {
		if got := strings.Join(codes(t, "streak", params, deals), ", "); got != want {
			t.Errorf("%s: %s", params, got)
		}
	}
}
