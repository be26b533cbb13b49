package intake

import (
	"cmp"
	"fmt"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/problem"
)

// fieldDays are a field and the fields of its days.
type fieldDays struct{ field, from, to string }

// timed are the fields of a person that hold for a time, with the fields of their first and their last day. The last day still
// counts, as it does for whoever leaves and in the tables of personnel departments.
var timed = []fieldDays{
	{PersonPosition, "position_from", "position_to"},
	{PersonTeam, "team_from", "team_to"},
	{PersonDepartment, "department_from", "department_to"},
	{PersonManager, "manager_from", "manager_to"},
}

func dayFields(field string) fieldDays {
	return timed[slices.IndexFunc(timed, func(t fieldDays) bool { return t.field == field })]
}

// isPersonDay reports whether a field is a day.
func isPersonDay(field string) bool {
	for _, t := range timed {
		if field == t.from || field == t.to {
			return true
		}
	}
	return field == PersonJoined || field == PersonLeft
}

// isLastDay reports whether a field is the last day of something that holds for a time.
func isLastDay(field string) bool {
	return slices.ContainsFunc(timed, func(t fieldDays) bool { return t.to == field })
}

// lasts reports whether a cell says in words, in place of a last day, that there is none.
func lasts(c Cell) bool {
	switch plainName(c.Text) {
	case "至今", "今", "现在", "present", "now", "current", "ongoing":
		return true
	}
	return false
}

// personOf is what the file says of one person: a row, or a row for each stretch of time.
type personOf struct {
	rows  []*personRow
	id    int64
	fresh bool
	moved bool
	at    *personRow // that has the problem at hand; unknown: the last row with the field
}

// byPerson joins the rows of each person, in the order of the first ones. Without columns of days everybody has one row.
func (l *personLoad) byPerson(rows []*personRow) []*personOf {
	stretched := slices.ContainsFunc(l.columns, func(c ColumnMapping) bool {
		return isPersonDay(c.Field) && c.Field != PersonJoined && c.Field != PersonLeft
	})
	var out []*personOf
	of := map[string]*personOf{}
	for _, row := range rows {
		identity := cmp.Or(row.cells[PersonKey], row.cells[PersonName])
		if p := of[identity]; p != nil && stretched && identity != "" {
			p.rows = append(p.rows, row)
			continue
		}
		of[identity] = &personOf{rows: []*personRow{row}}
		out = append(out, of[identity])
	}
	return out
}

// cell is what the first row that says anything says of a field.
func (p *personOf) cell(field string) string {
	for _, row := range p.rows {
		if v := row.cells[field]; v != "" {
			return v
		}
	}
	return ""
}

func (p *personOf) last(field string) *personRow {
	for _, row := range slices.Backward(p.rows) {
		if row.cells[field] != "" {
			return row
		}
	}
	return p.rows[len(p.rows)-1]
}

// agree refuses rows of one person that contradict each other in what holds without dates.
func (p *personOf) agree() error {
	for _, row := range p.rows {
		for _, field := range []string{PersonName, PersonEmail, PersonJoined, PersonLeft} {
			if first := p.first(field); row.cells[field] != "" && row.cells[field] != first.cells[field] {
				return p.disagree(row, first, field)
			}
		}
		for _, t := range timed {
			first := p.first(t.field)
			undated := row.cells[t.from] == "" && row.cells[t.to] == ""
			if undated && row.cells[t.field] != "" && row.cells[t.field] != first.cells[t.field] &&
				first.cells[t.from] == "" && first.cells[t.to] == "" {
				return p.disagree(row, first, t.field)
			}
		}
	}
	return nil
}

func (p *personOf) first(field string) *personRow {
	for _, row := range p.rows {
		if row.cells[field] != "" {
			return row
		}
	}
	return p.rows[0]
}

func (p *personOf) disagree(row, first *personRow, field string) error {
	p.at = row
	return problem.Bad("rows_disagree", field, "同一个人在第 %d 行的这一列是“%s”。请统一；随时间变化的请每一行都填起止日期。",
		"Line %d says %q of the same person. Make them agree; what changed in time needs days in each row.", first.line, clip(first.shown[field]))
}

// told is a stretch as a row tells it, to is the day after the last. What the row leaves open is nil.
type told[T comparable] struct {
	of       T
	from, to *calendar.Day
	row      *personRow
}

// begins orders what rows tell in time.
func (t *told[T]) begins() calendar.Day {
	if t.from != nil {
		return *t.from
	}
	return *t.to - 1
}

// stretchesOf are the stretches that a person's rows tell of a field, in the order of time; none where they give no days.
func stretchesOf[T comparable](p *personOf, field string, find func(name string) (T, error)) ([]told[T], error) {
	days := dayFields(field)
	var out []told[T]
	var undated *personRow
	for _, row := range p.rows {
		p.at = row
		t := told[T]{row: row}
		var err error
		if t.from, err = dayOr(row.cells[days.from], nil); err != nil {
			return nil, err
		}
		if t.to, err = dayOr(row.cells[days.to], nil); err != nil {
			return nil, err
		}
		if t.to != nil && *t.to == calendar.MaxDay { // 9999-12-31, as systems of personnel say that it lasts
			t.to = nil
		} else if t.to != nil {
			next := *t.to + 1
			t.to = &next
		}
		name := row.cells[field]
		if t.from == nil && t.to == nil {
			if name != "" {
				undated = row
			}
			continue
		}
		if name == "" {
			return nil, problem.Bad("day_of_nothing", field, "填了日期，但没有填这是谁或哪一个。请补上，或清空日期。", "There are days here, but not of what. Fill it in, or clear the days.")
		}
		if t.from != nil && t.to != nil && *t.to <= *t.from {
			return nil, problem.Bad("window_empty", days.to, "最后一天早于第一天（%s），请更正。", "The last day lies before the first (%s). Correct one of them.", *t.from)
		}
		if t.of, err = find(name); err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(out, t.same) {
			out = append(out, t)
		}
	}
	if undated != nil && len(out) > 0 {
		p.at = undated
		return nil, problem.Bad("required", days.from, "此人的其他行填了日期，这一行也请填写第一天。", "Other rows of this person have days. Fill in the first day here, too.")
	}
	slices.SortStableFunc(out, func(a, b told[T]) int { return cmp.Compare(a.begins(), b.begins()) })
	for i := 1; i < len(out); i++ {
		before, after := &out[i-1], &out[i]
		p.at = after.row
		switch {
		case before.to == nil && after.from == nil:
			return nil, problem.Bad("required", days.from, "请填写第一天：第 %d 行没有写最后一天。", "Fill in the first day: line %d has no last day.", before.row.line)
		case after.from != nil && (*after.from == before.begins() && before.from != nil || before.to != nil && *after.from < *before.to),
			after.from == nil && *before.to >= *after.to:
			return nil, problem.Bad("stretches_overlap", days.from, "与第 %d 行有重叠的日子。“止”是最后一天，下一段从第二天开始；同一天只能有一个。",
				"Shares days with line %d. The end is the last day, and what follows begins the day after; there is one on any day.", before.row.line)
		}
	}
	p.at = nil
	return out, nil
}

func (t *told[T]) same(other told[T]) bool {
	equal := func(a, b *calendar.Day) bool { return a == b || a != nil && b != nil && *a == *b }
	return t.of == other.of && equal(t.from, other.from) && equal(t.to, other.to)
}

// dayOr is the day of a cell, or what is there where the cell says none.
func dayOr(cell string, there *calendar.Day) (*calendar.Day, error) {
	if cell == "" {
		return there, nil
	}
	day, err := calendar.ParseDay(cell)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", cell, err)
	}
	return &day, nil
}
