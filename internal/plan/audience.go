package plan

import (
	"fmt"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// resolveAudience finds the persons and units that the audience names.
func (r *Ready) resolveAudience(dir *people.Directory) (bad []*problem.Error) {
	a := r.Def.Audience
	if len(a.Persons) > maxAudience || len(a.Teams) > maxAudience || len(a.Departments) > maxAudience {
		return []*problem.Error{problem.New(problem.TooLarge, "too_many", "audience", "每个名单最多 %d 项", "at most %d entries in a list", maxAudience)}
	}
	kind := r.SubjectKind()
	if kind == rule.Person {
		for i, key := range a.Persons {
			if p, ok := dir.PersonByKey(key); ok {
				r.persons = append(r.persons, p.ID)
			} else {
				bad = append(bad, problem.Bad("unknown_person", fmt.Sprintf("audience.persons[%d]", i), "没有标识或姓名为 %q 的人员", "there is no person %q", key))
			}
		}
	}
	unit := func(list []string, field string, of people.UnitKind) {
		for i, key := range list {
			if u, ok := dir.UnitByKey(of, key); ok {
				r.units = append(r.units, u.ID)
			} else {
				bad = append(bad, problem.Bad("unknown_unit", fmt.Sprintf("audience.%s[%d]", field, i), "没有标识为 %q 的团队或部门", "there is no team or department %q", key))
			}
		}
	}
	if kind != rule.Department {
		unit(a.Teams, "teams", people.Team)
	}
	if kind != rule.Team {
		unit(a.Departments, "departments", people.Department)
	}
	r.everybody = len(r.persons) == 0 && len(r.units) == 0
	return bad
}

// Subjects lists who belongs to the plan in a period, by id.
func (r *Ready) Subjects(dir *people.Directory, w calendar.Window) []rule.Ref {
	var out []rule.Ref
	for _, ref := range r.candidates(dir) {
		if r.Covers(dir, ref, w) {
			out = append(out, ref)
		}
	}
	return out
}

// candidates lists everybody who might belong at any time.
func (r *Ready) candidates(dir *people.Directory) []rule.Ref {
	seen := map[int64]bool{}
	var out []rule.Ref
	add := func(id int64) {
		if !seen[id] {
			seen[id] = true
			out = append(out, rule.Ref{Kind: r.SubjectKind(), ID: id})
		}
	}
	switch {
	case r.SubjectKind() != rule.Person && r.everybody:
		for _, u := range dir.Units() {
			if string(u.Kind) == string(r.SubjectKind()) {
				add(u.ID)
			}
		}
	case r.SubjectKind() != rule.Person:
		for _, id := range r.units {
			add(id)
		}
	case r.everybody:
		for _, p := range dir.Persons() {
			add(p.ID)
		}
	default:
		for _, id := range r.persons {
			add(id)
		}
		for _, unit := range r.units {
			for _, span := range dir.MemberSpans(unit) {
				add(span.PersonID)
			}
		}
	}
	slices.SortFunc(out, func(a, b rule.Ref) int { return int(min(max(a.ID-b.ID, -1), 1)) })
	return out
}

// Covers reports whether a subject belongs to the plan in a period. A unit belongs while it has a member.
func (r *Ready) Covers(dir *people.Directory, ref rule.Ref, w calendar.Window) bool {
	if ref.Kind != r.SubjectKind() {
		return false
	}
	if ref.Kind != rule.Person {
		if !r.everybody && !slices.Contains(r.units, ref.ID) {
			return false
		}
		return slices.ContainsFunc(dir.MemberSpans(ref.ID), func(s people.Span) bool { return !s.Window.Overlap(w).Empty() })
	}
	p, ok := dir.Person(ref.ID)
	if !ok {
		return false
	}
	return belongs(r.spansOf(dir, p), w, r.Def.Audience.Member)
}

// spansOf are the windows of days, which may overlap, in which a person is in the audience.
func (r *Ready) spansOf(dir *people.Directory, p *people.Person) (days []calendar.Window) {
	if r.everybody || slices.Contains(r.persons, p.ID) {
		days = append(days, p.Employed())
	}
	for _, unit := range r.units {
		for _, span := range dir.MemberSpans(unit) {
			if span.PersonID == p.ID {
				days = append(days, span.Window)
			}
		}
	}
	return days
}

// Days is on how many days of a window a subject is in the audience; a unit is on every day on which it has a member.
func (r *Ready) Days(dir *people.Directory, ref rule.Ref, w calendar.Window) int {
	var spans []calendar.Window
	if ref.Kind == rule.Person {
		if p, ok := dir.Person(ref.ID); ok {
			spans = r.spansOf(dir, p)
		}
	} else {
		for _, s := range dir.MemberSpans(ref.ID) {
			spans = append(spans, s.Window)
		}
	}
	slices.SortFunc(spans, func(a, b calendar.Window) int { return int(a.From - b.From) })
	days, at := 0, w.From
	for _, s := range spans {
		part := calendar.Window{From: max(s.From, at), To: min(s.To, w.To)}
		days += part.Days()
		at = max(at, part.To)
	}
	return days
}

// belongs reports whether days of membership make one belong to a window.
func belongs(days []calendar.Window, w calendar.Window, member Member) bool {
	covered := map[calendar.Day]bool{}
	for _, d := range days {
		part := d.Overlap(w)
		if part.Empty() {
			continue
		}
		switch member {
		case LastDay:
			if part.Contains(w.To - 1) {
				return true
			}
		case AllDays:
			for day := part.From; day < part.To; day++ {
				covered[day] = true
			}
		default:
			return true
		}
	}
	return member == AllDays && len(covered) == w.Days() && w.Days() > 0
}

// AudienceText says in words whom the plan covers.
func (r *Ready) AudienceText(dir *people.Directory) i18n.Text {
	if r.everybody {
		switch r.SubjectKind() {
		case rule.Team:
			return i18n.T("所有团队", "every team")
		case rule.Department:
			return i18n.T("所有部门", "every department")
		}
		return i18n.T("所有人", "everybody")
	}
	var zh, en []string
	for _, id := range r.units {
		if u, ok := dir.Unit(id); ok {
			zh, en = append(zh, u.Name.In(i18n.ZH)), append(en, u.Name.In(i18n.EN))
		}
	}
	for _, id := range r.persons {
		if p, ok := dir.Person(id); ok {
			zh, en = append(zh, p.Name), append(en, p.Name)
		}
	}
	return i18n.Text{ZH: joinShort(zh, "、", " 等 %d 个"), EN: joinShort(en, ", ", " and others, %d in all")}
}

// joinShort lists at most eight names.
func joinShort(names []string, comma, more string) string {
	const most = 8
	shown := names[:min(most, len(names))]
	out := ""
	for i, n := range shown {
		if i > 0 {
			out += comma
		}
		out += n
	}
	if len(names) > most {
		out += fmt.Sprintf(more, len(names))
	}
	return out
}
