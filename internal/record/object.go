package record

import (
	"laurel/internal/expr"
	"laurel/internal/i18n"
	"laurel/internal/value"
)

// Bounds of a definition.
const (
	MaxObjects = 200 // objects of an organisation
	MaxFields  = 200 // fields of an object, hidden ones included
	MaxChoices = 500 // choices of a field
	MaxName    = 200 // characters of a name, in each language
)

// Object is a kind of thing that users keep records of: customer, contract, ticket.
// It is an immutable snapshot of its definition and may be shared freely.
type Object struct {
	ID         int64
	Key        string // checked identifier; the table is o_<key>
	Name       i18n.Text
	TitleField string // key of the field that names a record; empty when none does
	Fields     []Field
	Version    int64 // rises with every change of the definition

	index  map[string]int
	hidden []Field // left out of the definition since; their columns stay
	sql    statements
	env    func() (*expr.Env, error)
}

// Index is the place of a field in Fields, and so in Record.Values.
func (o *Object) Index(fieldKey string) (int, bool) {
	if o.index != nil {
		i, ok := o.index[fieldKey]
		return i, ok
	}
	for i := range o.Fields {
		if o.Fields[i].Key == fieldKey {
			return i, true
		}
	}
	return 0, false
}

// FieldKeys are the keys of the fields, in their order.
func (o *Object) FieldKeys() []string {
	keys := make([]string, len(o.Fields))
	for i := range o.Fields {
		keys[i] = o.Fields[i].Key
	}
	return keys
}

// Vars declares the object's fields to the expression language, in the order of Fields.
func (o *Object) Vars() []expr.Var {
	vars := make([]expr.Var, len(o.Fields))
	for i := range o.Fields {
		f := &o.Fields[i]
		vars[i] = expr.Var{Name: f.Key, Kind: f.Kind(), List: f.Kind() == value.List}
	}
	return vars
}

// Env is the environment of expressions over the object's records.
func (o *Object) Env() (*expr.Env, error) {
	if o.env == nil {
		return expr.NewEnv(o.Vars())
	}
	return o.env()
}

// Def is the declarative form of the object, as Define accepts it.
func (o *Object) Def() ObjectDef {
	def := ObjectDef{Key: o.Key, Name: o.Name, Title: o.TitleField, Fields: make([]FieldDef, len(o.Fields))}
	for i := range o.Fields {
		def.Fields[i] = o.Fields[i].Def()
	}
	return def
}

// ObjectDef is the declarative form of an object, as users write it.
type ObjectDef struct {
	Key    string     `json:"key" yaml:"key" doc:"Identifier: a-z, 0-9 and _, begins with a letter" example:"contract"`
	Name   i18n.Text  `json:"name" yaml:"name"`
	Title  string     `json:"title,omitempty" yaml:"title,omitempty" doc:"Key of the field that names a record"`
	Fields []FieldDef `json:"fields" yaml:"fields"`
}

// FieldDef is the declarative form of a field.
type FieldDef struct {
	Key      string    `json:"key" yaml:"key" doc:"Identifier: a-z, 0-9 and _, begins with a letter"`
	Name     i18n.Text `json:"name" yaml:"name"`
	Type     string    `json:"type" yaml:"type" enum:"text,longtext,number,money,percent,date,datetime,bool,choice,choices,person,relation,autonumber"`
	Required bool      `json:"required,omitempty" yaml:"required,omitempty"`
	Unique   bool      `json:"unique,omitempty" yaml:"unique,omitempty"`
	Scale    uint8     `json:"scale,omitempty" yaml:"scale,omitempty" doc:"Decimal places of a number or of a percent's fraction (12.5 % is 0.125: 3 places)"`
	Currency string    `json:"currency,omitempty" yaml:"currency,omitempty" doc:"ISO 4217 code of a money field"`
	Choices  []Choice  `json:"choices,omitempty" yaml:"choices,omitempty"`
	Target   string    `json:"target,omitempty" yaml:"target,omitempty" doc:"Key of the object that a relation points to"`
}
