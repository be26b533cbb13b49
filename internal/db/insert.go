package db

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// insertRows are the numbers of rows that one INSERT has, so that few different statements are prepared.
var insertRows = []int{512, 64, 8, 1}

// copyFrom is the number of rows from which COPY, which asks for the column types first, beats INSERT on PostgreSQL.
const copyFrom = 64

// InsertRows inserts many rows, in as few statements as the database's limit on parameters allows. Table and columns
// are identifiers of our own or checked keys, without quotes.
func InsertRows(tx *Tx, table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	width := len(columns)
	if width == 0 || width > tx.Dialect().maxParameters() {
		return fmt.Errorf("db: cannot insert rows of %d columns", width)
	}
	if tx.Dialect() == Postgres && len(rows) >= copyFrom {
		return tx.copy(table, columns, rows)
	}
	for _, size := range insertRows {
		if size*width > tx.Dialect().maxParameters() || len(rows) < size {
			continue
		}
		query := insertQuery(tx.Dialect(), table, columns, size)
		args := make([]any, size*width)
		for ; len(rows) >= size; rows = rows[size:] {
			for i, row := range rows[:size] {
				if len(row) != width {
					return fmt.Errorf("db: a row for %s has %d values, not %d", table, len(row), width)
				}
				copy(args[i*width:], row)
			}
			if _, err := tx.Exec(query, args...); err != nil {
				return err
			}
		}
	}
	return nil
}

func insertQuery(dialect Dialect, table string, columns []string, rows int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + Quote(table) + " (")
	for i, column := range columns {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(Quote(column))
	}
	b.WriteString(") VALUES ")
	for n := range rows {
		if n > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for i := range columns {
			if i > 0 {
				b.WriteString(", ")
			}
			if dialect == Postgres {
				b.WriteString("$" + strconv.Itoa(n*len(columns)+i+1))
			} else {
				b.WriteByte('?') // bound by position, which is faster than by name
			}
		}
		b.WriteByte(')')
	}
	return b.String()
}

// copy sends rows over PostgreSQL's COPY protocol.
func (tx *Tx) copy(table string, columns []string, rows [][]any) error {
	if err := tx.ready(); err != nil {
		return err
	}
	for _, row := range rows {
		if len(row) != len(columns) {
			return fmt.Errorf("db: a row for %s has %d values, not %d", table, len(row), len(columns))
		}
	}
	err := tx.session.conn.Raw(func(dc any) error {
		source := pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) { return textual(rows[i]), nil })
		_, err := dc.(*stdlib.Conn).Conn().CopyFrom(tx.run, pgx.Identifier{table}, columns, source)
		return err
	})
	if err != nil {
		return tx.fail(err)
	}
	tx.changed = true
	return nil
}
