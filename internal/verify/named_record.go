package verify

import (
	"fmt"

	"laurel/internal/record"
)

// idOf is the record of an object that somebody names by its external id or, where there is none, the first live one of that
// title; 0 for none.
func (r *run) idOf(object, name string) (int64, error) {
	schema, err := r.deps.Records.Schema(r.tx)
	if err != nil {
		return 0, err
	}
	o, err := schema.Object(object)
	if err != nil {
		return 0, nil
	}
	var byID, byTitle int64
	title, titled := o.Index(o.TitleField)
	titled = titled && o.Fields[title].Type == record.TypeText
	err = r.deps.Records.Scan(r.tx, o, func(rec *record.Record) error {
		if rec.ExternalID == name {
			byID = rec.ID
		}
		if titled && byTitle == 0 && rec.Values[title].Text() == name {
			byTitle = rec.ID
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", o.Key, err)
	}
	if byID != 0 {
		return byID, nil
	}
	return byTitle, nil
}
