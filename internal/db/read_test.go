package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

func TestReadIsOneSnapshot(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(tx *db.Tx) error { return log(tx, "ann", 2) })
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			count := func() (n int64) {
				if err := tx.QueryRow(`SELECT COUNT(*) FROM change`).Scan(&n); err != nil {
					t.Error(err)
				}
				return n
			}
			before := count()
			write(t, d, func(tx *db.Tx) error { return log(tx, "bob", 3) })
			if after := count(); before != 2 || after != 2 {
				t.Errorf("the snapshot moved from %d to %d", before, after)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		gapFree(t, d, 5)
	})
}

func TestReadNeverWrites(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for range 2 {
			if err := d.Read(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(`DELETE FROM counter`); return err }); err == nil {
				t.Error("a read deleted rows")
			}
			if err := d.Read(t.Context(), func(tx *db.Tx) error { _, err := tx.NextID(1); return err }); err == nil {
				t.Error("a read took a number")
			}
		}
		gapFree(t, d, 0)
	})
}

func TestReadersRecoverFromMisuse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(tx *db.Tx) error { return log(tx, "ann", 50) })
		for i := range 30 { // more often than there are connections
			_ = d.Read(t.Context(), func(tx *db.Tx) error { _, err := tx.Query(`SELECT seq FROM change`); return err })
			_ = d.Read(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(`SELECT nonsense`); return err })
			_ = d.Read(t.Context(), func(tx *db.Tx) error { tx.QueryRow(`SELECT seq FROM change`); return nil })
			func() {
				defer func() { _ = recover() }()
				_ = d.Read(t.Context(), func(tx *db.Tx) error {
					_, _ = tx.Query(`SELECT seq FROM change`)
					panic(i)
				})
			}()
		}
		gapFree(t, d, 50)
	})
}

func TestReadStopsWithItsContext(t *testing.T) {
	const endless = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT MAX(i) FROM n`
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		begun := time.Now()
		err := d.Read(ctx, func(tx *db.Tx) error { var n int64; return tx.QueryRow(endless).Scan(&n) })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
		if waited := time.Since(begun); waited > 10*time.Second {
			t.Errorf("went on for %s", waited)
		}
		gapFree(t, d, 0)
	})
}

// Readers keep prepared statements; tables that change under them must not confuse them.
func TestReadersSeeNewColumns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(tx *db.Tx) error {
			if _, err := tx.Exec(`CREATE TABLE o_deal (id ` + tx.Dialect().PrimaryKey() + `, f_name ` + tx.Dialect().ColumnType("text") + `)`); err != nil {
				return err
			}
			_, err := tx.Exec(`INSERT INTO o_deal (id, f_name) VALUES (1, 'x')`)
			return err
		})
		columns := func() (n int) {
			err := d.Read(t.Context(), func(tx *db.Tx) error {
				rows, err := tx.Query(`SELECT * FROM o_deal WHERE id >= $1`, 0)
				if err != nil {
					return err
				}
				defer rows.Close()
				names, err := rows.Columns()
				n = len(names)
				return errors.Join(err, rows.Err())
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		for i := range 4 {
			if got := columns(); got != i+2 {
				t.Errorf("%d columns, want %d", got, i+2)
			}
			write(t, d, func(tx *db.Tx) error {
				_, err := tx.Exec(fmt.Sprintf(`ALTER TABLE o_deal ADD COLUMN f_%d %s`, i, tx.Dialect().ColumnType("int")))
				if err == nil {
					_, err = tx.Exec(fmt.Sprintf(`UPDATE o_deal SET f_%d = $1`, i), i)
				}
				return err
			})
		}
	})
}

func TestManyReadersAndStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var readers sync.WaitGroup
		for r := range 24 {
			readers.Go(func() {
				for i := range 60 {
					want := int64(r*1000 + i)
					var got int64
					err := d.Read(t.Context(), func(tx *db.Tx) error {
						return tx.QueryRow(fmt.Sprintf(`SELECT CAST($1 AS BIGINT) + %d`, i), r*1000).Scan(&got)
					})
					if err != nil || got != want {
						t.Errorf("read %d, want %d: %v", got, want, err)
						return
					}
				}
			})
		}
		readers.Wait()
		err := d.Read(t.Context(), func(tx *db.Tx) error { // more texts than statements are kept
			for i := range 1200 {
				var got int
				if err := tx.QueryRow(fmt.Sprintf(`SELECT %d`, i)).Scan(&got); err != nil || got != i {
					return fmt.Errorf("%d: %d %w", i, got, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// The same order and comparison of texts on both databases, whatever collation the server has.
func TestTextComparesBytewise(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(tx *db.Tx) error {
			if _, err := tx.Exec(`CREATE TABLE o_word (f_word ` + tx.Dialect().ColumnType("text") + `)`); err != nil {
				return err
			}
			rows := [][]any{{"b"}, {"B"}, {"a"}, {"é"}, {"_"}, {"王"}, {"Z"}}
			if err := db.InsertRows(tx, "o_word", []string{"f_word"}, rows); err != nil {
				return err
			}
			for i, row := range rows { // a system table too
				if _, err := tx.Exec(`INSERT INTO object (id, key, definition, version, created_at) VALUES ($1, $2, '', 0, 0)`, i, row[0]); err != nil {
					return err
				}
			}
			return nil
		})
		for _, query := range []string{`SELECT f_word FROM o_word ORDER BY f_word`, `SELECT key FROM object ORDER BY key`} {
			var got string
			err := d.Read(t.Context(), func(tx *db.Tx) error {
				rows, err := tx.Query(query)
				if err != nil {
					return err
				}
				defer rows.Close()
				for rows.Next() {
					var word string
					if err := rows.Scan(&word); err != nil {
						return err
					}
					got += word
				}
				return rows.Err()
			})
			if err != nil || got != "BZ_abé王" {
				t.Errorf("%s: %s %v", query, got, err)
			}
		}
	})
}
