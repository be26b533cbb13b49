package engine_test

import (
	"context"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/engine"
)

// What people read where a gate is shut, a line is shorter or an amount is shared.
func TestStandingSaysWhatStandsAroundARule(t *testing.T) {
	cases := []struct {
		name, plan, period string
		who                string
		progress, why      string // parts of the Chinese sentences
	}{
		{"a shut gate beside what is still to do",
			`{key: s1, metric: won, shape: every, params: {size: 10}, reward: {kind: cash, amount: 100}, gates: [{metric: sales, compare: above, value: 100}], audience: {persons: [zhang]}, period: quarter}`,
			"2026-Q1", "张伟", "再有 8 单 → ¥100；前提未满足：赢单金额高于 ¥100（目前 ¥100）", "前提未满足：赢单金额高于 ¥100"},
		{"a shut gate where the rule itself is met",
			`{key: s2, metric: won, shape: reach, params: {steps: [{at: 1}]}, reward: {kind: cash, amount: 100}, gates: [{metric: sales, compare: above, value: 100}], audience: {persons: [zhang]}, period: quarter}`,
			"2026-Q1", "张伟", "前提未满足：赢单金额高于 ¥100（目前 ¥100）", "前提未满足"},
		{"a shut gate in front of a commission that would be something", // 已得 would be untrue
			`{key: s6, metric: sales, shape: rate, params: {tiers: [{rate: 10%}]}, reward: {kind: cash}, gates: [{metric: won, value: 9}], audience: {persons: [zhang]}, period: quarter}`,
			"2026-Q1", "张伟", "^前提未满足：赢单数至少 9 单", "前提未满足"},
		{"a newcomer's shorter line",
			`{key: s3, metric: won, shape: reach, params: {steps: [{at: 8}]}, reward: {kind: cash, amount: 100}, ramp: [{below: 3, percent: 50%}], ramp_on: targets, audience: {persons: [new]}, period: quarter}`,
			"2026-Q1", "新人", "再有 2 单 → ¥100（目标按 50 % 计）", "还差 2 单，达到 8 单才有奖励（目标按 50 % 计）"},
		{"a share", `{key: s4, metric: won, shape: every, params: {size: 3}, reward: {kind: cash, amount: 100}, split: [{to: self, share: 70%}, {to: manager, share: 30%}], audience: {persons: [new]}, period: quarter}`,
			"2026-Q1", "新人", "再有 1 单 → ¥100（本人分得 70 %）", "还差 1 单"},
		{"a budget that is used up", `{key: s5, metric: won, shape: reach, params: {steps: [{at: 2}]}, reward: {kind: cash, amount: 100}, budget: {amount: 100}, audience: {persons: [zhang, new]}, period: quarter}`,
			"2026-Q1", "新人", "", "本期预算已经用完"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(`persons: [{key: new, name: 新人, joined_on: 2026-01-01, managers: [{person: li}]}]`)
		c.deal("a", "zhang", "won", "2026-01-03", "60")
		c.deal("b", "zhang", "won", "2026-01-09", "40")
		c.deal("f", "new", "won", "2026-01-20", "60")
		c.deal("g", "new", "won", "2026-02-03", "60")
		for _, k := range cases {
			t.Run(k.name, func(t *testing.T) {
				c.t = t
				c.apply("plans: [" + k.plan[:len(k.plan)-1] + ", name: 方案, effective_from: 2026-01-01}]")
				key := k.plan[len("{key: "):strings.Index(k.plan, ",")]
				progress, why := c.reads(key, k.period, k.who)
				if !strings.Contains("^"+progress, k.progress) || !strings.Contains(why, k.why) {
					t.Errorf("%s reads %q and %q, want %q and %q", k.who, progress, why, k.progress, k.why)
				}
			})
		}
	})
}

// reads is what somebody reads of a plan in a period: the way to the next reward, and what was missing.
func (c *company) reads(planKey, period, who string) (progress, why string) {
	c.t.Helper()
	c.must(c.db.Read(context.Background(), func(tx *db.Tx) error {
		p, err := c.defs.Plans.ByKey(tx, planKey)
		if err != nil {
			return err
		}
		dir, err := c.people.Directory(tx)
		if err != nil {
			return err
		}
		s, err := c.engine.Standing(tx, p, period)
		if err != nil {
			return err
		}
		for _, row := range s.Rows {
			if engine.NameSubject(dir, row.Subject.Ref).Name == who {
				progress, why = row.Progress.Sentence.ZH, row.WhyNot.ZH
			}
		}
		return nil
	}))
	return progress, why
}
