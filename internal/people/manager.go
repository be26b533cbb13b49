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

// ManagerSpan says who manages a person for a window of days. A person has at most one manager on any day.
type ManagerSpan struct {
	ID        int64           `json:"id"`
	PersonID  int64           `json:"person_id"`
	ManagerID int64           `json:"manager_id"`
	Window    calendar.Window `json:"window"`
}

// SetManagers replaces all managers of a person, past and future, and reports whether anything changed. The spans' ids
// and persons are not looked at. Spans of one manager that overlap or touch become one.
// Problems: person_not_found, manager_self, manager_overlap, manager_circle, window_empty, day_out_of_range, too_many_spans.
func (s *Store) SetManagers(tx *db.Tx, actor record.Actor, personID int64, spans []ManagerSpan) (changed bool, err error) {
	person, err := loadPerson(tx, personID)
	if err != nil {
		return false, err
	}
	if err := checkManagers(tx, &person, spans); err != nil {
		return false, err
	}
	before, err := loadManagers(tx, personID)
	if err != nil {
		return false, err
	}
	after, overlap := normaliseManagers(personID, spans)
	if overlap != nil {
		return false, overlap
	}
	same := func(a, b ManagerSpan) bool { return a.ManagerID == b.ManagerID && a.Window == b.Window }
	if slices.EqualFunc(before, after, same) {
		return false, nil
	}
	up := ladder{load: func(id int64) ([]ManagerSpan, error) { return loadManagers(tx, id) }, read: map[int64][]ManagerSpan{}}
	day, circle, err := up.circle(personID, after)
	if err != nil {
		return false, err
	}
	if circle {
		return false, problem.Bad("manager_circle", "", "%s 当天会形成循环汇报，请先调整上级的上级",
			"On %s this would make a circle of managers; change the manager's own manager first", day)
	}
	if err := replaceManagers(tx, personID, after); err != nil {
		return false, err
	}
	return true, s.logChange(tx, actor, objectManager, personID, managerList{before}, managerList{after})
}

// managerList is how managers stand in the change log.
type managerList struct {
	Spans []ManagerSpan `json:"spans"`
}

func replaceManagers(tx *db.Tx, personID int64, spans []ManagerSpan) error {
	if _, err := tx.Exec(`DELETE FROM manager WHERE person_id = $1`, personID); err != nil {
		return fmt.Errorf("clear the managers of person %d: %w", personID, err)
	}
	if len(spans) == 0 {
		return nil
	}
	id, err := tx.NextID(int64(len(spans)))
	if err != nil {
		return err
	}
	rows := make([][]any, len(spans))
	for i := range spans {
		spans[i].ID = id + int64(i)
		rows[i] = []any{spans[i].ID, personID, spans[i].ManagerID, int64(spans[i].Window.From), int64(spans[i].Window.To)}
	}
	if err := db.InsertRows(tx, "manager", []string{"id", "person_id", "manager_id", "from_day", "to_day"}, rows); err != nil {
		return fmt.Errorf("save the managers of person %d: %w", personID, err)
	}
	return nil
}

func checkManagers(tx *db.Tx, person *Person, spans []ManagerSpan) error {
	if len(spans) > maxSpans {
		return tooManySpans()
	}
	known := map[int64]bool{}
	for i, span := range spans {
		field := fmt.Sprintf("[%d]", i)
		if p := checkWindow(field, span.Window); p != nil {
			return p
		}
		if span.ManagerID == person.ID {
			return problem.Bad("manager_self", field+".manager_id", "%s不能是自己的上级，请选择别人", "%s cannot be their own manager; choose somebody else", person.Name)
		}
		if known[span.ManagerID] {
			continue
		}
		if _, err := loadPerson(tx, span.ManagerID); err != nil {
			if p, ok := problem.As(err); ok {
				return p.In(field + ".manager_id")
			}
			return err
		}
		known[span.ManagerID] = true
	}
	return nil
}

// normaliseManagers is the same as the fewest spans in the order of time, or the problem that two managers share a day.
func normaliseManagers(personID int64, spans []ManagerSpan) ([]ManagerSpan, *problem.Error) {
	byManager := map[int64][]calendar.Window{}
	for _, span := range spans {
		byManager[span.ManagerID] = append(byManager[span.ManagerID], span.Window)
	}
	out := []ManagerSpan{}
	for manager, windows := range byManager {
		for _, w := range mergeWindows(windows) {
			out = append(out, ManagerSpan{PersonID: personID, ManagerID: manager, Window: w})
		}
	}
	slices.SortFunc(out, func(a, b ManagerSpan) int { return cmp.Compare(a.Window.From, b.Window.From) })
	for i := 1; i < len(out); i++ {
		if day := out[i].Window.From; day < out[i-1].Window.To {
			return nil, problem.Bad("manager_overlap", "", "%s 当天有两位上级，请让前一位先结束",
				"There are two managers on %s; end the first before the second begins", day)
		}
	}
	return out, nil
}

// ladder climbs from person to manager, reading each person's managers once.
type ladder struct {
	load func(personID int64) ([]ManagerSpan, error)
	read map[int64][]ManagerSpan
}

// circle looks for a day on which these managers of a person, or theirs, report to the person.
func (l ladder) circle(personID int64, managers []ManagerSpan) (calendar.Day, bool, error) {
	for _, span := range managers {
		if day, found, err := l.leadsTo(span.ManagerID, personID, span.Window); found || err != nil {
			return day, found, err
		}
	}
	return 0, false, nil
}

// leadsTo looks for a day in the window on which the chain of managers above start holds target. It ends because the
// chain on record has no circle and is not followed beyond target, and each step only narrows the window.
func (l ladder) leadsTo(start, target int64, w calendar.Window) (calendar.Day, bool, error) {
	if start == target {
		return w.From, true, nil
	}
	spans, ok := l.read[start]
	if !ok {
		var err error
		if spans, err = l.load(start); err != nil {
			return 0, false, err
		}
		l.read[start] = spans
	}
	for _, span := range spans {
		shared := span.Window.Overlap(w)
		if shared.Empty() {
			continue
		}
		if day, found, err := l.leadsTo(span.ManagerID, target, shared); found || err != nil {
			return day, found, err
		}
	}
	return 0, false, nil
}

const managerColumns = `id, person_id, manager_id, from_day, to_day`

// loadManagers reads the managers of one person in order, by index manager_person, or with person 0 of everybody.
func loadManagers(tx *db.Tx, personID int64) ([]ManagerSpan, error) {
	where, args := ``, []any{}
	if personID != 0 {
		where, args = ` WHERE person_id = $1`, []any{personID}
	}
	rows, err := tx.Query(`SELECT `+managerColumns+` FROM manager`+where+` ORDER BY person_id, from_day`, args...)
	if err != nil {
		return nil, fmt.Errorf("load managers: %w", err)
	}
	defer rows.Close()
	out := []ManagerSpan{}
	for rows.Next() {
		var m ManagerSpan
		if err := rows.Scan(&m.ID, &m.PersonID, &m.ManagerID, &m.Window.From, &m.Window.To); err != nil {
			return nil, fmt.Errorf("load managers: %w", err)
		}
		out = append(out, m)
	}
	return out, rows.Err()
}
