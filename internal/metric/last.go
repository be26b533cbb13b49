package metric

import (
	"database/sql"
	"fmt"
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
		return t.personLast(m.ID, ref.ID, w)
	}
	for _, span := range t.dir.MemberSpans(ref.ID) {
		part := span.Window.Overlap(w)
		if part.Empty() {
			continue
		}
		moment, err := t.personLast(m.ID, span.PersonID, part)
		if err != nil {
			return 0, err
		}
		last = max(last, moment)
	}
	return last, nil
}

func (t *Totals) personLast(metricID, personID int64, w calendar.Window) (int64, error) {
	if metricID == draftID {
		d, err := t.draft.of(personID, w)
		return d.last, err
	}
	key := windowKey{metricID, w}
	known := t.lasts[key]
	if known == nil {
		known = &windowLasts{person: map[int64]int64{}}
		t.lasts[key] = known
	}
	if moment, ok := known.person[personID]; ok || known.whole && !known.stale[personID] {
		return moment, nil
	}
	if known.whole {
		moment, err := t.readLast(key, personID)
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
		err := t.readLasts(key, known)
		return known.person[personID], err
	}
	known.asked++
	moment, err := t.readLast(key, personID)
	if err == nil {
		known.person[personID] = moment
	}
	return moment, err
}

// readLast reads one person's last moment. Moments rise with their days, so only the last day's need to be looked at: index
// contribution_by_person, twice.
func (t *Totals) readLast(key windowKey, personID int64) (int64, error) {
	var moment sql.NullInt64
	err := t.tx.QueryRow(`SELECT MAX(moment) FROM contribution
		WHERE metric_id = $1 AND person_id = $2 AND day = (
			SELECT MAX(day) FROM contribution WHERE metric_id = $1 AND person_id = $2 AND day >= $3 AND day < $4)`,
		key.metric, personID, int64(key.window.From), int64(key.window.To)).Scan(&moment)
	if err != nil {
		return 0, fmt.Errorf("read last contribution: %w", err)
	}
	return moment.Int64, nil
}

// readLasts reads everybody's last moment in a window: a look into the index for each person, however many records there are.
func (t *Totals) readLasts(key windowKey, known *windowLasts) error {
	query := `SELECT p.id, (
			SELECT MAX(c.moment) FROM contribution c
			WHERE c.metric_id = $1 AND c.person_id = p.id AND c.day = (
				SELECT MAX(d.day) FROM contribution d WHERE d.metric_id = $1 AND d.person_id = p.id AND d.day >= $2 AND d.day < $3))
		FROM person p`
	rows, err := t.tx.Query(query, key.metric, int64(key.window.From), int64(key.window.To)) //nolint:sqlclosecheck // eachRow closes it
	if err != nil {
		return fmt.Errorf("read last contributions: %w", err)
	}
	err = eachRow(rows, func() error {
		var id int64
		var moment sql.NullInt64
		err := rows.Scan(&id, &moment)
		if moment.Valid {
			known.person[id] = moment.Int64
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read last contributions: %w", err)
	}
	known.whole = true
	return nil
}
