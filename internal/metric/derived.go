package metric

import (
	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/rule"
	"laurel/internal/target"
)

// Baseline says what a growth is measured against.
type Baseline string

// The baselines of growth.
const (
	AgainstPrevious Baseline = "previous"  // the period before
	AgainstLastYear Baseline = "last_year" // the same period of the year before
	AgainstFixed    Baseline = "fixed"     // a stated value
)

// against is the baseline of a growth: the period before unless it says otherwise.
func (d *Measure) against() Baseline {
	if d.Against == "" {
		return AgainstPrevious
	}
	return d.Against
}

// compileDerived finds the metric that a growth or an attainment is of.
func (m *Metric) compileDerived(find lookup) (bad []*problem.Error) {
	d := &m.Def.Measure
	if m.Def.By != "" {
		bad = append(bad, problem.Bad("needless", "by", "这种指标没有自己的记录，不能按字段区分", "this metric has no records of its own to tell apart"))
	}
	found := find.metric(d.Of)
	switch {
	case d.Of == "":
		bad = append(bad, problem.Bad("required", "measure.of", "请选一个指标", "choose a metric"))
	case d.Of == m.Def.Key:
		bad = append(bad, problem.Bad("refers_to_itself", "measure.of", "指标不能引用自己", "a metric cannot be computed from itself"))
	case found == nil:
		bad = append(bad, problem.Bad("unknown_metric", "measure.of", "没有标识为 %q 的指标", "there is no metric %q", d.Of))
	case found.Broken != nil:
		bad = append(bad, found.Broken.In("measure.of"))
	default:
		m.Of = found
	}
	if d.Kind == Attainment {
		return bad
	}
	switch d.against() {
	case AgainstPrevious, AgainstLastYear:
		if d.Baseline != nil {
			bad = append(bad, problem.Bad("needless", "measure.baseline", "只有与固定基数相比时才填基数", "only growth against a fixed value has a baseline"))
		}
	case AgainstFixed:
		if d.Baseline == nil || d.Baseline.Sign() <= 0 {
			bad = append(bad, problem.Bad("required", "measure.baseline", "请填一个大于零的基数", "give a baseline above zero"))
		}
	default:
		bad = append(bad, problem.Bad("unknown_choice", "measure.against", "不认识 %q：可用 previous、last_year、fixed", "unknown baseline %q: use previous, last_year or fixed", string(d.Against)))
	}
	return bad
}

// MaxFigures bounds the figures of metrics with records from which one value is computed, over all the metrics in between: where each of
// them names two others there are twice as many at every step.
const MaxFigures = 400

// countFigures refuses a metric that is computed from too many figures.
func (m *Metric) countFigures() []*problem.Error {
	of := func(part *Metric) int { return max(part.figures, 1) }
	for _, part := range m.parts() {
		m.figures += of(part)
	}
	if m.Def.Measure.Kind == Growth && m.Of != nil && m.Def.Measure.against() != AgainstFixed {
		m.figures += of(m.Of) // of the baseline's period
	}
	if m.figures <= MaxFigures {
		return nil
	}
	field := "measure.of"
	if m.Def.Measure.Kind == Combine {
		field = "measure.terms"
	}
	return []*problem.Error{problem.Bad("too_many_figures", field, "指标层层引用，这个指标的一个数要由 %d 个数算出，最多 %d 个：请少引用几层",
		"one value of this metric would be computed from %d figures, over all the metrics that it leads to; at most %d: let it lead to fewer", m.figures, MaxFigures)}
}

// leadsTo reports whether a metric is computed, at some remove, from the one of a key.
func (m *Metric) leadsTo(key string) bool {
	for _, part := range m.parts() {
		if part.Def.Key == key || part.leadsTo(key) {
			return true
		}
	}
	return false
}

// Order lists the places of definitions such that what a metric is computed from comes before it.
func Order(defs []Def) []int {
	at := map[string]int{}
	for i, d := range defs {
		at[d.Key] = i
	}
	out := make([]int, 0, len(defs))
	seen := make([]bool, len(defs))
	var visit func(i int)
	visit = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		if defs[i].Measure.Kind.Derived() {
			for _, key := range defs[i].Measure.Names() {
				if j, ok := at[key]; ok {
					visit(j)
				}
			}
		}
		out = append(out, i)
	}
	for i := range defs {
		visit(i)
	}
	return out
}

// growth is (v − b) ÷ b. There is none without both values, or where b is not above zero.
func (t *Totals) growth(m *Metric, ref rule.Ref, p calendar.Period) (v money.Frac, ok bool, err error) {
	now, ok, err := t.Of(m.Of, ref, p)
	if err != nil || !ok {
		return v, false, err
	}
	base, ok, err := t.baseline(m, ref, p)
	if err != nil || !ok || base.Sign() <= 0 {
		return v, false, err
	}
	if v, err = now.Sub(base); err == nil {
		v, err = v.Div(base)
	}
	return v, err == nil, err
}

func (t *Totals) baseline(m *Metric, ref rule.Ref, p calendar.Period) (money.Frac, bool, error) {
	cal := t.dir.Organisation.Calendar()
	switch m.Def.Measure.against() {
	case AgainstFixed:
		return m.Def.Measure.Baseline.Frac(), true, nil
	case AgainstLastYear:
		if before, ok := cal.YearBefore(p); ok && cal.PeriodOf(p.Kind, p.From).Window == p.Window {
			return t.Of(m.Of, ref, before)
		}
	default:
		if cal.PeriodOf(p.Kind, p.From).Window == p.Window {
			return t.Of(m.Of, ref, cal.Back(p, 1))
		}
	}
	return money.Frac{}, false, nil // a stretch of several periods has no period before it
}

// attainment is the value over the target. There is none without a target above zero.
func (t *Totals) attainment(m *Metric, ref rule.Ref, p calendar.Period) (v money.Frac, ok bool, err error) {
	v, ok, err = t.Of(m.Of, ref, p)
	if err != nil || !ok {
		return v, false, err
	}
	goal, ok, err := t.Target(m.Of, ref, p.Window)
	if err != nil || !ok || goal.Sign() <= 0 {
		return v, false, err
	}
	v, err = v.Div(goal)
	return v, err == nil, err
}

// Target is what a subject is to reach by a metric in a window; ok is false when nobody has said.
func (t *Totals) Target(m *Metric, ref rule.Ref, w calendar.Window) (v money.Frac, ok bool, err error) {
	book := t.books[m.ID]
	if book == nil {
		list, err := target.OfMetric(t.tx, m.goal().MetricID)
		if err != nil {
			return v, false, err
		}
		book = target.NewBook(t.dir, m.goal(), list)
		t.books[m.ID] = book
	}
	return book.Value(ref, w)
}

// goal is how targets of the metric are spread and added up.
func (m *Metric) goal() target.Of {
	id := m.ID
	if id == draftID {
		id = m.onRecord
	}
	return target.Of{MetricID: id, Scale: m.Scale, Adds: m.AddsUp()}
}

// AddsUp reports whether values of parts add up to the whole, so that targets are spread and summed: also sums of time in hours, which have no exact points.
func (m *Metric) AddsUp() bool {
	k := m.Def.Measure.Kind
	if k == Combine {
		return m.all((*Metric).AddsUp)
	}
	return k == Count || k == Sum || k == Distinct
}
