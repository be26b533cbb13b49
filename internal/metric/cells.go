package metric

import (
	"strings"

	"laurel/internal/db"
)

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
