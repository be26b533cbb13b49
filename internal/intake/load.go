package intake

import (
	"context"
	"errors"
	"fmt"
	"time"

	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// BatchRows is how many rows are written in one transaction.
const BatchRows = 2_000

// Options say how a file is loaded.
type Options struct {
	Actor    record.Actor
	DryRun   bool                // find every problem and count what would happen, keep nothing
	Progress func(Report)        // called after each batch
	Bad      func(Problem) error // gets every problem, in the order of lines but for rows that wait for others
}

// load is one run of an import.
type load struct {
	*Store
	file    *File
	survey  *Survey
	mapping Mapping
	opts    Options

	object  *record.Object
	defines bool // the mapping changes the definition
	columns []loadColumn
	key     []int
	dir     *people.Directory
	zone    *time.Location

	seen    map[[16]byte]seenRow      // by external id: rows that came already
	copies  map[[16]byte]int          // by content: how often it came, where content is the identity
	uniques map[string]map[string]int // of a dry run: lines by unique value, by field
	names   map[string]bool           // of a dry run: names and external ids of rows that would load
	batch   []*pending
	waiting []*pending // rows that refer to rows of the same file

	trouble trouble
	report  Report
	begun   time.Time
}

// loadColumn is a mapped column.
type loadColumn struct {
	*ColumnMapping
	index   int
	name    string
	place   int // of the field in the object
	field   *record.Field
	reading reading
	target  *index // of a relation
	self    bool   // a relation to the very object that is loaded
}

// seenRow is where an external id came first, and what the row held.
type seenRow struct {
	line    int
	content [16]byte
}

// pending is a row on its way into a record.
type pending struct {
	line     int
	external string
	input    map[string]any
	shown    []string    // by loadColumn: the cell as it stands, for problems
	refs     []reference // that are not resolved yet
}

// reference is a cell that names a person or a record that is not there yet.
type reference struct {
	column int // index of the loadColumn
	text   string
}

// errDryRun ends the transaction of a dry run's batch.
var errDryRun = errors.New("dry run")

// Run loads a file, or tries to. Rows that cannot be understood or are refused do not keep others from being loaded;
// problems of the mapping as a whole are the error. A context that is done stops between batches with what was loaded
// kept: the report says so, and running again is harmless.
func (s *Store) Run(ctx context.Context, file *File, survey *Survey, m Mapping, opts Options) (*Report, error) {
	if m.Persons {
		return s.runPersonMapping(ctx, file, survey, m, opts)
	}
	l := &load{
		Store: s, file: file, survey: survey, mapping: m, opts: opts, begun: time.Now(),
		seen: map[[16]byte]seenRow{}, copies: map[[16]byte]int{}, uniques: map[string]map[string]int{}, names: map[string]bool{},
	}
	l.trouble.sink = opts.Bad
	l.report = Report{Status: Running, Total: survey.Rows}
	err := l.prepare(ctx)
	if err != nil && ctx.Err() == nil {
		return nil, err
	}
	if err == nil {
		err = l.run(ctx)
	}
	l.report.Problems, l.report.Mends = l.trouble.first, l.trouble.mends(l.near)
	if l.report.Problems == nil {
		l.report.Problems = []Problem{}
	}
	l.report.pace(l.begun)
	l.report.SecondsLeft = 0
	switch {
	case err == nil:
		l.report.Status = Done
		if opts.DryRun {
			l.report.Status = Checked
		}
	case ctx.Err() != nil:
		l.report.Status = Cancelled
		return &l.report, nil
	default:
		l.report.Status = Failed
		return &l.report, err
	}
	return &l.report, nil
}

func (l *load) run(ctx context.Context) error {
	err := l.file.each(ctx, l.survey, func(row *Row) error {
		p, err := l.readRow(row)
		if err != nil || p == nil {
			return err
		}
		if l.waits(p) {
			l.waiting = append(l.waiting, p)
			return nil
		}
		l.batch = append(l.batch, p)
		if len(l.batch) < BatchRows {
			return nil
		}
		return l.flush(ctx)
	}, func(int, i18nText, *Row) {})
	if err != nil {
		return err
	}
	if err := l.flush(ctx); err != nil {
		return err
	}
	return l.finishWaiting(ctx)
}

// prepare judges the mapping, makes or extends the object, and reads what cells refer to.
func (l *load) prepare(ctx context.Context) error {
	if err := problem.Join(l.mapping.check(l.survey)); err != nil {
		return err
	}
	if l.mapping.Object == "" {
		l.mapping.Object = l.mapping.CreateObject.Key
	}
	var p *problem.Error
	if l.key, p = l.mapping.keyColumns(l.survey); p != nil {
		return p
	}
	if err := l.prepareObject(ctx); err != nil {
		return err
	}
	if err := l.mapColumns(); err != nil {
		return err
	}
	return l.db.Read(ctx, func(tx *db.Tx) error { return l.prepareReferences(tx) })
}

// prepareObject defines the object if the mapping says so. A dry run defines it too, and takes it back.
func (l *load) prepareObject(ctx context.Context) error {
	if l.mapping.CreateObject == nil && !l.addsChoices() {
		var err error
		l.object, err = l.records.Object(l.mapping.Object)
		return err
	}
	err := l.db.Write(ctx, func(tx *db.Tx) error {
		changed, err := l.define(tx)
		if err == nil && changed && l.opts.DryRun {
			l.defines = true
			return errDryRun
		}
		return err
	})
	if errors.Is(err, errDryRun) {
		return nil
	}
	return err
}

func (l *load) addsChoices() bool {
	for i := range l.mapping.Columns {
		if l.mapping.Columns[i].CreateMissing {
			return true
		}
	}
	return false
}

// define makes the object what the mapping asks for: new, or the one that is there with missing fields and choices added.
func (l *load) define(tx *db.Tx) (changed bool, err error) {
	schema, err := l.records.Schema(tx)
	if err != nil {
		return false, err
	}
	dir, err := l.people.Directory(tx)
	if err != nil {
		return false, err
	}
	var want record.ObjectDef
	if l.mapping.CreateObject != nil {
		want = complete(*l.mapping.CreateObject, &l.mapping, l.survey, dir.Organisation.Currency)
		want.Key = l.mapping.Object
	}
	have, err := schema.Object(l.mapping.Object)
	switch {
	case err == nil:
		want = l.extend(have.Def(), want)
	case l.mapping.CreateObject == nil:
		return false, err
	}
	l.object, changed, err = l.records.Define(tx, l.opts.Actor, want)
	if p, ok := problem.As(err); ok {
		return changed, p.In("create_object")
	}
	return changed, err
}

// extend adds fields and choices to a definition and changes nothing else.
func (l *load) extend(have, want record.ObjectDef) record.ObjectDef {
	for _, f := range want.Fields {
		known := false
		for i := range have.Fields {
			if have.Fields[i].Key == f.Key {
				known = true
				if have.Fields[i].Type == f.Type {
					for _, c := range f.Choices {
						have.Fields[i].Choices = withChoice(have.Fields[i].Choices, c)
					}
				}
			}
		}
		if !known {
			have.Fields = append(have.Fields, f)
		}
	}
	for i := range have.Fields {
		f := &have.Fields[i]
		c, mapped := l.mapping.columnOf(f.Key, l.survey)
		if c != nil && mapped.CreateMissing && (f.Type == record.TypeChoice || f.Type == record.TypeChoices) {
			f.Choices = withChoices(f.Choices, choicesIn(c, mapped, f.Type))
		}
	}
	return have
}

// mapColumns finds each column's field and how its cells are read.
func (l *load) mapColumns() error {
	var bad []*problem.Error
	for i := range l.mapping.Columns {
		m := &l.mapping.Columns[i]
		if m.Field == "" {
			continue
		}
		place, ok := l.object.Index(m.Field)
		if !ok {
			bad = append(bad, problem.Bad("unknown_field", fmt.Sprintf("columns[%d].field", i), "“%s”没有字段 %q。请选择另一个字段，或先添加它。",
				"%s has no field %q. Choose another, or add it first.", l.object.Name, m.Field))
			continue
		}
		f, c := &l.object.Fields[place], l.survey.column(m.Column)
		if f.Type == record.TypeAutoNumber {
			bad = append(bad, problem.Bad("read_only", fmt.Sprintf("columns[%d].field", i), "字段 %q 由系统自动编号，不能导入。", "The field %q is numbered automatically and cannot be imported.", m.Field))
			continue
		}
		order := m.DateOrder
		if order == NoOrder {
			order = c.Facts.Order
		}
		l.columns = append(l.columns, loadColumn{
			ColumnMapping: m, index: c.Index, name: c.Name, place: place, field: f,
			reading: reading{
				typ: f.Type, currency: f.Currency, order: order, nulls: m.Empty == EmptyNull,
				serials:      c.Facts.Wholes > 0 && c.Facts.Serials >= c.Facts.Wholes,
				decimalComma: c.Facts.DecimalComma,
			},
		})
	}
	return problem.Join(bad)
}

// prepareReferences reads people and the related objects.
func (l *load) prepareReferences(tx *db.Tx) error {
	var err error
	if l.dir, err = l.people.Directory(tx); err != nil {
		return err
	}
	l.zone = l.dir.Organisation.Calendar().Zone
	schema, err := l.records.Schema(tx)
	if err != nil {
		return err
	}
	built := map[string]*index{}
	for i := range l.columns {
		c := &l.columns[i]
		c.reading.zone = l.zone
		if c.field.Type == record.TypePerson && c.Match != "" && c.Match != "key" && c.Match != "name" && c.Match != "email" {
			return problem.Bad("bad_match", "match", "人员按 key、name 或 email 匹配。", "Persons are matched by key, name or email.")
		}
		if c.field.Type != record.TypeRelation {
			continue
		}
		c.self = c.field.Target == l.object.Key
		id := c.field.Target + "\x00" + c.Match
		if c.target = built[id]; c.target != nil {
			continue
		}
		object, err := schema.Object(c.field.Target)
		switch {
		case err == nil:
			c.target, err = l.buildIndex(tx, object, c.Match)
		case c.self: // a dry run's object that is not there yet
			c.target, err = &index{object: l.object, match: c.Match, external: map[string]int64{}, named: map[string]int64{}}, nil
		}
		if err != nil {
			return err
		}
		built[id] = c.target
	}
	return nil
}
