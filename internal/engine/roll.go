package engine

import (
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/people"
	"laurel/internal/rule"
)

// roll answers who was where on which days, from the directory.
type roll struct{ world }

func (w roll) Days(ref rule.Ref, p calendar.Period) int {
	return w.ready.Days(w.scene.dir, ref, p.Window)
}

func (w roll) Months(ref rule.Ref, day calendar.Day) (int, bool) {
	p, ok := w.scene.dir.Person(ref.ID)
	if !ok || p.JoinedOn == nil {
		return 0, false
	}
	return calendar.FullMonths(*p.JoinedOn, day), true
}

func (w roll) Manager(ref rule.Ref, day calendar.Day) (rule.Ref, bool) {
	if ref.Kind != rule.Person {
		return rule.Ref{}, false
	}
	if p, ok := w.scene.dir.Person(ref.ID); ok && p.LeftOn != nil {
		day = min(day, *p.LeftOn)
	}
	id, ok := w.scene.dir.ManagerOf(ref.ID, day)
	return rule.Ref{Kind: rule.Person, ID: id}, ok
}

func (w roll) Members(ref rule.Ref, p calendar.Period) ([]rule.Member, error) {
	days := map[int64]int64{}
	for _, s := range w.scene.dir.MemberSpans(ref.ID) {
		if part := s.Window.Overlap(p.Window); !part.Empty() {
			days[s.PersonID] += int64(part.Days())
		}
	}
	out := make([]rule.Member, 0, len(days))
	for _, id := range sortedKeys(days) {
		out = append(out, rule.Member{Ref: rule.Ref{Kind: rule.Person, ID: id}, Days: days[id]})
	}
	return slices.Clip(out), nil
}

func (w roll) Unit(kind rule.SubjectKind, ref rule.Ref, p calendar.Period) (rule.Ref, bool) {
	dir := w.scene.dir
	if ref.Kind != rule.Person {
		u, ok := dir.Unit(ref.ID)
		for ok {
			if u, ok = dir.Unit(u.ParentID); ok && string(u.Kind) == string(kind) {
				return rule.Ref{Kind: kind, ID: u.ID}, true
			}
		}
		return rule.Ref{}, false
	}
	person, ok := dir.Person(ref.ID)
	if !ok {
		return rule.Ref{}, false
	}
	var found *people.Unit
	var last calendar.Day
	for _, s := range dir.SpansOf(ref.ID) {
		u, known := dir.Unit(s.UnitID)
		part := s.Window.Overlap(person.Employed()).Overlap(p.Window)
		if !known || string(u.Kind) != string(kind) || part.Empty() {
			continue
		}
		if day := part.To - 1; found == nil || day > last || day == last && u.Key < found.Key {
			found, last = u, day
		}
	}
	if found == nil {
		return rule.Ref{}, false
	}
	return rule.Ref{Kind: kind, ID: found.ID}, true
}
