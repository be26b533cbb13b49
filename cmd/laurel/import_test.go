package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"laurel/internal/db/dbtest"
)

// shell runs commands on one database as a script would.
type shell struct {
	*testing.T
	url, org string
}

// run runs a command and returns what it printed; the exit code must be as expected.
func (s *shell) run(want int, args ...string) string {
	s.Helper()
	args = append(args, "--db", s.url)
	if s.org != "" {
		args = append(args, "--org", s.org)
	}
	var out, errOut bytes.Buffer
	if got := run(s.Context(), args, &out, &errOut); got != want {
		s.Fatalf("laurel %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, want, out.String(), errOut.String())
	}
	return out.String() + errOut.String()
}

func eachDatabase(t *testing.T, test func(*shell)) {
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			url, org := dbtest.Place(t, dialect)
			test(&shell{T: t, url: url, org: org})
		})
	}
}

// The example's files twice: the second time nothing changes, in every single file.
func TestSameExportTwiceChangesNothing(t *testing.T) {
	if _, err := os.Stat(maven); err != nil {
		t.Skip("SKIPPED: the Maven CRM export is not beside this checkout")
	}
	example := "../../examples/maven-crm/"
	eachDatabase(t, func(s *shell) {
		s.run(0, "apply", "-f", example+"definitions.yaml")
		for _, want := range []string{"%s created, 0 updated, 0 unchanged, 0 not loaded", "0 created, 0 updated, %s unchanged, 0 not loaded"} {
			for _, step := range [][]string{
				{"35", "sales_teams.csv", "--persons", "--map", "sales_agent=name", "--map", "manager=manager", "--map", "manager=team", "--create-missing"},
				{"85", "accounts.csv", "--mapping", example + "accounts.mapping.yaml"},
				{"7", "products.csv", "--mapping", example + "products.mapping.yaml"},
				{"8,800", "sales_pipeline.csv", "--mapping", example + "opportunities.mapping.yaml"},
			} {
				out := s.run(0, append([]string{"import", filepath.Join(maven, step[1])}, step[2:]...)...)
				if line := strings.Replace(want, "%s", step[0], 1); !strings.Contains(out, line) {
					s.Errorf("%s: no %q in %s", step[1], line, out)
				}
			}
		}
	})
}

// Without a mapping the same file becomes an object of its own; its dates are read by the order that all of them leave.
func TestRealExportWithoutAMapping(t *testing.T) {
	if _, err := os.Stat(maven); err != nil {
		t.Skip("SKIPPED: the Maven CRM export is not beside this checkout")
	}
	url, org := dbtest.Place(t, "sqlite")
	s := &shell{T: t, url: url, org: org}
	out := s.run(0, "import", "--object", "pipeline", "--create-object", filepath.Join(maven, "sales_pipeline.csv"))
	if !strings.Contains(out, "8,800 created, 0 updated, 0 unchanged, 0 not loaded") {
		t.Errorf("got %s", out)
	}
	defined := s.run(0, "export-definitions")
	if strings.Count(defined, "type: date\n") != 2 || strings.Count(defined, "type: money\n") != 1 || strings.Count(defined, "type: choice\n") == 0 {
		t.Errorf("defined\n%s", defined)
	}
}

func TestImportOnTheCommandLine(t *testing.T) {
	url, org := dbtest.Place(t, "sqlite")
	s := &shell{T: t, url: url, org: org}
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	visits := file("visits.csv", "门店拜访表,,\nvisit_no,day,amount\n"+strings.Repeat("V0,3/25/2026,\"1,200\"\n", 12)+"V2,3/4/2026,=1+1\n合计,,1200\n")
	bad := filepath.Join(dir, "bad.csv")

	if out := s.run(1, "import", "--object", "visit", "--create-object", "--dry-run", "--json", visits); !strings.Contains(out, `"created": 12,`) || !strings.Contains(out, `"failed": 1,`) {
		t.Errorf("dry run: %s", out)
	}
	out := s.run(1, "import", "--object", "visit", "--create-object", "--report", bad, visits)
	for _, want := range []string{"line 1:", "line 16:", "line 15: amount", "12 created", "1 not loaded"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if text, err := os.ReadFile(bad); err != nil || !strings.Contains(string(text), "15,amount,'=1+1,") {
		t.Errorf("the report: %s (%v)", text, err)
	}
	s.run(0, "import", "--object", "visit", "--correct", "amount:=1+1=2", "--save-mapping", "visits", visits)
	if out := s.run(0, "import", "--saved", "visits", visits); !strings.Contains(out, "13 unchanged") {
		t.Errorf("a kept mapping: %s", out)
	}
	for _, args := range [][]string{
		{"import"}, {"import", visits}, {"import", "--object", "visit"}, {"import", "--object", "visit", visits, visits}, {"import", "--object", "visit", "--date-order", "ydm", visits},
		{"import", "--persons", "--object", "x", visits}, {"import", "--object", "visit", "--map", "amount", visits}, {"import", "--object", "visit", "--correct", "amount", visits},
		{"import", "--object", "visit", "--mapping", "x", "--saved", "y", visits}, {"import", "--object", "visit", "--match", "nothing=x", visits},
	} {
		s.run(2, args...)
	}
	for _, args := range [][]string{
		{"import", "--object", "nothing", visits}, {"import", "--object", "visit", filepath.Join(dir, "none.csv")}, {"import", "--saved", "none", visits}, {"import", "--object", "visit", "--sheet", "x", file("e.csv", "")},
	} {
		s.run(1, args...)
	}
	if out := s.run(0, "import", "-h"); !strings.Contains(out, "examples:") {
		t.Errorf("help: %s", out)
	}
}
