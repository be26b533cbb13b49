package intake

import (
	"context"
	"errors"
	"slices"
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

// personFields are the fields that columns can become, as messages list them.
const personFields = "key, name, email, position, joined_on, left_on, manager, team, department; position_from, position_to, team_from, team_to, department_from, department_to, manager_from, manager_to"

func init() { // the first and the last day are called after what they are the days of: 团队起, team_from, 上级截止日期
	for _, t := range timed {
		for _, word := range personWords[t.field] {
			for _, suffix := range []string{"from", "since", "start", "startdate", "firstday", "起", "自", "起始", "开始", "起始日期", "开始日期", "生效日期"} {
				personWords[t.from] = append(personWords[t.from], word+suffix)
			}
			for _, suffix := range []string{"to", "until", "through", "end", "enddate", "lastday", "止", "至", "截止", "结束", "截止日期", "结束日期", "终止日期"} {
				personWords[t.to] = append(personWords[t.to], word+suffix)
			}
		}
	}
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

// personRow is one row of the file.
type personRow struct {
	line  int
	cells map[string]string // by field, as read
	shown map[string]string // by field, as written
}

// RunPersons loads people. A column may become several fields: where teams are called after their managers, the manager's
// column becomes both manager and team. Rows with problems do not keep others from being loaded.
//
// History is kept: who has no team (department, manager) yet gets the file's for all days; who has another one moves to
// the file's on the day From. With columns for the first and last day a person may have several rows, one for each stretch.
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
			bad = append(bad, problem.Bad("unknown_field", "field", "人员没有字段 %q，可用：%s。", "A person has no field %q. There are: %s.", c.Field, personFields))
		}
		if survey.column(c.Column) == nil {
			bad = append(bad, problem.Bad("unknown_column", "column", "文件里没有列 %q，有：%s。", "The file has no column %q. It has: %s.", c.Column, survey.columnList()))
		}
		named = named || c.Field == PersonName || c.Field == PersonKey
	}
	for _, t := range timed {
		for _, day := range []string{t.from, t.to} {
			if column, mapped := columnOf[day]; mapped && columnOf[t.field] == "" {
				bad = append(bad, problem.Bad("day_of_nothing", "columns", "列 %q 是 %s，但没有哪一列是 %s。请指明那一列，或不导入这一列。",
					"The column %q becomes %s, but no column becomes %s. Say which one does, or leave this one out.", column, day, t.field))
			}
		}
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
	persons := l.byPerson(rows)
	for _, p := range persons { // everybody first: managers may come later in the file than those they manage
		if err := l.attempt(p, l.save); err != nil {
			return err
		}
	}
	if l.dir, err = l.people.Directory(l.tx); err != nil { // with everybody of the file
		return err
	}
	for _, p := range persons {
		if err := l.attempt(p, l.place); err != nil {
			return err
		}
		for i := range p.rows {
			l.report.Done++
			switch {
			case p.fresh && i == 0:
				l.report.Created++
			case p.fresh || p.moved:
				l.report.Updated++
			default:
				l.report.Unchanged++
			}
		}
	}
	return nil
}

// attempt does a step for a person in a savepoint. A problem undoes it and is noted for the row that has it; the step is done
// again with the others, if there are any.
func (l *personLoad) attempt(p *personOf, step func(*personOf) error) error {
	for len(p.rows) > 0 {
		l.undo, p.at = l.undo[:0], nil
		was := *p
		err := l.tx.Nested(func() error { return step(p) })
		if err == nil {
			return nil
		}
		at := p.at
		*p = was
		for _, forget := range l.undo {
			forget()
		}
		wrong, ok := problem.As(err)
		if !ok || wrong.Kind == problem.Unavailable {
			return err
		}
		if at == nil {
			at = p.last(wrong.Field)
		}
		var column string
		for _, c := range l.columns {
			if c.Field == wrong.Field {
				column = c.Column
			}
		}
		p.rows = slices.DeleteFunc(slices.Clone(p.rows), func(row *personRow) bool { return row == at })
		if err := l.reject(Problem{Line: at.line, Column: column, Value: cut(at.shown[wrong.Field], maxShown), Code: wrong.Code, Reason: wrong.Message}); err != nil {
			return err
		}
	}
	return nil
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
		if isLastDay(m.Field) && lasts(cell) {
			cell = Cell{}
		}
		r := reading{typ: record.TypeText, nulls: m.Empty == EmptyNull, zone: l.zone}
		if isPersonDay(m.Field) {
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

// save makes or changes a person. Columns that the file lacks leave what is on record.
func (l *personLoad) save(p *personOf) error {
	key, name := p.cell(PersonKey), p.cell(PersonName)
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
	if err := p.agree(); err != nil {
		return err
	}
	person := people.Person{Key: key}
	if old := l.known(key, name); old != nil {
		person = *old
	}
	set := func(to *string, field string) {
		if v := p.cell(field); v != "" {
			*to = v
		}
	}
	set(&person.Key, PersonKey)
	set(&person.Name, PersonName)
	set(&person.Email, PersonEmail)
	stretches, err := stretchesOf(p, PersonPosition, func(name string) (string, error) { return name, nil })
	switch {
	case err != nil:
		return err
	case len(stretches) > 0:
		if err := layPositions(p, &person, stretches); err != nil {
			return err
		}
	case p.cell(PersonPosition) != "":
		person.TakePosition(p.cell(PersonPosition), l.opts.From)
	}
	if person.Name == "" {
		person.Name = person.Key
	}
	for field, to := range map[string]**calendar.Day{PersonJoined: &person.JoinedOn, PersonLeft: &person.LeftOn} {
		if *to, err = dayOr(p.cell(field), *to); err != nil {
			return err
		}
	}
	p.fresh = person.ID == 0
	saved, changed, err := l.people.SavePerson(l.tx, l.opts.Actor, person)
	if err != nil {
		if wrong, ok := problem.As(err); ok && strings.HasPrefix(wrong.Field, "positions") {
			return inField(err, PersonPosition)
		}
		return err
	}
	p.id, p.moved = saved.ID, changed
	l.persons[identity] = &saved
	l.undo = append(l.undo, func() { delete(l.persons, identity) })
	return nil
}
