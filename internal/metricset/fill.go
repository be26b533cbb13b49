package metricset

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/record"
)

var slotForm = regexp.MustCompile(`\{([a-z._]+)\}`)

// slotsIn lists the slots that a text names.
func slotsIn(text string) (out []string) {
	for _, m := range slotForm.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

// names are the texts of a template in which slots stand, besides its conditions.
func (t *Template) names() []*string {
	m := &t.Measure
	return []*string{&t.Object, &t.Date, &t.Person, &m.Value, &m.From, &m.Until}
}

// Needs lists the slots without which the metric cannot be measured, each once.
func (t *Template) Needs() []string {
	out := []string{}
	for _, name := range t.names() {
		out = append(out, slotsIn(*name)...)
	}
	for _, c := range t.When {
		if !c.Optional && c.Otherwise == "" {
			out = append(out, slotsIn(c.Is)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Parts are the metrics of the set that this one is computed from.
func (t *Template) Parts() []string {
	out := []string{}
	for _, key := range []string{t.Measure.Of, t.Measure.To} {
		if key != "" {
			out = append(out, key)
		}
	}
	return out
}

// filling puts what is mapped in the place of slots.
type filling struct {
	mapping Mapping
	values  map[string]string // slots of values as CEL writes them
}

func (f *filling) text(text string) string {
	return slotForm.ReplaceAllStringFunc(text, func(slot string) string {
		slot = slot[1 : len(slot)-1]
		if v, ok := f.values[slot]; ok {
			return v
		}
		return f.mapping[slot]
	})
}

// missing lists which of some slots stay empty.
func (f *filling) missing(slots []string) []string {
	return slices.DeleteFunc(slices.Clone(slots), func(slot string) bool { return f.mapping[slot] != "" })
}

// metric is the template as a definition. What it needs must be mapped, or not all of it says something.
func (f *filling) metric(t Template) metric.Def {
	for _, name := range t.names() {
		*name = f.text(*name)
	}
	var when []string
	for _, c := range t.When {
		switch {
		case len(f.missing(slotsIn(c.Is))) == 0:
			when = append(when, f.text(c.Is))
		case c.Otherwise != "":
			when = append(when, f.text(c.Otherwise))
		}
	}
	if len(when) > 1 {
		for i, each := range when {
			if strings.Contains(each, "||") {
				when[i] = "(" + each + ")"
			}
		}
	}
	t.Condition = strings.Join(when, " && ")
	return t.Def
}

// fill checks that a mapping names what is there, and readies it.
func (s *Set) fill(objects []*record.Object, mapping Mapping) (*filling, error) {
	f := &filling{mapping: mapping, values: map[string]string{}}
	var bad []*problem.Error
	known := map[string]bool{}
	for i := range s.Objects {
		slot := &s.Objects[i]
		known[slot.Slot] = true
		object := objectOf(objects, mapping[slot.Slot])
		if object == nil && mapping[slot.Slot] != "" {
			bad = append(bad, wrong(slot.Slot, "没有表 %q，请另选一张表", "there is no object %q; choose another", mapping[slot.Slot]))
		}
		for j := range slot.Fields {
			field := &slot.Fields[j]
			known[field.Slot] = true
			for _, v := range field.Values {
				known[v.Slot] = true
			}
			if object != nil {
				bad = append(bad, f.field(field, object)...)
			} else if mapping[slot.Slot] == "" {
				mapping[field.Slot] = "" // of no table, no field
			}
		}
	}
	for slot := range mapping {
		if !known[slot] {
			bad = append(bad, wrong(slot, "这组指标没有 %q 这一项", "the set has no slot %q", slot))
		}
	}
	slices.SortFunc(bad, func(a, b *problem.Error) int { return strings.Compare(a.Field, b.Field) })
	return f, problem.Join(bad)
}

func (f *filling) field(slot *FieldSlot, object *record.Object) (bad []*problem.Error) {
	key := f.mapping[slot.Slot]
	if key == "" {
		for _, v := range slot.Values {
			f.mapping[v.Slot] = ""
		}
		return nil
	}
	at, ok := object.Index(key)
	if !ok {
		return []*problem.Error{wrong(slot.Slot, "表 %s 没有字段 %q，请另选一个", "object %s has no field %q; choose another", object.Key, key)}
	}
	field := &object.Fields[at]
	if !slices.Contains(slot.Types, field.Type) {
		return []*problem.Error{wrong(slot.Slot, "字段 %q 的类型是 %s，这里需要 %s", "field %q is of type %s; it must be %s", key, field.Type, strings.Join(slot.Types, " / "))}
	}
	if to := f.mapping[slot.Target]; slot.Target != "" && to != "" && field.Target != to {
		return []*problem.Error{wrong(slot.Slot, "字段 %q 关联的是表 %s，这里需要关联 %s", "field %q leads to %s; it must lead to %s", key, field.Target, to)}
	}
	for _, v := range slot.Values {
		if p := f.value(v, field); p != nil {
			bad = append(bad, p)
		}
	}
	return bad
}

// value writes a value as CEL does: a choice in quotes, a number as its digits.
func (f *filling) value(slot ValueSlot, field *record.Field) *problem.Error {
	given := f.mapping[slot.Slot]
	switch {
	case given == "":
	case field.Type == "choice":
		if !slices.ContainsFunc(field.Choices, func(c record.Choice) bool { return c.Key == given }) {
			return wrong(slot.Slot, "字段 %q 没有选项 %q，请另选一个", "field %q has no choice %q; choose another", field.Key, given)
		}
		f.values[slot.Slot] = strconv.Quote(given)
	default:
		d, err := money.ParseDecimal(strings.TrimSpace(given))
		if err != nil {
			return wrong(slot.Slot, "%q 不是数字", "%q is not a number", given)
		}
		f.values[slot.Slot] = d.String()
	}
	return nil
}

func wrong(slot, zh, en string, args ...any) *problem.Error {
	return problem.Bad("bad_mapping", "mapping."+slot, zh, en, args...)
}

// nameOf is a slot in words: 客户的首次签约日期.
func (s *Set) nameOf(slot string) i18n.Text {
	for _, o := range s.Objects {
		if o.Slot == slot {
			return i18n.Format("“%s”表", "the object “%s”", o.Name)
		}
		for _, f := range o.Fields {
			if f.Slot == slot {
				return i18n.Format("%s的“%s”", "“%[2]s” of %[1]s", o.Name, f.Name)
			}
			for _, v := range f.Values {
				if v.Slot == slot {
					return i18n.Format("%s里%s", "%[2]s of %[1]s", f.Name, v.Name)
				}
			}
		}
	}
	return i18n.Same(slot)
}
