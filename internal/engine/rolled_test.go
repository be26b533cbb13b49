package engine_test

import (
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// A manager's override, on what reports sold and on what they earned, and a bonus on a bonus.
func TestPlansThatBuildOnOthers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d) // on 20 February 2026
		c.apply(`persons:
  - {key: boss, name: 周总}
  - {key: li, name: 李娜, teams: [east], managers: [{person: boss}]}
  - {key: zhang, name: 张伟, teams: [east], managers: [{person: li, to: 2026-01-10}, {person: boss, from: 2026-01-10}]}
plans:
  - {key: sold, name: 管理提成, metric: sales, rollup: reports, shape: rate, params: {tiers: [{rate: 1%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: gated, name: 自己也开单, metric: sales, rollup: reports, gates: [{metric: won, value: 1}], shape: rate, params: {tiers: [{rate: 1%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: below, name: 全线提成, metric: sales, rollup: tree, shape: rate, params: {tiers: [{rate: 1%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: on-earned, name: 奖金的奖金, earned: base, rollup: reports, shape: rate, params: {tiers: [{rate: 50%}]}, reward: {kind: cash}, period: quarter, effective_from: 2026-01-01}
  - {key: kicker, name: 翻倍, earned: base, gates: [{metric: won, value: 2}], shape: rate, params: {tiers: [{rate: 20%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: base, name: 提成, metric: sales, shape: rate, params: {tiers: [{rate: 10%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
`)
		c.deal("a", "zhang", "won", "2026-01-05", "1000") // under Li
		c.deal("b", "zhang", "won", "2026-01-15", "3000") // under the boss
		c.deal("c", "li", "won", "2026-01-20", "500")
		c.expectAnyID("sold", "2026-01 李娜 rate granted 10.00", "2026-01 周总 rate granted 35.00")
		c.expectAnyID("below", "2026-01 李娜 rate granted 10.00", "2026-01 周总 rate granted 45.00")
		c.expectAnyID("kicker", "2026-01 张伟 rate granted 80.00")
		// A commission is earned with the last contribution: Zhang's 400 on 15 January, Li's 50 on the 20th.
		c.expectAnyID("on-earned", "2026-Q1 周总 rate provisional 225.00")

		c.deal("b", "zhang", "lost", "2026-01-15", "3000")
		c.expectAnyID("kicker")
		c.expectAnyID("sold", "2026-01 李娜 rate granted 10.00", "2026-01 周总 rate granted 5.00")
		c.expectAnyID("on-earned", "2026-Q1 李娜 rate provisional 50.00", "2026-Q1 周总 rate provisional 25.00")

		// What a gate asks for is the manager's own.
		c.expectAnyID("gated", "2026-01 李娜 rate granted 10.00")
		c.deal("e", "boss", "won", "2026-01-25", "1")
		c.expectAnyID("gated", "2026-01 李娜 rate granted 10.00", "2026-01 周总 rate granted 5.00")
	})
}

// A multiplier below one takes the difference off what the other plan gives: also in shares, and also once the period is closed.
func TestMultiplierBelowOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(`plans:
  - {key: base, name: 提成, metric: sales, shape: rate, params: {tiers: [{rate: 10%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: slow, name: 减速, earned: base, gates: [{metric: won, compare: below, value: 2}], shape: rate, params: {tiers: [{times: 80%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: none, name: 取消, earned: base, shape: rate, params: {tiers: [{times: 0}]}, split: [{to: self, share: 67%}, {to: person, person: 李娜, share: 33%}], reward: {kind: cash}, period: month, effective_from: 2026-01-01}
`)
		c.deal("a", "zhang", "won", "2026-01-05", "1000")
		c.expectAnyID("slow", "2026-01 张伟 rate granted -20.00")
		c.expectAnyID("none", "2026-01 张伟 rate granted -67.00", "2026-01 李娜 rate/person-ID granted -33.00")
		c.deal("b", "zhang", "won", "2026-01-06", "500")
		c.expectAnyID("slow")
		c.expectAnyID("none", "2026-01 张伟 rate granted -100.50", "2026-01 李娜 rate/person-ID granted -49.50")
		c.deal("b", "zhang", "lost", "2026-01-06", "500")
		c.expectAnyID("slow", "2026-01 张伟 rate granted -20.00")
		if got := c.evidence("slow", "张伟"); len(got.steps) < 2 || got.steps[len(got.steps)-1] != "乘数带来的差额: ¥100.00 × (80 % − 100 %) = -¥20.00" {
			t.Errorf("the arithmetic is %q", got.steps)
		}
		const rest = `, shape: rate, params: {tiers: [{times: 80%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}]`
		c.refuses(`plans: [{key: r, name: 方案, metric: sales`+rest, "nothing_to_multiply")
		c.refuses(`plans: [{key: r, name: 方案, earned: base, rollup: tree`+rest, "nothing_to_multiply")
	})
}

// Rolled-up values have no records of their own that a field could tell apart.
func TestRowsByAFieldAreNotRolledUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(`metrics: [{key: by-stage, name: 按阶段, object: deal, date: closed, person: owner, by: stage, measure: {kind: sum, value: amount}}]`)
		const rest = `, name: 方案, metric: by-stage, shape: rate, params: {rows: [{value: won, tiers: [{rate: 5%}]}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}]`
		c.refuses(`plans: [{key: r, rollup: tree`+rest, "rolled_by_field")
		c.apply(`plans: [{key: r` + rest)
	})
}
