package verify_test

import (
	"pgregory.net/rapid"

	"laurel/internal/money"
	"laurel/internal/rule"
)

// drawScore gives a plan a scorecard, with a reward that suits its curve.
func drawScore(t *rapid.T, o planOp) planOp {
	weights := pick(t, "weights", []any{"100%"}, []any{"60%", 0.4}, []any{"33.3%", "66.7 %"}, []any{50, "25", 25}, []any{"0.2", "0.3", "0.5"})
	metrics := [][]string{{"m3", "m0", "m4"}, {"", "m4", "m3"}, {"m1", "m2", "m3"}, {"m4", "m1", "m0"}}[number(t, "parts", 0, 3)]
	if o.Def.Metric == metrics[1] || o.Def.Metric == metrics[2] {
		metrics[0] = o.Def.Metric
		metrics = metrics[:1]
		weights = []any{"100%"}
	}
	var parts []any
	for i, weight := range weights[:min(len(weights), len(metrics))] {
		part := map[string]any{"weight": weight}
		if metrics[i] != "" {
			part["metric"] = metrics[i]
		}
		if often(t, "has target", 70) {
			part["target"] = pick[any](t, "target", 1, "3", "100", "150.5", "40%", "plan")
			part["direction"] = pick[any](t, "direction", "up", "up", "down", "down_linear")
		}
		if part["direction"] == "down" || often(t, "has ceiling", 60) {
			part["ceiling"] = pick[any](t, "ceiling", "150%", 1.2, "100%")
		}
		if often(t, "has floor", 30) {
			part["floor"] = pick[any](t, "floor", "50%", "0", "-1")
		}
		parts = append(parts, part)
	}
	pairs := []any{"parts", parts, "missing", pick(t, "missing", "", "zero", "spread")}
	point := func(at, pays any) any { return map[string]any{"at": at, "pays": pays} }
	switch kind := number(t, "curve", 0, 3); kind {
	case 0:
		o.Def.Reward = rule.Reward{Kind: pick(t, "paid in", rule.Cash, rule.Points, rule.Leave), Amount: money.MustDecimal("333.33")}
	case 1:
		o.Def.Reward = rule.Reward{Kind: rule.Cash}
		pairs = append(pairs, "curve", []any{point("50%", "10.01"), point(1, 500), point("120%", "777.77")}, "curve_mode", pick(t, "mode", "", "lines", "steps"))
	case 2:
		o.Def.Reward = rule.Reward{Kind: rule.Points, Amount: money.MustDecimal("45")}
		pairs = append(pairs, "curve", []any{point(0, 0), point("80%", "50%"), point(1.5, "200%")}, "curve_mode", pick(t, "mode", "lines", "steps"))
	default:
		if o.Def.Reward.Kind == rule.Badge || o.Def.Reward.Kind == rule.Gift {
			pairs = append(pairs, "curve", []any{point("0%", 0), point("60%", "100%")})
		} else {
			pairs = append(pairs, "curve", []any{point("60%", "100%")}, "below", pick(t, "below", "first", "nothing"))
		}
	}
	o.Params = object(pairs...)
	return o
}
