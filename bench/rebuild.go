package main

import (
	"context"
	"fmt"
	"time"

	"laurel/internal/verify"
)

// benchRebuild counts and judges a large company again, and proves it.
func benchRebuild(ctx context.Context, o options) error {
	for _, t := range o.targets("rebuild") {
		c, err := openCompany(ctx, t.url, orgFor(t.name, "bench_rebuild"), size{plans: 20, persons: persons})
		if err != nil {
			return err
		}
		for from := 0; from < o.rebuild; from += ingestBatch {
			if _, err := c.records.Save(ctx, "bench", c.object, c.deals(min(ingestBatch, o.rebuild-from), from, o.rebuild), true); err != nil {
				return err
			}
		}
		begun := time.Now()
		done, err := c.engine.Rebuild(ctx, nil)
		if err != nil {
			return err
		}
		took := time.Since(begun)
		fmt.Printf("%-9s rebuild: %d records in %.1f s: %.0f records/s, %d award steps\n", t.name, done.Records, took.Seconds(), float64(done.Records)/took.Seconds(), done.Events)
		begun = time.Now()
		report, err := verify.Run(ctx, c.verify, nil)
		if err != nil {
			return err
		}
		took = time.Since(begun)
		fmt.Printf("%-9s verify:  %d records in %.1f s: %.0f records/s; %d awards, %d differences\n", t.name, o.rebuild, took.Seconds(), float64(o.rebuild)/took.Seconds(), report.Awards, report.Count)
		if err := c.db.Close(); err != nil {
			return err
		}
	}
	return nil
}
