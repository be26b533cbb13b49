package metric

import (
	"fmt"
	"slices"
	"strings"

	"laurel/internal/db"
	"laurel/internal/record"
	"laurel/internal/value"
)

// related holds the records that paths lead to from a part of records, by object and id.
type related map[string]map[int64]*record.Record

// loadRelated reads the records that the metrics' paths lead to, a step of all of them at once.
func loadRelated(tx *db.Tx, records *record.Store, metrics []*Metric, recs []record.Record) (related, error) {
	known := related{}
	for _, m := range metrics {
		for i := range m.paths {
			if err := known.load(tx, records, m.paths[i].Steps, recs); err != nil {
				return nil, fmt.Errorf("read %s: %w", m.paths[i].Name, err)
			}
		}
	}
	return known, nil
}

func (k related) load(tx *db.Tx, records *record.Store, steps []Step, recs []record.Record) error {
	var ids []int64
	for i := range recs {
		if v := recs[i].Values[steps[0].Field]; !v.IsNull() && !recs[i].Deleted {
			ids = append(ids, v.Ref())
		}
	}
	for n := 1; n < len(steps) && len(ids) > 0; n++ {
		slices.Sort(ids)
		ids = slices.Compact(ids)
		at := steps[n]
		if err := k.need(tx, records, at.Object, ids); err != nil {
			return err
		}
		next := make([]int64, 0, len(ids))
		for _, id := range ids {
			if v := k.value(at, id); n < len(steps)-1 && !v.IsNull() {
				next = append(next, v.Ref())
			}
		}
		ids = next
	}
	return nil
}

// need loads the records that are not known yet. One that is not there, or deleted, is known as nothing.
func (k related) need(tx *db.Tx, records *record.Store, o *record.Object, ids []int64) error {
	known := k[o.Key]
	if known == nil {
		known = map[int64]*record.Record{}
		k[o.Key] = known
	}
	var missing []int64
	for _, id := range ids {
		if _, ok := known[id]; !ok {
			known[id] = nil
			missing = append(missing, id)
		}
	}
	found, err := records.Load(tx, o, missing)
	for i := range found {
		if !found[i].Deleted {
			known[found[i].ID] = &found[i]
		}
	}
	return err
}

func (k related) value(at Step, id int64) value.Value {
	rec := k[at.Object.Key][id]
	if rec == nil {
		return value.Nothing
	}
	return rec.Values[at.Field]
}

// widen gives a record the values of the metric's paths behind its own. A path over a relation to nothing, or to a
// deleted record, has no value.
func (k related) widen(m *Metric, rec *record.Record) *record.Record {
	if len(m.paths) == 0 || rec.Deleted {
		return rec
	}
	out := *rec
	out.Values = make([]value.Value, 0, len(rec.Values)+len(m.paths))
	out.Values = append(out.Values, rec.Values...)
	for i := range m.paths {
		steps := m.paths[i].Steps
		v := rec.Values[steps[0].Field]
		for _, at := range steps[1:] {
			if v.IsNull() {
				break
			}
			v = k.value(at, v.Ref())
		}
		out.Values = append(out.Values, v)
	}
	return &out
}

// Route leads from an object back to the records whose metrics read it.
type Route struct {
	Base  *record.Object
	Steps []Step // relations from the base to the object, in this order
}

// RoutesTo lists the ways in which metrics read the records of an object, each once.
func (s *Set) RoutesTo(object string) (out []Route) {
	seen := map[string]bool{}
	for _, m := range s.list {
		if m.Broken != nil || m.object == nil {
			continue
		}
		for _, p := range m.paths {
			for n := 1; n < len(p.Steps); n++ {
				name := m.object.Key + "." + strings.Join(strings.Split(p.Name, ".")[:n], ".")
				if p.Steps[n].Object.Key == object && !seen[name] {
					seen[name] = true
					out = append(out, Route{m.object, p.Steps[:n]})
				}
			}
		}
	}
	return out
}
