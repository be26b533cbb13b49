package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/intake"
	"laurel/internal/record"
)

const importUsage = `
usage: laurel import --object KEY [flags] FILE
       laurel import --persons [flags] FILE
       laurel import --rates [flags] FILE

Loads records from a CSV (UTF-8, GB18030) or XLSX file. Columns become the fields of the same key or name unless a mapping
says otherwise. Cells that cannot be understood without guessing are reported with line, column, value and reason, while
good rows load. The same file twice changes nothing.

examples:
  laurel import --object deal --dry-run deals.csv
  laurel import --object deal --key 编号 --report bad.csv deals.xlsx
  laurel import --object deal --map 客户=account --match account=name --correct product:GTXPro="GTX Pro" deals.csv
  laurel import --object deal --mapping deals.mapping.yaml --create-missing deals.csv
  laurel import --object visit --create-object --date-order mdy visits.csv
  laurel import --rates --dry-run rates.csv
  laurel import --persons --map sales_agent=name --map manager=manager --map manager=team --create-missing people.csv

A row's identity is the --key column (or several: --key year+agent). Without one it is made of the row's content, so that
the same row is not loaded twice; a row that was edited is then a new record.
Of people, a column may be mapped twice: above, the teams are called after their managers. With columns for the first and last
day of teams, departments, managers and positions (team_from, team_to, 团队起, 团队止 …) a person may have a row for each stretch.
Exchange rates come in the columns currency, from and rate, or from and a column for each currency; all load, or none.

exit: 0 all rows loaded, 1 some rows did not (the report says why) or the import failed, 2 used wrongly
`

// importFlags are what the command line says about an import.
type importFlags struct {
	object, mapping, saved, save, key, sheet, report, onConflict, empty, from string
	headerRow                                                                 int
	maps, matches, corrections, orders                                        texts
	persons, rates, createObject, createMissing, dryRun, asJSON               bool
}

// texts is a flag that may be given several times.
type texts []string

func (t *texts) String() string { return strings.Join(*t, " ") }

func (t *texts) Set(s string) error {
	*t = append(*t, s)
	return nil
}

func (f *importFlags) register(fs *flag.FlagSet) {
	fs.StringVar(&f.object, "object", "", "key of the object to load into")
	fs.BoolVar(&f.persons, "persons", false, "load people: columns key, name, email, position, joined_on, left_on, manager, team, department; team_from, team_to … for days")
	fs.BoolVar(&f.rates, "rates", false, "load exchange rates: columns currency, from, rate (and per), or from and a column for each currency")
	fs.StringVar(&f.mapping, "mapping", "", "mapping `FILE`, YAML or JSON; other flags change it")
	fs.StringVar(&f.saved, "saved", "", "mapping kept under a `NAME`; other flags change it")
	fs.StringVar(&f.save, "save-mapping", "", "keep the mapping under a `NAME` when the import is done")
	fs.Var(&f.maps, "map", "`COLUMN=FIELD`; without FIELD the column is left out; repeatable")
	fs.Var(&f.matches, "match", "`COLUMN=FIELD`: field of the related object that names its records; repeatable")
	fs.Var(&f.corrections, "correct", "`COLUMN:FROM=TO`: take one value for another; repeatable")
	fs.StringVar(&f.key, "key", "", "`COLUMN` of the identity, or several joined by +")
	fs.Var(&f.orders, "date-order", "`mdy`, dmy or ymd for all columns, or COLUMN=mdy; repeatable")
	fs.StringVar(&f.empty, "empty", "", "null: take -, N/A, 无 for no value; keep: an empty cell leaves the record's value")
	fs.StringVar(&f.onConflict, "on-conflict", "", "update or skip records that are there (default update)")
	fs.BoolVar(&f.createObject, "create-object", false, "make the object, and what fields it lacks, from the file")
	fs.BoolVar(&f.createMissing, "create-missing", false, "make persons, related records, choices, teams and departments that are missing")
	fs.StringVar(&f.sheet, "sheet", "", "`NAME` of the sheet of a workbook (default the first)")
	fs.IntVar(&f.headerRow, "header-row", 0, "`LINE` of the column names (default: found)")
	fs.StringVar(&f.from, "from", "", "of people: first `DAY` of changed teams, departments and managers (default today)")
	fs.BoolVar(&f.dryRun, "dry-run", false, "find every problem and count what would happen, keep nothing")
	fs.StringVar(&f.report, "report", "", "write what did not load to a CSV `FILE`")
	fs.BoolVar(&f.asJSON, "json", false, "print the result as JSON")
}

func importFile(ctx context.Context, c *call) error {
	fs, where := c.flags("import", importUsage)
	var f importFlags
	f.register(fs)
	rest, err := c.parse(fs)
	if err != nil {
		return err
	}
	if err := f.check(rest); err != nil {
		return err
	}
	file, err := intake.OpenFile(rest[0], rest[0])
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	co, closeCompany, err := f.companyOf(ctx, c, where)
	if err != nil {
		return err
	}
	defer closeCompany()
	bad, err := f.badRows()
	if err != nil {
		return err
	}
	bar := c.progress()
	opts := intake.Options{Actor: "cli", DryRun: f.dryRun, Bad: bad.add, Progress: func(r intake.Report) {
		bar.say("%s of %s rows, %s a second, %d s left", i18n.Integer(r.Done), i18n.Integer(r.Total), i18n.Integer(r.Rate), r.SecondsLeft)
	}}
	im := &importing{importFlags: f, company: co, store: intake.Open(co.db, co.records, co.people), file: file}
	report, err := im.run(ctx, opts)
	bar.end()
	if err := bad.close(); err != nil {
		return err
	}
	if err != nil && report == nil {
		return err
	}
	if !f.dryRun {
		if settled := co.engine.Settle(context.WithoutCancel(ctx)); settled != nil && err == nil {
			err = settled
		}
	}
	if err := im.print(c, report); err != nil {
		return err
	}
	if err == nil && (report.Failed > 0 || report.Status == intake.Cancelled) {
		return errWrong
	}
	return err
}

func (f *importFlags) check(rest []string) error {
	switch {
	case len(rest) != 1:
		return usageError{"import needs one file; laurel import -h explains it"}
	case f.persons && (f.object != "" || f.mapping != "" || f.saved != "" || f.createObject || f.key != ""):
		return usageError{"--persons takes --map, --correct, --date-order, --empty, --create-missing and --from, but no object, mapping or key"}
	case f.rates && (f.persons || f.object != "" || f.mapping != "" || f.saved != "" || f.createObject || f.createMissing || f.key != "" || f.onConflict != "" || f.empty != "" || len(f.maps)+len(f.matches)+len(f.corrections) > 0):
		return usageError{"--rates takes --dry-run, --date-order, --sheet, --header-row, --report and --json, and nothing else"}
	case !f.persons && !f.rates && f.object == "" && f.mapping == "" && f.saved == "":
		return usageError{"import needs --object KEY, --mapping FILE, --saved NAME, --persons or --rates"}
	case f.mapping != "" && f.saved != "":
		return usageError{"give --mapping or --saved, not both"}
	case f.empty != "" && f.empty != intake.EmptyNull && f.empty != intake.EmptyKeep:
		return usageError{"--empty is null or keep"}
	case f.onConflict != "" && f.onConflict != string(intake.OnUpdate) && f.onConflict != string(intake.OnSkip):
		return usageError{"--on-conflict is update or skip"}
	case f.from != "" && !f.persons:
		return usageError{"--from is for --persons"}
	}
	for _, order := range f.orders {
		_, o, named := strings.Cut(order, "=")
		if !named {
			o = order
		}
		if o != string(intake.MDY) && o != string(intake.DMY) && o != string(intake.YMD) {
			return usageError{fmt.Sprintf("--date-order %s: use mdy, dmy or ymd, or COLUMN=mdy", order)}
		}
	}
	for _, list := range []texts{f.maps, f.matches} {
		for _, m := range list {
			if !strings.Contains(m, "=") {
				return usageError{fmt.Sprintf("%q is not of the form COLUMN=FIELD", m)}
			}
		}
	}
	for _, m := range f.corrections {
		if column, change, ok := strings.Cut(m, ":"); !ok || column == "" || !strings.Contains(change, "=") {
			return usageError{fmt.Sprintf("--correct %q is not of the form COLUMN:FROM=TO", m)}
		}
	}
	return nil
}

// importing is one import from the command line.
type importing struct {
	importFlags
	company *company
	store   *intake.Store
	file    *intake.File
	survey  *intake.Survey
	rated   *intake.RateReport // of exchange rates
}

func (im *importing) run(ctx context.Context, opts intake.Options) (*intake.Report, error) {
	var err error
	if im.survey, err = im.file.Look(ctx, intake.Place{Sheet: im.sheet, HeaderRow: im.headerRow}); err != nil {
		return nil, err
	}
	if im.persons {
		return im.runPersons(ctx, opts)
	}
	if im.rates {
		if im.rated, err = im.runRates(ctx, opts); err != nil {
			return nil, err
		}
		return &im.rated.Report, nil
	}
	m, err := im.begin(ctx)
	if err != nil {
		return nil, err
	}
	if m, err = im.adjust(m); err != nil {
		return nil, err
	}
	report, err := im.store.Run(ctx, im.file, im.survey, m, opts)
	if err != nil || im.save == "" || im.dryRun {
		return report, err
	}
	return report, im.company.db.Write(ctx, func(tx *db.Tx) error {
		_, err := im.store.SaveMapping(tx, opts.Actor, intake.SavedMapping{Name: im.save, Mapping: m})
		return err
	})
}

func (im *importing) runPersons(ctx context.Context, opts intake.Options) (*intake.Report, error) {
	columns := intake.MapPersons(im.survey)
	for _, m := range im.maps { // a column named here is mapped as said here only
		column, _, _ := strings.Cut(m, "=")
		kept := columns[:0]
		for _, c := range columns {
			if c.Column != column {
				kept = append(kept, c)
			}
		}
		columns = kept
	}
	for _, m := range im.maps {
		if column, field, _ := strings.Cut(m, "="); field != "" {
			columns = append(columns, intake.ColumnMapping{Column: column, Field: field})
		}
	}
	for i := range columns {
		if err := im.adjustColumn(&columns[i]); err != nil {
			return nil, err
		}
	}
	var from calendar.Day
	err := im.company.db.Read(ctx, func(tx *db.Tx) error {
		dir, err := im.company.people.Directory(tx)
		if err == nil {
			from = calendar.DayAt(time.Now(), dir.Organisation.Calendar().Zone)
		}
		return err
	})
	if err == nil && im.from != "" {
		if from, err = calendar.ParseDay(im.from); err != nil {
			err = usageError{"--from: " + err.Error()}
		}
	}
	if err != nil {
		return nil, err
	}
	return im.store.RunPersons(ctx, im.file, im.survey, columns, intake.PersonOptions{Options: opts, CreateMissing: im.createMissing, From: from})
}

// begin is the mapping before the flags change it: from a file, kept under a name, or from the columns' names.
func (im *importing) begin(ctx context.Context) (m intake.Mapping, err error) {
	if im.mapping != "" {
		text, err := os.ReadFile(im.mapping)
		if err != nil {
			return m, unreadable(im.mapping, err)
		}
		if m, err = intake.ParseMapping(text); err != nil {
			return m, err
		}
		if m.Sheet != "" && im.sheet == "" || m.HeaderRow != 0 && im.headerRow == 0 {
			im.survey, err = im.file.Look(ctx, intake.Place{Sheet: m.Sheet, HeaderRow: m.HeaderRow})
		}
		return m, err
	}
	err = im.company.db.Read(ctx, func(tx *db.Tx) error {
		if im.saved != "" {
			m, err = im.store.MappingByName(tx, im.saved)
			return err
		}
		if !im.createObject {
			if err := im.knowsObject(tx); err != nil {
				return err
			}
		}
		m, err = im.store.Suggest(tx, im.file, im.survey, im.object)
		return err
	})
	if err == nil && im.createObject && im.saved == "" {
		m = intake.MapNew(im.file, im.survey, im.object)
	}
	return m, err
}

// knowsObject refuses an object that is not there, before its columns are looked for in vain.
func (im *importing) knowsObject(tx *db.Tx) error {
	schema, err := im.company.records.Schema(tx)
	if err != nil {
		return err
	}
	_, err = schema.Object(im.object)
	return err
}

// adjust changes a mapping as the flags say.
func (im *importing) adjust(m intake.Mapping) (intake.Mapping, error) {
	if im.object != "" {
		m.Object = im.object
	}
	if im.key != "" {
		m.Key = im.key
	}
	if im.onConflict != "" {
		m.OnConflict = intake.Conflict(im.onConflict)
	}
	at := map[string]int{}
	for i := range m.Columns {
		at[m.Columns[i].Column] = i
	}
	for _, text := range im.maps {
		column, field, _ := strings.Cut(text, "=")
		i, ok := at[column]
		if !ok {
			i = len(m.Columns)
			at[column] = i
			m.Columns = append(m.Columns, intake.ColumnMapping{Column: column})
		}
		for j := range m.Columns { // the field is taken from the column that had it by its name
			if j != i && field != "" && m.Columns[j].Field == field {
				m.Columns[j].Field = ""
			}
		}
		if im.createObject && m.CreateObject != nil {
			renameField(m.CreateObject, m.Columns[i].Field, field)
		}
		m.Columns[i].Field = field
	}
	for i := range m.Columns {
		if err := im.adjustColumn(&m.Columns[i]); err != nil {
			return m, err
		}
	}
	for _, list := range []texts{im.matches, im.corrections} {
		for _, text := range list {
			column, _, _ := strings.Cut(strings.SplitN(text, ":", 2)[0], "=")
			if _, known := at[column]; !known {
				return m, usageError{fmt.Sprintf("%q: the mapping has no column %q", text, column)}
			}
		}
	}
	return m, nil
}

func renameField(def *record.ObjectDef, old, field string) {
	kept := def.Fields[:0]
	for _, f := range def.Fields {
		switch {
		case f.Key == old && field == "":
			continue
		case f.Key == old:
			f.Key = field
		}
		kept = append(kept, f)
	}
	def.Fields = kept
	if def.Title == old {
		def.Title = field
	}
}

func (im *importing) adjustColumn(c *intake.ColumnMapping) error {
	c.CreateMissing = c.CreateMissing || im.createMissing
	if im.empty != "" {
		c.Empty = im.empty
	}
	for _, order := range im.orders {
		column, o, named := strings.Cut(order, "=")
		if !named {
			c.DateOrder = intake.Order(order)
		} else if column == c.Column {
			c.DateOrder = intake.Order(o)
		}
	}
	for _, text := range im.matches {
		if column, field, _ := strings.Cut(text, "="); column == c.Column {
			c.Match = field
		}
	}
	for _, text := range im.corrections {
		column, change, _ := strings.Cut(text, ":")
		if column != c.Column {
			continue
		}
		last := strings.LastIndex(change, "=") // a wrong value may hold = itself
		from, to := change[:last], change[last+1:]
		corrections := map[string]string{from: to}
		for k, v := range c.Corrections {
			if k != from {
				corrections[k] = v
			}
		}
		c.Corrections = corrections
	}
	return nil
}

// badFile is the CSV of what did not load; without a name it goes nowhere.
type badFile struct {
	file io.WriteCloser
	rows *intake.BadRows
}

func (f *importFlags) badRows() (*badFile, error) {
	if f.report == "" {
		return &badFile{}, nil
	}
	out, err := os.Create(f.report)
	if err != nil {
		return nil, err
	}
	rows, err := intake.NewBadRows(out, terminalLang())
	return &badFile{file: out, rows: rows}, err
}

func (b *badFile) add(p intake.Problem) error {
	if b.rows == nil {
		return nil
	}
	return b.rows.Add(p)
}

func (b *badFile) close() error {
	if b.rows == nil {
		return nil
	}
	if err := b.rows.Close(); err != nil {
		return err
	}
	return b.file.Close()
}

// shownProblems is how many problems are printed.
const shownProblems = 20

func (im *importing) print(c *call, r *intake.Report) error {
	if im.rated != nil {
		return im.printRates(c, im.survey, im.rated)
	}
	if im.asJSON {
		return c.printJSON(r)
	}
	im.printLines(c, im.survey, r)
	verb := map[intake.Status]string{intake.Checked: "dry run, nothing kept: ", intake.Cancelled: "stopped, what was loaded stays: ", intake.Failed: "failed, what was loaded stays: "}[r.Status]
	fmt.Fprintf(c.out, "%s%s rows: %s created, %s updated, %s unchanged, %s not loaded", verb,
		i18n.Integer(r.Done), i18n.Integer(r.Created), i18n.Integer(r.Updated), i18n.Integer(r.Unchanged), i18n.Integer(r.Failed))
	if made := madeText(r); made != "" {
		fmt.Fprint(c.out, "; created because missing: "+made)
	}
	_, err := fmt.Fprintln(c.out)
	return err
}

// printLines says which lines were left out or did not load, and how to mend them.
func (f *importFlags) printLines(c *call, survey *intake.Survey, r *intake.Report) {
	lang := terminalLang()
	for _, s := range survey.Skipped {
		fmt.Fprintf(c.out, "line %d: %s: %s\n", s.Line, s.Reason.In(lang), s.Text)
	}
	for i, p := range r.Problems {
		if i == shownProblems {
			fmt.Fprintf(c.out, "… and more; --report FILE writes them all\n")
			break
		}
		where := ""
		if p.Column != "" {
			where = p.Column + ": "
		}
		fmt.Fprintf(c.out, "line %d: %s%s\n", p.Line, where, p.Reason.In(lang))
	}
	for _, m := range r.Mends {
		fmt.Fprintf(c.out, "hint: %s (%d): %s\n", m.Column, m.Count, m.Suggestion.In(lang))
	}
}

// madeText is what an import created because it was missing: 6 persons, 2 teams or departments.
func madeText(r *intake.Report) string {
	var made []string
	for _, each := range []struct {
		count     int64
		one, many string
	}{
		{r.Persons, "person", "persons"}, {r.Units, "team or department", "teams or departments"}, {r.Related, "record", "records"},
	} {
		if each.count > 0 {
			made = append(made, countOf(each.count, each.one, each.many))
		}
	}
	return strings.Join(made, ", ")
}

// countOf is a number of things: 1 person, 1,200 persons.
func countOf(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return i18n.Integer(n) + " " + many
}
