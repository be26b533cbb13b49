package intake

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"laurel/internal/problem"
	"laurel/internal/record"
)

// Conflict says what happens to rows whose record is there already.
type Conflict string

// The ways; empty is OnUpdate.
const (
	OnUpdate Conflict = "update"
	OnSkip   Conflict = "skip"
)

// What empty cells mean. Without a word an empty cell is no value, and "-" is a text or a problem.
const (
	EmptyNull = "null" // "-", "N/A", "无" and the like are no value either
	EmptyKeep = "keep" // an empty cell leaves the record's value as it is
)

// Bounds of a mapping.
const (
	maxCorrections = 10_000
	maxMapping     = 4 << 20 // bytes of a mapping file
	maxKeyColumns  = 5
)

// Mapping says how the columns of a file become fields. It can be kept under a name and used for other files.
type Mapping struct {
	Object       string            `json:"object" yaml:"object"`
	CreateObject *record.ObjectDef `json:"create_object,omitempty" yaml:"create_object,omitempty"`
	Persons      bool              `json:"persons,omitempty" yaml:"persons,omitempty"` // rows are people; fields are those of a person, and a column may become several
	From         string            `json:"from,omitempty" yaml:"from,omitempty"`       // of people: first day of what changes, YYYY-MM-DD; today when empty
	Key          string            `json:"key,omitempty" yaml:"key,omitempty"`         // column of the external id; several joined by " + "
	Columns      []ColumnMapping   `json:"columns" yaml:"columns"`
	OnConflict   Conflict          `json:"on_conflict,omitempty" yaml:"on_conflict,omitempty"`
	Sheet        string            `json:"sheet,omitempty" yaml:"sheet,omitempty"`
	HeaderRow    int               `json:"header_row,omitempty" yaml:"header_row,omitempty"`
}

// ColumnMapping maps one column. An empty Field leaves the column out.
type ColumnMapping struct {
	Column        string            `json:"column" yaml:"column"`
	Field         string            `json:"field" yaml:"field"`
	Type          string            `json:"type,omitempty" yaml:"type,omitempty"`                     // of a field to be created
	DateOrder     Order             `json:"date_order,omitempty" yaml:"date_order,omitempty"`         // ymd, mdy or dmy
	Match         string            `json:"match,omitempty" yaml:"match,omitempty"`                   // field of the related object that names its records
	CreateMissing bool              `json:"create_missing,omitempty" yaml:"create_missing,omitempty"` // people, related records and choices that are not there
	Corrections   map[string]string `json:"corrections,omitempty" yaml:"corrections,omitempty"`
	Empty         string            `json:"empty,omitempty" yaml:"empty,omitempty"` // null or keep
}

// ParseMapping reads a mapping file, YAML or JSON. Unknown keys are problems.
func ParseMapping(text []byte) (Mapping, error) {
	var m Mapping
	if len(text) > maxMapping {
		return m, problem.New(problem.TooLarge, "mapping_too_large", "", "对应关系文件不能超过 %d MB。", "A mapping file has at most %d MB.", maxMapping>>20)
	}
	d := yaml.NewDecoder(strings.NewReader(string(text)))
	d.KnownFields(true)
	if err := d.Decode(&m); err != nil {
		return m, problem.Bad("bad_mapping", "", "对应关系文件有误：%s", "The mapping file is wrong: %s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	return m, nil
}

// check lists what is wrong with a mapping by itself and for the file; the object is judged when it is known.
func (m *Mapping) check(s *Survey) []*problem.Error {
	var out []*problem.Error
	add := func(code, field, zh, en string, args ...any) {
		out = append(out, problem.Bad(code, field, zh, en, args...))
	}
	if m.Object == "" && m.CreateObject == nil {
		add("required", "object", "请选择要导入到哪张表。", "Choose the object to import into.")
	}
	if m.OnConflict != "" && m.OnConflict != OnUpdate && m.OnConflict != OnSkip {
		add("bad_choice", "on_conflict", "应为 update 或 skip。", "Use update or skip.")
	}
	if _, p := m.keyColumns(s); p != nil {
		out = append(out, p)
	}
	fields, mapped := map[string]string{}, 0
	for i := range m.Columns {
		c := &m.Columns[i]
		at := fmt.Sprintf("columns[%d]", i)
		if c.Field == "" {
			continue
		}
		mapped++
		if s.column(c.Column) == nil {
			add("unknown_column", at+".column", "文件里没有列 %q，有：%s。", "The file has no column %q. It has: %s.", c.Column, s.columnList())
		}
		if other, taken := fields[c.Field]; taken {
			add("field_taken", at+".field", "列 %q 和 %q 都对应字段 %s，请去掉一个。", "The columns %q and %q both become the field %s. Leave one out.", other, c.Column, c.Field)
		}
		fields[c.Field] = c.Column
		switch c.DateOrder {
		case NoOrder, YMD, MDY, DMY:
		default:
			add("bad_choice", at+".date_order", "应为 ymd、mdy 或 dmy。", "Use ymd, mdy or dmy.")
		}
		if c.Empty != "" && c.Empty != EmptyNull && c.Empty != EmptyKeep {
			add("bad_choice", at+".empty", "应为 null 或 keep。", "Use null or keep.")
		}
		if len(c.Corrections) > maxCorrections {
			add("too_many_corrections", at+".corrections", "最多 %d 条改写。", "There can be at most %d corrections.", maxCorrections)
		}
	}
	if mapped == 0 {
		add("nothing_mapped", "columns", "至少选一列导入。", "Map at least one column.")
	}
	return out
}

// keyColumns are the indexes of the columns that make the external id; none: it is made of the row's content.
func (m *Mapping) keyColumns(s *Survey) ([]int, *problem.Error) {
	if m.Key == "" {
		return nil, nil
	}
	if c := s.column(m.Key); c != nil {
		return []int{c.Index}, nil
	}
	var out []int
	for part := range strings.SplitSeq(m.Key, "+") {
		c := s.column(strings.TrimSpace(part))
		if c == nil {
			return nil, problem.Bad("unknown_column", "key", "文件里没有列 %q，有：%s。", "The file has no column %q. It has: %s.", strings.TrimSpace(part), s.columnList())
		}
		out = append(out, c.Index)
	}
	if len(out) > maxKeyColumns {
		return nil, problem.Bad("too_many_columns", "key", "编号最多由 %d 列组成。", "A key has at most %d columns.", maxKeyColumns)
	}
	return out, nil
}

func (s *Survey) column(name string) *Column {
	for i := range s.Columns {
		if s.Columns[i].Name == name {
			return &s.Columns[i]
		}
	}
	return nil
}

func (s *Survey) columnList() string {
	var names []string
	for i := range s.Columns {
		if i == 20 {
			names = append(names, "…")
			break
		}
		names = append(names, s.Columns[i].Name)
	}
	return strings.Join(names, ", ")
}

// Creates says what a mapping may bring into being besides records, for which other permissions are needed.
func (s *Store) Creates(m Mapping) (definitions, persons bool, err error) {
	if m.Persons {
		return false, true, nil
	}
	if m.CreateObject != nil {
		if _, err := s.records.Object(m.Object); m.Object == "" || problem.IsCode(err, "unknown_object") {
			definitions = true
		}
	}
	types := map[string]string{}
	if m.CreateObject != nil {
		for _, f := range m.CreateObject.Fields {
			types[f.Key] = f.Type
		}
	}
	if o, err := s.records.Object(m.Object); err == nil {
		known := map[string]bool{}
		for i := range o.Fields {
			types[o.Fields[i].Key], known[o.Fields[i].Key] = o.Fields[i].Type, true
		}
		if m.CreateObject != nil {
			for _, f := range m.CreateObject.Fields {
				definitions = definitions || !known[f.Key] || f.Type == record.TypeChoice || f.Type == record.TypeChoices
			}
		}
	} else if !problem.IsCode(err, "unknown_object") {
		return false, false, err
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		if !c.CreateMissing || c.Field == "" {
			continue
		}
		switch types[c.Field] {
		case record.TypePerson:
			persons = true
		case record.TypeChoice, record.TypeChoices:
			definitions = true
		}
	}
	return definitions, persons, nil
}
