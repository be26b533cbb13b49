package metric

import (
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
		labels, err := t.personLabels(m, ref.ID, w)
		return money.Whole(int64(len(labels))), err == nil, err
	}
	seen := map[string]bool{}
	for _, span := range t.spans(m, ref) {
		part := span.Window.Overlap(w)
		if part.Empty() {
			continue
		}
		labels, err := t.personLabels(m, span.PersonID, part)
		if err != nil {
			return v, false, err
		}
		for _, l := range labels {
			seen[l] = true
		}
	}
	return money.Whole(int64(len(seen))), true, nil
}

func (t *Totals) personLabels(m *Metric, personID int64, w calendar.Window) ([]string, error) {
	key := windowKey{m.ID, w}
	known := t.labels[key]
	if known == nil {
		known = &windowLabels{person: map[int64][]string{}}
		t.labels[key] = known
	}
	if list, ok := known.person[personID]; ok || known.whole {
		return list, nil
	}
	if known.asked >= readWholeAfter {
		err := t.readLabels(m, w, known, 0)
		return known.person[personID], err
	}
	known.asked++
	known.person[personID] = nil
	err := t.readLabels(m, w, known, personID)
	return known.person[personID], err
}

// warmLabels reads everybody's different values of a window.
func (t *Totals) warmLabels(m *Metric, w calendar.Window) error {
	key := windowKey{m.ID, w}
	if known := t.labels[key]; known != nil && known.whole {
		return nil
	}
	known := &windowLabels{person: map[int64][]string{}}
	t.labels[key] = known
	return t.readLabels(m, w, known, 0)
}

// readLabels reads the different values of one person, or of everybody.
func (t *Totals) readLabels(m *Metric, w calendar.Window, known *windowLabels, personID int64) error {
	if personID == 0 {
		clear(known.person)
		known.whole = true
	}
	type mention struct {
		person int64
		label  string
	}
	seen := map[mention]bool{}
	return t.eachGiven(m, w, personID, func(person, _ int64, label string) {
		if at := (mention{person, label}); !seen[at] {
			seen[at] = true
			known.person[person] = append(known.person[person], label)
		}
	})
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
