package rule_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/rule"
)

var ballots = with(deals, func(c *rule.Context) {
	c.Metric, c.Measure.Unit = i18n.T("选票", "Votes"), i18n.T("票", "votes")
	c.Metrics = map[string]rule.Named{"named": {Name: i18n.T("提名", "Nominations"), Measure: rule.Measure{Unit: i18n.T("次", "times"), Additive: true}}}
})

// poll makes an election in the first quarter of 2026 of ballots "voter>nominee", in the order of time. Persons 8 and 9 are “ann” and “bob”.
func poll(cast string, nominees int64) (rule.Context, []rule.Subject) {
	points := map[int64][]rule.Point{}
	for i, b := range strings.Fields(cast) {
		voter, nominee, _ := strings.Cut(b, ">")
		id, err := strconv.ParseInt(nominee, 10, 64)
		if err != nil {
			panic(err)
		}
		points[id] = append(points[id], rule.Point{Moment: int64(i + 1), Key: "b", RecordID: int64(i), PersonID: id, Value: 1, Label: voter})
	}
	w := facts(map[string]string{"named/1/2026-Q1": "1", "named/2/2026-Q1": "2", "named/3/2026-Q1": "0"})
	w.names["person:ann"], w.names["person:bob"] = rule.Ref{Kind: rule.Person, ID: 8}, rule.Ref{Kind: rule.Person, ID: 9}
	var all []rule.Subject
	for id := int64(1); id <= nominees; id++ {
		all = append(all, ofPoints(id, 0, points[id]))
	}
	return inWorld(ballots, w, inQuarter(1)), all
}

func TestNominatePays(t *testing.T) {
	cases := []struct{ name, params, cast, want string }{
		{"most votes", `{}`, "4>1 5>1 6>2", "1:50000"},
		{"a tie: all win", `{}`, "4>1 5>2", "1:50000 2:50000"},
		{"not for oneself", `{}`, "1>1 5>2", "2:50000"},
		{"one vote each, the latest counts", `{}`, "4>1 5>1 4>2 6>2", "2:50000"},
		{"or the first", `{"counts":"first"}`, "4>1 5>1 4>2 6>2", "1:50000"},
		{"a later vote for oneself is none", `{}`, "1>2 1>1", "2:50000"},
		{"nobody knows who voted", `{}`, "x>1 >1 5>2", "2:50000"},
		{"a vote for somebody outside the audience is none", `{}`, "5>2 5>7", "2:50000"},
		{"below the quorum nobody wins", `{"quorum":3}`, "4>1 5>1 4>1", ""},
		{"at the quorum", `{"quorum":"3"}`, "4>1 5>1 6>2", "1:50000"},
		{"jury votes weigh more", `{"jury":["ann"],"jury_weight":2}`, "4>1 8>2", "2:50000"},
		{"half a vote more decides", `{"jury":["ann"],"jury_weight":"1.5"}`, "4>1 8>2 5>1", "1:50000"},
		{"ties by jury", `{"jury":["ann","bob"],"jury_weight":2}`, "4>1 5>1 8>2", "2:50000"},
		{"then all", `{"jury":["ann","bob"]}`, "8>1 9>2", "1:50000 2:50000"},
		{"the jury alone", `{"jury":["ann"],"voters":"jury"}`, "4>1 5>1 8>2", "2:50000"},
		{"only the nominated", `{"nominations":"named"}`, "4>3 5>3 6>2", "2:50000"},
		{"places and prizes; those who tie over the last place all win", `{"places":2,"prizes":[{"place":1,"reward":{"kind":"cash","amount":"900"}}]}`, "4>1 5>1 6>2 8>3", "1:90000 2:50000 3:50000"},
		{"without a vote nobody wins", `{"places":3}`, "4>1", "1:50000"},
	}
	for _, c := range cases {
		ctx, all := poll(c.cast, 3)
		shape := decode(t, "nominate", c.params)
		if bad := shape.Validate(ctx); len(bad) > 0 {
			t.Fatal(c.name, bad)
		}
		dues, err := rule.Evaluate(shape, ctx.At, ctx, all)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range dues {
			got = append(got, fmt.Sprintf("%d:%d", d.Ref.ID, d.Amount.Minor))
			if d.FromPoint != 0 || d.ToPoint != 0 || d.Moment != 0 {
				t.Errorf("%s: a ballot would be shown, or its moment: %+v", c.name, d)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %v, want %s", c.name, got, c.want)
		}
	}
}

// windowed answers for a part of the period, as day cells do.
type windowed struct {
	*fakeWorld
	asked calendar.Window
	in    rule.Subject
}

func (w *windowed) Subject(metric string, ref rule.Ref, p calendar.Period) (rule.Subject, error) {
	w.asked = p.Window
	return w.in, nil
}

func TestNominateIsOpenForAWindow(t *testing.T) {
	ctx, all := poll("4>1", 1)
	for params, want := range map[string]string{
		`{"opens":-10}`:             "2026-03-22 2026-04-01",
		`{"opens":2,"closes":-2}`:   "2026-01-02 2026-03-31",
		`{"closes":5}`:              "2026-01-01 2026-01-06",
		`{"opens":80,"closes":200}`: "2026-03-21 2026-04-01",
	} {
		w := &windowed{fakeWorld: facts(nil)}
		ctx.World = w
		if _, err := rule.Evaluate(decode(t, "nominate", params), ctx.At, ctx, all); err != nil {
			t.Fatal(err)
		}
		if got := w.asked.From.String() + " " + w.asked.To.String(); got != want {
			t.Errorf("%s: open %s, want %s", params, got, want)
		}
	}
}

func TestNominateSaysWhatItMeans(t *testing.T) {
	ctx, all := poll("4>1 8>2 5>2", 3)
	shape := decode(t, "nominate", `{"quorum":3,"jury":["ann"],"jury_weight":2,"opens":-10}`)
	want := i18n.T("每季同事投票，得票最多的 1 人得 ¥500；每人一票，不能投自己，重复投票算最后一次，投票从倒数第 10 天到最后一天，至少 3 人投票才有效，评委一票算 2 票，票数相同时看评委的票，再相同都得奖。",
		"In each quarter colleagues vote: whoever has the most votes earns ¥500; everybody has one vote, not for oneself, the latest ballot counts, voting is open from the 10th day from the end to the last day of the quarter, it takes at least 3 voters, a juror’s vote counts 2, ties go by the jury’s votes, then all win.")
	if got := shape.Sentence(ctx); got != want {
		t.Errorf("got\n%s\n%s", got.ZH, got.EN)
	}
	shape = decode(t, "nominate", `{"quorum":3,"jury":["ann"],"jury_weight":2}`)
	dues, err := rule.Evaluate(shape, ctx.At, ctx, all)
	if err != nil || len(dues) != 1 {
		t.Fatal(dues, err)
	}
	var got []string
	for _, s := range dues[0].Steps {
		got = append(got, s.Label.ZH+"："+s.Formula+" → "+s.Result)
	}
	if strings.Join(got, "|") != "得票：1 + 1 × 2 → 3|投票人数：3 ≥ 3 → ✓|名次：#1 ≤ 1 → 1|奖金：¥500.00 → ¥500.00" {
		t.Errorf("arithmetic %s", strings.Join(got, "|"))
	}
	for i, want := range []string{"得 1 票，第 2 名；前 1 名才得奖", "", "还没有得票"} {
		if why := shape.WhyNot(ctx, all[i], all); why.ZH != want {
			t.Errorf("%d: why not %s | %s", i+1, why.ZH, why.EN)
		}
	}
	if p := shape.Next(ctx, all[1], all); p.Value != "3" || p.Rank != 1 || p.Of != 2 || p.Sentence.EN != "3 votes so far, place 1 → ¥500" {
		t.Errorf("next %+v", p)
	}
	if !rule.CanFallBack(shape, ballots.Measure) || !rule.Secret(shape.Key()) || rule.Secret("reach") {
		t.Error("a vote stays open until the period ends, and its ballots are secret")
	}
	if names := rule.NamesOf(shape); len(names) != 1 || names[0].Key != "ann" || names[0].Field != "jury[0]" {
		t.Errorf("names %v", names)
	}
}

func TestNominateRefuses(t *testing.T) {
	for params, want := range map[string]string{
		`{"places":0}`:                   "places places_out_of_range",
		`{"quorum":0}`:                   "quorum quorum_out_of_range",
		`{"voters":"jury"}`:              "jury jury_missing",
		`{"jury_weight":2}`:              "jury_weight jury_missing",
		`{"jury":["a","a"]}`:             "jury[1] juror_twice",
		`{"jury":"a"}`:                   "jury wrong_type",
		`{"jury":["a"],"jury_weight":0}`: "jury_weight weight_not_positive",
		`{"opens":0}`:                    "opens day_out_of_range",
		`{"opens":20,"closes":10}`:       "closes window_empty",
		`{"opens":-1,"closes":-10}`:      "closes window_empty",
		`{"prizes":[{"place":2,"reward":{"kind":"cash","amount":"1"}}]}`: "prizes[0].place prize_beyond_places",
		`{"opens":-10,"closes":-1,"jury":["a"],"jury_weight":"2"}`:       "",
	} {
		if got := strings.Join(codes(t, "nominate", params, ballots), ", "); got != want {
			t.Errorf("%s: %s", params, got)
		}
	}
	team := with(ballots, func(c *rule.Context) { c.Subject = rule.Team })
	if got := strings.Join(codes(t, "nominate", `{}`, team), ", "); got != "subject votes_for_persons" {
		t.Errorf("teams: %s", got)
	}
	if got := strings.Join(codes(t, "nominate", `{}`, winRate), ", "); got != "metric metric_not_votes" {
		t.Errorf("a ratio: %s", got)
	}
}
