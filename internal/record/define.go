package record

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"laurel/internal/db"
	"laurel/internal/problem"
)

// Define creates an object or makes it what the definition says, table and log entry included. Definitions that
// change nothing write nothing.
//
//   - A field that the definition leaves out is hidden: its column and data stay, and defining it again brings it back.
//   - Type, scale, currency and target of a field may change only while no record, deleted or not, has a value in it;
//     a text may become a long text at any time. A choice that a record has cannot be taken away.
//   - Required is judged from then on; records that are there already stay as they are.
func (s *Store) Define(tx *db.Tx, actor Actor, def ObjectDef) (o *Object, changed bool, err error) {
	objects, changes, err := s.DefineAll(tx, actor, []ObjectDef{def})
	if err != nil {
		return nil, false, err
	}
	return objects[0], changes[0], nil
}

// DefineAll is Define for objects that may point to each other.
func (s *Store) DefineAll(tx *db.Tx, actor Actor, defs []ObjectDef) (objects []*Object, changed []bool, err error) {
	schema, err := s.Schema(tx)
	if err != nil {
		return nil, nil, err
	}
	known := map[string]bool{}
	for _, o := range schema.Objects {
		known[o.Key] = true
	}
	twice := map[string]bool{}
	for _, def := range defs {
		if twice[def.Key] {
			return nil, nil, problem.Bad("duplicate_object", "key", "对象 %s 定义了两次。", "The object %s is defined twice.", shown(def.Key))
		}
		twice[def.Key], known[def.Key] = true, true
	}
	if len(known) > MaxObjects {
		return nil, nil, problem.New(problem.TooLarge, "too_many_objects", "", "最多 %d 个对象。", "There can be at most %d objects.", MaxObjects)
	}
	var problems []*problem.Error
	for i := range defs {
		defs[i] = normal(defs[i])
		for _, p := range checkDef(&defs[i], known) {
			if len(defs) > 1 {
				p = p.In(fmt.Sprintf("[%d]", i))
			}
			problems = append(problems, p)
		}
	}
	if err := problem.Join(problems); err != nil {
		return nil, nil, err
	}
	changed = make([]bool, len(defs))
	touched := false
	for i := range defs {
		if changed[i], err = s.define(tx, actor, schema, &defs[i]); err != nil {
			return nil, nil, err
		}
		touched = touched || changed[i]
	}
	if touched {
		if err := s.touchSchema(tx); err != nil {
			return nil, nil, err
		}
		if schema, err = s.Schema(tx); err != nil {
			return nil, nil, err
		}
	}
	for _, def := range defs {
		objects = append(objects, schema.byKey[def.Key])
	}
	return objects, changed, nil
}

// normal is a definition with what it leaves open filled in. The caller's is not changed.
func normal(def ObjectDef) ObjectDef {
	def.Fields = append([]FieldDef(nil), def.Fields...)
	for i := range def.Fields {
		f := &def.Fields[i]
		if f.Type == TypePercent && f.Scale == 0 {
			f.Scale = percentScale
		}
		if len(f.Choices) == 0 {
			f.Choices = nil
		}
		if f.Name.IsZero() {
			f.Name.ZH, f.Name.EN = f.Key, f.Key
		}
	}
	if def.Name.IsZero() {
		def.Name.ZH, def.Name.EN = def.Key, def.Key
	}
	return def
}

func (s *Store) define(tx *db.Tx, actor Actor, schema *Schema, def *ObjectDef) (changed bool, err error) {
	old, exists := schema.byKey[def.Key]
	entry := Change{At: time.Now().UnixMicro(), Actor: actor, Object: "@object", Kind: ChangeDefine}
	if entry.After, err = json.Marshal(def); err != nil {
		return false, err
	}
	t := &table{tx: tx, name: tableOf(def.Key)}
	if exists {
		was := old.Def()
		if sameDef(&was, def) {
			return false, nil
		}
		if entry.Before, err = json.Marshal(was); err != nil {
			return false, err
		}
		t.objectID = old.ID
	} else {
		old = &Object{Key: def.Key}
		if t.objectID, err = tx.NextID(1); err != nil {
			return false, err
		}
		if err := t.create(); err != nil {
			return false, err
		}
	}
	if err := t.saveObject(def, !exists, entry.At); err != nil {
		return false, err
	}
	if err := t.sync(old, def); err != nil {
		if p, ok := problem.As(err); ok && len(p.Details) == 0 {
			return false, p.In("objects." + def.Key)
		}
		return false, err
	}
	entry.RecordID = t.objectID
	return true, appendChanges(tx, []Change{entry})
}

// sameDef compares what both definitions say in JSON, where nil and empty are the same.
func sameDef(a, b *ObjectDef) bool {
	if a.Name != b.Name || a.Title != b.Title || len(a.Fields) != len(b.Fields) {
		return false
	}
	for i := range a.Fields {
		if !sameField(&a.Fields[i], &b.Fields[i]) {
			return false
		}
	}
	return true
}

func sameField(a, b *FieldDef) bool {
	x, y := *a, *b
	if len(x.Choices) == 0 && len(y.Choices) == 0 {
		x.Choices, y.Choices = nil, nil
	}
	return reflect.DeepEqual(x, y)
}
