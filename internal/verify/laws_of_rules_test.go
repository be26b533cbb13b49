package verify_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// Everything a year later, or two, of which one is a leap year: the same awards, as much later.
func TestLawYearsLater(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		sales, years := drawSales(rt), number(rt, "years", 1, 2)
		same(rt, fmt.Sprint(years, " years later"), l.pay(rt, sales, lawPlans(1), way{}), l.pay(rt, sales, lawPlans(1), way{years: years}))
	})
}

// Weeks begin on Mondays, so they are shifted by whole weeks.
func TestLawWeeksLater(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		plans := lawPlans(1)
		for i := range plans {
			plans[i].Def.Period = calendar.Week
		}
		sales, weeks := drawSales(rt), pick(rt, "weeks", 1, 52, 53)
		same(rt, fmt.Sprint(weeks, " weeks later"), l.pay(rt, sales, plans, way{}), l.pay(rt, sales, plans, way{days: 7 * weeks}))
	})
}

func TestLawArrival(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		sales := drawSales(rt)
		same(rt, "in another order", l.pay(rt, sales, lawPlans(1), way{}), l.pay(rt, rapid.Permutation(sales).Draw(rt, "order"), lawPlans(1), way{}))
	})
}

// A deal that is lost takes nothing from anybody under rules that count what was won. Only a rule against losses minds, and it gives
// nobody anything for one.
func TestLawLostDeals(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		sales := drawSales(rt)
		lost := drawSales(rt)
		for i := range lost {
			lost[i].external, lost[i].status = "x"+lost[i].external, "lost"
		}
		one, other := l.pay(rt, sales, lawPlans(1), way{}), l.pay(rt, append(lost, sales...), lawPlans(1), way{})
		minds := func(p paid) bool { return p.plan == "clean" }
		for _, p := range other {
			if minds(p) && !slices.Contains(one, p) {
				rt.Fatalf("for a lost deal: %+v", p)
			}
		}
		same(rt, "with lost deals", slices.DeleteFunc(one, minds), slices.DeleteFunc(other, minds))
	})
}

// places shuffles the persons.
func places(rt *rapid.T) []int {
	var out []int
	for i := range personCount {
		out = append(out, i)
	}
	return rapid.Permutation(out).Draw(rt, "places")
}

// as is the awards under other names.
func as(awards []paid, places []int) []paid {
	for i := range awards {
		awards[i].person = places[awards[i].person]
	}
	slices.SortFunc(awards, func(a, b paid) int {
		return cmp.Or(cmp.Compare(a.plan, b.plan), cmp.Compare(a.period, b.period), cmp.Compare(a.person, b.person), cmp.Compare(a.slot, b.slot))
	})
	return awards
}

// Whoever is called what: the same people tie and win. What remains of a shared prize goes by the person, and one has a share by name.
func TestLawOtherPersons(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		plans, sales, places := without(lawPlans(1), "shared", "together"), drawSales(rt), places(rt)
		renamed := slices.Clone(sales)
		for i := range renamed {
			renamed[i].owner, renamed[i].helper = places[sales[i].owner], places[sales[i].helper]
		}
		same(rt, "under other names", as(l.pay(rt, sales, plans, way{}), places), l.pay(rt, renamed, plans, way{}))
	})
}

// Nor do records' names decide, but in a race, in a vote where somebody votes again the same day, and for the part of a deal that is divided.
func TestLawOtherRecords(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		plans, sales := without(lawPlans(1), "race", "first", "vote"), drawSales(rt)
		renamed := slices.Clone(sales)
		for i := range renamed {
			renamed[i].external = fmt.Sprintf("s%03d", 999-i)
		}
		same(rt, "with other names of records", l.pay(rt, sales, plans, way{}), l.pay(rt, renamed, plans, way{}))
	})
}

// So many times the amounts, with lines as much wider, bring so many times the commission and the same other rewards.
func TestLawScale(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		sales := drawSales(rt)
		k := int64(number(rt, "times", 2, 40))
		larger := slices.Clone(sales)
		for i := range larger {
			larger[i].yuan *= k
		}
		rounded := []string{"shared", "divided"} // each share is
		one := l.pay(rt, sales, without(lawPlans(1), rounded...), way{})
		for i := range one {
			if slices.Contains([]string{"rate", "whole", "everything"}, one[i].plan) {
				one[i].minor *= k
			}
		}
		same(rt, "times as much", one, l.pay(rt, larger, without(lawPlans(k), rounded...), way{}))
	})
}

// What is shared adds up, to the cent, to what one would have got alone, whatever the shape; and so does what is credited by shares.
func TestLawShares(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		plans, whole := lawPlans(1), map[string]string{"shared": "rate", "divided": "everything"}
		part := func(to rule.Recipient, share string) rule.SplitPart {
			return rule.SplitPart{To: to, Share: rule.Line{Decimal: money.MustDecimal(share)}}
		}
		for _, o := range without(plans, "shared") {
			whole[o.Def.Key+"_shared"] = o.Def.Key
			o.Def.Key += "_shared"
			o.Def.Split = []rule.SplitPart{part(rule.ToSelf, "0.501"), part(rule.ToManager, "0.1666"), part(rule.ToPerson, "0.3324")}
			o.Def.Split[2].Person = "p3"
			plans = append(plans, o)
		}
		sums := map[string]map[string]int64{} // by plan and period
		for _, p := range l.pay(rt, drawSales(rt), plans, way{}) {
			if sums[p.plan] == nil {
				sums[p.plan] = map[string]int64{}
			}
			sums[p.plan][p.period] += p.minor
		}
		for shared, of := range whole {
			if !maps.Equal(sums[shared], sums[of]) {
				rt.Fatalf("shares of %s: %v, the whole: %v", of, sums[shared], sums[of])
			}
		}
	})
}

// Somebody who comes and does nothing changes nobody's award, least of all among the first so many; only an average of all minds.
func TestLawIdle(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		plans, sales := without(lawPlans(1), "versus"), drawSales(rt)
		more := l.pay(rt, sales, plans, way{idle: true})
		same(rt, "with somebody idle", l.pay(rt, sales, plans, way{}), slices.DeleteFunc(more, func(p paid) bool { return p.person == personCount }))
	})
}

// A team has what it would have if one of its members had made every sale of it.
func TestLawTeams(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		plans := without(lawPlans(1), "vote", "divided") // persons are voted for, and a team has only the parts of its own members
		for i := range plans {
			plans[i].Def.Subject = rule.Team
		}
		sales := drawSales(rt)
		one := slices.Clone(sales)
		for i := range one {
			one[i].owner %= 3 // the first member of each team: see found
		}
		same(rt, "with all sales one member's", l.pay(rt, sales, plans, way{}), l.pay(rt, one, plans, way{}))
	})
}

// A deal that is entered as two, of the same person and day, brings what it would have brought as one wherever amounts are added up.
func TestLawPieces(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		var plans []planOp
		for _, o := range lawPlans(1) {
			if o.Def.Metric == "sold" && o.Def.Shape != "score" { // the scorecard reads a count too
				plans = append(plans, o)
			}
		}
		sales := drawSales(rt)
		var pieces []sale
		for _, s := range sales {
			piece := s
			piece.external, piece.yuan = s.external+"b", s.yuan/3
			s.yuan -= piece.yuan
			pieces = append(pieces, s, piece)
		}
		same(rt, "in pieces", l.pay(rt, sales, plans, way{}), l.pay(rt, pieces, plans, way{}))
	})
}
