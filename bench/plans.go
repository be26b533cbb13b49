package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"laurel/internal/record"
	"laurel/internal/value"
)

// changes is how many single changes are followed for each figure; the median is printed.
const changes = 60

// benchPlans follows one changed record with few and many plans, of which the record always touches the same twenty.
func benchPlans(ctx context.Context, o options) error {
	for _, t := range o.targets("plans") {
		first := time.Duration(0)
		for _, plans := range []int{20, 200, 2000} {
			c, err := openCompany(ctx, t.named(plans), orgFor(t.name, fmt.Sprint("bench_plans_", plans)), size{plans: 20, others: plans - 20, persons: persons})
			if err != nil {
				return err
			}
			if err := c.fill(ctx, 10_000); err != nil {
				return err
			}
			took, err := c.follow(ctx)
			if err != nil {
				return err
			}
			if first == 0 {
				first = took
			}
			fmt.Printf("%-9s one changed record, %4d plans of which it touches 20: p50 %s, %.2f× of 20 plans\n", t.name, plans, took, float64(took)/float64(first))
			if err := c.db.Close(); err != nil {
				return err
			}
		}
	}
	return nil
}

// benchRecords follows one changed record with few and many records already there.
func benchRecords(ctx context.Context, o options) error {
	for _, t := range o.targets("records") {
		first := time.Duration(0)
		for records := 10_000; records <= o.records; records *= 10 {
			c, err := openCompany(ctx, t.named(records), orgFor(t.name, fmt.Sprint("bench_records_", records)), size{plans: 20, persons: o.people})
			if err != nil {
				return err
			}
			if err := c.fill(ctx, records); err != nil {
				return err
			}
			took, err := c.follow(ctx)
			if err != nil {
				return err
			}
			if first == 0 {
				first = took
			}
			fmt.Printf("%-9s one changed record, %8d records there, 20 plans, %d people: p50 %s, %.2f× of 10,000 (aim: flat)\n", t.name, records, o.people, took, float64(took)/float64(first))
			if err := c.db.Close(); err != nil {
				return err
			}
		}
	}
	return nil
}

// follow changes single records, engine at rest, and tells the median time to take one up. The first few warm up.
func (c *company) follow(ctx context.Context) (time.Duration, error) {
	var times []time.Duration
	const warm = 5
	for i := range changes + warm {
		op := c.deals(1, i*7, 10_000)[0]
		op.Kind, op.ExternalID = record.Upsert, fmt.Sprintf("D-%08d", i*7)
		op.Values[2] = value.OfText([]string{"won", "lost"}[i%2])
		if _, err := c.records.Save(ctx, "bench", c.object, []record.Op{op}, true); err != nil {
			return 0, err
		}
		begun := time.Now()
		if err := c.engine.CatchUp(ctx); err != nil {
			return 0, err
		}
		if i >= warm {
			times = append(times, time.Since(begun))
		}
	}
	slices.Sort(times)
	return quantile(times, 0.5), nil
}
