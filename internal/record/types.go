package record

import (
	"database/sql"

	"laurel/internal/problem"
	"laurel/internal/value"
)

// fieldType is all that Laurel must know of a type of field. Each lives in its own file field_<type>.go; adding one
// is adding a file and a line to types.
type fieldType interface {
	// properties that need no code
	about() *traits
	// check judges the definition beyond what traits say.
	check(f *Field) *problem.Error
	// parse reads an input as API and import give it. Empty input gives the zero parsed.
	parse(f *Field, in any) (parsed, *problem.Error)
	// accept judges a typed value that is not null and brings it into the field's form.
	accept(f *Field, v value.Value) (value.Value, *problem.Error)
	// bind is a value that is not null as its column takes it.
	bind(v value.Value) any
	// load is the value of a cell that is not null.
	load(f *Field, c *cell) value.Value
}

// types are the field types by name.
var types = map[string]fieldType{
	TypeText:       textType{traits{kind: value.Text, column: columnText, unique: true, sorts: true, searched: true}},
	TypeLongText:   longTextType{traits{kind: value.Text, column: columnText, searched: true}},
	TypeNumber:     numberType{traits{kind: value.Number, column: columnInt, scale: true, unique: true, sorts: true}},
	TypeMoney:      moneyType{traits{kind: value.Money, column: columnInt, currency: true, sorts: true}},
	TypePercent:    percentType{traits{kind: value.Number, column: columnInt, scale: true, sorts: true}},
	TypeDate:       dateType{traits{kind: value.Date, column: columnInt, unique: true, sorts: true, indexed: true}},
	TypeDateTime:   dateTimeType{traits{kind: value.Time, column: columnInt, unique: true, sorts: true, indexed: true}},
	TypeBool:       boolType{traits{kind: value.Bool, column: columnBool, sorts: true}},
	TypeChoice:     choiceType{traits{kind: value.Text, column: columnText, choices: true, unique: true, sorts: true}},
	TypeChoices:    choicesType{traits{kind: value.List, column: columnText, choices: true}},
	TypePerson:     personType{traits{kind: value.Ref, column: columnInt, unique: true, sorts: true, indexed: true}},
	TypeRelation:   relationType{traits{kind: value.Ref, column: columnInt, target: true, unique: true, sorts: true, indexed: true}},
	TypeAutoNumber: autoNumberType{traits{kind: value.Number, column: columnInt, sorts: true, indexed: true}},
}

// The kinds of column, as db.Dialect.ColumnType names them. Days are stored as day numbers and instants as
// microseconds: one SQL text for both databases, and a scan reads integers instead of parsing text.
const (
	columnInt  = "int"
	columnText = "text"
	columnBool = "bool"
)

// traits are what differs between types without needing code. Types embed them.
type traits struct {
	kind   value.Kind
	column string // kind of column

	// options of a definition that the type takes
	scale, currency, choices, target, unique bool

	sorts    bool // records can be sorted by it
	indexed  bool // its column gets an index
	searched bool // a search looks into it
}

func (t traits) about() *traits { return &t }

// check accepts any definition; types with more to say override it.
func (traits) check(*Field) *problem.Error { return nil }

// parsed is an input turned into a value, or into a reference that is still to be looked up.
type parsed struct {
	value value.Value
	ref   string // key of a person or external id of a record
}

// cell is where one column of a row is scanned to.
type cell struct {
	n sql.NullInt64
	s sql.NullString
	b sql.NullBool
}

func (c *cell) dest(column string) any {
	switch column {
	case columnInt:
		return &c.n
	case columnBool:
		return &c.b
	}
	return &c.s
}

func (c *cell) valid(column string) bool {
	switch column {
	case columnInt:
		return c.n.Valid
	case columnBool:
		return c.b.Valid
	}
	return c.s.Valid
}

// raw is what a column of this kind is written with to hold the same again.
func (c *cell) raw(column string) any {
	switch {
	case !c.valid(column):
		return nil
	case column == columnInt:
		return c.n.Int64
	case column == columnBool:
		return c.b.Bool
	}
	return c.s.String
}

func (f *Field) typ() fieldType { return types[f.Type] }

// read reads an input or says what is wrong with it.
func (f *Field) read(in any) (parsed, *problem.Error) {
	if in == nil || in == "" {
		return parsed{}, nil
	}
	return f.typ().parse(f, in)
}

// take judges a typed value. Empty texts and lists are no value.
func (f *Field) take(v value.Value) (value.Value, *problem.Error) {
	if v.IsNull() {
		return value.Nothing, nil
	}
	return f.typ().accept(f, v)
}

// stored is a value as its column takes it.
func (f *Field) stored(v value.Value) any {
	if v.IsNull() {
		return nil
	}
	return f.typ().bind(v)
}
