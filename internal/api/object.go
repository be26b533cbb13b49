package api

import (
	"context"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
)

type objectInput struct {
	Object  string `path:"object" example:"deal"`
	RawBody []byte
}

func (s *server) objectRoutes() {
	const tag = "Objects"
	handle(s, tag, "GET", "/objects", "listObjects", "所有表及字段", "All objects with their fields", s.listObjects)
	handle(s, tag, "POST", "/objects", "createObject", "新建表", "Make an object", s.createObject, status(201), takes[record.ObjectDef]())
	handle(s, tag, "PATCH", "/objects/{object}", "updateObject", "增加或修改表的字段", "Add or change fields of an object", s.updateObject, takes[record.ObjectDef]())
}

func (s *server) listObjects(ctx context.Context, _ *none) (*body[List[Object]], error) {
	if err := allow(ctx, auth.ReadRecords); err != nil {
		return nil, err
	}
	var items []Object
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		schema, err := s.records.Schema(tx)
		if err != nil {
			return err
		}
		for _, o := range schema.Objects {
			page, err := s.records.List(tx, o, record.Query{Limit: 1})
			if err != nil {
				return err
			}
			items = append(items, shapeObject(o, page.Total))
		}
		return nil
	})
	return reply(whole(items)), err
}

func shapeObject(o *record.Object, count int64) Object {
	out := Object{ID: o.ID, Key: o.Key, Name: o.Name, TitleField: o.TitleField, Version: o.Version, Count: count, Fields: []Field{}}
	for i := range o.Fields {
		f := &o.Fields[i]
		out.Fields = append(out.Fields, Field{
			ID: f.ID, Key: f.Key, Name: f.Name, Type: f.Type, Required: f.Required, Unique: f.Unique,
			Scale: f.Scale, Currency: f.Currency, Choices: shapeChoices(f.Choices), Target: f.Target,
		})
	}
	return out
}

func shapeChoices(choices []record.Choice) []Choice {
	out := make([]Choice, len(choices))
	for i, c := range choices {
		out[i] = Choice{Key: c.Key, Name: c.Name, Color: c.Color}
		if c.Name.IsZero() {
			out[i].Name = i18n.Same(c.Key)
		}
	}
	return out
}

func (s *server) createObject(ctx context.Context, in *raw) (*body[Object], error) {
	if err := allow(ctx, auth.DesignObjects); err != nil {
		return nil, err
	}
	var def record.ObjectDef
	if err := decode(in.RawBody, &def); err != nil {
		return nil, err
	}
	var out Object
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if known, err := s.object(tx, def.Key); err == nil {
			return problem.New(problem.Conflict, "object_exists", "key", "已有标识为 %q 的表“%s”，请换一个标识。",
				"There already is an object %q, “%s”; choose another key.", def.Key, known.Name)
		}
		o, _, err := s.records.Define(tx, actor(ctx), def)
		if err != nil {
			return err
		}
		out = shapeObject(o, 0)
		return nil
	})
	return reply(out), err
}

func (s *server) updateObject(ctx context.Context, in *objectInput) (*body[Object], error) {
	if err := allow(ctx, auth.DesignObjects); err != nil {
		return nil, err
	}
	var def record.ObjectDef
	if err := decode(in.RawBody, &def); err != nil {
		return nil, err
	}
	var out Object
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		known, err := s.object(tx, in.Object)
		if err != nil {
			return err
		}
		o, _, err := s.records.Define(tx, actor(ctx), merged(known, def))
		if err != nil {
			return err
		}
		out = shapeObject(o, -1)
		return nil
	})
	return reply(out), err
}

// merged is an object's definition with what a request adds or changes; fields that it does not mention stay.
func merged(o *record.Object, patch record.ObjectDef) record.ObjectDef {
	def := o.Def()
	if !patch.Name.IsZero() {
		def.Name = patch.Name
	}
	if patch.Title != "" {
		def.Title = patch.Title
	}
	for _, f := range patch.Fields {
		if i, ok := o.Index(f.Key); ok {
			def.Fields[i] = f
		} else {
			def.Fields = append(def.Fields, f)
		}
	}
	return def
}
