package record

import (
	"encoding/json"
	"strconv"

	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/value"
)

var wantPerson = i18n.T(`人员的编号（如 12）或标识（如 "E0012"）`, `a person by id such as 12 or by key such as "E0012"`)

// personType is stored as the id of the person. Input gives a number, which is the id, or a text, which is the key;
// also {"id": 12} and {"key": "E0012"}.
type personType struct{ traits }

func (personType) parse(f *Field, in any) (parsed, *problem.Error) {
	return parseRef(f, in, "key", wantPerson)
}

func (personType) accept(f *Field, v value.Value) (value.Value, *problem.Error) {
	return acceptRef(f, v, wantPerson)
}

func (personType) bind(v value.Value) any             { return v.Ref() }
func (personType) load(_ *Field, c *cell) value.Value { return value.OfRef(c.n.Int64) }

// parseRef reads a reference: a number is an id, a text what the thing is called (under the given name in a map).
func parseRef(f *Field, in any, name string, want i18n.Text) (parsed, *problem.Error) {
	given := in
	if m, ok := in.(map[string]any); ok {
		id, byID := m["id"]
		text, byName := m[name]
		switch {
		case len(m) != 1 || byID == byName:
			return parsed{}, wrongType(f, want, given)
		case byID:
			in = id
			if _, isText := in.(string); isText {
				return parsed{}, wrongType(f, want, given)
			}
		default:
			if in = text; in == "" {
				return parsed{}, wrongType(f, want, given)
			}
			if _, isText := in.(string); !isText {
				return parsed{}, wrongType(f, want, given)
			}
		}
	}
	var id int64
	switch n := in.(type) {
	case int64:
		id = n
	case int:
		id = int64(n)
	case json.Number:
		parsedID, err := strconv.ParseInt(n.String(), 10, 64)
		if err != nil {
			return parsed{}, wrongType(f, want, given)
		}
		id = parsedID
	case string:
		if p := checkText(f, n, MaxExternalID); p != nil {
			return parsed{}, p
		}
		return parsed{ref: n}, nil
	default:
		return parsed{}, wrongType(f, want, given)
	}
	v, p := acceptRef(f, value.OfRef(id), want)
	return parsed{value: v}, p
}

func acceptRef(f *Field, v value.Value, want i18n.Text) (value.Value, *problem.Error) {
	if v.Kind() != value.Ref || v.Ref() <= 0 {
		return v, wrongType(f, want, v)
	}
	return v, nil
}

func unknownRef(f *Field, got any) *problem.Error {
	if f.Type == TypePerson {
		return fieldProblem(f, "unknown_person", "找不到人员 %s。请先添加此人，或检查编号。", "names a person who is not there: %s. Add the person first, or check the key.", shown(got))
	}
	return fieldProblem(f, "unknown_record", "在“%s”中找不到记录 %s。请先添加它，或检查其外部编号。",
		"points to a record of %s that is not there: %s. Add it first, or check its external id.", f.Target, shown(got))
}
