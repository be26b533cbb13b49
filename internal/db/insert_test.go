package db_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

func TestInsertRows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec(fmt.Sprintf(`CREATE TABLE o_big (id %s, "order" %s, ok %s, at %s)`, tx.Dialect().PrimaryKey(),
				tx.Dialect().ColumnType("text"), tx.Dialect().ColumnType("bool"), tx.Dialect().ColumnType("instant")))
			return err
		})
		columns := []string{"id", "order", "ok", "at"}
		total := int64(0)
		for _, n := range []int{0, 1, 7, 8, 583, 30_000} { // the last has more values than any statement may have parameters
			rows := make([][]any, n)
			for i := range rows {
				total++
				rows[i] = []any{total, json.RawMessage(`{"n":1}`), total%2 == 0, nil}
			}
			write(t, d, func(tx *db.Tx) error { return db.InsertRows(tx, "o_big", columns, rows) })
			if got := number(t, d, `SELECT COUNT(*) FROM o_big WHERE "order" = '{"n":1}' AND at IS NULL`); got != total {
				t.Fatalf("%d rows after inserting %d, want %d", got, n, total)
			}
		}
		if got := number(t, d, `SELECT COUNT(*) FROM o_big WHERE ok`); got != total/2 {
			t.Errorf("%d true values, want %d", got, total/2)
		}
		if got := number(t, d, `SELECT CAST(SUM(id) AS BIGINT) FROM o_big`); got != total*(total+1)/2 {
			t.Errorf("the ids add up to %d", got)
		}

		refused := map[string][][]any{
			"a row too short":   {{total + 1, "x", true, 1}, {total + 2, "x", true}},
			"a repeated number": {{total + 1, "x", true, 1}, {int64(1), "x", true, 1}},
		}
		for name, rows := range refused {
			err := d.Write(t.Context(), func(tx *db.Tx) error { return db.InsertRows(tx, "o_big", columns, rows) })
			if err == nil {
				t.Errorf("%s is accepted", name)
			}
		}
		if got := number(t, d, `SELECT COUNT(*) FROM o_big`); got != total {
			t.Errorf("%d rows after refused ones, want %d", got, total)
		}
	})
}
