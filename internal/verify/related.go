package verify

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/expr"
	"laurel/internal/record"
	"laurel/internal/value"
)

// maxHops is how many relations a name may lead over.
const maxHops = 3

// column is one value that a definition may name: a field of the measured records, or of a record that they lead to.
type column struct {
	name  string
	field record.Field
	trail []hop
}

// hop is one step of the way to a value: the field of a record of an object.
type hop struct {
	object *record.Object
	field  int
}

// related are all live records of the objects to which metrics look over, by object and id.
type related map[string]map[int64][]value.Value

// columnsOf lists an object's fields and every related field whose dotted name stands anywhere in the definition.
func columnsOf(schema *record.Schema, o *record.Object, def any) ([]column, error) {
	text, err := json.Marshal(def)
	if err != nil {
		return nil, fmt.Errorf("write a definition: %w", err)
	}
	var own, others []column
	var look func(o *record.Object, prefix string, trail []hop) error
	look = func(o *record.Object, prefix string, trail []hop) error {
		for i, f := range o.Fields {
			c := column{prefix + f.Key, f, append(slices.Clone(trail), hop{o, i})}
			if prefix == "" {
				own = append(own, c)
			} else if strings.Contains(string(text), c.name) {
				others = append(others, c)
			}
			if f.Type != record.TypeRelation || len(trail) == maxHops || !strings.Contains(string(text), c.name+".") {
				continue
			}
			target, err := schema.Object(f.Target)
			if err != nil {
				return err
			}
			if err := look(target, c.name+".", c.trail); err != nil {
				return err
			}
		}
		return nil
	}
	err = look(o, "", nil)
	return append(own, others...), err
}

// place finds a value by name.
func (m *measured) place(name string) (int, bool) {
	i := slices.IndexFunc(m.columns, func(c column) bool { return c.name == name })
	return i, i >= 0
}

// language is what the definition's expressions may speak of.
func (m *measured) language() (*expr.Env, error) {
	vars := make([]expr.Var, len(m.columns))
	for i := range m.columns {
		kind := m.columns[i].field.Kind()
		vars[i] = expr.Var{Name: m.columns[i].name, Kind: kind, List: kind == value.List}
	}
	return expr.NewEnv(vars)
}

// readRelated reads whole objects to look records up in.
func (r *run) readRelated() error {
	r.related = related{}
	for _, m := range r.metrics {
		if m.broken != nil {
			continue
		}
		for _, c := range m.columns {
			for _, h := range c.trail[1:] {
				if r.related[h.object.Key] != nil {
					continue
				}
				all := map[int64][]value.Value{}
				r.related[h.object.Key] = all
				err := r.deps.Records.Scan(r.tx, h.object, func(rec *record.Record) error {
					all[rec.ID] = rec.Clone().Values
					return nil
				})
				if err != nil {
					return fmt.Errorf("read %s: %w", h.object.Key, err)
				}
			}
		}
	}
	return nil
}

// together is a record with the values of the records that it leads to behind its own; nothing where the way ends early.
func (m *measured) together(rec *record.Record, known related) *record.Record {
	if len(m.columns) == len(rec.Values) {
		return rec
	}
	out := rec.Clone()
	for _, c := range m.columns[len(rec.Values):] {
		at := rec.Values[c.trail[0].field]
		for _, h := range c.trail[1:] {
			values, there := known[h.object.Key][at.Ref()]
			if at.IsNull() || !there {
				at = value.Nothing
				break
			}
			at = values[h.field]
		}
		out.Values = append(out.Values, at)
	}
	return out
}
