package main

import (
	"context"
	"fmt"

	"laurel/internal/i18n"
	"laurel/internal/metricset"
)

// addMetricSet adds the metrics of a set as far as the organisation has what they are measured over.
func addMetricSet(ctx context.Context, c *call, where *place, name string, dryRun, asJSON bool) error {
	set, err := metricset.Find(name)
	if err != nil {
		return err
	}
	co, err := openExisting(ctx, where)
	if err != nil {
		return err
	}
	defer co.close()
	done, err := set.Add(ctx, co.definitions(), "cli", metricset.ReadyChoice{}, dryRun)
	if err != nil {
		return err
	}
	if !dryRun {
		if err := co.engine.Settle(ctx); err != nil {
			return err
		}
	}
	if asJSON {
		return c.printJSON(done)
	}
	lang := terminalLang()
	for _, line := range done.Lines {
		why := line.Why
		if line.State == metricset.New {
			if why = i18n.T("加入", "added"); dryRun {
				why = i18n.T("会加入", "would be added")
			}
		}
		fmt.Fprintf(c.out, "%-24s %s\n", line.Metric.Key, why.In(lang))
	}
	verb := "added"
	if dryRun {
		verb = "would be added"
	}
	fmt.Fprintf(c.out, "%s %s\n", countOf(int64(done.Added), "metric", "metrics"), verb)
	return nil
}
