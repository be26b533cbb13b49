package api

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/record"
	"laurel/internal/value"
)

// Values holds a record's values as JSON, by field key. It is written out as it is.
type Values json.RawMessage

// MarshalJSON writes the JSON that it holds.
func (v Values) MarshalJSON() ([]byte, error) { return v, nil }

// Schema describes the values to the contract.
func (Values) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
}

func appendValues(dst []byte, o *record.Object, values []value.Value) []byte {
	dst = append(dst, '{')
	for i := range o.Fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, '"')
		dst = append(dst, o.Fields[i].Key...) // a checked identifier
		dst = append(dst, '"', ':')
		dst = record.AppendValue(dst, values[i])
	}
	return append(dst, '}')
}

// appendRecord writes a record as the contract's Record, without reflection: it is on the way of every single write.
func appendRecord(dst []byte, o *record.Object, r *record.Record) []byte {
	dst = append(dst, `{"id":`...)
	dst = strconv.AppendInt(dst, r.ID, 10)
	dst = append(dst, `,"external_id":`...)
	dst = record.AppendValue(dst, value.OfText(r.ExternalID))
	dst = append(dst, `,"version":`...)
	dst = strconv.AppendInt(dst, r.Version, 10)
	dst = append(dst, `,"created_at":"`...)
	dst = instant(r.Created).AppendFormat(dst, time.RFC3339Nano)
	dst = append(dst, `","updated_at":"`...)
	dst = instant(r.Updated).AppendFormat(dst, time.RFC3339Nano)
	dst = append(dst, `","deleted":`...)
	dst = strconv.AppendBool(dst, r.Deleted)
	dst = append(dst, `,"values":`...)
	return append(appendValues(dst, o, r.Values), '}')
}

func shapeRecord(o *record.Object, r *record.Record) Record {
	return Record{
		ID: r.ID, ExternalID: r.ExternalID, Version: r.Version, Created: instant(r.Created), Updated: instant(r.Updated),
		Deleted: r.Deleted, Values: Values(appendValues(nil, o, r.Values)),
	}
}

// etag is a record's version as an entity tag.
func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// references collects which persons and records a page refers to, by field.
type references struct {
	object *record.Object
	ids    map[int]map[int64]bool // by the field's index
}

func newReferences(o *record.Object) *references {
	return &references{object: o, ids: map[int]map[int64]bool{}}
}

func (r *references) add(field int, id int64) {
	if id == 0 {
		return
	}
	if r.ids[field] == nil {
		r.ids[field] = map[int64]bool{}
	}
	r.ids[field][id] = true
}

func (r *references) addRecord(rec *record.Record) {
	for i := range r.object.Fields {
		if v := rec.Values[i]; v.Kind() == value.Ref {
			r.add(i, v.Ref())
		}
	}
}

// addChange looks into a change's values, which are JSON.
func (r *references) addChange(fields json.RawMessage) {
	if len(fields) == 0 {
		return
	}
	var byKey map[string]json.RawMessage
	if json.Unmarshal(fields, &byKey) != nil {
		return // what is no object refers to nothing
	}
	for key, text := range byKey {
		if i, ok := r.object.Index(key); ok && r.object.Fields[i].Kind() == value.Ref {
			if id, err := strconv.ParseInt(string(bytes.TrimSpace(text)), 10, 64); err == nil {
				r.add(i, id)
			}
		}
	}
}

// labels names everything that was collected.
func (s *server) labels(tx *db.Tx, refs *references) (Labels, error) {
	out := Labels{}
	for field, ids := range refs.ids {
		f := &refs.object.Fields[field]
		names := make(map[string]string, len(ids))
		if f.Type == record.TypePerson {
			d, err := s.people.Directory(tx)
			if err != nil {
				return nil, err
			}
			for id := range ids {
				names[strconv.FormatInt(id, 10)] = personLabel(d, id)
			}
		} else if err := s.recordLabels(tx, f.Target, ids, names); err != nil {
			return nil, err
		}
		out[f.Key] = names
	}
	return out, nil
}

func personLabel(d *people.Directory, id int64) string {
	if p, ok := d.Person(id); ok {
		return p.Name
	}
	return "#" + strconv.FormatInt(id, 10)
}

func (s *server) recordLabels(tx *db.Tx, target string, ids map[int64]bool, names map[string]string) error {
	o, err := s.records.Object(target)
	if err != nil {
		return nil // the object has gone; the ids stand for themselves
	}
	list := make([]int64, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	found, err := s.records.Load(tx, o, list)
	if err != nil {
		return err
	}
	for i := range found {
		names[strconv.FormatInt(found[i].ID, 10)] = recordTitle(o, &found[i])
	}
	return nil
}

// recordTitle names a record: its title field, else its external id, else its number.
func recordTitle(o *record.Object, r *record.Record) string {
	if i, ok := o.Index(o.TitleField); ok {
		if v := r.Values[i]; !v.IsNull() && v.String() != "" {
			return v.String()
		}
	}
	if r.ExternalID != "" {
		return r.ExternalID
	}
	return "#" + strconv.FormatInt(r.ID, 10)
}

// actorNames turns actors of the log into names of people.
func (s *server) actorNames(tx *db.Tx, lang i18n.Lang) (func(string) string, error) {
	d, err := s.people.Directory(tx)
	if err != nil {
		return nil, err
	}
	logins := map[int64]string{}
	return func(actor string) string {
		kind, id := splitActor(actor)
		switch kind {
		case "account":
			if p, ok := d.PersonOfAccount(id); ok {
				return p.Name
			}
			if _, known := logins[id]; !known {
				a, err := s.auth.Account(tx, id)
				if err != nil {
					return actor
				}
				logins[id] = a.Login
			}
			return logins[id]
		case "import":
			return i18n.Format("导入 #%d", "Import #%d", id).In(lang)
		case "demo":
			return i18n.T("示例数据", "Sample data").In(lang)
		case "system":
			return i18n.T("系统", "System").In(lang)
		}
		return actor
	}, nil
}

func splitActor(actor string) (kind string, id int64) {
	for i := range actor {
		if actor[i] == ':' {
			id, _ = strconv.ParseInt(actor[i+1:], 10, 64)
			return actor[:i], id
		}
	}
	return actor, 0
}

// dayInstant is the moment at which a local day begins, as the contract writes instants.
func dayInstant(d calendar.Day, zone *time.Location) time.Time { return d.Start(zone).UTC() }
