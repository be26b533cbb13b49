package api

import (
	"context"
	"slices"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/engine"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
	"laurel/internal/rule"
)

type awardPath struct {
	ID int64 `path:"id"`
}

// maxAwardRecords bounds the records that an opened award lists; their number is told.
const maxAwardRecords = 500

// getAward opens an award. One that the caller may not see does not exist for the caller.
func (s *server) getAward(ctx context.Context, in *awardPath) (*body[AwardDetail], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	var out AwardDetail
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		a, err := award.Get(tx, in.ID)
		if err != nil {
			return err
		}
		level := v.sees(a)
		if level == auth.SeesNone {
			return noAward(in.ID)
		}
		shaper := v.awardShaper(ctx, tx)
		if out.Award, err = shaper.shape(a, level); err != nil {
			return err
		}
		out.VersionNo = int(a.VersionNo)
		if err := shaper.history(a, &out); err != nil {
			return err
		}
		if err := v.neighbours(tx, a, &out); err != nil {
			return err
		}
		evidence, err := s.engine.Explain(tx, a)
		if err != nil {
			return err
		}
		if err := shaper.evidence(a, evidence, &out); err != nil {
			return err
		}
		if err := shaper.basedOn(a, evidence, &out); err != nil {
			return err
		}
		return shaper.corrections(a, evidence, &out)
	})
	return reply(out), err
}

func (w *awardShaper) history(a *award.Award, out *AwardDetail) error {
	events, err := award.History(w.tx, a.ID)
	out.History = []AwardChange{}
	for _, e := range events {
		change := AwardChange{At: instant(e.At), Kind: string(e.Kind), Cause: w.cause(e.Cause, a)}
		if !out.Hidden && a.Amount.Currency != "" {
			change.AmountBefore = shapeAmount(money.Amount{Minor: e.AmountBefore, Currency: a.Amount.Currency})
			change.AmountAfter = shapeAmount(money.Amount{Minor: e.AmountAfter, Currency: a.Amount.Currency})
		}
		out.History = append(out.History, change)
	}
	return err
}

// neighbours finds the same subject's awards of the same plan before and after.
func (v *viewer) neighbours(tx *db.Tx, a *award.Award, out *AwardDetail) error {
	all, err := award.List(tx, award.Query{PlanID: a.PlanID, Subjects: []rule.Ref{a.Subject}, Limit: award.MaxPage})
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].ID != a.ID {
			continue
		}
		if i > 0 {
			out.Next = &AwardLink{ID: all[i-1].ID}
		}
		if i+1 < len(all) {
			out.Previous = &AwardLink{ID: all[i+1].ID}
		}
	}
	return nil
}

// evidence shapes the rule, the arithmetic and the records behind an award.
func (w *awardShaper) evidence(a *award.Award, ev *engine.Evidence, out *AwardDetail) error {
	out.Steps, out.Records = []Step{}, []AwardRecord{}
	if ev.Plan == nil {
		out.Reason = ev.WhyNot
		return nil
	}
	out.Sentence = ev.Plan.Sentence()
	if ev.Due == nil && !ev.WhyNot.IsZero() && !out.Hidden { // it names the value
		out.Reason = ev.WhyNot
	}
	if ev.Due != nil && ev.Due.From != (rule.Ref{}) {
		out.ShareOf = &AwardShare{Of: w.subject(w.ctx, ev.Due.From)}
	}
	if ev.Due != nil && !out.Hidden {
		if out.ShareOf != nil {
			out.ShareOf.Percent = ev.Due.ShareText()
		}
		for _, step := range ev.Due.Steps {
			out.Steps = append(out.Steps, Step{Label: step.Label, Formula: step.Formula, Result: step.Result})
		}
	}
	if !auth.Can(w.actor, auth.ReadRecords) || slices.ContainsFunc(objectsOf(ev.Plan.Metric), func(o *record.Object) bool { return w.boxes.has(o.Key) }) {
		return nil
	}
	out.RecordsTotal = int64(len(ev.Points))
	return w.records(ev, out)
}

// records names the records behind the points, in the order of time.
func (w *awardShaper) records(ev *engine.Evidence, out *AwardDetail) error {
	points := ev.Points[:min(len(ev.Points), maxAwardRecords)]
	zone := w.dir.Organisation.Calendar().Zone
	m := ev.Plan.Metric
	objects := objectsOf(m)
	titles := map[int64]AwardRecord{}
	for _, o := range objects {
		ids := make([]int64, len(points))
		for i := range points {
			ids[i] = points[i].RecordID
		}
		found, err := w.s.records.Load(w.tx, o, ids)
		if err != nil {
			return err
		}
		for i := range found {
			titles[found[i].ID] = AwardRecord{Object: o.Key, ID: found[i].ID, Title: recordTitle(o, &found[i])}
		}
	}
	for i, p := range points {
		shown := titles[p.RecordID]
		shown.ID = p.RecordID
		shown.Date = calendar.DayAt(instant(p.Own()), zone)
		shown.Person = w.credited(p.PersonID)
		if !out.Hidden {
			of := m
			if len(ev.Of) > 0 {
				of = ev.Of[i]
			}
			shown.Value = pointValue(of, p)
		}
		out.Records = append(out.Records, shown)
	}
	return nil
}

// credited names whom a record counts for: a person or, without an id, a unit.
func (w *awardShaper) credited(id int64) Named {
	unitID, own := people.UnitOfWork(id)
	if !own {
		return Named{ID: id, Name: personLabel(w.dir, id)}
	}
	u, _ := w.dir.Unit(unitID)
	if u == nil {
		return Named{}
	}
	return Named{Name: u.Name.In(language(w.ctx))}
}

// objectsOf lists the objects that a metric measures: its own, or those of its parts.
func objectsOf(m *metric.Metric) []*record.Object {
	var out []*record.Object
	for _, part := range m.Parts() {
		if o := part.Object(); o != nil && !slices.ContainsFunc(out, func(known *record.Object) bool { return known.Key == o.Key }) {
			out = append(out, o)
		}
	}
	return out
}

// pointValue writes what one record contributed.
func pointValue(m *metric.Metric, p rule.Point) string {
	if m.Def.Measure.Kind == metric.Combine { // what it is worth in the sum may have more places than money has
		return rule.Context{Measure: plan.MeasureOf(m)}.Figure(money.Decimal{Coef: p.Value, Scale: m.Scale}.Frac())
	}
	if m.Currency != "" {
		if places, ok := money.MinorUnits(m.Currency); ok && places == m.Scale {
			return money.FormatAmount(money.Amount{Minor: p.Value, Currency: m.Currency})
		}
	}
	return money.FormatDecimal(money.Decimal{Coef: p.Value, Scale: m.Scale})
}
