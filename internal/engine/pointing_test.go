package engine_test

import (
	"context"
	"testing"

	"laurel/internal/award"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/record"
)

const territories = `
objects:
  - key: region
    name: 区域
    fields: [{key: manager, name: 经理, type: person}, {key: open, name: 开放, type: bool}]
  - key: account
    name: 客户
    fields: [{key: sector, name: 行业, type: text}, {key: region, name: 区域, type: relation, target: region}]
  - key: order
    name: 订单
    fields:
      - {key: account, name: 客户, type: relation, target: account}
      - {key: day, name: 日期, type: date}
      - {key: amount, name: 金额, type: money, currency: CNY}
metrics:
  - {key: territory, name: 区域业绩, object: order, condition: 'account.sector == "tech" && account.region.open', date: day, person: account.region.manager, measure: {kind: sum, value: amount}}
plans:
  - {key: share, name: 区域提成, metric: territory, shape: rate, params: {tiers: [{rate: 10%}]}, reward: {kind: cash}, period: quarter, effective_from: 2026-01-01}
`

// save makes one change of a record and lets the engine follow.
func (c *company) save(object string, op record.Op) int64 {
	c.t.Helper()
	o, err := c.records.Object(object)
	c.must(err)
	done, err := c.records.Save(context.Background(), "test", o, []record.Op{op}, false)
	c.must(err)
	if done[0].Problem != nil {
		c.t.Fatal(done[0].Problem)
	}
	c.must(c.engine.CatchUp(context.Background()))
	return done[0].ID
}

func (c *company) upsert(object, external string, values map[string]any) int64 {
	c.t.Helper()
	return c.save(object, record.Op{Kind: record.Upsert, ExternalID: external, Input: values})
}

// lastCause is what the newest event of a plan's awards names as its cause.
func (c *company) lastCause(planKey string) (cause award.Cause) {
	c.t.Helper()
	c.must(c.db.Read(context.Background(), func(tx *db.Tx) error {
		p, err := c.defs.Plans.ByKey(tx, planKey)
		if err != nil {
			return err
		}
		return tx.QueryRow(`SELECT e.cause_object, e.cause_record FROM award_event e JOIN award a ON a.id = e.award_id
			WHERE a.plan_id = $1 ORDER BY e.id DESC LIMIT 1`, p.ID).Scan(&cause.Object, &cause.RecordID)
	}))
	return cause
}

func TestCreditFollowsRelations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(territories)
		north := c.upsert("region", "north", map[string]any{"manager": "zhang", "open": true})
		acme := c.upsert("account", "acme", map[string]any{"sector": "tech", "region": "north"})
		c.upsert("order", "o1", map[string]any{"account": "acme", "day": "2026-01-05", "amount": "100"})
		c.upsert("order", "o2", map[string]any{"account": "acme", "day": "2026-01-06", "amount": "50"})
		c.expect("share", "2026-Q1 张伟 rate granted 15.00")

		because := func(object string, id int64) {
			t.Helper()
			if cause := c.lastCause("share"); cause.Object != object || cause.RecordID != id {
				t.Errorf("the cause is %s %d, not %s %d", cause.Object, cause.RecordID, object, id)
			}
		}
		c.upsert("region", "north", map[string]any{"manager": "li"}) // two steps away
		c.expect("share", "2026-Q1 李娜 rate granted 15.00")
		because("region", north)

		c.upsert("account", "acme", map[string]any{"sector": "retail"})
		c.expect("share")
		because("account", acme)
		c.upsert("account", "acme", map[string]any{"sector": "tech"})

		c.save("region", record.Op{Kind: record.Delete, ExternalID: "north"}) // reads as nothing
		c.expect("share")
		because("region", north)
		c.save("region", record.Op{Kind: record.Restore, ExternalID: "north"})
		c.expect("share", "2026-Q1 李娜 rate granted 15.00")

		// A definition of a related object that loses the field takes the metric's measure away until it is back.
		c.apply(`{objects: [{key: account, name: 客户, fields: [{key: sector, name: 行业, type: text}]}]}`)
		c.apply(territories)
		c.upsert("order", "o3", map[string]any{"account": "acme", "day": "2026-01-07", "amount": "10"})
		c.expect("share", "2026-Q1 李娜 rate granted 16.00")
	})
}

func TestManyRecordsFollowOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(territories)
		c.upsert("region", "north", map[string]any{"manager": "zhang", "open": true})
		c.upsert("account", "acme", map[string]any{"sector": "tech", "region": "north"})
		object, err := c.records.Object("order")
		c.must(err)
		ops := make([]record.Op, 5001) // one more than are counted at once
		for i := range ops {
			ops[i] = record.Op{Kind: record.Create, Input: map[string]any{"account": map[string]any{"external_id": "acme"}, "day": "2026-01-05", "amount": "1"}}
		}
		_, err = c.records.Save(context.Background(), "test", object, ops, false)
		c.must(err)
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("share", "2026-Q1 张伟 rate granted 500.10")
		c.upsert("region", "north", map[string]any{"manager": "li"})
		c.expect("share", "2026-Q1 李娜 rate granted 500.10")
	})
}
