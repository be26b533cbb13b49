package verify_test

import (
	"pgregory.net/rapid"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// beginAtOnce lets some versions split the period that is running, and takes away most of what cannot go with it.
func beginAtOnce(t *rapid.T, def *plan.Def) {
	if def.Shape == "rank" || def.Metric == "" || def.Metric > "m2" || !often(t, "begins at once", 35) {
		return
	}
	def.Begins, def.Budget = plan.BeginAtOnce, nil
	if def.Proration == rule.ProrateThresholds {
		def.Proration = rule.ProrateAmount
	}
	if def.RampOn == rule.RampTargets {
		def.RampOn = rule.RampAmount
	}
	for i := range def.Gates {
		if def.Gates[i].Window == rule.GatePrevious {
			def.Gates[i].Window = rule.GatePeriod
		}
	}
}

// drawSplitting is a version of a plan that is published again and again, most of the time at once. Most cover everybody.
func drawSplitting(t *rapid.T, key string) planOp {
	def := plan.Def{
		Key: key, Name: i18n.Same(key), Metric: pick(t, "metric", "m0", "m1", "m2"), Shape: pick(t, "shape", "every", "every", "reach", "rate", "rate"),
		Subject: pick(t, "subject", rule.Person, "", rule.Team), Period: pick(t, "period", calendar.Week, calendar.Month, calendar.Quarter, calendar.Quarter, calendar.Half),
		Judged: pick(t, "judged", plan.AtOnce, plan.PeriodEnd), Reward: rule.Reward{Kind: rule.Cash},
	}
	if def.Shape != "rate" {
		def.Reward = drawReward(t)
	}
	if def.Subject != rule.Team && often(t, "rolls up", 12) {
		def.Rollup = pick(t, "rollup", plan.Reports, plan.Tree)
	}
	if often(t, "lists its periods", 12) {
		def.Period = calendar.Custom
		def.Periods = []plan.CustomPeriod{{Label: "春", From: newYear + 5, Last: newYear + 64}, {Label: "夏", From: newYear + 70, Last: newYear + 130}}
	}
	if often(t, "of some", 25) {
		def.Audience = drawAudience(t)
	}
	if often(t, "around", 30) {
		drawAround(t, &def)
	}
	o := planOp{Def: def, From: number(t, "from", -20, 120)}
	switch def.Shape {
	case "every":
		o.Params = drawEvery(t)
	case "reach":
		o.Params = drawReach(t, &o.Def)
	default:
		o.Params = drawRate(t, &o.Def)
	}
	o.Def.Begins = plan.NextPeriod
	if often(t, "at once", 80) {
		beginAtOnce(t, &o.Def)
		o.Def.Begins = plan.BeginAtOnce
	}
	return o
}
