package intake

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"laurel/internal/expr"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/record"
)

var notInKey = regexp.MustCompile(`[^a-z0-9]+`)

// ownKeys are what every record has already.
var ownKeys = map[string]bool{"id": true, "external_id": true, "version": true, "created_at": true, "updated_at": true, "deleted_at": true, "deleted": true}

// MapNew makes a mapping that creates an object of a file from the guesses about its columns.
func MapNew(file *File, survey *Survey, key string) Mapping {
	stem := strings.TrimSuffix(file.Name, filepath.Ext(file.Name))
	def := &record.ObjectDef{Key: key, Name: i18n.Same(stem)}
	if def.Key == "" {
		def.Key = keyOf(stem, "imported", nil)
	}
	m := Mapping{Object: def.Key, CreateObject: def, OnConflict: OnUpdate, Sheet: survey.Sheet, HeaderRow: survey.HeaderRow}
	taken := map[string]bool{}
	for i := range survey.Columns {
		c := &survey.Columns[i]
		f := record.FieldDef{Key: keyOf(c.Name, fmt.Sprintf("column_%d", c.Index+1), taken), Name: i18n.Same(c.Name), Type: c.Guess.Type, Target: c.Guess.Target}
		if f.Type == "" {
			f.Type = record.TypeText
		}
		taken[f.Key] = true
		if def.Title == "" && f.Type == record.TypeText {
			def.Title = f.Key
		}
		def.Fields = append(def.Fields, f)
		m.Columns = append(m.Columns, ColumnMapping{Column: c.Name, Field: f.Key, DateOrder: c.Facts.Order})
		if m.Key == "" && c.canBeKey(survey.Rows) {
			m.Key = c.Name
		}
	}
	return m
}

// keyOf makes an identifier of a name; names without letters of the alphabet get the fallback.
func keyOf(name, fallback string, taken map[string]bool) string {
	key := strings.Trim(notInKey.ReplaceAllString(strings.ToLower(fold(name)), "_"), "_")
	if key == "" || key[0] < 'a' || key[0] > 'z' || len(key) < 2 && !isPlain(name) {
		key = fallback
	}
	key = strings.TrimRight(key[:min(len(key), 36)], "_")
	if expr.IsReserved(key) || ownKeys[key] {
		key += "_"
	}
	for n, stem := 2, key; taken[key]; n++ {
		key = fmt.Sprintf("%s_%d", stem, n)
	}
	return key
}

// complete fills in what a definition from guesses leaves open and only the file and the organisation know: currency,
// decimal places, choices.
func complete(def record.ObjectDef, m *Mapping, s *Survey, currency string) record.ObjectDef {
	def.Fields = append([]record.FieldDef(nil), def.Fields...)
	for i := range def.Fields {
		f := &def.Fields[i]
		c, mapped := m.columnOf(f.Key, s)
		if f.Type == record.TypeMoney && f.Currency == "" {
			f.Currency = currencyOf(c, currency)
		}
		if c == nil {
			continue
		}
		switch f.Type {
		case record.TypeRelation:
			if f.Target == "" {
				f.Target = c.Guess.Target
			}
		case record.TypeNumber:
			f.Scale = max(f.Scale, uint8(min(c.Facts.Places, 12)))
		case record.TypePercent:
			f.Scale = max(f.Scale, uint8(min(c.Facts.Places+2, 12)), 4)
		case record.TypeChoice, record.TypeChoices:
			f.Choices = withChoices(f.Choices, choicesIn(c, mapped, f.Type))
		}
	}
	return def
}

// currencyOf is the currency that a column is written in; signs that several currencies share mean the organisation's own
// if they can.
func currencyOf(c *Column, own string) string {
	if c == nil || c.Facts.Currency == "" || (&numeral{currency: c.Facts.Currency}).means(own) {
		return own
	}
	switch code := c.Facts.Currency; code {
	case "$":
		return "USD"
	case "¥", "元":
		return "CNY"
	default:
		if _, known := money.MinorUnits(code); known {
			return code
		}
	}
	return own
}

func (m *Mapping) columnOf(field string, s *Survey) (*Column, *ColumnMapping) {
	for i := range m.Columns {
		if m.Columns[i].Field == field && field != "" {
			return s.column(m.Columns[i].Column), &m.Columns[i]
		}
	}
	return nil, nil
}

// choicesIn are the choices that a column's cells name, corrected.
func choicesIn(c *Column, m *ColumnMapping, typ string) []string {
	var out []string
	for _, v := range c.Facts.Values {
		if better, ok := m.Corrections[v]; ok {
			v = better
		}
		if typ == record.TypeChoices {
			for _, part := range splitChoices(v) {
				out = append(out, part.(string))
			}
		} else if v != "" {
			out = append(out, v)
		}
	}
	return out
}

// withChoice adds a choice unless one of its key or name is there.
func withChoice(have []record.Choice, c record.Choice) []record.Choice {
	for _, known := range have {
		if known.Key == c.Key || known.Name.ZH != "" && known.Name.ZH == c.Name.ZH || known.Name.EN != "" && known.Name.EN == c.Name.EN {
			return have
		}
	}
	return append(have[:len(have):len(have)], c)
}

// withChoices adds the choices that are not there yet by key or name. A new one's key is its text.
func withChoices(have []record.Choice, values []string) []record.Choice {
	out := append([]record.Choice(nil), have...)
	known := map[string]bool{}
	for _, c := range have {
		known[c.Key], known[c.Name.ZH], known[c.Name.EN] = true, true, true
	}
	for _, v := range values {
		if !known[v] && len(out) < record.MaxChoices && len([]rune(v)) <= record.MaxChoiceKey {
			known[v] = true
			out = append(out, record.Choice{Key: v, Name: i18n.Same(v)})
		}
	}
	return out
}
