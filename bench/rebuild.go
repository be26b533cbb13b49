package main

import (
	"context"
	"fmt"
	"time"

	"laurel/internal/engine"
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
		scan, err := c.fullScan(ctx)
		if err != nil {
			return err
		}
		for _, what := range []string{"rebuild from nothing", "rebuild of what is right"} {
			var done engine.Rebuilt
			took, err := measure(func() (err error) { done, err = c.engine.Rebuild(ctx, nil); return err })
			if err != nil {
				return err
			}
			tell(t.name, what, o.rebuild, took, scan)
			fmt.Printf("%-9s %s: %d award steps\n", t.name, what, done.Events)
		}
		var report *verify.Report
		took, err := measure(func() (err error) { report, err = verify.Run(ctx, c.verify, nil); return err })
		if err != nil {
			return err
		}
		tell(t.name, "verify", o.rebuild, took, scan)
		fmt.Printf("%-9s verify: %d awards, %d differences\n", t.name, report.Awards, report.Count)
		if err := c.db.Close(); err != nil {
			return err
		}
	}
	return nil
}

func tell(database, what string, records int, took, scan spent) {
	fmt.Printf("%-9s %s: %d records in %.1f s, %.0f/s, %.1f s of this process; %.0f× the database's own full scan (%s); peak memory +%d MiB\n",
		database, what, records, took.time.Seconds(), float64(records)/took.time.Seconds(), took.processor.Seconds(),
		float64(took.time)/float64(scan.time), scan.time.Round(time.Millisecond), took.peak)
}
