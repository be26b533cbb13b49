package db

import (
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// eachAtOnce is how many runs of a statement go to PostgreSQL in one round trip.
const eachAtOnce = 500

// ExecEach runs a statement once for each row of arguments.
func ExecEach(tx *Tx, query string, rows [][]any) error {
	if tx.Dialect() == SQLite || len(rows) < 2 {
		for _, row := range rows {
			if _, err := tx.Exec(query, row...); err != nil {
				return err
			}
		}
		return nil
	}
	if err := tx.ready(); err != nil {
		return err
	}
	for ; len(rows) > 0; rows = rows[min(eachAtOnce, len(rows)):] {
		batch := &pgx.Batch{}
		for _, row := range rows[:min(eachAtOnce, len(rows))] {
			batch.Queue(query, textual(row)...)
		}
		err := tx.session.conn.Raw(func(dc any) error {
			return dc.(*stdlib.Conn).Conn().SendBatch(tx.run, batch).Close()
		})
		if err != nil {
			return tx.fail(err)
		}
		tx.changed = true
	}
	return nil
}
