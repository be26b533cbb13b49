package engine

import (
	"slices"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// Standing is where everybody of a plan stands in one period.
type Standing struct {
	Plan    *plan.Ready
	Period  calendar.Period
	Running bool
	Rows    []StandingRow // best value first
}

// StandingRow is one subject of a standing.
type StandingRow struct {
	Subject  rule.Subject
	Progress rule.Progress
	Dues     []rule.Due
	WhyNot   i18n.Text // empty when something is due
}

// Periods lists the periods that a plan has judged or is judging, newest first, with the version of each.
func (e *Engine) Periods(tx *db.Tx, p *plan.Plan) ([]calendar.Period, error) {
	b, err := e.begin(tx)
	if err != nil {
		return nil, err
	}
	periods := b.judged(p)
	slices.Reverse(periods)
	return periods, nil
}

// Standing judges a period of a published plan as of now. A period that has not begun has no standing.
func (e *Engine) Standing(tx *db.Tx, p *plan.Plan, label string) (*Standing, error) {
	b, err := e.begin(tx)
	if err != nil {
		return nil, err
	}
	for _, period := range b.judged(p) {
		if period.Label == label {
			return b.standing(p, period, nil)
		}
	}
	return nil, problem.New(problem.NotFound, "unknown_period", "period", "方案没有评判过周期 %q（它还没有开始，或不在方案的有效期内）",
		"the plan has not judged the period %q: it has not begun, or lies outside the plan's dates", label)
}

// standing evaluates a period for everybody; only limits the rows that are written out.
func (b *batch) standing(p *plan.Plan, period calendar.Period, only []rule.Ref) (*Standing, error) {
	r, err := b.readyFor(p, period)
	if err != nil || r == nil {
		return nil, err
	}
	refs := only
	if r.Together() {
		refs = nil
	}
	subjects, err := b.subjects(r, period, refs)
	if err != nil {
		return nil, err
	}
	ctx := b.contextOf(r, period)
	dues, err := due(r, period, ctx, subjects)
	if err != nil {
		return nil, err
	}
	byRef := map[rule.Ref][]rule.Due{}
	for _, d := range dues {
		byRef[d.Ref] = append(byRef[d.Ref], d)
	}
	wanted := subjects
	if only != nil {
		wanted = slices.DeleteFunc(slices.Clone(subjects), func(s rule.Subject) bool { return !slices.Contains(only, s.Ref) })
	}
	stands, err := r.Around.Stands(r.Shape, ctx, subjects, wanted, dues)
	if err != nil {
		return nil, err
	}
	out := &Standing{Plan: r, Period: period, Running: period.To > b.asOf}
	for i, s := range wanted {
		out.Rows = append(out.Rows, StandingRow{Subject: s, Progress: stands[i].Progress, Dues: byRef[s.Ref], WhyNot: stands[i].WhyNot})
	}
	slices.SortStableFunc(out.Rows, func(x, y StandingRow) int {
		if x.Progress.Rank != y.Progress.Rank && x.Progress.Rank > 0 && y.Progress.Rank > 0 {
			return x.Progress.Rank - y.Progress.Rank
		}
		if x.Subject.Has != y.Subject.Has {
			if x.Subject.Has {
				return -1
			}
			return 1
		}
		return y.Subject.Value.Cmp(x.Subject.Value)
	})
	return out, nil
}

// readyFor finds the version that judges a period; its fault, if it has one, is the error.
func (b *batch) readyFor(p *plan.Plan, period calendar.Period) (*plan.Ready, error) {
	rp := b.planByID(p.ID)
	if rp == nil {
		return nil, nil
	}
	r := rp.of(period)
	if r == nil {
		return nil, nil
	}
	return r, rp.fault(r)
}

// Progress is where people stand in the running period of every plan that covers one of them or a unit of theirs.
func (e *Engine) Progress(tx *db.Tx, persons ...int64) ([]*Standing, error) {
	b, err := e.begin(tx)
	if err != nil {
		return nil, err
	}
	var out []*Standing
	for _, rp := range b.plans {
		for _, v := range rp.at(b.asOf) {
			s, err := b.standingOf(rp, v, persons)
			if err != nil && !evaluationFault(err) {
				return nil, err
			}
			if err == nil && s != nil {
				out = append(out, s)
			}
		}
	}
	return out, nil
}

// standingOf is where people, or the units they belong to now, stand in a period; nil when the plan covers none of them.
func (b *batch) standingOf(rp *readyPlan, v judgedPeriod, persons []int64) (*Standing, error) {
	if rp.fault(v.ready) != nil {
		return nil, nil
	}
	var only []rule.Ref
	seen := map[rule.Ref]bool{}
	for _, id := range persons {
		for _, ref := range b.subjectsWith(v.ready, id, calendar.Window{From: b.asOf, To: b.asOf + 1}) {
			if !seen[ref] && v.ready.Covers(b.dir, ref, v.period.Window) {
				only = append(only, ref)
			}
			seen[ref] = true
		}
	}
	if len(only) == 0 {
		return nil, nil
	}
	return b.standing(rp.Plan, v.period, only)
}

// Evidence is what an award opens into: the rule that judged it, its arithmetic, and the records behind it.
type Evidence struct {
	Plan    *plan.Ready
	Subject rule.Subject
	Due     *rule.Due        // nil when the award is no longer due
	Points  []rule.Point     // in the order of time; those of the award itself, or of the subject's whole period
	Of      []*metric.Metric // whose value each point is, where it is not the plan's own metric's; else empty
	WhyNot  i18n.Text        // of an award that is no longer due
}

// Explain works out an award's evidence from the contributions that stand now, by the version that judges its period. Where that cannot be
// judged as things are, for a fault of its own or of a plan that it builds on, the award stands as it is and the fault is told.
func (e *Engine) Explain(tx *db.Tx, a *award.Award) (*Evidence, error) {
	b, err := e.begin(tx)
	if err != nil {
		return nil, err
	}
	ev, err := b.explain(a)
	if err != nil && evaluationFault(err) {
		_, text := faultOf(err)
		return &Evidence{WhyNot: text}, nil
	}
	return ev, err
}

func (b *batch) explain(a *award.Award) (*Evidence, error) {
	p := b.planByID(a.PlanID)
	if p == nil {
		return nil, problem.New(problem.NotFound, "unknown_plan", "plan", "奖励方案已不存在", "the plan is gone")
	}
	if a.Origin != "" {
		return b.explainAdjustment(p, a)
	}
	r := p.of(a.Period)
	if r == nil || p.fault(r) != nil {
		return &Evidence{WhyNot: i18n.T("方案不再评判这个周期", "the plan no longer judges this period")}, nil
	}
	refs := []rule.Ref{a.Subject}
	if r.Together() {
		refs = nil
	}
	subjects, err := b.subjects(r, a.Period, refs)
	if err != nil {
		return nil, err
	}
	ctx := b.contextOf(r, a.Period)
	dues, err := due(r, a.Period, ctx, subjects)
	if err != nil {
		return nil, err
	}
	ev := &Evidence{Plan: r}
	for i := range dues {
		if dues[i].Ref == a.Subject && dues[i].Slot == a.Slot {
			ev.Due = &dues[i]
		}
	}
	earner := a.Subject // of a share, who it is a share of
	if ev.Due != nil && ev.Due.From != (rule.Ref{}) {
		earner = ev.Due.From
	}
	for _, s := range subjects {
		if s.Ref == earner {
			ev.Subject = s
		}
	}
	if ev.Due == nil {
		stands, err := r.Around.Stands(r.Shape, ctx, subjects, []rule.Subject{ev.Subject}, nil)
		if err != nil {
			return nil, err
		}
		ev.WhyNot = stands[0].WhyNot
	}
	if r.Rolled() {
		return ev, b.brought(ev, a.Period, earner)
	}
	if err := b.combined(ev, a.Period, earner); err != nil {
		return nil, err
	}
	return ev, b.points(ev, a, earner)
}

// points reads the records behind an award.
func (b *batch) points(ev *Evidence, a *award.Award, earner rule.Ref) error {
	if rule.Secret(ev.Plan.Shape.Key()) {
		return nil
	}
	m := ev.Plan.Metric
	if !m.Additive() && m.Def.Measure.Kind.Derived() {
		return b.partPoints(ev, a.Period, earner)
	}
	var err error
	if ev.Points, err = b.countedFor(ev.Plan, earner, a.Period); err != nil {
		return err
	}
	if d := ev.Due; d != nil && ev.Plan.Metric.Additive() && d.FromPoint >= 0 && d.ToPoint <= len(ev.Points) {
		ev.Points = ev.Points[d.FromPoint:d.ToPoint]
	}
	return nil
}

func (b *batch) planByID(id int64) *readyPlan { return b.index.byID[id] }
