package record

import (
	"laurel/internal/i18n"
	"laurel/internal/value"
)

// The field types.
const (
	TypeText       = "text"       // one line, up to 1,000 characters
	TypeLongText   = "longtext"   // up to 1 MiB
	TypeNumber     = "number"     // exact, Scale decimal places
	TypeMoney      = "money"      // minor units of Currency
	TypePercent    = "percent"    // kept as a fraction with Scale places: 12.5 % is 0.125
	TypeDate       = "date"       // a civil day
	TypeDateTime   = "datetime"   // an instant, to the microsecond
	TypeBool       = "bool"       // yes or no
	TypeChoice     = "choice"     // one of Choices
	TypeChoices    = "choices"    // several of Choices, in their order
	TypePerson     = "person"     // a person of the organisation
	TypeRelation   = "relation"   // a record of the object Target
	TypeAutoNumber = "autonumber" // 1, 2, 3, … given at creation; never set by hand
)

// Field is one property of an object's records, as defined.
type Field struct {
	ID       int64
	Key      string // checked identifier; the column is f_<key>
	Name     i18n.Text
	Type     string
	Required bool // judged when a record is created and when the field is set
	Unique   bool // among records that are not deleted
	Scale    uint8
	Currency string
	Choices  []Choice
	Target   string // key of the object of a relation
}

// Choice is one of the values that a choice field offers.
type Choice struct {
	Key   string    `json:"key" yaml:"key"`
	Name  i18n.Text `json:"name,omitzero" yaml:"name,omitempty"`
	Color string    `json:"color,omitempty" yaml:"color,omitempty"`
}

// Kind is the kind of value that the field holds.
func (f *Field) Kind() value.Kind {
	if t, ok := types[f.Type]; ok {
		return t.about().kind
	}
	return value.Null
}

// Def is the declarative form of the field.
func (f *Field) Def() FieldDef {
	return FieldDef{
		Key: f.Key, Name: f.Name, Type: f.Type, Required: f.Required, Unique: f.Unique,
		Scale: f.Scale, Currency: f.Currency, Choices: f.Choices, Target: f.Target,
	}
}
