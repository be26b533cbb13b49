package plan

import (
	"fmt"
	"slices"
	"strings"

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
	bad = checkNarrowing(a, kind)
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
	if a := r.Def.Audience; len(a.Positions) > 0 {
		var held []calendar.Window
		for _, position := range a.Positions {
			held = append(held, p.Held(position)...)
		}
		days = overlaps(days, held)
	}
	if t := r.Def.Audience.Tenure; t != nil {
		days = overlaps(days, t.days(p))
	}
	return days
}

// maxMonths bounds a tenure: a hundred years.
const maxMonths = 1200

// days are those on which a person has the tenure.
func (t *Tenure) days(p *people.Person) []calendar.Window {
	if p.JoinedOn == nil {
		return nil
	}
	w := calendar.Window{From: calendar.AfterMonths(*p.JoinedOn, t.AtLeast), To: calendar.MaxDay}
	if t.Below > 0 {
		w.To = calendar.AfterMonths(*p.JoinedOn, t.Below)
	}
	return []calendar.Window{w}
}

// checkNarrowing refuses positions and tenures that make no sense.
func checkNarrowing(a Audience, kind rule.SubjectKind) (bad []*problem.Error) {
	if kind != rule.Person {
		for _, of := range []struct {
			field string
			given bool
		}{{"positions", len(a.Positions) > 0}, {"tenure", a.Tenure != nil}} {
			if of.given {
				bad = append(bad, problem.Bad("persons_only", "audience."+of.field, "按职位或司龄限定只适用于奖励个人的方案，请去掉，或把奖励对象改为个人",
					"Only plans that reward persons can be limited by position or tenure: leave this out, or make persons the subject"))
			}
		}
	}
	if len(a.Positions) > maxAudience {
		bad = append(bad, problem.New(problem.TooLarge, "too_many", "audience.positions", "每个名单最多 %d 项", "at most %d entries in a list", maxAudience))
	}
	for i, position := range a.Positions {
		if strings.TrimSpace(position) == "" {
			bad = append(bad, problem.Bad("required", fmt.Sprintf("audience.positions[%d]", i), "请填写职位", "give the position"))
		}
	}
	t := a.Tenure
	switch {
	case t == nil:
	case t.AtLeast < 0 || t.AtLeast > maxMonths:
		bad = append(bad, problem.Bad("out_of_range", "audience.tenure.at_least", "月数须在 0 到 %d 之间", "give 0 to %d months", maxMonths))
	case t.Below < 0 || t.Below > maxMonths:
		bad = append(bad, problem.Bad("out_of_range", "audience.tenure.below", "月数须在 0 到 %d 之间", "give 0 to %d months", maxMonths))
	case t.Below != 0 && t.Below <= t.AtLeast:
		bad = append(bad, problem.Bad("tenure_empty", "audience.tenure.below", "“不满”的月数须大于“满”的月数 %d，否则没有人符合", "“below” must be more than the %d months of “at_least”, or nobody is in it", t.AtLeast))
	}
	return bad
}

// overlaps is what two lists of windows have in common.
func overlaps(a, b []calendar.Window) (out []calendar.Window) {
	for _, x := range a {
		for _, y := range b {
			if both := x.Overlap(y); !both.Empty() {
				out = append(out, both)
			}
		}
	}
	return out
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
	who := r.namedText(dir)
	a := r.Def.Audience
	if len(a.Positions) > 0 {
		zh, en := joinShort(a.Positions, "、", " 等 %d 个"), joinShort(a.Positions, ", ", " and others, %d in all")
		who = i18n.T(who.ZH+"中职位为"+i18n.Glue(zh)+"的人", who.EN+" as "+en)
	}
	if t := a.Tenure; t != nil {
		zh, en := fmt.Sprintf("（司龄满 %d 个月）", t.AtLeast), fmt.Sprintf(" (here for at least %d months)", t.AtLeast)
		switch {
		case t.Below > 0 && t.AtLeast == 0:
			zh, en = fmt.Sprintf("（司龄不满 %d 个月）", t.Below), fmt.Sprintf(" (here for less than %d months)", t.Below)
		case t.Below > 0:
			zh, en = fmt.Sprintf("（司龄满 %d、不满 %d 个月）", t.AtLeast, t.Below), fmt.Sprintf(" (here for %d months or more and less than %d)", t.AtLeast, t.Below)
		}
		who = i18n.T(who.ZH+zh, who.EN+en)
	}
	return who
}

// namedText says which units and persons the plan names.
func (r *Ready) namedText(dir *people.Directory) i18n.Text {
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
