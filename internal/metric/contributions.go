package metric

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/db"
	"laurel/internal/record"
)

// Counter brings contributions and cells up to date with records. It is made for one batch inside one write
// transaction; Flush writes what the batch changed.
type Counter struct {
	tx      *db.Tx
	ground  *Ground
	set     *Set
	deltas  map[Touched]*delta
	cause   map[Touched]int64 // the record that last moved the cell
	removed []int64           // records whose contributions are taken back
	inserts []row
	leftOut [][]any
	moved   []Moved        // by the last Flush
	scratch []Contribution // what one record gives to all metrics
	before  []Contribution // what it gave so far
	fresh   bool           // nothing was counted before
	written bool           // some cells have been written
}

// askedAtOnce is for how many records one statement asks.
const askedAtOnce = 500

// countPart is how many records are read before what they contribute is written.
const countPart = 5000

// heldCells bounds the cells of a recount that wait to be written, of about 100 bytes each.
const heldCells = 500_000

// NewCounter begins a batch.
func NewCounter(tx *db.Tx, set *Set, ground Ground) *Counter {
	return &Counter{tx: tx, ground: &ground, set: set, deltas: map[Touched]*delta{}, cause: map[Touched]int64{}}
}

// CountRecords counts records of one object at their latest state against all of its metrics, of which there may be none any more.
// Counting the same record again changes nothing.
func (c *Counter) CountRecords(object *record.Object, recs []record.Record) error {
	return c.CountBecause(object, recs, nil)
}

// CountBecause is CountRecords for records that count otherwise because of another one, such as a record that they point
// to: because names it by the record, and Cause tells it of the cells.
func (c *Counter) CountBecause(object *record.Object, recs []record.Record, because map[int64]int64) error {
	if len(recs) == 0 {
		return nil
	}
	return c.count(object.ID, c.set.OnObject(object.Key), recs, because)
}

// count counts records of one object against metrics, which are all that the object has.
func (c *Counter) count(object int64, metrics []*Metric, recs []record.Record, because map[int64]int64) error {
	old, err := c.counted(recs)
	if err != nil {
		return err
	}
	oldOut, err := c.omitted(recs)
	if err != nil {
		return err
	}
	known, err := loadRelated(c.tx, c.ground.Records, metrics, recs)
	if err != nil {
		return err
	}
	for i := range recs {
		rec := &recs[i]
		cause := rec.ID
		if other, ok := because[rec.ID]; ok {
			cause = other
		}
		c.scratch = c.scratch[:0]
		for _, m := range metrics {
			var out Omission
			c.scratch, out = m.contributions(c.scratch, known.widen(m, rec), c.ground)
			key := key2{rec.ID, m.ID}
			if err := c.omit(key, oldOut[key], out); err != nil {
				return err
			}
		}
		if err := c.replace(object, old[rec.ID], cause); err != nil {
			return err
		}
	}
	return c.writeRows()
}

// Recount counts every record of an object again after some of its metrics changed, or came, or measure another object now.
func (c *Counter) Recount(records *record.Store, object *record.Object) error {
	metrics := c.set.OnObject(object.Key)
	part := make([]record.Record, 0, countPart)
	for after := int64(0); ; {
		part = part[:0]
		last, err := records.ScanPart(c.tx, object, after, countPart, func(rec *record.Record) error {
			part = append(part, *rec.Clone())
			return nil
		})
		if err != nil {
			return fmt.Errorf("read %s: %w", object.Key, err)
		}
		if last == 0 {
			return nil
		}
		if err := c.count(object.ID, metrics, part, nil); err != nil {
			return err
		}
		after = last
	}
}

// CountAll counts every live record of an object for all of its metrics. Everything that was counted must have been cleared.
func (c *Counter) CountAll(records *record.Store, object *record.Object, each func()) error {
	c.fresh = true
	metrics := c.set.OnObject(object.Key)
	count := func(rec *record.Record, known related) {
		c.scratch = c.scratch[:0]
		for _, m := range metrics {
			var out Omission
			c.scratch, out = m.contributions(c.scratch, known.widen(m, rec), c.ground)
			if out.Reason != Counted {
				c.leaveOut(key2{rec.ID, m.ID}, out)
			}
		}
		for i := range c.scratch {
			c.add(&c.scratch[i], 1, rec.ID)
		}
		c.inserts = rowsOf(c.inserts, object.ID, c.scratch)
		if each != nil {
			each()
		}
	}
	return eachPart(c.tx, records, object, metrics, count, c.writeRows)
}

// eachPart hands over every live record of an object with what the metrics' paths lead to, and calls done after each part.
// Nobody may use the transaction but done.
func eachPart(tx *db.Tx, records *record.Store, object *record.Object, metrics []*Metric, count func(*record.Record, related), done func() error) error {
	follows := slices.ContainsFunc(metrics, func(m *Metric) bool { return len(m.paths) > 0 })
	var part []record.Record
	for after := int64(0); ; {
		part = part[:0]
		last, err := records.ScanPart(tx, object, after, countPart, func(rec *record.Record) error {
			if follows { // related records can only be read between parts
				part = append(part, *rec.Clone())
			} else {
				count(rec, nil)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("read %s: %w", object.Key, err)
		}
		known, err := loadRelated(tx, records, metrics, part)
		if err != nil {
			return err
		}
		for i := range part {
			count(&part[i], known)
		}
		if err := done(); err != nil {
			return err
		}
		if last == 0 {
			return nil
		}
		after = last
	}
}

type key2 struct{ record, metric int64 }

// replace turns what a record was counted as into what it counts as now, which is c.scratch.
func (c *Counter) replace(object int64, old []row, cause int64) error {
	at := len(c.inserts)
	c.inserts = rowsOf(c.inserts, object, c.scratch)
	now := c.inserts[at:]
	if slices.Equal(old, now) {
		c.inserts = c.inserts[:at]
		return nil
	}
	if len(old) == 0 {
		for i := range c.scratch {
			c.add(&c.scratch[i], 1, cause)
		}
		return nil
	}
	c.removed = append(c.removed, old[0].record)
	c.before = c.before[:0]
	for i := range old {
		var err error
		if c.before, err = old[i].contributions(c.before); err != nil {
			return err
		}
	}
	c.exchange(c.before, c.scratch, cause)
	return nil
}

// exchange takes off their cells what a record was counted as and puts on what it counts as now, metric by metric: one for
// which the record counts as before is not touched.
func (c *Counter) exchange(old, now []Contribution, cause int64) {
	byMetric(old)
	byMetric(now)
	for len(old) > 0 || len(now) > 0 {
		var metric int64
		switch {
		case len(old) == 0:
			metric = now[0].MetricID
		case len(now) == 0:
			metric = old[0].MetricID
		default:
			metric = min(old[0].MetricID, now[0].MetricID)
		}
		was, is := headOf(old, metric), headOf(now, metric)
		if !slices.Equal(was, is) {
			for i := range was {
				c.add(&was[i], -1, cause)
			}
			for i := range is {
				c.add(&is[i], 1, cause)
			}
		}
		old, now = old[len(was):], now[len(is):]
	}
}

// byMetric sorts contributions by metric and person.
func byMetric(list []Contribution) {
	slices.SortFunc(list, func(a, b Contribution) int {
		return cmp.Or(cmp.Compare(a.MetricID, b.MetricID), cmp.Compare(a.PersonID, b.PersonID))
	})
}

// headOf is the part at the beginning of a sorted list that is a metric's.
func headOf(list []Contribution, metric int64) []Contribution {
	n := 0
	for n < len(list) && list[n].MetricID == metric {
		n++
	}
	return list[:n]
}

func (c *Counter) omit(key key2, old, now Omission) error {
	if old == now {
		return nil
	}
	if old.Reason != Counted {
		if _, err := c.tx.Exec(`DELETE FROM left_out WHERE record_id = $1 AND metric_id = $2`, key.record, key.metric); err != nil {
			return fmt.Errorf("count again: %w", err)
		}
	}
	if now.Reason != Counted {
		c.leaveOut(key, now)
	}
	return nil
}

func (c *Counter) leaveOut(key key2, out Omission) {
	c.leftOut = append(c.leftOut, []any{key.record, key.metric, string(out.Reason), out.Detail})
}

// removeRows takes contributions back, many at a time: a statement for each would take a second for a thousand.
func (c *Counter) removeRows() error {
	for chunk := range chunks(c.removed, askedAtOnce) {
		in, args := numbered(chunk)
		if _, err := c.tx.Exec(`DELETE FROM contribution WHERE record_id IN (`+in+`)`, args...); err != nil {
			return fmt.Errorf("take back contributions: %w", err)
		}
	}
	c.removed = c.removed[:0]
	return nil
}

func (c *Counter) writeRows() error {
	if err := c.removeRows(); err != nil {
		return err
	}
	if err := c.insertRows(); err != nil {
		return fmt.Errorf("write contributions: %w", err)
	}
	if err := db.InsertRows(c.tx, "left_out", []string{"record_id", "metric_id", "reason", "detail"}, c.leftOut); err != nil {
		return fmt.Errorf("write records left out: %w", err)
	}
	c.leftOut = c.leftOut[:0]
	if c.fresh && len(c.deltas) > heldCells {
		_, err := c.Flush()
		return err
	}
	return nil
}

func (c *Counter) insertRows() error {
	width := len(rowColumns)
	cells, rows := make([]any, len(c.inserts)*width), make([][]any, len(c.inserts))
	for i := range c.inserts {
		r, out := &c.inserts[i], cells[i*width:(i+1)*width]
		out[0], out[1], out[2], out[3], out[4], out[5], out[6] = r.record, r.person, r.moment, r.object, int64(r.day), r.ext, r.given
		rows[i] = out
	}
	c.inserts = c.inserts[:0]
	return db.InsertRows(c.tx, "contribution", rowColumns, rows)
}

// counted reads what the batch's records have given so far, of each in the order of the table's key.
func (c *Counter) counted(recs []record.Record) (map[int64][]row, error) {
	out := map[int64][]row{}
	for chunk := range chunks(recs, askedAtOnce) {
		in, args := idList(chunk)
		err := eachStored(c.tx, (*row).all, `SELECT `+rowList+` FROM contribution WHERE `+in+` ORDER BY record_id, person_id, moment`, args, func(r *row) error {
			out[r.record] = append(out[r.record], *r)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// omitted reads for which metrics the batch's records are left out so far.
func (c *Counter) omitted(recs []record.Record) (map[key2]Omission, error) {
	out := map[key2]Omission{}
	for chunk := range chunks(recs, askedAtOnce) {
		in, args := idList(chunk)
		rows, err := c.tx.Query(`SELECT record_id, metric_id, reason, detail FROM left_out WHERE `+in, args...)
		if err != nil {
			return nil, fmt.Errorf("read records left out: %w", err)
		}
		err = eachRow(rows, func() error {
			var k key2
			var o Omission
			if err := rows.Scan(&k.record, &k.metric, &o.Reason, &o.Detail); err != nil {
				return err
			}
			out[k] = o
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read records left out: %w", err)
		}
	}
	return out, nil
}

// idList is the condition that picks some records out. Numbers that lie close together, such as those of a batch of new
// records, are asked for as a stretch: that is one look into the index when there is nothing in it.
func idList(recs []record.Record) (where string, args []any) {
	first, last := recs[0].ID, recs[0].ID
	ids := make([]int64, len(recs))
	for i := range recs {
		ids[i] = recs[i].ID
		first, last = min(first, ids[i]), max(last, ids[i])
	}
	if last-first < 2*int64(len(ids)) {
		return `record_id BETWEEN $1 AND $2`, []any{first, last}
	}
	in, args := numbered(ids)
	return `record_id IN (` + in + `)`, args
}

// numbered makes the placeholders and arguments of a list.
func numbered(ids []int64) (placeholders string, args []any) {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", i+1)
		args = append(args, id)
	}
	return b.String(), args
}

func eachRow(rows *sql.Rows, scan func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Clear forgets everything that was counted, before CountAll counts it afresh.
func Clear(tx *db.Tx) error {
	for _, table := range []string{"contribution", "cell", "left_out"} {
		if _, err := tx.Exec(`DELETE FROM ` + table); err != nil {
			return fmt.Errorf("clear %s: %w", table, err)
		}
	}
	return nil
}

// ForgetLeftOut forgets which records a metric leaves out, before its objects are counted again.
func ForgetLeftOut(tx *db.Tx, metricID int64) error {
	if _, err := tx.Exec(`DELETE FROM left_out WHERE metric_id = $1`, metricID); err != nil {
		return fmt.Errorf("count again: %w", err)
	}
	return nil
}

func chunks[T any](list []T, size int) func(func([]T) bool) {
	return func(yield func([]T) bool) {
		for len(list) > 0 {
			n := min(size, len(list))
			if !yield(list[:n]) {
				return
			}
			list = list[n:]
		}
	}
}
