package verify_test

import (
	"encoding/json"

	"pgregory.net/rapid"

	"laurel/internal/calendar"
	"laurel/internal/rule"
)

// drawStreak gives a plan a streak of another rule, in periods short enough to run.
func drawStreak(t *rapid.T, o planOp) planOp {
	reward := o.Def.Reward
	o.Def.Period = pick(t, "streak period", calendar.Week, calendar.Month, calendar.Month, calendar.Month)
	o.From, o.Until = number(t, "streak from", -31, 1), 0
	if often(t, "counts", 60) {
		o.Def.Metric = "m0"
	}
	nested := ""
	switch pick(t, "nested", "reach", "reach", "reach", "every", "rate", "clean", "improve", "score") {
	case "reach":
		o.Params, nested = object("steps", []any{map[string]any{"at": pick(t, "line", "1", "1", "1", "50%", "50")}}), "reach"
	case "every":
		o.Params, nested = object("size", pick(t, "size", "1", "2", "50"), "round", pick(t, "round", "", "up")), "every"
		if o.Def.Metric > "m2" {
			o.Def.Metric = "m0"
		}
	case "rate":
		o.Params, nested = `{"tiers":[{"per_unit":"0.01","up_to":"5"},{"per_unit":"2"}]}`, "rate"
		o.Def.Metric = "m0"
		if often(t, "rows", 50) {
			o.Params, o.Def.Metric = `{"rows":[{"value":"won","tiers":[{"rate":"5%"}]},{"tiers":[{"rate":"0","up_to":"50"},{"rate":"1%"}]}]}`, "m2"
		}
	case "clean":
		o.Params, nested = drawClean(t, &o.Def), "clean"
	case "improve":
		o.Params, nested = drawImprove(t), "improve"
	case "score":
		o.Def.Reward = rule.Reward{Kind: rule.Cash}
		o = drawScore(t, o)
		nested = "score"
	}
	o.Def.Reward = reward
	pairs := []any{"times", pick[any](t, "times", 2, 2, "3"), "rule", map[string]any{"shape": nested, "params": json.RawMessage(o.Params)},
		"then", pick(t, "then", "", "again", "every", "once")}
	if often(t, "skips", 40) {
		skip := map[string]any{"metric": pick(t, "away", "m0", "m2", "m3")}
		if often(t, "from so many", 70) {
			skip["at_least"] = pick[any](t, "away for", 1, "2", "100")
		}
		pairs = append(pairs, "skip", skip)
	}
	o.Params = object(pairs...)
	return o
}
