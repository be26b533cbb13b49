package rule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// ran is a person with points, each written moment:key:value.
func ran(id int64, points ...string) rule.Subject {
	var out []rule.Point
	for i, text := range points {
		p := rule.Point{RecordID: id*100 + int64(i), PersonID: id}
		parts := strings.Split(text, ":")
		if _, err := fmt.Sscan(parts[0]+" "+parts[1]+" "+parts[2], &p.Moment, &p.Key, &p.Value); err != nil {
			panic(err)
		}
		out = append(out, p)
	}
	return ofPoints(id, 0, out)
}

func TestRacePays(t *testing.T) {
	prizes := `,"prizes":[{"place":1,"reward":{"kind":"cash","amount":"900"}}]`
	cases := []struct {
		name, params string
		all          []rule.Subject
		want         string // id:minor@moment[from,to)
	}{
		{"the first to get there", `{"at":3}`, []rule.Subject{ran(1, "1:a:2", "5:b:1"), ran(2, "2:c:1", "4:d:9")}, "2:50000@4[0,2)"},
		{"more than one place", `{"at":3,"places":2}`, []rule.Subject{ran(1, "1:a:2", "5:b:1"), ran(2, "4:d:9"), ran(3, "6:e:3")}, "1:50000@5[0,2) 2:50000@4[0,1)"},
		{"fewer get there than places", `{"at":3,"places":5}`, []rule.Subject{ran(1, "1:a:2"), ran(2, "4:d:9")}, "2:50000@4[0,1)"},
		{"the order of arrival is nothing", `{"at":3}`, []rule.Subject{ran(1, "5:b:1", "1:a:2"), ran(2, "6:d:9")}, "1:50000@5[0,2)"},
		{"at one moment the record's key decides", `{"at":1}`, []rule.Subject{ran(1, "4:b:1"), ran(2, "4:a:1")}, "2:50000@4[0,1)"},
		{"who fell back below the line is not there", `{"at":3}`, []rule.Subject{ran(1, "1:a:3", "9:b:-1"), ran(2, "5:c:3")}, "2:50000@5[0,1)"},
		{"who fell back and returned was there first", `{"at":3}`, []rule.Subject{ran(1, "1:a:3", "7:b:-1", "9:e:1"), ran(2, "5:c:3")}, "1:50000@1[0,1)"},
		{"prizes by place", `{"at":3,"places":2` + prizes + `}`, []rule.Subject{ran(1, "5:b:3"), ran(2, "4:d:9")}, "1:50000@5[0,1) 2:90000@4[0,1)"},
		{"the next moves up to the first one's prize", `{"at":3,"places":2` + prizes + `}`, []rule.Subject{ran(1, "5:b:3"), ran(2, "4:d:2")}, "1:90000@5[0,1)"},
		{"nobody", `{"at":3}`, []rule.Subject{ran(1, "1:a:2")}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			shape := decode(t, "race", c.params)
			if bad := shape.Validate(deals); len(bad) > 0 {
				t.Fatal(bad)
			}
			var got []string
			won := map[rule.Ref]bool{}
			for _, d := range evaluate(t, shape, deals, c.all...) {
				got = append(got, fmt.Sprintf("%d:%d@%d[%d,%d)", d.Ref.ID, d.Amount.Minor, d.Moment, d.FromPoint, d.ToPoint))
				won[d.Ref] = true
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
			for _, s := range rule.Standing(shape, deals, c.all) {
				if s.WhyNot.IsZero() != won[s.Ref] {
					t.Errorf("%d: why not %q", s.Ref.ID, s.WhyNot.ZH)
				}
			}
		})
	}
}

// One record that counts for two brings both there at once: the lower id is first.
func TestRaceOfOneRecordForTwo(t *testing.T) {
	one, two := ran(1, "4:a:1"), ran(2, "4:a:1")
	shared := rule.Point{Moment: 4, Key: "a", RecordID: 7, Value: 1}
	for _, s := range []*rule.Subject{&one, &two} {
		p := shared
		p.PersonID = 10 - s.Ref.ID // whoever it is credited to decides nothing
		s.Points = func() ([]rule.Point, error) { return []rule.Point{p}, nil }
	}
	for _, all := range [][]rule.Subject{{one, two}, {two, one}} {
		if dues := evaluate(t, decode(t, "race", `{"at":1}`), deals, all...); len(dues) != 1 || dues[0].Ref.ID != 1 {
			t.Errorf("due %+v", dues)
		}
	}
}

func TestRaceIsGrantedAtOnce(t *testing.T) {
	if rule.CanFallBack(decode(t, "race", `{"at":1}`), deals.Measure) {
		t.Error("who got there first stays first")
	}
	if !rule.CanFallBack(decode(t, "rank", `{"places":1}`), deals.Measure) {
		t.Error("a rank is open until the period ends")
	}
}

func TestRaceTellsWhatIsNextAndMeans(t *testing.T) {
	shape := decode(t, "race", `{"at":10,"places":2,"prizes":[{"place":1,"reward":{"kind":"cash","amount":"900"}}]}`)
	all := []rule.Subject{ran(1, "1:a:12"), ran(2, "3:b:7"), ran(3, "4:c:11"), ran(4, "5:d:10")}
	var got []string
	for _, s := range all {
		p := shape.Next(deals, s, all)
		got = append(got, fmt.Sprintf("%s/%s %s %d #%d %t %s | %s", p.Value, p.Target, p.Remaining, p.Ratio, p.Rank, p.Done, p.Sentence.ZH, p.Sentence.EN))
	}
	p := shape.Next(deals, all[1], all[:2])
	got = append(got, fmt.Sprintf("%s %d %s | %s", p.Remaining, p.Ratio, p.Sentence.ZH, p.Sentence.EN))
	want := []string{
		"12/10  1000 #1 true 第 1 个到达 → ¥900 | 1st to get there → ¥900",
		"7/10  700 #0 true 2 个名额已满 | all 2 places are taken",
		"11/10  1000 #2 true 第 2 个到达 → ¥500 | 2nd to get there → ¥500",
		"10/10  1000 #3 true 第 3 个到达，只奖励前 2 个 | 3rd to get there; only the first 2 win",
		"3 700 再有 3 个 → ¥500（还剩 1 个名额） | 3 more customers → ¥500 (1 of 2 places left)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for params, want := range map[string]i18n.Text{
		`{"at":20,"places":3}`: i18n.T("每季最先达到新签客户 20 个的 3 人，各得 ¥500。", "The first 3 to reach 20 newly signed customers in a quarter each earn ¥500."),
		`{"at":20}`:            i18n.T("每季最先达到新签客户 20 个的 1 人，得 ¥500。", "The first to reach 20 newly signed customers in a quarter earns ¥500."),
		`{"at":10,"places":2,"prizes":[{"place":1,"reward":{"kind":"cash","amount":"900"}}]}`: i18n.T("每季最先达到新签客户 10 个的 2 人获奖：第 1 名得 ¥900，其余各得 ¥500。", "The first 2 to reach 10 newly signed customers in a quarter: the 1st earns ¥900 and the others each earn ¥500."),
	} {
		if got := decode(t, "race", params).Sentence(deals); got != want {
			t.Errorf("got %s\n%s", got.ZH, got.EN)
		}
	}
	got = nil
	for _, s := range evaluate(t, shape, deals, all...)[0].Steps {
		got = append(got, s.Label.ZH+"："+s.Formula+" → "+s.Result)
	}
	if strings.Join(got, "|") != "本期新签客户：12 → 12|到达终点：12 ≥ 10 → ✓|到达先后：#1 / 3 → 1 ≤ 2|奖金：¥900.00 → ¥900.00" {
		t.Errorf("arithmetic %v", got)
	}
}

func TestRaceRefuses(t *testing.T) {
	for params, want := range map[string]string{
		`{}`:                  "at param_missing",
		`{"at":0}`:            "at step_without_effort",
		`{"at":1,"places":0}`: "places places_out_of_range",
		`{"at":1,"prizes":[{"place":2,"reward":{"kind":"points","amount":1}}]}`: "prizes[0].place prize_beyond_places",
	} {
		if got := strings.Join(codes(t, "race", params, deals), ", "); got != want {
			t.Errorf("%s: %s", params, got)
		}
	}
	if got := codes(t, "race", `{"at":"50%"}`, winRate); len(got) != 1 || got[0] != "metric metric_not_additive" {
		t.Errorf("a ratio: %v", got)
	}
	none := with(deals, func(c *rule.Context) { c.Reward = rule.Reward{Kind: rule.Cash, Amount: money.Decimal{}} })
	if got := codes(t, "race", `{"at":1}`, none); len(got) != 1 || got[0] != "reward.amount reward_amount_missing" {
		t.Errorf("without a reward: %v", got)
	}
}
