package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"laurel/internal/db/dbtest"
	"laurel/internal/engine"
)

// maven is the real export that lies beside the checkout, where there is one.
const maven = "../../../shared/data/maven-crm"

// TestMavenCasesThroughTheCommandLine applies the example's definitions, imports a real CRM export with its wrinkles, and
// compares every back-tested row with answers that were worked out elsewhere.
func TestMavenCasesThroughTheCommandLine(t *testing.T) {
	if _, err := os.Stat(maven); err != nil {
		t.Skip("SKIPPED: the Maven CRM export is not beside this checkout")
	}
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) { testMaven(t, newCommandLine(t, dialect)) })
	}
}

func testMaven(t *testing.T, c *commandLine) {
	laurel := c.laurel
	example := "../../examples/maven-crm/"
	load := func() {
		laurel("apply", "-f", example+"definitions.yaml")
		laurel("import", "--persons", "--map", "sales_agent=name", "--map", "manager=manager", "--map", "manager=team",
			"--map", "regional_office=department", "--create-missing", filepath.Join(maven, "sales_teams.csv"))
		laurel("import", "--mapping", example+"accounts.mapping.yaml", filepath.Join(maven, "accounts.csv"))
		laurel("import", "--mapping", example+"products.mapping.yaml", filepath.Join(maven, "products.csv"))
		laurel("import", "--mapping", example+"opportunities.mapping.yaml", filepath.Join(maven, "sales_pipeline.csv"))
	}
	load()
	load() // twice changes nothing
	laurel("verify")

	due := func(report engine.Report) []engine.ReportRow {
		return slices.DeleteFunc(slices.Clone(report.Rows), func(r engine.ReportRow) bool { return r.Quantity == 0 })
	}
	for _, of := range []struct {
		id  string
		row func(r engine.ReportRow) []any
	}{
		{"every-10-won-per-quarter", func(r engine.ReportRow) []any { return []any{r.Subject.Name, r.Period, *r.Exact, r.Quantity} }},
		{"team-quarter-reach-500000", func(r engine.ReportRow) []any { return []any{r.Subject.Name, r.Period, *r.Exact} }},
		{"quarter-marginal-tiers", func(r engine.ReportRow) []any { return []any{r.Subject.Name, r.Period, *r.Exact, r.Minor} }},
		{"month-no-loss-min-5-closed", func(r engine.ReportRow) []any { return []any{r.Subject.Name, r.Period, *r.Exact} }},
		{"win-rate-improve-10-percent", func(r engine.ReportRow) []any {
			now, before := r.Period, r.Figures[len(r.Figures)-1].Period
			return []any{r.Subject.Name, now, figure(r, "won-count", before), figure(r, "closed-count", before), figure(r, "won-count", now), figure(r, "closed-count", now)}
		}},
		{"year-top-5-percent", func(r engine.ReportRow) []any { return []any{r.Subject.Name, *r.Exact} }},
	} {
		report, answer := c.backtest(of.id, "2016-10-01", "2017-12-31"), answerOf(t, of.id)
		compareRows(t, of.id, rowsOf(t, due(report), of.row), textsOf(t, answer.Rows))
		if answer.All != nil { // everybody, whether or not something is due
			compareRows(t, of.id+", all", rowsOf(t, report.Rows, of.row), textsOf(t, answer.All))
		}
		if answer.Population > 0 {
			ranked := slices.DeleteFunc(slices.Clone(report.Rows), func(r engine.ReportRow) bool { return r.Rank == nil || *r.Rank > len(answer.Ranking) })
			compareRows(t, of.id+", ranking", rowsOf(t, ranked, of.row), textsOf(t, answer.Ranking))
			if p := report.Periods[0]; p.Label != "2017" || p.Ranked != answer.Population || p.Places != answer.Places {
				t.Errorf("%d ranked and %d places in %s, want %d and %d", p.Ranked, p.Places, p.Label, answer.Population, answer.Places)
			}
		}
	}
}

// figure is what a row says of a metric in a period.
func figure(r engine.ReportRow, metric, period string) string {
	for _, f := range r.Figures {
		if f.Metric == metric && f.Period == period && f.Exact != nil {
			return *f.Exact
		}
	}
	return "—"
}

func rowsOf(t *testing.T, rows []engine.ReportRow, of func(engine.ReportRow) []any) (out []string) {
	for _, r := range rows {
		out = append(out, text(t, of(r)))
	}
	return out
}

func textsOf(t *testing.T, rows [][]any) (out []string) {
	for _, row := range rows {
		if last, ok := row[len(row)-1].(json.Number); ok && len(row) == 4 && last == "0" {
			continue // a row that earns nothing
		}
		for i, v := range row {
			if n, ok := v.(json.Number); ok {
				row[i] = string(n)
			}
		}
		out = append(out, text(t, row))
	}
	return out
}

// answer is a case's file.
type answer struct {
	Rows, All, Ranking [][]any
	Population         int
	Places             int64
}

func answerOf(t *testing.T, id string) (a answer) {
	t.Helper()
	data, err := os.ReadFile("../../../shared/cases/maven-crm/" + id + ".json")
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&a); err != nil {
		t.Fatal(err)
	}
	return a
}

func compareRows(t *testing.T, what string, got, want []string) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: %d rows, want %d\ngot  %q\nwant %q", what, len(got), len(want), got, want)
	}
}

// text is a row as one line, its numbers without quotes, so that rows of different types compare.
func text(t *testing.T, row []any) string {
	t.Helper()
	var b bytes.Buffer
	for i, v := range row {
		if i > 0 {
			b.WriteString(" | ")
		}
		switch v := v.(type) {
		case string:
			b.WriteString(v)
		default:
			line, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(line)
		}
	}
	return b.String()
}
