package plan

import (
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// indivisible is why a period of the version cannot be split between two versions, or nil. What can be split is what its records bring one
// by one: then each is paid by the version of its day, and what it brings is told by the running total of the whole period.
func (r *Ready) indivisible(metrics *metric.Set) *i18n.Text {
	why := func(zh, en string) *i18n.Text {
		text := i18n.T(zh, en)
		return &text
	}
	switch {
	case r.Def.Earned != "":
		return why("方案按另一方案的奖金计算", "the plan is judged by what another plan gives")
	case !rule.Divisible(r.Shape):
		return why("这种规则按整个周期评判", "the rule judges whole periods")
	case !r.Metric.Additive():
		return why("指标不可累加", "the metric does not add up")
	case r.Metric.Def.Measure.Kind == metric.Distinct:
		return why("去重计数在一个周期里只算一次", "different values are counted once in a period")
	case r.Metric.Def.Measure.Kind == metric.Combine:
		return why("指标由几个指标相加，每个都按整个周期算", "the metric adds several up, each of a whole period")
	case len(r.Def.Excludes) > 0:
		return why("方案排除其他方案已奖励的记录", "the plan leaves out what other plans reward")
	case r.Def.Budget != nil:
		return why("预算是整个周期的", "the budget is that of a whole period")
	case r.Def.Proration == rule.ProrateThresholds || len(r.Def.Ramp) > 0 && r.Def.RampOn == rule.RampTargets:
		return why("门槛按天折算或爬坡", "lines are prorated or ramped")
	}
	for _, g := range r.Def.Gates {
		if m := metrics.Key(g.Metric); g.Window == rule.GatePrevious || m != nil && m.Back() != (rule.Back{}) {
			return why("前提条件要看以前的周期", "a gate looks at earlier periods")
		}
	}
	return nil
}

// checkDivided refuses a version that begins at once where a version that is running then cannot be split.
func (s *Store) checkDivided(tx *db.Tx, p *Plan, def Def, from calendar.Day) error {
	if def.Begins != BeginAtOnce {
		return nil
	}
	metrics, err := s.metrics.All(tx)
	if err != nil {
		return err
	}
	dir, err := s.people.Directory(tx)
	if err != nil {
		return err
	}
	for _, v := range p.Published() {
		own, runs := p.Course(v.No, dir.Organisation.Calendar()).At(from)
		if !runs || own.From >= from {
			continue
		}
		if r, bad := Prepare(v.Def, metrics, dir); len(bad) == 0 && r.divides != nil {
			return problem.Bad("not_divisible", "begins", "第 %d 版正在评判的周期 %s 不能拆开：%s。请选下一个周期开始（next_period）",
				"version %d is judging %s, which cannot be split: %s. Begin with the next period (next_period)", v.No, own.Label, *r.divides)
		}
	}
	return nil
}

// beginning says that the version takes over in the midst of a period.
func (d *Def) beginning() i18n.Text {
	if d.Begins != BeginAtOnce {
		return i18n.Text{}
	}
	day := i18n.T("生效日", "the day on which this version begins")
	if d.EffectiveFrom != nil {
		day = i18n.Same(d.EffectiveFrom.String())
	}
	return i18n.T(i18n.Glue("从", day.ZH, "起立即执行：正在进行的周期从这天拆开，之前发生的按原来的版本，之后的按这一版，档位和目标仍看整个周期的累计。"),
		"It holds at once from "+day.EN+": the running period is split there; what came before is paid by the version before, what comes after by this one, and lines and targets still read the whole period’s running total.")
}
