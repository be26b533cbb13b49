package rule_test

import (
	"fmt"
	"strings"
	"testing"

	"laurel/internal/problem"
	"laurel/internal/rule"
)

// field makes subjects 1, 2, … of the given values.
func field(values ...string) []rule.Subject {
	var out []rule.Subject
	for i, v := range values {
		s := valued(int64(i+1), v)
		if v == "0.0" { // stands for no value
			s.Has = false
		}
		out = append(out, s)
	}
	return out
}

const podium = `"places":3,"prizes":[{"place":1,"reward":{"kind":"cash","amount":"300"}},{"place":2,"reward":{"kind":"cash","amount":"200"}},{"place":3,"reward":{"kind":"cash","amount":"100.01"}}]`

// Dues written id:minor.
func TestRankPays(t *testing.T) {
	cases := []struct {
		name, params string
		values       []string
		want         string
	}{
		{"the top two", `{"places":2}`, []string{"5", "9", "7"}, "2:50000 3:50000"},
		{"lowest first", `{"places":2,"order":"asc"}`, []string{"5", "9", "7"}, "1:50000 3:50000"},
		{"no value is not ranked, not even as the lowest", `{"places":1,"order":"asc"}`, []string{"5", "0.0", "7"}, "1:50000"},
		{"zero is a value", `{"places":1,"order":"asc"}`, []string{"5", "0", "7"}, "2:50000"},
		{"more places than people", `{"places":9}`, []string{"5", "9"}, "1:50000 2:50000"},
		{"nobody", `{"places":3}`, nil, ""},
		{"a minimum", `{"places":3,"minimum":"7"}`, []string{"5", "9", "7"}, "2:50000 3:50000"},
		{"ties at the last place all win", `{"places":2}`, []string{"7", "9", "7", "7", "6"}, "1:50000 2:50000 3:50000 4:50000"},
		{"ties at the last place all lose", `{"places":2,"ties":"none"}`, []string{"7", "9", "7", "7"}, "2:50000"},
		{"ties that fit win", `{"places":3,"ties":"none"}`, []string{"7", "9", "7", "6"}, "1:50000 2:50000 3:50000"},
		{"a tie for all places leaves nobody", `{"places":1,"ties":"none"}`, []string{"7", "7"}, ""},
		{"everybody ties and fits", `{"places":2,"ties":"none"}`, []string{"7", "7"}, "1:50000 2:50000"},
		{"5 % of 3 is one", `{"percent":"5"}`, []string{"1", "2", "3"}, "3:50000"},
		{"50 % of 3, up", `{"percent":"50"}`, []string{"1", "2", "3"}, "2:50000 3:50000"},
		{"50 % of 3, down", `{"percent":"50%","round":"down"}`, []string{"1", "2", "3"}, "3:50000"},
		{"50 % of 3, nearest", `{"percent":"50","round":"nearest"}`, []string{"1", "2", "3"}, "2:50000 3:50000"},
		{"10 % of 3 rounded down is still one", `{"percent":"10","round":"down"}`, []string{"1", "2", "3"}, "3:50000"},
		{"a percentage counts only those who qualify", `{"percent":"50","minimum":"2"}`, []string{"1", "2", "3"}, "3:50000"},
		{"everybody", `{"percent":"100"}`, []string{"1", "2"}, "1:50000 2:50000"},
		{"prizes by place", `{` + podium + `}`, []string{"5", "9", "7", "6"}, "2:30000 3:20000 4:10001"},
		{"those who tie get their rank's prize", `{` + podium + `}`, []string{"9", "9", "7"}, "1:30000 2:30000 3:10001"},
		{"those who tie share", `{"share":true,` + podium + `}`, []string{"9", "7", "7"}, "1:30000 2:15001 3:15000"},
		{"three at the last place share one prize", `{"share":true,` + podium + `}`, []string{"9", "8", "7", "7", "7"}, "1:30000 2:20000 3:3334 4:3334 5:3333"},
		{"places without a prize get the plan's", `{"places":2,"prizes":[{"place":1,"reward":{"kind":"cash","amount":"900"}}]}`, []string{"9", "8"}, "1:90000 2:50000"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			shape, all := decode(t, "rank", c.params), field(c.values...)
			if problems := shape.Validate(deals); len(problems) > 0 {
				t.Fatal(problems)
			}
			won := map[rule.Ref]bool{}
			var got []string
			for _, d := range evaluate(t, shape, deals, all...) {
				got = append(got, fmt.Sprintf("%d:%d", d.Ref.ID, d.Amount.Minor))
				won[d.Ref] = true
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
			for _, s := range rule.Standing(shape, deals, all) {
				if s.WhyNot.IsZero() != won[s.Ref] || s.Progress.Done != won[s.Ref] {
					t.Errorf("%v: won %t, progress %+v, why not %q", s.Ref, won[s.Ref], s.Progress, s.WhyNot)
				}
			}
		})
	}
}

// Of those who tie for the last place, who first got to the value wins; not who happened to be given first.
func TestRankByTimeOfReaching(t *testing.T) {
	at := func(id int64, points ...rule.Point) rule.Subject { return ofPoints(id, 0, points) }
	cases := []struct {
		name string
		tied []rule.Subject
		want int64
	}{
		{"the earlier moment", []rule.Subject{
			at(1, rule.Point{Moment: 1, Value: 4}, rule.Point{Moment: 9, Value: 1}),
			at(2, rule.Point{Moment: 3, Value: 1}, rule.Point{Moment: 8, Value: 4})}, 2},
		{"a zero afterwards delays nobody", []rule.Subject{
			at(1, rule.Point{Moment: 9, Value: 5}),
			at(2, rule.Point{Moment: 8, Value: 5}, rule.Point{Moment: 10, Value: 0})}, 2},
		{"the same moment: the smaller external id", []rule.Subject{
			at(1, rule.Point{Moment: 5, Key: "b", Value: 5}),
			at(2, rule.Point{Moment: 5, Key: "B", Value: 5})}, 2},
		{"the same id: the smaller record", []rule.Subject{
			at(1, rule.Point{Moment: 5, RecordID: 12, Value: 5}),
			at(2, rule.Point{Moment: 5, RecordID: 11, Value: 5})}, 2},
		{"one record for both: the smaller subject", []rule.Subject{
			at(2, rule.Point{Moment: 5, Value: 5}),
			at(1, rule.Point{Moment: 5, Value: 5})}, 1},
		{"there before it overshot", []rule.Subject{
			at(1, rule.Point{Moment: 4, Value: 5}),
			at(2, rule.Point{Moment: 3, Value: 7}, rule.Point{Moment: 9, Value: -2})}, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dues := evaluate(t, decode(t, "rank", `{"places":1,"ties":"earliest"}`), deals, c.tied...)
			if len(dues) != 1 || dues[0].Ref.ID != c.want {
				t.Errorf("got %+v", dues)
			}
		})
	}
}

func TestRankTellsWhereOneStands(t *testing.T) {
	all := []rule.Subject{valued(1, "90000"), valued(2, "80000"), valued(3, "80000"), valued(4, "38800"), valued(5, "900")}
	shape := decode(t, "rank", `{"places":2,"minimum":"1000"}`)
	c := with(sales, func(c *rule.Context) { c.Reward = cash500 })
	want := []string{
		"#1/4 1000 暂列第 1 名（共 4 名）→ ¥500 | 1st of 4 → ¥500 | ",
		"#2/4 1000 暂列第 2 名（共 4 名）→ ¥500 | 2nd of 4 → ¥500 | ",
		"#2/4 1000 暂列第 2 名（共 4 名）→ ¥500 | 2nd of 4 → ¥500 | ",
		"#4/4 485 第 4 名（共 4 名），前 2 名有奖，差 ¥41,200 追平第 2 名 | 4th of 4; the top 2 win, ¥41,200 behind 2nd | 第 4 名，比第 2 名差 ¥41,200",
		"#0/4 900 再有 ¥100 即可参加排名 | ¥100 more to be ranked | 低于入围线 ¥1,000，还差 ¥100",
	}
	for i, s := range rule.Standing(shape, c, all) {
		p := s.Progress
		if got := fmt.Sprintf("#%d/%d %d %s | %s | %s", p.Rank, p.Of, p.Ratio, p.Sentence.ZH, p.Sentence.EN, s.WhyNot.ZH); got != want[i] {
			t.Errorf("%d: got %s", i+1, got)
		}
		if alone := shape.Next(c, all[i], all); alone != p {
			t.Errorf("%d: alone %+v, among all %+v", i+1, alone, p)
		}
	}
}

func TestRankArithmetic(t *testing.T) {
	dues := evaluate(t, decode(t, "rank", `{"percent":"50","share":true}`), deals, field("9", "7", "7", "5")...)
	var got []string
	for _, s := range dues[2].Steps {
		got = append(got, fmt.Sprintf("%s: %s → %s", s.Label.EN, s.Formula, s.Result))
	}
	want := strings.Join([]string{
		"Newly signed customers in the period: 7 → 7",
		"Ranked: 4 → 4",
		"Places: 4 × 50 % = 2 → 2",
		"Rank: #2 / 4 → 2",
		"Tied: 2 → 2",
		"Share of the prizes: ¥500.00 ÷ 2 → ¥250.00",
		"Reward: ¥250.00 → ¥250.00",
	}, "\n")
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestSubjectGivenTwiceIsAnError(t *testing.T) {
	_, err := rule.Evaluate(decode(t, "rank", `{"places":1}`), quarter, deals, []rule.Subject{valued(1, "1"), valued(1, "2")})
	if err == nil {
		t.Error("one subject was judged twice")
	} else if _, shown := problem.As(err); shown {
		t.Error("a fault of ours is not the user's problem")
	}
}

func TestNobodyWinsWithNothingUnlessTheMinimumSaysSo(t *testing.T) {
	for _, c := range []struct {
		name, params string
		winners      int
	}{
		{"no minimum", `{"places":3}`, 0},
		{"a minimum of 0", `{"places":3,"minimum":"0"}`, 2},
		{"fewest first", `{"places":3,"order":"asc"}`, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			dues := evaluate(t, decode(t, "rank", c.params), deals, pointed(1, 0, 0), pointed(2, 0, 0))
			if len(dues) != c.winners {
				t.Errorf("%d win with nothing, want %d", len(dues), c.winners)
			}
		})
	}
}
