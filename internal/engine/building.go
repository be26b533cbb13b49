package engine

import (
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/plan"
)

// versionsFor are the versions of a plan as another one reads them that builds on it or excludes it, in the periods that have begun.
// A back-test asks what would have been: there a plan counts from the year in which the tested stretch begins, as its first version
// says until that one began, and as its draft says where it was never published.
func (s *scene) versionsFor(p *readyPlan) []readyVersion {
	versions := slices.Clone(p.versions)
	end := s.asOf + 1
	if !s.tested.Empty() {
		end = max(end, s.cal.PeriodOf(calendar.Year, s.tested.To-1).To)
		if len(versions) == 0 && p.Plan.Draft() != nil {
			versions = []readyVersion{s.draft(p)}
		}
		if len(versions) > 0 {
			first, from := &versions[0], s.cal.PeriodOf(calendar.Year, s.tested.From).From
			if from < first.Reign.From {
				first.Reign.From, first.AtOnce = from, false
			}
		}
	}
	for i := range versions {
		versions[i].Reign.To = min(versions[i].Reign.To, end)
	}
	return versions
}

// draft is the draft of a plan made ready, once.
func (s *scene) draft(p *readyPlan) readyVersion {
	if known, ok := s.drafts[p.Plan.ID]; ok {
		return known
	}
	ready, bad := plan.Prepare(p.Plan.Draft().Def, s.metrics, s.dir)
	v := readyVersion{Course: p.Plan.Draft().Def.Trial(s.tested, s.cal), ready: ready.BuildingOn(s.planList())}
	v.Reign.To = calendar.MaxDay
	if len(bad) > 0 {
		v.err = bad[0]
	}
	if s.drafts == nil {
		s.drafts = map[int64]readyVersion{}
	}
	s.drafts[p.Plan.ID] = v
	return v
}
