package intake

import (
	"errors"
	"path/filepath"
	"strings"

	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Bounds of the search for related records.
const (
	maxProbed  = 20_000 // records of an object that are compared with columns
	probeShare = 80     // percent of a column's values that must be found
)

// Suggest adds to a survey what its columns mean here: persons, related records, and the fields of an object. An empty
// object is the one that the columns fit best; the mapping that comes back has none when nothing fits.
func (s *Store) Suggest(tx *db.Tx, file *File, survey *Survey, object string) (Mapping, error) {
	m := Mapping{OnConflict: OnUpdate, Sheet: survey.Sheet, HeaderRow: survey.HeaderRow, Columns: []ColumnMapping{}}
	schema, err := s.records.Schema(tx)
	if err != nil {
		return m, err
	}
	dir, err := s.people.Directory(tx)
	if err != nil {
		return m, err
	}
	for i := range survey.Columns {
		c := &survey.Columns[i]
		c.Guess = c.guess()
		if (c.Guess.Type == record.TypeText || c.Guess.Type == record.TypeChoice) && arePersons(dir, c.Facts.Probe) {
			c.Guess = Guess{Type: record.TypePerson, Confidence: 95}
		}
	}
	if err := s.guessRelations(tx, schema, survey); err != nil {
		return m, err
	}
	persons := MapPersons(survey)
	for _, p := range persons {
		survey.column(p.Column).Guess.Person = p.Field
	}
	var target *record.Object
	if object != "" {
		if target, err = schema.Object(object); err != nil {
			if problem.IsCode(err, "unknown_object") {
				return m, nil
			}
			return m, err
		}
	} else if target = bestObject(schema.Objects, file, survey); target == nil {
		if m.Persons = looksLikePeople(survey, persons); m.Persons {
			m.Columns = wholePersons(survey)
		}
		return m, nil
	}
	m.Object = target.Key
	m.Columns = matchFields(survey, target)
	m.Key, err = s.guessKey(tx, target, survey, m.Columns)
	return m, err
}

// maxKeyProbe is how many records tell what the identities of an object are made of.
const maxKeyProbe = 200

// guessKey is the column of the identity: the one that makes the identities of the records that are there, so that the
// file that made them finds them again; else one that is called so. Identities made of the whole row have none.
func (s *Store) guessKey(tx *db.Tx, o *record.Object, survey *Survey, columns []ColumnMapping) (string, error) {
	agree, seen, whole := make([]int, len(o.Fields)), 0, 0
	err := s.records.Scan(tx, o, func(r *record.Record) error {
		if r.ExternalID == "" {
			return nil
		}
		if strings.HasPrefix(r.ExternalID, wholeRow) {
			whole++
		}
		for i := range o.Fields {
			if !r.Values[i].IsNull() && r.Values[i].String() == r.ExternalID {
				agree[i]++
			}
		}
		if seen++; seen >= maxKeyProbe {
			return errProbed
		}
		return nil
	})
	if err != nil && !errors.Is(err, errProbed) {
		return "", err
	}
	if seen > 0 && whole == seen {
		return "", nil
	}
	for _, m := range columns {
		if i, ok := o.Index(m.Field); ok && seen > 0 && agree[i]*100 >= seen*probeShare {
			return m.Column, nil
		}
	}
	for i := range survey.Columns {
		if survey.Columns[i].canBeKey(survey.Rows) {
			return survey.Columns[i].Name, nil
		}
	}
	return "", nil
}

// looksLikePeople reports whether at least half of the columns are called as those of people are: a name or key, and
// something that only people have.
func looksLikePeople(survey *Survey, mapped []ColumnMapping) bool {
	named, placed := false, false
	for _, m := range mapped {
		if m.Field == PersonName || m.Field == PersonKey {
			named = true
		} else {
			placed = true
		}
	}
	return named && placed && 2*len(mapped) >= len(survey.Columns)
}

// wholePersons is a mapping of all columns; those that people do not have are left out of the import.
func wholePersons(survey *Survey) []ColumnMapping {
	out := make([]ColumnMapping, len(survey.Columns))
	for i := range survey.Columns {
		out[i] = ColumnMapping{Column: survey.Columns[i].Name, Field: survey.Columns[i].Guess.Person}
	}
	return out
}

func arePersons(dir *people.Directory, probe []string) bool {
	found := 0
	for _, v := range probe {
		if _, ok := dir.PersonByKey(v); ok {
			found++
		}
	}
	return len(probe) > 0 && found*100 >= len(probe)*probeShare
}

// errProbed ends a scan early.
var errProbed = errors.New("enough seen")

// guessRelations looks for text columns whose values name the records of an object.
func (s *Store) guessRelations(tx *db.Tx, schema *record.Schema, survey *Survey) error {
	var columns []*Column
	for i := range survey.Columns {
		c := &survey.Columns[i]
		if (c.Guess.Type == record.TypeText || c.Guess.Type == record.TypeChoice) && len(c.Facts.Probe) > 0 && !c.canBeKey(survey.Rows) {
			columns = append(columns, c)
		}
	}
	if len(columns) == 0 {
		return nil
	}
	for _, o := range schema.Objects {
		names := map[string]bool{}
		title, hasTitle := o.Index(o.TitleField)
		seen := 0
		err := s.records.Scan(tx, o, func(r *record.Record) error {
			if r.ExternalID != "" {
				names[r.ExternalID] = true
			}
			if hasTitle && !r.Values[title].IsNull() {
				names[r.Values[title].String()] = true
			}
			if seen++; seen >= maxProbed {
				return errProbed
			}
			return nil
		})
		if err != nil && !errors.Is(err, errProbed) {
			return err
		}
		for _, c := range columns {
			found := 0
			for _, v := range c.Facts.Probe {
				if names[v] {
					found++
				}
			}
			if share := found * 100 / len(c.Facts.Probe); share >= probeShare && (c.Guess.Type != record.TypeRelation || share > c.Guess.Confidence) {
				c.Guess = Guess{Type: record.TypeRelation, Target: o.Key, Confidence: share}
			}
		}
	}
	return nil
}

// bestObject is the object with a field for at least half of the columns, and the most of them.
func bestObject(objects []*record.Object, file *File, survey *Survey) *record.Object {
	stem := plainName(strings.TrimSuffix(file.Name, filepath.Ext(file.Name)))
	var best *record.Object
	most := 0
	for _, o := range objects {
		n := 0
		for i := range survey.Columns {
			if fieldFor(o, survey.Columns[i].Name) != nil {
				n += 2
			}
		}
		if plainName(o.Key) == stem || plainName(o.Name.ZH) == stem || plainName(o.Name.EN) == stem {
			n++
		}
		if n >= len(survey.Columns) && n > most {
			best, most = o, n
		}
	}
	return best
}

// fieldFor is the field that a column is called after: by key, then by name in either language.
func fieldFor(o *record.Object, column string) *record.Field {
	name := plainName(column)
	for _, of := range []func(*record.Field) string{
		func(f *record.Field) string { return f.Key },
		func(f *record.Field) string { return f.Name.ZH },
		func(f *record.Field) string { return f.Name.EN },
	} {
		for i := range o.Fields {
			if f := &o.Fields[i]; f.Type != record.TypeAutoNumber && plainName(of(f)) == name {
				return f
			}
		}
	}
	return nil
}

// matchFields maps every column to the field of its name, each field once, and leaves the others out.
func matchFields(survey *Survey, o *record.Object) []ColumnMapping {
	taken := map[string]bool{}
	out := make([]ColumnMapping, len(survey.Columns))
	for i := range survey.Columns {
		c := &survey.Columns[i]
		out[i].Column = c.Name
		f := fieldFor(o, c.Name)
		if f == nil || taken[f.Key] {
			continue
		}
		taken[f.Key] = true
		out[i].Field, c.Guess.Field = f.Key, f.Key
		if f.Type == record.TypeDate || f.Type == record.TypeDateTime {
			out[i].DateOrder = c.Facts.Order
		}
	}
	return out
}
