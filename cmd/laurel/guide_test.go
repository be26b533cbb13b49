package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"laurel/internal/db/dbtest"
)

// The files that docs/definitions.md shows are applied as they stand, one after another, and again without changing anything.
func TestDefinitionsOfTheGuideApply(t *testing.T) {
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			c := newCommandLine(t, dialect)
			files := guide(t)
			if len(files) < 2 {
				t.Fatalf("found only %d files", len(files))
			}
			for _, file := range files {
				c.laurel("apply", "-f", file)
			}
			for _, file := range files {
				if out := c.laurel("apply", "-f", file); !strings.HasPrefix(out, "0 changed") {
					t.Errorf("applied again: %s", out)
				}
			}
		})
	}
}

// Whom a rule names by key, its sentence calls by name.
func TestSentencesNameWhomTheyMean(t *testing.T) {
	c := newCommandLine(t, dbtest.Dialects[0])
	c.laurel("apply", "-f", guide(t)[0])
	c.laurel("apply", "-f", written(t, "beat-east.yaml", `
plans:
  - {key: beat-east, name: 超越华东, metric: won-amount, shape: versus, params: {against: team, key: east}, subject: team, reward: {kind: cash, amount: 500}, period: quarter}
`))
	sentence := c.backtest("beat-east", "2026-01-01", "2026-03-31").Sentence
	if !strings.Contains(sentence.ZH, "“华东团队”") || !strings.Contains(sentence.EN, "“East”") {
		t.Errorf("the other team is called by its name: %s / %s", sentence.ZH, sentence.EN)
	}
}

// A file of people that names teams which are not there says how they are made.
func TestImportOfPersonsOffersTheMissingTeams(t *testing.T) {
	c := newCommandLine(t, dbtest.Dialects[0])
	c.laurel("apply", "-f", guide(t)[0])
	code, out, errOut := c.try("import", "--persons", "--dry-run", written(t, "people.csv", "姓名,团队\n王芳,华北\n"))
	if code == exitDone || !strings.Contains(out+errOut, "Create the missing teams or departments") {
		t.Errorf("ended with %d: %s%s", code, out, errOut)
	}
}

// guide writes the files that docs/definitions.md shows, in order.
func guide(t *testing.T) (files []string) {
	t.Helper()
	text, err := os.ReadFile("../../docs/definitions.md")
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range strings.Split(string(text), "```yaml\n")[1:] {
		block, _, _ := strings.Cut(part, "```")
		files = append(files, written(t, string(rune('a'+i))+".yaml", block))
	}
	return files
}

// written writes a file that a test needs, and answers its path.
func written(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
