package metric

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"laurel/internal/db"
	"laurel/internal/expr"
	"laurel/internal/record"
)

// Columns holds the fields of one object's records that definitions in work read, a slice for each, so that a condition that
// moves reads no record again. What has changed since is brought up to date by the log.
type Columns struct {
	mu      sync.Mutex
	object  *record.Object
	seq     int64 // of the log's last entry that is in
	ids     []int64
	fields  map[int]*expr.Column // by place in the object's fields
	persons map[int]*roll        // likewise, of those that give credit
}

// roll numbers the persons of a field from 1, so that totals are kept in a slice; 0 stands for nobody.
type roll struct {
	of   []uint32
	ids  []int64
	code map[int64]uint32
}

const (
	// maxColumnRows bounds the records held in columns: at 8 to 20 bytes a field, some hundred megabytes.
	maxColumnRows = 20_000_000
	// fewChanges is up to how many changes columns follow; after more they are read again.
	fewChanges = 20_000
)

// errNotInColumns is of what cannot be held, or is too much: such definitions are tried record by record.
var errNotInColumns = errors.New("not in columns")

// NewColumns makes an empty holder; it fills when it is asked for.
func NewColumns() *Columns { return &Columns{} }

// Drop gives the memory back.
func (c *Columns) Drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.object, c.ids, c.fields, c.persons = nil, nil, nil, nil
}

// ready brings the columns that a metric reads to the state that a reading transaction sees. The caller holds the lock.
func (c *Columns) ready(tx *db.Tx, records *record.Store, m *Metric) error {
	seq, err := records.LastSeq(tx)
	if err != nil {
		return err
	}
	fields := m.columnFields()
	if c.object != nil && c.object.Key == m.object.Key && c.object.Version == m.object.Version {
		if c.has(fields, m.person) && seq >= c.seq {
			done, err := c.follow(tx, records, seq)
			if err != nil || done {
				return err
			}
		}
		for i := range c.fields { // what other definitions have asked for
			fields = append(fields, i)
		}
		slices.Sort(fields)
		fields = slices.Compact(fields)
	}
	return c.read(tx, records, m, fields, seq)
}

// columnFields are the places of the fields that a metric reads besides the person.
func (m *Metric) columnFields() []int {
	out := []int{m.date}
	if m.condition != nil {
		out = append(out, m.condition.Fields()...)
	}
	if m.value >= 0 {
		out = append(out, m.value)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (c *Columns) has(fields []int, person int) bool {
	for _, i := range fields {
		if c.fields[i] == nil {
			return false
		}
	}
	return c.persons[person] != nil
}

func (c *Columns) read(tx *db.Tx, records *record.Store, m *Metric, fields []int, seq int64) error {
	vars := m.object.Vars()
	c.object, c.seq, c.ids = m.object, seq, nil
	c.fields, c.persons = map[int]*expr.Column{}, map[int]*roll{m.person: {code: map[int64]uint32{}}}
	for _, i := range fields {
		c.fields[i] = expr.NewColumn(vars[i])
	}
	err := records.Scan(tx, m.object, func(rec *record.Record) error {
		if len(c.ids) >= maxColumnRows {
			return errNotInColumns
		}
		return c.set(len(c.ids), rec)
	})
	if err != nil {
		c.object = nil
	}
	return err
}

// set writes a record into a row, which may be the next one.
func (c *Columns) set(row int, rec *record.Record) error {
	if row == len(c.ids) {
		c.ids = append(c.ids, rec.ID)
	}
	for i, column := range c.fields {
		if !column.Set(row, rec.Values[i]) {
			return errNotInColumns
		}
	}
	for i, p := range c.persons {
		if row == len(p.of) {
			p.of = append(p.of, 0)
		}
		p.of[row] = 0
		if v := rec.Values[i]; !v.IsNull() && !rec.Deleted {
			code, known := p.code[v.Ref()]
			if !known {
				p.ids = append(p.ids, v.Ref())
				code = uint32(len(p.ids)) //nolint:gosec // no more persons than rows
				p.code[v.Ref()] = code
			}
			p.of[row] = code
		}
	}
	return nil
}

// follow takes in what changed since; done is false where everything has to be read again.
func (c *Columns) follow(tx *db.Tx, records *record.Store, seq int64) (done bool, err error) {
	if seq-c.seq > fewChanges {
		return false, nil
	}
	if seq == c.seq {
		return true, nil
	}
	heads, err := records.Heads(tx, c.seq, fewChanges)
	if err != nil {
		return false, err
	}
	var ids []int64
	for _, h := range heads {
		if h.Object == c.object.Key {
			ids = append(ids, h.RecordID)
		}
	}
	slices.Sort(ids)
	changed, err := records.Load(tx, c.object, slices.Compact(ids))
	if err != nil {
		return false, err
	}
	slices.SortFunc(changed, func(a, b record.Record) int { return int(min(max(a.ID-b.ID, -1), 1)) })
	for i := range changed {
		row, known := slices.BinarySearch(c.ids, changed[i].ID)
		if !known && row < len(c.ids) {
			return false, nil // one that came back from before the columns were read
		}
		if err := c.set(row, &changed[i]); err != nil {
			c.object = nil
			return false, fmt.Errorf("follow the log: %w", err)
		}
	}
	c.seq = seq
	return true, nil
}
