package verify

import (
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// roster is everybody with their memberships as they stand on record. Days, units above and audiences are worked out
// anew for each question.
type roster struct {
	persons []people.Person
	person  map[int64]*people.Person
	unit    map[int64]people.Unit
	units   []people.Unit
	spans   map[int64][]people.Span // by person, as stored

	managers map[int64][]people.ManagerSpan // by person
}

func newRoster(dir *people.Directory) *roster {
	r := &roster{
		persons: dir.Persons(), units: dir.Units(),
		person: map[int64]*people.Person{}, unit: map[int64]people.Unit{}, spans: map[int64][]people.Span{},
		managers: map[int64][]people.ManagerSpan{},
	}
	for i := range r.persons {
		p := &r.persons[i]
		r.person[p.ID], r.spans[p.ID], r.managers[p.ID] = p, dir.SpansOf(p.ID), dir.ManagersOf(p.ID)
	}
	for _, u := range r.units {
		r.unit[u.ID] = u
	}
	return r
}

// employed reports whether a person was here on a day: from the first to the last, both included.
func (r *roster) employed(personID int64, day calendar.Day) bool {
	p := r.person[personID]
	return p != nil && (p.JoinedOn == nil || day >= *p.JoinedOn) && (p.LeftOn == nil || day <= *p.LeftOn)
}

// within reports whether a unit is another one or lies below it.
func (r *roster) within(unitID, above int64) bool {
	for id := unitID; id != 0; id = r.unit[id].ParentID {
		if id == above {
			return true
		}
	}
	return false
}

// member reports whether a person belonged to a unit, or to one below it, on a day.
func (r *roster) member(personID, unitID int64, day calendar.Day) bool {
	if !r.employed(personID, day) {
		return false
	}
	for _, s := range r.spans[personID] {
		if day >= s.Window.From && day < s.Window.To && r.within(s.UnitID, unitID) {
			return true
		}
	}
	return false
}

// credited lists the subjects of a kind for which a person's work of a day counts: the person, or the units above.
func (r *roster) credited(kind rule.SubjectKind, personID int64, day calendar.Day) []rule.Ref {
	if personID < 0 {
		return r.ownWork(kind, -personID)
	}
	if kind == rule.Person {
		return []rule.Ref{{Kind: kind, ID: personID}}
	}
	if kind == rule.Company {
		return []rule.Ref{{Kind: kind}}
	}
	if !r.employed(personID, day) {
		return nil
	}
	seen := map[int64]bool{}
	var out []rule.Ref
	for _, s := range r.spans[personID] {
		if day < s.Window.From || day >= s.Window.To {
			continue
		}
		for id := s.UnitID; id != 0; id = r.unit[id].ParentID {
			if string(r.unit[id].Kind) == string(kind) && !seen[id] {
				seen[id] = true
				out = append(out, rule.Ref{Kind: kind, ID: id})
			}
		}
	}
	return out
}

// audience is whom a plan covers, by id.
type audience struct {
	kind      rule.SubjectKind
	everybody bool
	persons   map[int64]bool
	units     map[int64]bool
	days      plan.Member
	positions []string
	tenure    *plan.Tenure
}

// audience looks up whom a plan names. missing is the first name that means nobody; it is empty when all are found.
func (r *roster) audience(a plan.Audience, kind rule.SubjectKind) (out audience, missing string) {
	out = audience{kind: kind, persons: map[int64]bool{}, units: map[int64]bool{}, days: a.Member, positions: a.Positions, tenure: a.Tenure}
	if kind == rule.Person {
		for _, name := range a.Persons {
			id := r.named(name)
			if id == 0 {
				return out, "person " + name
			}
			out.persons[id] = true
		}
	}
	add := func(kind people.UnitKind, keys []string) {
		for _, key := range keys {
			found := false
			for _, u := range r.units {
				if u.Kind == kind && u.Key == tidy(key) {
					out.units[u.ID], found = true, true
				}
			}
			if !found {
				missing = string(kind) + " " + key
			}
		}
	}
	if kind == rule.Person || kind == rule.Team {
		add(people.Team, a.Teams)
	}
	if kind == rule.Person || kind == rule.Department {
		add(people.Department, a.Departments)
	}
	out.everybody = len(out.persons) == 0 && len(out.units) == 0
	return out, missing
}

// named finds a person by key, else by a name that is one person's alone, else by such an e-mail address; 0 is nobody.
func (r *roster) named(name string) int64 {
	name = tidy(name)
	only := func(is func(*people.Person) bool) int64 {
		var found int64
		for i := range r.persons {
			if !is(&r.persons[i]) {
				continue
			}
			if found != 0 {
				return 0
			}
			found = r.persons[i].ID
		}
		return found
	}
	if id := only(func(p *people.Person) bool { return p.Key == name }); id != 0 {
		return id
	}
	if id := only(func(p *people.Person) bool { return p.Name == name }); id != 0 {
		return id
	}
	return only(func(p *people.Person) bool { return p.Email != "" && strings.EqualFold(p.Email, name) })
}

// tidy is a name with single spaces and none around it.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// covered lists who belongs to the audience in a period, by id.
func (r *roster) covered(a audience, p period) []rule.Ref {
	var out []rule.Ref
	if a.kind == rule.Person {
		for i := range r.persons {
			if id := r.persons[i].ID; r.coversPerson(a, id, p) {
				out = append(out, rule.Ref{Kind: a.kind, ID: id})
			}
		}
		return out
	}
	for _, u := range r.units {
		if string(u.Kind) == string(a.kind) && (a.everybody || a.units[u.ID]) && r.peopled(u.ID, p) {
			out = append(out, rule.Ref{Kind: a.kind, ID: u.ID})
		}
	}
	return out
}

// coversPerson asks each day of the period.
func (r *roster) coversPerson(a audience, id int64, p period) bool {
	switch a.days {
	case plan.LastDay:
		return r.inAudience(a, id, p.to-1)
	case plan.AllDays:
		for day := p.from; day < p.to; day++ {
			if !r.inAudience(a, id, day) {
				return false
			}
		}
		return true
	}
	for day := p.from; day < p.to; day++ {
		if r.inAudience(a, id, day) {
			return true
		}
	}
	return false
}

func (r *roster) inAudience(a audience, id int64, day calendar.Day) bool {
	p := r.person[id]
	if p == nil || len(a.positions) > 0 && !slices.ContainsFunc(a.positions, func(each string) bool { return strings.EqualFold(tidy(each), position(p, day)) }) {
		return false
	}
	if t := a.tenure; t != nil {
		if p.JoinedOn == nil {
			return false
		}
		months := calendar.FullMonths(*p.JoinedOn, day)
		if months < t.AtLeast || t.Below > 0 && months >= t.Below {
			return false
		}
	}
	if a.everybody || a.persons[id] {
		return r.employed(id, day)
	}
	for unit := range a.units {
		if r.member(id, unit, day) {
			return true
		}
	}
	return false
}

// position is what a person was on a day; empty is nothing.
func position(p *people.Person, day calendar.Day) string {
	if len(p.Positions) == 0 {
		return p.Position
	}
	for _, h := range p.Positions {
		if (h.From == nil || day >= *h.From) && (h.To == nil || day < *h.To) {
			return h.Position
		}
	}
	return ""
}

// peopled reports whether a unit had a member on at least one day of a period.
func (r *roster) peopled(unitID int64, p period) bool {
	for i := range r.persons {
		person := &r.persons[i]
		for _, s := range r.spans[person.ID] {
			if !r.within(s.UnitID, unitID) {
				continue
			}
			from, to := max(s.Window.From, p.from), min(s.Window.To, p.to)
			if person.JoinedOn != nil {
				from = max(from, *person.JoinedOn)
			}
			if person.LeftOn != nil {
				to = min(to, *person.LeftOn+1)
			}
			if from < to {
				return true
			}
		}
	}
	return false
}

// league is the unit of a kind in which a subject is ranked; 0 is none. Of a person it is where it was last in the period: the
// first by key, should it be in several.
func (r *roster) league(kind string, ref rule.Ref, p period) (found int64) {
	if ref.Kind != rule.Person {
		for id := r.unit[ref.ID].ParentID; id != 0; id = r.unit[id].ParentID {
			if string(r.unit[id].Kind) == kind {
				return id
			}
		}
		return 0
	}
	for day := p.to - 1; day >= p.from && found == 0; day-- {
		for _, s := range r.spans[ref.ID] {
			u := r.unit[s.UnitID]
			if string(u.Kind) == kind && s.Window.Contains(day) && r.employed(ref.ID, day) && (found == 0 || u.Key < r.unit[found].Key) {
				found = u.ID
			}
		}
	}
	return found
}

// describe names a subject for a reader: person E0012 Zhang Wei.
func (r *roster) describe(ref rule.Ref) string {
	if ref.Kind == rule.Person {
		if p := r.person[ref.ID]; p != nil {
			return "person " + p.Key + named(p.Key, p.Name)
		}
	} else if u, ok := r.unit[ref.ID]; ok {
		return string(u.Kind) + " " + u.Key + named(u.Key, u.Name.In("en"))
	}
	return string(ref.Kind) + " unknown"
}

func named(key, name string) string {
	if name == "" || name == key {
		return ""
	}
	return " " + name
}
