package verify_test

import (
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/rule"
)

// Streaks of a commission with rows, and of one whose lines are divided.
func TestCasesOfStreaks(t *testing.T) {
	byStatus := sumOf("m").(metricOp)
	byStatus.Def.By = "status"
	rows := ruled("streak", `{"times":2,"rule":{"shape":"rate","params":{"rows":[{"value":"won","tiers":[{"rate":"5%"}]}]}}}`, calendar.Month)
	tiers := ruled("streak", `{"times":2,"rule":{"shape":"rate","params":{"tiers":[{"up_to":"60","rate":"0"},{"rate":"5%"}]}}}`, calendar.Month)
	inPart := func(o planOp) planOp {
		o.Def.Proration = rule.ProrateThresholds
		return o
	}
	late := personOp{Person: 1, Joined: 40} // in February, of which 19 days are left
	two := []operation{byStatus, deal("e1", "2026-01-10", "p1"), deal("e2", "2026-02-12", "p1")}
	with := func(ops ...operation) []operation { return append(append([]operation{}, two...), ops...) }
	cases := []struct {
		name   string
		ops    []operation
		awards int64
	}{
		{"two months with something in a row of the table", with(rows), 1},
		{"nothing in it in the second", with(rows, recordsOp{[]recordOp{{Kind: "update", External: "e2", Values: map[string]any{"status": "new"}}}}), 0},
		{"nothing in it in the first", with(rows, recordsOp{[]recordOp{{Kind: "update", External: "e1", Values: map[string]any{"status": "new"}}}}), 0},
		{"in a part of the second month", with(inPart(rows), late), 1},
		{"above a line that is less for a part of the month", with(inPart(tiers), late, worth("e2", "2026-02-12", "50")), 1},
		{"a line that is not divided", with(tiers, late, worth("e2", "2026-02-12", "50")), 0},
	}
	template := sqliteTemplate(t)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) { expectLife(t, copyOf(t, template, i), c.ops, c.awards, 0) })
	}
}
