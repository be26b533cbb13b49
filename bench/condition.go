package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/metric"
)

// benchCondition moves the condition of a metric and works out a plan over two years, from columns; the peer runs the
// aggregation over the same rows.
func benchCondition(ctx context.Context, o options) error {
	for _, t := range o.targets("condition") {
		c, err := openCompany(ctx, t.url, orgFor(t.name, "bench_condition"), size{plans: 5, persons: o.people})
		if err != nil {
			return err
		}
		for from := 0; from < o.backtest; from += ingestBatch {
			if _, err := c.records.Save(ctx, "bench", c.object, c.deals(min(ingestBatch, o.backtest-from), from, o.backtest), true); err != nil {
				return err
			}
		}
		counting, whole, err := c.conditions(ctx, t.name, o)
		if err != nil {
			return err
		}
		if err := c.db.Close(); err != nil {
			return err
		}
		if o.duckdb == "" {
			continue
		}
		peer, err := c.askDuckDB(ctx, o)
		if err != nil {
			return err
		}
		fmt.Printf("%-9s duckdb, the aggregation alone, %d records: p50 %s; ratio of the aggregation %.1f (aim ≤ 2), of the whole back-test %.1f\n",
			t.name, o.backtest, peer, float64(counting)/float64(peer), float64(whole)/float64(peer))
	}
	return nil
}

// conditions tells the median time of counting alone, and of a whole back-test, each time with another condition.
func (c *company) conditions(ctx context.Context, name string, o options) (counting, whole time.Duration, err error) {
	window := calendar.Window{From: calendar.DayOf(2025, 1, 1), To: calendar.DayOf(2027, 1, 1)}
	def, err := c.definition(ctx, "plan-1")
	if err != nil {
		return 0, 0, err
	}
	i := 0
	next := func() int { i++; return 1000 + 10*i }
	try := func() (took time.Duration, err error) {
		err = c.db.Read(ctx, func(tx *db.Tx) error {
			begun := time.Now()
			_, err := c.engine.TryIn(tx, def, salesAbove(next()), window)
			took = time.Since(begun)
			return err
		})
		return took, err
	}
	first, err := try()
	if err != nil {
		return 0, 0, err
	}
	if whole, err = median(try); err != nil {
		return 0, 0, err
	}
	columns := metric.NewColumns()
	if _, err := c.count(ctx, window, columns, next()); err != nil {
		return 0, 0, err
	}
	counting, err = median(func() (time.Duration, error) { return c.count(ctx, window, columns, next()) })
	fmt.Printf("%-9s condition moved, %d records, %d people: first (reads the columns) %s; counting p50 %s; whole back-test p50 %s\n",
		name, o.backtest, o.people, first.Round(time.Millisecond), counting, whole)
	return counting, whole, err
}

// median repeats a measurement.
func median(once func() (time.Duration, error)) (time.Duration, error) {
	var times []time.Duration
	for range backtestMoves {
		took, err := once()
		if err != nil {
			return 0, err
		}
		times = append(times, took)
	}
	slices.Sort(times)
	return quantile(times, 0.5), nil
}

// count adds the quarters of a window up by a moved condition, and does nothing else.
func (c *company) count(ctx context.Context, w calendar.Window, columns *metric.Columns, above int) (took time.Duration, err error) {
	err = c.db.Read(ctx, func(tx *db.Tx) error {
		begun := time.Now()
		m, err := c.defs.Metrics.Check(tx, salesAbove(above))
		if err != nil {
			return err
		}
		set, err := c.defs.Metrics.All(tx)
		if err != nil {
			return err
		}
		_, tried := set.With(m)
		dir, err := c.defs.People.Directory(tx)
		if err != nil {
			return err
		}
		ground, err := c.defs.Metrics.Ground(tx, dir)
		if err != nil {
			return err
		}
		var windows []calendar.Window
		for _, p := range dir.Organisation.Calendar().Between(calendar.Quarter, w) {
			windows = append(windows, p.Window)
		}
		err = metric.NewTotals(tx, dir).Try(tried, ground, columns, windows)
		took = time.Since(begun)
		return err
	})
	return took, err
}

// salesAbove is the measured metric with a condition of its own.
func salesAbove(amount int) metric.Def {
	return metric.Def{
		Key: "sales", Name: i18n.Same("Sales"), Object: "deal", Condition: fmt.Sprintf(`stage == "won" && amount > %d`, amount), Date: "closed", Person: "owner",
		Measure: metric.Measure{Kind: metric.Sum, Value: "amount"},
	}
}

// askDuckDB writes the rows to a file and has the peer aggregate them.
func (c *company) askDuckDB(ctx context.Context, o options) (time.Duration, error) {
	file := filepath.Join(o.dir, "rows.csv")
	if err := c.writeRows(file, o.backtest); err != nil {
		return 0, err
	}
	out, err := exec.CommandContext(ctx, o.duckdb, "-rows", file, "-rounds", fmt.Sprint(backtestMoves)).Output() //nolint:gosec // the peer's own binary
	if err != nil {
		return 0, fmt.Errorf("duckdb: %w", err)
	}
	var times []time.Duration
	for line := range strings.Lines(string(out)) {
		var took, groups, records int64
		if _, err := fmt.Sscan(line, &took, &groups, &records); err != nil {
			return 0, err
		}
		times = append(times, time.Duration(took)*time.Microsecond)
	}
	slices.Sort(times)
	return quantile(times, 0.5), nil
}

func (c *company) writeRows(file string, records int) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	for from := 0; from < records; from += ingestBatch {
		for _, op := range c.deals(min(ingestBatch, records-from), from, records) {
			v := op.Values
			fmt.Fprintf(w, "%d,%s,%d,%s\n", v[1].Ref(), v[2].Text(), v[3].Amount().Minor, v[4].Day())
		}
	}
	return w.Flush()
}
