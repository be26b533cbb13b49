package verify_test

import (
	"testing"

	"laurel/internal/calendar"
)

// What is corrected after its period was closed.
func TestCasesOfClosing(t *testing.T) {
	tenth := ruled("rate", `{"tiers":[{"rate":"10%"}]}`, calendar.Month)
	month := closeOp{Kind: calendar.Month}
	sold := []operation{sumOf("m"), tenth, worth("e1", "2026-01-10", "300"), step}
	with := func(ops ...operation) []operation { return append(append([]operation{}, sold...), ops...) }
	cases := []struct {
		name        string
		ops         []operation
		awards      int64 // due
		adjustments int64 // that stand
	}{
		{"a correction becomes an adjustment", with(month, worth("e1", "2026-01-10", "100")), 1, 1},
		{"another one changes it", with(month, worth("e1", "2026-01-10", "100"), step, worth("e1", "2026-01-10", "200")), 1, 1},
		{"and it goes with what it corrected", with(month, worth("e1", "2026-01-10", "100"), step, worth("e1", "2026-01-10", "300")), 1, 0},
		{"what was corrected before is no part of it", with(gone("e1"), step, month, worth("e2", "2026-01-11", "50")), 1, 1},
		{"an adjustment of a month that was closed since stands", with(
			month, worth("e1", "2026-01-10", "100"), step, daysOp{30}, step, month, worth("e1", "2026-01-10", "200"),
		), 1, 2},
		{"one reopened has no adjustments", with(month, worth("e1", "2026-01-10", "100"), step, closeOp{Reopen: true}), 1, 0},
		{"one reopened follows its records", with(month, closeOp{Reopen: true}, gone("e1")), 0, 0},
		{"one that is closed again has new ones", with(month, worth("e1", "2026-01-10", "100"), step, closeOp{Reopen: true}, month, gone("e1")), 0, 1},
	}
	template := sqliteTemplate(t)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, what, err := live(script{Zone: "UTC", Fiscal: 1, Ops: c.ops}, copyOf(t, template, i), "")
			if err != nil {
				t.Fatal(err)
			}
			if what.awards != c.awards || what.adjustments != c.adjustments || what.notJudged != 0 {
				t.Errorf("%d awards, %d adjustments, %d periods not judged; want %d, %d", what.awards, what.adjustments, what.notJudged, c.awards, c.adjustments)
			}
		})
	}
}
