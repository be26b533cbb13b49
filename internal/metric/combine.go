package metric

import (
	"fmt"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// MaxTerms bounds the metrics that one is combined from.
const MaxTerms = 20

// Term is one metric in a sum of several: so many times its value.
type Term struct {
	Metric string         `json:"metric" yaml:"metric" doc:"Key of the metric"`
	Times  *money.Decimal `json:"times,omitempty" yaml:"times,omitempty" doc:"By what its value is multiplied; below zero takes it off (default 1)"`
	Window TermWindow     `json:"window,omitempty" yaml:"window,omitempty" enum:"period,previous,last_year" doc:"Its value of the judged period (default), of the period before, or of the same period last year"`
}

// TermWindow is the period of which a term is the value.
type TermWindow string

// The windows of a term; the empty one is TermPeriod.
const (
	TermPeriod   TermWindow = "period"    // the judged one
	TermPrevious TermWindow = "previous"  // the one before
	TermLastYear TermWindow = "last_year" // the same of the year before
)

// Factor is by what the term's value is multiplied.
func (t Term) Factor() money.Decimal {
	if t.Times == nil {
		return money.Decimal{Coef: 1}
	}
	return t.Times.Trim()
}

// earlier reports whether the term reads a period before the judged one.
func (t Term) earlier() bool { return t.Window == TermPrevious || t.Window == TermLastYear }

// combined is a term whose metric was found.
type combined struct {
	Term
	metric *Metric
}

// ofAndTo are the parts of a ratio, or what a growth or an attainment is of.
func (m *Metric) ofAndTo() (out []*Metric) {
	for _, part := range []*Metric{m.Of, m.To} {
		if part != nil {
			out = append(out, part)
		}
	}
	return out
}

// parts are the metrics from whose values this one is computed.
func (m *Metric) parts() []*Metric {
	out := m.ofAndTo()
	for _, t := range m.terms {
		out = append(out, t.metric)
	}
	return out
}

// all reports whether something holds of every term.
func (m *Metric) all(is func(*Metric) bool) bool {
	for _, t := range m.terms {
		if !is(t.metric) {
			return false
		}
	}
	return len(m.terms) > 0
}

// Earlier reports whether values of a period read earlier ones at some remove, so that only whole periods have a value: growths, and sums with such a term.
func (m *Metric) Earlier() bool { return m.Back() != rule.Back{} }

// Falls reports whether the value may become less although no record is corrected: where something of the period is taken off.
func (m *Metric) Falls() bool {
	for _, t := range m.terms {
		if !t.earlier() && (t.Factor().Sign() < 0 || t.metric.Falls()) {
			return true
		}
	}
	return false
}

// compileCombine finds the terms and says in what their sum is counted.
func (m *Metric) compileCombine(find lookup) (bad []*problem.Error) {
	if m.Def.By != "" {
		bad = append(bad, problem.Bad("needless", "by", "这种指标没有自己的记录，不能按字段区分", "this metric has no records of its own to tell apart"))
	}
	list := m.Def.Measure.Terms
	switch {
	case len(list) == 0:
		return append(bad, problem.Bad("required", "measure.terms", "请至少选一个指标", "choose at least one metric"))
	case len(list) > MaxTerms:
		return append(bad, problem.Bad("list_too_long", "measure.terms", "最多 %d 项", "at most %d terms", MaxTerms))
	}
	seen := map[Term]bool{}
	for i, t := range list {
		at := fmt.Sprintf("measure.terms[%d]", i)
		if t.Window == TermPeriod {
			t.Window = ""
		}
		found, wrong := m.findTerm(find, t, at)
		bad = append(bad, wrong...)
		key := Term{Metric: t.Metric, Window: t.Window}
		if seen[key] && found != nil {
			bad = append(bad, problem.Bad("term_repeated", at+".metric", "这个指标的同一期已经在前面，请合成一项", "this metric stands above already for the same period: make them one term"))
		}
		seen[key] = true
		if found != nil {
			m.terms = append(m.terms, combined{t, found})
		}
	}
	if len(bad) > 0 {
		return bad
	}
	return m.compileFamily()
}

func (m *Metric) findTerm(find lookup, t Term, at string) (found *Metric, bad []*problem.Error) {
	found = find.metric(t.Metric)
	switch {
	case t.Metric == "":
		bad = append(bad, problem.Bad("required", at+".metric", "请选一个指标", "choose a metric"))
	case t.Metric == m.Def.Key:
		bad = append(bad, problem.Bad("refers_to_itself", at+".metric", "指标不能引用自己", "a metric cannot be computed from itself"))
	case found == nil:
		bad = append(bad, problem.Bad("unknown_metric", at+".metric", "没有标识为 %q 的指标", "there is no metric %q", t.Metric))
	case found.Broken != nil:
		bad = append(bad, found.Broken.In(at+".metric"))
	}
	switch t.Window {
	case "", TermPrevious, TermLastYear:
	default:
		bad = append(bad, problem.Bad("unknown_choice", at+".window", "不认识 %q：可用 period、previous、last_year", "unknown window %q: use period, previous, last_year", string(t.Window)))
	}
	factor := t.Factor()
	if factor.IsZero() {
		bad = append(bad, problem.Bad("times_zero", at+".times", "乘以 0 的一项没有意义：请改为别的数，或去掉这一项", "a term times 0 is none: give another number, or leave the term out"))
	}
	if found != nil && found.Broken == nil {
		if places := found.Scale + factor.Scale; places > maxScale {
			bad = append(bad, problem.Bad("too_many_places", at+".times", "指标的小数位加上乘数的小数位不能超过 %d 位", "the places of the metric and of the number it is multiplied by come to more than %d", maxScale))
		} else {
			m.Scale = max(m.Scale, places)
		}
	}
	return found, bad
}

// compileFamily finds in what the sum is counted: the currency that all terms share, a percentage where all are, else a number. Where
// terms are of different kinds the sum is a number of something that has to be named, and two currencies have no sum.
func (m *Metric) compileFamily() []*problem.Error {
	first := m.terms[0].metric
	alike := true
	currency := ""
	for i, t := range m.terms {
		switch c := t.metric.Currency; {
		case c == "":
		case currency == "":
			currency = c
		case c != currency:
			return []*problem.Error{problem.Bad("currency_mismatch", fmt.Sprintf("measure.terms[%d].metric", i), "这一项以 %s 计，前面的以 %s 计，不能相加：请先换算成一种货币", "this term is in %s and one above it in %s, and they do not add up: convert them into one currency first", c, currency)}
		}
		alike = alike && t.metric.Currency == first.Currency && t.metric.isPercentage() == first.isPercentage()
	}
	if alike {
		m.Currency = first.Currency
		m.percentage = first.isPercentage()
		return nil
	}
	if m.Def.Unit.IsZero() {
		return []*problem.Error{problem.Bad("unit_of_mixture", "unit", "这些指标的单位不同（金额、百分比或个数），相加后是另一种数：请填写单位，例如“分”", "these metrics differ in kind (money, percentages, numbers), so their sum is something else: name its unit, such as “points”")}
	}
	return nil
}

// isPercentage reports whether people read the values as percentages: a ratio of money, or of what has a unit of its own, they do not.
func (m *Metric) isPercentage() bool { return m.Percent() && m.Currency == "" && m.Unit().IsZero() }

// WindowOf is the period of which a term is the value; ok is false where there is none, as for a stretch that is no period.
func (t Term) WindowOf(cal calendar.Calendar, p calendar.Period) (earlier calendar.Period, ok bool) {
	if !t.earlier() {
		return p, true
	}
	if p.Kind == "" || p.Kind == calendar.Custom || cal.PeriodOf(p.Kind, p.From).Window != p.Window {
		return p, false
	}
	if t.Window == TermLastYear {
		return cal.YearBefore(p)
	}
	return cal.Back(p, 1), true
}

// combine adds the terms up. There is no value where one of them has none.
func (t *Totals) combine(m *Metric, ref rule.Ref, p calendar.Period) (sum money.Frac, ok bool, err error) {
	for _, term := range m.terms {
		_, part, ok, err := t.term(term, ref, p)
		if err != nil || !ok {
			return money.Frac{}, false, err
		}
		if sum, err = sum.Add(part); err != nil {
			return money.Frac{}, false, err
		}
	}
	return sum, true, nil
}

// term is the value of a term's metric, and what it is worth in the sum.
func (t *Totals) term(term combined, ref rule.Ref, p calendar.Period) (v, part money.Frac, ok bool, err error) {
	at, ok := term.WindowOf(t.dir.Organisation.Calendar(), p)
	if !ok {
		return v, part, false, nil
	}
	if v, ok, err = t.Of(term.metric, ref, at); err != nil || !ok {
		return v, part, false, err
	}
	part, err = v.Mul(term.Factor().Frac())
	return v, part, err == nil, err
}

// TermValue is a term of a sum with what it comes to.
type TermValue struct {
	Term
	Of          *Metric
	Value, Part money.Frac // of the metric, and in the sum
}

// Terms takes a subject's value of a combined metric apart; there are none where there is no value, or the metric is no sum of others.
func (t *Totals) Terms(m *Metric, ref rule.Ref, p calendar.Period) (out []TermValue, err error) {
	for _, term := range m.terms {
		v, part, ok, err := t.term(term, ref, p)
		if err != nil || !ok {
			return nil, err
		}
		out = append(out, TermValue{term.Term, term.metric, v, part})
	}
	return out, nil
}

// PointsOf are a subject's contributions to a period, in the order of time: as Points, and of a sum of metrics those of all its terms, each with
// what it is worth in the sum. A record of an earlier period counts from the start of the judged one. Only metrics that add up have
// them.
func (t *Totals) PointsOf(m *Metric, ref rule.Ref, p calendar.Period) ([]rule.Point, error) {
	if m.Def.Measure.Kind != Combine {
		points, err := t.Points(m, ref, p.Window)
		return rule.SortPoints(points), err
	}
	cal := t.dir.Organisation.Calendar()
	var all []rule.Point
	for _, term := range m.terms {
		at, ok := term.WindowOf(cal, p)
		if !ok {
			return nil, nil
		}
		points, err := t.PointsOf(term.metric, ref, at)
		if err != nil {
			return nil, err
		}
		by, err := term.scaledTo(m)
		if err != nil {
			return nil, err
		}
		for _, point := range points {
			if point.Value, err = money.MulDiv(point.Value, by, 1, money.HalfEven); err != nil {
				return nil, err
			}
			if term.earlier() {
				point.Was, point.Moment = point.Own(), p.From.Start(cal.Zone).UnixMicro()
			}
			point.Label = ""
			all = append(all, point)
		}
	}
	return joined(all)
}

// scaledTo is by what a whole number of the term's smallest units is multiplied to become the sum's.
func (c combined) scaledTo(m *Metric) (int64, error) {
	d, err := c.Factor().Rescale(m.Scale-c.metric.Scale, money.HalfEven) // there are places enough: findTerm has seen to it
	return d.Coef, err
}

// joined puts points in the order of time, those of one record at one moment as one.
func joined(points []rule.Point) ([]rule.Point, error) {
	points = rule.SortPoints(points)
	out := make([]rule.Point, 0, len(points))
	for _, p := range points {
		if n := len(out); n > 0 && out[n-1].RecordID == p.RecordID && out[n-1].Moment == p.Moment {
			last := &out[n-1]
			sum, err := money.AddInt(last.Value, p.Value)
			if err != nil {
				return nil, err
			}
			last.Value, last.PersonID = sum, min(last.PersonID, p.PersonID)
			continue
		}
		out = append(out, p)
	}
	return out, nil
}

// LastOf is the moment of a subject's last contribution to a period, 0 when there is none. What an earlier period brought was there from the start.
func (t *Totals) LastOf(m *Metric, ref rule.Ref, p calendar.Period) (last int64, err error) {
	if !m.Def.Measure.Kind.Derived() {
		return t.Last(m, ref, p.Window)
	}
	for _, part := range m.ofAndTo() {
		moment, err := t.LastOf(part, ref, p)
		if err != nil {
			return 0, err
		}
		last = max(last, moment)
	}
	cal := t.dir.Organisation.Calendar()
	for _, term := range m.terms {
		at, ok := term.WindowOf(cal, p)
		if !ok {
			continue
		}
		moment, err := t.LastOf(term.metric, ref, at)
		if err != nil {
			return 0, err
		}
		if term.earlier() && moment != 0 {
			moment = p.From.Start(cal.Zone).UnixMicro()
		}
		last = max(last, moment)
	}
	return last, nil
}

// PartIn is a metric with contributions, and a period of them that is read.
type PartIn struct {
	Of *Metric
	In calendar.Period
}

// PartsIn lists what a metric's value of a period is counted from: its parts, each in the period in which it is read, and without the
// baseline of a growth.
func (m *Metric) PartsIn(cal calendar.Calendar, p calendar.Period) (out []PartIn) {
	if !m.Def.Measure.Kind.Derived() {
		return []PartIn{{m, p}}
	}
	add := func(m *Metric, p calendar.Period) {
		for _, part := range m.PartsIn(cal, p) {
			if !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
	}
	for _, part := range m.ofAndTo() {
		add(part, p)
	}
	for _, term := range m.terms {
		if at, ok := term.WindowOf(cal, p); ok {
			add(term.metric, at)
		}
	}
	return out
}

// Name says which term it is: 拜访数, 上一期的销售额.
func (v TermValue) Name() i18n.Text {
	name := v.Of.Def.Name
	switch v.Window {
	case TermPrevious:
		return i18n.T(i18n.Glue("上一期", name.In(i18n.ZH)), name.In(i18n.EN)+" of the period before")
	case TermLastYear:
		return i18n.T(i18n.Glue("去年同期", name.In(i18n.ZH)), name.In(i18n.EN)+" of the same period last year")
	}
	return name
}
