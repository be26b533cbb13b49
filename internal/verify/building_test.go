package verify_test

import (
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/plan"
)

// built is a plan judged by what another one gives.
func built(o planOp, key, earned string, rollup plan.Rollup) planOp {
	o.Def.Key, o.Def.Metric, o.Def.Earned, o.Def.Rollup = key, "", earned, rollup
	return o
}

// Plans that build on others, and managers' plans on what their reports bring.
func TestCasesOfBuilding(t *testing.T) {
	fifth := `{"tiers":[{"rate":"20%"}]}`
	one := paying("m", calendar.Month, 0)
	kicker := built(ruled("rate", fifth, calendar.Month), "kicker", "plan", "")
	override := func(rollup plan.Rollup) planOp {
		o := named(one, "override", "m")
		o.Def.Rollup = rollup
		return o
	}
	led := []operation{countOf("m", ""), managerOp{1, 2, 0}, managerOp{2, 3, 0}}
	with := func(ops ...operation) []operation { return append(append([]operation{}, led...), ops...) }
	dollars := one
	dollars.Def.Reward.Currency = "USD"
	running := built(ruled("rate", `{"tiers":[{"up_to":"500","rate":"10%"},{"rate":"20%"}],"accumulate":"quarter"}`, calendar.Month), "kicker", "plan", "")
	cases := []struct {
		name   string
		ops    []operation
		awards int64
		faults int
	}{
		{"a kicker comes and goes with what it multiplies", []operation{countOf("m", ""), one, kicker, step, deal("e1", "2026-01-10", "p1"), step, gone("e1")}, 0, 0},
		{"a kicker on what is given", []operation{countOf("m", ""), one, kicker, step, deal("e1", "2026-01-10", "p1")}, 2, 0},
		{"a kicker reads whole periods only", []operation{countOf("m", ""), paying("m", calendar.Quarter, 0), kicker, deal("e1", "2026-01-10", "p1")}, 1, 0},
		{"a kicker reads its own currency", []operation{countOf("m", ""), dollars, kicker, deal("e1", "2026-01-10", "p1")}, 1, 0},
		{"a running total of what is given follows earlier months", []operation{
			countOf("m", ""), one, running, deal("e1", "2026-02-10", "p1"), step, deal("e0", "2026-01-10", "p1"), step,
		}, 4, 0},
		{"the base plan is published again", []operation{
			countOf("m", ""), one, kicker, deal("e1", "2026-01-10", "p1"), step, endOp{Plan: "plan", Until: 0},
		}, 0, 0},
		{"what was given can be opened when its base cannot be judged any more", []operation{
			countOf("m", ""), one, kicker, deal("e1", "2026-01-10", "p1"), step, fieldsOp{"owner"},
		}, 0, 6},
		{"whoever a seller reports to", with(override(plan.Reports), step, deal("e1", "2026-01-10", "p1")), 1, 0},
		{"and everybody above", with(override(plan.Tree), step, deal("e1", "2026-01-10", "p1")), 2, 0},
		{"not for what was sold before", []operation{countOf("m", ""), managerOp{1, 2, 14}, override(plan.Reports), deal("e1", "2026-01-10", "p1"), deal("e2", "2026-02-10", "p1")}, 1, 0},
		{"another manager is found out later", with(override(plan.Tree), deal("e1", "2026-01-10", "p1"), step, managerOp{2, 2, 0}, managerOp{1, 3, 0}), 1, 0},
		{"a manager's part of what reports were given", []operation{
			countOf("m", ""), managerOp{1, 2, 0}, one, built(ruled("rate", fifth, calendar.Month), "kicker", "plan", plan.Reports), step, deal("e1", "2026-01-10", "p1"), step,
		}, 2, 0},
		{"a part of what reports were given while they did not report", []operation{
			countOf("m", ""), managerOp{1, 2, 14}, one, built(ruled("rate", fifth, calendar.Month), "kicker", "plan", plan.Reports), step, deal("e1", "2026-01-10", "p1"), step,
		}, 1, 0},
	}
	template := sqliteTemplate(t)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) { expectLife(t, copyOf(t, template, i), c.ops, c.awards, c.faults) })
	}
}
