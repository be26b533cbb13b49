package api

import (
	"context"
	"sync"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// viewer answers what the caller may see of plans and awards, inside one transaction.
type viewer struct {
	s       *server
	actor   auth.Actor
	dir     *people.Directory
	metrics *metric.Set
	plans   map[int64]*plan.Plan
	list    []*plan.Plan
	today   calendar.Day
	within  map[readyWindow]bool // whether the caller is in a plan's audience, as far as it was asked
}

type readyWindow struct {
	readyKey
	window calendar.Window
}

func (s *server) viewer(ctx context.Context, tx *db.Tx) (*viewer, error) {
	dir, err := s.people.Directory(tx)
	if err != nil {
		return nil, err
	}
	metrics, err := s.metrics.All(tx)
	if err != nil {
		return nil, err
	}
	list, err := s.plans.All(tx)
	if err != nil {
		return nil, err
	}
	v := &viewer{
		s: s, actor: caller(ctx), dir: dir, metrics: metrics, list: list, today: s.today(dir),
		plans: make(map[int64]*plan.Plan, len(list)), within: map[readyWindow]bool{},
	}
	for _, p := range list {
		v.plans[p.ID] = p
	}
	return v, nil
}

// readies keeps plan versions resolved, as long as people and metrics stay the same.
type readies struct {
	mu      sync.Mutex
	dir     *people.Directory
	metrics *metric.Set
	known   map[readyKey]*plan.Ready
}

type readyKey struct {
	plan int64
	no   int64
}

// ready resolves a published version; nil when its shape cannot be read.
func (v *viewer) ready(p *plan.Plan, version *plan.Version) *plan.Ready {
	if version.Status != plan.Published { // a draft changes under its number
		r, _ := plan.Prepare(version.Def, v.metrics, v.dir)
		return v.named(usable(r))
	}
	c := &v.s.readies
	c.mu.Lock()
	if c.dir != v.dir || c.metrics != v.metrics {
		c.dir, c.metrics, c.known = v.dir, v.metrics, map[readyKey]*plan.Ready{}
	}
	r, ok := c.known[readyKey{p.ID, version.No}]
	c.mu.Unlock()
	if ok {
		return v.named(r)
	}
	r, _ = plan.Prepare(version.Def, v.metrics, v.dir)
	r = usable(r)
	c.mu.Lock()
	if c.dir == v.dir && c.metrics == v.metrics {
		c.known[readyKey{p.ID, version.No}] = r
	}
	c.mu.Unlock()
	return v.named(r)
}

// named is a version with the name that the plan it builds on has now.
func (v *viewer) named(r *plan.Ready) *plan.Ready {
	if r == nil || len(r.Def.BasedOn()) == 0 {
		return r
	}
	return r.BuildingOn(v.list)
}

// usable is nil for a plan whose rule cannot be put in words.
func usable(r *plan.Ready) *plan.Ready {
	if r == nil || r.Shape == nil || r.Metric == nil || r.Metric.Broken != nil {
		return nil
	}
	return r
}

// covers reports whether a plan is about a person in a window: itself, or through a unit the person belongs to.
func (v *viewer) covers(r *plan.Ready, personID int64, w calendar.Window) bool {
	if r == nil || personID == 0 {
		return false
	}
	if r.SubjectKind() == rule.Person {
		return r.Covers(v.dir, rule.Ref{Kind: rule.Person, ID: personID}, w)
	}
	for _, u := range v.dir.Units() {
		if string(u.Kind) != string(r.SubjectKind()) {
			continue
		}
		for _, span := range v.dir.MemberSpans(u.ID) {
			if span.PersonID == personID && !span.Window.Overlap(w).Empty() && r.Covers(v.dir, rule.Ref{Kind: r.SubjectKind(), ID: u.ID}, w) {
				return true
			}
		}
	}
	return false
}

// sees says how much of an award the caller sees.
func (v *viewer) sees(a *award.Award) auth.Level {
	p := v.plans[a.PlanID]
	if p == nil {
		return v.seesSubject(nil, nil, a.Subject, a.Period.Window)
	}
	version := p.Version(a.VersionNo)
	return v.seesSubject(p, version, a.Subject, a.Period.Window)
}

// seesSubject says how much the caller sees of what a subject earns by a plan in a window.
func (v *viewer) seesSubject(p *plan.Plan, version *plan.Version, ref rule.Ref, w calendar.Window) auth.Level {
	view := auth.AwardView{Visibility: auth.VisiblePrivate, Subjects: v.persons(ref, w), Today: v.today}
	if p != nil && version != nil {
		seen, _ := version.Def.SeenIn(v.list, w)
		view.Visibility = auth.Visibility(seen)
		if view.Visibility != auth.VisiblePrivate && v.actor.PersonID != 0 {
			view.InAudience = v.inAudience(p, version, w)
		}
	}
	return v.actor.SeesAward(view, v.dir)
}

// inAudience reports whether a version of a plan is about the caller in a window.
func (v *viewer) inAudience(p *plan.Plan, version *plan.Version, w calendar.Window) bool {
	key := readyWindow{readyKey{p.ID, version.No}, w}
	known, ok := v.within[key]
	if !ok {
		known = v.covers(v.ready(p, version), v.actor.PersonID, w)
		v.within[key] = known
	}
	return known
}

// persons lists who a subject is in a window: itself, or the members of the unit.
func (v *viewer) persons(ref rule.Ref, w calendar.Window) []int64 {
	return personsOf(v.dir, &award.Award{Subject: ref, Period: calendar.Period{Window: w}})
}

// seesPlan reports whether the caller sees that a plan exists. Drafts are for those who design; private plans for those
// they are about, those above people, and those who see all awards.
func (v *viewer) seesPlan(p *plan.Plan) bool {
	if auth.Can(v.actor, auth.DesignPlans) {
		return true
	}
	if len(p.Published()) == 0 {
		return false
	}
	if auth.Can(v.actor, auth.SeeAllAwards) || auth.Can(v.actor, auth.SeeTeam) {
		return true
	}
	current := p.Current(v.today)
	seen, _ := v.seenNow(current)
	return seen != plan.Private || v.coversMe(p, current)
}

// seenNow is what others see of a version today, or when it begins, and the plan that closes it.
func (v *viewer) seenNow(version *plan.Version) (plan.Visibility, *plan.Plan) {
	day := v.today
	if version.Status == plan.Published {
		day = max(day, version.From)
	}
	return version.Def.SeenIn(v.list, calendar.Window{From: day, To: day + 1})
}

// coversMe reports whether a plan is about the caller today.
func (v *viewer) coversMe(p *plan.Plan, version *plan.Version) bool {
	return v.covers(v.ready(p, version), v.actor.PersonID, calendar.Window{From: v.today, To: v.today + 1})
}

// subject names a person or unit.
func (v *viewer) subject(ctx context.Context, ref rule.Ref) SubjectRef {
	out := SubjectRef{Kind: string(ref.Kind), ID: ref.ID}
	if ref.Kind == rule.Person {
		out.Name = personLabel(v.dir, ref.ID)
	} else if u, ok := v.dir.Unit(ref.ID); ok {
		out.Name = u.Name.In(language(ctx))
	}
	return out
}
