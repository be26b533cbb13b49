package verify_test

import (
	"fmt"
	"slices"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

func combineOf(key string, terms ...metric.Term) operation {
	return metricOp{metric.Def{Key: key, Name: i18n.Same(key), Unit: i18n.Same("points"), Measure: metric.Measure{Kind: metric.Combine, Terms: terms}}}
}

func distinctOf(key, field string) operation {
	return metricOp{metric.Def{Key: key, Name: i18n.Same(key), Object: "deal", Date: "day", Person: "owner", Measure: metric.Measure{Kind: metric.Distinct, Value: field}}}
}

// Sums of metrics where others are computed from them, where another plan excludes them, and where a version begins at once.
func TestCasesOfCombine(t *testing.T) {
	minus, one := money.MustDecimal("-1"), money.MustDecimal("1")
	called := func(o planOp, key, metricKey string, excludes ...string) planOp {
		o.Def.Key, o.Def.Name, o.Def.Metric, o.Def.Excludes = key, i18n.Same(key), metricKey, excludes
		return o
	}
	atOnce := func(o planOp) planOp {
		o.From, o.Def.Begins, o.Def.Reward.Amount = 40, plan.BeginAtOnce, money.MustDecimal("6")
		return o
	}
	each := ruled("every", `{"size":"1"}`, calendar.Quarter)
	two := ruled("every", `{"size":"2"}`, calendar.Quarter)
	earliest := ruled("rank", `{"places":1,"ties":"earliest"}`, calendar.Quarter)
	// Both have two deals; p2 had them first.
	tied := []operation{
		countOf("a", ""), combineOf("b", metric.Term{Metric: "a"}), deal("e1", "2026-01-20", "p1"), deal("e2", "2026-01-10", "p2"), deal("e3", "2026-01-30", "p1"), deal("e4", "2026-01-12", "p2"),
		metricOp{metric.Def{Key: "g", Name: i18n.Same("g"), Measure: metric.Measure{Kind: metric.Growth, Of: "b", Against: metric.AgainstFixed, Baseline: &one}}},
	}
	increase := []operation{countOf("a", ""), combineOf("b", metric.Term{Metric: "a"}, metric.Term{Metric: "a", Times: &minus, Window: metric.TermPrevious})}
	doubled := []operation{countOf("s0", ""), countOf("a", "")} // s8 leads to 256 figures
	for i := range 8 {
		of := metric.Term{Metric: fmt.Sprintf("s%d", i)}
		doubled = append(doubled, combineOf(fmt.Sprintf("s%d", i+1), of, metric.Term{Metric: of.Metric, Window: metric.TermPrevious}))
	}
	wider := combineOf("s1", metric.Term{Metric: "s0"}, metric.Term{Metric: "s0", Window: metric.TermPrevious}, metric.Term{Metric: "a"}, metric.Term{Metric: "a", Window: metric.TermPrevious})
	// 2020 had a week 53, 2019 had none.
	yearly := []operation{
		sumOf("a"), combineOf("b", metric.Term{Metric: "a"}, metric.Term{Metric: "a", Times: &minus, Window: metric.TermLastYear}),
		worth("e1", "2020-12-23", "1"), worth("e2", "2020-12-30", "1"), worth("e3", "2021-01-06", "1"),
	}
	weekly := func(shape, params string) planOp {
		o := called(ruled(shape, params, calendar.Week), "plan", "b")
		o.From, o.Until = -1840, -1800 // 2020-12-18 to 2021-01-27
		return o
	}
	// A quarter has an earlier one when it is whole: with its last month.
	gated := called(ruled("every", `{"size":"10"}`, calendar.Month), "plan", "a")
	gated.From = -31
	gated.Def.Gates = []rule.Gate{{Metric: "b", Window: rule.GateQuarter, Value: rule.Line{Decimal: money.MustDecimal("0.1")}}}
	quarters := func(b operation) []operation {
		return []operation{
			sumOf("a"), b, gated, worth("e1", "2025-11-10", "20"), worth("e2", "2026-01-10", "10"), worth("e3", "2026-02-10", "10"), worth("e4", "2026-03-10", "20"), worth("e5", "2026-04-10", "90"), daysOp{120},
		}
	}
	cases := []struct {
		name      string
		ops       []operation
		awards    int64
		notJudged int
	}{
		{"the earliest of a growth of a sum", append(slices.Clone(tied), called(earliest, "plan", "g")), 1, 0},
		{"the earliest of a sum of a growth of a sum", append(slices.Clone(tied), combineOf("s", metric.Term{Metric: "g"}), called(earliest, "plan", "s")), 1, 0},
		{"the metric of an excluded plan becomes a sum", []operation{
			countOf("a", ""), countOf("b", ""), called(two, "base", "a"), called(each, "other", "b", "base"), deal("e1", "2026-01-10", "p1"), deal("e2", "2026-01-11", "p1"),
			deal("e3", "2026-01-12", "p1"), step, combineOf("a", metric.Term{Metric: "b"}),
		}, 2, 0},
		{"and rests on an earlier period too", []operation{
			countOf("a", ""), countOf("b", ""), called(two, "base", "a"), called(each, "other", "b", "base"), deal("e1", "2025-12-10", "p1"), deal("e2", "2026-01-11", "p1"),
			deal("e3", "2026-01-12", "p1"), step, combineOf("a", metric.Term{Metric: "b"}, metric.Term{Metric: "b", Window: metric.TermPrevious}),
		}, 2, 0},
		{"a sum with different values is not split", []operation{
			distinctOf("d", "status"), combineOf("m", metric.Term{Metric: "d"}), each, deal("e1", "2026-01-10", "p1"), step, atOnce(each), step, deal("e2", "2026-02-25", "p1"),
		}, 1, 0},
		{"nor is one of earlier periods", append(slices.Clone(increase), called(each, "plan", "b"), deal("e1", "2026-01-10", "p1"), step, called(atOnce(each), "plan", "b"), step, deal("e2", "2026-02-25", "p1")), 2, 0},
		{"the metric of a split plan becomes one of earlier periods", []operation{
			countOf("a", ""), countOf("b", ""), called(each, "plan", "b"), deal("e1", "2026-01-10", "p1"), deal("e2", "2026-02-25", "p1"), step, called(atOnce(each), "plan", "b"), step, increase[1],
		}, 0, 1},
		{"every, in a week that the year before had not", append(slices.Clone(yearly), weekly("every", `{"size":"1"}`)), 2, 0},
		{"every that carries over it", append(slices.Clone(yearly), weekly("every", `{"size":"1","remainder":"carry"}`)), 2, 0},
		{"a rate", append(slices.Clone(yearly), weekly("rate", `{"tiers":[{"rate":"100%"}]}`)), 2, 0},
		{"a draw that is recovered", append(slices.Clone(yearly), weekly("rate", `{"tiers":[{"rate":"100%"}],"draw":2,"recoverable":true}`)), 35, 0},
		{"a race", append(slices.Clone(yearly), weekly("race", `{"at":1}`)), 2, 0},
		{"a streak", append(slices.Clone(yearly), weekly("streak", `{"times":2,"rule":{"shape":"rate","params":{"tiers":[{"rate":"100%"}]}}}`)), 0, 0},
		{"a gate on the quarter so far of a growth", quarters(metricOp{metric.Def{Key: "b", Name: i18n.Same("b"), Measure: metric.Measure{Kind: metric.Growth, Of: "a"}}}), 2, 0},
		{"and of an increase", quarters(combineOf("b", metric.Term{Metric: "a"}, metric.Term{Metric: "a", Times: &minus, Window: metric.TermPrevious})), 2, 0},
		{"what a sum leads to", append(slices.Clone(doubled), called(each, "plan", "s8"), deal("e1", "2026-01-10", "p1")), 1, 0},
		{"what it leads to grows", append(slices.Clone(doubled), called(each, "plan", "s8"), deal("e1", "2026-01-10", "p1"), step, wider), 0, 1},
	}
	template := sqliteTemplate(t)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) { expectLife(t, copyOf(t, template, i), c.ops, c.awards, c.notJudged) })
	}
}
