package verify_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// These tests hold two companies against each other that differ in one known way: no figure of either has to be known for
// the difference between their awards to be.

// lawRuns is how many pairs of companies each law is tried on.
const lawRuns = 12

// sale is one record: who made it, on which day after New Year, for how much, and who voted for its owner with it.
type sale struct {
	external           string
	owner, helper, day int
	yuan               int64
	status             string
}

// paid is one award, its subject as the place among the persons.
type paid struct {
	plan, period string
	person       int
	slot         string
	quantity     int64
	minor        int64
	moment       int64 // days after the company's New Year
	state        string
}

func drawSales(t *rapid.T) (out []sale) {
	for i := range number(t, "sales", 12, 40) {
		out = append(out, sale{
			external: fmt.Sprintf("s%03d", i), owner: number(t, "owner", 0, personCount-1), helper: number(t, "helper", 0, personCount-1),
			day: number(t, "day", 0, 100), yuan: int64(100 * number(t, "hundreds", 1, 9)), status: pick(t, "status", "won", "won", "lost"),
		})
	}
	return out
}

// lawPlans are one plan of each kind; k widens every line that amounts are held to.
func lawPlans(k int64) (out []planOp) {
	add := func(key, metric, shape, params string, kind calendar.Kind, split ...rule.SplitPart) {
		reward := rule.Reward{Kind: rule.Cash, Amount: money.MustDecimal("100.01")}
		if shape == "rate" {
			reward.Amount = money.Decimal{}
		}
		out = append(out, planOp{Params: params, Def: plan.Def{
			Key: key, Name: i18n.Same(key), Metric: metric, Shape: shape, Reward: reward, Period: kind, Split: split,
		}})
	}
	tiers := fmt.Sprintf(`{"tiers":[{"up_to":%d,"rate":"5%%"},{"up_to":%d,"rate":"8%%"},{"rate":"12%%"}]}`, 500*k, 1200*k)
	share := func(to rule.Recipient, part string) rule.SplitPart {
		s := rule.SplitPart{To: to, Share: rule.Line{Decimal: money.MustDecimal(part)}}
		if to == rule.ToPerson {
			s.Person = "p0"
		}
		return s
	}
	add("every", "won", "every", `{"size":2}`, calendar.Month)
	add("reach", "sold", "reach", fmt.Sprintf(`{"pay":"all","steps":[{"at":%d},{"at":%d}]}`, 600*k, 1500*k), calendar.Quarter)
	add("rate", "sold", "rate", tiers, calendar.Month)
	add("shared", "sold", "rate", tiers, calendar.Month, share(rule.ToSelf, "0.701"), share(rule.ToPerson, "0.299"))
	add("rank", "won", "rank", `{"places":1}`, calendar.Month)
	add("improve", "sold", "improve", `{"by":"10%"}`, calendar.Month)
	add("versus", "sold", "versus", `{"against":"average"}`, calendar.Month)
	add("streak", "won", "streak", `{"times":2,"then":"again","rule":{"shape":"reach","params":{"steps":[{"at":1}]}}}`, calendar.Month)
	add("clean", "won", "clean", `{"bad":"lost","at_least":1}`, calendar.Month)
	add("score", "sold", "score", fmt.Sprintf(`{"parts":[{"weight":"60%%","target":%d},{"weight":"40%%","metric":"won","target":3,"ceiling":"150%%"}],
		"curve":[{"at":"30%%","pays":"50%%"},{"at":1,"pays":"100%%"}],"curve_mode":"lines"}`, 1000*k), calendar.Month)
	add("race", "won", "race", `{"at":2,"places":2}`, calendar.Quarter)
	add("vote", "votes", "nominate", `{"quorum":2}`, calendar.Quarter)
	return out
}

// laws founds companies from one template.
type laws struct {
	*testing.T
	template string
	runs     int
	awards   int

	asked, rewarded map[string]bool // keys of plans
}

// try checks a law on random companies; it proves nothing where they have no awards.
func try(t *testing.T, law func(l *laws, rt *rapid.T)) {
	t.Helper()
	l := &laws{T: t, template: sqliteTemplate(t), asked: map[string]bool{}, rewarded: map[string]bool{}}
	check(t, lawRuns, func(rt *rapid.T) { law(l, rt) })
	if l.awards < lawRuns {
		t.Errorf("only %d awards", l.awards)
	}
	for _, plan := range lawPlans(1) {
		if key := plan.Def.Key; l.asked[key] && !l.rewarded[key] {
			t.Errorf("nobody had an award of %s", key)
		}
	}
}

// pay lets a company live from its New Year, so many days after the usual one, and lists its awards.
func (l *laws) pay(rt *rapid.T, sales []sale, plans []planOp, shift int) []paid {
	l.runs++
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	must := func(err error) {
		if err != nil {
			rt.Fatal(err)
		}
	}
	w, err := openWorld(ctx, copyOf(l.T, l.template, l.runs), "", begun.AddDate(0, 0, 30+shift))
	must(err)
	defer w.close()
	must(w.found(people.Organisation{Name: i18n.Same("Laurel"), TimeZone: "Asia/Shanghai", FiscalStartMonth: 1, Currency: "CNY", Language: i18n.ZH}))
	for key, measure := range map[string]metric.Measure{"won": {Kind: metric.Count}, "sold": {Kind: metric.Sum, Value: "amount"}, "votes": {Kind: metric.Count}, "lost": {Kind: metric.Count}} {
		def := metric.Def{Key: key, Name: i18n.Same(key), Object: "deal", Condition: `status == "won"`, Date: "day", Person: "owner", Measure: measure}
		switch key {
		case "votes":
			def.By = "helper"
		case "lost":
			def.Condition = `status == "lost"`
		}
		must(metricOp{def}.do(w))
	}
	for _, p := range plans {
		p.From = shift
		before := refusedPlans
		if must(p.do(w)); refusedPlans != before {
			rt.Fatalf("plan %s was refused", p.Def.Key)
		}
	}
	for part := range slices.Chunk(sales, 7) {
		var o recordsOp
		for _, s := range part {
			o.Ops = append(o.Ops, recordOp{Kind: record.Upsert, External: s.external, Values: map[string]any{
				"owner": fmt.Sprintf("p%d", s.owner), "helper": fmt.Sprintf("p%d", s.helper), "status": s.status,
				"amount": fmt.Sprint(s.yuan), "day": (newYear + calendar.Day(s.day+shift)).String(),
			}})
		}
		must(o.do(w))
		must(w.settle())
	}
	out, err := w.paid(shift)
	must(err)
	l.awards += len(out)
	for _, o := range plans {
		l.asked[o.Def.Key] = true
	}
	for _, p := range out {
		l.rewarded[p.plan] = true
	}
	return out
}

// paid lists the awards that stand.
func (w *world) paid(shift int) (out []paid, err error) {
	err = w.db.Read(w.ctx, func(tx *db.Tx) error {
		dir, err := w.people.Directory(tx)
		if err != nil {
			return err
		}
		plans, err := w.plans.All(tx)
		if err != nil {
			return err
		}
		rows, err := tx.Query(`SELECT plan_id, period_from, subject_id, slot, quantity, amount, moment, state FROM award WHERE state <> 'reversed'`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var planID, subject, from int64
			var p paid
			if err := rows.Scan(&planID, &from, &subject, &p.slot, &p.quantity, &p.minor, &p.moment, &p.state); err != nil {
				return err
			}
			p.plan = plans[slices.IndexFunc(plans, func(x *plan.Plan) bool { return x.ID == planID })].Key
			p.person = slices.IndexFunc(dir.Persons(), func(x people.Person) bool { return x.ID == subject })
			p.period = (calendar.Day(from) - calendar.Day(shift)).String()
			p.moment -= int64(shift) * 24 * time.Hour.Microseconds()
			out = append(out, p)
		}
		return rows.Err()
	})
	slices.SortFunc(out, func(a, b paid) int {
		return cmp.Or(cmp.Compare(a.plan, b.plan), cmp.Compare(a.period, b.period), cmp.Compare(a.person, b.person), cmp.Compare(a.slot, b.slot))
	})
	return out, err
}

func same(rt *rapid.T, what string, one, other []paid) {
	if !slices.Equal(one, other) {
		rt.Fatalf("%s:\n%+v\nwas:\n%+v", what, other, one)
	}
}

func TestLawOneYearLater(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		sales := drawSales(rt)
		same(rt, "one year later", l.pay(rt, sales, lawPlans(1), 0), l.pay(rt, sales, lawPlans(1), 365))
	})
}

func TestLawArrival(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		sales := drawSales(rt)
		same(rt, "in another order", l.pay(rt, sales, lawPlans(1), 0), l.pay(rt, rapid.Permutation(sales).Draw(rt, "order"), lawPlans(1), 0))
	})
}

// A deal that is lost takes nothing from anybody under rules that count what was won. Only a rule against losses minds.
func TestLawLostDeals(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		sales := drawSales(rt)
		lost := drawSales(rt)
		for i := range lost {
			lost[i].external, lost[i].status = "x"+lost[i].external, "lost"
		}
		plans := slices.DeleteFunc(lawPlans(1), func(o planOp) bool { return o.Def.Shape == "clean" })
		same(rt, "with lost deals", l.pay(rt, sales, plans, 0), l.pay(rt, append(lost, sales...), plans, 0))
	})
}

// Whoever is called what: the same people tie and win. Only races and votes may ask whose record comes first by its id.
func TestLawOtherNames(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		plans := slices.DeleteFunc(lawPlans(1), func(o planOp) bool { return slices.Contains([]string{"race", "vote", "shared"}, o.Def.Key) })
		sales := drawSales(rt)
		var places []int
		for i := range personCount {
			places = append(places, i)
		}
		places = rapid.Permutation(places).Draw(rt, "places")
		renamed := slices.Clone(sales)
		for i := range renamed {
			renamed[i].external, renamed[i].owner = fmt.Sprintf("s%03d", 999-i), places[sales[i].owner]
		}
		one := l.pay(rt, sales, plans, 0)
		for i := range one {
			one[i].person = places[one[i].person]
		}
		other := l.pay(rt, renamed, plans, 0)
		byPerson := func(a, b paid) int {
			return cmp.Or(cmp.Compare(a.plan, b.plan), cmp.Compare(a.period, b.period), cmp.Compare(a.person, b.person), cmp.Compare(a.slot, b.slot))
		}
		slices.SortFunc(one, byPerson)
		same(rt, "under other names", one, other)
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
		one := slices.DeleteFunc(l.pay(rt, sales, lawPlans(1), 0), func(p paid) bool { return p.plan == "shared" }) // each share is rounded
		for i := range one {
			if one[i].plan == "rate" {
				one[i].minor *= k
			}
		}
		same(rt, "times as much", one, slices.DeleteFunc(l.pay(rt, larger, lawPlans(k), 0), func(p paid) bool { return p.plan == "shared" }))
	})
}

// What is shared adds up, to the cent, to what one would have got alone.
func TestLawShares(t *testing.T) {
	try(t, func(l *laws, rt *rapid.T) {
		whole, shared := map[string]int64{}, map[string]int64{}
		for _, p := range l.pay(rt, drawSales(rt), lawPlans(1), 0) {
			switch p.plan {
			case "rate":
				whole[p.period] += p.minor
			case "shared":
				shared[p.period] += p.minor
			}
		}
		for period, minor := range whole {
			if shared[period] != minor {
				rt.Fatalf("%s: shares of %d, the whole is %d", period, shared[period], minor)
			}
		}
		if len(shared) != len(whole) {
			rt.Fatalf("shares in %d periods, wholes in %d", len(shared), len(whole))
		}
	})
}
