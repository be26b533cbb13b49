package verify_test

import (
	"slices"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// behind puts a gate on how many deals somebody has before a plan.
func behind(o planOp, compare rule.Compare, line int64) planOp {
	o.Def.Gates = []rule.Gate{{Metric: "all", Compare: compare, Value: rule.Line{Decimal: money.Decimal{Coef: line}}}}
	return o
}

// since is a plan from a day after New Year on.
func since(o planOp, day int) planOp {
	o.From = day
	return o
}

// What stands exactly on a line, and what lies before the beginning.
func TestCasesOnTheLine(t *testing.T) {
	one := ruled("reach", `{"steps":[{"at":1}]}`, calendar.Month)
	rising := ruled("reach", `{"accumulate":"quarter","steps":[{"at":1,"reward":{"kind":"cash","amount":"100"}},{"at":2,"reward":{"kind":"cash","amount":"300"}}]}`, calendar.Month)
	falling := ruled("reach", `{"accumulate":"quarter","steps":[{"at":1,"reward":{"kind":"cash","amount":"300"}},{"at":2,"reward":{"kind":"cash","amount":"100"}}]}`, calendar.Month)
	running := ruled("streak", `{"times":2,"rule":{"shape":"reach","params":{"steps":[{"at":1}]}}}`, calendar.Month)
	two := []operation{countOf("m", ""), countOf("all", ""), deal("e1", "2026-01-10", "p1"), deal("e2", "2026-01-11", "p1")}
	months := []operation{countOf("m", ""), deal("e1", "2026-01-10", "p1"), deal("e2", "2026-02-10", "p1")}
	earlier := behind(one, rule.AtLeast, 1)
	earlier.Def.Gates[0].Window = rule.GatePrevious
	part := func(to rule.Recipient, share string, by rule.SplitBy) rule.SplitPart {
		return rule.SplitPart{To: to, Share: rule.Line{Decimal: money.MustDecimal(share)}, By: by}
	}
	team := ofTeams(one)
	team.Def.Audience.Teams = []string{"u3"} // of p1 and p4
	byDays := team
	byDays.Def.Split = []rule.SplitPart{part(rule.ToSelf, "0.7", ""), part(rule.ToMembers, "0.3", rule.ByDays)}
	ledBy := one
	ledBy.Def.Split = []rule.SplitPart{part(rule.ToSelf, "0.7", ""), part(rule.ToManager, "0.3", "")}
	cases := []struct {
		name   string
		ops    []operation
		awards int64
	}{
		{"at least as many", slices.Concat(two, []operation{behind(one, rule.AtLeast, 2)}), 1},
		{"exactly there is not above", slices.Concat(two, []operation{behind(one, rule.Above, 2)}), 0},
		{"at most as many", slices.Concat(two, []operation{behind(one, rule.AtMost, 2)}), 1},
		{"exactly there is not below", slices.Concat(two, []operation{behind(one, rule.Below, 2)}), 0},
		{"the month before opens the gate, not the one before that", slices.Concat(months, []operation{gone("e1"), deal("e3", "2025-12-10", "p1"), countOf("all", ""), earlier}), 0},
		{"members have parts by their days", slices.Concat(months, []operation{gone("e2"), byDays, memberOp{4, []memberSpan{{Unit: 3, From: 20}}}}), 3},
		{"the manager of the last day has a share", slices.Concat(months, []operation{gone("e2"), ledBy, managerOp{1, 2, 20}}), 2},
		{"a share for which there is nobody stays", slices.Concat(months, []operation{gone("e2"), ledBy}), 1},
		{"a higher step pays the difference", slices.Concat(months, []operation{rising}), 2},
		{"a higher step that is worth less pays nothing", slices.Concat(months, []operation{falling}), 1},
		{"two months running", slices.Concat(months, []operation{running}), 1},
		{"what was before the plan's first day does not count", slices.Concat(months, []operation{since(running, 31)}), 0},
	}
	template := sqliteTemplate(t)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) { expectLife(t, copyOf(t, template, i), c.ops, c.awards, 0) })
	}
}
