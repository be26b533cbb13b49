package verify_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// These tests are the proof of the whole spine, from records to awards: whatever happens to a company, in whatever
// order, and however often the engine is killed, the awards that it kept up step by step equal those of a rebuild and
// those that the naive evaluator finds. A failure prints its seed; -rapid.seed repeats it.

// How many random companies live through a default run; -rapid.checks asks for another number.
const (
	sqliteRuns   = 100
	postgresRuns = 6
)

var scripts = rapid.Custom(drawScript)

// begun is the moment at which every company begins.
var begun = time.Date(2026, time.March, 10, 9, 30, 0, 0, time.UTC)

// GoString is how a failing company is printed: one operation a line.
func (s script) GoString() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, fiscal year from month %d", s.Zone, s.Fiscal)
	for i, op := range s.Ops {
		text, err := json.Marshal(op)
		if err != nil {
			text = fmt.Appendf(nil, "%+v", op)
		}
		fmt.Fprintf(&b, "\n%3d %T %s", i, op, text)
	}
	return b.String()
}

// seen is what a run has compared, so that the tests can tell when they prove nothing.
type seen struct {
	contributions, awards int64
	notJudged             int
	adjustments           int64
	had                   map[string]bool
}

// live lets a script happen and proves the end. It returns what the engine made of it, the same on every database.
func live(s script, url, org string) (dump []string, what seen, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	w, err := openWorld(ctx, url, org, begun)
	if err != nil {
		return nil, what, err
	}
	defer func() { w.close() }()
	err = w.found(s.organisation())
	if err != nil {
		return nil, what, fmt.Errorf("found the company: %w", err)
	}
	for i, op := range s.Ops {
		if err := op.do(w); err != nil {
			return nil, what, fmt.Errorf("operation %d, %T: %w", i, op, err)
		}
	}
	if err := w.settle(); err != nil {
		return nil, what, err
	}
	report, err := w.prove()
	if err != nil {
		return nil, what, err
	}
	what = seen{report.Contributions, report.Awards, int(report.NotJudgedCount), report.Adjustments, nil}
	if what.had, err = w.had(s); err != nil {
		return nil, what, err
	}
	if err := w.explains(); err != nil {
		return nil, what, err
	}
	if err := w.rebuilds(); err != nil {
		return nil, what, err
	}
	dump, err = w.dump(false)
	return dump, what, err
}

// rebuilds proves that doing everything over changes nothing.
func (w *world) rebuilds() error {
	before, err := w.dump(true)
	if err != nil {
		return err
	}
	done, err := w.engine.Rebuild(w.ctx, nil)
	if err != nil {
		return err
	}
	after, err := w.dump(true)
	if err != nil {
		return err
	}
	if err := firstDifference(before, after); err != nil {
		return fmt.Errorf("a rebuild made %d steps; before and after:\n%w", done.Events, err)
	}
	if done.Events != 0 {
		return fmt.Errorf("a rebuild made %d steps", done.Events)
	}
	return nil
}

func TestIncrementalEqualsRebuildEqualsVerify(t *testing.T) {
	template := sqliteTemplate(t)
	var all seen
	had := had{}
	runs := 0
	check(t, sqliteRuns, func(rt *rapid.T) {
		s := scripts.Draw(rt, "company")
		runs++
		_, what, err := live(s, copyOf(t, template, runs), "")
		if err != nil {
			rt.Fatal(err)
		}
		all.contributions, all.awards, all.notJudged = all.contributions+what.contributions, all.awards+what.awards, all.notJudged+what.notJudged
		all.adjustments += what.adjustments
		had.add(what.had)
	})
	t.Logf("%d companies: %d contributions and %d awards agreed; %d adjustments; %d periods not judged; %d plans published, %d of them at once, %d refused",
		runs, all.contributions, all.awards, all.adjustments, all.notJudged, published, splits, refusedPlans)
	had.report(t, runs)
	if all.awards == 0 || all.adjustments == 0 || all.contributions == 0 || refusedPlans > published {
		t.Error("the companies hardly had an award: the test proves nothing")
	}
}

func TestBothDatabasesKeepTheSameAwards(t *testing.T) {
	template := sqliteTemplate(t)
	runs := 0
	url, org := dbtest.Place(t, db.Postgres) // skips where there is none
	_ = org
	check(t, postgresRuns, func(rt *rapid.T) {
		s := scripts.Draw(rt, "company")
		runs++
		there, _, err := live(s, url, placeOrg(t))
		if err != nil {
			rt.Fatalf("on PostgreSQL: %v", err)
		}
		here, _, err := live(s, copyOf(t, template, runs), "")
		if err != nil {
			rt.Fatalf("on SQLite: %v", err)
		}
		if err := firstDifference(here, there); err != nil {
			rt.Fatalf("SQLite (-) and PostgreSQL (+) differ:\n%v", err)
		}
	})
}

func placeOrg(t *testing.T) string {
	_, org := dbtest.Place(t, db.Postgres)
	return org
}

// usualSeed is what a default run draws its companies from: always the same ones, so that a run fails for what was changed and
// for nothing else. scripts/hunt.sh looks at others.
const usualSeed = 20260310

// check runs a property so many times, from the usual seed, unless the command line says otherwise.
func check(t *testing.T, runs int, property func(*rapid.T)) {
	t.Helper()
	given := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { given[f.Name] = true })
	for name, value := range map[string]int{"rapid.checks": runs, "rapid.seed": usualSeed} {
		f := flag.Lookup(name)
		if old := f.Value.String(); !given[name] {
			if err := f.Value.Set(fmt.Sprint(value)); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = f.Value.Set(old) })
		}
	}
	rapid.Check(t, property)
}

// sqliteTemplate is an empty organisation's database, made once, to be copied for each company.
func sqliteTemplate(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "template.db")
	d, err := db.Open(context.Background(), "sqlite:"+path, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func copyOf(t *testing.T, template string, n int) (url string) {
	t.Helper()
	data, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(filepath.Dir(template), fmt.Sprintf("company%d.db", n))
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}
