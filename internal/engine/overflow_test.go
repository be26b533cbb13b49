package engine_test

import (
	"context"
	"fmt"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/record"
)

// A total that does not fit stops the plans that read it, and nobody else; once it fits again, the cents are right.
func TestATotalTooLargeStopsOnlyItsOwnPlans(t *testing.T) {
	const records = 9300 // of the largest value: more than 64 bits hold
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		object, err := c.records.Object("deal")
		c.must(err)
		batch := func(kind record.OpKind, ids []string, amount string) {
			ops := make([]record.Op, len(ids))
			for i, id := range ids {
				ops[i] = record.Op{Kind: kind, ExternalID: id}
				if kind == record.Upsert {
					ops[i].Input = map[string]any{"owner": "zhang", "stage": "won", "closed": "2026-01-05", "amount": amount}
				}
			}
			c.must(c.db.Write(context.Background(), func(tx *db.Tx) error {
				_, err := c.records.Apply(tx, "test", object, ops)
				return err
			}))
			c.must(c.engine.CatchUp(context.Background()))
		}
		ids := make([]string, records)
		for i := range ids {
			ids[i] = fmt.Sprintf("huge-%d", i)
		}
		batch(record.Upsert, ids, "9999999999999.99")
		c.expect("commission")
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.expect("best")

		c.deal("b", "li", "won", "2026-02-03", "60") // February has no such total
		c.expect("best", "2026-02 李娜 rank provisional")

		batch(record.Delete, ids, "")
		c.expect("commission", "2026-Q1 张伟 rate granted 3.00", "2026-Q1 李娜 rate granted 3.00")
		done, err := c.engine.Rebuild(context.Background(), nil)
		c.must(err)
		if done.Events != 0 {
			t.Errorf("a rebuild changed %d awards", done.Events)
		}
	})
}
