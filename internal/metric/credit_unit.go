package metric

import (
	"slices"

	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// compileCredited finds who has the credit for a record: a person, several, or a team or department that the record names.
func (m *Metric) compileCredited(field func(path, key string, types ...string) int, at *places) (bad []*problem.Error) {
	ways := 0
	for _, said := range []bool{m.Def.Person != "", len(m.Def.Credit) > 0, m.Def.Team != "", m.Def.Department != ""} {
		if said {
			ways++
		}
	}
	switch {
	case ways > 1 && m.Def.Team+m.Def.Department != "":
		return append(bad, problem.Bad("needless", m.unitKey(), "业绩算给谁只能选一种：person、credit、team 或 department", "say once who gets the credit: person, credit, team or department"))
	case m.Def.Team+m.Def.Department != "":
		m.unitKind = people.UnitKind(m.unitKey())
		m.unit = field(m.unitKey(), m.Def.Team+m.Def.Department, record.TypeText, record.TypeChoice)
	case len(m.Def.Credit) > 0:
		return m.compileCredit(field, at)
	default:
		m.person = field("person", m.Def.Person, record.TypePerson)
	}
	if m.Def.CountBy != "" {
		bad = append(bad, problem.Bad("needless", "count", "只有多人分成（credit）时才选计数方式", "how to count is said only where several have credit (credit)"))
	}
	return bad
}

// unitKey is the key under which the definition names the field of a unit.
func (m *Metric) unitKey() string {
	if m.Def.Team != "" {
		return string(people.Team)
	}
	return string(people.Department)
}

// CreditsUnits is the kind of unit to which the metric's records are credited, or of which a part's are; empty where persons have
// the credit.
func (m *Metric) CreditsUnits() people.UnitKind {
	for _, part := range m.Parts() {
		if part.unitKind != "" {
			return part.unitKind
		}
	}
	return ""
}

// creditTo gives a contribution its person or unit, or returns the parts of several persons.
func (m *Metric) creditTo(rec *record.Record, g *Ground, c *Contribution) ([]part, Omission) {
	switch {
	case m.Shared():
		parts, reason := m.creditOf(rec)
		return parts, Omission{Reason: reason}
	case m.unit >= 0:
		unit, out := m.unitOf(rec, g)
		c.PersonID = people.OwnWork(unit)
		return nil, out
	}
	person := rec.Values[m.person]
	if person.IsNull() {
		return nil, Omission{Reason: NoPerson}
	}
	c.PersonID = person.Ref()
	return nil, Omission{}
}

// unitOf finds the unit that a record names: by key or name, of a choice also by the choice's name.
func (m *Metric) unitOf(rec *record.Record, g *Ground) (int64, Omission) {
	v := rec.Values[m.unit]
	if v.IsNull() {
		return 0, Omission{Reason: NoUnit}
	}
	id, called := m.unitCalled(g.People, v.String())
	if id == 0 {
		return 0, Omission{Reason: NoUnit, Detail: called}
	}
	return id, Omission{}
}

// unitCalled finds the unit that a value of the unit's field means; 0 is none, and then called is what none is called.
func (m *Metric) unitCalled(dir *people.Directory, text string) (id int64, called string) {
	names := []string{text}
	for _, c := range m.fieldAt(m.unit).Choices {
		if c.Key == text {
			names = append(names, slices.DeleteFunc([]string{c.Name.ZH, c.Name.EN}, func(name string) bool { return name == "" })...)
		}
	}
	for _, name := range names {
		if u, ok := dir.UnitNamed(m.unitKind, name); ok {
			return u.ID, ""
		}
	}
	return 0, names[len(names)-1]
}

// UnitField is the index of the field that names the unit with the credit, and the values of it that mean a unit or one below it;
// -1 where persons have the credit.
func (m *Metric) UnitField(dir *people.Directory, unitID int64) (index int, values []string) {
	if m.unit < 0 {
		return -1, nil
	}
	values = []string{}
	var candidates []string
	for _, c := range m.fieldAt(m.unit).Choices {
		candidates = append(candidates, c.Key)
	}
	spans := dir.OwnWorkSpans(unitID)
	counts := map[int64]bool{}
	for _, span := range spans {
		id, _ := people.UnitOfWork(span.PersonID)
		counts[id] = true
		if u, ok := dir.Unit(id); ok && m.fieldAt(m.unit).Type == record.TypeText {
			candidates = append(candidates, u.Key, u.Name.ZH, u.Name.EN)
		}
	}
	for _, text := range candidates {
		if id, _ := m.unitCalled(dir, text); counts[id] && !slices.Contains(values, text) {
			values = append(values, text)
		}
	}
	return m.unit, values
}

// spans lists whose contributions count for a unit, and on which days: its members' on their days, or what is credited to the
// unit itself and to those below it.
func (t *Totals) spans(m *Metric, ref rule.Ref) []people.Span {
	if m.unitKind != "" {
		return t.dir.OwnWorkSpans(ref.ID)
	}
	return t.dir.MemberSpans(ref.ID)
}
