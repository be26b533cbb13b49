package verify_test

import (
	"pgregory.net/rapid"

	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
)

// Sums of metrics: s0 of what adds up, s1 of anything, and of s0 itself.
var (
	addable   = []string{"m0", "m0", "m1", "m2", "m6"}
	countable = []string{"m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "s0", "s0"}
)

func drawCombine(t *rapid.T, key string) metricOp {
	def := metric.Def{Key: key, Name: i18n.Same(key), Unit: i18n.T("分", "points"), Measure: metric.Measure{Kind: metric.Combine}}
	list := addable
	if key == "s1" {
		list = countable
	}
	seen := map[metric.Term]bool{}
	for range number(t, "terms", 1, 3) {
		term := metric.Term{
			Metric: pick(t, "term", list...), Window: pick(t, "window", "", "", "", metric.TermPeriod, metric.TermPrevious, metric.TermLastYear),
		}
		if seen[term] {
			continue
		}
		seen[term] = true
		if often(t, "times", 80) {
			times := money.MustDecimal(pick(t, "times", "3", "10", "-1", "0.5", "1", "-2.5", "0.001"))
			term.Times = &times
		}
		def.Measure.Terms = append(def.Measure.Terms, term)
	}
	return metricOp{def}
}
