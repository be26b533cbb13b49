package intake

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// MaxPersons is how many persons one file may have: they are written in one transaction.
const MaxPersons = 20_000

// The fields of a person that columns can become. Team, department and manager are names or keys.
const (
	PersonKey        = "key"
	PersonName       = "name"
	PersonEmail      = "email"
	PersonPosition   = "position"
	PersonJoined     = "joined_on"
	PersonLeft       = "left_on"
	PersonManager    = "manager"
	PersonTeam       = "team"
	PersonDepartment = "department"
)

// personWords are what columns of people are called.
var personWords = map[string][]string{
	PersonKey:        {"key", "employeeno", "employeeid", "staffid", "工号", "员工编号", "人员编号", "编号"},
	PersonName:       {"name", "fullname", "employee", "salesagent", "agent", "person", "姓名", "名字", "员工", "人员", "员工姓名"},
	PersonEmail:      {"email", "mail", "邮箱", "电子邮箱", "电子邮件"},
	PersonPosition:   {"position", "title", "jobtitle", "职位", "岗位", "职务"},
	PersonJoined:     {"joined", "joinedon", "hiredate", "startdate", "入职日期", "入职时间", "入职"},
	PersonLeft:       {"left", "lefton", "enddate", "离职日期", "离职时间", "离职"},
	PersonManager:    {"manager", "supervisor", "reportsto", "上级", "主管", "经理", "直属上级", "汇报对象"},
	PersonTeam:       {"team", "group", "团队", "小组", "班组"},
	PersonDepartment: {"department", "dept", "regionaloffice", "office", "部门", "所属部门"},
}

// MapPersons maps the columns that are called as fields of a person usually are.
func MapPersons(survey *Survey) []ColumnMapping {
	var out []ColumnMapping
	taken := map[string]bool{}
	for i := range survey.Columns {
		name := plainName(survey.Columns[i].Name)
		for field, words := range personWords {
			for _, word := range words {
				if word == name && !taken[field] {
					taken[field] = true
					out = append(out, ColumnMapping{Column: survey.Columns[i].Name, Field: field})
				}
			}
		}
	}
	return out
}

// PersonOptions say how people are loaded.
type PersonOptions struct {
	Options
	CreateMissing bool         // managers, teams and departments that are not there
	From          calendar.Day // first day of what changes; whoever has no team, department or manager yet gets it for always
}

// personLoad is one run of an import of people.
type personLoad struct {
	*Store
	survey  *Survey
	columns []ColumnMapping
	opts    PersonOptions
	tx      *db.Tx
	dir     *people.Directory
	zone    *time.Location
	persons map[string]*people.Person // by key, of this run
	units   map[string]int64          // made in this run, by kind and name
	undo    []func()                  // forgets what the step at hand made, should it fail
	trouble trouble
	report  Report
}

// runPersonMapping loads people by a mapping. Its columns say each by itself whether what they name is created.
func (s *Store) runPersonMapping(ctx context.Context, file *File, survey *Survey, m Mapping, opts Options) (*Report, error) {
	out := PersonOptions{Options: opts}
	var err error
	if m.From != "" {
		if out.From, err = calendar.ParseDay(m.From); err != nil {
			return nil, problem.Bad("bad_day", "from", "%q 不是日期，请写成 2026-03-31。", "%q is no day. Write it as 2026-03-31.", m.From)
		}
	} else if out.From, err = s.today(ctx); err != nil {
		return nil, err
	}
	var columns []ColumnMapping
	for _, c := range m.Columns {
		if c.Field != "" {
			columns = append(columns, c)
		}
	}
	return s.RunPersons(ctx, file, survey, columns, out)
}

func (s *Store) today(ctx context.Context) (day calendar.Day, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		dir, err := s.people.Directory(tx)
		if err == nil {
			day = calendar.DayAt(time.Now(), dir.Organisation.Calendar().Zone)
		}
		return err
	})
	return day, err
}

// creates reports whether what a field names and is not there is made.
func (l *personLoad) creates(field string) bool {
	for i := range l.columns {
		if l.columns[i].Field == field && l.columns[i].CreateMissing {
			return true
		}
	}
	return l.opts.CreateMissing
}

// personRow is one person of the file.
type personRow struct {
	line  int
	cells map[string]string // by field, as read
	shown map[string]string // by field, as written
	id    int64
	fresh bool
	moved bool
}

// RunPersons loads people. A column may become several fields: where teams are called after their managers, the manager's
// column becomes both manager and team. Rows with problems do not keep others from being loaded.
//
// History is kept: who has no team (department, manager) yet gets the file's for all days; who has another one moves to
// the file's on the day From.
func (s *Store) RunPersons(ctx context.Context, file *File, survey *Survey, columns []ColumnMapping, opts PersonOptions) (*Report, error) {
	if err := checkPersonColumns(survey, columns); err != nil {
		return nil, err
	}
	if survey.Rows > MaxPersons {
		return nil, problem.New(problem.TooLarge, "too_many_rows", "", "一次最多导入 %d 人。", "At most %d persons are imported at once.", MaxPersons)
	}
	var l *personLoad
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		l = &personLoad{Store: s, survey: survey, columns: columns, opts: opts, tx: tx, persons: map[string]*people.Person{}, units: map[string]int64{}}
		l.trouble.sink = opts.Bad
		l.report = Report{Status: Running, Total: survey.Rows}
		if err := l.run(ctx, file); err != nil {
			return err
		}
		if opts.DryRun {
			return errDryRun
		}
		return nil
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return nil, err
	}
	l.report.Status = Done
	if opts.DryRun {
		l.report.Status = Checked
	}
	l.report.Problems, l.report.Mends = l.trouble.first, l.trouble.mends(l.near)
	if l.report.Problems == nil {
		l.report.Problems = []Problem{}
	}
	return &l.report, nil
}

func checkPersonColumns(survey *Survey, columns []ColumnMapping) error {
	var bad []*problem.Error
	named, columnOf := false, map[string]string{}
	for _, c := range columns {
		if other, taken := columnOf[c.Field]; taken {
			bad = append(bad, problem.Bad("field_taken", "columns", "列 %q 和 %q 都对应字段 %s，请去掉一个。", "The columns %q and %q both become the field %s. Leave one out.", other, c.Column, c.Field))
		}
		columnOf[c.Field] = c.Column
		if _, known := personWords[c.Field]; !known {
			bad = append(bad, problem.Bad("unknown_field", "field", "人员没有字段 %q，可用：key、name、email、position、joined_on、left_on、manager、team、department。",
				"A person has no field %q. There are: key, name, email, position, joined_on, left_on, manager, team, department.", c.Field))
		}
		if survey.column(c.Column) == nil {
			bad = append(bad, problem.Bad("unknown_column", "column", "文件里没有列 %q，有：%s。", "The file has no column %q. It has: %s.", c.Column, survey.columnList()))
		}
		named = named || c.Field == PersonName || c.Field == PersonKey
	}
	if !named {
		bad = append(bad, problem.Bad("required", "name", "请指明哪一列是姓名或唯一标识（命令行：--map 姓名=name）。", "Say which column is the name or the key (command line: --map agent=name)."))
	}
	return problem.Join(bad)
}

func (l *personLoad) run(ctx context.Context, file *File) error {
	var err error
	if l.dir, err = l.people.Directory(l.tx); err != nil {
		return err
	}
	l.zone = l.dir.Organisation.Calendar().Zone
	var rows []*personRow
	err = file.each(ctx, l.survey, func(row *Row) error {
		p, err := l.read(row)
		if p != nil {
			rows = append(rows, p)
		}
		return err
	}, func(int, i18n.Text, *Row) {})
	if err != nil {
		return err
	}
	placed := rows[:0]
	for _, p := range rows { // everybody first: managers may come later in the file than those they manage
		ok, err := l.attempt(p, l.save)
		if err != nil {
			return err
		}
		if ok {
			placed = append(placed, p)
		}
	}
	if l.dir, err = l.people.Directory(l.tx); err != nil { // with everybody of the file
		return err
	}
	for _, p := range placed {
		ok, err := l.attempt(p, l.place)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		l.report.Done++
		switch {
		case p.fresh:
			l.report.Created++
		case p.moved:
			l.report.Updated++
		default:
			l.report.Unchanged++
		}
	}
	return nil
}

// attempt does a step for a row in a savepoint; a problem undoes it and is noted.
func (l *personLoad) attempt(p *personRow, step func(*personRow) error) (bool, error) {
	l.undo = l.undo[:0]
	err := l.tx.Nested(func() error { return step(p) })
	wrong, ok := problem.As(err)
	if err != nil {
		for _, forget := range l.undo {
			forget()
		}
	}
	switch {
	case err == nil:
		return true, nil
	case !ok || wrong.Kind == problem.Unavailable:
		return false, err
	}
	field := wrong.Field
	var column string
	for _, c := range l.columns {
		if c.Field == field {
			column = c.Column
		}
	}
	return false, l.reject(Problem{Line: p.line, Column: column, Value: cut(p.shown[field], maxShown), Code: wrong.Code, Reason: wrong.Message})
}

func (l *personLoad) reject(p Problem) error {
	l.report.Done++
	l.report.Failed++
	return l.trouble.add(p)
}

func (l *personLoad) read(row *Row) (*personRow, error) {
	if row.Bad != nil {
		return nil, l.reject(Problem{Line: row.Line, Value: cut(rowText(row), maxShown), Code: row.Bad.Code, Reason: row.Bad.Message})
	}
	p := &personRow{line: row.Line, cells: map[string]string{}, shown: map[string]string{}}
	for _, m := range l.columns {
		c := l.survey.column(m.Column)
		cell := Cell{}
		if c.Index < len(row.Cells) {
			cell = row.Cells[c.Index]
		}
		p.shown[m.Field] = display(cell)
		if better, ok := m.Corrections[p.shown[m.Field]]; ok {
			cell = Cell{Text: better}
		}
		r := reading{typ: record.TypeText, nulls: m.Empty == EmptyNull, zone: l.zone}
		if m.Field == PersonJoined || m.Field == PersonLeft {
			r.typ, r.order, r.serials = record.TypeDate, m.DateOrder, c.Facts.Wholes > 0 && c.Facts.Serials >= c.Facts.Wholes
			if r.order == NoOrder {
				r.order = c.Facts.Order
			}
		}
		v, wrong := r.read(cell)
		if wrong != nil {
			return nil, l.reject(Problem{Line: row.Line, Column: c.Name, Value: cut(p.shown[m.Field], maxShown), Code: wrong.Code, Reason: wrong.Message})
		}
		if text, ok := v.(string); ok {
			p.cells[m.Field] = strings.Join(strings.Fields(text), " ")
		}
	}
	return p, nil
}

// known is the person of a row if there is one: of its key, or, for a person who has no key but the name, of its name.
func (l *personLoad) known(key, name string) *people.Person {
	if key == "" {
		p, _ := l.dir.PersonByKey(name)
		return p
	}
	if p, ok := l.dir.PersonByKey(key); ok && p.Key == key {
		return p
	}
	if p, ok := l.dir.PersonByKey(name); ok && p.Key == name {
		return p
	}
	return nil
}

// save makes or changes the person of a row. Columns that the file lacks leave what is on record.
func (l *personLoad) save(p *personRow) error {
	key, name := p.cells[PersonKey], p.cells[PersonName]
	if key == "" && name == "" {
		return problem.Bad("required", PersonName, "没有姓名，请补上。", "There is no name. Fill it in.")
	}
	identity := key
	if identity == "" {
		identity = name
	}
	if l.persons[identity] != nil {
		return problem.Bad("duplicate_key", PersonName, "%s 在文件中出现了两次，请去掉一行；同名的人请填写唯一标识。", "%s comes twice in the file. Remove one row, or give persons of one name keys.", clip(identity))
	}
	person := people.Person{Key: key}
	if old := l.known(key, name); old != nil {
		person = *old
	}
	set := func(to *string, field string) {
		if v, mapped := p.cells[field]; mapped && v != "" {
			*to = v
		}
	}
	set(&person.Key, PersonKey)
	set(&person.Name, PersonName)
	set(&person.Email, PersonEmail)
	if v := p.cells[PersonPosition]; v != "" {
		person.TakePosition(v, l.opts.From)
	}
	if person.Name == "" {
		person.Name = person.Key
	}
	for field, to := range map[string]**calendar.Day{PersonJoined: &person.JoinedOn, PersonLeft: &person.LeftOn} {
		if v := p.cells[field]; v != "" {
			day, err := calendar.ParseDay(v)
			if err != nil {
				return fmt.Errorf("read %s: %w", v, err)
			}
			*to = &day
		}
	}
	p.fresh = person.ID == 0
	saved, changed, err := l.people.SavePerson(l.tx, l.opts.Actor, person)
	if err != nil {
		return err
	}
	p.id, p.moved = saved.ID, changed
	l.persons[identity] = &saved
	l.undo = append(l.undo, func() { delete(l.persons, identity) })
	return nil
}
