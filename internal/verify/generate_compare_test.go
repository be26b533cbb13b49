package verify_test

import (
	"pgregory.net/rapid"

	"laurel/internal/plan"
)

// drawComparing gives a plan a rule that holds its metric against other figures.
func drawComparing(t *rapid.T, o planOp) planOp {
	switch o.Def.Shape = pick(t, "comparing shape", "clean", "improve", "improve", "versus", "versus", "score", "streak", "streak", "nominate", "race"); o.Def.Shape {
	case "nominate":
		return drawNominate(t, o)
	case "streak":
		return drawStreak(t, o)
	case "score":
		return drawScore(t, o)
	case "clean":
		o.Params = drawClean(t, &o.Def)
	case "improve":
		o.Params = drawImprove(t)
	case "versus":
		o.Params = drawVersus(t)
	case "race":
		o.Params = drawRace(t)
	}
	return o
}

func drawClean(t *rapid.T, def *plan.Def) string {
	side, other := pick(t, "other is", "bad", "handled"), pick(t, "other", "m0", "m1", "m2", "m3", "m4")
	atLeast := pick[any](t, "at least", nil, 1, "2", "100", "33.4%")
	if often(t, "flaws", 60) { // of which there are few, so that many a period has none
		switch side {
		case "bad":
			other = "flaws"
		default:
			other, def.Metric = "m0", "flaws"
		}
		atLeast = pick[any](t, "at least of counts", nil, 1, "2")
	}
	return object(side, other, "at_least", atLeast)
}

// drawMargin is how far a value has to get beyond another, with its key.
func drawMargin(t *rapid.T, relative bool, size int) (key string, by any) {
	if relative {
		return "by", pick[any](t, "by", "0", "5%", 0.1)
	}
	return "points", []any{"0", 1, "100", "5%"}[(size+number(t, "points", 0, 1))%4]
}

func drawImprove(t *rapid.T) string {
	pairs := []any{"direction", pick(t, "direction", "", "up", "up", "down"), "compare", pick(t, "compare", "", "at_least", "above")}
	if often(t, "has steps", 30) {
		cash := func(amount string) any { return map[string]any{"kind": "cash", "amount": amount} }
		pairs = append(pairs, "pay", pick(t, "pay", "", "highest", "all"), "steps", pick(t, "steps",
			[]any{map[string]any{"by": "5%"}, map[string]any{"by": 0.5, "reward": cash("77.70")}},
			[]any{map[string]any{"points": 1, "reward": cash("7")}, map[string]any{"points": "100", "reward": cash("70")}}))
	} else {
		key, by := drawMargin(t, often(t, "relative", 60), 0)
		pairs = append(pairs, key, by)
	}
	switch against := pick(t, "against", "", "previous", "previous", "last_year", "mean", "fixed"); against {
	case "mean":
		pairs = append(pairs, "against", against, "periods", pick[any](t, "periods", 1, "2", 3))
	case "fixed":
		pairs = append(pairs, "against", against, "baseline", pick[any](t, "baseline", "1", 100, "33.3%"))
	default:
		pairs = append(pairs, "against", against)
	}
	if often(t, "has minimum", 30) {
		pairs = append(pairs, "minimum", pick[any](t, "minimum", map[string]any{"metric": "m0"}, map[string]any{"at_least": "2"}, map[string]any{"metric": "m1", "at_least": 50}))
	}
	return object(pairs...)
}

func drawVersus(t *rapid.T) string {
	against := pick(t, "against", "person", "team", "department", "company", "self", "previous", "last_year", "average", "best")
	pairs := []any{"against", against, "direction", pick(t, "direction", "", "up", "up", "down")}
	if often(t, "has margin", 40) {
		key, by := drawMargin(t, often(t, "relative", 60), 0)
		pairs = append(pairs, key, by)
	}
	switch against {
	case "person":
		pairs = append(pairs, "key", pick(t, "who", "p0", "p1", "p2", "p3"))
	case "team":
		pairs = append(pairs, "key", pick(t, "team", "u2", "u3"))
	case "department":
		pairs = append(pairs, "key", pick(t, "department", "u0", "u1"))
	case "previous":
		pairs = append(pairs, "periods", pick[any](t, "back", nil, 1, "2"))
	}
	if metric := pick(t, "their metric", "", "", "", "m0", "m1", "m3"); against == "company" || against == "self" {
		pairs = append(pairs, "metric", pick(t, "figure", "votes", "m0", "m1", "m3"))
	} else if against != "average" && against != "best" {
		pairs = append(pairs, "metric", metric)
	}
	return object(pairs...)
}

func drawRace(t *rapid.T) string {
	prizes := []any{}
	if often(t, "prizes", 40) {
		prizes = append(prizes, map[string]any{"place": 1, "reward": map[string]any{"kind": "cash", "amount": "1000"}})
	}
	return object("places", pick[any](t, "first", nil, 1, "2", 3), "at", pick[any](t, "line", 1, "2", "100", 200.01), "prizes", prizes)
}
