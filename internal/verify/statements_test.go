package verify_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/verify"
)

// paidTooMuch is a company that paid January, found out that ¥20.00 were too much, and could take back only a part in February.
func paidTooMuch(t *testing.T, sql string) *verify.Report {
	t.Helper()
	w, err := openWorld(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "laurel.db"), "", time.Date(2026, 2, 12, 8, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.close)
	err = w.found(people.Organisation{
		Name: i18n.Same("Laurel"), TimeZone: "UTC", FiscalStartMonth: 1, Currency: "CNY", Language: i18n.ZH, ClawbackLimit: "33.33%",
	})
	january, month := closeOp{Kind: calendar.Month}, daysOp{28}
	for _, op := range []operation{
		sumOf("m"), ruled("rate", `{"tiers":[{"rate":"10%"}]}`, calendar.Month), worth("e1", "2026-01-10", "300"), worth("e2", "2026-02-10", "100.01"), step,
		january, closeOp{Pay: true}, worth("e1", "2026-01-10", "100"), step, month, step, closeOp{Kind: calendar.Month},
		orgOp{Limit: "none"}, worth("e1", "2026-01-10", "90"), worth("e3", "2026-03-02", "5"), step, daysOp{30}, step, closeOp{Kind: calendar.Month}, step,
	} {
		if err == nil {
			err = op.do(w)
		}
	}
	if err == nil {
		err = w.db.Write(w.ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(sql)
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	report, err := verify.Run(w.ctx, verify.Deps{DB: w.db, Records: w.records, People: w.people, Plans: w.plans}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// Every sum that was written down when a period was closed is proved, to the unit.
func TestStatementsAreProved(t *testing.T) {
	if r := paidTooMuch(t, `UPDATE statement SET taken = taken`); !r.Agrees() || r.Statements != 3 {
		t.Fatalf("%d statements, %+v", r.Statements, r.Differences)
	}
	cases := []struct{ name, sql, expected, found string }{
		{"taken", `UPDATE statement SET taken = taken + 1 WHERE taken = 333`, "awarded 1000, adjusted 0, owed 0 + 2000 - 333 = 1667", "awarded 1000, adjusted 0, owed 0 + 2000 - 334 = 1667"},
		{"carried on", `UPDATE statement SET owed_before = 1 WHERE taken = 1767`, "awarded 50, adjusted 0, owed 1667 + 100 - 1767 = 0", "awarded 50, adjusted 0, owed 1 +"},
		{"a sum lost", `DELETE FROM statement WHERE taken = 333`, "awarded 1000", "nothing"},
		{"somebody else's", `INSERT INTO statement SELECT closing_id, subject_kind, subject_id + 1, currency, 1, 0, 0, 0, 0, 0, clawback_limit FROM statement WHERE taken = 333`, "nothing", "awarded 1"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := paidTooMuch(t, c.sql)
			if r.Count == 0 || r.Differences[0].Kind != verify.StatementDiffers || !begins(r.Differences[0].Expected, c.expected) || !begins(r.Differences[0].Found, c.found) {
				t.Errorf("%+v", r.Differences)
			}
		})
	}
}

// What nothing judges must not stand on anybody's statement, and no award may be otherwise than its own history says.
func TestAwardsThatNothingJudgesAreFound(t *testing.T) {
	const copied = `INSERT INTO award (id, plan_id, version_no, period_kind, period_label, period_from, period_to, subject_kind, subject_id, slot, origin, origin_to, state, reward,
			reward_kind, quantity, amount, currency, moment, granted_at, updated_at)
		SELECT id + 1000000, %s, version_no, period_kind, period_label, period_from, period_to, subject_kind, subject_id, %s, state, reward,
			reward_kind, quantity, amount, currency, moment, granted_at, updated_at FROM award WHERE origin = '' AND period_label = '2026-03'`
	cases := []struct{ name, sql, expected, found string }{
		{"of a plan that is not there", fmt.Sprintf(copied, "plan_id + 777", "slot, origin, origin_to"), "nothing", "1 awards of a plan that was never published"},
		{"an adjustment of an open period", fmt.Sprintf(copied, "plan_id", "'adjust/2026-04/CNY', '2026-04', 20574"), "nothing", "an adjustment of 50 in 2026-03 of a period that is not closed"},
		{"an adjustment of a closed period that the plan does not judge", fmt.Sprintf(copied, "plan_id", "'adjust/2020-04/CNY', '2020-04', 18383"), "0", "50"},
		{"an adjustment that hides when its period was", `UPDATE award SET origin_to = origin_to + 90 WHERE amount = -2000`, "of a period until 2026-01-31", "of a period until 2026-05-01"},
		{"an award without a history", `DELETE FROM award_event WHERE award_id IN (SELECT id FROM award WHERE period_label = '2026-03')`, "nothing", "granted at 50"},
		{"an amount without a step", `UPDATE award SET amount = amount + 1 WHERE period_label = '2026-01'`, "granted at 3000, by its history", "granted at 3001"},
		{"a step that does not go on where the one before left it", `INSERT INTO award_event SELECT id + 1000000, award_id, at, 'lowered', 3001, amount_after, cause_seq, cause_object, cause_record
			FROM award_event WHERE amount_after = 3000`, "lowered at 3000, where the step before left it", "granted at 3000"},
		{"a first step that begins somewhere", `UPDATE award_event SET amount_before = 7 WHERE amount_after = 3000`, "granted at 0, as the first step", "granted at 3000"},
		{"a limit of one's own", `INSERT INTO statement SELECT closing_id, subject_kind, subject_id + 1, currency, 0, 0, 0, 0, 0, 0, '1%' FROM statement WHERE taken = 333`, "one limit for everybody", "another limit"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := paidTooMuch(t, c.sql)
			if !slices.ContainsFunc(r.Differences, func(d verify.Difference) bool { return begins(d.Expected, c.expected) && begins(d.Found, c.found) }) {
				t.Errorf("%+v", r.Differences)
			}
		})
	}
}

// Whoever changes an award of a closed period together with the last step of its life is found by the records, and by the statement.
func TestAwardsOfClosedPeriodsAreProved(t *testing.T) {
	both := func(more, where string) string {
		return fmt.Sprintf(`UPDATE award_event SET amount_after = amount_after %[1]s WHERE id IN (SELECT MAX(e.id) FROM award_event e JOIN award a ON a.id = e.award_id WHERE %[2]s GROUP BY a.id);
			UPDATE award SET amount = amount %[1]s WHERE id IN (SELECT a.id FROM award a WHERE %[2]s)`, more, where)
	}
	january, adjustment := both("+ 1", "a.period_label = '2026-01'"), both("- 1", "a.origin = '2026-01' AND a.amount = -2000")
	cases := []struct {
		name, sql string
		kinds     []verify.Kind
	}{
		{"an award", january, []verify.Kind{verify.AwardDiffers, verify.StatementDiffers}},
		{"an award, and an adjustment that makes up for it", january + ";" + adjustment, []verify.Kind{verify.StatementDiffers}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := paidTooMuch(t, c.sql)
			for _, kind := range c.kinds {
				if !slices.ContainsFunc(r.Differences, func(d verify.Difference) bool { return d.Kind == kind }) {
					t.Errorf("no difference of %s: %+v", kind, r.Differences)
				}
			}
			if slices.ContainsFunc(r.Differences, func(d verify.Difference) bool { return d.Kind == verify.HistoryDiffers }) {
				t.Errorf("the history was changed along: %+v", r.Differences)
			}
		})
	}
}
