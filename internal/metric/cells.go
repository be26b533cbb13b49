package metric

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/money"
)

// Touched names a cell whose value changed.
type Touched struct {
	MetricID int64
	PersonID int64
	Day      calendar.Day
}

// delta is what a batch changes in a cell. Its total is kept in two parts, as cells keep theirs: see split.
type delta struct{ records, high, low int64 }

// add puts a contribution on its cell, or takes it off (sign -1).
func (c *Counter) add(n *Contribution, sign, cause int64) {
	cell := Touched{n.MetricID, n.PersonID, n.Day}
	d := c.deltas[cell]
	if d == nil {
		d = &delta{}
		c.deltas[cell] = d
	}
	if !c.fresh { // nobody asks why after everything was counted
		c.cause[cell] = cause
	}
	high, low := split(n.Value)
	d.records, d.high, d.low = d.records+sign, d.high+sign*high, d.low+sign*low
}

// billion divides a total into the two parts that cells keep.
const billion = 1_000_000_000

// split takes a value, which is at most MaxValue, into whole billions and the rest. Either part can be added up nine
// billion times before it overflows, so adding never fails; join says whether the total itself can be told.
func split(value int64) (high, low int64) { return value / billion, value % billion }

// join is the total of two parts, or money.ErrOverflow.
func join(high, low int64) (int64, error) {
	if high > math.MaxInt64/billion || high < math.MinInt64/billion {
		return 0, money.ErrOverflow
	}
	return money.AddInt(high*billion, low)
}

// changed leaves out cells whose contributions only moved in time, or cancel out.
func (c *Counter) changed(touched []Touched) []Touched {
	out := make([]Touched, 0, len(touched))
	for _, t := range touched {
		if d := c.deltas[t]; *d != (delta{}) {
			out = append(out, t)
		}
	}
	return out
}

// Cause is the record that last moved a cell in this batch.
func (c *Counter) Cause(t Touched) int64 { return c.cause[t] }

// Moved lists what the last Flush wrote, cells included whose contributions only moved in time.
func (c *Counter) Moved() []Moved { return c.moved }

// Flush writes the changed cells and returns every cell that a contribution entered, left or moved in, in a fixed order.
func (c *Counter) Flush() ([]Touched, error) {
	touched := make([]Touched, 0, len(c.deltas))
	for t := range c.deltas {
		touched = append(touched, t)
	}
	slices.SortFunc(touched, func(a, b Touched) int {
		return cmp.Or(cmp.Compare(a.MetricID, b.MetricID), cmp.Compare(a.PersonID, b.PersonID), cmp.Compare(a.Day, b.Day))
	})
	if err := c.writeCells(c.changed(touched)); err != nil {
		return nil, fmt.Errorf("write cells: %w", err)
	}
	c.moved = c.moved[:0]
	if !c.fresh {
		for _, t := range touched {
			c.moved = append(c.moved, Moved{t.MetricID, t.PersonID, t.Day, *c.deltas[t]})
		}
	}
	c.deltas = map[Touched]*delta{}
	return touched, nil
}

// cellsAtOnce is how many cells one statement changes: few lengths, so that few different statements are kept prepared.
var cellsAtOnce = []int{512, 64, 8, 1}

// cellArray is how many cells PostgreSQL gets at once.
const cellArray = 5000

const upsertCells = ` ON CONFLICT (metric_id, person_id, day) DO UPDATE
	SET records = cell.records + excluded.records, high = cell.high + excluded.high, total = cell.total + excluded.total`

// writeCells adds the batch's differences to the cells, which are in the order of the table's key.
func (c *Counter) writeCells(touched []Touched) error {
	if c.fresh && !c.written {
		c.written = true
		return c.insertCells(touched)
	}
	if c.tx.Dialect() == db.Postgres {
		for chunk := range chunks(touched, cellArray) {
			if err := c.writeCellArrays(chunk); err != nil {
				return err
			}
		}
		return nil
	}
	for _, size := range cellsAtOnce {
		for ; len(touched) >= size; touched = touched[size:] {
			if err := c.writeCellRows(touched[:size]); err != nil {
				return err
			}
		}
	}
	return nil
}

// insertCells writes cells of which there are none yet.
func (c *Counter) insertCells(touched []Touched) error {
	columns := []string{"metric_id", "person_id", "day", "records", "high", "total"}
	const part = 16 * 512 // rows held at once
	rows, cells := make([][]any, 0, part), make([]any, part*len(columns))
	for chunk := range chunks(touched, part) {
		rows = rows[:0]
		for i, t := range chunk {
			d, row := c.deltas[t], cells[i*len(columns):(i+1)*len(columns)]
			row[0], row[1], row[2], row[3], row[4], row[5] = t.MetricID, t.PersonID, int64(t.Day), d.records, d.high, d.low
			rows = append(rows, row)
		}
		if err := db.InsertRows(c.tx, "cell", columns, rows); err != nil {
			return err
		}
	}
	return nil
}

func (c *Counter) writeCellRows(touched []Touched) error {
	query := `INSERT INTO cell (metric_id, person_id, day, records, high, total) VALUES (?, ?, ?, ?, ?, ?)` +
		strings.Repeat(`, (?, ?, ?, ?, ?, ?)`, len(touched)-1) + upsertCells
	args := make([]any, 0, len(touched)*6)
	for _, t := range touched {
		d := c.deltas[t]
		args = append(args, t.MetricID, t.PersonID, int64(t.Day), d.records, d.high, d.low)
	}
	_, err := c.tx.Exec(query, args...)
	return err
}

// writeCellArrays sends a column at a time: PostgreSQL reads six arrays much faster than six thousand parameters.
func (c *Counter) writeCellArrays(touched []Touched) error {
	var columns [6][]int64
	for i := range columns {
		columns[i] = make([]int64, len(touched))
	}
	for i, t := range touched {
		d := c.deltas[t]
		for k, v := range [6]int64{t.MetricID, t.PersonID, int64(t.Day), d.records, d.high, d.low} {
			columns[k][i] = v
		}
	}
	_, err := c.tx.Exec(`INSERT INTO cell (metric_id, person_id, day, records, high, total)
		SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])`+upsertCells,
		columns[0], columns[1], columns[2], columns[3], columns[4], columns[5])
	return err
}
