package metric

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// compileDistinct finds the field whose different values are counted. They are kept as the contributions' labels.
func (m *Metric) compileDistinct(field func(path, key string, types ...string) int) (bad []*problem.Error) {
	if m.Def.By != "" {
		bad = append(bad, problem.Bad("needless", "by", "去重计数按它自己的字段区分记录，不用再填 by", "different values tell records apart by themselves: leave by out"))
	}
	m.by = field("measure.value", m.Def.Measure.Value, "text", "choice", "relation", "person", "number", "autonumber", "date", "bool")
	return bad
}

// windowLabels remembers the different values in a window, by person.
type windowLabels struct {
	asked  int
	whole  bool // everybody has been read
	person map[int64][]string
}

// distinct counts the different values among a subject's contributions.
func (t *Totals) distinct(m *Metric, ref rule.Ref, w calendar.Window) (v money.Frac, ok bool, err error) {
	if ref.Kind == rule.Person {
		labels, err := t.personLabels(m.ID, ref.ID, w)
		return money.Whole(int64(len(labels))), err == nil, err
	}
	seen := map[string]bool{}
	for _, span := range t.dir.MemberSpans(ref.ID) {
		part := span.Window.Overlap(w)
		if part.Empty() {
			continue
		}
		labels, err := t.personLabels(m.ID, span.PersonID, part)
		if err != nil {
			return v, false, err
		}
		for _, l := range labels {
			seen[l] = true
		}
	}
	return money.Whole(int64(len(seen))), true, nil
}

func (t *Totals) personLabels(metricID, personID int64, w calendar.Window) ([]string, error) {
	key := windowKey{metricID, w}
	known := t.labels[key]
	if known == nil {
		known = &windowLabels{person: map[int64][]string{}}
		t.labels[key] = known
	}
	if list, ok := known.person[personID]; ok || known.whole {
		return list, nil
	}
	if known.asked >= readWholeAfter {
		err := t.readLabels(key, known, 0)
		return known.person[personID], err
	}
	known.asked++
	known.person[personID] = nil
	err := t.readLabels(key, known, personID)
	return known.person[personID], err
}

// warmLabels reads everybody's different values of a window.
func (t *Totals) warmLabels(key windowKey) error {
	if known := t.labels[key]; known != nil && known.whole {
		return nil
	}
	known := &windowLabels{person: map[int64][]string{}}
	t.labels[key] = known
	return t.readLabels(key, known, 0)
}

// readLabels reads the different values of one person, or of everybody, by index contribution_by_person.
func (t *Totals) readLabels(key windowKey, known *windowLabels, personID int64) error {
	query := `SELECT DISTINCT c.person_id, c.label
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
		return fmt.Errorf("read different values: %w", err)
	}
	err = eachRow(rows, func() error {
		var person int64
		var label string
		err := rows.Scan(&person, &label)
		known.person[person] = append(known.person[person], label)
		return err
	})
	if err != nil {
		return fmt.Errorf("read different values: %w", err)
	}
	return nil
}

// firstOfEach keeps the first point of each label in the order of time: those that make the number of different values.
func firstOfEach(points []rule.Point) []rule.Point {
	seen := map[string]bool{}
	var out []rule.Point
	for _, p := range rule.SortPoints(points) {
		if !seen[p.Label] {
			seen[p.Label] = true
			out = append(out, p)
		}
	}
	return out
}
