package record

import (
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/value"
)

// perform judges one operation and carries it out in memory. Its error is not the operation's but the batch's.
func (b *batch) perform(i int) error {
	op, w, out := &b.ops[i], &b.work[i], &b.out[i]
	out.ExternalID = op.ExternalID
	r := b.find(op)
	if len(w.problems) == 0 {
		if p := b.judge(op, r); p != nil {
			w.problems = append(w.problems, p)
		}
	}
	status := Failed
	var err error
	switch {
	case len(w.problems) > 0:
	case op.Kind == Create, op.Kind == Upsert && r == nil:
		r, err = b.create(op, w)
		status = Created
	case op.Kind == Delete:
		status = b.delete(r)
	default:
		status = b.change(op, w, r)
	}
	if err != nil {
		return err
	}
	if len(w.problems) > 0 {
		out.Status, out.Problem = Failed, batchProblem(w.problems, i+1)
		if r != nil && r.Version > 0 {
			out.ID, out.Version = r.ID, r.Version
		} else {
			out.ID = op.ID
		}
		return nil
	}
	*out = Outcome{Status: status, ID: r.ID, ExternalID: r.ExternalID, Version: r.Version}
	return nil
}

// batchProblem is one problem of all that is wrong with an operation, in its place.
func batchProblem(problems []*problem.Error, place int) *problem.Error {
	for _, p := range problems {
		p.Row = place
	}
	p, _ := problem.As(problem.Join(problems))
	return p
}

// judge says why an operation cannot be about this record (nil: none).
func (b *batch) judge(op *Op, r *row) *problem.Error {
	switch {
	case r == nil && (op.Kind == Create || op.Kind == Upsert):
		if op.IfVersion != 0 {
			return problem.New(problem.Conflict, "version_conflict", "", "记录尚不存在，不能指定版本。", "The record is not there yet, so it has no version to match.")
		}
		return nil
	case r == nil && op.ID != 0:
		return notFound(b.object, op.ID)
	case r == nil:
		return notFound(b.object, op.ExternalID)
	case op.Kind == Create:
		if r.Deleted {
			return recordDeleted(op.ExternalID)
		}
		return problem.New(problem.Conflict, "not_unique", "external_id", "外部编号 %s 已被使用。请换一个，或更新那条记录。",
			"The external_id %s is taken. Use another, or update that record.", shown(op.ExternalID))
	case r.Deleted && (op.Kind == Update || op.Kind == Upsert):
		return recordDeleted(r.ID)
	case op.IfVersion != 0 && op.IfVersion != r.Version:
		return problem.New(problem.Conflict, "version_conflict", "", "记录已被他人修改（现为版本 %d，你看到的是 %d）。请刷新后再改。",
			"The record was changed meanwhile (it is at version %d, you saw %d). Reload it and make your change again.", r.Version, op.IfVersion)
	}
	return nil
}

func recordDeleted(key any) *problem.Error {
	return problem.New(problem.Conflict, "record_deleted", "", "记录 %s 已删除，请先恢复它。", "The record %s is deleted. Restore it first.", shown(key))
}

func (b *batch) create(op *Op, w *work) (*row, error) {
	b.resolve(w, nil)
	for i := range b.object.Fields {
		f := &b.object.Fields[i]
		switch {
		case f.Type == TypeAutoNumber:
			if !w.values[i].IsNull() {
				w.problems = append(w.problems, readOnly(f))
			}
		case f.Required && w.values[i].IsNull() && !w.failed(f):
			w.problems = append(w.problems, requiredProblem(f))
		}
	}
	b.judgeUnique(w, nil)
	if len(w.problems) > 0 {
		return nil, nil
	}
	id, err := b.tx.NextID(1)
	if err != nil {
		return nil, err
	}
	r := &row{Record: Record{ID: id, ExternalID: op.ExternalID, Version: 1, Created: b.at, Updated: b.at, Values: w.values}, dirty: true}
	for i := range b.object.Fields {
		if b.object.Fields[i].Type == TypeAutoNumber {
			r.Values[i] = value.OfNumber(money.Decimal{Coef: b.numbers[i]})
			b.numbers[i]++
		}
		b.own(r, i, r.Values[i])
	}
	b.rows[id] = r
	if r.ExternalID != "" {
		b.byExternal[r.ExternalID] = r
	}
	b.fresh = append(b.fresh, r)
	b.log(r, ChangeCreate, Change{After: allValues(b.object, r.ExternalID, r.Values)})
	return r, nil
}

// failed reports whether a field's input has been refused already.
func (w *work) failed(f *Field) bool {
	for _, p := range w.problems {
		if p.Field == f.Key {
			return true
		}
	}
	return false
}

// change updates or restores a record with the values of the operation.
func (b *batch) change(op *Op, w *work, r *row) Status {
	b.resolve(w, r)
	restores := op.Kind == Restore && r.Deleted
	keyed := op.ID != 0 && op.ExternalID != "" && op.ExternalID != r.ExternalID
	if keyed && b.byExternal[op.ExternalID] != nil {
		w.problems = append(w.problems, problem.New(problem.Conflict, "not_unique", "external_id", "外部编号 %s 已被使用，请换一个。",
			"The external_id %s is taken. Use another.", shown(op.ExternalID)))
	}
	var moves []int
	for i := range b.object.Fields {
		f := &b.object.Fields[i]
		if !w.sets(i) || w.values[i].Equal(r.Values[i]) {
			continue
		}
		if f.Type == TypeAutoNumber {
			w.problems = append(w.problems, readOnly(f))
		}
		if f.Required && w.values[i].IsNull() && !w.failed(f) {
			w.problems = append(w.problems, requiredProblem(f))
		}
		moves = append(moves, i)
	}
	b.judgeUnique(w, r)
	if len(w.problems) > 0 {
		return Failed
	}
	if len(moves) == 0 && !keyed && !restores {
		return Unchanged
	}
	before, after := jsonObject{}, jsonObject{}
	b.touch(r)
	if keyed {
		before.externalID(r.ExternalID)
		after.externalID(op.ExternalID)
		if r.ExternalID != "" {
			delete(b.byExternal, r.ExternalID)
		}
		r.ExternalID, r.keyed = op.ExternalID, true
		b.byExternal[r.ExternalID] = r
	}
	for _, i := range moves {
		before.value(b.object.Fields[i].Key, r.Values[i])
		after.value(b.object.Fields[i].Key, w.values[i])
		if !restores {
			b.disown(r, i)
		}
		r.Values[i] = w.values[i]
		if r.changed != nil {
			r.changed[i] = true
		}
		if !restores {
			b.own(r, i, r.Values[i])
		}
	}
	if restores {
		r.Deleted, r.moved = false, true
		for i, v := range r.Values {
			b.own(r, i, v)
		}
		b.log(r, ChangeRestore, Change{After: allValues(b.object, r.ExternalID, r.Values)})
		return Restored
	}
	b.log(r, ChangeUpdate, Change{Before: before.done(), After: after.done()})
	return Updated
}

func (b *batch) delete(r *row) Status {
	if r.Deleted {
		return Unchanged
	}
	b.touch(r)
	r.Deleted, r.moved = true, true
	for i := range r.Values {
		b.disown(r, i)
	}
	b.log(r, ChangeDelete, Change{Before: allValues(b.object, r.ExternalID, r.Values)})
	return Deleted
}

// touch marks a record as changed once more.
func (b *batch) touch(r *row) {
	r.Version++
	r.Updated = b.at
	if r.stored && !r.dirty {
		r.changed = make([]bool, len(r.Values))
		b.touched = append(b.touched, r)
	}
	r.dirty = true
}

func (b *batch) log(r *row, kind string, c Change) {
	c.At, c.Actor, c.Object, c.RecordID, c.Kind = b.at, b.actor, b.object.Key, r.ID, kind
	b.changes = append(b.changes, c)
}

// resolve turns the operation's references by name into ids and checks those that are new to the record.
func (b *batch) resolve(w *work, r *row) {
	for _, p := range w.pending {
		f := &b.object.Fields[p.field]
		id := b.refs.named(f, p.name)
		if b.pointsHere(f) {
			if near := b.byExternal[p.name]; near != nil {
				id = near.ID
			} else if was := b.rows[id]; was != nil && was.ExternalID != p.name {
				id = 0 // renamed by the batch
			}
		}
		if id == 0 {
			w.problems = append(w.problems, unknownRef(f, p.name))
			continue
		}
		w.values[p.field] = value.OfRef(id)
	}
	for i := range b.object.Fields {
		f := &b.object.Fields[i]
		if !w.sets(i) || w.values[i].Kind() != value.Ref || r != nil && w.values[i].Equal(r.Values[i]) {
			continue
		}
		id := w.values[i].Ref()
		there := b.refs.live(f, id)
		if b.pointsHere(f) {
			if near := b.rows[id]; near != nil {
				there = !near.Deleted
			}
		}
		if !there {
			w.problems = append(w.problems, unknownRef(f, id))
		}
	}
}

// pointsHere reports whether a relation points to the object of the batch, whose records the batch itself changes.
func (b *batch) pointsHere(f *Field) bool { return f.Type == TypeRelation && f.Target == b.object.Key }

// judgeUnique refuses values that another live record has. A restored record brings all of its own.
func (b *batch) judgeUnique(w *work, r *row) {
	for i, owners := range b.owners {
		if owners == nil {
			continue
		}
		f := &b.object.Fields[i]
		var v value.Value
		switch {
		case w.sets(i):
			v = w.values[i]
		case r != nil && r.Deleted:
			v = r.Values[i]
		}
		if v.IsNull() {
			continue
		}
		owner := owners[f.stored(v)]
		if owner != 0 && (r == nil || owner != r.ID) {
			p := fieldProblem(f, "not_unique", "的值 %s 已被记录 %d 使用，请换一个。", "has to be unique, and record %[3]d has %[2]s already. Use another value.", shown(v), owner)
			p.Kind = problem.Conflict
			w.problems = append(w.problems, p)
		}
	}
}

func (b *batch) own(r *row, field int, v value.Value) {
	if owners := b.owners[field]; owners != nil && !v.IsNull() {
		owners[b.object.Fields[field].stored(v)] = r.ID
		r.moved = true
	}
}

func (b *batch) disown(r *row, field int) {
	owners, v := b.owners[field], r.Values[field]
	if owners == nil || v.IsNull() {
		return
	}
	r.moved = true
	if key := b.object.Fields[field].stored(v); owners[key] == r.ID {
		delete(owners, key)
	}
}
