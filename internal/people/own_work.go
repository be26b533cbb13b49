package people

import (
	"slices"

	"laurel/internal/calendar"
)

// A unit's own work is what records credit to the unit itself and to nobody in it: a queue's tickets, a territory's orders. It is
// kept where persons' work is, under a number that no person has: the unit's id below zero. It counts on every day.

// OwnWork is the number of a unit's own work.
func OwnWork(unitID int64) int64 { return -unitID }

// UnitOfWork is the unit whose own work a number stands for; ok is false for a person's.
func UnitOfWork(id int64) (unitID int64, ok bool) { return -id, id < 0 }

// OwnWorkSpans lists the own work of a unit and of those below it, by unit, as MemberSpans lists members. Of Company it is that of all units.
func (d *Directory) OwnWorkSpans(unitID int64) (out []Span) {
	always := calendar.Window{From: calendar.MinDay, To: calendar.MaxDay}
	for i := range d.units {
		if id := d.units[i].ID; unitID == Company || slices.Contains(d.upwards(id), unitID) {
			out = append(out, Span{PersonID: OwnWork(id), UnitID: unitID, Window: always})
		}
	}
	return out
}

// upwards lists a unit and those above it.
func (d *Directory) upwards(unitID int64) (out []int64) {
	for u := d.unit[unitID]; u != nil; u = d.unit[u.ParentID] {
		out = append(out, u.ID)
	}
	return out
}

// UnitNamed finds the one unit of a kind that is meant by a name: whose key it is, else whose name it alone is, in either language.
func (d *Directory) UnitNamed(kind UnitKind, name string) (*Unit, bool) {
	if u, ok := d.UnitByKey(kind, name); ok {
		return u, true
	}
	return found(d.unitName[unitKey{kind, tidy(name)}])
}

// addUnit indexes a unit by its key and its names.
func (d *Directory) addUnit(u *Unit) {
	d.unit[u.ID] = u
	d.unitKey[unitKey{u.Kind, u.Key}] = u
	names := []string{tidy(u.Name.ZH), tidy(u.Name.EN)}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if name == "" { // has no name in that language
			continue
		}
		key := unitKey{u.Kind, name}
		if _, taken := d.unitName[key]; taken {
			d.unitName[key] = nil
			continue
		}
		d.unitName[key] = u
	}
}
