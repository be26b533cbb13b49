package main

import (
	"bytes"
	"context"
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
// its plans over 2026 with its expected.csv. A file OBJECT.csv beside the definitions holds an object's records.
func TestExamplesEarnWhatTheySay(t *testing.T) {
	answers, err := filepath.Glob("../../examples/*/expected.csv")
	if err != nil || len(answers) == 0 {
		t.Fatal("there is no example with an expected.csv", err)
	}
	for _, answer := range answers {
		t.Run(filepath.Base(filepath.Dir(answer)), func(t *testing.T) { testExample(t, answer) })
	}
}

func testExample(t *testing.T, answer string) {
	url, org := dbtest.Place(t, db.SQLite)
	laurel := func(args ...string) string {
		t.Helper()
		var out, errOut bytes.Buffer
		args = append(args, "--db", url)
		if org != "" {
			args = append(args, "--org", org)
		}
		if code := run(context.Background(), args, &out, &errOut); code != exitDone {
			t.Fatalf("laurel %v ended with %d: %s%s", args, code, out.String(), errOut.String())
		}
		return out.String()
	}
	dir := filepath.Dir(answer)
	laurel("apply", "-f", filepath.Join(dir, "definitions.yaml"))
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if file != answer {
			object := strings.TrimSuffix(filepath.Base(file), ".csv")
			laurel("import", "--object", object, "--key", "number", file)
		}
	}
	laurel("verify")

	want := map[string][]string{} // plan → period, person, paid
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
	}
	for plan, rows := range want {
		var report engine.Report
		text := laurel("backtest", "--plan", plan, "--from", "2026-01-01", "--to", "2026-12-31", "--json")
		if err := json.Unmarshal([]byte(text), &report); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range report.Rows {
			for _, d := range r.Dues {
				paid := d.Amount
				if d.Reward.Kind != "cash" {
					paid = string(d.Reward.Kind)
				}
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
