package record

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"

	"laurel/internal/problem"
)

// order is the whole order of a query: its sorts, then the id.
type order struct {
	object *Object
	keys   []sortKey
}

type sortKey struct {
	Sort
	field    *Field
	column   string // quoted
	nullable bool
}

func (o *Object) order(sorts []Sort) (*order, *problem.Error) {
	if len(sorts) > MaxSorts {
		return nil, problem.Bad("out_of_range", "sort", "最多按 %d 个字段排序。", "Sort by at most %d fields.", MaxSorts)
	}
	out := &order{object: o}
	for _, s := range append(append([]Sort(nil), sorts...), Sort{Field: "id"}) {
		f, column, p := o.column(s.Field)
		if p != nil {
			return nil, p
		}
		if !f.typ().about().sorts {
			return nil, fieldProblem(f, "bad_sort", "不能用来排序。", "cannot be sorted by.")
		}
		_, own := o.Index(s.Field)
		out.keys = append(out.keys, sortKey{Sort: s, field: f, column: column, nullable: own || s.Field == "external_id"})
		if s.Field == "id" {
			break // nothing is alike beyond it
		}
	}
	return out, nil
}

func orderBy(o *order) string {
	parts := make([]string, len(o.keys))
	for i, k := range o.keys {
		parts[i] = k.column
		if k.Desc {
			parts[i] += " DESC"
		}
		if k.nullable {
			parts[i] += " NULLS LAST"
		}
	}
	return " ORDER BY " + strings.Join(parts, ", ")
}

// cursorJSON is a place in an order: the sort fields' values of the record it follows.
type cursorJSON struct {
	Order string `json:"o"`
	Keys  []any  `json:"k"`
}

// signature tells orders apart, so that a cursor is not taken for another query's.
func (o *order) signature() string {
	var b strings.Builder
	b.WriteString(o.object.Key)
	for _, k := range o.keys {
		b.WriteByte(' ')
		if k.Desc {
			b.WriteByte('-')
		}
		b.WriteString(k.Field)
	}
	return b.String()
}

func (o *order) cursor(last *Record) string {
	c := cursorJSON{Order: o.signature()}
	for _, k := range o.keys {
		if k.Field == "id" {
			c.Keys = append(c.Keys, last.ID)
			continue
		}
		c.Keys = append(c.Keys, k.field.stored(o.object.valueOf(last, k.Field)))
	}
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // integers, texts and booleans always marshal
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// after adds that records follow the cursor's place.
func (w *where) after(o *order, cursor string) *problem.Error {
	at, ok := o.parse(cursor)
	if !ok {
		return problem.Bad("bad_cursor", "cursor", "翻页位置无效或属于另一种排序，请从第一页重新开始。",
			"The cursor is not valid or belongs to another order. Start again from the first page.")
	}
	var alternatives []string
	var alike []string // of the keys before
	for i, k := range o.keys {
		if at[i] == nil { // nothing comes after a missing value but by the next keys
			alike = append(alike, k.column+" IS NULL")
			continue
		}
		than := " > "
		if k.Desc {
			than = " < "
		}
		beyond := k.column + than + w.arg(at[i])
		if k.nullable {
			beyond = "(" + beyond + " OR " + k.column + " IS NULL)"
		}
		alternatives = append(alternatives, strings.Join(append(append([]string(nil), alike...), beyond), " AND "))
		if i < len(o.keys)-1 { // PostgreSQL refuses parameters that are not used
			alike = append(alike, k.column+" = "+w.arg(at[i]))
		}
	}
	w.and("(" + strings.Join(alternatives, " OR ") + ")")
	return nil
}

// parse reads a cursor of this order.
func (o *order) parse(cursor string) (at []any, ok bool) {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, false
	}
	var c cursorJSON
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if d.Decode(&c) != nil || c.Order != o.signature() || len(c.Keys) != len(o.keys) {
		return nil, false
	}
	for i, k := range o.keys {
		v := c.Keys[i]
		switch k.field.typ().about().column {
		case columnInt:
			if n, isNumber := v.(json.Number); isNumber {
				if v, err = n.Int64(); err != nil {
					return nil, false
				}
			} else if v != nil {
				return nil, false
			}
		case columnBool:
			if _, isBool := v.(bool); !isBool && v != nil {
				return nil, false
			}
		default:
			if s, isText := v.(string); v != nil && (!isText || !storable(s)) {
				return nil, false
			}
		}
		if v == nil && !k.nullable {
			return nil, false
		}
		at = append(at, v)
	}
	return at, true
}
