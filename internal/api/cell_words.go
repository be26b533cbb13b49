package api

import (
	"encoding/json"
	"strings"
	"time"

	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/record"
)

// maxCellWords is how much of a long text is shown, in characters.
const maxCellWords = 80

// cellWords writes the values of an object's fields, as the change log keeps them, for people.
type cellWords struct {
	object *record.Object
	labels Labels // of the persons and records that values refer to
	zone   *time.Location
}

func (v *viewer) cellWords(tx *db.Tx, o *record.Object, changes []record.Change) (*cellWords, error) {
	refs := newReferences(o)
	for i := range changes {
		refs.addChange(changes[i].Before)
		refs.addChange(changes[i].After)
	}
	labels, err := v.s.labels(tx, refs)
	return &cellWords{object: o, labels: labels, zone: v.dir.Organisation.Calendar().Zone}, err
}

// text writes one value; ok is false for an empty one.
func (c *cellWords) text(f *record.Field, raw json.RawMessage) (out i18n.Text, ok bool) {
	var in any
	if len(raw) == 0 || json.Unmarshal(raw, &in) != nil || in == nil {
		return out, false
	}
	switch v := in.(type) {
	case bool:
		if v {
			return i18n.T("是", "yes"), true
		}
		return i18n.T("否", "no"), true
	case float64: // a reference: only ids are written as numbers
		id := strings.TrimSpace(string(raw))
		if name := c.labels[f.Key][id]; name != "" {
			return i18n.Same(name), true
		}
		return i18n.Same("#" + id), true
	case map[string]any:
		var a money.Amount
		if json.Unmarshal(raw, &a) != nil {
			return i18n.Same(string(raw)), true
		}
		return i18n.Same(money.FormatAmount(a)), true
	case []any:
		var names []i18n.Text
		for _, one := range v {
			if key, isText := one.(string); isText {
				names = append(names, choiceName(f, key))
			}
		}
		return i18n.List(names...), len(names) > 0
	case string:
		return c.written(f, v), true
	}
	return i18n.Same(string(raw)), true
}

// written is a value that the log keeps as text.
func (c *cellWords) written(f *record.Field, text string) i18n.Text {
	switch f.Type {
	case record.TypeChoice:
		return choiceName(f, text)
	case record.TypeNumber:
		return i18n.Same(i18n.Grouped(text))
	case record.TypePercent:
		if d, err := money.ParseDecimal(text); err == nil {
			if d, err = d.Rescale(max(d.Scale, 2), money.HalfEven); err == nil {
				return i18n.Percent(i18n.Grouped(money.Decimal{Coef: d.Coef, Scale: d.Scale - 2}.Trim().String()))
			}
		}
	case record.TypeDateTime:
		if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
			return i18n.Same(at.In(c.zone).Format("2006-01-02 15:04"))
		}
	}
	if letters := []rune(text); len(letters) > maxCellWords {
		return i18n.Same(string(letters[:maxCellWords]) + "…")
	}
	return i18n.Same(text)
}

func choiceName(f *record.Field, key string) i18n.Text {
	for _, c := range f.Choices {
		if c.Key == key && !c.Name.IsZero() {
			return c.Name
		}
	}
	return i18n.Same(key)
}
