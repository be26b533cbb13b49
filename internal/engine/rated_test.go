package engine_test

import (
	"context"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/metric"
	"laurel/internal/money"
)

const abroad = `
exchange_rates:
  - {currency: USD, from: 2026-01-01, rate: "7.1"}
  - {currency: USD, from: 2026-01-10, rate: 7.25}
objects:
  - key: order
    name: 订单
    fields:
      - {key: seller, name: 销售, type: person}
      - {key: day, name: 日期, type: date}
      - {key: usd, name: 美元金额, type: money, currency: USD}
      - {key: figure, name: 金额, type: number, scale: 2}
      - {key: coin, name: 币种, type: text}
metrics:
  - {key: dollars, name: 美元业绩, object: order, date: day, person: seller, measure: {kind: sum, value: usd, currency: CNY}}
  - {key: coins, name: 外币业绩, object: order, date: day, person: seller, measure: {kind: sum, value: figure, currency: EUR, currency_field: coin}}
plans:
  - {key: p-dollars, name: 美元, metric: dollars, shape: rate, params: {tiers: [{rate: 100%}]}, reward: {kind: cash, currency: CNY}, period: quarter, effective_from: 2026-01-01}
  - {key: p-coins, name: 外币, metric: coins, shape: rate, params: {tiers: [{rate: 100%}]}, reward: {kind: cash, currency: EUR}, period: quarter, effective_from: 2026-01-01}
`

func (c *company) leftOut(key string) []metric.LeftOut {
	c.t.Helper()
	var out []metric.LeftOut
	c.must(c.db.Read(context.Background(), func(tx *db.Tx) error {
		set, err := c.defs.Metrics.All(tx)
		if err != nil {
			return err
		}
		out, err = metric.ReadLeftOut(tx, set.Key(key).ID)
		return err
	}))
	return out
}

func (c *company) rate(currency, from, rate string) metric.Rate {
	c.t.Helper()
	day, err := calendar.ParseDay(from)
	c.must(err)
	var saved metric.Rate
	c.must(c.db.Write(context.Background(), func(tx *db.Tx) (err error) {
		saved, _, err = c.defs.Metrics.SaveRate(tx, "test", metric.Rate{Currency: currency, From: day, Rate: money.MustDecimal(rate)})
		return err
	}))
	c.must(c.engine.CatchUp(context.Background()))
	return saved
}

func TestOtherCurrenciesAreConverted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(abroad)
		c.upsert("order", "o1", map[string]any{"seller": "zhang", "day": "2026-01-09", "usd": "10.05"})
		c.expect("p-dollars", "2026-Q1 张伟 rate granted 71.36") // 71.355 to the even fen
		c.upsert("order", "o1", map[string]any{"day": "2026-01-10"})
		c.expect("p-dollars", "2026-Q1 张伟 rate granted 72.86")

		// Without a rate nothing counts, and the metric says which is missing.
		c.upsert("order", "o2", map[string]any{"seller": "zhang", "day": "2025-12-31", "usd": "1"})
		c.upsert("order", "o3", map[string]any{"seller": "li", "day": "2026-01-05", "figure": "100", "coin": " usd"})
		c.expect("p-coins")
		if out := c.leftOut("dollars"); len(out) != 2 || out[0].Reason != metric.NoRate || len(out[0].Lacks) != 1 || out[0].Lacks[0] != "USD 2025-12-31" {
			t.Errorf("left out: %+v", out)
		}
		// Two other currencies: over the organisation's own.
		eur := c.rate("EUR", "2026-01-01", "8")
		c.expect("p-coins", "2026-Q1 李娜 rate granted 88.75")
		if cause := c.lastCause("p-coins"); cause.Object != metric.RateObject || cause.RecordID != eur.ID {
			t.Errorf("the cause is %+v, not the rate %d", cause, eur.ID)
		}
		c.rate("USD", "2026-01-01", "7.2") // corrected
		c.expect("p-coins", "2026-Q1 李娜 rate granted 90.00")
		c.expect("p-dollars", "2026-Q1 张伟 rate granted 72.86") // its day has a rate of its own

		c.must(c.db.Write(context.Background(), func(tx *db.Tx) error { return c.defs.Metrics.RemoveRate(tx, "test", eur.ID) }))
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("p-coins")
	})
}
