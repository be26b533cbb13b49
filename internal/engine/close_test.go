package engine_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/problem"
)

const perDeal = `plans: [{key: per-deal, name: 每单, metric: won, shape: every, params: {size: 1}, reward: {kind: cash, amount: 500}, period: month, effective_from: 2026-01-01}]`

// Finance is told of every reason for which records are left out, however many there are for one of them.
func TestBeforeClosingNoReasonIsLeftOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(perDeal)
		const many = 20_001 // more than are looked into
		var told []string
		c.must(d.Write(t.Context(), func(tx *db.Tx) error {
			var won int64
			if err := tx.QueryRow(`SELECT id FROM metric WHERE key = 'won'`).Scan(&won); err != nil {
				return err
			}
			rows := [][]any{}
			for i := range many {
				rows = append(rows, []any{int64(1_000_000 + i), won, "no_date", ""})
			}
			rows = append(rows, []any{int64(9_000_000), won, "no_person", ""})
			if err := db.InsertRows(tx, "left_out", []string{"record_id", "metric_id", "reason", "detail"}, rows); err != nil {
				return err
			}
			dir, err := c.people.Directory(tx)
			if err != nil {
				return err
			}
			january, _ := dir.Organisation.Calendar().Labelled("2026-01")
			moving, err := c.engine.Moving(tx, january)
			if err != nil {
				return err
			}
			for _, l := range moving.LeftOut {
				told = append(told, fmt.Sprint(l.Reason, " ", l.Count))
			}
			return nil
		}))
		if want := []string{"no_date 20001", "no_person 1"}; !slices.Equal(told, want) {
			t.Errorf("finance is told of %q, want %q", told, want)
		}
	})
}

// What is corrected in a closed month becomes one adjustment in the open one, and what was closed stays as it was.
func TestCorrectionsOfAClosedPeriodBecomeAdjustments(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		c := newCompany(t, d) // on 20 February 2026
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("b", "zhang", "won", "2026-01-07", "60")
		c.apply(perDeal)
		c.expect("per-deal", "2026-01 张伟 1 granted 500.00", "2026-01 张伟 2 granted 500.00")

		if _, err := c.engine.Close(ctx, "finance", calendar.Month, "2026-02"); !problem.IsCode(err, "period_running") {
			t.Fatalf("closing the running month: %v", err)
		}
		first, err := c.engine.Close(ctx, "finance", calendar.Month, "2026-01")
		c.must(err)
		again, err := c.engine.Close(ctx, "finance", calendar.Month, "2026-01")
		c.must(err)
		if again.ID != first.ID {
			t.Error("closing twice made two closings")
		}

		c.deal("b", "zhang", "lost", "2026-01-07", "60")
		c.expect("per-deal", "2026-01 张伟 1 granted 500.00", "2026-01 张伟 2 granted 500.00", "2026-02 张伟 adjust/2026-01/CNY granted -500.00")
		c.deal("c", "zhang", "won", "2026-01-20", "60") // late
		c.deal("d", "zhang", "won", "2026-01-21", "60")
		c.expect("per-deal", "2026-01 张伟 1 granted 500.00", "2026-01 张伟 2 granted 500.00", "2026-02 张伟 adjust/2026-01/CNY granted 500.00")
		c.deal("d", "zhang", "lost", "2026-01-21", "60") // as it was: nothing to adjust
		c.expect("per-deal", "2026-01 张伟 1 granted 500.00", "2026-01 张伟 2 granted 500.00")
		c.deal("d", "zhang", "won", "2026-01-21", "60")

		// The next month is closed too: its adjustment stands, and another correction makes one more in March.
		c.now = time.Date(2026, 3, 5, 4, 0, 0, 0, time.UTC)
		c.must(c.engine.CatchUp(ctx))
		_, err = c.engine.Close(ctx, "finance", calendar.Month, "2026-02")
		c.must(err)
		c.deal("c", "zhang", "lost", "2026-01-20", "60")
		want := []string{"2026-01 张伟 1 granted 500.00", "2026-01 张伟 2 granted 500.00",
			"2026-02 张伟 adjust/2026-01/CNY granted 500.00", "2026-03 张伟 adjust/2026-01/CNY granted -500.00"}
		c.expect("per-deal", want...)
		if done, err := c.engine.Rebuild(ctx, nil); err != nil || done.Events != 0 {
			t.Errorf("a rebuild made %d steps: %v", done.Events, err)
		}

		if _, err := c.engine.Reopen(ctx, "finance", "2026-02", ""); !problem.IsCode(err, "required") {
			t.Errorf("reopened without a reason: %v", err)
		}
		if _, err := c.engine.Reopen(ctx, "finance", "2026-01", "x"); !problem.IsCode(err, "not_last_closing") {
			t.Errorf("reopened in the middle: %v", err)
		}
		_, err = c.engine.Reopen(ctx, "finance", "2026-02", "发错了")
		c.must(err)
		c.expect("per-deal", "2026-01 张伟 1 granted 500.00", "2026-01 张伟 2 granted 500.00") // 1000 was closed, 1000 is due
		_, err = c.engine.Reopen(ctx, "finance", "2026-01", "发错了")
		c.must(err)
		c.deal("d", "zhang", "lost", "2026-01-21", "60")
		c.expect("per-deal", "2026-01 张伟 1 granted 500.00")
	})
}

// A period that was paid stays closed, and settings that would move its days are refused.
func TestWhatWasPaidStaysClosed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		c := newCompany(t, d)
		c.apply(perDeal)
		if _, err := c.engine.Paid(ctx, "finance", "2026-01"); !problem.IsCode(err, "not_closed") {
			t.Errorf("paid before it was closed: %v", err)
		}
		_, err := c.engine.Close(ctx, "finance", calendar.Month, "2026-01")
		c.must(err)
		_, err = c.engine.Paid(ctx, "finance", "2026-01")
		c.must(err)
		if _, err := c.engine.Reopen(ctx, "finance", "2026-01", "x"); !problem.IsCode(err, "already_paid") {
			t.Errorf("reopened what was paid: %v", err)
		}
		err = d.Write(ctx, func(tx *db.Tx) error {
			dir, err := c.people.Directory(tx)
			if err != nil {
				return err
			}
			o := dir.Organisation
			o.FiscalStartMonth = 4
			_, err = c.people.SaveOrganisation(tx, "admin", o)
			return err
		})
		if !problem.IsCode(err, "periods_closed") {
			t.Errorf("moved closed periods: %v", err)
		}
	})
}
