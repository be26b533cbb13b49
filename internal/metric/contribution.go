package metric

import (
	"strconv"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/record"
	"laurel/internal/value"
)

// Contribution is what one record gives to one metric, for one person (or unit) on one local day.
type Contribution struct {
	RecordID int64
	MetricID int64
	PersonID int64 // or a unit's own work: see people.OwnWork
	Day      calendar.Day
	Moment   int64  // µs UTC of the metric's date field; a date is its day's start
	Ext      string // the record's external id, second in the order of time
	Value    int64  // scaled by the metric's Scale; 1 for a count
	Label    string // the value of the field Def.By; empty where there is none
}

// Reason says why a record that meets the condition is not counted.
type Reason string

// MaxValue bounds the scaled value of one contribution, so that a total cannot overflow with fewer than 9,000 records of
// that size. It is ten trillion yuan.
const MaxValue = 1_000_000_000_000_000

// The reasons for leaving a record out.
const (
	Counted  Reason = ""
	NoDate   Reason = "no_date"
	NoPerson Reason = "no_person"
	NoUnit   Reason = "no_unit" // no team or department, or none of that name
	NoValue  Reason = "no_value"
	NoShare  Reason = "no_share" // of several persons, none has a share above 0, or one has less
	TooLarge Reason = "overflow" // its value or condition overflows
	NoRate   Reason = "no_rate"  // no exchange rate holds on its day
	// NoCurrency is a value of an unknown currency.
	NoCurrency Reason = "no_currency"
	// Backwards is a duration that ends before it begins.
	Backwards Reason = "negative"
)

// Omission is why a record that meets the condition is not counted, and what exactly is missing where the reason alone does
// not say it. It is empty for a record that counts, or does not meet the condition.
type Omission struct {
	Reason Reason
	Detail string
}

// Ground is what counting stands on besides the records that are counted.
type Ground struct {
	Records  *record.Store  // where related records are read
	Zone     *time.Location // the organisation's
	Currency string         // likewise
	Rates    *Rates
	People   *people.Directory
}

// contributions appends what a record gives to the metric: one contribution for each person who has credit. It gives nothing
// when the record is deleted or does not meet the condition; one that meets it but cannot be counted comes back with
// the reason. The record is as related.widen gives it.
func (m *Metric) contributions(into []Contribution, rec *record.Record, g *Ground) ([]Contribution, Omission) {
	if rec.Deleted || m.object == nil || m.Broken != nil {
		return into, Omission{}
	}
	if m.condition != nil {
		meets, err := m.condition.Test(rec)
		if err != nil {
			return into, Omission{Reason: TooLarge}
		}
		if !meets {
			return into, Omission{}
		}
	}
	date := rec.Values[m.date]
	if date.IsNull() {
		return into, Omission{Reason: NoDate}
	}
	c := Contribution{RecordID: rec.ID, MetricID: m.ID, Ext: rec.ExternalID, Value: 1}
	parts, out := m.creditTo(rec, g, &c)
	if out.Reason != Counted {
		return into, out
	}
	if m.by >= 0 {
		c.Label = labelOf(rec.Values[m.by])
	}
	if m.Def.Measure.Kind == Distinct && rec.Values[m.by].IsNull() {
		return into, Omission{Reason: NoValue}
	}
	if m.instant {
		c.Moment = date.Micros()
		c.Day = calendar.DayAt(time.UnixMicro(c.Moment), g.Zone)
	} else {
		c.Day = date.Day()
		c.Moment = c.Day.Start(g.Zone).UnixMicro()
	}
	if m.Def.Measure.Kind != Count && m.Def.Measure.Kind != Distinct {
		if c.Value, out = m.measure(rec, c.Day, g); out.Reason != Counted {
			return into, out
		}
		if c.Value > MaxValue || c.Value < -MaxValue {
			return into, Omission{Reason: TooLarge}
		}
	}
	if !m.Shared() {
		return append(into, c), Omission{}
	}
	if m.Def.CountBy == CountShare {
		c.Value = money.Pow10(m.Scale)
	}
	into, reason := m.divide(into, c, parts)
	return into, Omission{Reason: reason}
}

// labelOf writes the value by which records are told apart: of a relation or a person the id, which stays when the other
// record is renamed.
func labelOf(v value.Value) string {
	switch v.Kind() {
	case value.Null:
		return ""
	case value.Ref:
		return strconv.FormatInt(v.Ref(), 10)
	}
	return v.String()
}

// measure is the record's value, scaled and rounded half-even where it is finer than the metric keeps.
func (m *Metric) measure(rec *record.Record, day calendar.Day, g *Ground) (int64, Omission) {
	if m.span != nil {
		apart, reason := m.span.measure(rec)
		return apart, Omission{Reason: reason}
	}
	if m.quantity == nil && m.exchange == nil {
		v := rec.Values[m.value]
		if v.IsNull() {
			return 0, Omission{Reason: NoValue}
		}
		return scaled(v), Omission{}
	}
	q, ok, err := m.exactly(rec)
	if err != nil {
		return 0, Omission{Reason: TooLarge}
	}
	if !ok {
		return 0, Omission{Reason: NoValue}
	}
	if m.exchange != nil {
		return m.convert(q, rec, day, g)
	}
	d, err := q.Round(m.Scale, money.HalfEven)
	if err != nil {
		return 0, Omission{Reason: TooLarge}
	}
	return d.Coef, Omission{}
}

// exactly is the record's value before it is rounded; ok is false where it has none.
func (m *Metric) exactly(rec *record.Record) (q money.Frac, ok bool, err error) {
	if m.quantity != nil {
		return m.quantity.Quantity(rec)
	}
	v := rec.Values[m.value]
	if v.IsNull() {
		return q, false, nil
	}
	return v.Decimal().Frac(), true, nil
}

// scaled is a stored number or amount at its field's own scale.
func scaled(v value.Value) int64 {
	if v.Kind() == value.Money {
		return v.Amount().Minor
	}
	return v.Decimal().Coef
}
