package verify_test

import (
	"fmt"

	"pgregory.net/rapid"

	"laurel/internal/i18n"
	"laurel/internal/metric"
)

// drawAct is something that changes what was already judged, done as data changes, at once, or deliberately, with a look at what it does.
func drawAct(t *rapid.T) operation {
	var of act
	switch n := number(t, "act", 0, 99); {
	case n < 26:
		of = endOp{Plan: drawPlanKey(t), Until: number(t, "ends on", -10, 120)}
	case n < 38:
		of = endOp{Resume: true}
	case n < 50:
		of = drawPlan(t, pick(t, "plan", "plan0", "plan1", "plan2", "plan3"))
	case n < 55:
		of = renewOp{number(t, "renews", 0, 6), number(t, "renewed from", 10, 120), pick(t, "renewed amount", "7", "40", "125"), often(t, "renewed at once", 40)}
	case n < 66:
		of = metricOp{drawMetric(t, pick(t, "metric", "m0", "m1", "m2", "m3"), pick(t, "kind", metric.Count, metric.Sum, metric.Average))}
	case n < 78:
		of = metricOp{drawMoved(t, pick(t, "metric", "m0", "m1", "m2"))}
	case n < 88:
		of = orgOp{Zone: pick(t, "zone", zones...), Fiscal: number(t, "fiscal", 1, 12)}
	case n < 92:
		of = orgOp{Currency: pick(t, "currency", "USD", "CNY", "EUR")}
	default:
		of = hoursOp{pick(t, "hours", `{}`, `{"hours":["08:00-12:00","13:30-17:00"]}`, `{"days":["mon","wed","sat"]}`)}
	}
	if often(t, "at once", 25) {
		return of
	}
	return deliberateOp{of}
}

func drawPlanKey(t *rapid.T) string { return fmt.Sprintf("plan%d", number(t, "of plan", 0, 6)) }

// drawMoved is a metric that counts accounts, where it may have counted deals.
func drawMoved(t *rapid.T, key string) metric.Def {
	def := metric.Def{
		Key: key, Name: i18n.Same(key), Object: "account", Date: "since", Person: "manager",
		Condition: pick(t, "which accounts", "", "", `sector == "tech"`, `parent.sector != "farm"`, "size > 1"), Measure: metric.Measure{Kind: metric.Count},
	}
	if key != "m0" && often(t, "adds up sizes", 60) {
		def.Measure = metric.Measure{Kind: metric.Sum, Value: pick(t, "size of", "size", "size * 3")}
	}
	return def
}

// drawReview is a draft on its way to being published.
func drawReview(t *rapid.T) reviewOp {
	return reviewOp{Of: drawPlan(t, pick(t, "plan", "plan0", "plan1", "plan2", "plan3")), SentBack: often(t, "sent back", 60), Dropped: often(t, "dropped", 25)}
}

// drawMerge lets a department or a team go into another.
func drawMerge(t *rapid.T) mergeOp {
	if often(t, "departments", 30) {
		from := number(t, "from", 0, 1)
		return mergeOp{from, 1 - from}
	}
	from := number(t, "from", 2, 4)
	return mergeOp{from, 2 + (from-1+number(t, "into", 0, 1))%3}
}
