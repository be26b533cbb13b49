package engine

import (
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// readyPlan is a plan with its published versions made ready.
type readyPlan struct {
	Plan     *plan.Plan
	versions []readyVersion
}

type readyVersion struct {
	plan.Course
	since calendar.Day // from which it carries over
	ready *plan.Ready
	err   error // why the version cannot be judged now: a metric or a unit it names has gone
}

// readyPlans remembers the plans made ready for one set of definitions and people.
type readyPlans struct {
	plans   []*plan.Plan
	metrics *metric.Set
	dir     *people.Directory
	list    []*readyPlan
	index   *planIndex
}

// planIndex finds the plans that a change touches, so that what a change costs does not grow with all the others.
type planIndex struct {
	byID      map[int64]*readyPlan
	byKey     map[string]*readyPlan
	reading   map[string][]*readyPlan      // by key of a metric that any version reads
	built     map[string][]*readyPlan      // by key of the plan whose gifts any version is judged by
	excluding map[string][]*readyPlan      // by key of the plan whose rewarded records any version leaves out
	namers    map[string][]*readyPlan      // by object whose records a rule names
	starts    map[*plan.Ready]calendar.Day // from which each version carries over: see plan.CarriedSince
}

// prepare makes every published version ready, once for as long as definitions and people stay the same.
func (e *Engine) prepare(plans []*plan.Plan, metrics *metric.Set, dir *people.Directory) readyPlans {
	e.mu.Lock()
	defer e.mu.Unlock()
	same := e.ready.index != nil && len(plans) == len(e.ready.plans) && (len(plans) == 0 || plans[0] == e.ready.plans[0])
	if e.ready.metrics == metrics && e.ready.dir == dir && same {
		return e.ready
	}
	list, cal := make([]*readyPlan, 0, len(plans)), dir.Organisation.Calendar()
	for _, p := range plans {
		rp := &readyPlan{Plan: p}
		for _, v := range p.Published() {
			rv := readyVersion{Course: p.Course(v.No, cal), since: p.CarriedSince(v.No, cal)}
			r, bad := plan.Prepare(v.Def, metrics, dir)
			r = r.BuildingOn(plans)
			r.PlanID, r.VersionNo = p.ID, v.No
			rv.ready = r
			if len(bad) > 0 {
				rv.err = bad[0]
			}
			rp.versions = append(rp.versions, rv)
		}
		list = append(list, rp)
	}
	e.ready = readyPlans{plans: plans, metrics: metrics, dir: dir, list: list, index: indexPlans(list)}
	return e.ready
}

func indexPlans(list []*readyPlan) *planIndex {
	x := &planIndex{
		byID: make(map[int64]*readyPlan, len(list)), byKey: make(map[string]*readyPlan, len(list)), reading: map[string][]*readyPlan{},
		built: map[string][]*readyPlan{}, excluding: map[string][]*readyPlan{}, namers: map[string][]*readyPlan{}, starts: make(map[*plan.Ready]calendar.Day, len(list)),
	}
	add := func(to map[string][]*readyPlan, key string, p *readyPlan) {
		if n := len(to[key]); key != "" && (n == 0 || to[key][n-1] != p) {
			to[key] = append(to[key], p)
		}
	}
	for _, p := range list {
		x.byID[p.Plan.ID], x.byKey[p.Plan.Key] = p, p
		for i := range p.versions {
			r := p.versions[i].ready
			x.starts[r] = p.versions[i].since
			for _, key := range r.ReadKeys() {
				add(x.reading, key, p)
			}
			add(x.built, r.Def.Earned, p)
			for _, key := range r.Def.Excludes {
				add(x.excluding, key, p)
			}
			add(x.namers, namedObject(r), p)
		}
	}
	return x
}

// namedObject is the object whose records a version's rule names, or empty.
func namedObject(r *plan.Ready) string {
	if r.Metric == nil || r.Shape == nil || !rule.ReadsOf(r.Shape).Labels {
		return ""
	}
	if f, ok := r.Metric.By(); ok && f.Type == record.TypeRelation {
		return f.Target
	}
	return ""
}

// plansOn lists the plans any version of which reads a metric, or would if it could be measured.
func (s *scene) plansOn(metricID int64) []*readyPlan {
	m := s.metrics.ID(metricID)
	if m == nil {
		return nil
	}
	return s.index.reading[m.Def.Key]
}

// namers lists the plans whose rules name records of any of some objects, in the order of ids.
func (s *scene) namers(objects []string) (out []*readyPlan) {
	for _, o := range objects {
		out = append(out, s.index.namers[o]...)
	}
	slices.SortFunc(out, func(a, c *readyPlan) int { return int(min(max(a.Plan.ID-c.Plan.ID, -1), 1)) })
	return slices.Compact(out)
}
