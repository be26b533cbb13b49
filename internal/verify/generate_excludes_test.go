package verify_test

import (
	"pgregory.net/rapid"

	"laurel/internal/calendar"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// drawExcluding is one of three plans each of which leaves out what those before it reward. Most cover everybody, so that they meet.
func drawExcluding(t *rapid.T, key string) planOp {
	def := plan.Def{
		Key: key, Metric: pick(t, "metric", "m0", "m1", "m2", "m2"), Shape: pick(t, "shape", "every", "every", "reach", "rate", "rank", "race"),
		Subject: pick(t, "subject", rule.Person, rule.Person, "", rule.Team), Period: pick(t, "period", calendar.Week, calendar.Month, calendar.Month, calendar.Quarter),
		Judged: pick(t, "judged", plan.AtOnce, plan.PeriodEnd), Reward: rule.Reward{Kind: rule.Cash}, Excludes: map[string][]string{
			"plan7": nil, "plan8": {"plan7"}, "plan9": pick(t, "excludes", []string{"plan8"}, []string{"plan7", "plan8"}, []string{"plan7"}),
		}[key],
	}
	def.Name.ZH, def.Name.EN = key, key
	if def.Shape != "rate" {
		def.Reward = drawReward(t)
	}
	if key != "plan7" && often(t, "of single values", 20) {
		def.Metric, def.Shape = pick(t, "single metric", "m3", "m5"), pick(t, "shape of single", "reach", "rank")
	}
	if often(t, "of some", 25) {
		def.Audience = drawAudience(t)
	}
	if often(t, "around", 20) {
		drawAround(t, &def)
	}
	o := planOp{Def: def, From: number(t, "from", -31, 20)}
	switch def.Shape {
	case "every":
		o.Params = drawEvery(t)
	case "reach":
		o.Params = drawReach(t, &o.Def)
	case "rate":
		o.Params = drawRate(t, &o.Def)
	case "rank":
		o.Params = drawRank(t, o.Def.Subject)
	case "race":
		o.Params = object("places", number(t, "race places", 1, 3), "at", pick(t, "race line", "1", "2", "100", "250"))
	}
	return o
}
