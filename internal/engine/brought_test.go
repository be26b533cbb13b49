package engine_test

import (
	"context"
	"strings"
	"testing"

	"laurel/internal/award"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/engine"
)

// What an award opens into when something stands around its rule, or when its value is what others brought.
func TestEvidenceOfWhatStandsAroundARule(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d) // on 20 February 2026
		c.apply(`persons:
  - {key: boss, name: 周总}
  - {key: li, name: 李娜, managers: [{person: boss}]}
  - {key: zhang, name: 张伟, managers: [{person: li, to: 2026-01-10}, {person: boss, from: 2026-01-10}]}
  - {key: new, name: 新人, joined_on: 2026-01-01, managers: [{person: li}]}
plans:
  - {key: base, name: {zh: 提成, en: Commission}, metric: sales, shape: rate, params: {tiers: [{rate: 10%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: sold, name: 管理提成, metric: sales, rollup: reports, shape: rate, params: {tiers: [{rate: 1%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: kicker, name: 翻倍, earned: base, gates: [{metric: won, value: 2}], shape: rate, params: {tiers: [{rate: 20%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: shared, name: 分享, metric: sales, gates: [{metric: won, compare: above, value: 0}], ramp: [{below: 3, percent: 50%}], split: [{to: self, share: 70%}, {to: manager, share: 30%}], shape: rate, params: {tiers: [{rate: 10%}]}, reward: {kind: cash}, audience: {persons: [new]}, period: month, effective_from: 2026-01-01}
`)
		c.deal("a", "zhang", "won", "2026-01-05", "1000") // under Li
		c.deal("b", "zhang", "won", "2026-01-15", "3000") // under the boss
		c.deal("c", "li", "won", "2026-01-20", "500")
		c.deal("d", "new", "won", "2026-01-08", "1000")
		for _, k := range []struct {
			plan, who string
			sentence  string
			steps     []string // parts of the lines, in their order
			records   int
		}{
			{"sold", "周总", "直接下属的赢单金额", []string{"张伟（2026-01-10 – 2026-01-31）: ¥3,000", "李娜: ¥500", "合计: ¥3,000.00 + ¥500.00 = ¥3,500", "¥35.00"}, 2},
			{"kicker", "张伟", "“提成”的奖金", []string{"前提：赢单数至少 2 单: 2 ≥ 2 = ✓", "¥80.00"}, 0},
			{"shared", "李娜", "奖金分给", []string{"前提：", "新人爬坡: 0 = 50", "李娜分得: ¥50.00 × 30 % = ¥15.00"}, 1},
		} {
			ev := c.evidence(k.plan, k.who)
			if !strings.Contains(ev.sentence, k.sentence) {
				t.Errorf("%s reads %q, want %q in it", k.plan, ev.sentence, k.sentence)
			}
			left := strings.Join(ev.steps, "\n")
			for _, part := range k.steps {
				_, after, found := strings.Cut(left, part)
				if !found {
					t.Errorf("%s of %s: no %q, in this order, in\n%s", k.plan, k.who, part, strings.Join(ev.steps, "\n"))
					break
				}
				left = after
			}
			if ev.records != k.records {
				t.Errorf("%s of %s rests on %d records, want %d", k.plan, k.who, ev.records, k.records)
			}
		}
	})
}

type opened struct {
	sentence string
	steps    []string
	records  int
}

// evidence opens somebody's first award of a plan.
func (c *company) evidence(planKey, who string) (out opened) {
	c.t.Helper()
	found := false
	c.must(c.db.Read(context.Background(), func(tx *db.Tx) error {
		p, err := c.defs.Plans.ByKey(tx, planKey)
		if err != nil {
			return err
		}
		dir, err := c.people.Directory(tx)
		if err != nil {
			return err
		}
		list, err := award.List(tx, award.Query{PlanID: p.ID, Limit: award.MaxPage})
		if err != nil {
			return err
		}
		for _, a := range list {
			if engine.NameSubject(dir, a.Subject).Name != who {
				continue
			}
			ev, err := c.engine.Explain(tx, a)
			if err != nil {
				return err
			}
			found = true
			out.sentence, out.records = ev.Plan.Sentence().ZH, len(ev.Points)
			for _, s := range ev.Due.Steps {
				out.steps = append(out.steps, s.Label.ZH+": "+s.Formula+" = "+s.Result)
			}
			return nil
		}
		return nil
	}))
	if !found {
		c.t.Fatalf("%s has no award of %s", who, planKey)
	}
	return out
}
