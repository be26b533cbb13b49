package engine

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// mark asks for a period of a plan to be judged again, for one subject or, with a nil subject, for all.
func (b *batch) mark(p *plan.Plan, period calendar.Period, ref *rule.Ref, cause award.Cause) {
	key := periodKey{p.ID, period.Label}
	d := b.dirty[key]
	if d == nil {
		d = &dirtyPeriod{plan: p, period: period, refs: map[rule.Ref]award.Cause{}}
		b.dirty[key] = d
	}
	if cause.Seq >= d.cause.Seq {
		d.cause = cause
	}
	switch {
	case ref != nil:
		d.refs[*ref] = cause
	case d.all:
		return
	default:
		d.all = true
	}
	b.markBuilt(p, period, cause)
	b.markExcluding(p, period, ref, cause)
}

// markCell marks every plan that reads a cell, in the period of the cell's day and the later ones that read back into it.
func (b *batch) markCell(t metric.Touched, cause award.Cause) {
	m := b.metrics.ID(t.MetricID)
	for _, p := range b.plansOn(t.MetricID) {
		for i := range p.versions {
			v := &p.versions[i]
			if v.Valid() && v.ready.Reads(m) {
				b.markReaders(p, v, t, cause)
			}
		}
	}
}

// markReaders marks the periods of one version that read a cell.
func (b *batch) markReaders(p *readyPlan, v *readyVersion, t metric.Touched, cause award.Cause) {
	period, within := v.Whole(t.Day)
	if !within { // in a gap, where only periods after it can read the day
		period.To, period.From = t.Day+1, t.Day
	}
	if period.From > b.asOf {
		return
	}
	own, judged := v.In(period) // a part reads its own days and those before it in the whole period
	judged = within && judged && t.Day < own.To
	if v.ready.Others() { // whoever it was, everybody may be compared with them
		if judged {
			b.mark(p.Plan, own, nil, cause)
		}
		b.markLater(p, v, period, nil, cause)
		return
	}
	days := calendar.Window{From: t.Day, To: t.Day + 1}
	if v.ready.SharesByValue() { // a member's part follows the whole period, not only the days in the unit
		days = period.Window
	}
	for _, ref := range b.subjectsOf(v.ready, t.PersonID, t.Day, days) {
		if judged && own.From <= b.asOf {
			b.mark(p.Plan, own, &ref, cause)
		}
		b.markLater(p, v, period, &ref, cause)
	}
}

// markLater marks the later periods that read back into a period, for one subject or, with a nil subject, for all.
func (b *batch) markLater(p *readyPlan, v *readyVersion, period calendar.Period, ref *rule.Ref, cause award.Cause) {
	back := v.ready.Back()
	if back == (rule.Back{}) {
		return
	}
	n := 1
	series := v.ready.Def.Series(b.cal)
	for later, ok := series.Next(period); ok && later.From <= b.asOf && later.From < v.Reign.To; later, ok = series.Next(later) {
		reads := back.All || n <= back.Periods
		if !reads && back.Year {
			year, ok := series.YearBefore(later)
			reads = ok && year.From == period.From
		}
		if own, judged := v.In(later); reads && judged && own.From <= b.asOf {
			b.mark(p.Plan, own, ref, cause)
		}
		n++
	}
}

// subjectsOf lists the subjects that a person's work of a day counts for. Where it counts for managers it may count for the
// person as well: gates and what a rule reads besides its value are one's own.
func (s *scene) subjectsOf(r *plan.Ready, personID int64, day calendar.Day, days calendar.Window) []rule.Ref {
	own := s.subjectsWith(r, personID, days)
	if r.Def.Rollup == plan.Reports || r.Def.Rollup == plan.Tree {
		return append(own, s.managersOf(personID, day, r.Def.Rollup == plan.Tree)...)
	}
	return own
}

// subjectsWith lists the subjects that a person is, or is a member of on at least one of some days.
func (s *scene) subjectsWith(r *plan.Ready, personID int64, days calendar.Window) []rule.Ref {
	if r.SubjectKind() == rule.Person {
		if _, own := people.UnitOfWork(personID); own {
			return nil
		}
		return []rule.Ref{{Kind: rule.Person, ID: personID}}
	}
	var out []rule.Ref
	for _, id := range s.dir.UnitsIn(personID, days) {
		if u, ok := s.dir.Unit(id); ok && string(u.Kind) == string(r.SubjectKind()) {
			out = append(out, rule.Ref{Kind: r.SubjectKind(), ID: id})
		}
	}
	return out
}

// managersOf lists whom a person reports to on a day, or everybody above.
func (s *scene) managersOf(personID int64, day calendar.Day, all bool) (out []rule.Ref) {
	for range maxAbove {
		id, ok := s.dir.ManagerOf(personID, day)
		if !ok {
			break
		}
		out = append(out, rule.Ref{Kind: rule.Person, ID: id})
		if !all {
			break
		}
		personID = id
	}
	return out
}

// maxAbove bounds the levels of managers that are followed.
const maxAbove = 31

// markWhole marks every period that a plan judges, and every period in which it has awards that it may judge no more.
func (b *batch) markWhole(p *plan.Plan, cause award.Cause) {
	for _, period := range b.judged(p) {
		b.mark(p, period, nil, cause)
	}
	b.orphans = append(b.orphans, orphan{p, cause})
}

// orphan is a plan whose awards may lie in periods that it no longer judges.
type orphan struct {
	plan  *plan.Plan
	cause award.Cause
}

func (b *batch) markPlan(id int64, h record.Head) {
	if p := b.planByID(id); p != nil {
		b.markWhole(p.Plan, causeOf(h))
		for _, others := range [][]*readyPlan{b.index.excluding[p.Plan.Key], b.index.built[p.Plan.Key]} { // also where the plan judges no more
			for _, other := range others {
				b.markWhole(other.Plan, causeOf(h))
			}
		}
	}
}

// markPeople marks what memberships, managers and persons decide: the persons' own awards, and whole periods of plans
// whose subjects are units or compete with each other.
func (b *batch) markPeople(changed map[string]map[int64]record.Head) {
	persons := map[int64]award.Cause{}
	var last award.Cause
	for _, object := range []string{"@person", "@membership"} {
		for id, h := range changed[object] {
			persons[id] = causeOf(h)
			last = latest(last, causeOf(h))
		}
	}
	units, managers := len(changed["@unit"]) > 0, len(changed["@manager"]) > 0
	for _, h := range changed["@manager"] {
		last = latest(last, causeOf(h))
	}
	for _, h := range changed["@unit"] {
		last = latest(last, causeOf(h))
	}
	if len(persons) == 0 && !units && !managers {
		return
	}
	renamed := len(changed["@person"]) > 0 // so a name in an audience may mean somebody else now
	for _, p := range b.plans {
		for _, period := range b.judged(p.Plan) {
			r := p.of(period)
			if r == nil {
				continue
			}
			named := renamed && len(r.Def.Audience.Persons) > 0
			if units || named || managers && r.ReadsManagers() || r.SubjectKind() != rule.Person || r.Together() {
				b.mark(p.Plan, period, nil, last)
				continue
			}
			for id, cause := range persons {
				b.mark(p.Plan, period, &rule.Ref{Kind: rule.Person, ID: id}, cause)
			}
		}
	}
}

func latest(a, c award.Cause) award.Cause {
	if c.Seq > a.Seq {
		return c
	}
	return a
}

// passDays marks the periods that began or ended since a day. before 0 means that nothing was ever judged.
func (b *batch) passDays(before calendar.Day) {
	for _, p := range b.plans {
		for _, period := range b.judged(p.Plan) {
			began := period.From > before || before == 0
			ended := period.To > before && period.To <= b.asOf
			if began || ended {
				b.mark(p.Plan, period, nil, award.Cause{})
			}
		}
	}
}

// judged lists the periods of a plan that have begun, in order.
func (b *batch) judged(p *plan.Plan) []calendar.Period {
	var out []calendar.Period
	for _, v := range p.Published() {
		out = append(out, p.Course(v.No, b.cal).All(b.asOf+1)...)
	}
	return out
}

// dirtyInOrder lists what has to be judged, the same for the same input: in the order of time, so that the plans of one period
// share what is read of it, and of periods that begin together the longest first, whose records the shorter ones are among.
func (b *batch) dirtyInOrder() []*dirtyPeriod {
	out := slices.Collect(maps.Values(b.dirty))
	slices.SortFunc(out, func(x, y *dirtyPeriod) int {
		return cmp.Or(cmp.Compare(x.period.From, y.period.From), cmp.Compare(y.period.To, x.period.To), cmp.Compare(x.plan.ID, y.plan.ID),
			strings.Compare(x.period.Label, y.period.Label))
	})
	return out
}

func sortRefs(refs []rule.Ref) {
	slices.SortFunc(refs, func(a, c rule.Ref) int { return int(min(max(a.ID-c.ID, -1), 1)) })
}
