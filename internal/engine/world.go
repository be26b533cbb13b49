package engine

import (
	"laurel/internal/calendar"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// world answers what a version's rule asks beyond its subject's value in the judged period, from the scene's day cells.
type world struct {
	scene *scene
	ready *plan.Ready
}

// contextOf is what the version's shape is told of the plan around it, with the scene to ask.
func (s *scene) contextOf(r *plan.Ready, period calendar.Period) rule.Context {
	ctx := r.Context
	ctx.At, ctx.World, ctx.Roll = period, world{s, r}, roll{world{s, r}}
	return ctx
}

func (w world) Subject(metric string, ref rule.Ref, p calendar.Period) (rule.Subject, error) {
	if metric == "" {
		return w.scene.subject(w.ready, p, ref)
	}
	m, err := w.metric(metric)
	if err != nil {
		return rule.Subject{}, err
	}
	if metric == "" {
		return w.scene.subject(w.ready, p, ref)
	}
	return w.scene.measured(m, p, ref)
}

func (w world) Target(metric string, ref rule.Ref, p calendar.Period) (v money.Frac, ok bool, err error) {
	m, err := w.metric(metric)
	if err != nil {
		return v, false, err
	}
	return w.scene.totals.Target(m, ref, p.Window)
}

// metric finds a metric; the empty key is the plan's own.
func (w world) metric(key string) (*metric.Metric, error) {
	m := w.ready.Metric
	if key != "" {
		if m = w.scene.metrics.Key(key); m == nil {
			return nil, problem.Bad("unknown_metric", "metric", "没有标识为 %q 的指标", "there is no metric %q", key)
		}
	}
	if m.Broken != nil {
		return nil, m.Broken
	}
	return m, nil
}

func (w world) Find(kind rule.SubjectKind, key string) (rule.Ref, bool) {
	if kind == rule.Person {
		p, ok := w.scene.dir.PersonByKey(key)
		if !ok {
			return rule.Ref{}, false
		}
		return rule.Ref{Kind: kind, ID: p.ID}, true
	}
	u, ok := w.scene.dir.UnitByKey(people.UnitKind(kind), key)
	return rule.Ref{Kind: kind, ID: u.ID}, ok
}

func (w world) Name(ref rule.Ref) string { return NameSubject(w.scene.dir, ref).Name }

func (w world) Back(p calendar.Period, n int) (calendar.Period, bool) {
	whole, _ := w.Whole(p)
	return w.ready.Def.Series(w.scene.cal).Back(whole, n)
}

func (w world) YearBefore(p calendar.Period) (calendar.Period, bool) {
	return w.ready.Def.Series(w.scene.cal).YearBefore(p)
}

func (w world) Around(kind calendar.Kind, p calendar.Period) calendar.Period {
	whole, _ := w.Whole(p)
	return w.scene.cal.PeriodOf(kind, whole.From)
}

// Whole is the period of which a judged one is a part, with the days on which it was split so far.
func (w world) Whole(p calendar.Period) (whole calendar.Period, cuts []calendar.Day) {
	course := w.scene.course(w.ready)
	if !course.Split() {
		return p, nil
	}
	whole, ok := course.Whole(p.From)
	if !ok || whole.Kind != p.Kind || whole.Window == p.Window {
		return p, nil
	}
	return whole, course.CutsBefore(whole, p)
}

func (w world) Start() calendar.Day { return w.scene.startOf(w.ready) }

// memory names what a version's rule has worked out.
type memory struct {
	ready *plan.Ready
	key   any
}

// Recall and Remember keep what a rule has worked out about earlier periods for as long as the scene, and so what it counts, stays.
func (w world) Recall(key any) (any, bool) {
	v, ok := w.scene.memories[memory{w.ready, key}]
	return v, ok
}

// Remember is Recall's other half.
func (w world) Remember(key, value any) {
	if w.scene.memories == nil {
		w.scene.memories = map[memory]any{}
	}
	w.scene.memories[memory{w.ready, key}] = value
}
