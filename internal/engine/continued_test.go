package engine_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// A new version that judges by the same rule goes on where the one before it was: what was left over, owed and counted is not lost with a
// new amount. One with another rule begins anew.
func TestAVersionGoesOnWhereTheLastOneWas(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d) // on 20 February 2026
		carried := `plans: [{key: carried, name: 结转, metric: won, shape: every, params: {size: 2, remainder: carry}, reward: {kind: cash, amount: %AMOUNT%}, audience: {persons: [zhang]}, period: month, effective_from: %FROM%}]`
		drawn := `plans: [{key: drawn, name: 预支, metric: sales, shape: rate, params: {tiers: [{rate: 10%}], draw: 10, recoverable: true}, reward: {kind: cash}, budget: {amount: %AMOUNT%}, audience: {persons: [zhang]}, period: month, effective_from: %FROM%}]`
		running := `plans: [{key: running, name: 连续, metric: won, shape: streak, params: {times: 2, rule: {shape: reach, params: {steps: [{at: 1}]}}}, reward: {kind: cash, amount: %AMOUNT%}, audience: {persons: [zhang]}, period: month, effective_from: %FROM%}]`
		all := func(amount, from string) {
			for _, plan := range []string{carried, drawn, running} {
				c.retroactively(strings.NewReplacer("%AMOUNT%", amount, "%FROM%", from).Replace(plan))
			}
		}
		all("100", "2026-01-01")
		all("200", "2026-03-01")
		c.deal("a", "zhang", "won", "2026-01-05", "10")
		c.deal("b", "zhang", "won", "2026-01-06", "20")
		c.deal("c", "zhang", "won", "2026-01-07", "30") // 3 deals: one reward, one deal left; 6 earned, 4 owed
		c.deal("d", "zhang", "won", "2026-02-07", "90") // with the one left over 2; 9 earned, 5 owed
		c.now = time.Date(2026, 3, 20, 4, 0, 0, 0, time.UTC)
		c.deal("e", "zhang", "won", "2026-03-07", "300") // one of two; 30 earned, 5 of 20 taken back
		c.deal("f", "zhang", "won", "2026-02-08", "0")   // late: 2 and 1 left, so March has one
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("carried", "2026-01 张伟 1 granted 100.00", "2026-02 张伟 1 granted 100.00", "2026-03 张伟 1 granted 200.00")
		c.expect("drawn", "2026-01 张伟 rate granted 10.00", "2026-02 张伟 rate granted 10.00", "2026-03 张伟 rate provisional 25.00")
		c.expect("running", "2026-02 张伟 streak granted 100.00")
		// Other numbers are another rule, which nothing goes over to.
		c.retroactively(`plans: [{key: carried, name: 结转, metric: won, shape: every, params: {size: 3, remainder: carry}, reward: {kind: cash, amount: 200}, audience: {persons: [zhang]}, period: month, effective_from: 2026-04-01}]`)
		c.now = time.Date(2026, 4, 20, 4, 0, 0, 0, time.UTC)
		c.deal("g", "zhang", "won", "2026-04-07", "10")
		c.deal("h", "zhang", "won", "2026-04-08", "10")
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("carried", "2026-01 张伟 1 granted 100.00", "2026-02 张伟 1 granted 100.00", "2026-03 张伟 1 granted 200.00")
		c.expect("running", "2026-02 张伟 streak granted 100.00", "2026-04 张伟 streak granted 200.00")
	})
}
