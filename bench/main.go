// Command bench measures Laurel against the storage it stands on and a peer, in one run on one machine, and prints
// ratios. See docs/benchmarks.md. `make bench` builds what it needs and runs it.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strings"
)

type options struct {
	laurel     string // the built binary
	pocketbase string // the built peer; empty leaves the comparison out
	duckdb     string // the built peer; empty leaves the comparison out
	postgres   string // URL of a throw-away server; empty leaves it out
	ingest     int    // records of the ingest measurement
	rebuild    int    // records of the rebuild measurement
	backtest   int    // records of the back-test measurement
	records    int    // the most records that are there when one changes
	people     int    // of the back-test and of the change among many records
	dir        string
}

// place is a database to measure on.
type place struct{ name, url string }

// targets are SQLite, in a file of the measurement's own, and PostgreSQL where there is one.
func (o options) targets(part string) []place {
	out := []place{{"sqlite", "sqlite:" + filepath.Join(o.dir, part+".db")}}
	if o.postgres != "" {
		out = append(out, place{"postgres", o.postgres})
	}
	return out
}

// named is the place of one of several companies.
func (p place) named(n int) string {
	if p.name == "postgres" {
		return p.url
	}
	return strings.TrimSuffix(p.url, ".db") + fmt.Sprintf("-%d.db", n)
}

func main() {
	var o options
	flag.StringVar(&o.laurel, "laurel", "bin/laurel", "the laurel binary")
	flag.StringVar(&o.pocketbase, "pocketbase", "", "the peer's binary")
	flag.StringVar(&o.duckdb, "duckdb", "", "the DuckDB peer's binary")
	flag.StringVar(&o.postgres, "postgres", os.Getenv("LAUREL_TEST_POSTGRES"), "PostgreSQL to measure on")
	flag.IntVar(&o.ingest, "ingest", 100_000, "records to ingest")
	flag.IntVar(&o.rebuild, "rebuild", 1_000_000, "records to rebuild and verify")
	flag.IntVar(&o.backtest, "backtest", 1_000_000, "records to back-test over")
	flag.IntVar(&o.records, "records", 1_000_000, "the most records that are there when one changes")
	flag.IntVar(&o.people, "people", 1000, "people of the back-test and of the change among many records")
	only := flag.String("only", "", "one part: ingest, create, visible, plans, records, backtest, condition, rebuild, size")
	profile := flag.String("cpuprofile", "", "write a CPU profile of this program here")
	flag.Parse()
	dir, err := os.MkdirTemp("", "laurel-bench")
	if err != nil {
		log.Fatal(err)
	}
	o.dir = dir
	fmt.Printf("machine: %d cores, %s, %s\n", runtime.NumCPU(), processor(), runtime.Version())
	err = profiled(*profile, func() error { return run(context.Background(), o, *only) })
	os.RemoveAll(dir)
	if err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, o options, only string) error {
	parts := []struct {
		name string
		run  func(context.Context, options) error
	}{{"ingest", benchIngest}, {"create", benchCreate}, {"visible", benchVisible}, {"plans", benchPlans}, {"records", benchRecords}, {"backtest", benchBacktest}, {"condition", benchCondition}, {"rebuild", benchRebuild}, {"size", benchSize}}
	for _, p := range parts {
		if only != "" && only != p.name {
			continue
		}
		fmt.Printf("\n== %s\n", p.name)
		if err := p.run(ctx, o); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}

// processor is the model name that the kernel tells.
func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimLeft(name, " \t:")
		}
	}
	return runtime.GOARCH
}

// profiled runs fn and writes its CPU profile to a file, if one is named.
func profiled(file string, fn func() error) error {
	if file == "" {
		return fn()
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return fn()
}
