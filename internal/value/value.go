package value

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/money"
)

// Kind says what a value is.
type Kind uint8

// The kinds of value.
const (
	Null   Kind = iota // nothing: the cell is empty
	Bool               // true or false
	Number             // an exact decimal
	Money              // minor units of a currency
	Date               // a civil day
	Time               // an instant
	Text               // a text, also the key of a choice
	List               // several texts, also keys of choices
	Ref                // the id of a record or person
)

var kindNames = [...]string{"null", "bool", "number", "money", "date", "time", "text", "list", "ref"}

// String is the kind's name in English.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "kind " + strconv.Itoa(int(k))
}

// Value is the value of one cell. The zero Value is Nothing. Values are immutable: a list given to OfList must not be
// changed afterwards. Compare with Equal.
type Value struct {
	kind  Kind
	scale uint8    // Number and Money: decimal places of num
	num   int64    // Bool 0/1, Number coefficient, Money minor units, Date day, Time µs UTC, Ref id
	text  string   // Text, or the currency of Money
	list  []string // List
}

// Nothing is the value of an empty cell.
var Nothing Value

// OfBool is a truth value.
func OfBool(b bool) Value {
	v := Value{kind: Bool}
	if b {
		v.num = 1
	}
	return v
}

// OfNumber is an exact number.
func OfNumber(d money.Decimal) Value { return Value{kind: Number, scale: d.Scale, num: d.Coef} }

// OfMoney is an amount of a currency.
func OfMoney(a money.Amount) Value {
	return Value{kind: Money, scale: a.Decimal().Scale, num: a.Minor, text: a.Currency}
}

// OfDate is a civil day.
func OfDate(d calendar.Day) Value { return Value{kind: Date, num: int64(d)} }

// OfTime is an instant in microseconds since 1970 UTC.
func OfTime(micros int64) Value { return Value{kind: Time, num: micros} }

// OfText is a text.
func OfText(s string) Value { return Value{kind: Text, text: s} }

// OfList is a list of texts.
func OfList(list []string) Value { return Value{kind: List, list: list} }

// OfRef is the id of a record or person.
func OfRef(id int64) Value { return Value{kind: Ref, num: id} }

// Kind says what the value is.
func (v Value) Kind() Kind { return v.kind }

// IsNull reports whether there is no value.
func (v Value) IsNull() bool { return v.kind == Null }

// The accessors below answer the zero of their type when the value is of another kind.

// Bool is the truth value.
func (v Value) Bool() bool { return v.kind == Bool && v.num != 0 }

// Decimal is a number, or an amount in natural units (yuan).
func (v Value) Decimal() money.Decimal {
	if v.kind != Number && v.kind != Money {
		return money.Decimal{}
	}
	return money.Decimal{Coef: v.num, Scale: v.scale}
}

// Amount is the amount of Money.
func (v Value) Amount() money.Amount {
	if v.kind != Money {
		return money.Amount{}
	}
	return money.Amount{Minor: v.num, Currency: v.text}
}

// Day is the day of a Date.
func (v Value) Day() calendar.Day { return calendar.Day(v.of(Date)) }

// Micros is the instant of a Time in microseconds since 1970 UTC.
func (v Value) Micros() int64 { return v.of(Time) }

// Ref is the id that a Ref holds.
func (v Value) Ref() int64 { return v.of(Ref) }

func (v Value) of(kind Kind) int64 {
	if v.kind != kind {
		return 0
	}
	return v.num
}

// Text is the text of a Text.
func (v Value) Text() string {
	if v.kind != Text {
		return ""
	}
	return v.text
}

// List is the texts of a List; the caller must not change it.
func (v Value) List() []string { return v.list }

// Equal reports whether two values are the same: of one kind, numbers by value (1.5 is 1.50), amounts of one currency,
// lists in the same order. Nothing equals nothing.
func (v Value) Equal(o Value) bool {
	if v.kind != o.kind {
		return false
	}
	switch v.kind {
	case Number:
		return v.Decimal().Cmp(o.Decimal()) == 0
	case List:
		return slices.Equal(v.list, o.list)
	}
	return v.num == o.num && v.text == o.text
}

// String writes the value for logs and plain text: "" for nothing, 12.50, 12.50 CNY, 2026-03-31, a list with commas.
func (v Value) String() string {
	switch v.kind {
	case Bool:
		return strconv.FormatBool(v.num != 0)
	case Number:
		return v.Decimal().String()
	case Money:
		return v.Amount().String()
	case Date:
		return v.Day().String()
	case Time:
		return time.UnixMicro(v.num).UTC().Format(time.RFC3339Nano)
	case Text:
		return v.text
	case List:
		return strings.Join(v.list, ", ")
	case Ref:
		return strconv.FormatInt(v.num, 10)
	}
	return ""
}
