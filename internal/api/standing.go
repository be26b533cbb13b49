package api

import (
	"context"
	"slices"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/engine"
	"laurel/internal/i18n"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

type standingQuery struct {
	Key    string `path:"key"`
	Period string `query:"period" maxLength:"60" example:"2026-Q1" doc:"Label of a period; the running one when absent"`
}

// maxStandingPeriods bounds the list of periods that can be chosen.
const maxStandingPeriods = 60

func (s *server) getStanding(ctx context.Context, in *standingQuery) (*body[Standing], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	out := Standing{Periods: []string{}, Rows: []StandingRow{}, LeftOut: []OwnLeftOut{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, p, err := s.visiblePlan(ctx, tx, in.Key)
		if err != nil {
			return err
		}
		periods, err := s.engine.Periods(tx, p)
		if err != nil {
			return err
		}
		for i := range periods {
			if i == maxStandingPeriods {
				break
			}
			out.Periods = append(out.Periods, periods[i].Label)
		}
		label := in.Period
		if label == "" {
			if len(periods) == 0 {
				out.Period = v.periodToCome(p)
				return nil // it has not begun; nobody stands anywhere
			}
			label = periods[0].Label
		}
		standing, err := s.engine.Standing(tx, p, label)
		if err != nil || standing == nil {
			return err
		}
		out.Period = v.period(standing.Period)
		out.Rows = v.standingRows(ctx, p, standing)
		if v.actor.PersonID == 0 {
			return nil
		}
		left, err := v.leftOutOf(tx, v.actor.PersonID)
		if err != nil {
			return err
		}
		if err := left.look(standing.Plan, standing.Period.Window); err != nil {
			return err
		}
		out.LeftOut, err = left.shape()
		return err
	})
	return reply(out), err
}

func (v *viewer) period(p calendar.Period) PeriodInfo {
	return PeriodInfo{Label: p.Label, From: p.From, To: p.To, Running: p.Contains(v.today)}
}

// periodToCome is the first period that a plan will judge.
func (v *viewer) periodToCome(p *plan.Plan) PeriodInfo {
	current := p.Current(v.today)
	cal := v.dir.Organisation.Calendar()
	series, day := current.Def.Series(cal), max(current.From, v.today)
	if own, judged := p.Course(current.No, cal).At(day); judged {
		return v.period(own)
	}
	first, ok := series.Of(day)
	if !ok || first.From < current.From {
		if next, more := series.Next(calendar.Period{Window: calendar.Window{To: max(first.To, day)}}); more {
			first = next
		}
	}
	return v.period(first)
}

// standingRows shapes the rows that the caller may see.
func (v *viewer) standingRows(ctx context.Context, p *plan.Plan, standing *engine.Standing) []StandingRow {
	rows := []StandingRow{}
	version := p.Version(standing.Plan.VersionNo)
	rank := 0
	for i := range standing.Rows {
		row := &standing.Rows[i]
		if i == 0 || row.Subject.Has != standing.Rows[i-1].Subject.Has || row.Subject.Value.Cmp(standing.Rows[i-1].Subject.Value) != 0 {
			rank = i + 1 // who ties shares a place
		}
		level := v.seesSubject(p, version, row.Subject.Ref, standing.Period.Window)
		if level == auth.SeesNone {
			continue
		}
		shown := v.standingRow(ctx, row, level == auth.SeesHidden)
		if standing.Period.To <= v.today { // nothing comes next: only why somebody got nothing is still true
			shown.Progress.Sentence = i18n.Text{}
		}
		if shown.Rank = row.Progress.Rank; shown.Rank == 0 {
			shown.Rank = rank
		}
		shown.IsMine = v.isMine(row.Subject.Ref, standing.Period.Window)
		shown.IsMe = v.isMe(row.Subject.Ref, standing.Period.Window)
		rows = append(rows, shown)
	}
	return rows
}

func (v *viewer) standingRow(ctx context.Context, row *engine.StandingRow, hidden bool) StandingRow {
	out := StandingRow{
		Subject: v.subject(ctx, row.Subject.Ref), Value: row.Progress.Value, Progress: shapeProgress(row.Progress),
		Awards: len(row.Dues), Given: []i18n.Text{}, Hidden: hidden, WhyNot: row.WhyNot,
	}
	if hidden { // a published rule turns a value into its amount: only the place is left
		out.Value, out.Awards, out.WhyNot = "", 0, i18n.Text{}
		out.Progress = Progress{Rank: row.Progress.Rank, Of: row.Progress.Of}
		return out
	}
	var sum dueSum
	for _, d := range row.Dues {
		sum.add(d)
	}
	out.Amount = sum.amountOrNil()
	if given, err := engine.GivenOf(row.Dues); err == nil { // else they are too many to add up, and counted
		out.Given = givenTexts(given)
	}
	return out
}

// isMe reports whether a subject is the caller, or a unit that the caller belongs to.
func (v *viewer) isMe(ref rule.Ref, w calendar.Window) bool {
	if v.actor.PersonID == 0 {
		return false
	}
	for _, id := range v.persons(ref, w) {
		if id == v.actor.PersonID {
			return true
		}
	}
	return false
}

// isMine reports whether the caller stands above a person, or above a member of a unit.
func (v *viewer) isMine(ref rule.Ref, w calendar.Window) bool {
	if v.actor.PersonID == 0 || !auth.Can(v.actor, auth.SeeTeam) {
		return false
	}
	return slices.ContainsFunc(v.persons(ref, w), func(id int64) bool { return v.dir.Oversees(v.actor.PersonID, id, v.today) })
}

func shapeProgress(p rule.Progress) Progress {
	return Progress{
		Ratio: p.Ratio, Value: p.Value, Target: p.Target, Remaining: p.Remaining, Sentence: p.Sentence,
		Rank: p.Rank, Of: p.Of, Done: p.Done,
	}
}
