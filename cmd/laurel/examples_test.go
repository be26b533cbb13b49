package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/engine"
)

// TestExamplesEarnWhatTheySay applies every example that brings its own data, imports the data, and compares the back-test of
// its plans over 2026 with its expected.csv; plans are judged up to the last period that it names. A file OBJECT.csv beside
// the definitions holds an object's records.
func TestExamplesEarnWhatTheySay(t *testing.T) {
	answers, err := filepath.Glob("../../examples/*/expected.csv")
	if err != nil || len(answers) == 0 {
		t.Fatal("there is no example with an expected.csv", err)
	}
	for _, dialect := range dbtest.Dialects {
		for _, answer := range answers {
			t.Run(string(dialect)+"/"+filepath.Base(filepath.Dir(answer)), func(t *testing.T) { testExample(t, dialect, answer) })
		}
	}
}

// example applies an example's definitions and imports its files twice: the second time changes nothing.
func example(t *testing.T, dialect db.Dialect, dir string) *commandLine {
	c := newCommandLine(t, dialect)
	for range 2 {
		c.laurel("apply", "-f", filepath.Join(dir, "definitions.yaml"))
		files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if object := strings.TrimSuffix(filepath.Base(file), ".csv"); object != "expected" {
				c.laurel("import", "--object", object, "--key", "number", file)
			}
		}
	}
	c.laurel("verify")
	return c
}

func testExample(t *testing.T, dialect db.Dialect, answer string) {
	c := example(t, dialect, filepath.Dir(answer))
	want, last := map[string][]string{}, map[string]string{} // plan → period, person, paid; plan → last period
	file, err := os.Open(answer)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		want[row[0]] = append(want[row[0]], strings.Join(row[1:], " "))
		last[row[0]] = max(last[row[0]], row[1])
	}
	for plan, rows := range want {
		var got []string
		for _, r := range c.backtest(plan, "2026-01-01", "2026-12-31").Rows {
			paid := r.Amount
			if r.Quantity > 0 && len(r.Amounts) == 0 {
				paid = string(r.Dues[0].Reward.Kind)
			}
			if r.Quantity > 0 && r.Period <= last[plan] {
				got = append(got, r.Period+" "+r.Subject.Key+" "+paid)
			}
		}
		slices.Sort(got)
		slices.Sort(rows)
		if !slices.Equal(got, rows) {
			t.Errorf("plan %s\ngot  %q\nwant %q", plan, got, rows)
		}
	}
}

// TestPeersCasesThroughTheCommandLine compares the example of worked examples with the tables that others publish.
func TestPeersCasesThroughTheCommandLine(t *testing.T) {
	const cases = "../../../shared/cases/peers/"
	if _, err := os.Stat(cases); err != nil {
		t.Skip("SKIPPED: the published tables are not beside this checkout")
	}
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			c := example(t, dialect, "../../examples/peers")
			compared := 0
			for id, where := range map[string]func(row []string) (plan, person string){
				"graduated-units":       func(row []string) (string, string) { return "graduated-units", "units-" + row[0] },
				"every-10-rounded-up":   func(row []string) (string, string) { return "every-10-rounded-up-free-" + row[1], "units-" + row[0] },
				"marginal-accelerators": func(row []string) (string, string) { return "marginal-accelerators", "amount-" + row[0] },
			} {
				text, err := os.ReadFile(cases + id + ".json")
				if err != nil {
					t.Fatal(err)
				}
				var published struct{ Rows [][]string }
				if err := json.Unmarshal(text, &published); err != nil {
					t.Fatal(err)
				}
				for _, row := range published.Rows {
					plan, person := where(row)
					rows := c.backtest(plan, "2026-01-01", "2026-01-31", "--all").Rows
					i := slices.IndexFunc(rows, func(r engine.ReportRow) bool { return r.Subject.Key == person })
					if due := row[len(row)-1]; i < 0 || rows[i].Amount != due+".00" || rows[i].Value == nil {
						t.Errorf("%s %v: %d, %+v", id, row, i, rows)
					}
					compared++
				}
			}
			if compared != 12 {
				t.Errorf("%d rows were compared", compared)
			}
		})
	}
}
