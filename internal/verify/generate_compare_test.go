package verify_test

import (
	"pgregory.net/rapid"
)

// drawComparing gives a plan a rule that holds its metric against other figures.
func drawComparing(t *rapid.T, o planOp) planOp {
	switch o.Def.Shape = pick(t, "comparing shape", "clean"); o.Def.Shape {
	case "clean":
		o.Params = drawClean(t)
	}
	return o
}

func drawClean(t *rapid.T) string {
	return object(pick(t, "other is", "bad", "handled"), pick(t, "other", "m0", "m1", "m2", "m3", "m4"),
		"at_least", pick[any](t, "at least", nil, 1, "2", "100", "33.4%"))
}
