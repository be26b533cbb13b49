package metricset

import (
	"slices"
	"strings"
	"unicode"

	"laurel/internal/i18n"
	"laurel/internal/record"
)

// Mapping says what stands in each slot: the key of an object, a field or a choice, or a number. Nothing is "".
type Mapping map[string]string

// How well a name fits a slot. The usual names of a slot are written from the best to the least good.
const (
	exactFit = 1000 // less the place among the usual names
	partFit  = 500  // the usual name is a part of it
	soleFit  = 100  // no name fits, and nothing else can be meant
)

// Guess maps what a mapping does not say yet, by the types, keys and names of what is there.
// A slot that is mapped to "" is meant to stay empty.
func (s *Set) Guess(objects []*record.Object, said Mapping) Mapping {
	out := Mapping{}
	for i := range s.Objects { // all objects first: relations lead to them
		slot := &s.Objects[i]
		if given, ok := said[slot.Slot]; ok {
			out[slot.Slot] = given
			continue
		}
		out[slot.Slot] = slot.guess(objects)
	}
	for i := range s.Objects {
		slot := &s.Objects[i]
		object := objectOf(objects, out[slot.Slot])
		slot.guessFields(object, said, out)
		for f := range slot.Fields {
			slot.Fields[f].guessValues(object, said, out)
		}
	}
	return out
}

func objectOf(objects []*record.Object, key string) *record.Object {
	i := slices.IndexFunc(objects, func(o *record.Object) bool { return o.Key == key })
	if i < 0 {
		return nil
	}
	return objects[i]
}

// guess is the object whose name fits best; of several, the one with more of the fields.
func (o *ObjectSlot) guess(objects []*record.Object) (key string) {
	best := 0
	for _, each := range objects {
		fits := fit(o.Called, each.Key, each.Name)
		if fits == 0 {
			continue
		}
		found := Mapping{}
		o.guessFields(each, nil, found)
		for _, field := range found {
			if field != "" {
				fits++
			}
		}
		if fits > best {
			best, key = fits, each.Key
		}
	}
	return key
}

// guessFields gives each field of the slot the field that fits best; no field stands in two slots.
func (o *ObjectSlot) guessFields(object *record.Object, said, out Mapping) {
	type pair struct {
		slot, field string
		fits        int
	}
	var pairs []pair
	taken := map[string]bool{}
	for i := range o.Fields {
		slot := &o.Fields[i]
		given, ok := said[slot.Slot]
		out[slot.Slot] = given
		taken[given] = true
		if ok || object == nil {
			continue
		}
		for f := range object.Fields {
			if fits := slot.fit(object, &object.Fields[f], out); fits > 0 {
				pairs = append(pairs, pair{slot.Slot, object.Fields[f].Key, fits})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return b.fits - a.fits })
	for _, p := range pairs {
		if out[p.slot] == "" && !taken[p.field] {
			out[p.slot], taken[p.field] = p.field, true
		}
	}
}

// fit says how well a field stands in the slot; 0 is not at all.
func (f *FieldSlot) fit(object *record.Object, field *record.Field, mapped Mapping) int {
	if !slices.Contains(f.Types, field.Type) || f.Target != "" && mapped[f.Target] != "" && field.Target != mapped[f.Target] {
		return 0
	}
	if fits := fit(f.Called, field.Key, field.Name); fits > 0 {
		return fits
	}
	alike := 0
	for i := range object.Fields {
		if object.Fields[i].Type == field.Type && object.Fields[i].Target == field.Target {
			alike++
		}
	}
	if alike == 1 && (field.Type == "person" || f.Target != "") {
		return soleFit
	}
	return 0
}

// guessValues gives the values of a field their choices, by whole names only: "unqualified" is not "qualified".
func (f *FieldSlot) guessValues(object *record.Object, said, out Mapping) {
	for i := range f.Values {
		slot := &f.Values[i]
		given, ok := said[slot.Slot]
		out[slot.Slot] = given
		if ok || object == nil || out[f.Slot] == "" {
			continue
		}
		out[slot.Slot] = slot.Default
		at, there := object.Index(out[f.Slot])
		if !there {
			continue
		}
		best := 0
		for _, c := range object.Fields[at].Choices {
			if fits := fit(slot.Called, c.Key, c.Name); fits > partFit && fits > best {
				best, out[slot.Slot] = fits, c.Key
			}
		}
	}
}

// fit says how well a key or name agrees with the usual names; 0 is not at all.
func fit(called []string, key string, name i18n.Text) (best int) {
	for i, usual := range called {
		usual = plain(usual)
		for _, is := range []string{plain(key), plain(name.ZH), plain(name.EN)} {
			switch {
			case is == usual:
				best = max(best, exactFit-i)
			case len([]rune(usual)) > 1 && strings.Contains(is, usual):
				best = max(best, partFit-i)
			}
		}
	}
	return best
}

// plain takes away what names are written with and without: case, spaces, punctuation.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}
