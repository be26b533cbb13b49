package intake

import (
	"strings"
	"unicode/utf8"

	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// maxIndexed bounds the records of a related object that are kept in memory to find them by name.
const maxIndexed = 2_000_000

// ambiguous stands for a name that several records have.
const ambiguous = -1

// byID matches related records by their id.
const byID = "id"

// index finds the records of a related object: by a field of choice, else by external id and by title.
type index struct {
	object   *record.Object
	match    string // field key; "" for external id and title; external_id; id
	external map[string]int64
	named    map[string]int64
}

// buildIndex reads a related object once.
func (s *Store) buildIndex(tx *db.Tx, o *record.Object, match string) (*index, error) {
	x := &index{object: o, match: match, external: map[string]int64{}, named: map[string]int64{}}
	if match == byID {
		return x, nil
	}
	place, err := x.place()
	if err != nil {
		return nil, err
	}
	err = s.records.Scan(tx, o, func(r *record.Record) error {
		if len(x.external)+len(x.named) >= maxIndexed {
			return problem.New(problem.TooLarge, "too_many_records", "match", "“%s”的记录太多，无法按名称匹配；请改用 id 匹配。", "%s has too many records to match by name. Match by id.", o.Name)
		}
		x.put(r.ID, r.ExternalID, place, r)
		return nil
	})
	return x, err
}

// place is the index of the field that names records; -1 when only external ids do.
func (x *index) place() (int, error) {
	key := x.match
	switch key {
	case "external_id":
		return -1, nil
	case "":
		if key = x.object.TitleField; key == "" {
			return -1, nil
		}
	}
	i, ok := x.object.Index(key)
	if !ok {
		return 0, problem.Bad("unknown_field", "match", "“%s”没有字段 %q，不能用来匹配。", "%s has no field %q to match by.", x.object.Name, key)
	}
	switch x.object.Fields[i].Type {
	case record.TypeText, record.TypeNumber, record.TypeAutoNumber, record.TypeDate, record.TypeChoice:
		return i, nil
	}
	if x.match == "" {
		return -1, nil
	}
	return 0, problem.Bad("bad_match", "match", "字段 %q 的类型不能用来匹配，请用文本或编号字段。", "The field %q has no type to match by. Use a text or a number.", key)
}

func (x *index) put(id int64, external string, place int, r *record.Record) {
	if external != "" && (x.match == "" || x.match == "external_id") {
		x.external[external] = id
	}
	if place >= 0 && !r.Values[place].IsNull() {
		x.name(r.Values[place].String(), id)
	}
}

func (x *index) name(name string, id int64) {
	if old, taken := x.named[name]; taken && old != id {
		id = ambiguous
	}
	x.named[name] = id
}

// find is the id of the record that a text names: 0 when there is none, ambiguous when there are several.
func (x *index) find(text string) int64 {
	if x.match == byID {
		id := int64(0)
		if len(text) <= 18 && strings.Trim(text, "0123456789") == "" && text != "" {
			for _, c := range []byte(text) {
				id = id*10 + int64(c-'0')
			}
		}
		return id
	}
	byExternal, byName := x.external[text], x.named[text]
	switch {
	case byExternal == 0:
		return byName
	case byName == 0 || byName == byExternal:
		return byExternal
	}
	return ambiguous
}

// naming is the field that a record created because it was missing gets its name in.
func (x *index) naming() string {
	if x.match == "" || x.match == "external_id" {
		return x.object.TitleField
	}
	return x.match
}

// findPerson is the person a text names, by key, name or e-mail address; match narrows it to one of them.
func findPerson(dir *people.Directory, text, match string) (id int64) {
	p, ok := dir.PersonByKey(text)
	if ok {
		switch match {
		case "key":
			ok = p.Key == text
		case "name":
			ok = p.Name == text
		case "email":
			ok = strings.EqualFold(p.Email, text)
		}
	}
	if ok {
		return p.ID
	}
	n := 0
	for i := range dir.Persons() {
		if other := &dir.Persons()[i]; other.Name == text || other.Email != "" && strings.EqualFold(other.Email, text) {
			n++
		}
	}
	if n > 1 {
		return ambiguous
	}
	return 0
}

// nearPerson is whom a wrong name was probably meant to be.
func nearPerson(dir *people.Directory, name string) string {
	return nearest(name, func(yield func(string) bool) {
		for i := range dir.Persons() {
			if !yield(dir.Persons()[i].Name) {
				return
			}
		}
	})
}

// nearest is the one known text that a wrong one was probably meant to be: the same without case, blanks and signs, else
// the only one that differs by one or two letters.
func nearest(text string, known func(yield func(string) bool)) string {
	plain := plainName(text)
	if plain == "" || utf8.RuneCountInString(plain) > 60 {
		return ""
	}
	letters := []rune(plain)
	best, bestDistance, tied := "", 3, false
	for candidate := range known {
		other := plainName(candidate)
		if other == plain && candidate != text {
			return candidate
		}
		if n := utf8.RuneCountInString(other); n < 4 || n < len(letters)-2 || n > len(letters)+2 {
			continue
		}
		switch d := distance(letters, []rune(other), 2); {
		case d < bestDistance:
			best, bestDistance, tied = candidate, d, false
		case d == bestDistance && candidate != best:
			tied = true
		}
	}
	if bestDistance > 2 || tied || len(letters) < 4 {
		return ""
	}
	return best
}

// distance is the number of letters inserted, deleted, changed or swapped with a neighbour, or limit+1 when there are more.
func distance(a, b []rune, limit int) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last = last, row
	}
	return last[len(b)]
}
