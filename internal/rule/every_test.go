package rule_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

func TestEveryCounts(t *testing.T) {
	cases := []struct {
		name, params, value string
		before              string
		beforeDue           int64
		want                int
	}{
		{"one short", `{"size":"10"}`, "9", "0", 0, 0},
		{"just there", `{"size":"10"}`, "10", "0", 0, 1},
		{"the remainder lapses", `{"size":"10"}`, "25", "0", 0, 2},
		{"what lapsed stays lapsed", `{"size":"10"}`, "5", "9", 0, 0},
		{"nothing", `{"size":"10"}`, "0", "0", 0, 0},
		{"below zero", `{"size":"10"}`, "-25", "0", 0, 0},
		{"below zero, where a started one counts", `{"size":"10","round":"up"}`, "-1", "0", 0, 0},
		{"a started one counts", `{"size":"10","round":"up"}`, "11", "0", 0, 2},
		{"a full one is not also started", `{"size":"10","round":"up"}`, "10", "0", 0, 1},
		{"the allowance is not exceeded", `{"size":"10","round":"up","free":"20"}`, "20", "0", 0, 0},
		{"just above the allowance", `{"size":"10","round":"up","free":"20"}`, "21", "0", 0, 1},
		{"the allowance comes first", `{"size":"10","free":"5"}`, "14", "0", 0, 0},
		{"sizes with places", `{"size":"2.5"}`, "10", "0", 0, 4},
		{"capped", `{"size":"10","cap":3}`, "99", "0", 0, 3},
		{"carried", `{"size":"10","remainder":"carry"}`, "5", "25", 2, 1},
		{"carried, not yet", `{"size":"10","remainder":"carry"}`, "4", "25", 2, 0},
		{"a bad period is made up for first", `{"size":"10","remainder":"carry"}`, "15", "-10", 2, 0},
		{"carried excess is due without new work", `{"size":"10","cap":2,"remainder":"carry","excess":"carry"}`, "0", "50", 2, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := valued(7, c.value)
			s.Before, s.BeforeDue = money.MustDecimal(c.before).Frac(), c.beforeDue
			shape := decode(t, "every", c.params)
			dues := evaluate(t, shape, deals, s)
			if len(dues) != c.want || total(dues) != int64(c.want)*50_000 {
				t.Errorf("got %d dues of %d, want %d", len(dues), total(dues), c.want)
			}
			if why := shape.WhyNot(deals, s, nil); why.IsZero() != (c.want > 0) {
				t.Errorf("why not: %q", why)
			}
		})
	}
}

func TestEveryHasNoValue(t *testing.T) {
	s := valued(1, "99")
	s.Has = false
	shape := decode(t, "every", `{"size":"10"}`)
	if dues := evaluate(t, shape, deals, s); len(dues) != 0 {
		t.Errorf("no value earned %d rewards", len(dues))
	}
	if p := shape.Next(deals, s, nil); p.Value != "—" || p.Sentence.ZH != "本期还没有数值" {
		t.Errorf("progress %+v", p)
	}
}

// What the earlier periods settled decides what a carry has left.
func TestCarriedOver(t *testing.T) {
	cases := []struct {
		name, params string
		earlier      []int64
		before, due  int64
	}{
		{"remainders add up", `{"size":"10","remainder":"carry"}`, []int64{15, 7}, 22, 2},
		{"excess lapses", `{"size":"10","remainder":"carry","cap":1}`, []int64{35, 0}, 35, 3},
		{"excess is paid later", `{"size":"10","remainder":"carry","cap":1,"excess":"carry"}`, []int64{35, 0}, 35, 2},
		{"a fall settles nothing again", `{"size":"10","remainder":"carry"}`, []int64{20, -15, 12}, 17, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got rule.Carried
			var err error
			for _, v := range c.earlier {
				if got, err = rule.CarryOver(decode(t, "every", c.params), got, money.Whole(v)); err != nil {
					t.Fatal(err)
				}
			}
			if got.Total.Cmp(money.Whole(c.before)) != 0 || got.Settled != c.due {
				t.Errorf("got %s, %d", got.Total, got.Settled)
			}
		})
	}
	if since := rule.CarryOf(decode(t, "every", `{"size":"10","remainder":"carry","since":"year"}`)); since != rule.SinceYear {
		t.Errorf("carried since %q", since)
	}
}

// Moments and ranges of points, written moment[from,to).
func TestEveryFindsTheCrossing(t *testing.T) {
	cases := []struct {
		name, params string
		values       []int64
		want         string
	}{
		{"ones", `{"size":"3"}`, []int64{1, 1, 1, 1, 1, 1, 1}, "3[0,3) 6[3,6)"},
		{"a big one crosses several lines", `{"size":"3"}`, []int64{1, 8}, "2[0,2) 2[1,2) 2[1,2)"},
		{"a part of a point goes to the next reward", `{"size":"3"}`, []int64{2, 2, 2}, "2[0,2) 3[1,3)"},
		{"the first time counts although it fell back", `{"size":"3"}`, []int64{3, -2, 1, 1, 1}, "1[0,1)"},
		{"later rewards need a new height", `{"size":"3"}`, []int64{4, -3, 2, 3}, "1[0,1) 4[0,4)"},
		{"zeros cross nothing", `{"size":"2"}`, []int64{0, 1, 0, 1, 0}, "4[0,4)"},
		{"a started one is due at its first unit", `{"size":"3","round":"up"}`, []int64{1, 1, 1, 1}, "1[0,1) 4[1,4)"},
		{"the allowance is passed first", `{"size":"2","free":"1"}`, []int64{1, 1, 1}, "3[0,3)"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range evaluate(t, decode(t, "every", c.params), deals, pointed(1, 0, c.values...)) {
				got = append(got, fmt.Sprintf("%d[%d,%d)", d.Moment, d.FromPoint, d.ToPoint))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

func TestEveryCarriesTheCrossing(t *testing.T) {
	s := pointed(1, 0, 1, 1, 3)
	s.Before, s.BeforeDue = money.Whole(18), 0
	dues := evaluate(t, decode(t, "every", `{"size":"10","remainder":"carry"}`), deals, s)
	if len(dues) != 2 {
		t.Fatalf("got %d", len(dues))
	}
	if d := dues[0]; d.Moment != 0 || d.FromPoint != 0 || d.ToPoint != 0 {
		t.Errorf("what an earlier period filled is due at the end, by no point of this one: %+v", d)
	}
	if d := dues[1]; d.Moment != 2 || d.FromPoint != 0 || d.ToPoint != 2 {
		t.Errorf("second: %+v", d)
	}
}

// The order in time decides, whatever order the points come in.
func TestPointsInOrderOfTimeThenKeyThenRecord(t *testing.T) {
	points := []rule.Point{
		{Moment: 5, Key: "b", RecordID: 1, Value: 1},
		{Moment: 5, Key: "B", RecordID: 9, Value: 1},
		{Moment: 5, Key: "b", RecordID: 0, Value: 1},
		{Moment: 1, Key: "z", RecordID: 2, Value: 1},
	}
	given := slices.Clone(points)
	var got []int64
	for _, p := range rule.SortPoints(points) {
		got = append(got, p.RecordID)
	}
	if !slices.Equal(got, []int64{2, 9, 0, 1}) {
		t.Errorf("order %v", got)
	}
	if !slices.Equal(points, given) {
		t.Error("the caller's points were moved")
	}
}

func TestEveryRefusesTooMany(t *testing.T) {
	shape := decode(t, "every", `{"size":"0.01"}`)
	if n := len(evaluate(t, shape, deals, valued(1, "100"))); n != rule.MaxDue {
		t.Errorf("got %d", n)
	}
	_, err := rule.Evaluate(shape, quarter, inWorld(deals, facts(nil), quarter), []rule.Subject{valued(1, "100.01")})
	if p, ok := problem.As(err); !ok || p.Code != "too_many_due" || !strings.Contains(p.Message.EN, "give person 1 more than 10,000 rewards") {
		t.Errorf("got %v", err)
	}
}

func TestEveryReportsWhatDoesNotAddUp(t *testing.T) {
	s := pointed(1, 0, 1, 2)
	s.Value = money.Whole(30)
	if _, err := rule.Evaluate(decode(t, "every", `{"size":"10"}`), quarter, deals, []rule.Subject{s}); err == nil {
		t.Error("points of 3 made a value of 30")
	}
}

func TestEveryArithmetic(t *testing.T) {
	s := valued(1, "57")
	s.Before, s.BeforeDue = money.Whole(18), 1
	dues := evaluate(t, decode(t, "every", `{"size":"10","remainder":"carry","cap":3}`), deals, s)
	var got []string
	for _, step := range dues[1].Steps {
		got = append(got, step.Label.EN+": "+step.Formula+" → "+step.Result)
	}
	want := []string{
		"Newly signed customers in the period: 57 → 57",
		"With earlier periods: 18 + 57 → 75",
		"One for every 10 customers: ⌊75 ÷ 10⌋ → 7",
		"Less what earlier periods settled: 7 − 1 → 6",
		"Cap of a period: min(6, 3) → 3",
		"Number 3 falls due when the running total reaches: 3 × 10 → 30",
		"Reward: ¥500.00 → ¥500.00",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestEveryTellsWhatIsNext(t *testing.T) {
	cases := []struct {
		name, params, value string
		want                string
	}{
		{"two to go", `{"size":"10"}`, "8", "8/10 800 再有 2 个 → ¥500 | 2 more customers → ¥500"},
		{"one to go", `{"size":"10"}`, "19", "19/20 950 再有 1 个 → ¥500 | 1 more customer → ¥500"},
		{"on the line of a started one", `{"size":"10","round":"up"}`, "10", "10/10 1000 再有 1 个 → ¥500 | 1 more customer → ¥500"},
		{"capped", `{"size":"10","cap":1}`, "12", "12/ 1000 本期已得 1 次，达到上限 | earned once in this period, which is the cap"},
		{"below zero", `{"size":"10"}`, "-5", "-5/10 0 再有 15 个 → ¥500 | 15 more customers → ¥500"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := decode(t, "every", c.params).Next(deals, valued(1, c.value), nil)
			if got := fmt.Sprintf("%s/%s %d %s | %s", p.Value, p.Target, p.Ratio, p.Sentence.ZH, p.Sentence.EN); got != c.want {
				t.Errorf("got %s", got)
			}
		})
	}
	why := decode(t, "every", `{"size":"10"}`).WhyNot(deals, valued(1, "7"), nil)
	if why.ZH != "还差 3 个，达到 10 个才有奖励" || why.EN != "3 customers short of 10" {
		t.Errorf("why not: %q %q", why.ZH, why.EN)
	}
}

func TestRunningTotalOverflowIsAnError(t *testing.T) {
	s := valued(1, "10")
	s.Points = func() ([]rule.Point, error) { return []rule.Point{{Value: math.MaxInt64}, {Value: 1, Key: "b"}}, nil }
	_, err := rule.Evaluate(decode(t, "every", `{"size":"10"}`), quarter, deals, []rule.Subject{s})
	if !errors.Is(err, money.ErrOverflow) {
		t.Errorf("got %v", err)
	}
}
