package verify

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/expr"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/record"
	"laurel/internal/value"
)

// measured is one metric with everything that it counts.
type measured struct {
	id     int64
	def    metric.Def
	scale  uint8 // decimal places of counted values
	broken error // why it cannot be measured

	object       *record.Object
	run          *run
	tender       *tender    // of values that are converted
	creditors    []creditor // in place of person, where several have credit
	columns      []column   // the object's fields and what it names of related records
	date, person int
	unit         int // in place of person the field that names a unit; -1: none
	unitKind     people.UnitKind
	by           int           // -1: records are not told apart
	condition    *expr.Program // nil: every record
	quantity     *expr.Program // nil: the field
	field        int
	percent      *big.Rat // of a percentile: 90

	from, until int       // of a duration
	work        *worktime // nil: calendar time
	each        int64     // counted units of a day between dates
	per         int64     // counted units in one that is told

	of, to *measured // of a ratio
	terms  []summand // of a sum of metrics
	leads  int       // to so many figures of metrics with records
	sums   string    // currency of the values, or "%" of a sum of percentages
	less   int       // tells copies apart from which records are taken out; 0 is the metric itself

	counted pile[point] // in the order of record ids
	omitted []omitted   // likewise
	persons map[int64][]int32
}

// point is what one record gives to one metric.
type point struct {
	*mark
	value int64
}

// mark says of which record a point is, when, and for whom. Points of one record share it, since there may be a hundred million.
type mark struct {
	moment, record, person int64
	external, label        string
	day                    calendar.Day
}

// equals reports whether two points say the same.
func (p *point) equals(other *point) bool { return p.value == other.value && *p.mark == *other.mark }

// marks are those of one record.
type marks struct {
	external string
	made     []*mark
}

// of finds the mark that says the same, or keeps a new one.
func (s *marks) of(at mark) *mark {
	for _, known := range s.made {
		if *known == at {
			return known
		}
	}
	kept := at
	s.made = append(s.made, &kept)
	return &kept
}

type omitted struct {
	record int64
	reason string
}

func (m *measured) additive() bool {
	k := m.def.Measure.Kind
	if k == metric.Combine {
		return m.eachTerm((*measured).additive)
	}
	return k == metric.Count || k == metric.Distinct || k == metric.Sum && m.per == 1
}

// readMetrics reads every definition and makes it ready, by id.
func readMetrics(tx *db.Tx, schema *record.Schema, work *worktime) ([]*measured, error) {
	rows, err := tx.Query(`SELECT id, definition FROM metric ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("read metrics: %w", err)
	}
	defer rows.Close()
	var list []*measured
	byKey := map[string]*measured{}
	for rows.Next() {
		m := &measured{persons: map[int64][]int32{}, per: 1}
		var text string
		if err := rows.Scan(&m.id, &text); err != nil {
			return nil, fmt.Errorf("read metrics: %w", err)
		}
		if err := json.Unmarshal([]byte(text), &m.def); err != nil {
			return nil, fmt.Errorf("read metric %d: %w", m.id, err)
		}
		list = append(list, m)
		byKey[m.def.Key] = m
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read metrics: %w", err)
	}
	for _, m := range list {
		if !m.derived() {
			m.broken = m.prepare(schema, work)
		}
	}
	for _, m := range list {
		m.derive(byKey, map[*measured]bool{})
	}
	return list, nil
}

func (m *measured) prepare(schema *record.Schema, work *worktime) error {
	o, err := schema.Object(m.def.Object)
	if err != nil {
		return err
	}
	if m.columns, err = columnsOf(schema, o, m.def); err != nil {
		return err
	}
	field := func(key string, types ...string) (int, error) {
		if i, ok := m.place(key); ok && slices.Contains(types, m.columns[i].field.Type) {
			return i, nil
		}
		return 0, fmt.Errorf("object %s has no field %q of type %s", o.Key, key, strings.Join(types, " or "))
	}
	if m.date, err = field(m.def.Date, record.TypeDate, record.TypeDateTime); err != nil {
		return err
	}
	if err := m.prepareCredit(field); err != nil {
		return err
	}
	if err := m.prepareUnit(field); err != nil {
		return err
	}
	if len(m.creditors) == 0 && m.unit < 0 {
		if m.person, err = field(m.def.Person, record.TypePerson); err != nil {
			return err
		}
	}
	m.by = -1
	if m.def.Measure.Kind == metric.Distinct {
		m.by, err = field(m.def.Measure.Value, record.TypeText, record.TypeChoice, record.TypeRelation, record.TypePerson,
			record.TypeNumber, record.TypeAutoNumber, record.TypeDate, record.TypeBool)
		if err != nil {
			return err
		}
	}
	if m.def.By != "" {
		if m.by, err = field(m.def.By, record.TypeChoice, record.TypeRelation, record.TypeText, record.TypePerson); err != nil {
			return err
		}
	}
	env, err := m.language()
	if err != nil {
		return err
	}
	if strings.TrimSpace(m.def.Condition) != "" {
		if m.condition, err = env.Compile(m.def.Condition, expr.Condition); err != nil {
			return err
		}
	}
	if m.def.Measure.Kind == metric.Percentile {
		p, err := m.def.Measure.Percent.Of100()
		if err != nil {
			return err
		}
		m.percent = ratOf(p)
	}
	switch k := m.def.Measure.Kind; {
	case k == metric.Count || k == metric.Distinct:
	case m.def.Measure.From != "" || m.def.Measure.Until != "":
		if err := m.prepareDuration(work, field); err != nil {
			return err
		}
	default:
		if err := m.prepareValue(env); err != nil {
			return err
		}
	}
	m.object = o
	return nil
}

// prepareValue finds what is added up: a field, which keeps its own places, or an expression.
func (m *measured) prepareValue(env *expr.Env) error {
	source := strings.TrimSpace(m.def.Measure.Value)
	if i, ok := m.place(source); ok {
		f := &m.columns[i].field
		m.field, m.scale = i, f.Scale
		switch f.Type {
		case record.TypeMoney:
			m.scale, _ = money.MinorUnits(f.Currency)
		case record.TypeNumber, record.TypePercent:
		default:
			return fmt.Errorf("field %q does not add up", source)
		}
		m.sums = f.Currency
		return m.prepareTender(f.Currency)
	}
	var err error
	if m.quantity, err = env.Compile(source, expr.Quantity); err != nil {
		return err
	}
	m.scale = 2
	if m.def.Measure.Scale != nil {
		m.scale = *m.def.Measure.Scale
	}
	if m.def.Measure.Currency != "" {
		m.sums = m.def.Measure.Currency
		m.scale, _ = money.MinorUnits(m.def.Measure.Currency)
	}
	return m.prepareTender(m.def.Measure.Currency)
}

// take counts one live record, or leaves it out with the reason.
func (m *measured) take(rec *record.Record, own *marks, c clock) {
	if m.condition != nil {
		meets, err := m.condition.InterpretTest(rec)
		if err != nil {
			m.leaveOut(rec, "overflow")
			return
		}
		if !meets {
			return
		}
	}
	date := rec.Values[m.date]
	if date.IsNull() {
		m.leaveOut(rec, "no_date")
		return
	}
	persons, reason := m.stakes(rec)
	if reason != "" {
		m.leaveOut(rec, reason)
		return
	}
	at, scaled := mark{record: rec.ID, external: own.external}, int64(1)
	if m.by >= 0 {
		switch v := rec.Values[m.by]; v.Kind() {
		case value.Null:
		case value.Ref:
			at.label = fmt.Sprint(v.Ref())
		default:
			at.label = strings.Clone(v.String())
		}
		if at.label == "" && m.def.Measure.Kind == metric.Distinct {
			m.leaveOut(rec, "no_value")
			return
		}
	}
	if date.Kind() == value.Time {
		at.moment = date.Micros()
		at.day = c.dayOf(at.moment)
	} else {
		at.day = date.Day()
		at.moment = c.startOf(at.day)
	}
	if m.def.Measure.Kind != metric.Count && m.def.Measure.Kind != metric.Distinct {
		v, reason := m.amount(rec, c, at.day)
		if reason != "" {
			m.leaveOut(rec, reason)
			return
		}
		scaled = v
	}
	for _, each := range m.share(at, scaled, persons, own) {
		m.persons[each.person] = append(m.persons[each.person], int32(m.counted.size))
		m.counted.add(each)
	}
}

func (m *measured) leaveOut(rec *record.Record, reason string) {
	m.omitted = append(m.omitted, omitted{rec.ID, reason})
}

// amount is a record's value, rounded half-even to the metric's places.
func (m *measured) amount(rec *record.Record, c clock, day calendar.Day) (scaled int64, reason string) {
	if m.each != 0 {
		n, reason := m.apart(rec, c)
		if n > metric.MaxValue {
			return 0, "overflow"
		}
		return n, reason
	}
	var v *big.Rat
	if m.quantity != nil {
		q, ok, err := m.quantity.InterpretQuantity(rec)
		switch {
		case err != nil:
			return 0, "overflow"
		case !ok:
			return 0, "no_value"
		}
		v = big.NewRat(q.Num(), q.Den())
	} else {
		cell := rec.Values[m.field]
		if cell.IsNull() {
			return 0, "no_value"
		}
		v = ratOf(cell.Decimal())
	}
	if m.tender != nil {
		if v, reason = m.exchanged(v, rec, day, m.run); reason != "" {
			return 0, reason
		}
	}
	scaled, err := roundAt(v, m.scale, money.HalfEven)
	if err != nil || scaled > metric.MaxValue || scaled < -metric.MaxValue {
		return 0, "overflow"
	}
	return scaled, ""
}
