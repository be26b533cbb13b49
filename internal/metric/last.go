package metric

import (
	"maps"

	"laurel/internal/calendar"
	"laurel/internal/rule"
)

// windowLasts remembers the moments of last contributions in a window, by person.
type windowLasts struct {
	asked  int
	whole  bool // everybody has been read
	person map[int64]int64
	stale  map[int64]bool // of everybody, those who are not in person because theirs has moved since
}

// Last is the moment of a subject's last contribution in a window, 0 when there is none. Of different values it is the
// last that came first: one that was there before moves nothing.
func (t *Totals) Last(m *Metric, ref rule.Ref, w calendar.Window) (last int64, err error) {
	if m.Def.Measure.Kind == Distinct {
		points, err := t.Points(m, ref, w)
		for _, p := range points {
			last = max(last, p.Moment)
		}
		return last, err
	}
	if ref.Kind == rule.Person {
		return t.personLast(m, ref.ID, w)
	}
	for _, span := range t.spans(m, ref) {
		part := span.Window.Overlap(w)
		if part.Empty() {
			continue
		}
		moment, err := t.personLast(m, span.PersonID, part)
		if err != nil {
			return 0, err
		}
		last = max(last, moment)
	}
	return last, nil
}

func (t *Totals) personLast(m *Metric, personID int64, w calendar.Window) (int64, error) {
	if m.ID == draftID {
		d, err := t.draft.of(personID, w)
		return d.last, err
	}
	key := windowKey{m.ID, w}
	known := t.lasts[key]
	if known == nil {
		known = &windowLasts{person: map[int64]int64{}}
		t.lasts[key] = known
	}
	if moment, ok := known.person[personID]; ok || known.whole && !known.stale[personID] {
		return moment, nil
	}
	if known.whole {
		moment, err := t.readLast(m, personID, w)
		if err == nil {
			// others may share the map that is being read
			next := &windowLasts{whole: true, person: maps.Clone(known.person), stale: maps.Clone(known.stale)}
			next.person[personID] = moment
			delete(next.stale, personID)
			t.lasts[key] = next
		}
		return moment, err
	}
	if known.asked >= readWholeAfter {
		err := t.readLasts(m, w, known)
		return known.person[personID], err
	}
	known.asked++
	moment, err := t.readLast(m, personID, w)
	if err == nil {
		known.person[personID] = moment
	}
	return moment, err
}

// readLast reads one person's last moment. Moments rise with their days, so only the last day's need to be looked at: the key of
// cell, then index contribution_by_person.
func (t *Totals) readLast(m *Metric, personID int64, w calendar.Window) (last int64, err error) {
	to := givingTo(m.ID)
	place := func(r *row) []any { return []any{&r.moment, &r.given} }
	err = eachStored(t.tx, place, `SELECT moment, given FROM contribution WHERE object_id = $1 AND person_id = $2 AND day = (
			SELECT MAX(day) FROM cell WHERE metric_id = $3 AND person_id = $2 AND day >= $4 AND day < $5 AND records > 0)`,
		[]any{m.objectID(), personID, m.ID, int64(w.From), int64(w.To)}, func(r *row) error {
			_, _, ok, err := to.find(r.given)
			if ok {
				last = max(last, r.moment)
			}
			return err
		})
	return last, err
}

// readLasts reads everybody's last moment in a window: a look for each person, however many records there are.
func (t *Totals) readLasts(m *Metric, w calendar.Window, known *windowLasts) error {
	to := givingTo(m.ID)
	place := func(r *row) []any { return []any{&r.person, &r.moment, &r.given} }
	err := eachStored(t.tx, place, `SELECT c.person_id, c.moment, c.given
		FROM (
			SELECT p.id AS id, (
				SELECT MAX(d.day) FROM cell d WHERE d.metric_id = $1 AND d.person_id = p.id AND d.day >= $2 AND d.day < $3 AND d.records > 0) AS day
			FROM `+everybody+` p
		) l CROSS JOIN contribution c
		WHERE c.object_id = $4 AND c.person_id = l.id AND c.day = l.day`,
		[]any{m.ID, int64(w.From), int64(w.To), m.objectID()}, func(r *row) error {
			_, _, ok, err := to.find(r.given)
			if ok {
				known.person[r.person] = max(known.person[r.person], r.moment)
			}
			return err
		})
	known.whole = err == nil
	return err
}
