package verify_test

import (
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// lost is a deal of a person's that was not won.
func lost(external, day, owner string) operation {
	o := deal(external, day, owner).(recordsOp)
	o.Ops[0].Values["status"] = "lost"
	return o
}

// gone deletes a record.
func gone(external string) operation {
	return recordsOp{[]recordOp{{Kind: record.Delete, External: external}}}
}

// forPerson is ruled for one person only.
func forPerson(shape, params string, period calendar.Kind, person string) planOp {
	o := ruled(shape, params, period)
	o.Def.Audience.Persons = []string{person}
	return o
}

// ofTeams is a plan that rewards teams.
func ofTeams(o planOp) planOp {
	o.Def.Subject = rule.Team
	return o
}

// inParts is a plan that prorates the rewards of those who are there for a part of the period.
func inParts(o planOp, how rule.Proration) planOp {
	o.Def.Proration = how
	return o
}

// added is what a month brought together with an earlier one.
func added(window metric.TermWindow) operation {
	terms := []metric.Term{{Metric: "n"}, {Metric: "n", Window: window}}
	return metricOp{metric.Def{Key: "m", Name: i18n.Same("m"), Measure: metric.Measure{Kind: metric.Combine, Terms: terms}}}
}

// What a rule holds its subject against may change while the subject stays as it is.
func TestCasesOfComparing(t *testing.T) {
	cases := []struct {
		name   string
		ops    []operation
		awards int64
	}{
		{"a month without a loss", []operation{
			countOf("m", `status == "lost"`), countOf("all", ""), ruled("clean", `{"handled":"all","at_least":2}`, calendar.Month),
			deal("e1", "2026-01-10", "p1"), deal("e2", "2026-01-11", "p1"), deal("e3", "2026-02-10", "p1"),
		}, 1},
		{"a loss that comes late", []operation{
			countOf("m", ""), countOf("bad", `status == "lost"`), ruled("clean", `{"bad":"bad","at_least":2}`, calendar.Month),
			deal("e1", "2026-01-10", "p1"), deal("e2", "2026-01-11", "p1"), step, lost("e3", "2026-01-12", "p1"),
		}, 0},
		{"a line that the month before has reached already", []operation{
			countOf("n", ""), added(metric.TermPrevious), ruled("reach", `{"steps":[{"at":2}]}`, calendar.Month),
			deal("e1", "2026-01-10", "p1"), deal("e2", "2026-01-20", "p1"), deal("e3", "2026-02-10", "p1"),
		}, 2},
		{"a month before that is corrected", []operation{
			countOf("n", ""), added(metric.TermPrevious), ruled("reach", `{"steps":[{"at":2}]}`, calendar.Month),
			deal("e1", "2026-01-10", "p1"), deal("e3", "2026-02-10", "p1"), step, gone("e1"),
		}, 0},
		{"a baseline that is corrected", []operation{
			countOf("m", ""), ruled("improve", `{"by":"50%"}`, calendar.Month),
			deal("e1", "2026-01-10", "p1"), deal("e2", "2026-01-11", "p1"), deal("e3", "2026-02-10", "p1"), deal("e4", "2026-02-11", "p1"), step, gone("e1"),
		}, 1},
		{"a baseline of two months before", []operation{
			countOf("m", ""), ruled("improve", `{"points":1,"against":"mean","periods":2}`, calendar.Month),
			deal("e1", "2026-01-10", "p1"), deal("e2", "2026-01-11", "p1"), deal("e3", "2026-03-01", "p1"), step, gone("e1"), gone("e2"),
		}, 1},
		{"somebody outside the audience gets ahead", []operation{
			countOf("m", ""), forPerson("versus", `{"against":"person","key":"p2"}`, calendar.Month, "p1"), deal("e1", "2026-02-10", "p1"), step, deal("e2", "2026-02-11", "p2"),
		}, 0},
		{"a team outside the audience loses a member's work", []operation{
			countOf("m", ""), forPerson("versus", `{"against":"team","key":"u2"}`, calendar.Month, "p1"), deal("e1", "2026-02-10", "p1"),
			deal("e2", "2026-02-11", "p0"), deal("e3", "2026-02-11", "p3"), step, gone("e2"), step, gone("e3"),
		}, 1},
		{"a figure of the company that nobody has recorded", []operation{
			countOf("m", `status == "won"`), countOf("theirs", `status == "lost"`), forPerson("versus", `{"against":"company","metric":"theirs"}`, calendar.Month, "p1"),
			deal("e1", "2026-02-10", "p1"), deal("e2", "2026-02-10", "p1"),
		}, 0},
		{"a figure of the company that somebody records later", []operation{
			countOf("m", `status == "won"`), countOf("theirs", `status == "lost"`), forPerson("versus", `{"against":"company","metric":"theirs"}`, calendar.Month, "p1"),
			deal("e1", "2026-02-10", "p1"), deal("e2", "2026-02-10", "p1"), step, lost("e3", "2026-02-20", "p5"),
		}, 1},
		{"a figure of the company, recorded by somebody without a team", []operation{
			countOf("m", `status == "won"`), countOf("theirs", `status == "lost"`), ofTeams(ruled("versus", `{"against":"company","metric":"theirs"}`, calendar.Month)), memberOp{Person: 5},
			deal("e1", "2026-02-10", "p1"), deal("e2", "2026-02-10", "p1"), step, lost("e3", "2026-02-20", "p5"),
		}, 1},
		{"the average of the others", []operation{
			countOf("m", ""), ruled("versus", `{"against":"average"}`, calendar.Month),
			deal("e1", "2026-01-10", "p1"), deal("e2", "2026-01-10", "p1"), deal("e3", "2026-01-10", "p2"), step, gone("e2"),
		}, 2},
		{"the average of the others, with somebody who came during the month", []operation{
			personOp{Person: 3, Joined: 19}, countOf("m", ""), inParts(ruled("versus", `{"against":"average"}`, calendar.Month), rule.ProrateThresholds),
			deal("e1", "2026-01-10", "p1"), deal("e2", "2026-01-25", "p3"), deal("e3", "2026-01-26", "p3"), step, gone("e2"),
		}, 2},
		{"the best of the others, with somebody who came during the month", []operation{
			personOp{Person: 3, Joined: 19}, countOf("m", ""), inParts(ruled("versus", `{"against":"best"}`, calendar.Month), rule.ProrateThresholds),
			deal("e1", "2026-01-10", "p1"), deal("e2", "2026-01-25", "p3"), deal("e3", "2026-01-26", "p3"),
		}, 1},
		{"the next moves up when the first one's record goes", []operation{
			countOf("m", ""), ruled("race", `{"at":2}`, calendar.Month), deal("e1", "2026-01-10", "p1"), deal("e2", "2026-01-11", "p1"),
			deal("e3", "2026-01-12", "p2"), deal("e4", "2026-01-13", "p2"), step, gone("e1"),
		}, 1},
		{"who came first to a growth of different values: one that was there before moves nothing", []operation{
			metricOp{metric.Def{Key: "kinds", Name: i18n.Same("kinds"), Object: "deal", Date: "day", Person: "owner", Measure: metric.Measure{Kind: metric.Distinct, Value: "status"}}},
			metricOp{metric.Def{Key: "m", Name: i18n.Same("m"), Measure: metric.Measure{Kind: metric.Growth, Of: "kinds", Against: metric.AgainstFixed, Baseline: &money.Decimal{Coef: 1}}}},
			ruled("rank", `{"places":1,"ties":"earliest"}`, calendar.Month), deal("e1", "2026-01-10", "p1"), lost("e2", "2026-01-11", "p1"), deal("e3", "2026-01-20", "p1"),
			deal("e4", "2026-01-12", "p2"), lost("e5", "2026-01-13", "p2"),
		}, 1},
		{"a record that comes late was first all the same", []operation{
			countOf("m", ""), ruled("race", `{"at":1}`, calendar.Month), deal("e1", "2026-01-10", "p1"), step, deal("e2", "2026-01-09", "p2"),
		}, 1},
	}
	template := sqliteTemplate(t)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) { expectLife(t, copyOf(t, template, i), c.ops, c.awards, 0) })
	}
}
