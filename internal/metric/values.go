package metric

import (
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// windowValues remembers the values of single contributions in a window, by person.
type windowValues struct {
	asked  int
	whole  bool // everybody has been read
	person map[int64][]int64
}

// single is the smallest, largest, middle or n-th value among a subject's contributions; there is none among nothing.
func (t *Totals) single(m *Metric, ref rule.Ref, w calendar.Window) (v money.Frac, ok bool, err error) {
	values, err := t.valuesOnce(m, ref, w)
	if err != nil {
		return v, false, err
	}
	return m.pick(values)
}

// pick is the smallest, largest, middle or n-th of some values, which it sorts.
func (m *Metric) pick(values []int64) (v money.Frac, ok bool, err error) {
	if len(values) == 0 {
		return v, false, nil
	}
	slices.Sort(values)
	n := len(values)
	at := func(i int) (money.Frac, error) { return m.natural(values[i]) }
	switch m.Def.Measure.Kind {
	case Min:
		v, err = at(0)
	case Max:
		v, err = at(n - 1)
	case Percentile:
		var place money.Frac
		if place, err = m.percent.Mul(money.Whole(int64(n))); err == nil {
			place, err = place.Div(money.Whole(100))
		}
		if err == nil {
			v, err = at(int(place.Ceil()) - 1)
		}
	default:
		if v, err = at(n / 2); err != nil || n%2 == 1 {
			break
		}
		var low money.Frac
		if low, err = at(n/2 - 1); err == nil {
			v, err = mean(low, v)
		}
	}
	return v, err == nil, err
}

func mean(a, b money.Frac) (money.Frac, error) {
	sum, err := a.Add(b)
	if err != nil {
		return sum, err
	}
	return sum.Div(money.Whole(2))
}

// values lists the values of a subject's contributions in a window, in no order. The caller may sort the list.
func (t *Totals) values(m *Metric, ref rule.Ref, w calendar.Window) (out []int64, err error) {
	if ref.Kind == rule.Person {
		return t.personValues(out, m, ref.ID, w)
	}
	for _, span := range t.spans(m, ref) {
		if part := span.Window.Overlap(w); !part.Empty() {
			if out, err = t.personValues(out, m, span.PersonID, part); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func (t *Totals) personValues(out []int64, m *Metric, personID int64, w calendar.Window) ([]int64, error) {
	key := windowKey{m.ID, w}
	known := t.lists[key]
	if known == nil {
		known = &windowValues{person: map[int64][]int64{}}
		t.lists[key] = known
	}
	if list, ok := known.person[personID]; ok || known.whole {
		return append(out, list...), nil
	}
	if known.asked >= readWholeAfter {
		err := t.readValues(m, w, known, 0)
		return append(out, known.person[personID]...), err
	}
	known.asked++
	known.person[personID] = nil
	err := t.readValues(m, w, known, personID)
	return append(out, known.person[personID]...), err
}

// warmValues reads everybody's values of a window, ahead of many questions about it.
func (t *Totals) warmValues(m *Metric, w calendar.Window) error {
	key := windowKey{m.ID, w}
	if known := t.lists[key]; known != nil && known.whole {
		return nil
	}
	known := &windowValues{person: map[int64][]int64{}}
	t.lists[key] = known
	return t.readValues(m, w, known, 0)
}

// readValues reads the values of one person, or of everybody.
func (t *Totals) readValues(m *Metric, w calendar.Window, known *windowValues, personID int64) error {
	if personID == 0 {
		clear(known.person)
		known.whole = true
	}
	return t.eachGiven(m, w, personID, func(person, value int64, _ string) {
		known.person[person] = append(known.person[person], value)
	})
}

// eachGiven reads what one person, or everybody, has contributed to a metric in a window, in no order, by index
// contribution_by_person.
func (t *Totals) eachGiven(m *Metric, w calendar.Window, personID int64, fn func(person, value int64, label string)) error {
	query := `SELECT c.person_id, c.given
		FROM ` + everybody + ` p CROSS JOIN contribution c
		WHERE c.object_id = $1 AND c.person_id = p.id AND c.day >= $2 AND c.day < $3`
	args := []any{m.objectID(), int64(w.From), int64(w.To)}
	if personID != 0 {
		query += ` AND p.id = $4`
		args = append(args, personID)
	}
	to := givingTo(m.ID)
	place := func(r *row) []any { return []any{&r.person, &r.given} }
	return eachStored(t.tx, place, query, args, func(r *row) error {
		value, label, ok, err := to.find(r.given)
		if ok {
			fn(r.person, value, label)
		}
		return err
	})
}

// natural is a counted value, which is scaled, in natural units.
func (m *Metric) natural(scaled int64) (money.Frac, error) {
	return money.NewFrac(scaled, money.Pow10(m.Scale)*m.per)
}
