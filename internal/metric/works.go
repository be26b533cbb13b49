package metric

import (
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/rule"
)

// workKey names the rows of an object's contributions in a window: several plans and metrics ask for the same ones.
type workKey struct {
	object int64
	window calendar.Window
}

// work remembers such rows by person: record, moment, day, ext and given of each.
type work struct {
	asked  int
	rows   int
	whole  bool // everybody has been read
	person map[int64][]row
}

// keptRows bounds the rows that are remembered, of about 150 bytes each. A quarter's of ten million records in two years fit in:
// of what does not, every plan reads the rows again, each from a page of its own.
const keptRows = 1_500_000

// personPoints appends what a person has contributed to a metric in a window, in no order.
func (t *Totals) personPoints(points []rule.Point, m *Metric, personID int64, w calendar.Window) ([]rule.Point, error) {
	rows, err := t.personRows(m.objectID(), personID, w)
	if err != nil {
		return nil, err
	}
	to := givingTo(m.ID)
	if points == nil {
		points = make([]rule.Point, 0, len(rows))
	}
	for i := range rows {
		r := &rows[i]
		value, label, ok, err := to.find(r.given)
		if err != nil {
			return nil, err
		}
		if ok {
			points = append(points, rule.Point{PersonID: personID, RecordID: r.record, Moment: r.moment, Key: r.ext, Value: value, Label: label})
		}
	}
	return slices.Clip(points), nil
}

func (t *Totals) personRows(object, personID int64, w calendar.Window) ([]row, error) {
	key := workKey{object, w}
	known := t.works[key]
	if known == nil {
		known = &work{person: map[int64][]row{}}
		t.works[key] = known
	}
	if rows, ok := known.person[personID]; ok || known.whole {
		return rows, nil
	}
	if rows, ok := t.rowsAround(key, personID); ok {
		return rows, nil
	}
	if t.worthWhole(known) {
		for _, rows := range known.person {
			t.kept -= len(rows)
		}
		known.person, known.whole = map[int64][]row{}, true
		err := t.readWork(key, 0, func(r *row) {
			known.person[r.person] = append(known.person[r.person], *r)
			t.kept++
		})
		return known.person[personID], err
	}
	var rows []row
	if err := t.readWork(key, personID, func(r *row) { rows = append(rows, *r) }); err != nil {
		return nil, err
	}
	known.asked++
	known.rows += len(rows)
	if t.kept+len(rows) <= keptRows {
		t.kept += len(rows)
		known.person[personID] = rows
	}
	return rows, nil
}

// ForgetWork makes room: it drops the rows of windows that ended by a day, which who goes through periods in the order of time
// has done with.
func (t *Totals) ForgetWork(day calendar.Day) {
	for key, known := range t.works {
		if key.window.To <= day {
			for _, rows := range known.person {
				t.kept -= len(rows)
			}
			delete(t.works, key)
		}
	}
}

// rowsAround picks a window's rows out of those of a longer one, such as a month's out of the quarter's.
func (t *Totals) rowsAround(key workKey, personID int64) (out []row, ok bool) {
	for longer, known := range t.works {
		if longer.object != key.object || longer.window.From > key.window.From || longer.window.To < key.window.To || longer == key {
			continue
		}
		rows, read := known.person[personID]
		if !read && !known.whole {
			continue
		}
		for i := range rows {
			if key.window.Contains(rows[i].day) {
				out = append(out, rows[i])
			}
		}
		return out, true
	}
	return nil, false
}

// worthWhole reports whether so many persons of a window have been asked for that everybody is read at once: at least a
// quarter, so that it is not much more than what is asked for, and not too much to remember.
func (t *Totals) worthWhole(known *work) bool {
	all := len(t.dir.Persons())
	return known.asked >= readWholeAfter && known.asked*4 >= all && t.kept+known.rows/known.asked*all <= keptRows
}

// readWork reads the rows of one person, or of everybody, by index contribution_by_person.
func (t *Totals) readWork(key workKey, personID int64, fn func(*row)) error {
	query := `SELECT c.person_id, c.record_id, c.moment, c.day, c.ext, c.given
		FROM ` + everybody + ` p CROSS JOIN contribution c
		WHERE c.object_id = $1 AND c.person_id = p.id AND c.day >= $2 AND c.day < $3`
	args := []any{key.object, int64(key.window.From), int64(key.window.To)}
	if personID != 0 {
		query = `SELECT person_id, record_id, moment, day, ext, given
		FROM contribution WHERE object_id = $1 AND day >= $2 AND day < $3 AND person_id = $4`
		args = append(args, personID)
	}
	place := func(r *row) []any { return []any{&r.person, &r.record, &r.moment, &r.day, &r.ext, &r.given} }
	return eachStored(t.tx, place, query, args, func(r *row) error {
		fn(r)
		return nil
	})
}
