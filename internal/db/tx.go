package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// counters are the next free numbers of the organisation.
type counters struct{ id, seq int64 }

// Tx is one snapshot to read from, or one job of a group of writes. It is used by one goroutine and ends with the
// function that it was given to.
type Tx struct {
	ctx     context.Context
	run     context.Context // of the statements: cannot be cancelled in a write, where that would cost the connection
	session *session
	write   bool
	count   counters
	changed bool  // a row was written
	defined bool  // the schema was changed
	failed  error // the first failed statement since the last savepoint
	depth   int   // of Nested
	open    *sql.Rows
	ended   bool
}

// insideWrite marks the context of a job, so that a Write inside a Write is an error instead of a deadlock.
type insideWrite struct{}

// Context is the caller's context; statements are refused once it is done.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Dialect tells which database this is.
func (tx *Tx) Dialect() Dialect { return tx.session.dialect }

func (tx *Tx) ready() error {
	if tx.ended {
		return errEnded
	}
	if tx.failed != nil {
		return fmt.Errorf("an earlier statement failed: %w", tx.failed)
	}
	if tx.open != nil {
		if _, err := tx.open.Columns(); err == nil { // an error says that they are closed
			return errOpenRows
		}
		tx.open = nil
	}
	return tx.ctx.Err()
}

// closeRows closes what the function left open, without which the connection could be neither used nor closed.
func (tx *Tx) closeRows() {
	if tx.open != nil {
		_ = tx.open.Close()
		tx.open = nil
	}
}

// end makes the Tx unusable.
func (tx *Tx) end() {
	tx.closeRows()
	tx.ended = true
	if stalePlan(tx.failed) {
		tx.session.stale = true
	}
}

func (tx *Tx) fail(err error) error {
	if err == nil {
		return nil
	}
	tx.failed = explain(err)
	return tx.failed
}

// note remembers what a statement did and returns the rows it touched; SQLite's count is that of an earlier statement
// when this one changes no rows by its nature.
func (tx *Tx) note(query string, rows int64) int64 {
	switch v := verb(query); v {
	case "INSERT", "UPDATE", "DELETE", "WITH":
		tx.changed = tx.changed || rows > 0
		return rows
	case "CREATE", "ALTER", "DROP":
		tx.changed, tx.defined, tx.session.stale = true, true, true
	}
	return 0
}

// Exec runs a statement and returns the number of rows it touched.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	if err := tx.ready(); err != nil {
		return 0, err
	}
	result, err := tx.session.exec(tx.run, query, textual(args))
	if err != nil {
		return 0, tx.fail(err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, tx.fail(err)
	}
	return tx.note(query, n), nil
}

// Query runs a statement that returns rows. They must be closed before the next statement of this Tx.
func (tx *Tx) Query(query string, args ...any) (*sql.Rows, error) {
	if err := tx.ready(); err != nil {
		return nil, err
	}
	rows, err := tx.session.query(tx.run, query, textual(args))
	if err != nil {
		return nil, tx.fail(err)
	}
	tx.open = rows
	if tx.write {
		tx.note(query, 1) // INSERT … RETURNING
	}
	return rows, nil
}

// QueryRow runs a statement that returns at most one row; none is sql.ErrNoRows from Scan.
func (tx *Tx) QueryRow(query string, args ...any) Row {
	rows, err := tx.Query(query, args...) //nolint:rowserrcheck // Row.Scan checks it
	return Row{rows: rows, err: err, tx: tx}
}

// NextID takes n numbers for records, persons, plans and the like, and returns the first. A job that fails gives
// its numbers back.
func (tx *Tx) NextID(n int64) (int64, error) { return tx.take(&tx.count.id, n) }

// NextSeq takes n numbers for entries of the change log, without gaps, and returns the first.
func (tx *Tx) NextSeq(n int64) (int64, error) { return tx.take(&tx.count.seq, n) }

func (tx *Tx) take(next *int64, n int64) (int64, error) {
	if !tx.write {
		return 0, errors.New("db: numbers are taken in a write only")
	}
	if n < 1 || n > 1<<40 {
		return 0, fmt.Errorf("db: cannot take %d numbers", n)
	}
	if err := tx.ready(); err != nil {
		return 0, err
	}
	first := *next
	*next += n
	return first, nil
}

// Nested runs fn in a savepoint of its own: when fn fails, what it wrote and the numbers it took are undone, the
// error is returned and the job may go on. It costs two statements; checking first is cheaper where that is enough.
func (tx *Tx) Nested(fn func() error) (err error) {
	if err := tx.ready(); err != nil {
		return err
	}
	before := *tx
	name := fmt.Sprintf("nested_%d", tx.depth)
	if err := tx.session.control("SAVEPOINT " + name); err != nil {
		return tx.fail(err)
	}
	tx.depth++
	err = fn()
	tx.depth--
	tx.closeRows()
	if err == nil && tx.failed != nil {
		err = tx.failed
	}
	if err == nil && !tx.session.healthy() {
		err = errIgnored
	}
	if err == nil {
		return tx.fail(tx.session.control("RELEASE SAVEPOINT " + name))
	}
	if back := tx.session.control("ROLLBACK TO SAVEPOINT "+name, "RELEASE SAVEPOINT "+name); back != nil {
		return tx.fail(cause(err, back))
	}
	tx.count, tx.changed, tx.defined, tx.failed = before.count, before.changed, before.defined, nil
	return err
}

// Row is the result of QueryRow.
type Row struct {
	rows *sql.Rows
	err  error
	tx   *Tx
}

// Scan copies the columns of the row and closes it.
func (r Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return r.tx.fail(err)
		}
		return sql.ErrNoRows
	}
	if err := r.rows.Scan(dest...); err != nil {
		return err
	}
	if err := r.rows.Close(); err != nil {
		return r.tx.fail(err)
	}
	return nil
}

// Err is the error of the statement, known before Scan.
func (r Row) Err() error { return r.err }

// textual makes bytes and raw JSON texts, which is what their columns are on both databases.
func textual(args []any) []any {
	for i, arg := range args {
		switch a := arg.(type) {
		case json.RawMessage:
			args = replace(args, i, []byte(a))
		case []byte:
			args = replace(args, i, a)
		}
	}
	return args
}

func replace(args []any, i int, bytes []byte) []any {
	out := append([]any(nil), args...)
	out[i] = nil
	if bytes != nil {
		out[i] = string(bytes)
	}
	return out
}
