package metric

import (
	"fmt"
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
func (t *Totals) values(metricID int64, ref rule.Ref, w calendar.Window) (out []int64, err error) {
	if ref.Kind == rule.Person {
		return t.personValues(out, metricID, ref.ID, w)
	}
	for _, span := range t.dir.MemberSpans(ref.ID) {
		if part := span.Window.Overlap(w); !part.Empty() {
			if out, err = t.personValues(out, metricID, span.PersonID, part); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func (t *Totals) personValues(out []int64, metricID, personID int64, w calendar.Window) ([]int64, error) {
	key := windowKey{metricID, w}
	known := t.lists[key]
	if known == nil {
		known = &windowValues{person: map[int64][]int64{}}
		t.lists[key] = known
	}
	if list, ok := known.person[personID]; ok || known.whole {
		return append(out, list...), nil
	}
	if known.asked >= readWholeAfter {
		err := t.readValues(key, known, 0)
		return append(out, known.person[personID]...), err
	}
	known.asked++
	known.person[personID] = nil
	err := t.readValues(key, known, personID)
	return append(out, known.person[personID]...), err
}

// warmValues reads everybody's values of a window, ahead of many questions about it.
func (t *Totals) warmValues(key windowKey) error {
	if known := t.lists[key]; known != nil && known.whole {
		return nil
	}
	known := &windowValues{person: map[int64][]int64{}}
	t.lists[key] = known
	return t.readValues(key, known, 0)
}

// readValues reads the values of one person, or of everybody, by index contribution_by_person.
func (t *Totals) readValues(key windowKey, known *windowValues, personID int64) error {
	query := `SELECT c.person_id, c.value
		FROM person p CROSS JOIN contribution c
		WHERE c.metric_id = $1 AND c.person_id = p.id AND c.day >= $2 AND c.day < $3`
	args := []any{key.metric, int64(key.window.From), int64(key.window.To)}
	if personID != 0 {
		query += ` AND p.id = $4`
		args = append(args, personID)
	} else {
		clear(known.person)
		known.whole = true
	}
	rows, err := t.tx.Query(query, args...) //nolint:sqlclosecheck // eachRow closes it
	if err != nil {
		return fmt.Errorf("read contributions: %w", err)
	}
	err = eachRow(rows, func() error {
		var person, value int64
		err := rows.Scan(&person, &value)
		known.person[person] = append(known.person[person], value)
		return err
	})
	if err != nil {
		return fmt.Errorf("read contributions: %w", err)
	}
	return nil
}

// natural is a counted value, which is scaled, in natural units.
func (m *Metric) natural(scaled int64) (money.Frac, error) {
	return money.NewFrac(scaled, money.Pow10(m.Scale)*m.per)
}
