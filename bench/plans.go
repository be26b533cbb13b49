package main

import (
	"context"
	"fmt"
	"slices"
	"syscall"
	"time"

	"laurel/internal/record"
	"laurel/internal/value"
)

// changes is how many single changes are followed for each figure; the median is printed.
const changes = 60

// benchPlans follows one changed record with few and many plans, of which the record always touches the same twenty.
func benchPlans(ctx context.Context, o options) error {
	for _, t := range o.targets("plans") {
		var first followed
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
			if first == (followed{}) {
				first = took
			}
			fmt.Printf("%-9s one changed record, %4d plans of which it touches 20: %s, %.2f× of 20 plans\n", t.name, plans, took, took.over(first))
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
		var first followed
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
			if first == (followed{}) {
				first = took
			}
			fmt.Printf("%-9s one changed record, %8d records there, 20 plans, %d people: %s, %.2f× of 10,000 (aim: flat)\n", t.name, records, o.people, took, took.over(first))
			if err := c.db.Close(); err != nil {
				return err
			}
		}
	}
	return nil
}

// followed is what taking up one changed record costs.
type followed struct {
	took time.Duration // the median
	cpu  time.Duration // of this process, the mean: what other work on the machine does not blur
}

func (f followed) String() string {
	return fmt.Sprintf("p50 %s, processor time %s", f.took, f.cpu.Round(10*time.Microsecond))
}

// over is how many times the processor time of another it is.
func (f followed) over(first followed) float64 { return float64(f.cpu) / float64(first.cpu) }

// follow changes single records, engine at rest, and tells what it costs to take one up. The first few warm up.
func (c *company) follow(ctx context.Context) (out followed, err error) {
	var times []time.Duration
	const warm = 5
	for i := range changes + warm {
		op := c.deals(1, i*7, 10_000)[0]
		op.Kind, op.ExternalID = record.Upsert, fmt.Sprintf("D-%08d", i*7)
		op.Values[2] = value.OfText([]string{"won", "lost"}[i%2])
		if _, err := c.records.Save(ctx, "bench", c.object, []record.Op{op}, true); err != nil {
			return out, err
		}
		begun, spent := time.Now(), processorTime()
		if err := c.engine.CatchUp(ctx); err != nil {
			return out, err
		}
		if i >= warm {
			times = append(times, time.Since(begun))
			out.cpu += (processorTime() - spent) / changes
		}
	}
	slices.Sort(times)
	out.took = quantile(times, 0.5)
	return out, nil
}

// processorTime is what this process has used so far, all threads together.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
