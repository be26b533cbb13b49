package verify_test

import (
	"fmt"

	"pgregory.net/rapid"

	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/rule"
)

// drawVotes counts ballots: the owner of a record is voted for by its helper.
func drawVotes(t *rapid.T) metricOp {
	return metricOp{metric.Def{
		Key: "votes", Name: i18n.Same("votes"), Object: "deal", Date: pick(t, "voted on", "day", "at"), Person: "owner", By: "helper",
		Condition: pick(t, "is a vote", "", "", `status != "lost"`, `account.sector != "retail"`), Measure: metric.Measure{Kind: metric.Count},
	}}
}

// drawFlaws counts what is bad, of which there is little.
func drawFlaws(t *rapid.T) metricOp {
	return metricOp{metric.Def{
		Key: "flaws", Name: i18n.Same("flaws"), Object: "deal", Date: pick(t, "flaw on", "day", "at"), Person: "owner",
		Condition: `status == "lost" && amount > 200`, Measure: metric.Measure{Kind: metric.Count},
	}}
}

// drawNominate gives a plan a vote.
func drawNominate(t *rapid.T, o planOp) planOp {
	o.Def.Metric, o.Def.Subject, o.Def.Split, o.Def.Rollup = "votes", rule.Person, nil, ""
	pairs := []any{"places", pick[any](t, "places", nil, 1, "2", 3), "quorum", pick[any](t, "quorum", nil, 1, 2, "3"), "counts", pick(t, "counts", "", "latest", "first")}
	if often(t, "has jury", 50) {
		jury := []string{"p0", "p3"}
		if often(t, "big jury", 50) {
			jury = []string{"p1", fmt.Sprintf("p%d", number(t, "juror", 2, personCount-1))}
		}
		pairs = append(pairs, "jury", jury, "jury_weight", pick[any](t, "jury weight", nil, 2, "1.5", "0.5"), "voters", pick(t, "voters", "", "everyone", "jury"))
	}
	if often(t, "window", 40) {
		pairs = append(pairs, "opens", pick[any](t, "opens", nil, 1, 3, -20), "closes", pick[any](t, "closes", nil, -1, "-2", 40))
	}
	if often(t, "nominations", 30) {
		pairs = append(pairs, "nominations", pick(t, "nominated by", "m0", "m1", "m3"))
	}
	if often(t, "prizes", 30) {
		pairs = append(pairs, "prizes", []any{map[string]any{"place": 1, "reward": map[string]any{"kind": "cash", "amount": "1000"}}})
	}
	o.Params = object(pairs...)
	return o
}
