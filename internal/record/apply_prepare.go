package record

import (
	"sort"
	"unicode/utf8"

	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/value"
)

// prepare reads the values of an operation and notes what must be looked up for it.
func (b *batch) prepare(i int) {
	op, w := &b.ops[i], &b.work[i]
	if p := checkOp(op); p != nil {
		w.problems = append(w.problems, p)
		return
	}
	switch {
	case op.Input != nil:
		b.readInput(op.Input, w)
	case op.Values != nil:
		b.readValues(op, w)
	case op.Kind == Create || op.Kind == Upsert:
		w.values = make([]value.Value, len(b.object.Fields)) // required fields are judged as empty
		w.set = make([]bool, len(b.object.Fields))
	}
	for f := range b.object.Fields {
		if w.sets(f) && w.values[f].Kind() == value.Ref {
			b.refs.wantID(&b.object.Fields[f], w.values[f].Ref())
		}
	}
	for _, p := range w.pending {
		b.refs.wantName(&b.object.Fields[p.field], p.name)
	}
}

// checkOp judges all of an operation but its values.
func checkOp(op *Op) *problem.Error {
	if p := checkExternalID(op.ExternalID); p != nil {
		return p
	}
	switch op.Kind {
	case Create:
		if op.ID != 0 {
			return problem.Bad("bad_operation", "id", "新建记录时不能指定 id，请用 external_id。", "A new record cannot be given an id. Use external_id.")
		}
	case Upsert:
		if op.ExternalID == "" || op.ID != 0 {
			return problem.Bad("required", "external_id", "按外部编号写入需要 external_id，且不能有 id。", "An upsert needs an external_id, and no id.")
		}
	case Update, Delete, Restore:
		if op.ID == 0 && op.ExternalID == "" {
			return problem.Bad("required", "id", "请用 id 或 external_id 指明是哪条记录。", "Say which record by id or external_id.")
		}
	default:
		return problem.Bad("bad_operation", "op", "没有操作 %s。可用：create、update、upsert、delete、restore。",
			"There is no operation %s. There are: create, update, upsert, delete, restore.", shown(string(op.Kind)))
	}
	if op.ID < 0 || op.IfVersion < 0 {
		return problem.Bad("out_of_range", "id", "id 和版本号不能为负。", "An id and a version cannot be negative.")
	}
	return nil
}

func checkExternalID(id string) *problem.Error {
	if !storable(id) {
		return problem.Bad("bad_encoding", "external_id", "external_id 含有无法保存的字符，请检查来源的编码。",
			"The external_id holds characters that cannot be stored. Check the encoding of the source.")
	}
	if len(id) > MaxExternalID && utf8.RuneCountInString(id) > MaxExternalID {
		return problem.Bad("too_long", "external_id", "external_id 最多 %d 个字符。", "An external_id has at most %d characters.", MaxExternalID)
	}
	return nil
}

func (b *batch) readInput(in map[string]any, w *work) {
	fields := b.object.Fields
	w.values, w.set = make([]value.Value, len(fields)), make([]bool, len(fields))
	known := 0
	for i := range fields {
		raw, given := in[fields[i].Key]
		if !given {
			continue
		}
		known++
		got, p := fields[i].read(raw)
		if p != nil {
			w.problems = append(w.problems, p)
			continue
		}
		w.values[i], w.set[i] = got.value, true
		if got.ref != "" {
			w.pending = append(w.pending, pending{field: i, name: got.ref})
		}
	}
	if known < len(in) {
		w.problems = append(w.problems, b.unknownFields(in)...)
	}
}

func (b *batch) unknownFields(in map[string]any) (out []*problem.Error) {
	var keys []string
	for key := range in {
		if _, known := b.object.Index(key); !known {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys)
	for _, key := range keys[:min(len(keys), maxDetails)] {
		out = append(out, problem.Bad("unknown_field", clip(key, 60), "“%s”没有字段 %s%s", "%s has no field %s%s", b.object.Name, shown(key),
			problem.Hint(key, b.object.FieldKeys(), i18n.T("。请检查拼写，或先添加该字段。", ". Check the spelling, or add the field first."))))
	}
	return out
}

func (b *batch) readValues(op *Op, w *work) {
	fields := b.object.Fields
	if len(op.Values) != len(fields) || op.Set != nil && len(op.Set) != len(fields) {
		w.problems = append(w.problems, problem.Bad("wrong_type", "", "值的个数与字段数不符。", "There must be as many values as fields."))
		return
	}
	w.values, w.set = make([]value.Value, len(fields)), op.Set
	for i := range fields {
		if !w.sets(i) {
			continue
		}
		v, p := fields[i].take(op.Values[i])
		if p != nil {
			w.problems = append(w.problems, p)
			continue
		}
		w.values[i] = v
	}
}
