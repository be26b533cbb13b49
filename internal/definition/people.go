package definition

import (
	"fmt"

	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/problem"
)

// units are saved in two rounds, so that one may name a parent that comes later.
func (a *applying) units(f *File) error {
	a.out.Units = len(f.Departments) + len(f.Teams)
	lists := []struct {
		place string
		kind  people.UnitKind
		units []Unit
	}{{"departments", people.Department, f.Departments}, {"teams", people.Team, f.Teams}}
	changed := map[people.Unit]bool{}
	for _, withParent := range []bool{false, true} {
		for _, list := range lists {
			for i, u := range list.units {
				if withParent && u.Parent == "" {
					continue
				}
				unit, did, err := a.unit(list.kind, u, withParent)
				if err != nil {
					return at(err, list.place, i)
				}
				id := people.Unit{Kind: unit.Kind, Key: unit.Key}
				if did && !changed[id] {
					changed[id] = true
					a.note(true, i18n.T("部门或团队", "unit"), unit.Key)
				}
			}
		}
	}
	return nil
}

func (a *applying) unit(kind people.UnitKind, u Unit, withParent bool) (people.Unit, bool, error) {
	dir, err := a.People.Directory(a.tx)
	if err != nil {
		return people.Unit{}, false, err
	}
	unit := people.Unit{Key: u.Key, Kind: kind, Name: u.Name}
	if unit.Name.IsZero() {
		unit.Name = i18n.Same(u.Key)
	}
	if old, ok := dir.UnitByKey(kind, u.Key); ok {
		unit.ID, unit.ParentID = old.ID, old.ParentID
	}
	if withParent {
		parent, ok := dir.UnitByKey(kind, u.Parent)
		if !ok && kind == people.Team {
			parent, ok = dir.UnitByKey(people.Department, u.Parent)
		}
		if !ok {
			return unit, false, problem.Bad("unknown_unit", "parent", "没有标识为 %q 的上级", "there is no unit %q", u.Parent)
		}
		unit.ParentID = parent.ID
	}
	return a.People.SaveUnit(a.tx, a.actor, unit)
}

// persons are saved first and then placed, so that a manager may come later in the file than the managed.
func (a *applying) persons(f *File) error {
	a.out.Persons = len(f.Persons)
	dir, err := a.People.Directory(a.tx)
	if err != nil {
		return err
	}
	ids := make([]int64, len(f.Persons))
	changed := make([]bool, len(f.Persons))
	for i, p := range f.Persons {
		person := people.Person{Key: p.Key, Name: p.Name, Email: p.Email, Position: p.Position, JoinedOn: p.JoinedOn, LeftOn: p.LeftOn}
		for _, h := range p.Positions {
			person.Positions = append(person.Positions, people.Held(h))
		}
		if person.Name == "" {
			person.Name = p.Key
		}
		if old, ok := dir.PersonByKey(p.Key); ok && old.Key == p.Key {
			person.ID = old.ID
		}
		saved, did, err := a.People.SavePerson(a.tx, a.actor, person)
		if err != nil {
			return at(err, "persons", i)
		}
		ids[i], changed[i] = saved.ID, did
	}
	if dir, err = a.People.Directory(a.tx); err != nil {
		return err
	}
	for i, p := range f.Persons {
		placed, err := a.place(dir, ids[i], p)
		if err != nil {
			return at(err, "persons", i)
		}
		a.note(changed[i] || placed, i18n.T("人员", "person"), p.Key)
	}
	return nil
}

// place sets a person's memberships and managers, if the file says anything about them.
func (a *applying) place(dir *people.Directory, id int64, p Person) (changed bool, err error) {
	if p.Departments != nil || p.Teams != nil {
		spans, err := memberSpans(dir, id, p)
		if err != nil {
			return false, err
		}
		if changed, err = a.People.SetMemberships(a.tx, a.actor, id, spans); err != nil {
			return false, err
		}
	}
	if p.Managers == nil {
		return changed, nil
	}
	var spans []people.ManagerSpan
	for i, m := range p.Managers {
		manager, ok := dir.PersonByKey(m.Person)
		if !ok {
			return false, problem.Bad("unknown_person", fmt.Sprintf("managers[%d]", i), "没有标识为 %q 的人员", "there is no person %q", m.Person)
		}
		spans = append(spans, people.ManagerSpan{PersonID: id, ManagerID: manager.ID, Window: window(m.From, m.To)})
	}
	did, err := a.People.SetManagers(a.tx, a.actor, id, spans)
	return changed || did, err
}

// memberSpans resolves the units a person belongs to. A kind that the file leaves out stays as it is.
func memberSpans(dir *people.Directory, id int64, p Person) ([]people.Span, error) {
	var spans []people.Span
	for _, old := range dir.SpansOf(id) {
		unit, ok := dir.Unit(old.UnitID)
		if ok && (unit.Kind == people.Team && p.Teams == nil || unit.Kind == people.Department && p.Departments == nil) {
			spans = append(spans, old)
		}
	}
	add := func(place string, kind people.UnitKind, list []Membership) error {
		for i, m := range list {
			unit, ok := dir.UnitByKey(kind, m.Unit)
			if !ok {
				return problem.Bad("unknown_unit", fmt.Sprintf("%s[%d]", place, i), "没有标识为 %q 的团队或部门", "there is no team or department %q", m.Unit)
			}
			spans = append(spans, people.Span{PersonID: id, UnitID: unit.ID, Window: window(m.From, m.To), Lead: m.Lead})
		}
		return nil
	}
	if err := add("departments", people.Department, p.Departments); err != nil {
		return nil, err
	}
	return spans, add("teams", people.Team, p.Teams)
}
