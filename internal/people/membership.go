package people

import (
	"cmp"
	"fmt"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Span says that a person belongs to a unit for a window of days. An open end is calendar.MaxDay.
type Span struct {
	ID       int64           `json:"id"` // of the stored row; 0 where the span was put together from several
	PersonID int64           `json:"person_id"`
	UnitID   int64           `json:"unit_id"`
	Window   calendar.Window `json:"window"`
	Lead     bool            `json:"lead"` // the person leads the unit
}

// SetMemberships replaces all memberships of a person, past and future, and reports whether anything changed. The
// spans' ids and persons are not looked at. Spans of one unit that overlap or touch become one; days on which one of
// them leads are kept apart as days of leading.
// Problems: person_not_found, unit_not_found, window_empty, day_out_of_range, too_many_spans.
func (s *Store) SetMemberships(tx *db.Tx, actor record.Actor, personID int64, spans []Span) (changed bool, err error) {
	if _, err := loadPerson(tx, personID); err != nil {
		return false, err
	}
	if err := checkSpans(tx, spans); err != nil {
		return false, err
	}
	before, err := loadSpans(tx, personID)
	if err != nil {
		return false, err
	}
	after := normaliseSpans(personID, spans)
	kept := map[Span]int64{} // span without its id → id
	for _, span := range before {
		id := span.ID
		span.ID = 0
		kept[span] = id
	}
	var fresh []*Span
	for i := range after {
		if id, ok := kept[after[i]]; ok {
			delete(kept, after[i])
			after[i].ID = id
		} else {
			fresh = append(fresh, &after[i])
		}
	}
	if len(fresh) == 0 && len(kept) == 0 {
		return false, nil
	}
	for _, id := range kept {
		if _, err := tx.Exec(`DELETE FROM membership WHERE id = $1`, id); err != nil {
			return false, fmt.Errorf("end membership %d: %w", id, err)
		}
	}
	if err := insertSpans(tx, fresh); err != nil {
		return false, err
	}
	return true, s.logChange(tx, actor, objectMembership, personID, spanList{before}, spanList{after})
}

// spanList is how memberships stand in the change log.
type spanList struct {
	Spans []Span `json:"spans"`
}

func insertSpans(tx *db.Tx, spans []*Span) error {
	if len(spans) == 0 {
		return nil
	}
	id, err := tx.NextID(int64(len(spans)))
	if err != nil {
		return err
	}
	rows := make([][]any, len(spans))
	for i, span := range spans {
		span.ID = id + int64(i)
		rows[i] = []any{span.ID, span.PersonID, span.UnitID, int64(span.Window.From), int64(span.Window.To), span.Lead}
	}
	err = db.InsertRows(tx, "membership", []string{"id", "person_id", "unit_id", "from_day", "to_day", "lead"}, rows)
	if err != nil {
		return fmt.Errorf("save memberships: %w", err)
	}
	return nil
}

func checkSpans(tx *db.Tx, spans []Span) error {
	if len(spans) > maxSpans {
		return tooManySpans()
	}
	known := map[int64]bool{}
	for i, span := range spans {
		field := fmt.Sprintf("[%d]", i)
		if p := checkWindow(field, span.Window); p != nil {
			return p
		}
		if known[span.UnitID] {
			continue
		}
		if _, err := loadUnit(tx, span.UnitID, field+".unit_id"); err != nil {
			return err
		}
		known[span.UnitID] = true
	}
	return nil
}

func tooManySpans() *problem.Error {
	return problem.New(problem.TooLarge, "too_many_spans", "", "每人最多 %d 段记录", "At most %d entries a person", maxSpans)
}

// normaliseSpans is the same memberships as the fewest disjoint spans, ordered by beginning, then unit.
func normaliseSpans(personID int64, spans []Span) []Span {
	all, leading := map[int64][]calendar.Window{}, map[int64][]calendar.Window{}
	for _, span := range spans {
		all[span.UnitID] = append(all[span.UnitID], span.Window)
		if span.Lead {
			leading[span.UnitID] = append(leading[span.UnitID], span.Window)
		}
	}
	out := []Span{}
	for unit, windows := range all {
		lead := mergeWindows(leading[unit])
		for _, w := range lead {
			out = append(out, Span{PersonID: personID, UnitID: unit, Window: w, Lead: true})
		}
		for _, w := range subtractWindows(mergeWindows(windows), lead) {
			out = append(out, Span{PersonID: personID, UnitID: unit, Window: w})
		}
	}
	slices.SortFunc(out, func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.Window.From, b.Window.From), cmp.Compare(a.UnitID, b.UnitID))
	})
	return out
}

const spanColumns = `id, person_id, unit_id, from_day, to_day, lead`

// loadSpans reads the memberships of one person in order, by index membership_person, or with person 0 of everybody.
func loadSpans(tx *db.Tx, personID int64) ([]Span, error) {
	where, args := ``, []any{}
	if personID != 0 {
		where, args = ` WHERE person_id = $1`, []any{personID}
	}
	rows, err := tx.Query(`SELECT `+spanColumns+` FROM membership`+where+` ORDER BY person_id, from_day, unit_id`, args...)
	if err != nil {
		return nil, fmt.Errorf("load memberships: %w", err)
	}
	defer rows.Close()
	out := []Span{}
	for rows.Next() {
		var m Span
		if err := rows.Scan(&m.ID, &m.PersonID, &m.UnitID, &m.Window.From, &m.Window.To, &m.Lead); err != nil {
			return nil, fmt.Errorf("load memberships: %w", err)
		}
		out = append(out, m)
	}
	return out, rows.Err()
}
