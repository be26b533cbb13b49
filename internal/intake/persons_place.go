package intake

import (
	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/problem"
)

// place gives a person its manager, team and department.
func (l *personLoad) place(p *personOf) error {
	if err := l.placeUnder(p); err != nil {
		return err
	}
	spans, moves := l.dir.SpansOf(p.id), false
	for _, of := range []struct { // in this order, so that units that are made get the same ids every time
		field string
		kind  people.UnitKind
	}{{PersonTeam, people.Team}, {PersonDepartment, people.Department}} {
		unit := func(name string) (int64, error) { return l.unit(of.kind, of.field, name) }
		stretches, err := stretchesOf(p, of.field, unit)
		if err != nil {
			return err
		}
		if len(stretches) > 0 {
			if spans, err = l.layUnits(p, of.field, spans, of.kind, stretches); err != nil {
				return err
			}
			moves = true
			continue
		}
		name := p.cell(of.field)
		if name == "" {
			continue
		}
		id, err := unit(name)
		if err != nil {
			return err
		}
		var moved bool
		if spans, moved = l.moveUnit(spans, of.kind, id, l.opts.From); moved {
			moves = true
		}
	}
	if !moves {
		return nil
	}
	changed, err := l.people.SetMemberships(l.tx, l.opts.Actor, p.id, spans)
	p.moved = p.moved || changed
	return inField(err, PersonTeam)
}

// placeUnder gives a person its manager.
func (l *personLoad) placeUnder(p *personOf) error {
	have := l.dir.ManagersOf(p.id)
	stretches, err := stretchesOf(p, PersonManager, l.manager)
	if err != nil {
		return err
	}
	var spans []people.ManagerSpan
	moves := len(stretches) > 0
	if moves {
		if spans, err = layManagers(p, have, stretches); err != nil {
			return err
		}
	} else if name := p.cell(PersonManager); name != "" {
		id, err := l.manager(name)
		if err != nil {
			return err
		}
		spans, moves = moveManager(have, id, l.opts.From)
	}
	if !moves {
		return nil
	}
	changed, err := l.people.SetManagers(l.tx, l.opts.Actor, p.id, spans)
	p.moved = p.moved || changed
	return inField(err, PersonManager)
}

// near finds the team, department or manager that a wrong name was probably meant to be.
func (l *personLoad) near(column, value string) string {
	for i := range l.columns {
		if l.columns[i].Column != column {
			continue
		}
		kind := people.Team
		switch l.columns[i].Field {
		case PersonManager:
			return nearPerson(l.dir, value)
		case PersonTeam:
		case PersonDepartment:
			kind = people.Department
		default:
			continue
		}
		return nearest(value, func(yield func(string) bool) {
			for i := range l.dir.Units() {
				if u := &l.dir.Units()[i]; u.Kind == kind && !yield(u.Name.ZH) {
					return
				}
			}
		})
	}
	return ""
}

func inField(err error, field string) error {
	if p, ok := problem.As(err); ok {
		out := *p
		out.Field = field
		return &out
	}
	return err
}

func (l *personLoad) manager(name string) (int64, error) {
	if p, ok := l.dir.PersonByKey(name); ok {
		return p.ID, nil
	}
	if p := l.persons[name]; p != nil { // made for another row
		return p.ID, nil
	}
	if !l.creates(PersonManager) {
		return 0, problem.Bad("unknown_person", PersonManager, "找不到上级 %s。请先添加此人、改写这个值，或选择“找不到就新建”。", "There is no manager %s. Add the person, correct the value, or create what is missing.", clip(name))
	}
	saved, _, err := l.people.SavePerson(l.tx, l.opts.Actor, people.Person{Name: name})
	if err != nil {
		return 0, inField(err, PersonManager)
	}
	l.persons[name] = &saved
	l.report.Persons++
	l.undo = append(l.undo, func() { delete(l.persons, name); l.report.Persons-- })
	return saved.ID, nil
}

func (l *personLoad) unit(kind people.UnitKind, field, name string) (int64, error) {
	if u, ok := l.dir.UnitByKey(kind, name); ok {
		return u.ID, nil
	}
	for i := range l.dir.Units() {
		if u := &l.dir.Units()[i]; u.Kind == kind && (u.Name.ZH == name || u.Name.EN == name) {
			return u.ID, nil
		}
	}
	made := string(kind) + "\x00" + name
	if id := l.units[made]; id != 0 {
		return id, nil
	}
	if !l.creates(field) {
		return 0, problem.Bad("unknown_unit", field, "没有团队或部门 %s。请先添加、改写这个值，或选择“找不到就新建”。", "There is no unit %s. Add it, correct the value, or create what is missing.", clip(name))
	}
	saved, _, err := l.people.SaveUnit(l.tx, l.opts.Actor, people.Unit{Kind: kind, Key: name, Name: i18n.Same(name)})
	if err != nil {
		return 0, inField(err, field)
	}
	l.units[made] = saved.ID
	l.report.Units++
	l.undo = append(l.undo, func() { delete(l.units, made); l.report.Units-- })
	return saved.ID, nil
}

// moveManager is the managers of a person with the given one from a day on; for always when there was none.
func moveManager(have []people.ManagerSpan, id int64, from calendar.Day) ([]people.ManagerSpan, bool) {
	if len(have) == 0 {
		return []people.ManagerSpan{{ManagerID: id, Window: calendar.Window{From: calendar.MinDay, To: calendar.MaxDay}}}, true
	}
	var out []people.ManagerSpan
	for _, span := range have {
		if span.ManagerID == id && span.Window.Contains(from) {
			return nil, false
		}
		if span.Window.To = min(span.Window.To, from); !span.Window.Empty() {
			out = append(out, span)
		}
	}
	return append(out, people.ManagerSpan{ManagerID: id, Window: calendar.Window{From: from, To: calendar.MaxDay}}), true
}

// moveUnit is the same for memberships in units of one kind.
func (l *personLoad) moveUnit(have []people.Span, kind people.UnitKind, id int64, from calendar.Day) ([]people.Span, bool) {
	var out []people.Span
	start := calendar.MinDay
	for _, span := range have {
		unit, ok := l.dir.Unit(span.UnitID)
		if !ok || unit.Kind != kind {
			out = append(out, span)
			continue
		}
		if span.UnitID == id && span.Window.Contains(from) {
			return have, false
		}
		start = from
		if span.Window.To = min(span.Window.To, from); !span.Window.Empty() {
			out = append(out, span)
		}
	}
	return append(out, people.Span{UnitID: id, Window: calendar.Window{From: start, To: calendar.MaxDay}}), true
}
