package api

import (
	"context"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/people"
)

type unitsQuery struct {
	Kind string `query:"kind" enum:"team,department"`
}

type unitUpdate struct {
	ID   int64 `path:"id"`
	Body UnitPatch
}

func (s *server) unitRoutes() {
	const tag = "People"
	handle(s, tag, "GET", "/units", "listUnits", "团队与部门", "Teams and departments", s.listUnits)
	handle(s, tag, "POST", "/units", "createUnit", "新增团队或部门", "Add a team or department", s.createUnit, status(201))
	handle(s, tag, "PATCH", "/units/{id}", "updateUnit", "修改团队或部门", "Change a team or department", s.updateUnit)
}

func (s *server) listUnits(ctx context.Context, in *unitsQuery) (*body[List[Unit]], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	var items []Unit
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := s.people.Directory(tx)
		if err != nil {
			return err
		}
		for i := range d.Units() {
			if u := &d.Units()[i]; in.Kind == "" || in.Kind == string(u.Kind) {
				items = append(items, shapeUnit(d, u, s.today(d)))
			}
		}
		return nil
	})
	return reply(whole(items)), err
}

func shapeUnit(d *people.Directory, u *people.Unit, day calendar.Day) Unit {
	out := Unit{ID: u.ID, Key: u.Key, Kind: string(u.Kind), Name: u.Name, ParentID: u.ParentID}
	for _, span := range d.MemberSpans(u.ID) {
		if span.Window.Contains(day) {
			out.Members++ // the spans of one person do not overlap
		}
	}
	return out
}

func (s *server) createUnit(ctx context.Context, in *struct{ Body UnitInput }) (*body[Unit], error) {
	u := people.Unit{Key: in.Body.Key, Kind: people.UnitKind(in.Body.Kind), Name: in.Body.Name, ParentID: in.Body.ParentID}
	return s.saveUnit(ctx, 0, func(to *people.Unit) { *to = u })
}

func (s *server) updateUnit(ctx context.Context, in *unitUpdate) (*body[Unit], error) {
	return s.saveUnit(ctx, in.ID, func(u *people.Unit) {
		if in.Body.Key != nil {
			u.Key = *in.Body.Key
		}
		if in.Body.Name != nil {
			u.Name = *in.Body.Name
		}
		if in.Body.ParentID != nil {
			u.ParentID = *in.Body.ParentID
		}
	})
}

func (s *server) saveUnit(ctx context.Context, id int64, change func(*people.Unit)) (*body[Unit], error) {
	if err := allow(ctx, auth.ManagePeople); err != nil {
		return nil, err
	}
	var out Unit
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		d, err := s.people.Directory(tx)
		if err != nil {
			return err
		}
		var u people.Unit
		if id != 0 {
			known, ok := d.Unit(id)
			if !ok {
				return notFound("unit_not_found", "没有编号为 %d 的团队或部门。", "There is no team or department with id %d.", id)
			}
			u = *known
		}
		change(&u)
		saved, _, err := s.people.SaveUnit(tx, actor(ctx), u)
		if err != nil {
			return err
		}
		if d, err = s.people.Directory(tx); err != nil {
			return err
		}
		out = shapeUnit(d, &saved, s.today(d))
		return nil
	})
	return reply(out), err
}
