package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/engine"
	"laurel/internal/plan"
)

// backtestMoves is how many times a threshold is moved; the median is printed.
const backtestMoves = 15

// benchBacktest moves the threshold of a plan over two years of a thousand people.
func benchBacktest(ctx context.Context, o options) error {
	for _, t := range o.targets("backtest") {
		c, err := openCompany(ctx, t.url, orgFor(t.name, "bench_backtest"), size{plans: 5, persons: o.people})
		if err != nil {
			return err
		}
		if err := c.fill(ctx, o.backtest); err != nil {
			return err
		}
		if err := c.thresholds(ctx, t.name, o); err != nil {
			return err
		}
		if err := c.db.Close(); err != nil {
			return err
		}
	}
	return nil
}

// fill writes the records and counts them, without judging after every batch.
func (c *company) fill(ctx context.Context, records int) error {
	for from := 0; from < records; from += ingestBatch {
		if _, err := c.records.Save(ctx, "bench", c.object, c.deals(min(ingestBatch, records-from), from, records), true); err != nil {
			return err
		}
	}
	_, err := c.engine.Rebuild(ctx, nil)
	return err
}

func (c *company) thresholds(ctx context.Context, name string, o options) error {
	window := calendar.Window{From: calendar.DayOf(2025, 1, 1), To: calendar.DayOf(2027, 1, 1)}
	for _, key := range []string{"plan-0", "plan-1", "plan-3"} {
		def, err := c.definition(ctx, key)
		if err != nil {
			return err
		}
		var times []time.Duration
		dues := 0
		for i := range backtestMoves + 1 {
			if def.Params, err = movedThreshold(def.Shape, i); err != nil {
				return err
			}
			begun := time.Now()
			var bt *engine.Backtest
			err := c.db.Read(ctx, func(tx *db.Tx) (err error) { bt, err = c.engine.PreviewIn(tx, def, window); return err })
			if err != nil {
				return err
			}
			times = append(times, time.Since(begun))
			for _, p := range bt.Periods {
				dues += len(p.Dues)
			}
		}
		first, rest := times[0], times[1:]
		slices.Sort(rest)
		begun := time.Now()
		if _, err := c.engine.Backtest(ctx, def, window); err != nil {
			return err
		}
		fmt.Printf("%-9s back-test of %s by %s, %d people, %d records, %d dues: first %s; threshold moved p50 %s, slowest %s (aim < 50 ms); with moments and arithmetic %s\n",
			name, def.Shape, def.Period, o.people, o.backtest, dues/(backtestMoves+1), first.Round(100*time.Microsecond), quantile(rest, 0.5), rest[len(rest)-1].Round(10*time.Microsecond),
			time.Since(begun).Round(time.Millisecond))
	}
	return nil
}

// movedThreshold is a shape's parameters with another threshold each time.
func movedThreshold(shape string, i int) ([]byte, error) {
	switch shape {
	case "every":
		return fmt.Appendf(nil, `{"size": %d, "cap": 50}`, 10+i), nil
	case "rate":
		return fmt.Appendf(nil, `{"tiers": [{"up_to": %d, "rate": "5%%"}, {"up_to": 100000, "rate": "8%%"}, {"rate": "12%%"}]}`, 50_000+1000*i), nil
	case "reach":
		return fmt.Appendf(nil, `{"steps": [{"at": %d}]}`, 100+i), nil
	}
	return nil, fmt.Errorf("no threshold to move in %s", shape)
}

func (c *company) definition(ctx context.Context, key string) (def plan.Def, err error) {
	err = c.db.Read(ctx, func(tx *db.Tx) error {
		p, err := c.defs.Plans.ByKey(tx, key)
		if err == nil {
			def = p.Published()[0].Def
		}
		return err
	})
	return def, err
}
