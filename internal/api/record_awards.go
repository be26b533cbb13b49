package api

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/metric"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// recordAwardsOpened bounds the awards that one answer opens to see whether they rest on a record; the next page opens more.
const recordAwardsOpened = 50

type recordAwardsQuery struct {
	Object string `path:"object" example:"deal"`
	ID     int64  `path:"id"`
	Cursor string `query:"cursor" maxLength:"40"`
}

// listRecordAwards finds the awards that rest on a record: from what it gives to each metric, to the plans on the metric, to
// the awards of its person and the person's units in the period; and the adjustments that a correction of it brought about, also
// when it counts no longer. The newest come first; a page may be short and still have a next one.
func (s *server) listRecordAwards(ctx context.Context, in *recordAwardsQuery) (*body[List[Award]], error) {
	if err := allow(ctx, auth.ReadRecords); err != nil {
		return nil, err
	}
	before, err := parseSeq(in.Cursor)
	if err != nil {
		return nil, err
	}
	out := list([]Award(nil), "", -1)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		o, err := s.object(tx, in.Object)
		if err != nil {
			return err
		}
		if _, err := s.records.Get(tx, o, in.ID); err != nil {
			return err
		}
		if err := s.ownBallot(ctx, tx, o, in.ID); err != nil {
			return err
		}
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		corrected, err := award.AdjustmentsBecause(tx, o.Key, in.ID)
		if err != nil {
			return err
		}
		candidates, err := v.awardsNear(tx, in.ID, before, corrected)
		if err != nil {
			return err
		}
		if len(candidates) > recordAwardsOpened {
			candidates = candidates[:recordAwardsOpened]
			out.Next = strconv.FormatInt(candidates[recordAwardsOpened-1].ID, 10)
		} else if before == 0 {
			out.Total = 0 // all of them are here: counted below
		}
		shaper := v.awardShaper(ctx, tx)
		for _, a := range candidates {
			if !slices.ContainsFunc(corrected, func(c *award.Award) bool { return c.ID == a.ID }) {
				rests, err := v.restsOn(tx, a, in.ID)
				if err != nil {
					return err
				}
				if !rests {
					continue
				}
			}
			shaped, err := shaper.shape(a, v.sees(a))
			if err != nil {
				return err
			}
			out.Items = append(out.Items, shaped)
		}
		if out.Total == 0 {
			out.Total = int64(len(out.Items))
		}
		return nil
	})
	return reply(out), err
}

// awardsNear lists the live awards that the caller sees and that may rest on a record, with the adjustments that it is known to have
// brought about, newest first; before is the award after which to go on, 0 from the newest.
func (v *viewer) awardsNear(tx *db.Tx, recordID, before int64, corrected []*award.Award) ([]*award.Award, error) {
	given, err := metric.Of(tx, recordID)
	if err != nil {
		return nil, err
	}
	var out []*award.Award
	seen := map[int64]bool{}
	add := func(found []*award.Award) {
		for _, a := range found {
			if seen[a.ID] || !a.Live() || before > 0 && a.ID >= before || v.sees(a) == auth.SeesNone {
				continue
			}
			seen[a.ID] = true
			out = append(out, a)
		}
	}
	add(corrected)
	for _, c := range given {
		for _, p := range v.list {
			found, err := v.awardsAround(tx, p, c)
			if err != nil {
				return nil, err
			}
			add(found)
		}
	}
	slices.SortFunc(out, func(a, b *award.Award) int { return cmp.Compare(b.ID, a.ID) })
	return out, nil
}

// restsOn reports whether an award's evidence holds a record.
func (v *viewer) restsOn(tx *db.Tx, a *award.Award, recordID int64) (bool, error) {
	evidence, err := v.s.engine.Explain(tx, a)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(evidence.Points, func(p rule.Point) bool { return p.RecordID == recordID }), nil
}

// awardsAround reads the awards that a plan gave to a contribution's person, or the person's units, in the periods that count it, and what
// corrects them since they were closed.
func (v *viewer) awardsAround(tx *db.Tx, p *plan.Plan, c metric.Contribution) ([]*award.Award, error) {
	var out []*award.Award
	labels := map[string]bool{}
	for _, version := range p.Published() {
		r := v.ready(p, &version)
		if r == nil || !slices.ContainsFunc(r.Metric.Parts(), func(m *metric.Metric) bool { return m.ID == c.MetricID }) {
			continue
		}
		of := v.subjectsOn(r.SubjectKind(), c.PersonID, c.Day)
		for _, period := range v.counting(p.Course(version.No, v.dir.Organisation.Calendar()), r.Metric, c) {
			if labels[period.Label] {
				continue
			}
			labels[period.Label] = true
			found, err := award.OfPeriod(tx, p.ID, period.Label, of)
			if err != nil {
				return nil, err
			}
			corrections, err := award.CorrectionsOf(tx, p.ID, period.Label, of)
			if err != nil {
				return nil, err
			}
			out = append(append(out, found...), corrections...)
		}
	}
	return out, nil
}

// counting lists the periods of a version whose value counts a contribution: the one of its day and, where a sum reads earlier periods,
// those that read it.
func (v *viewer) counting(course plan.Course, m *metric.Metric, c metric.Contribution) (out []calendar.Period) {
	if !m.Earlier() {
		if period, ok := course.At(c.Day); ok {
			out = append(out, period)
		}
		return out
	}
	for _, period := range course.All(v.today + 1) {
		counts := func(part metric.PartIn) bool { return part.Of.ID == c.MetricID && part.In.Contains(c.Day) }
		if slices.ContainsFunc(m.PartsIn(v.dir.Organisation.Calendar(), period), counts) {
			out = append(out, period)
		}
	}
	return out
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
