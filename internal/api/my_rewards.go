package api

import (
	"context"
	"fmt"
	"strings"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/engine"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/rule"
	"laurel/internal/statement"
)

type myRewardsQuery struct {
	Person int64 `query:"person" doc:"For those who stand above the person, finance and admin; oneself when absent"`
}

// maxLinkedMembers bounds the persons, or names of units, in a filter; a larger unit's link shows everybody's records.
const maxLinkedMembers = 100

// recentAwards is how many awards a person's page shows.
const recentAwards = 20

func (s *server) getMyRewards(ctx context.Context, in *myRewardsQuery) (*body[MyRewards], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	var out MyRewards
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		id := in.Person
		if id == 0 {
			id = v.actor.PersonID
		}
		if id == 0 {
			return problem.New(problem.NotFound, "no_person", "", "你的账号没有关联人员，因此没有个人奖励；请管理员关联，或指定 person。",
				"Your sign-in belongs to no person, so it has no rewards of its own. Ask an administrator to link it, or name a person.")
		}
		p, ok := v.dir.Person(id)
		if !ok {
			return notFound("person_not_found", "没有编号为 %d 的人员。", "There is no person with id %d.", id)
		}
		if !v.actor.SeesRewardsOf(id, v.today, v.dir) {
			return problem.New(problem.Forbidden, "forbidden", "person", "你不能查看%s的奖励。", "You may not see the rewards of %s.", p.Name)
		}
		out.Person = Named{ID: id, Name: p.Name}
		if err := v.earned(tx, id, &out); err != nil {
			return err
		}
		if err := v.progress(ctx, tx, id, &out); err != nil {
			return err
		}
		if err := v.waiting(tx, id, &out); err != nil {
			return err
		}
		return v.recent(ctx, tx, id, &out)
	})
	return reply(out), err
}

// earned adds up this quarter, and the whole of the one before. Parts of quarters are not compared: an award that grows with every
// payment has one moment, its last payment's, so that by a quarter's middle the award of the one before would be all there or not at all.
func (v *viewer) earned(tx *db.Tx, id int64, out *MyRewards) error {
	cal := v.dir.Organisation.Calendar()
	quarter := cal.PeriodOf(calendar.Quarter, v.today)
	before := cal.PeriodOf(calendar.Quarter, quarter.From-1)
	out.PeriodLabel, out.Period, out.PeriodBefore, out.Counts = quarter.Label, v.period(quarter), v.period(before), map[string]int{}
	currency := v.dir.Organisation.Currency
	me := []rule.Ref{{Kind: rule.Person, ID: id}}

	now, err := award.Sums(tx, me, quarter.From.Start(cal.Zone).UnixMicro(), quarter.To.Start(cal.Zone).UnixMicro())
	if err != nil {
		return err
	}
	past, err := award.Sums(tx, me, before.From.Start(cal.Zone).UnixMicro(), before.To.Start(cal.Zone).UnixMicro())
	if err != nil {
		return err
	}
	var earned, waiting, earlier int64
	others, given := map[string]int64{}, tallies{}
	for _, sum := range now {
		switch {
		case sum.State == award.Granted && sum.Kind != rule.Cash:
			out.Counts[string(sum.Kind)] += int(sum.Quantity)
			if err := given.join(sum.Kind, sum.Tally); err != nil {
				return err
			}
		case sum.State == award.Granted && sum.Currency == currency:
			earned += sum.Minor
		case sum.State == award.Granted:
			others[sum.Currency] += sum.Minor
		case sum.State == award.Provisional && sum.Currency == currency:
			waiting += sum.Minor
		}
	}
	for _, sum := range past {
		if sum.State == award.Granted && sum.Currency == currency {
			earlier += sum.Minor
		}
	}
	out.Earned = *shapeAmount(money.Amount{Minor: earned, Currency: currency})
	out.EarnedBefore = *shapeAmount(money.Amount{Minor: earlier, Currency: currency})
	out.Provisional = *shapeAmount(money.Amount{Minor: waiting, Currency: currency})
	out.Figures = given.figures()
	for code, minor := range others {
		out.Others = append(out.Others, *shapeAmount(money.Amount{Minor: minor, Currency: code}))
	}
	return nil
}

// waiting tells a person of the own statement that waits for a word: to be confirmed, or replied to.
func (v *viewer) waiting(tx *db.Tx, id int64, out *MyRewards) error {
	if id != v.actor.PersonID {
		return nil
	}
	book, err := statement.Open(tx, v.dir.Organisation, v.today)
	if err != nil {
		return err
	}
	p, said, err := book.Waiting(rule.Ref{Kind: rule.Person, ID: id})
	if err != nil || p == nil {
		return err
	}
	out.Statement = &StatementWaiting{Period: shapeStatementPeriod(*p)}
	if said != nil {
		out.Statement.Answer = string(said.Word)
	}
	return nil
}

// progress shows the way to the next reward of every plan that is about the person.
func (v *viewer) progress(ctx context.Context, tx *db.Tx, id int64, out *MyRewards) error {
	out.Progress = []MyProgress{}
	standings, err := v.s.engine.Progress(tx, id)
	if err != nil {
		return err
	}
	left, err := v.leftOutOf(tx, id)
	if err != nil {
		return err
	}
	for _, standing := range standings {
		for i := range standing.Rows {
			out.Progress = append(out.Progress, v.myProgress(ctx, standing, &standing.Rows[i]))
		}
		if err := left.look(standing.Plan, standing.Period.Window); err != nil {
			return err
		}
	}
	out.LeftOut, err = left.shape()
	return err
}

func (v *viewer) myProgress(ctx context.Context, standing *engine.Standing, row *engine.StandingRow) MyProgress {
	def := &standing.Plan.Def
	return MyProgress{
		Plan: MyPlan{Key: def.Key, Name: def.Name, Shape: def.Shape}, Period: v.period(standing.Period),
		Subject: v.subject(ctx, row.Subject.Ref), Progress: shapeProgress(row.Progress), WhyNot: row.WhyNot,
		RecordsLink: v.recordsLink(standing, row.Subject.Ref),
	}
}

// recordsLink leads to the records of a period that count for a subject, as a filter on their object.
func (v *viewer) recordsLink(standing *engine.Standing, ref rule.Ref) RecordsLink {
	m := standing.Plan.Metric
	for m != nil && m.Def.Measure.Kind.Derived() {
		m = m.Of
	}
	if m == nil {
		return RecordsLink{}
	}
	o := m.Object()
	if o == nil {
		return RecordsLink{}
	}
	if len(m.Paths()) > 0 {
		return RecordsLink{Object: o.Key} // a filter of records reads their own fields only
	}
	date, instant := m.DateField()
	key := o.Fields[date].Key
	from, to := standing.Period.From.String(), standing.Period.To.String()
	if instant {
		zone := v.dir.Organisation.Calendar().Zone
		const form = "2006-01-02T15:04:05Z"
		from, to = dayInstant(standing.Period.From, zone).Format(form), dayInstant(standing.Period.To, zone).Format(form)
	}
	filter := fmt.Sprintf("%s >= %q && %s < %q", key, from, key, to)
	var credited []string
	for _, i := range m.PersonFields() {
		owner := o.Fields[i].Key
		if members := v.persons(ref, standing.Period.Window); ref.Kind == rule.Person {
			credited = append(credited, fmt.Sprintf("%s == %d", owner, ref.ID))
		} else if len(members) <= maxLinkedMembers {
			credited = append(credited, fmt.Sprintf("%s in %s", owner, indentless(members)))
		}
	}
	if i, names := m.UnitField(v.dir, ref.ID); i >= 0 && ref.Kind != rule.Person && len(names) <= maxLinkedMembers {
		credited = append(credited, fmt.Sprintf("%s in %s", o.Fields[i].Key, indentless(names)))
	}
	if whose := strings.Join(credited, " || "); len(credited) > 1 {
		filter = "(" + whose + ") && " + filter
	} else if len(credited) > 0 {
		filter = whose + " && " + filter
	}
	if m.Def.Condition != "" {
		filter = "(" + m.Def.Condition + ") && " + filter
	}
	return RecordsLink{Object: o.Key, Filter: filter}
}

// recent lists the newest awards of a person and the person's teams.
func (v *viewer) recent(ctx context.Context, tx *db.Tx, id int64, out *MyRewards) error {
	out.Recent = []Award{}
	awards, err := award.List(tx, award.Query{
		Subjects: v.subjectsOf(id), States: []award.State{award.Granted, award.Provisional}, Limit: recentAwards,
	})
	if err != nil {
		return err
	}
	shaper := v.awardShaper(ctx, tx)
	for _, a := range awards {
		level := v.sees(a)
		if level == auth.SeesNone {
			continue
		}
		shaped, err := shaper.shape(a, level)
		if err != nil {
			return err
		}
		out.Recent = append(out.Recent, shaped)
	}
	return nil
}
