package engine

import (
	"fmt"
	"slices"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/metric"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// credit is a record as it counts for one person.
type credit struct{ record, person int64 }

// rewardedKey names what a version's awards of a period stand on.
type rewardedKey struct {
	ready  *plan.Ready
	period calendar.Window
}

// unrewarded is a subject's value of the plan's metric without the records that the plans it excludes reward.
func (s *scene) unrewarded(r *plan.Ready, period calendar.Period, ref rule.Ref) (rule.Subject, error) {
	rest, err := s.rest(r, r.Metric, ref, period.Window)
	if err != nil {
		return rule.Subject{}, err
	}
	out := rule.Subject{Ref: ref, Value: rest.Value, Has: rest.Has, LeftOut: rest.LeftOut}
	if r.Metric.Additive() {
		out.Points = func() ([]rule.Point, error) { return rest.Points, nil }
	}
	return out, nil
}

// rest is what a version counts of a metric in a window.
func (s *scene) rest(r *plan.Ready, m *metric.Metric, ref rule.Ref, w calendar.Window) (metric.Rest, error) {
	leave, err := s.leaves(r, w)
	if err != nil {
		return metric.Rest{}, err
	}
	return s.totals.Except(m, ref, w, leave)
}

// leaves tells which contributions of a window a version leaves out.
func (s *scene) leaves(r *plan.Ready, w calendar.Window) (func(rule.Point) bool, error) {
	sets, err := s.rewarded(r, w)
	return func(p rule.Point) bool {
		return slices.ContainsFunc(sets, func(set map[credit]bool) bool { return set[credit{p.RecordID, p.PersonID}] })
	}, err
}

// rewarded lists what the plans that a version excludes reward, in their periods that share a day with a window. Where they count
// a record on another date than the version does, a record of the window may lie in any of their periods.
func (s *scene) rewarded(r *plan.Ready, w calendar.Window) (out []map[credit]bool, err error) {
	for i, key := range r.Def.Excludes {
		q := s.planByKey(key)
		if q == nil {
			return nil, problem.Bad("unknown_plan", fmt.Sprintf("excludes[%d]", i), "没有标识为 %q 的方案", "there is no plan %q", key)
		}
		for _, v := range s.versionsFor(q) {
			for _, p := range v.Between(v.Reign) {
				if p.Overlap(w).Empty() && sameDay(r, v.ready) || v.ready.Rolled() {
					continue
				}
				if v.err != nil {
					return nil, v.err
				}
				set, err := s.behind(v.ready, p)
				if err != nil {
					return nil, err
				}
				out = append(out, set)
			}
		}
	}
	return out, nil
}

// sameDay reports whether two versions count a record on the same day, so that their periods meet where a record does.
func sameDay(r, q *plan.Ready) bool {
	return r.Metric != nil && q.Metric != nil && r.Metric.Def.Object == q.Metric.Def.Object && r.Metric.Def.Date == q.Metric.Def.Date && r.Metric.Def.Date != ""
}

// behind is what stands behind a version's awards of a period, worked out afresh: the records that an award's page lists, each for
// the persons it counts for. Ballots are told to nobody.
func (s *scene) behind(r *plan.Ready, period calendar.Period) (map[credit]bool, error) {
	key := rewardedKey{r, period.Window}
	if known, ok := s.credited[key]; ok {
		return known, nil
	}
	if s.depth >= maxBuilt {
		return nil, problem.Bad("depends_on_itself", "excludes", "方案之间的依赖成环或太深", "plans build on each other in a circle, or too deep")
	}
	s.depth++
	defer func() { s.depth-- }()
	dues, err := s.dues(r, period, nil)
	if err != nil {
		return nil, fmt.Errorf("plan %s in %s: %w", r.Def.Key, period.Label, err)
	}
	upTo := map[rule.Ref]int{} // of each earner: how many of its points, -1 for all
	for _, d := range dues {
		earner := d.Ref
		if d.From != (rule.Ref{}) {
			earner = d.From
		}
		n, known := upTo[earner]
		switch {
		case d.FromPoint < 0 || !r.Metric.Additive():
			upTo[earner] = -1
		case !known || n >= 0:
			upTo[earner] = max(n, d.ToPoint)
		}
	}
	out := map[credit]bool{}
	for earner, n := range upTo {
		if err := s.creditsOf(r, period, earner, n, out); err != nil {
			return nil, err
		}
	}
	if s.credited == nil {
		s.credited = map[rewardedKey]map[credit]bool{}
	}
	s.credited[key] = out
	return out, nil
}

// creditsOf adds the first n of a subject's records to what is rewarded, for each person they count for; all of them with -1. What the
// version itself leaves out of a unit's record, because another plan rewards that member for it, it does not reward.
func (s *scene) creditsOf(r *plan.Ready, period calendar.Period, ref rule.Ref, n int, out map[credit]bool) error {
	if rule.Secret(r.Shape.Key()) {
		return nil
	}
	var first map[int64]bool // nil for all of them
	if n >= 0 {
		points, err := s.countedFor(r, ref, period)
		if err != nil {
			return err
		}
		first = make(map[int64]bool, n)
		for _, p := range points[:min(n, len(points))] {
			first[p.RecordID] = true
		}
	}
	for _, part := range r.Metric.PartsIn(s.cal, period) {
		points, err := s.pointsOf(r, part.Of, ref, part.In.Window)
		if err != nil {
			return err
		}
		records := make(map[int64]bool, len(points))
		for _, p := range points {
			records[p.RecordID] = first == nil || first[p.RecordID]
		}
		credits, err := s.totals.Credits(part.Of, ref, part.In.Window)
		if err != nil {
			return err
		}
		leave, err := s.leaves(r, part.In.Window)
		if err != nil {
			return err
		}
		for _, p := range credits {
			if records[p.RecordID] && !leave(p) {
				out[credit{p.RecordID, p.PersonID}] = true
			}
		}
	}
	return nil
}

// countedFor are a subject's contributions that count for a version whose metric adds up, in the order of time.
func (s *scene) countedFor(r *plan.Ready, ref rule.Ref, period calendar.Period) ([]rule.Point, error) {
	if !r.Excludes() {
		return s.totals.PointsOf(r.Metric, ref, period)
	}
	rest, err := s.rest(r, r.Metric, ref, period.Window)
	return rule.SortPoints(rest.Points), err
}

// pointsOf are a subject's contributions to a part of the plan's metric that count for the plan.
func (s *scene) pointsOf(r *plan.Ready, part *metric.Metric, ref rule.Ref, w calendar.Window) ([]rule.Point, error) {
	if !r.Excludes() {
		return s.totals.Points(part, ref, w)
	}
	rest, err := s.rest(r, part, ref, w)
	return rest.Points, err
}

// markExcluding marks the plans that leave out what a plan rewards: in the periods that share a day with one of its periods, and in
// those that read back into them.
func (b *batch) markExcluding(base *plan.Plan, period calendar.Period, ref *rule.Ref, cause award.Cause) {
	excluding := b.index.excluding[base.Key]
	if len(excluding) == 0 {
		return
	}
	q := b.planByID(base.ID).of(period)
	alone := ref != nil && ref.Kind == rule.Person && q != nil && q.Shape != nil && !q.Together()
	for _, p := range excluding {
		for i := range p.versions {
			v := &p.versions[i]
			if !v.ready.Excludes() {
				continue
			}
			whom := ref
			if !alone || v.ready.SubjectKind() != rule.Person {
				whom = nil
			}
			for _, at := range v.All(b.asOf + 1) {
				meets := !at.Overlap(period.Window).Empty() || at.From >= period.To && v.ready.Back() != (rule.Back{})
				if meets || q == nil || !sameDay(v.ready, q) {
					b.markOnce(p.Plan, at, whom, cause)
				}
			}
		}
	}
}

// markOnce marks what is not marked for as late a cause already, so that plans that exclude each other, which cannot be published,
// would not be marked forever.
func (b *batch) markOnce(p *plan.Plan, period calendar.Period, ref *rule.Ref, cause award.Cause) {
	if d := b.dirty[periodKey{p.ID, period.Label}]; d != nil && ref != nil {
		if known, marked := d.refs[*ref]; marked && known.Seq >= cause.Seq {
			return
		}
	}
	b.mark(p, period, ref, cause)
}
