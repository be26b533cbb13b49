package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"laurel/internal/db"
	"laurel/internal/definition"
	"laurel/internal/i18n"
	"laurel/internal/problem"
)

const applyUsage = `
usage: laurel apply -f FILE [flags]
       laurel apply --metric-set NAME [flags]

Creates or changes objects, fields, people, metrics and plans as a YAML (or JSON) file says: all or nothing.
Applying the same file again changes nothing. What would change awards of periods already judged (a metric that counts otherwise,
a new version of a plan from a past day on) is refused without --retroactive; with --dry-run that shows the list.
The format is described in docs/definitions.md.
With --metric-set it adds ready-made metrics (sales, service, marketing, crm-use) over the tables that are there: docs/metric-sets.md.

examples:
  laurel apply -f crm.yaml
  laurel apply -f crm.yaml --dry-run
  laurel apply -f crm.yaml --retroactive --dry-run
  laurel apply --metric-set sales --dry-run
  cat crm.yaml | laurel apply -f - --db postgres://localhost/laurel --json
`

func apply(ctx context.Context, c *call) error {
	fs, where := c.flags("apply", applyUsage)
	file := fs.String("f", "", "definition file; - reads standard input")
	set := fs.String("metric-set", "", "in place of a file: add this set of ready-made metrics")
	dryRun := fs.Bool("dry-run", false, "check everything and say what would change, keep nothing")
	retroactive := fs.Bool("retroactive", false, "let metrics, rates, settings and plans change periods that were already judged; the list of what changes is printed")
	asJSON := fs.Bool("json", false, "print the result as JSON")
	rest, err := c.parse(fs)
	if err != nil {
		return err
	}
	if *file == "" && len(rest) == 1 {
		*file, rest = rest[0], nil
	}
	if err := noArguments("apply", rest); err != nil {
		return err
	}
	if *set != "" && *file != "" {
		return usageError{"give a file or a metric set, not both"}
	}
	if *set != "" {
		return addMetricSet(ctx, c, where, *set, *dryRun, *asJSON)
	}
	if *file == "" {
		return usageError{"apply needs a file: laurel apply -f FILE"}
	}
	text, err := readInput(*file)
	if err != nil {
		return err
	}
	co, err := open(ctx, where)
	if err != nil {
		return err
	}
	defer co.close()
	done, err := co.definitions().ApplyText(ctx, "cli", text, definition.Options{DryRun: *dryRun, Retroactive: *retroactive})
	if p, ok := problem.As(err); ok && p.Row > 0 {
		printInFile(c.errOut, *file, p)
		return errWrong
	}
	if err != nil {
		return err
	}
	if !*dryRun {
		if err := co.engine.Settle(ctx); err != nil {
			return err
		}
	}
	if *asJSON {
		return c.printJSON(done)
	}
	for _, change := range done.Changes {
		fmt.Fprintln(c.out, change.In(terminalLang()))
	}
	c.printRewrites(done.Rewrites)
	fmt.Fprintf(c.out, "%d changed (%s, %s, %s, %s, %s, %s read)\n", len(done.Changes),
		countOf(int64(done.Objects), "object", "objects"), countOf(int64(done.Units), "unit", "units"), countOf(int64(done.Persons), "person", "persons"),
		countOf(int64(done.Metrics), "metric", "metrics"), countOf(int64(done.Targets), "target", "targets"), countOf(int64(done.Plans), "plan", "plans"))
	return nil
}

// printRewrites lists what a file changes of periods already judged, person by person.
func (c *call) printRewrites(rewrites []definition.Rewrite) {
	words := func(rewards []i18n.Text) string {
		var out []string
		for _, r := range rewards {
			out = append(out, r.In(terminalLang()))
		}
		if len(out) == 0 {
			return "—"
		}
		return strings.Join(out, " + ")
	}
	for _, r := range rewrites {
		closed := ""
		if r.Closed {
			closed = i18n.T("（已关账，差额记为调整）", " (closed: the difference becomes an adjustment)").In(terminalLang())
		}
		fmt.Fprintf(c.out, "  %s %s %s: %s → %s%s\n", r.Plan, r.Period, r.Subject.Name, words(r.Before), words(r.After), closed)
	}
}

// printInFile says every problem of a file with its line, as compilers do: crm.yaml:12: metrics[0].date: …
func printInFile(w io.Writer, file string, p *problem.Error) {
	first := *p
	first.Details = nil
	for _, one := range append([]*problem.Error{&first}, p.Details...) {
		place := file + ": "
		if one.Row > 0 {
			place = fmt.Sprintf("%s:%d: ", file, one.Row)
		}
		printProblem(w, one, place)
	}
}

// readInput reads a file, or standard input for "-", up to the size of a definition file.
func readInput(name string) ([]byte, error) {
	f := os.Stdin
	if name != "-" {
		var err error
		if f, err = os.Open(name); err != nil {
			return nil, unreadable(name, err)
		}
		defer f.Close()
	}
	return io.ReadAll(io.LimitReader(f, definition.MaxBytes+1))
}

// unreadable says in our own words why a file cannot be read, where that is nothing unusual.
func unreadable(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return problem.New(problem.NotFound, "file_not_found", "", "文件 %s 不存在。", "The file %s does not exist.", name)
	case errors.Is(err, fs.ErrPermission):
		return problem.New(problem.Forbidden, "file_not_readable", "", "没有权限读取文件 %s。", "The file %s may not be read by this user.", name)
	}
	return err
}

const exportUsage = `
usage: laurel export-definitions [flags]

Writes the organisation's objects, people, metrics and plans as YAML that laurel apply reads back.

examples:
  laurel export-definitions > company.yaml
  laurel export-definitions -o company.yaml
`

func exportDefinitions(ctx context.Context, c *call) error {
	fs, where := c.flags("export-definitions", exportUsage)
	output := fs.String("o", "-", "file to write; - is standard output")
	asJSON := fs.Bool("json", false, "write JSON instead of YAML")
	rest, err := c.parse(fs)
	if err != nil {
		return err
	}
	if err := noArguments("export-definitions", rest); err != nil {
		return err
	}
	co, err := openExisting(ctx, where)
	if err != nil {
		return err
	}
	defer co.close()
	var file *definition.File
	err = co.db.Read(ctx, func(tx *db.Tx) (err error) {
		file, err = co.definitions().Export(tx)
		return err
	})
	if err != nil {
		return err
	}
	if *asJSON {
		return c.printJSON(file)
	}
	text, err := definition.Write(file)
	if err != nil {
		return err
	}
	if *output == "-" {
		_, err = c.out.Write(text)
		return err
	}
	return os.WriteFile(*output, text, 0o644)
}
