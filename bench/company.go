package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/definition"
	"laurel/internal/engine"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
	"laurel/internal/value"
	"laurel/internal/verify"
)

// persons is how many people the measured company has.
const persons = 80

// size says how large a company is.
type size struct {
	plans   int // live, over the six metrics
	others  int // live, over a metric of another object that no measured record touches
	persons int
}

// definitions is a company with six metrics and live plans over one object.
func definitions(of size) string {
	var b strings.Builder
	b.WriteString(`
organisation: {name: Bench, time_zone: UTC, fiscal_start_month: 1, currency: CNY}
objects:
  - key: deal
    name: Deal
    fields:
      - {key: name, name: Name, type: text}
      - {key: owner, name: Owner, type: person}
      - {key: stage, name: Stage, type: text}
      - {key: amount, name: Amount, type: money, currency: CNY}
      - {key: closed, name: Closed, type: date}
      - {key: visits, name: Visits, type: number}
  - key: call
    name: Call
    fields:
      - {key: owner, name: Owner, type: person}
      - {key: day, name: Day, type: date}
metrics:
  - {key: calls, name: Calls, object: call, date: day, person: owner, measure: {kind: count}}
  - {key: won, name: Won, object: deal, condition: 'stage == "won"', date: closed, person: owner, measure: {kind: count}}
  - {key: sales, name: Sales, object: deal, condition: 'stage == "won"', date: closed, person: owner, measure: {kind: sum, value: amount}}
  - {key: lost, name: Lost, object: deal, condition: 'stage == "lost"', date: closed, person: owner, measure: {kind: count}}
  - {key: large, name: Large, object: deal, condition: 'stage == "won" && amount > 5000', date: closed, person: owner, measure: {kind: count}}
  - {key: visits, name: Visits, object: deal, condition: 'visits > 2', date: closed, person: owner, measure: {kind: sum, value: visits}}
  - {key: closed, name: Closed, object: deal, date: closed, person: owner, measure: {kind: count}}
persons:
`)
	for i := range of.persons {
		fmt.Fprintf(&b, "  - {key: P%d, name: Person %d}\n", i, i)
	}
	b.WriteString("plans:\n")
	shapes := []string{
		`{metric: won, shape: every, params: {size: 10, cap: 50}, reward: {kind: cash, amount: 500}, period: quarter`,
		`{metric: sales, shape: rate, params: {tiers: [{up_to: 50000, rate: 5%%}, {up_to: 100000, rate: 8%%}, {rate: 12%%}]}, reward: {kind: cash}, period: quarter`,
		`{metric: sales, shape: rank, params: {percent: 5}, reward: {kind: cash, amount: 5000}, period: year`,
		`{metric: visits, shape: reach, params: {steps: [{at: 100}]}, reward: {kind: cash, amount: 100}, period: month`,
		`{metric: large, shape: every, params: {size: 5, cap: 50}, reward: {kind: points, amount: 10}, period: month`,
	}
	for i := range of.plans {
		fmt.Fprintf(&b, "  - "+shapes[i%len(shapes)]+", key: plan-%d, name: Plan %d, effective_from: 2025-01-01}\n", i, i)
	}
	for i := range of.others {
		fmt.Fprintf(&b, "  - {metric: calls, shape: every, params: {size: 10}, reward: {kind: points, amount: 1}, period: quarter, key: other-%d, name: Other %d, effective_from: 2025-01-01}\n", i, i)
	}
	return strings.ReplaceAll(b.String(), "%%", "%")
}

// company is an organisation under measurement.
type company struct {
	db      *db.DB
	records *record.Store
	defs    *definition.Stores
	engine  *engine.Engine
	verify  verify.Deps
	object  *record.Object
	people  []int64
}

func openCompany(ctx context.Context, url, org string, of size) (*company, error) {
	d, err := db.Open(ctx, url, org)
	if err != nil {
		return nil, err
	}
	c := &company{db: d}
	if c.records, err = record.Open(ctx, d); err != nil {
		return nil, err
	}
	who := people.Open(d, c.records)
	metrics := metric.Open(c.records)
	store := plan.Open(c.records, who, metrics)
	c.defs = &definition.Stores{DB: d, Records: c.records, People: who, Metrics: metrics, Plans: store}
	now := func() time.Time { return time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC) }
	c.engine = engine.Open(d, c.records, who, metrics, store, now)
	c.verify = verify.Deps{DB: d, Records: c.records, People: who, Plans: store}
	file, err := definition.Parse([]byte(definitions(of)))
	if err != nil {
		return nil, err
	}
	if _, err := c.defs.Apply(ctx, "bench", file, definition.Options{}); err != nil {
		return nil, err
	}
	if err := c.engine.CatchUp(ctx); err != nil {
		return nil, err
	}
	if c.object, err = c.records.Object("deal"); err != nil {
		return nil, err
	}
	return c, d.Read(ctx, func(tx *db.Tx) error {
		dir, err := who.Directory(tx)
		for _, p := range dir.Persons() {
			c.people = append(c.people, p.ID)
		}
		return err
	})
}

// deals makes n of all records, which run over two years in the order of time as a stream does; the same each time.
func (c *company) deals(n, from, all int) []record.Op {
	dice := rand.New(rand.NewPCG(7, uint64(from)))
	first := calendar.DayOf(2025, 1, 1)
	stages := []string{"won", "lost", "open"}
	ops := make([]record.Op, n)
	for i := range ops {
		ops[i] = record.Op{Kind: record.Create, ExternalID: fmt.Sprintf("D-%08d", from+i), Values: []value.Value{
			value.OfText(fmt.Sprintf("Deal %d", from+i)), value.OfRef(c.people[dice.IntN(len(c.people))]), value.OfText(stages[dice.IntN(3)]),
			value.OfMoney(money.Amount{Minor: int64(dice.IntN(1_000_000)), Currency: "CNY"}), value.OfDate(first + calendar.Day((from+i)*730/all)),
			value.OfNumber(money.Decimal{Coef: int64(dice.IntN(6))}),
		}}
	}
	return ops
}
