package award_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"laurel/internal/award"
	"laurel/internal/money"
)

func share(num, den int64) *money.Frac {
	f, err := money.NewFrac(num, den)
	if err != nil {
		panic(err)
	}
	return &f
}

func TestClawback(t *testing.T) {
	third := share(3, 10)
	cases := []struct {
		name  string
		terms []award.Term
		want  []string // before +incurred -taken =after: award taken/left …
	}{
		{"nothing is owed", []award.Term{{Earned: 1000}}, []string{"0 +0 -0 =0"}},
		{"without a limit all at once, beyond what was earned", []award.Term{{Earned: 300, Debts: []award.Debt{{AwardID: 1, Minor: 500}}}}, []string{"0 +500 -500 =0 1:500/0"}},
		{
			"the balance is carried", []award.Term{{Earned: 1000, Debts: []award.Debt{{AwardID: 1, Minor: 500}}, Limit: third}, {Earned: 1000, Limit: third}},
			[]string{"0 +500 -300 =200 1:300/200", "200 +0 -200 =0 1:200/0"},
		},
		{
			"the oldest first", []award.Term{
				{Earned: 100, Debts: []award.Debt{{AwardID: 1, Minor: 100}, {AwardID: 2, Minor: 50}}, Limit: share(1, 2)},
				{Earned: 200, Debts: []award.Debt{{AwardID: 3, Minor: 10}}, Limit: share(1, 2)},
				{Earned: 100, Limit: share(1, 2)},
			},
			[]string{"0 +150 -50 =100 1:50/50 2:0/50", "100 +10 -100 =10 1:50/0 2:50/0 3:0/10", "10 +0 -10 =0 3:10/0"},
		},
		{"who earns nothing gives nothing back", []award.Term{{Debts: []award.Debt{{AwardID: 1, Minor: 5}}, Limit: third}, {Earned: -100, Limit: third}}, []string{"0 +5 -0 =5 1:0/5", "5 +0 -0 =5 1:0/5"}},
		{"the share is rounded down", []award.Term{{Earned: 99, Debts: []award.Debt{{AwardID: 1, Minor: 99}}, Limit: third}}, []string{"0 +99 -29 =70 1:29/70"}},
		{"a limit of nothing", []award.Term{{Earned: 99, Debts: []award.Debt{{AwardID: 1, Minor: 9}}, Limit: share(0, 1)}}, []string{"0 +9 -0 =9 1:0/9"}},
		{"the limit of each period is its own", []award.Term{{Earned: 10, Debts: []award.Debt{{AwardID: 1, Minor: 9}}, Limit: share(1, 10)}, {Earned: 1}}, []string{"0 +9 -1 =8 1:1/8", "8 +0 -8 =0 1:8/0"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			takings, err := award.Clawback(c.terms)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, k := range takings {
				line := fmt.Sprintf("%d +%d -%d =%d", k.Before, k.Incurred, k.Taken, k.After)
				for _, p := range k.Parts {
					line += fmt.Sprintf(" %d:%d/%d", p.AwardID, p.Minor, p.Left)
				}
				got = append(got, line)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// Nothing is lost or taken twice, and nobody gives back more than the limit's share.
func TestClawbackKeepsTheBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var terms []award.Term
		var incurred int64
		id := int64(0)
		for range rapid.IntRange(1, 8).Draw(t, "periods") {
			term := award.Term{Earned: rapid.Int64Range(-500, 5000).Draw(t, "earned")}
			if rapid.Bool().Draw(t, "limited") {
				term.Limit = share(rapid.Int64Range(0, 100).Draw(t, "percent"), 100)
			}
			for range rapid.IntRange(0, 3).Draw(t, "debts") {
				id++
				term.Debts = append(term.Debts, award.Debt{AwardID: id, Minor: rapid.Int64Range(1, 3000).Draw(t, "debt")})
				incurred += term.Debts[len(term.Debts)-1].Minor
			}
			terms = append(terms, term)
		}
		takings, err := award.Clawback(terms)
		if err != nil {
			t.Fatal(err)
		}
		var taken int64
		for i, k := range takings {
			taken += k.Taken
			var parts, left int64
			for _, p := range k.Parts {
				parts += p.Minor
				left += p.Left
			}
			if k.Before+k.Incurred-k.Taken != k.After || parts != k.Taken || left != k.After || k.Taken < 0 || k.After < 0 {
				t.Fatalf("period %d does not add up: %+v", i, k)
			}
			if l := terms[i].Limit; l != nil && k.Taken*l.Den() > max(terms[i].Earned, 0)*l.Num() {
				t.Fatalf("period %d takes more than its limit: %+v", i, k)
			}
		}
		if taken+takings[len(takings)-1].After != incurred {
			t.Fatalf("%d incurred, %d taken, %d left", incurred, taken, takings[len(takings)-1].After)
		}
	})
}
