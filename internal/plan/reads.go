package plan

import (
	"fmt"
	"maps"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// nameReads notes every metric that may change what is due, whether or not it can be measured now.
func (r *Ready) nameReads(metrics *metric.Set) {
	r.reads = map[string]bool{}
	var name func(key string)
	name = func(key string) {
		if key == "" || r.reads[key] {
			return
		}
		r.reads[key] = true
		if m := metrics.Key(key); m != nil {
			for _, part := range m.Named() {
				name(part)
			}
		}
	}
	name(r.Def.Metric)
	for _, key := range rule.ReadsOf(r.Shape).Metrics {
		name(key)
	}
	for _, g := range r.Def.Gates {
		name(g.Metric)
	}
}

// resolveReads finds every metric that the rule and its gates read, and how far into the past they go.
func (r *Ready) resolveReads(metrics *metric.Set) (bad []*problem.Error) {
	read := rule.ReadsOf(r.Shape)
	r.back, r.others = read.Back.Plus(r.Metric.Back()), read.Others
	r.Context.Metrics = map[string]rule.Named{}
	take := func(key string) *metric.Metric {
		m := metrics.Key(key)
		if m == nil || m.Broken != nil {
			return m
		}
		r.Context.Metrics[key] = rule.Named{Name: m.Def.Name, Measure: MeasureOf(m)}
		return m
	}
	for _, key := range read.Metrics {
		m := take(key)
		switch {
		case m == nil:
			bad = append(bad, problem.Bad("unknown_metric", "params", "规则用到的指标 %q 不存在", "the rule reads a metric %q, which does not exist", key))
		case m.Broken != nil:
			bad = append(bad, m.Broken.In("params"))
		default:
			r.back = r.back.Or(read.Back.Plus(m.Back()))
		}
	}
	bad = append(bad, rule.CheckGates(r.Def.Gates, func(key string) bool { return metrics.Key(key) != nil })...)
	for _, g := range r.Def.Gates {
		if m := take(g.Metric); m != nil && m.Broken == nil {
			r.back = r.back.Or(g.Back().Plus(m.Back()))
		}
	}
	if r.Def.Period == calendar.Custom && r.back != (rule.Back{}) {
		bad = append(bad, problem.Bad("custom_reads_back", "period", "自定义周期之间可能有间隔，不能与以前的周期比较、结转或累计；请改用日历周期",
			"listed periods may have gaps, so nothing can be compared with, carried from or added up over earlier ones: use periods of the calendar"))
	}
	return bad
}

// checkCredited refuses to judge persons, or units too far down, by what counts for units: they would have nothing for ever.
func (r *Ready) checkCredited(metrics *metric.Set) (bad []*problem.Error) {
	check := func(field string, m *metric.Metric) {
		if m == nil || m.Broken != nil {
			return
		}
		kind, subject := m.CreditsUnits(), people.UnitKind(r.SubjectKind())
		if kind == "" || kind == subject || kind == people.Team && subject == people.Department {
			return
		}
		bad = append(bad, problem.Bad("credited_to_units", field, "指标 %q 的业绩算给%s：请改为奖励%s，或换一个指标", "metric %q credits a %s: reward a %s, or choose another metric",
			m.Def.Key, unitWord(kind), unitWord(kind)))
	}
	check("metric", r.Metric)
	for _, key := range rule.ReadsOf(r.Shape).Metrics {
		check("params", metrics.Key(key))
	}
	for i, g := range r.Def.Gates {
		check(fmt.Sprintf("gates[%d].metric", i), metrics.Key(g.Metric))
	}
	for i, s := range r.Def.Split {
		if s.By == rule.ByValue && r.Metric != nil && r.Metric.CreditsUnits() != "" {
			bad = append(bad, problem.Bad("credited_to_units", fmt.Sprintf("split[%d].by", i),
				"指标 %q 的业绩算给%s，不算给成员：请按人平分（equal）或按在队天数（days）", "metric %q credits a %s and nobody in it: divide equally (equal) or by days (days)",
				r.Metric.Def.Key, unitWord(r.Metric.CreditsUnits())))
		}
	}
	return bad
}

func unitWord(kind people.UnitKind) i18n.Text {
	if kind == people.Team {
		return i18n.T("团队", "team")
	}
	return i18n.T("部门", "department")
}

// resolveNames finds the subjects whom a rule names.
func resolveNames(shape rule.Shape, dir *people.Directory) (called map[string]i18n.Text, bad []*problem.Error) {
	called = map[string]i18n.Text{}
	for _, n := range rule.NamesOf(shape) {
		if n.Kind == rule.Person {
			if p, ok := dir.PersonByKey(n.Key); ok {
				called[n.Key] = i18n.Same(p.Name)
				continue
			}
		} else if u, ok := dir.UnitByKey(people.UnitKind(n.Kind), n.Key); ok {
			called[n.Key] = i18n.T(u.Name.In(i18n.ZH), u.Name.In(i18n.EN))
			continue
		}
		bad = append(bad, problem.Bad("unknown_subject", "params."+n.Field, "没有标识为 %q 的人员、团队或部门", "there is no person, team or department %q", n.Key))
	}
	return called, bad
}

// Others reports whether the rule reads subjects who need not be in the audience.
func (r *Ready) Others() bool { return r.others }

// gatesFall reports whether a gate that is open may shut without a correction: on averages, ratios, and lines from above.
func (r *Ready) gatesFall(metrics *metric.Set) bool {
	for _, g := range r.Def.Gates {
		m := metrics.Key(g.Metric)
		if m == nil || !m.Additive() || m.Falls() || g.Compare == rule.AtMost || g.Compare == rule.Below {
			return true
		}
	}
	return false
}

// Reads reports whether a change of what a metric counts may change what is due.
func (r *Ready) Reads(m *metric.Metric) bool {
	if r.reads == nil { // the rule itself cannot be read
		return r.Def.Metric == m.Def.Key
	}
	return r.reads[m.Def.Key]
}

// ReadKeys lists the keys of the metrics that Reads is true of, in no order.
func (r *Ready) ReadKeys() []string {
	if r.reads == nil {
		return []string{r.Def.Metric}
	}
	return slices.Collect(maps.Keys(r.reads))
}

// Back is how far before the judged period the plan reads.
func (r *Ready) Back() rule.Back { return r.back }

// Together reports whether a change of one subject's values may change what is due to others.
func (r *Ready) Together() bool { return r.others || r.Shape.Population() || r.Around.Together() }

// SharesByValue reports whether members of a unit divide what it earns by what each brought.
func (r *Ready) SharesByValue() bool {
	return slices.ContainsFunc(r.Def.Split, func(s rule.SplitPart) bool { return s.To == rule.ToMembers && s.By == rule.ByValue })
}

// ReadsManagers reports whether who reports to whom may change what is due.
func (r *Ready) ReadsManagers() bool {
	return r.Def.Rollup == Reports || r.Def.Rollup == Tree || slices.ContainsFunc(r.Def.Split, func(s rule.SplitPart) bool { return s.To == rule.ToManager })
}

// paysCash reports whether the plan's own reward is cash.
func (r *Ready) paysCash() bool { return r.Def.Reward.Kind == rule.Cash }

// resolveSplit finds the persons who get a share, for the sentence, and shares that go to nobody.
func (r *Ready) resolveSplit(dir *people.Directory) (bad []*problem.Error) {
	for i, s := range r.Def.Split {
		if s.To != rule.ToPerson || s.Person == "" {
			continue
		}
		p, ok := dir.PersonByKey(s.Person)
		if !ok {
			bad = append(bad, problem.Bad("unknown_person", fmt.Sprintf("split[%d].person", i), "没有标识或姓名为 %q 的人员", "there is no person %q", s.Person))
			continue
		}
		if r.Around.People == nil {
			r.Around.People = map[string]string{}
		}
		r.Around.People[s.Person] = p.Name
	}
	return bad
}
