package engine

import (
	"errors"
	"strconv"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// Judged reports whether the plan covers a subject in a period and its gates let it in.
func (w world) Judged(ref rule.Ref, p calendar.Period) (bool, error) {
	if !w.ready.Covers(w.scene.dir, ref, p.Window) {
		return false, nil
	}
	for _, g := range w.ready.Def.Gates {
		if open, _, _, err := g.Open(w, ref, p); err != nil || !open {
			return false, err
		}
	}
	return true, nil
}

// Label finds the related record that a rule names, by its external id, else by its title; of several with one title the
// first. What contributions carry is its id.
func (w world) Label(named string) (label string, ok bool, err error) {
	f, known := w.ready.Metric.By()
	if !known {
		return "", false, nil
	}
	key := labelKey{f.Target, named}
	if label, known := w.scene.labels[key]; known {
		return label, label != "", nil
	}
	if label, err = w.scene.related(f.Target, named); err != nil {
		return "", false, err
	}
	w.scene.labels[key] = label
	return label, label != "", nil
}

// labelKey names what is remembered of related records.
type labelKey struct{ object, named string }

// related is the id of the record of an object that somebody named, or empty.
func (s *scene) related(object, named string) (string, error) {
	schema, err := s.records.Schema(s.tx)
	if err != nil {
		return "", err
	}
	o, err := schema.Object(object)
	if err != nil {
		return "", nil // the object has gone, and with it what it named
	}
	found, err := s.records.GetByExternalID(s.tx, o, named)
	if err == nil && !found.Deleted {
		return strconv.FormatInt(found.ID, 10), nil
	}
	if p := (*problem.Error)(nil); err != nil && (!errors.As(err, &p) || p.Kind != problem.NotFound) {
		return "", err
	}
	i, titled := o.Index(o.TitleField)
	if !titled || o.Fields[i].Type != record.TypeText {
		return "", nil
	}
	page, err := s.records.List(s.tx, o, record.Query{
		Conditions: []record.Condition{{Field: o.TitleField, Op: record.Eq, Value: named}}, Sort: []record.Sort{{Field: "id"}}, Limit: 1,
	})
	if err != nil || len(page.Records) == 0 {
		return "", err
	}
	return strconv.FormatInt(page.Records[0].ID, 10), nil
}

// markNamers marks the plans whose rules name records of an object that changed.
func (b *batch) markNamers(changed map[string]map[int64]record.Head) {
	if len(b.index.namers) == 0 {
		return
	}
	for _, p := range b.namers(sortedKeys(changed)) {
		for i := range p.versions {
			of := changed[namedObject(p.versions[i].ready)]
			if len(of) == 0 {
				continue
			}
			var cause award.Cause
			for _, h := range of {
				cause = latest(cause, causeOf(h))
			}
			b.markWhole(p.Plan, cause)
			break
		}
	}
}
