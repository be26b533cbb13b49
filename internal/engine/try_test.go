package engine_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/engine"
	"laurel/internal/metric"
	"laurel/internal/problem"
	"laurel/internal/record"
)

const tried = `
objects:
  - key: deal
    name: {zh: 商机, en: Deal}
    fields:
      - {key: owner, name: 负责人, type: person}
      - {key: stage, name: 阶段, type: text}
      - {key: closed, name: 关闭日期, type: date}
      - {key: amount, name: 金额, type: money, currency: CNY}
      - {key: rating, name: 评分, type: number, scale: 1}
      - {key: signed, name: 签字, type: datetime}
`

// A definition that is tried gives what it gives once it is saved and counted, from columns and by reading records, while the
// records change between one trial and the next.
func TestATriedDefinitionGivesWhatASavedOneGives(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(tried)
		dice := rand.New(rand.NewPCG(5, 1))
		window := calendar.Window{From: calendar.DayOf(2026, 1, 1), To: calendar.DayOf(2026, 4, 1)}
		conditions := []string{
			`stage == "won" && amount > 40`, `stage != "lost" || rating >= 3.5`, `rating == null`, ``, `!(stage in ["won", "open"])`, `stage.contains("o") && closed >= "2026-01-20"`,
			`amount * 2 > 120`, // not in columns
		}
		for round := range 4 {
			for range 4 {
				c.anyDeal(dice)
			}
			for n, condition := range conditions {
				def := metric.Def{Key: "sales", Object: "deal", Condition: condition, Date: []string{"closed", "signed"}[n%2], Person: "owner", Measure: metric.Measure{Kind: metric.Sum, Value: "amount"}}
				def.Name.ZH = "金额"
				for _, key := range []string{"team-100", "commission", "best"} {
					plan := c.definition(key)
					var got, want *engine.Backtest
					c.must(d.Read(t.Context(), func(tx *db.Tx) (err error) { got, err = c.engine.TryIn(tx, plan, def, window); return err }))
					c.must(d.Write(t.Context(), func(tx *db.Tx) error { _, _, err := c.defs.Metrics.Save(tx, "test", def); return err }))
					c.must(c.engine.CatchUp(t.Context()))
					c.must(d.Read(t.Context(), func(tx *db.Tx) (err error) { want, err = c.engine.BacktestIn(tx, plan, window); return err }))
					if got, want := told(t, got, true), told(t, want, true); got != want {
						t.Fatalf("round %d, %s by %q: tried it gives\n%s\nsaved it gives\n%s", round, key, condition, got, want)
					}
				}
			}
		}
		race := c.definition("every-two")
		race.Shape, race.Metric, race.Params = "race", "sales", []byte(`{"at": 10, "places": 1}`)
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			_, err := c.engine.TryIn(tx, race, metric.Def{Key: "sales", Name: race.Name, Object: "deal", Date: "closed", Person: "owner", Measure: metric.Measure{Kind: metric.Sum, Value: "amount"}}, window)
			return err
		})
		if !problem.IsCode(err, "metric_not_saved") {
			t.Errorf("a race by a definition that is not saved gives %v", err)
		}
	})
}

// anyDeal saves, changes, deletes or restores a deal.
func (c *company) anyDeal(dice *rand.Rand) {
	c.t.Helper()
	object, err := c.records.Object("deal")
	c.must(err)
	some := func(v any) any {
		if dice.IntN(6) == 0 {
			return nil
		}
		return v
	}
	day := calendar.DayOf(2025, 12, 25) + calendar.Day(dice.IntN(90))
	op := record.Op{Kind: record.Upsert, ExternalID: fmt.Sprint("T-", dice.IntN(30)), Input: map[string]any{
		"owner": some([]string{"zhang", "li", "wang"}[dice.IntN(3)]), "stage": some([]string{"won", "lost", "open"}[dice.IntN(3)]), "closed": some(day.String()),
		"amount": some(dice.IntN(120)), "rating": some(fmt.Sprint(dice.IntN(50)/10, ".", dice.IntN(10))), "signed": some(fmt.Sprintf("%sT%02d:30:00+08:00", day, dice.IntN(24))),
	}}
	if dice.IntN(5) == 0 {
		op = record.Op{Kind: record.Delete, ExternalID: op.ExternalID}
	}
	c.must(c.db.Write(c.t.Context(), func(tx *db.Tx) error { _, err := c.records.Apply(tx, "test", object, []record.Op{op}); return err }))
	c.must(c.engine.CatchUp(c.t.Context()))
}
