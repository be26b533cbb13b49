package rule_test

import (
	"fmt"
	"strings"
	"testing"

	"laurel/internal/money"
	"laurel/internal/rule"
)

const twoSteps = `"steps":[{"at":"10"},{"at":"20","reward":{"kind":"cash","amount":"1200"}}]`

// Dues written slot:minor@moment[from,to).
func TestReachPays(t *testing.T) {
	cases := []struct {
		name, params string
		values       []int64
		want         string
	}{
		{"not there", `{` + twoSteps + `}`, []int64{4, 5}, ""},
		{"exactly there", `{` + twoSteps + `}`, []int64{4, 6}, "step:50000@2[0,2)"},
		{"exactly there is not above", `{"compare":"above",` + twoSteps + `}`, []int64{4, 6}, ""},
		{"above", `{"compare":"above",` + twoSteps + `}`, []int64{4, 6, 1}, "step:50000@3[0,3)"},
		{"only the highest pays, at its own moment", `{` + twoSteps + `}`, []int64{12, 9, 1}, "step:120000@2[0,2)"},
		{"all pay, each at its own moment", `{"pay":"all",` + twoSteps + `}`, []int64{12, 9, 1}, "1:50000@1[0,1) 2:120000@2[0,2)"},
		{"the first time there counts although it fell back", `{` + twoSteps + `}`, []int64{12, -9, 8}, "step:50000@1[0,1)"},
		{"fell back and stayed there", `{` + twoSteps + `}`, []int64{12, -9}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			shape, s := decode(t, "reach", c.params), pointed(3, 0, c.values...)
			var got []string
			for _, d := range evaluate(t, shape, deals, s) {
				got = append(got, fmt.Sprintf("%s:%d@%d[%d,%d)", d.Slot, d.Amount.Minor, d.Moment, d.FromPoint, d.ToPoint))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
			if why := shape.WhyNot(deals, s, nil); why.IsZero() != (c.want != "") {
				t.Errorf("why not: %q", why)
			}
		})
	}
}

// A ratio is compared exactly: 2/3 is not 66.67 %.
func TestReachComparesRatiosExactly(t *testing.T) {
	twoThirds, err := money.NewFrac(2, 3)
	if err != nil {
		t.Fatal(err)
	}
	s := valued(1, "0")
	s.Value = twoThirds
	for at, want := range map[string]int{"66.66%": 1, "66.67%": 0, "0.666666666666": 1, "0.666666666667": 0} {
		dues := evaluate(t, decode(t, "reach", `{"steps":[{"at":"`+at+`"}]}`), winRate, s)
		if len(dues) != want {
			t.Errorf("2/3 reaches %s: %d", at, len(dues))
		}
		if want == 1 && (dues[0].Moment != 0 || !dues[0].Amount.IsZero()) {
			t.Errorf("a ratio is judged at the period's end, a badge is no cash: %+v", dues[0])
		}
	}
	p := decode(t, "reach", `{"steps":[{"at":"70%"}]}`).Next(winRate, s, nil)
	if got := fmt.Sprintf("%s %s %s %s", p.Value, p.Target, p.Remaining, p.Sentence.ZH); got != "66.67 % 70 % 3.34 % 再有 3.34 个百分点 → “金牌销售”徽章" {
		t.Errorf("got %s", got)
	}
}

func TestReachTellsWhatIsNext(t *testing.T) {
	shape := decode(t, "reach", `{"steps":[{"at":"1000000","reward":{"kind":"cash","amount":"20000"}},{"at":"2000000","reward":{"kind":"cash","amount":"50000"}}]}`)
	cases := []struct{ name, value, want, why string }{
		{"on the way", "612000", "¥612,000/¥1,000,000 612 false 再有 ¥388,000 → ¥20,000 | ¥388,000 more → ¥20,000", "还差 ¥388,000，达到 ¥1,000,000 才有奖励"},
		{"one step up", "1000000", "¥1,000,000/¥2,000,000 500 false 再有 ¥1,000,000 → ¥50,000 | ¥1,000,000 more → ¥50,000", ""},
		{"all the way", "2500000.50", "¥2,500,000.50/¥2,000,000 1000 true 已达到 ¥2,000,000 → ¥50,000 | ¥2,000,000 reached → ¥50,000", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := shape.Next(sales, valued(1, c.value), nil)
			if got := fmt.Sprintf("%s/%s %d %t %s | %s", p.Value, p.Target, p.Ratio, p.Done, p.Sentence.ZH, p.Sentence.EN); got != c.want {
				t.Errorf("got %s", got)
			}
			if why := shape.WhyNot(sales, valued(1, c.value), nil); why.ZH != c.why {
				t.Errorf("why not: %s", why.ZH)
			}
		})
	}
}

func TestReachArithmetic(t *testing.T) {
	d := evaluate(t, decode(t, "reach", `{`+twoSteps+`}`), deals, valued(1, "14"))[0]
	var got []string
	for _, s := range d.Steps {
		got = append(got, s.Label.ZH+"："+s.Formula+" → "+s.Result)
	}
	want := "本期新签客户：14 → 14|达到第 1 级：14 ≥ 10 → ✓|未达到第 2 级：14 ≥ 20 → ✗|奖金：¥500.00 → ¥500.00"
	if strings.Join(got, "|") != want {
		t.Errorf("got %s", strings.Join(got, "|"))
	}
}

func TestAwardsThatMayFallBack(t *testing.T) {
	reach, rank := decode(t, "reach", `{"steps":[{"at":"60%"}]}`), decode(t, "rank", `{"places":3}`)
	if rule.CanFallBack(reach, deals.Measure) || !rule.CanFallBack(reach, winRate.Measure) || !rule.CanFallBack(rank, deals.Measure) {
		t.Error("ranks and ratios fall back, counts do not")
	}
}
