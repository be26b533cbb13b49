package api

import (
	"context"
	"slices"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/metric"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// maxRecordAwards bounds the awards that are opened to see whether they rest on a record.
const maxRecordAwards = 50

// listRecordAwards finds the awards that rest on a record: from what it gives to each metric, to the plans on the metric, to
// the awards of its person and the person's units in the period.
func (s *server) listRecordAwards(ctx context.Context, in *recordPath) (*body[List[Award]], error) {
	if err := allow(ctx, auth.ReadRecords); err != nil {
		return nil, err
	}
	var items []Award
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		o, err := s.object(tx, in.Object)
		if err != nil {
			return err
		}
		if _, err := s.records.Get(tx, o, in.ID); err != nil {
			return err
		}
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		found, err := v.restingOn(tx, in.ID)
		if err != nil {
			return err
		}
		shaper := v.awardShaper(ctx, tx)
		for _, a := range found {
			level := v.sees(a)
			if level == auth.SeesNone {
				continue
			}
			shaped, err := shaper.shape(a, level)
			if err != nil {
				return err
			}
			items = append(items, shaped)
		}
		return nil
	})
	return reply(whole(items)), err
}

// restingOn lists the live awards whose evidence holds a record.
func (v *viewer) restingOn(tx *db.Tx, recordID int64) ([]*award.Award, error) {
	given, err := metric.Of(tx, recordID)
	if err != nil {
		return nil, err
	}
	var out []*award.Award
	seen := map[int64]bool{}
	for _, c := range given {
		for _, p := range v.list {
			candidates, err := v.awardsAround(tx, p, c)
			if err != nil {
				return nil, err
			}
			for _, a := range candidates {
				if seen[a.ID] || !a.Live() || len(seen) == maxRecordAwards {
					continue
				}
				seen[a.ID] = true
				evidence, err := v.s.engine.Explain(tx, a)
				if err != nil {
					return nil, err
				}
				if slices.ContainsFunc(evidence.Points, func(p rule.Point) bool { return p.RecordID == recordID }) {
					out = append(out, a)
				}
			}
		}
	}
	return out, nil
}

// awardsAround reads the awards that a plan gave to a contribution's person, or the person's units, in its period.
func (v *viewer) awardsAround(tx *db.Tx, p *plan.Plan, c metric.Contribution) ([]*award.Award, error) {
	cal := v.dir.Organisation.Calendar()
	var out []*award.Award
	labels := map[string]bool{}
	for _, version := range p.Published() {
		r := v.ready(p, &version)
		if r == nil || !slices.ContainsFunc(r.Metric.Parts(), func(m *metric.Metric) bool { return m.ID == c.MetricID }) {
			continue
		}
		period := cal.PeriodOf(version.Def.Period, c.Day)
		if labels[period.Label] {
			continue
		}
		labels[period.Label] = true
		found, err := award.OfPeriod(tx, p.ID, period.Label, v.subjectsOn(r.SubjectKind(), c.PersonID, c.Day))
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// subjectsOn is a person, or the units of a kind that the person belongs to on a day.
func (v *viewer) subjectsOn(kind rule.SubjectKind, personID int64, day calendar.Day) []rule.Ref {
	if kind == rule.Person {
		return []rule.Ref{{Kind: rule.Person, ID: personID}}
	}
	out := []rule.Ref{}
	for _, id := range v.dir.UnitsOf(personID, day) {
		if u, ok := v.dir.Unit(id); ok && string(u.Kind) == string(kind) {
			out = append(out, rule.Ref{Kind: kind, ID: id})
		}
	}
	return out
}
