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
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
)

// These tests hold two companies against each other that differ in one known way: no figure of either has to be known for
// the difference between their awards to be.

// lawRuns is how many pairs of companies each law is tried on.
const lawRuns = 8

// sale is one record: who made it, on which day after New Year, for how much, and who voted for its owner with it.
type sale struct {
	external           string
	owner, helper, day int
	yuan               int64
	status             string
	bright             bool
}

// firstUnit is the place of the first unit among the subjects, behind the persons.
const firstUnit = 100

// paid is one award, its subject as the place among the persons, or behind them among the units.
type paid struct {
	plan, period string
	person       int
	slot         string
	quantity     int64
	minor        int64
	moment       int64 // as the usual company has it
	state        string
}

func drawSales(t *rapid.T) (out []sale) {
	for i := range number(t, "sales", 12, 40) {
		out = append(out, sale{
			external: fmt.Sprintf("s%03d", i), owner: number(t, "owner", 0, personCount-1), helper: number(t, "helper", 0, personCount-1),
			day: number(t, "day", 0, 100), yuan: int64(100 * number(t, "hundreds", 1, 9)), status: pick(t, "status", "won", "won", "lost"), bright: often(t, "bright", 40),
		})
	}
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

// way is how a company differs from the usual one.
type way struct {
	years, days int  // later
	idle        bool // it has one more person, who does nothing
}

// day is a day after New Year, as much later as everything is.
func (y way) day(n int) calendar.Day {
	year, month, day := (newYear + calendar.Day(n)).Date()
	return calendar.DayOf(year+y.years, month, day) + calendar.Day(y.days)
}

// usual is a day of a period's beginning as the usual company has it.
func (y way) usual(d calendar.Day) calendar.Day {
	year, month, day := (d - calendar.Day(y.days)).Date()
	return calendar.DayOf(year-y.years, month, day)
}

// moment is the same for a moment, which may be the last of a day.
func (y way) moment(micros int64, zone *time.Location) int64 {
	t := time.UnixMicro(micros+1).In(zone).AddDate(0, 0, -y.days).AddDate(-y.years, 0, 0)
	return t.UnixMicro() - 1
}

// pay lets a company live from its New Year, and lists its awards.
func (l *laws) pay(rt *rapid.T, sales []sale, plans []planOp, y way) []paid {
	l.runs++
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	must := func(err error) {
		if err != nil {
			rt.Fatal(err)
		}
	}
	w, err := openWorld(ctx, copyOf(l.T, l.template, l.runs), "", begun.AddDate(y.years, 0, 30+y.days))
	must(err)
	defer w.close()
	must(w.found(people.Organisation{Name: i18n.Same("Laurel"), TimeZone: "Asia/Shanghai", FiscalStartMonth: 1, Currency: "CNY", Language: i18n.ZH}))
	if y.idle {
		must(w.hires())
	}
	for _, m := range lawMetrics() {
		must(m.do(w))
	}
	for _, p := range plans {
		p.From = int(y.day(0) - newYear)
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
				"vip": s.bright, "amount": fmt.Sprint(s.yuan), "day": y.day(s.day).String(),
			}})
		}
		must(o.do(w))
		must(w.settle())
	}
	out, err := w.paid(y)
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
func (w *world) paid(y way) (out []paid, err error) {
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
			if p.person < 0 {
				p.person = firstUnit + slices.IndexFunc(dir.Units(), func(u people.Unit) bool { return u.ID == subject })
			}
			p.period = y.usual(calendar.Day(from)).String()
			p.moment = y.moment(p.moment, dir.Organisation.Calendar().Zone)
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

// hires adds somebody who does nothing, to the first team.
func (w *world) hires() error {
	return w.db.Write(w.ctx, func(tx *db.Tx) error {
		p, _, err := w.people.SavePerson(tx, "test", people.Person{Key: "idle", Name: "Idle"})
		if err != nil {
			return err
		}
		team, err := w.nthUnit(tx, 2)
		if err != nil {
			return err
		}
		_, err = w.people.SetMemberships(tx, "test", p.ID, []people.Span{{UnitID: team.ID, Window: calendar.Window{From: newYear, To: calendar.MaxDay}}})
		return err
	})
}
