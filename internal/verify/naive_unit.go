package verify

import (
	"strings"

	"laurel/internal/people"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// A record may be credited to a team or department that it names. Its points then stand under the unit's number below zero, which
// no person has.

// prepareUnit finds the field that names the unit.
func (m *measured) prepareUnit(field func(key string, types ...string) (int, error)) (err error) {
	m.unit = -1
	switch {
	case m.def.Team != "":
		m.unitKind = people.Team
	case m.def.Department != "":
		m.unitKind = people.Department
	default:
		return nil
	}
	m.unit, err = field(m.def.Team+m.def.Department, record.TypeText, record.TypeChoice)
	return err
}

// unitNamed is the unit that a record names: one with that key, or the only one with that name.
func (m *measured) unitNamed(rec *record.Record) (id int64, reason string) {
	cell := rec.Values[m.unit]
	if cell.IsNull() {
		return 0, "no_unit"
	}
	tries := []string{cell.String()}
	for _, c := range m.columns[m.unit].field.Choices {
		if c.Key == cell.String() {
			for _, name := range []string{c.Name.ZH, c.Name.EN} {
				if name != "" {
					tries = append(tries, name)
				}
			}
		}
	}
	units := m.run.roster.units
	for _, text := range tries {
		if text = tidy(text); text == "" {
			continue // no name in that language
		}
		var same []int64
		for _, u := range units {
			if u.Kind == m.unitKind && u.Key == text {
				return u.ID, ""
			}
			if u.Kind == m.unitKind && (tidy(u.Name.ZH) == text || tidy(u.Name.EN) == text) {
				same = append(same, u.ID)
			}
		}
		if len(same) == 1 {
			return same[0], ""
		}
	}
	return 0, strings.TrimSpace("no_unit " + tries[len(tries)-1])
}

// ownWork lists the units of a kind for which a unit's own work counts: itself and those above.
func (r *roster) ownWork(kind rule.SubjectKind, unitID int64) (out []rule.Ref) {
	if kind == rule.Company {
		return []rule.Ref{{Kind: kind}}
	}
	for id := unitID; id != 0; id = r.unit[id].ParentID {
		if string(r.unit[id].Kind) == string(kind) {
			out = append(out, rule.Ref{Kind: kind, ID: id})
		}
	}
	return out
}
