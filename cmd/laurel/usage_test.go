package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What scripts and people rely on: where a mistake is told, which exit code it ends with, and what the sentence offers.
func TestUsedWrongly(t *testing.T) {
	dir := t.TempDir()
	db := "sqlite:" + filepath.Join(dir, "a.db")
	missing := "sqlite:" + filepath.Join(dir, "mistyped", "b.db")
	csv := filepath.Join(dir, "deals.csv")
	if err := os.WriteFile(csv, []byte("name\nA\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	defs := filepath.Join(dir, "defs.yaml")
	if err := os.WriteFile(defs, []byte(`
objects: [{key: deal, name: Deals, title: name, fields: [{key: name, type: text}, {key: closed, type: date}, {key: owner, type: person}]}]
metrics: [{key: deals, name: Deals, object: deal, date: closed, person: owner, measure: {kind: count}, unit: deals}]
plans: [{key: every-deal, name: Every deal, metric: deals, shape: every, params: {size: "1"}, reward: {kind: cash, amount: "500"}, period: quarter}]
`), 0o600); err != nil {
		t.Fatal(err)
	}
	bad, broken := filepath.Join(dir, "bad.yaml"), filepath.Join(dir, "broken.yaml")
	for name, text := range map[string]string{
		bad: `objects:
  - {key: visit, name: Visits, title: [name], fields: [{key: name, type: text}]}
metrics:
  - {key: a, name: A, object: deal, dat: closed, person: ownr, measure: {kind: count}, unit: deals}
  - {key: b, name: B, object: deal, date: closed, person: owner, measure: {kind: summ}, unit: deals}
`,
		broken: "objects:\n  - {key: a\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("LC_ALL", "C")
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{0, "usage: laurel version", []string{"version", "-h"}},
		{0, "laurel dev", []string{"--version"}},
		{0, `"version": "dev`, []string{"version", "--json"}},
		{2, `version takes no argument "x"`, []string{"version", "x"}},
		{2, "did you mean version?", []string{"versio"}},
		{0, "  --json\n", []string{"help", "verify"}},
		{2, `verify takes no argument "x"`, []string{"verify", "x", "--db", db}},
		{2, "did you mean --json?", []string{"verify", "--jsno"}},
		{2, "rebuild has no flag --plan; laurel rebuild -h explains it", []string{"rebuild", "--plan", "p"}},
		{2, "The database address is not valid", []string{"verify", "--db", "mysql://localhost/laurel"}},
		{2, "The database address is not valid", []string{"apply", "-f", defs, "--db", "laurel.db"}},
		{2, "--plan needs a value", []string{"backtest", "--plan"}},
		{2, `invalid value "x" for --scale`, []string{"demo", "--scale", "x"}},
		{2, "There is no company at " + missing[len("sqlite:"):], []string{"verify", "--db", missing}},
		{2, "There is no company", []string{"rebuild", "--db", missing}},
		{2, "There is no company", []string{"export-definitions", "--db", missing}},
		{2, "There is no company", []string{"import", "--object", "deal", "--db", missing, csv}},
		{2, "--create-object", []string{"import", "--persons", "--db", missing, csv}},
		{2, "There is no company", []string{"import", "--rates", "--dry-run", "--db", missing, csv}},
		{0, "dry run, nothing kept: ", []string{"import", "--object", "visit", "--create-object", "--dry-run", "--db", missing, csv}},
		{2, "There is no company", []string{"backtest", "--plan", "p", "--from", "2025-01-01", "--to", "2025-12-31", "--db", missing}},
		{0, "(1 object, ", []string{"apply", "-f", defs, "--db", db}},
		{0, "metrics added", []string{"apply", "--metric-set", "crm-use", "--db", db}},
		{1, "did you mean sales?", []string{"apply", "--metric-set", "sale", "--db", db}},
		{2, "not both", []string{"apply", "-f", defs, "--metric-set", "sales", "--db", db}},
		{2, "backtest needs --plan", []string{"backtest", "--from", "2025-01-01", "--to", "2025-12-31", "--db", db}},
		{2, "needs --from, such as --from 2025-01-01", []string{"backtest", "--plan", "p", "--db", db}},
		{2, "needs --to, such as --to 2025-12-31", []string{"backtest", "--plan", "p", "--from", "2025-01-01", "--db", db}},
		{1, "did you mean every-deal?", []string{"backtest", "--plan", "evry-deal", "--from", "2025-01-01", "--to", "2025-12-31", "--db", db}},
		{1, "did you mean every-deal?", []string{"backtest", "-f", defs, "--plan", "evry-deal", "--from", "2025-01-01", "--to", "2025-12-31", "--db", db}},
		{1, bad + ":4: metrics[0].dat: there is no such key as \"dat\"; did you mean date?\n", []string{"apply", "-f", bad, "--db", db}},
		{1, bad + ":4: metrics[0].person: object deal has no field \"ownr\"; did you mean owner?\n", []string{"apply", "-f", bad, "--db", db}},
		{1, bad + ":5: metrics[1].measure.kind: ", []string{"apply", "-f", bad, "--db", db}},
		{1, bad + ":2: objects[0].title: this cannot be array; put text in quotes\n", []string{"apply", "-f", bad, "--db", db}},
		{1, "broken.yaml:1: the file is not valid YAML", []string{"apply", "-f", broken, "--db", db}},
		{1, "did you mean deal?", []string{"import", "--object", "deel", "--db", db, csv}},
		{0, "0 records counted, 0 awards changed", []string{"rebuild", "--db", db}},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			var out, errOut bytes.Buffer
			code := run(t.Context(), c.args, &out, &errOut)
			if said := out.String() + errOut.String(); code != c.code || !strings.Contains(said, c.says) {
				t.Errorf("exit %d, want %d with %q; said\n%s", code, c.code, c.says, said)
			}
		})
	}
	if _, err := os.Stat(filepath.Dir(missing[len("sqlite:"):])); err == nil {
		t.Error("a mistyped place was created")
	}
}

func TestHelpShowsNoPassword(t *testing.T) {
	t.Setenv("LAUREL_DB", "postgres://laurel:geheim@localhost/laurel")
	var out bytes.Buffer
	run(t.Context(), []string{"verify", "-h"}, &out, &out)
	if strings.Contains(out.String(), "geheim") || !strings.Contains(out.String(), "@localhost/laurel") {
		t.Errorf("help says\n%s", out.String())
	}
}
