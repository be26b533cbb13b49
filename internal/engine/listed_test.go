package engine_test

import (
	"context"
	"strings"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/problem"
)

// What was paid for a listed period is taken back like any other, within the limit.
func TestWhatWasPaidForAListedPeriodIsTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		c := newCompany(t, d) // on 20 February 2026
		c.apply(`organisation: {clawback_limit: 0.3}`)
		c.apply(`plans: [{key: fair, name: 展会, metric: won, shape: every, params: {size: 1}, reward: {kind: cash, amount: 500}, period: custom,
			periods: [{label: 春季展会, from: 2026-01-05, last: 2026-01-09}, {label: 秋季展会, from: 2026-03-01, last: 2026-03-09}], effective_from: 2026-01-01}]`)
		c.deal("a", "wang", "won", "2026-01-05", "1")
		_, err := c.engine.Close(ctx, "finance", calendar.Month, "2026-01")
		c.must(err)
		_, err = c.engine.Paid(ctx, "finance", "2026-01")
		c.must(err)
		c.deal("a", "wang", "lost", "2026-01-05", "1")
		c.expect("fair", "春季展会 王芳 1 granted 500.00", "2026-02 王芳 adjust/春季展会/CNY granted -500.00")
		c.says("2026-02", "王芳 0+0 owed 0+50000-0=50000 net 0 (0 left 50000)")
		want := "due for 春季展会 now: 0 = ¥0.00; on record when 春季展会 was closed: ¥500.00 = ¥500.00; difference: ¥0.00 − ¥500.00 = -¥500.00"
		if got := c.explained("fair"); len(got) != 1 || got[0] != want {
			t.Errorf("explained as %q", got)
		}
	})
}

// A later version that calls other days by the name of a period that was judged would take its awards over: it is refused.
func TestListedPeriodsOfTwoVersionsDoNotShareAName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		version := func(from, periods string) error {
			file, err := definition.Parse([]byte(`plans: [{key: fair, name: 展会, metric: won, shape: every, params: {size: 1}, reward: {kind: cash, amount: 500},
				period: ` + periods + `, effective_from: ` + from + `}]`))
			c.must(err)
			_, err = c.defs.Apply(context.Background(), "test", file, definition.Options{Retroactive: true})
			return err
		}
		c.must(version("2026-01-01", "custom, periods: [{label: 展会, from: 2026-01-05, last: 2026-01-09}]"))
		c.deal("a", "wang", "won", "2026-01-05", "1")
		for name, try := range map[string][2]string{
			"next year's":  {"2027-01-01", "custom, periods: [{label: 展会, from: 2027-01-05, last: 2027-01-09}]"},
			"prolonged":    {"2026-01-01", "custom, periods: [{label: 展会, from: 2026-01-05, last: 2026-01-15}]"},
			"among others": {"2027-01-01", "custom, periods: [{label: 预展, from: 2027-01-01, last: 2027-01-02}, {label: 展会, from: 2027-01-05, last: 2027-01-09}]"},
		} {
			if err := version(try[0], try[1]); !problem.IsCode(err, "period_reused") {
				t.Errorf("%s: %v", name, err)
			}
		}
		c.must(version("2027-01-01", "custom, periods: [{label: 展会, from: 2026-01-05, last: 2026-01-09}, {label: 2027 展会, from: 2027-01-05, last: 2027-01-09}]"))
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("fair", "展会 王芳 1 granted 500.00")

		c.must(version("2027-06-01", "custom, periods: [{label: 2027-07, from: 2027-07-02, last: 2027-07-30}]"))
		if err := version("2027-08-01", "month"); err == nil || !problem.IsCode(err, "period_reused") {
			t.Errorf("months after a listed period that is called like one: %v", err)
		}
	})
}

// Nothing had been given in a month when it was closed, so that only an adjustment stands for it: where later versions judge the month no
// more it goes, and what the plan gives instead is not paid twice.
func TestAnAdjustmentGoesWithItsPeriod(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		c := newCompany(t, d) // on 20 February 2026
		c.apply(perDeal)
		_, err := c.engine.Close(ctx, "finance", calendar.Month, "2026-01")
		c.must(err)
		c.deal("a", "wang", "won", "2026-01-05", "1")
		c.expect("per-deal", "2026-02 王芳 adjust/2026-01/CNY granted 500.00")

		quarterly := strings.Replace(perDeal, "period: month", "period: quarter", 1)
		file, err := definition.Parse([]byte(quarterly))
		c.must(err)
		c.must(d.Write(ctx, func(tx *db.Tx) error {
			changes, err := c.engine.Changes(tx, "quarterly", func() error {
				_, _, err := c.defs.Plans.Publish(tx, "test", file.Plans[0], calendar.DayOf(2026, 1, 1), true)
				return err
			})
			if list := changes.List; err == nil && (len(list) != 2 || list[0].Period.Label != "2026-01" && list[1].Period.Label != "2026-01") {
				t.Errorf("changes %+v", list)
			}
			return err
		}))
		_, err = c.defs.Apply(ctx, "test", file, definition.Options{Retroactive: true})
		c.must(err)
		c.must(c.engine.CatchUp(ctx))
		c.expect("per-deal", "2026-Q1 王芳 1 granted 500.00")
	})
}

// A metric and a plan on it changed in one step: what the plan judges no more is put right once.
func TestPeriodsThatAreJudgedNoMoreArePutRightOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		c := newCompany(t, d) // on 20 February 2026
		c.apply(perDeal)
		c.deal("a", "wang", "won", "2026-01-05", "1")
		c.deal("b", "wang", "won", "2026-02-05", "1")
		_, err := c.engine.Close(ctx, "finance", calendar.Month, "2026-01")
		c.must(err)
		file, err := definition.Parse([]byte(`
metrics: [{key: won, name: 赢单, object: deal, condition: 'stage == "won" && amount > 0', date: closed, person: owner, measure: {kind: count}}]
` + strings.Replace(perDeal, "period: month", "period: quarter", 1)))
		c.must(err)
		_, err = c.defs.Apply(ctx, "test", file, definition.Options{Retroactive: true})
		c.must(err)
		c.must(c.engine.CatchUp(ctx))
		c.expect("per-deal", "2026-01 王芳 1 granted 500.00", "2026-Q1 王芳 1 granted 500.00", "2026-02 王芳 adjust/2026-01/CNY granted -500.00", "2026-Q1 王芳 2 granted 500.00")
		c.must(d.Read(ctx, func(tx *db.Tx) error {
			var reversed int
			err := tx.QueryRow(`SELECT COUNT(*) FROM award_event e JOIN award a ON a.id = e.award_id WHERE e.kind = 'reversed' AND a.period_label = '2026-02'`).Scan(&reversed)
			if reversed != 1 {
				t.Errorf("the month's award was reversed %d times", reversed)
			}
			return err
		}))
	})
}
