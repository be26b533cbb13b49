package plan

import (
	"slices"

	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// Rolled reports whether the plan's value is not its subject's own metric: what another plan gives, or what others brought.
func (r *Ready) Rolled() bool {
	return r.Def.Earned != "" || r.Def.Rollup == Reports || r.Def.Rollup == Tree
}

// earnings is the metric that stands for what a plan gives: a sum of cash that no record contributes to by itself.
func earnings(planKey, currency string) *metric.Metric {
	return metric.OfCash("earned:"+planKey, i18n.T("方案 "+planKey+" 的奖金", "rewards of "+planKey), currency)
}

// BuildingOn is the version with the names of the plans whose results it reads, in place of their keys.
func (r *Ready) BuildingOn(plans []*Plan) *Ready {
	r = r.nameExcluded(plans)
	i := slices.IndexFunc(plans, func(p *Plan) bool { return p.Key == r.Def.Earned && len(p.Versions) > 0 })
	if r.Def.Earned == "" || r.Metric == nil || i < 0 {
		return r
	}
	base := plans[i].Versions[len(plans[i].Versions)-1].Def.Name
	out, m := *r, *r.Metric
	m.Def.Name = i18n.T("“"+base.In(i18n.ZH)+"”的奖金", "rewards of “"+base.In(i18n.EN)+"”")
	out.Metric = &m
	out.Context.Metric = out.judgedName()
	return &out
}

// judgedName is what the value is called: the metric, of whom it is rolled up.
func (r *Ready) judgedName() i18n.Text {
	name := r.Metric.Def.Name
	switch r.Def.Rollup {
	case Reports:
		return i18n.T("直接下属的"+name.In(i18n.ZH), name.In(i18n.EN)+" of direct reports")
	case Tree:
		return i18n.T("所有下级的"+name.In(i18n.ZH), name.In(i18n.EN)+" of everybody below")
	}
	return name
}

func (r *Ready) checkRollup() (bad []*problem.Error) {
	switch r.Def.Rollup {
	case "", Own:
		return nil
	case Reports, Tree:
	default:
		return []*problem.Error{problem.Bad("unknown_choice", "rollup", "只能是 self、reports 或 tree", "a roll-up is self, reports or tree")}
	}
	if r.SubjectKind() != rule.Person {
		bad = append(bad, problem.Bad("rollup_of_units", "rollup", "只有奖励个人时才能按下属汇总", "only a person's value can be rolled up from their reports"))
	}
	if r.Metric != nil && r.Metric.Broken == nil && !r.Metric.Additive() {
		bad = append(bad, problem.Bad("metric_not_additive", "rollup", "只有计数或求和的指标才能按下属汇总", "only a count or a sum can be rolled up from reports"))
	}
	if r.Metric != nil && r.Metric.Broken == nil && r.Metric.Additive() && r.Metric.Earlier() {
		bad = append(bad, problem.Bad("rolled_earlier", "rollup", "这个指标读以前各期，而下属可能只在一期的几天里汇报，算不出这几天的数：请去掉汇总", "this metric reads earlier periods, and what a report brought on some days of a period has no such value: leave the roll-up out"))
	}
	return bad
}

// checkLabels refuses to roll up what a rule tells apart record by record: a rolled-up value has no records of its own.
func (r *Ready) checkLabels() []*problem.Error {
	if !r.Rolled() || !rule.ReadsOf(r.Shape).Labels {
		return nil
	}
	field := "rollup"
	if r.Def.Earned != "" {
		field = "earned"
	}
	return []*problem.Error{problem.Bad("rolled_by_field", field, "这条规则要逐条区分记录，不能按下属或另一方案的奖金汇总：请去掉汇总，或改用不按字段区分的规则",
		"this rule tells records apart by a field, and a value rolled up from reports or another plan has none: leave that out, or choose a rule without rows by a field")}
}

func dependsOnItself() *problem.Error {
	return problem.Bad("depends_on_itself", "earned", "方案不能直接或间接按自己的奖金计算", "a plan cannot be judged by its own rewards, not even through others")
}

// maxDepth bounds how many plans may build on each other.
const maxDepth = 10

// checkEarned follows what a plan is judged by from plan to plan.
func checkEarned(def Def, plans []*Plan) *problem.Error {
	byKey := keyed(plans)
	switch {
	case def.Earned == "":
		return nil
	case byKey[def.Earned] == nil:
		return problem.Bad("unknown_plan", "earned", "没有标识为 %q 的方案", "there is no plan %q", def.Earned)
	case !reachesNot(def.Key, def.Earned, byKey):
		return dependsOnItself()
	}
	return nil
}

// ReportsOf lists who reports to a person, or to somebody below them, and when. A person may come more than once.
func ReportsOf(dir *people.Directory, personID int64, tree bool) []people.ManagerSpan {
	direct := dir.ReportSpans(personID)
	if !tree {
		return direct
	}
	var out []people.ManagerSpan
	var add func(list []people.ManagerSpan, depth int)
	add = func(list []people.ManagerSpan, depth int) {
		for _, s := range list {
			out = append(out, s)
			if depth == 0 {
				continue
			}
			var below []people.ManagerSpan
			for _, b := range dir.ReportSpans(s.PersonID) {
				if b.Window = b.Window.Overlap(s.Window); !b.Window.Empty() {
					below = append(below, b)
				}
			}
			add(below, depth-1)
		}
	}
	add(direct, maxTree)
	return out
}

// maxTree bounds the levels of managers that are followed.
const maxTree = 30
