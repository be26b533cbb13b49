package engine_test

import (
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/problem"
)

const shared = `
objects:
  - key: contract
    name: 合同
    fields:
      - {key: owner, name: 负责人, type: person}
      - {key: partner, name: 协作人, type: person}
      - {key: day, name: 日期, type: date}
      - {key: amount, name: 金额, type: money, currency: CNY}
      - {key: own_share, name: 负责人比例, type: percent, scale: 2}
      - {key: partner_share, name: 协作人比例, type: percent, scale: 2}
  - key: contract_split
    name: 合同分成
    fields:
      - {key: contract, name: 合同, type: relation, target: contract}
      - {key: person, name: 人员, type: person}
      - {key: percent, name: 比例, type: percent, scale: 2}
metrics:
  - {key: fixed, name: 固定, object: contract, date: day, credit: [{person: owner, share: 70%}, {person: partner, share: 0.3}], measure: {kind: sum, value: amount}}
  - {key: own, name: 自定, object: contract, date: day, credit: [{person: owner, share_field: own_share}, {person: partner, share_field: partner_share}], measure: {kind: sum, value: amount}}
  - {key: each, name: 份数, object: contract, date: day, credit: [{person: owner}, {person: partner}], measure: {kind: count}}
  - {key: part, name: 折合, object: contract, date: day, credit: [{person: owner, share: "70%"}, {person: partner, share: 30}], count: share, measure: {kind: count}}
  - {key: table, name: 分成表, object: contract_split, date: contract.day, person: person, measure: {kind: sum, value: contract.amount * percent, currency: CNY}}
plans:
  - {key: p-fixed, name: 固定, metric: fixed, shape: rate, params: {tiers: [{rate: 100%}]}, reward: {kind: cash}, period: quarter, effective_from: 2026-01-01}
  - {key: p-own, name: 自定, metric: own, shape: rate, params: {tiers: [{rate: 100%}]}, reward: {kind: cash}, period: quarter, effective_from: 2026-01-01}
  - {key: p-each, name: 份数, metric: each, shape: rate, params: {tiers: [{per_unit: 1}]}, reward: {kind: cash}, period: quarter, effective_from: 2026-01-01}
  - {key: p-part, name: 折合, metric: part, shape: rate, params: {tiers: [{per_unit: 100}]}, reward: {kind: cash}, period: quarter, effective_from: 2026-01-01}
  - {key: p-team, name: 团队, metric: each, subject: team, shape: rate, params: {tiers: [{per_unit: 1}]}, reward: {kind: cash}, period: quarter, effective_from: 2026-01-01}
  - {key: p-table, name: 分成表, metric: table, shape: rate, params: {tiers: [{rate: 100%}]}, reward: {kind: cash}, period: quarter, effective_from: 2026-01-01}
`

func TestSeveralPersonsShareARecord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(shared)
		c.upsert("contract", "k1", map[string]any{"owner": "zhang", "partner": "li", "day": "2026-01-05", "amount": "100.01", "own_share": "0.50", "partner_share": "0.50"})
		c.expect("p-fixed", "2026-Q1 张伟 rate granted 70.01", "2026-Q1 李娜 rate granted 30.00")
		c.expect("p-own", "2026-Q1 张伟 rate granted 50.01", "2026-Q1 李娜 rate granted 50.00") // the first listed gets the cent
		c.expect("p-each", "2026-Q1 张伟 rate granted 1.00", "2026-Q1 李娜 rate granted 1.00")
		c.expect("p-part", "2026-Q1 张伟 rate granted 70.00", "2026-Q1 李娜 rate granted 30.00")
		c.expect("p-team", "2026-Q1 华东 rate granted 1.00") // both are in the east: the contract counts once

		c.upsert("contract", "k1", map[string]any{"partner": "wang"}) // credit passes to somebody else, in the east as well in January
		c.expect("p-fixed", "2026-Q1 张伟 rate granted 70.01", "2026-Q1 王芳 rate granted 30.00")
		c.upsert("contract", "k1", map[string]any{"partner": "zhang"}) // in two roles
		c.expect("p-fixed", "2026-Q1 张伟 rate granted 100.01")
		c.expect("p-each", "2026-Q1 张伟 rate granted 1.00")
		c.upsert("contract", "k1", map[string]any{"partner": nil}) // the weights of those who are there
		c.expect("p-fixed", "2026-Q1 张伟 rate granted 100.01")
	})
}

func TestASplitTableIsAMetricOverARelation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(shared)
		c.upsert("contract", "k1", map[string]any{"day": "2026-01-05", "amount": "1000"})
		c.upsert("contract_split", "s1", map[string]any{"contract": "k1", "person": "zhang", "percent": "0.60"})
		c.upsert("contract_split", "s2", map[string]any{"contract": "k1", "person": "li", "percent": "0.40"})
		c.expect("p-table", "2026-Q1 张伟 rate granted 600.00", "2026-Q1 李娜 rate granted 400.00")
		c.upsert("contract", "k1", map[string]any{"amount": "500"})
		c.expect("p-table", "2026-Q1 张伟 rate granted 300.00", "2026-Q1 李娜 rate granted 200.00")
		c.upsert("contract", "k1", map[string]any{"day": "2025-12-31"}) // before the plan begins
		c.expect("p-table")
	})
}

func TestCreditThatContradictsItselfIsRefused(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	c := newCompany(t, d)
	c.apply(shared)
	for field, credit := range map[string]string{
		"metrics[0].credit":                `credit: [{person: owner, share: 70%}, {person: partner, share: 20%}]`,
		"metrics[0].credit[0].share":       `credit: [{person: owner, share: 170%}]`,
		"metrics[0].credit[1].share":       `credit: [{person: owner, share: 70%}, {person: partner, share: half}]`,
		"metrics[0].credit[0].share_field": `credit: [{person: owner, share: 70%, share_field: own_share}]`,
		"metrics[0].credit[0].person":      `credit: [{person: amount, share: 100%}]`,
		"metrics[0].person":                `person: owner, credit: [{person: owner}]`,
		"metrics[0].count":                 `person: owner, count: share`,
	} {
		f, err := definition.Parse([]byte(`metrics: [{key: x, name: x, object: contract, date: day, ` + credit + `, measure: {kind: count}}]`))
		c.must(err)
		_, err = c.defs.Apply(t.Context(), "test", f, definition.Options{})
		if p, ok := problem.As(err); !ok || p.Field != field {
			t.Errorf("%s: %v, want a problem of %s", credit, err, field)
		}
	}
}
