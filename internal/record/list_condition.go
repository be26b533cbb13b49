package record

import (
	"slices"
	"strings"
	"unicode/utf8"

	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/value"
)

// systemFields are the columns that every record has, as conditions and sorts name them.
var systemFields = map[string]*Field{
	"id":          {Key: "id", Name: i18n.T("编号", "id"), Type: TypeAutoNumber},
	"external_id": {Key: "external_id", Name: i18n.T("外部编号", "external id"), Type: TypeText},
	"created_at":  {Key: "created_at", Name: i18n.T("创建时间", "created at"), Type: TypeDateTime},
	"updated_at":  {Key: "updated_at", Name: i18n.T("更新时间", "updated at"), Type: TypeDateTime},
}

// column finds what a condition or sort names: the field and its quoted column.
func (o *Object) column(key string) (*Field, string, *problem.Error) {
	if i, ok := o.Index(key); ok {
		return &o.Fields[i], db.Quote(columnOf(key)), nil
	}
	if f, ok := systemFields[key]; ok {
		return f, db.Quote(key), nil
	}
	return nil, "", problem.Bad("unknown_field", clip(key, 60), "“%s”没有字段 %s%s", "%s has no field %s%s", o.Name, shown(key),
		problem.Hint(key, append(o.FieldKeys(), "id", "external_id", "created_at", "updated_at"), i18n.T("。请检查拼写。", ". Check the spelling.")))
}

// comparisons are what can be asked of a field besides eq, ne, in, empty and not_empty.
func comparisons(f *Field) []CompareOp {
	switch f.Type {
	case TypeText, TypeLongText:
		return []CompareOp{Lt, Le, Gt, Ge, Contains, Starts}
	case TypeNumber, TypeMoney, TypePercent, TypeDate, TypeDateTime, TypeAutoNumber:
		return []CompareOp{Lt, Le, Gt, Ge}
	case TypeChoices:
		return []CompareOp{Contains}
	}
	return nil
}

var sqlOperators = map[CompareOp]string{Eq: "=", Ne: "<>", Lt: "<", Le: "<=", Gt: ">", Ge: ">="}

func (w *where) condition(c *Condition) error {
	f, column, p := w.object.column(c.Field)
	if p != nil {
		return p
	}
	switch c.Op {
	case Empty:
		w.and(column + " IS NULL")
		return nil
	case NotEmpty:
		w.and(column + " IS NOT NULL")
		return nil
	case In:
		return w.in(f, column, c.Value)
	case Eq, Ne:
	default:
		if !slices.Contains(comparisons(f), c.Op) {
			return fieldProblem(f, "bad_condition", "不支持比较方式 %s。", "cannot be compared by %s.", shown(string(c.Op)))
		}
	}
	if c.Op == Contains || c.Op == Starts {
		return w.part(f, column, c)
	}
	v, err := w.operand(f, c.Value)
	if err != nil {
		return err
	}
	switch {
	case v == nil && c.Op == Eq:
		w.and(column + " IS NULL")
	case v == nil && c.Op == Ne:
		w.and(column + " IS NOT NULL")
	case v == nil:
		w.and("1 = 0") // nothing is less or more than nothing
	case c.Op == Ne:
		w.and("(" + column + " <> " + w.arg(v) + " OR " + column + " IS NULL)")
	default:
		w.and(column + " " + sqlOperators[c.Op] + " " + w.arg(v))
	}
	return nil
}

// operand is an input as the field's column holds it.
func (w *where) operand(f *Field, in any) (any, error) {
	got, p := f.read(in)
	if p != nil {
		return nil, p
	}
	if got.ref == "" {
		return f.stored(got.value), nil
	}
	refs := newRefs()
	refs.wantName(f, got.ref)
	if err := refs.lookUp(w.tx); err != nil {
		return nil, err
	}
	if id := refs.named(f, got.ref); id != 0 {
		return id, nil
	}
	return nil, unknownRef(f, got.ref)
}

// part asks for a part of a text, or for an element of several choices.
func (w *where) part(f *Field, column string, c *Condition) error {
	text, ok := c.Value.(string)
	if !ok {
		return wrongType(f, wantText, c.Value)
	}
	if f.Type == TypeChoices {
		i := f.findChoice(text)
		if i < 0 {
			return unknownChoice(f, text)
		}
		w.and(hasElement(column, w.arg(string(appendString(nil, f.Choices[i].Key)))))
		return nil
	}
	if p := checkText(f, text, MaxText); p != nil {
		return p
	}
	pattern := likePattern(text) + "%"
	if c.Op == Contains {
		pattern = "%" + pattern
	}
	w.and(w.like(column, pattern))
	return nil
}

func (w *where) in(f *Field, column string, in any) error {
	var list []any
	switch l := in.(type) {
	case []any:
		list = l
	case []string:
		for _, s := range l {
			list = append(list, s)
		}
	case []int64:
		for _, n := range l {
			list = append(list, n)
		}
	default:
		return wrongType(f, i18n.T("一个列表", "a list"), in)
	}
	if len(list) > MaxIn {
		return fieldProblem(f, "out_of_range", "的列表最多 %d 个值。", "takes a list of at most %d values.", MaxIn)
	}
	var either, same []string
	for _, item := range list {
		if f.Type == TypeChoices {
			key, ok := item.(string)
			if !ok || f.findChoice(key) < 0 {
				return unknownChoice(f, strings.Trim(shown(item), `"`))
			}
			either = append(either, hasElement(column, w.arg(string(appendString(nil, f.Choices[f.findChoice(key)].Key)))))
			continue
		}
		v, err := w.operand(f, item)
		if err != nil {
			return err
		}
		if v == nil {
			either = append(either, column+" IS NULL")
			continue
		}
		same = append(same, w.arg(v))
	}
	if same != nil {
		either = append(either, column+" IN ("+strings.Join(same, ", ")+")")
	}
	if either == nil {
		either = []string{"1 = 0"} // in nothing
	}
	w.and("(" + strings.Join(either, " OR ") + ")")
	return nil
}

// search looks for a part of any text, of a choice's key or name, of a person's name or of the external id.
func (w *where) search(text string) *problem.Error {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if !storable(text) {
		return problem.Bad("bad_encoding", "search", "搜索文本含有无效字符。", "The search text holds invalid characters.")
	}
	if utf8.RuneCountInString(text) > MaxSearch {
		return problem.Bad("too_long", "search", "搜索文本最多 %d 个字符。", "A search text has at most %d characters.", MaxSearch)
	}
	pattern := "%" + likePattern(text) + "%"
	either := []string{w.like("external_id", pattern)}
	for i := range w.object.Fields {
		f := &w.object.Fields[i]
		column := db.Quote(columnOf(f.Key))
		switch {
		case f.typ().about().searched:
			either = append(either, w.like(column, pattern))
		case f.Type == TypePerson:
			either = append(either, column+" IN (SELECT id FROM person WHERE "+w.like("name", pattern)+")")
		case f.Type == TypeChoice:
			for _, c := range f.Choices {
				if holds(c.Key, text) || holds(c.Name.ZH, text) || holds(c.Name.EN, text) {
					either = append(either, column+" = "+w.arg(c.Key))
				}
			}
		}
	}
	w.and("(" + strings.Join(either, " OR ") + ")")
	return nil
}

// like compares ASCII letters of either case alike, on both databases: lower() of bytewise text knows no others.
func (w *where) like(column, pattern string) string {
	return "lower(" + column + ") LIKE " + w.arg(pattern) + " ESCAPE '!'"
}

func likePattern(text string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(lowerASCII(text))
}

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

func holds(text, part string) bool { return strings.Contains(lowerASCII(text), lowerASCII(part)) }

// valueOf is the value of a field or system field of a record.
func (o *Object) valueOf(r *Record, key string) value.Value {
	if i, ok := o.Index(key); ok {
		return r.Values[i]
	}
	switch key {
	case "external_id":
		if r.ExternalID == "" {
			return value.Nothing
		}
		return value.OfText(r.ExternalID)
	case "created_at":
		return value.OfTime(r.Created)
	case "updated_at":
		return value.OfTime(r.Updated)
	}
	return value.OfRef(r.ID)
}
