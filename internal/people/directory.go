package people

import (
	"cmp"
	"slices"
	"strings"

	"laurel/internal/calendar"
)

// Directory is an immutable picture of the organisation and everybody in it. The slices it hands out are shared:
// readers must not change them. Whoever has left stays in it, since last year's awards are theirs.
type Directory struct {
	Organisation Organisation

	stamp    int64
	persons  []Person
	units    []Unit
	person   map[int64]*Person
	keyed    map[string]*Person
	named    map[string]*Person // nil where several share the name
	mailed   map[string]*Person // by lower-case e-mail; nil where several share it
	account  map[int64]*Person
	unit     map[int64]*Unit
	unitKey  map[unitKey]*Unit
	unitName map[unitKey]*Unit       // by name in either language; nil where several of a kind share it
	spans    map[int64][]Span        // by person
	members  map[int64][]Span        // by unit, those of units below included
	managers map[int64][]ManagerSpan // by person
	reports  map[int64][]ManagerSpan // by manager
}

type unitKey struct {
	kind UnitKind
	key  string
}

// newDirectory indexes the lists. Persons and units must be in the order of ids, spans and managers in that of person and day.
func newDirectory(o Organisation, persons []Person, units []Unit, spans []Span, managers []ManagerSpan) *Directory {
	d := &Directory{
		Organisation: o,
		persons:      persons, units: units,
		person: make(map[int64]*Person, len(persons)),
		keyed:  make(map[string]*Person, len(persons)),
		named:  make(map[string]*Person, len(persons)),
		mailed: make(map[string]*Person, len(persons)), account: map[int64]*Person{},
		unit: make(map[int64]*Unit, len(units)), unitKey: make(map[unitKey]*Unit, len(units)), unitName: map[unitKey]*Unit{},
		spans: make(map[int64][]Span, len(persons)), members: make(map[int64][]Span, len(units)),
		managers: make(map[int64][]ManagerSpan, len(persons)), reports: map[int64][]ManagerSpan{},
	}
	for i := range persons {
		d.addPerson(&persons[i])
	}
	for i := range units {
		d.addUnit(&units[i])
	}
	for _, span := range spans {
		d.spans[span.PersonID] = append(d.spans[span.PersonID], span)
	}
	for _, span := range managers {
		d.managers[span.PersonID] = append(d.managers[span.PersonID], span)
		d.reports[span.ManagerID] = append(d.reports[span.ManagerID], span)
	}
	d.addMembers()
	return d
}

func (d *Directory) addPerson(p *Person) {
	d.person[p.ID] = p
	d.keyed[p.Key] = p
	if p.AccountID != 0 {
		d.account[p.AccountID] = p
	}
	addUnique(d.named, p.Name, p)
	if p.Email != "" {
		addUnique(d.mailed, strings.ToLower(p.Email), p)
	}
}

func addUnique(index map[string]*Person, key string, p *Person) {
	if _, taken := index[key]; taken {
		p = nil
	}
	index[key] = p
}

// Company stands for everybody who is or ever was here, on any day, where MemberSpans asks for a unit.
const Company int64 = 0

// addMembers works out each unit's members: for each person the union of the days in it or in a unit below it, within
// the days of employment.
func (d *Directory) addMembers() {
	always := calendar.Window{From: calendar.MinDay, To: calendar.MaxDay}
	for i := range d.persons {
		p := &d.persons[i]
		d.members[Company] = append(d.members[Company], Span{PersonID: p.ID, Window: always})
		windows, lead := map[int64][]calendar.Window{}, map[int64]bool{}
		for _, span := range d.spans[p.ID] {
			w := span.Window.Overlap(p.Employed())
			if w.Empty() {
				continue
			}
			lead[span.UnitID] = lead[span.UnitID] || span.Lead
			for unit := d.unit[span.UnitID]; unit != nil; unit = d.unit[unit.ParentID] {
				windows[unit.ID] = append(windows[unit.ID], w)
			}
		}
		for unit, list := range windows {
			for _, w := range mergeWindows(list) {
				d.members[unit] = append(d.members[unit], Span{PersonID: p.ID, UnitID: unit, Window: w, Lead: lead[unit]})
			}
		}
	}
}

// Persons lists everybody who is or ever was here, by id.
func (d *Directory) Persons() []Person { return d.persons }

// Person finds a person by id.
func (d *Directory) Person(id int64) (*Person, bool) { return found(d.person[id]) }

// PersonByKey finds the one person meant by a natural key: whose key it is, else whose name it alone is, else whose e-mail
// address it alone is.
func (d *Directory) PersonByKey(key string) (*Person, bool) {
	key = tidy(key)
	for _, p := range []*Person{d.keyed[key], d.named[key], d.mailed[strings.ToLower(key)]} {
		if p != nil {
			return p, true
		}
	}
	return nil, false
}

// PersonOfAccount finds the person who signs in with an account.
func (d *Directory) PersonOfAccount(accountID int64) (*Person, bool) {
	return found(d.account[accountID])
}

// Units lists all units, by id.
func (d *Directory) Units() []Unit { return d.units }

// Unit finds a unit by id.
func (d *Directory) Unit(id int64) (*Unit, bool) { return found(d.unit[id]) }

// UnitByKey finds a unit by kind and key.
func (d *Directory) UnitByKey(kind UnitKind, key string) (*Unit, bool) {
	return found(d.unitKey[unitKey{kind, tidy(key)}])
}

// MemberSpans lists who belongs to a unit, or to a unit below it, and when: by person, disjoint and in the order of
// time, and only within the days of employment. Lead is true if the person leads this very unit at some time.
func (d *Directory) MemberSpans(unitID int64) []Span { return d.members[unitID] }

// SpansOf lists the memberships of a person as they stand on record, in the order of time.
func (d *Directory) SpansOf(personID int64) []Span { return d.spans[personID] }

// UnitsOf lists the units a person belongs to on a day, those above included, by id; of a unit's own work the unit and those above.
func (d *Directory) UnitsOf(personID int64, day calendar.Day) []int64 {
	return d.UnitsIn(personID, calendar.Window{From: day, To: day + 1})
}

// UnitsIn lists the units a person belongs to on at least one day of a window, as UnitsOf does of one day.
func (d *Directory) UnitsIn(personID int64, w calendar.Window) (out []int64) {
	if unitID, own := UnitOfWork(personID); own {
		out = d.upwards(unitID)
	} else if p := d.person[personID]; p != nil {
		here := p.Employed().Overlap(w)
		for _, span := range d.spans[personID] {
			if !span.Window.Overlap(here).Empty() {
				out = append(out, d.upwards(span.UnitID)...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ManagersOf lists the managers of a person as they stand on record, in the order of time.
func (d *Directory) ManagersOf(personID int64) []ManagerSpan { return d.managers[personID] }

// ManagerOf is who manages a person on a day.
func (d *Directory) ManagerOf(personID int64, day calendar.Day) (int64, bool) {
	spans := d.managers[personID]
	// The spans are disjoint and in order: the first that ends after the day is the only candidate.
	i, _ := slices.BinarySearchFunc(spans, day+1, func(s ManagerSpan, end calendar.Day) int { return cmp.Compare(s.Window.To, end) })
	if i < len(spans) && spans[i].Window.Contains(day) {
		return spans[i].ManagerID, true
	}
	return 0, false
}

// ReportSpans lists who reports directly to a person, and when.
func (d *Directory) ReportSpans(managerID int64) []ManagerSpan { return d.reports[managerID] }

// Reports lists whom a person manages on a day, by id.
func (d *Directory) Reports(managerID int64, day calendar.Day) []int64 {
	var out []int64
	for _, span := range d.reports[managerID] {
		if span.Window.Contains(day) {
			out = append(out, span.PersonID)
		}
	}
	return out // in the order of persons, and each has one manager a day
}

// Oversees reports whether somebody stands above a person on a day: as a manager, directly or further up, or as the lead
// of a unit the person belongs to.
func (d *Directory) Oversees(leaderID, personID int64, day calendar.Day) bool {
	if leaderID == personID {
		return false
	}
	// Managers never form a circle, so the climb ends at the top.
	for at, ok := d.ManagerOf(personID, day); ok; at, ok = d.ManagerOf(at, day) {
		if at == leaderID {
			return true
		}
	}
	units := d.UnitsOf(personID, day)
	return slices.ContainsFunc(d.spans[leaderID], func(s Span) bool {
		return s.Lead && s.Window.Contains(day) && slices.Contains(units, s.UnitID)
	})
}

func found[T any](p *T) (*T, bool) { return p, p != nil }
