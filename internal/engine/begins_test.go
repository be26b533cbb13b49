package engine_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// A version that begins at once splits the period that is running: what came before its day is paid by the version before, what comes
// after by the new one, and the tiers read the whole period's running total. The figures are those of docs/rules.md.
func TestAVersionThatBeginsAtOnceSplitsTheRunningPeriod(t *testing.T) {
	const commission = `plans: [{key: commission, name: 提成, metric: sales, shape: rate, params: {tiers: [{up_to: 50000, rate: %1%}, {up_to: 100000, rate: %2%}, {rate: %3%}]},
		reward: {kind: cash}, audience: {persons: [zhang]}, period: quarter, effective_from: %FROM%}]`
	first := strings.NewReplacer("%1", "5", "%2", "8", "%3", "12", "%FROM%", "2026-01-01").Replace(commission)
	second := strings.NewReplacer("%1", "6", "%2", "9", "%3", "13", "%FROM%", "2026-02-15, begins: at_once").Replace(commission)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d) // on 20 February 2026
		c.retroactively(first)
		c.retroactively(`plans: [{key: kicker, name: 加成, earned: commission, shape: rate, params: {tiers: [{rate: 10%}]}, reward: {kind: cash}, audience: {persons: [zhang]}, period: quarter, effective_from: 2026-01-01}]`)
		c.deal("a", "zhang", "won", "2026-01-10", "80000")
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("commission", "2026-Q1 张伟 rate granted 4900.00") // 50,000 × 5 % + 30,000 × 8 %
		c.retroactively(second)
		c.deal("b", "zhang", "won", "2026-02-18", "40000")
		c.must(c.engine.CatchUp(context.Background()))
		// Of 120,000 the new version pays 10,100, of the 80,000 before it 5,700.
		c.expect("commission", "2026-Q1 01-01..02-14 张伟 rate granted 4900.00", "2026-Q1 02-15..03-31 张伟 rate granted 4400.00")
		c.expect("kicker", "2026-Q1 张伟 rate provisional 930.00")
		// A late record of the first part moves both: 5,700 of 90,000; 11,400 of 130,000 less 6,600 of 90,000.
		c.deal("c", "zhang", "won", "2026-02-01", "10000")
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("commission", "2026-Q1 01-01..02-14 张伟 rate granted 5700.00", "2026-Q1 02-15..03-31 张伟 rate granted 4800.00")
		c.now = time.Date(2026, 4, 20, 4, 0, 0, 0, time.UTC)
		c.deal("d", "zhang", "won", "2026-04-10", "10000")
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("commission", "2026-Q1 01-01..02-14 张伟 rate granted 5700.00", "2026-Q1 02-15..03-31 张伟 rate granted 4800.00", "2026-Q2 张伟 rate granted 600.00")
		// The first part is closed with its month; what changes of it then is an adjustment under its name.
		for _, month := range []string{"2026-01", "2026-02"} {
			_, err := c.engine.Close(context.Background(), "test", calendar.Month, month)
			c.must(err)
			c.must(c.engine.CatchUp(context.Background()))
		}
		c.deal("e", "zhang", "won", "2026-02-02", "10000")
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("commission", "2026-Q1 张伟 adjust/2026-Q1 01-01..02-14/CNY granted 800.00", "2026-Q1 01-01..02-14 张伟 rate granted 5700.00",
			"2026-Q1 02-15..03-31 张伟 rate granted 5200.00", "2026-Q2 张伟 rate granted 600.00")
	})
}

// What a running total cannot tell record by record is not split, and neither is a period of a version before that is such a one.
func TestAPeriodThatCannotBeSplitIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		plan := func(rest string) string {
			return `plans: [{key: p, name: 方案, reward: {kind: cash, amount: 100}, period: quarter, ` + rest + `}]`
		}
		const atOnce = `, effective_from: 2026-03-01, begins: at_once`
		for _, rest := range []string{
			`metric: won, shape: rank, params: {places: 1}`,
			`metric: won, shape: streak, params: {times: 2, rule: {shape: reach, params: {steps: [{at: 1}]}}}`,
			`metric: won, shape: every, params: {size: 2}, budget: {amount: 500}`,
			`metric: won, shape: every, params: {size: 2}, proration: thresholds`,
			`metric: won, shape: reach, params: {steps: [{at: 1}]}, gates: [{metric: won, value: 1, window: previous}]`,
			`metric: won, shape: reach, params: {steps: [{at: 1}], accumulate: year}`,
		} {
			c.refuses(plan(rest+atOnce), "not_divisible")
		}
		c.retroactively(plan(`metric: won, shape: rank, params: {places: 1}, effective_from: 2026-01-01`))
		c.refuses(plan(`metric: won, shape: every, params: {size: 2}`+atOnce), "not_divisible")
		c.apply(plan(`metric: won, shape: every, params: {size: 2}, effective_from: 2027-01-01, begins: at_once`)) // nothing runs into it
	})
}
