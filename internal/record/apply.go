package record

import (
	"context"
	"errors"
	"time"

	"laurel/internal/db"
	"laurel/internal/problem"
	"laurel/internal/value"
)

// Apply performs up to MaxBatch operations on an object's records, in order: later ones see what earlier ones did.
// Every operation has its own outcome; one that fails leaves nothing behind and does not keep others from being done.
// The error is for what stops the whole batch: too many operations, an object that is gone, storage.
//
// All checks are made before anything is written, on rows and keys that are read in bulk. That is safe because writes
// of an organisation run one after another.
func (s *Store) Apply(tx *db.Tx, actor Actor, o *Object, ops []Op) ([]Outcome, error) {
	if len(ops) > MaxBatch {
		return nil, problem.New(problem.TooLarge, "batch_too_large", "", "一次最多 %d 条，收到 %d 条。请分批提交。",
			"One batch has at most %d operations; got %d. Send it in parts.", MaxBatch, len(ops))
	}
	if len(ops) == 0 {
		return nil, nil
	}
	schema, err := s.Schema(tx)
	if err != nil {
		return nil, err
	}
	now, err := schema.Object(o.Key)
	if err != nil {
		return nil, err
	}
	if now.Version != o.Version && typedValues(ops) {
		return nil, problem.New(problem.Conflict, "definition_changed", "", "对象“%s”的定义刚被修改，请刷新后重试。",
			"The definition of %s was changed just now. Reload it and try again.", now.Name)
	}
	b := &batch{
		tx: tx, actor: actor, object: now, schema: schema, at: time.Now().UnixMicro(), ops: ops,
		work: make([]work, len(ops)), out: make([]Outcome, len(ops)),
		rows: map[int64]*row{}, byExternal: map[string]*row{}, refs: newRefs(),
	}
	for i := range ops {
		b.prepare(i)
	}
	if err := b.read(); err != nil {
		return nil, err
	}
	for i := range ops {
		if err := b.perform(i); err != nil {
			return nil, err
		}
	}
	return b.out, b.write()
}

func typedValues(ops []Op) bool {
	for i := range ops {
		if ops[i].Input == nil && ops[i].Values != nil {
			return true
		}
	}
	return false
}

// errUndo rolls an atomic batch back; its problem is made from the outcomes.
var errUndo = errors.New("an operation of an atomic batch failed")

// maxDetails bounds the problems that the error of an atomic batch lists; the outcomes have them all.
const maxDetails = 100

// Save is Apply in a transaction of its own. An atomic batch is saved as a whole or not at all: when an operation fails
// the outcomes come with a problem, and nothing was written.
func (s *Store) Save(ctx context.Context, actor Actor, o *Object, ops []Op, atomic bool) ([]Outcome, error) {
	var out []Outcome
	err := s.db.Write(ctx, func(tx *db.Tx) (err error) {
		if out, err = s.Apply(tx, actor, o, ops); err != nil || !atomic {
			return err
		}
		for i := range out {
			if out[i].Status == Failed {
				return errUndo
			}
		}
		return nil
	})
	if !errors.Is(err, errUndo) {
		if err != nil {
			out = nil
		}
		return out, err
	}
	var failed []*problem.Error
	for i := range out {
		if out[i].Status == Failed && len(failed) < maxDetails {
			failed = append(failed, out[i].Problem)
		}
	}
	return out, problem.Join(failed)
}

// batch is one Apply.
type batch struct {
	tx     *db.Tx
	actor  Actor
	object *Object
	schema *Schema
	at     int64 // microseconds UTC
	ops    []Op
	work   []work
	out    []Outcome

	rows       map[int64]*row  // of the batch by id, as they are after the operations so far
	byExternal map[string]*row // the same by external id
	fresh      []*row          // created by the batch, in order
	touched    []*row          // stored before and changed by the batch, in order
	owners     []map[any]int64 // by field: who has a value, among live records; nil for fields that are not unique
	numbers    map[int]int64   // by automatic-number field: the next number
	refs       *refs
	changes    []Change
}

// row is a record on its way through a batch.
type row struct {
	Record
	stored  bool   // it is in the table
	dirty   bool   // it differs from the table
	changed []bool // by field: differs from the table
	keyed   bool   // its external id differs from the table
	moved   bool   // a unique value of it was taken or given up
}

// work is an operation made ready: its values read, what is wrong with it known.
type work struct {
	values   []value.Value
	set      []bool // nil: all
	pending  []pending
	problems []*problem.Error
}

// pending is a reference by name that is still to be looked up.
type pending struct {
	field int
	name  string
}

func (w *work) sets(i int) bool { return w.values != nil && (len(w.set) == 0 || w.set[i]) }
