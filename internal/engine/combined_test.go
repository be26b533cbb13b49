package engine_test

import (
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/problem"
)

// A sum of metrics of two tables: what adds up has its records in one order of time, so that lines have moments.
func TestSumOfMetrics(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d) // on 20 February 2026
		c.apply(`objects:
  - key: call
    name: 通话
    title: note
    fields: [{key: note, name: 备注, type: text}, {key: day, name: 日期, type: date}, {key: who, name: 谁, type: person}]
metrics:
  - {key: calls, name: 通话数, object: call, date: day, person: who, measure: {kind: count}}
  - key: points
    name: 积分
    unit: 分
    measure: {kind: combine, terms: [{metric: calls, times: 3}, {metric: sales, times: 0.01}]}
  - {key: points-goal, name: 积分达成率, measure: {kind: attainment, of: points}}
  - key: strict
    name: 扣错
    measure: {kind: combine, terms: [{metric: won, times: 2}, {metric: calls, times: -1}]}
targets: [{metric: points, person: zhang, period: 2026-01, value: 32}]
plans:
  - {key: at-16, name: 满 16 分, metric: points, shape: reach, params: {steps: [{at: 16}]}, reward: {kind: cash, amount: 100}, period: month, effective_from: 2026-01-01}
  - {key: each-5, name: 每 5 分, metric: points, shape: every, params: {size: 5}, reward: {kind: cash, amount: 1}, period: month, effective_from: 2026-01-01}
  - {key: half, name: 过半, metric: points-goal, shape: reach, params: {steps: [{at: 50%}]}, reward: {kind: badge, name: 过半}, period: month, effective_from: 2026-01-01}
  - {key: team, name: 团队, metric: points, subject: team, shape: rate, params: {tiers: [{per_unit: 1}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: boss, name: 管理, metric: points, rollup: reports, shape: rate, params: {tiers: [{per_unit: 1}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: falls, name: 会减, metric: strict, shape: reach, params: {steps: [{at: 1}]}, reward: {kind: cash, amount: 9}, period: quarter, effective_from: 2026-01-01}
persons:
  - {key: boss, name: 周总}
  - {key: zhang, name: 张伟, teams: [east], managers: [boss]}
`)
		call := func(id, day string) {
			c.upsert("call", id, map[string]any{"day": day, "who": "zhang"})
		}
		call("c1", "2026-01-05")
		c.deal("a", "zhang", "won", "2026-01-07", "1000")
		c.expectAnyID("at-16")
		call("c2", "2026-01-09") // 3 + 10 + 3
		c.expectAnyID("at-16", "2026-01 张伟 step granted 100.00")
		c.expectAnyID("each-5", "2026-01 张伟 1 granted 1.00", "2026-01 张伟 2 granted 1.00", "2026-01 张伟 3 granted 1.00")
		c.expectAnyID("half", "2026-01 张伟 step granted")
		c.expectAnyID("team", "2026-01 华东 rate granted 16.00")
		c.expectAnyID("boss", "2026-01 周总 rate granted 16.00")

		got := c.evidence("at-16", "张伟")
		want := []string{"通话数: 2 × 3 = 6", "赢单金额: ¥1,000.00 × 0.01 = 10", "合计: 6 + 10 = 16"}
		for i, line := range want {
			if i >= len(got.steps) || got.steps[i] != line {
				t.Errorf("the arithmetic is %q, want it to begin with %q", got.steps, want)
				break
			}
		}
		if got.records != 3 {
			t.Errorf("%d records, want 3", got.records)
		}

		// What a call takes off may come without any correction, so the award waits for the quarter's end.
		c.expectAnyID("falls")
		c.deal("b", "zhang", "won", "2026-01-20", "1")
		c.expectAnyID("falls", "2026-Q1 张伟 step provisional 9.00")
		call("c3", "2026-02-10")
		call("c4", "2026-02-10")
		c.expectAnyID("falls")
	})
}

// What is above last month is rewarded, and follows a correction of last month.
func TestIncrease(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(`metrics:
  - key: more
    name: 增量
    measure: {kind: combine, terms: [{metric: sales}, {metric: sales, times: -1, window: previous}]}
plans:
  - {key: increase, name: 增量提成, metric: more, shape: rate, params: {tiers: [{rate: 5%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: above, name: 超出 500, metric: more, shape: reach, params: {steps: [{at: 500}]}, reward: {kind: cash, amount: 7}, period: month, effective_from: 2026-01-01}
`)
		c.deal("a", "zhang", "won", "2026-01-05", "1000")
		c.expectAnyID("increase", "2026-01 张伟 rate granted 50.00") // nothing in December is 0
		c.deal("b", "zhang", "won", "2026-02-05", "1400")
		c.expectAnyID("increase", "2026-01 张伟 rate granted 50.00", "2026-02 张伟 rate granted 20.00")
		c.expectAnyID("above", "2026-01 张伟 step granted 7.00")
		c.deal("a", "zhang", "won", "2026-01-05", "900") // corrected
		c.expectAnyID("increase", "2026-01 张伟 rate granted 45.00", "2026-02 张伟 rate granted 25.00")
		c.expectAnyID("above", "2026-01 张伟 step granted 7.00", "2026-02 张伟 step granted 7.00")
		got := c.evidence("increase", "张伟")
		if len(got.steps) < 3 || got.steps[1] != "上一期赢单金额: ¥900.00 × (-1) = -¥900.00" || got.steps[2] != "合计: ¥1,400.00 − ¥900.00 = ¥500.00" || got.records != 2 {
			t.Errorf("opened it says %q with %d records", got.steps, got.records)
		}
	})
}

// What a sum cannot be made of is refused at its field.
func TestSumsThatAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		const metrics = `metrics: [{key: x, name: x, measure: {kind: combine, terms: [`
		for terms, field := range map[string]string{
			`]}}]`:                                "measure.terms",
			`{times: 2}]}}]`:                      "measure.terms[0].metric",
			`{metric: nobody}]}}]`:                "measure.terms[0].metric",
			`{metric: x}]}}]`:                     "measure.terms[0].metric",
			`{metric: won, times: 0}]}}]`:         "measure.terms[0].times",
			`{metric: won, times: 0.0000001}]}}]`: "measure.terms[0].times",
			`{metric: won, window: soon}]}}]`:     "measure.terms[0].window",
			`{metric: won}, {metric: won, window: period}]}}]`: "measure.terms[1].metric",
			`{metric: won}, {metric: sales}]}}]`:               "unit",
		} {
			f, err := definition.Parse([]byte(metrics + terms))
			c.must(err)
			_, err = c.defs.Apply(t.Context(), "test", f, definition.Options{})
			if p, ok := problem.As(err); !ok || p.Field != "metrics[0]."+field {
				t.Errorf("%s: %v, want a problem of %s", terms, err, field)
			}
		}
		c.apply(`metrics: [{key: more, name: 增量, measure: {kind: combine, terms: [{metric: sales}, {metric: sales, times: -1, window: last_year}]}}, {key: twice, name: 两倍, measure: {kind: combine, terms: [{metric: more, times: 2}]}}]`)
		c.refuses(`metrics: [{key: more, name: 增量, measure: {kind: combine, terms: [{metric: twice}]}}]`, "refers_to_itself")
		c.refuses(`plans: [{key: p, name: p, metric: more, shape: rate, params: {accumulate: year, tiers: [{rate: 1%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}]`, "accumulate_earlier")
		c.refuses(`plans: [{key: p, name: p, metric: more, rollup: tree, shape: rate, params: {tiers: [{rate: 1%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}]`, "rolled_earlier")
		c.refuses(`plans: [{key: p, name: p, metric: more, excludes: [q], shape: every, params: {size: 1}, reward: {kind: cash, amount: 1}, period: month, effective_from: 2026-01-01}]`, "excludes_derived")
		c.refuses(`plans: [{key: p, name: p, metric: more, begins: at_once, shape: every, params: {size: 1}, reward: {kind: cash, amount: 1}, period: month, effective_from: 2026-03-05}]`, "not_divisible")
	})
}

// Sums of sums double at every step what one value is computed from, so there is an end to it; and what rested on a metric that has grown
// since says so.
func TestASumLeadsToSoManyFigures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		double := func(key, of string) string {
			return `{key: ` + key + `, name: ` + key + `, measure: {kind: combine, terms: [{metric: ` + of + `}, {metric: ` + of + `, window: previous}]}}`
		}
		of := "won"
		for _, key := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} { // 2, 4, … 256
			c.apply(`metrics: [` + double(key, of) + `]`)
			of = key
		}
		c.apply(`plans: [{key: p, name: p, metric: h, shape: rate, params: {tiers: [{per_unit: 1}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}]`)
		c.refuses(`metrics: [`+double("i", of)+`]`, "too_many_figures")
		c.refuses(`metrics: [{key: i, name: i, measure: {kind: growth, of: h}}]`, "too_many_figures")
		c.retroactively(`metrics: [{key: a, name: a, measure: {kind: combine, terms: [{metric: won}, {metric: won, window: previous}, {metric: won, window: last_year}, {metric: sales, times: 0.01}]}, unit: x}]`)
		c.deal("x", "zhang", "won", "2026-01-05", "1000")
		c.must(c.engine.CatchUp(t.Context()))
		c.expectAnyID("p")
	})
}
