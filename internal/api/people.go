package api

import (
	"context"
	"strings"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/problem"
)

type peopleQuery struct {
	Search string `query:"search" maxLength:"200" doc:"Part of a name, key or e-mail address"`
	Day    string `query:"day" format:"date" doc:"Teams, departments and managers of this day; today when absent"`
}

type personPath struct {
	ID int64 `path:"id"`
}

type personUpdate struct {
	ID   int64 `path:"id"`
	Body PersonInput
}

type membershipsUpdate struct {
	ID   int64 `path:"id"`
	Body []MembershipInput
}

type managersUpdate struct {
	ID   int64 `path:"id"`
	Body []ManagementInput
}

func (s *server) peopleRoutes() {
	const tag = "People"
	handle(s, tag, "GET", "/people", "listPeople", "所有人员", "Everybody", s.listPeople)
	handle(s, tag, "POST", "/people", "createPerson", "新增人员", "Add a person", s.createPerson, status(201))
	handle(s, tag, "GET", "/people/{id}", "getPerson", "一个人及其团队与上级", "One person with memberships and managers", s.getPerson)
	handle(s, tag, "PATCH", "/people/{id}", "updatePerson", "修改人员", "Change a person", s.updatePerson)
	handle(s, tag, "PUT", "/people/{id}/memberships", "setMemberships", "替换一个人的团队归属", "Replace a person's memberships", s.setMemberships)
	handle(s, tag, "PUT", "/people/{id}/managers", "setManagers", "替换一个人的上级", "Replace a person's managers", s.setManagers)
}

func (s *server) listPeople(ctx context.Context, in *peopleQuery) (*body[List[Person]], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	var items []Person
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := s.people.Directory(tx)
		if err != nil {
			return err
		}
		day, err := s.dayOr(d, "day", in.Day)
		if err != nil {
			return err
		}
		wanted := strings.ToLower(strings.TrimSpace(in.Search))
		shape, err := s.shapePeople(ctx, tx, d, day)
		if err != nil {
			return err
		}
		for i := range d.Persons() {
			if p := &d.Persons()[i]; personMatches(p, wanted) {
				items = append(items, shape(p))
			}
		}
		return nil
	})
	return reply(whole(items)), err
}

func personMatches(p *people.Person, wanted string) bool {
	return wanted == "" || strings.Contains(strings.ToLower(p.Name), wanted) ||
		strings.Contains(strings.ToLower(p.Key), wanted) || strings.Contains(strings.ToLower(p.Email), wanted)
}

func (s *server) getPerson(ctx context.Context, in *personPath) (*body[PersonDetail], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	return s.personDetail(ctx, in.ID)
}

// personDetail reads a person back, as the answers of reads and writes show it.
func (s *server) personDetail(ctx context.Context, id int64) (*body[PersonDetail], error) {
	var out PersonDetail
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := s.people.Directory(tx)
		if err != nil {
			return err
		}
		p, ok := d.Person(id)
		if !ok {
			return notFound("person_not_found", "没有编号为 %d 的人员。", "There is no person with id %d.", id)
		}
		shape, err := s.shapePeople(ctx, tx, d, s.today(d))
		if err != nil {
			return err
		}
		out.Person = shape(p)
		out.Memberships, out.Managers = shapeSpans(ctx, d, id), shapeManagers(d, id)
		return nil
	})
	return reply(out), err
}

// shapePeople prepares the shaping of persons as they are on a day.
func (s *server) shapePeople(ctx context.Context, tx *db.Tx, d *people.Directory, day calendar.Day) (func(*people.Person) Person, error) {
	lang := language(ctx)
	logins := map[int64]string{}
	if allow(ctx, auth.ManageAccounts) == nil {
		var err error
		if logins, err = s.logins(tx); err != nil {
			return nil, err
		}
	}
	return func(p *people.Person) Person {
		out := Person{
			ID: p.ID, Key: p.Key, Name: p.Name, Email: p.Email, Position: p.Position, JoinedOn: p.JoinedOn, LeftOn: p.LeftOn,
			Login: logins[p.AccountID], Departments: []Named{}, Teams: []Named{},
		}
		for _, h := range p.Positions {
			out.Positions = append(out.Positions, Held(h))
		}
		for _, span := range d.SpansOf(p.ID) {
			unit, ok := d.Unit(span.UnitID)
			if !ok || !span.Window.Contains(day) {
				continue
			}
			named := Named{ID: unit.ID, Name: unit.Name.In(lang)}
			if unit.Kind == people.Department {
				out.Departments = append(out.Departments, named)
			} else {
				out.Teams = append(out.Teams, named)
			}
		}
		if id, ok := d.ManagerOf(p.ID, day); ok {
			if manager, ok := d.Person(id); ok {
				out.Manager = &Named{ID: id, Name: manager.Name}
			}
		}
		return out
	}, nil
}

func shapeSpans(ctx context.Context, d *people.Directory, id int64) []Membership {
	out := []Membership{}
	for _, span := range d.SpansOf(id) {
		m := Membership{ID: span.ID, UnitID: span.UnitID, From: openStart(span.Window.From), To: openEnd(span.Window.To), Lead: span.Lead}
		if unit, ok := d.Unit(span.UnitID); ok {
			m.UnitName, m.Kind = unit.Name.In(language(ctx)), string(unit.Kind)
		}
		out = append(out, m)
	}
	return out
}

func shapeManagers(d *people.Directory, id int64) []Management {
	out := []Management{}
	for _, span := range d.ManagersOf(id) {
		m := Management{ManagerID: span.ManagerID, From: openStart(span.Window.From), To: openEnd(span.Window.To)}
		if p, ok := d.Person(span.ManagerID); ok {
			m.Name = p.Name
		}
		out = append(out, m)
	}
	return out
}

func (s *server) createPerson(ctx context.Context, in *struct{ Body PersonInput }) (*body[PersonDetail], error) {
	return s.savePerson(ctx, 0, in.Body)
}

func (s *server) updatePerson(ctx context.Context, in *personUpdate) (*body[PersonDetail], error) {
	return s.savePerson(ctx, in.ID, in.Body)
}

func (s *server) savePerson(ctx context.Context, id int64, in PersonInput) (*body[PersonDetail], error) {
	if err := allow(ctx, auth.ManagePeople); err != nil {
		return nil, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		p := people.Person{}
		if id != 0 {
			d, err := s.people.Directory(tx)
			if err != nil {
				return err
			}
			known, ok := d.Person(id)
			if !ok {
				return notFound("person_not_found", "没有编号为 %d 的人员。", "There is no person with id %d.", id)
			}
			p = *known
		}
		if err := patchPerson(&p, in); err != nil {
			return err
		}
		saved, _, err := s.people.SavePerson(tx, actor(ctx), p)
		id = saved.ID
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.personDetail(ctx, id)
}

func patchPerson(p *people.Person, in PersonInput) error {
	if in.Position != nil && *in.Position != p.Position {
		p.Positions = nil
	}
	if in.Positions != nil {
		p.Positions = nil
		for _, h := range *in.Positions {
			p.Positions = append(p.Positions, people.Held(h))
		}
	}
	for _, text := range []struct{ to, from *string }{{&p.Key, in.Key}, {&p.Name, in.Name}, {&p.Email, in.Email}, {&p.Position, in.Position}} {
		if text.from != nil {
			*text.to = *text.from
		}
	}
	for _, day := range []struct {
		field string
		to    **calendar.Day
		from  *string
	}{{"joined_on", &p.JoinedOn, in.JoinedOn}, {"left_on", &p.LeftOn, in.LeftOn}} {
		if day.from == nil {
			continue
		}
		if *day.from == "" {
			*day.to = nil
			continue
		}
		d, err := parseDay(day.field, *day.from)
		if err != nil {
			return err
		}
		*day.to = &d
	}
	return nil
}

func (s *server) setMemberships(ctx context.Context, in *membershipsUpdate) (*body[PersonDetail], error) {
	if err := allow(ctx, auth.ManagePeople); err != nil {
		return nil, err
	}
	spans := make([]people.Span, len(in.Body))
	for i, m := range in.Body {
		spans[i] = people.Span{UnitID: m.UnitID, Window: windowOf(m.From, m.To), Lead: m.Lead}
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := s.people.SetMemberships(tx, actor(ctx), in.ID, spans)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.personDetail(ctx, in.ID)
}

func (s *server) setManagers(ctx context.Context, in *managersUpdate) (*body[PersonDetail], error) {
	if err := allow(ctx, auth.ManagePeople); err != nil {
		return nil, err
	}
	spans := make([]people.ManagerSpan, len(in.Body))
	for i, m := range in.Body {
		spans[i] = people.ManagerSpan{ManagerID: m.ManagerID, Window: windowOf(m.From, m.To)}
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := s.people.SetManagers(tx, actor(ctx), in.ID, spans)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.personDetail(ctx, in.ID)
}

func notFound(code, zh, en string, args ...any) error {
	return problem.New(problem.NotFound, code, "", zh, en, args...)
}
