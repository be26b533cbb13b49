package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/engine"
)

// TestClauses runs every file of testdata/clauses as somebody would who has nothing but the command line: definitions, imports,
// back-tests, whose rows were worked out by hand. base.yaml is applied first. A file has sections:
//
//	-- apply --                     a definition file
//	-- refuse CODE --               one that is refused for this reason
//	-- import FLAGS --              a CSV and the flags of laurel import
//	-- PLAN FROM TO [--all] --      what the back-test says: period, subject, exact value, rewards, cash or the kinds of reward, rank
func TestClauses(t *testing.T) {
	files, err := filepath.Glob("testdata/clauses/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no clauses", err)
	}
	for _, dialect := range dbtest.Dialects {
		for _, file := range files {
			t.Run(string(dialect)+"/"+strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { testClause(t, dialect, file) })
		}
	}
}

func testClause(t *testing.T, dialect db.Dialect, file string) {
	company := newCommandLine(t, dialect)
	company.laurel("apply", "-f", "testdata/clauses/base.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, section := range strings.Split("\n"+string(text), "\n-- ")[1:] {
		head, body, _ := strings.Cut(section, " --\n")
		words := strings.Fields(head)
		part := filepath.Join(t.TempDir(), fmt.Sprintf("part%d", i))
		if err := os.WriteFile(part, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		switch words[0] {
		case "apply":
			company.laurel("apply", "-f", part)
			company.laurel("apply", "-f", part)
		case "refuse":
			company.refuses(words[1], part)
		case "import":
			if err := os.Rename(part, part+".csv"); err != nil {
				t.Fatal(err)
			}
			company.laurel(append(append([]string{"import"}, words[1:]...), part+".csv")...)
		default:
			company.expect(words, body)
		}
	}
	company.laurel("verify")
}

// commandLine runs laurel on a database of its own.
type commandLine struct {
	*testing.T
	place []string
}

func newCommandLine(t *testing.T, dialect db.Dialect) *commandLine {
	url, org := dbtest.Place(t, dialect)
	place := []string{"--db", url}
	if org != "" {
		place = append(place, "--org", org)
	}
	return &commandLine{t, place}
}

func (c *commandLine) try(args ...string) (code int, out, errOut string) {
	var o, e bytes.Buffer
	code = run(context.Background(), append(args, c.place...), &o, &e)
	return code, o.String(), e.String()
}

func (c *commandLine) laurel(args ...string) string {
	c.Helper()
	code, out, errOut := c.try(args...)
	if code != exitDone {
		c.Fatalf("laurel %v ended with %d: %s%s", args, code, out, errOut)
	}
	return out
}

// refuses applies a file whose problem has to name a field.
func (c *commandLine) refuses(field, file string) {
	c.Helper()
	if code, _, errOut := c.try("apply", "-f", file); code == exitDone || !strings.Contains(errOut, field) {
		c.Errorf("this is refused at %s: exit %d, %s", field, code, errOut)
	}
}

func (c *commandLine) backtest(plan, from, to string, more ...string) engine.Report {
	c.Helper()
	var report engine.Report
	text := c.laurel(append([]string{"backtest", "--plan", plan, "--from", from, "--to", to, "--json"}, more...)...)
	if err := json.Unmarshal([]byte(text), &report); err != nil {
		c.Fatal(err)
	}
	return report
}

// expect compares the rows that have something due (with --all: all of them) with the lines of a section.
func (c *commandLine) expect(head []string, body string) {
	c.Helper()
	if len(head) < 3 {
		c.Fatalf("a section is PLAN FROM TO, not %q", head)
	}
	all := slices.Contains(head, "--all")
	var want, got []string
	for _, line := range strings.Split(body, "\n") {
		line, _, _ = strings.Cut(line+" ", " # ")
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			want = append(want, line)
		}
	}
	for _, r := range c.backtest(head[0], head[1], head[2], head[3:]...).Rows {
		if all || r.Quantity > 0 {
			got = append(got, reportLine(r))
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		c.Errorf("%s\ngot  %s\nwant %s", strings.Join(head, " "), strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func reportLine(r engine.ReportRow) string {
	value := "-"
	if r.Exact != nil {
		value = *r.Exact
	}
	paid := r.Amount
	if len(r.Amounts) != 1 || r.Currency != "CNY" {
		var parts []string
		for _, d := range r.Dues {
			part := string(d.Reward.Kind)
			switch {
			case d.Minor != 0:
				part = d.Amount + d.Currency
			case !d.Reward.Amount.IsZero():
				part += ":" + d.Reward.Amount.String()
			case d.Reward.Name.ZH != "":
				part += ":" + d.Reward.Name.ZH
			}
			parts = append(parts, part)
		}
		if paid = strings.Join(parts, "+"); paid == "" {
			paid = "0.00"
		}
	}
	line := fmt.Sprintf("%s %s %s %d %s", r.Period, r.Subject.Key, value, r.Quantity, paid)
	if r.Rank != nil {
		line += fmt.Sprintf(" #%d", *r.Rank)
	}
	return line
}
