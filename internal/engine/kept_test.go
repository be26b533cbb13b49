package engine_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/engine"
	"laurel/internal/plan"
)

const tested = `
metrics:
  - {key: size, name: 均单, object: deal, condition: 'stage == "won"', date: closed, person: owner, measure: {kind: average, value: amount}}
  - {key: top, name: 最大单, object: deal, condition: 'stage == "won"', date: closed, person: owner, measure: {kind: max, value: amount}}
plans:
  - {key: avg, name: 均单奖, metric: size, shape: reach, params: {steps: [{at: 50}, {at: 80}], pay: all}, reward: {kind: cash, amount: 10}, period: month, effective_from: 2026-01-01}
  - {key: steps, name: 台阶, metric: sales, shape: reach, params: {steps: [{at: 50}, {at: 150}], pay: all}, reward: {kind: cash, amount: 10}, period: month, effective_from: 2026-01-01}
  - {key: race, name: 先到, metric: sales, shape: race, params: {at: 60, places: 1}, reward: {kind: cash, amount: 10}, period: month, effective_from: 2026-01-01}
  - {key: capped, name: 限额, metric: won, shape: every, params: {size: 1}, reward: {kind: cash, amount: 10}, budget: {amount: 25}, period: month, effective_from: 2026-01-01}
  - {key: biggest, name: 最大, metric: top, shape: rank, params: {places: 1}, reward: {kind: cash, amount: 10}, period: quarter, effective_from: 2026-01-01}
`

// What an engine keeps between transactions gives the same back-tests as reading everything; a preview differs only in what
// it leaves out, and a plan whose order of moments decides leaves nothing out.
func TestKeptTotalsGiveTheSameBacktests(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(tested)
		dice := rand.New(rand.NewPCG(3, 9))
		owners, stages := []string{"zhang", "li", "wang"}, []string{"won", "won", "open"}
		window := calendar.Window{From: calendar.DayOf(2026, 1, 1), To: calendar.DayOf(2026, 4, 1)}
		for round := range 12 {
			for range 1 + dice.IntN(3) {
				day := calendar.DayOf(2026, 1, 1) + calendar.Day(dice.IntN(60))
				c.deal(fmt.Sprint("D-", dice.IntN(25)), owners[dice.IntN(3)], stages[dice.IntN(3)], day.String(), dice.IntN(120))
			}
			c.must(c.engine.CatchUp(t.Context()))
			fresh := engine.Open(d, c.records, c.people, c.defs.Metrics, c.defs.Plans, func() time.Time { return c.now })
			for _, key := range []string{"every-two", "team-100", "commission", "best", "avg", "steps", "race", "capped", "biggest"} {
				def := c.definition(key)
				var kept, read, bare *engine.Backtest
				c.must(d.Read(t.Context(), func(tx *db.Tx) (err error) { kept, err = c.engine.BacktestIn(tx, def, window); return err }))
				c.must(d.Read(t.Context(), func(tx *db.Tx) (err error) { read, err = fresh.BacktestIn(tx, def, window); return err }))
				c.must(d.Read(t.Context(), func(tx *db.Tx) (err error) { bare, err = c.engine.PreviewIn(tx, def, window); return err }))
				if got, want := told(t, kept, false), told(t, read, false); got != want {
					t.Fatalf("round %d, %s: kept totals give\n%s\nreading gives\n%s", round, key, got, want)
				}
				if got, want := told(t, bare, true), told(t, read, true); got != want {
					t.Fatalf("round %d, %s: the preview gives\n%s\nthe back-test gives\n%s", round, key, got, want)
				}
			}
		}
	})
}

// told writes a back-test out; bare leaves out what previews leave out.
func told(t *testing.T, bt *engine.Backtest, bare bool) string {
	t.Helper()
	out := ""
	for _, p := range bt.Periods {
		for _, s := range p.Subjects {
			out += fmt.Sprintln(p.Period.Label, s.Ref, s.Value, s.Has, s.Reached)
		}
		for _, d := range p.Dues {
			if bare {
				d.Moment, d.FromPoint, d.ToPoint, d.Steps = 0, 0, 0, nil
			}
			text, err := json.Marshal(d)
			if err != nil {
				t.Fatal(err)
			}
			out += p.Period.Label + " " + string(text) + "\n"
		}
	}
	return out
}

func (c *company) definition(key string) (def plan.Def) {
	c.t.Helper()
	c.must(c.db.Read(c.t.Context(), func(tx *db.Tx) error {
		p, err := c.defs.Plans.ByKey(tx, key)
		if err == nil {
			def = p.Published()[0].Def
		}
		return err
	}))
	return def
}
