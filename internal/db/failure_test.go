package db_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/problem"
)

func TestDiskFullOnSQLite(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	write(t, d, func(tx *db.Tx) error { return log(tx, "ann", 1) })
	large := strings.Repeat("x", 1<<20)
	limit := func(pages int) {
		write(t, d, func(tx *db.Tx) error { _, err := tx.Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)); return err })
	}
	fill := func(tx *db.Tx) error {
		if err := log(tx, "full", 1); err != nil {
			return err
		}
		_, err := tx.Exec(`UPDATE change SET after = $1`, large)
		return err
	}
	good := func(tx *db.Tx) error { return log(tx, "ann", 1) }
	full := func(name string, err error, want bool) {
		t.Helper()
		if problem.IsCode(err, "storage_full") != want || (err != nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	limit(1) // SQLite takes it as: no more pages than there are
	// SQLite undoes the whole transaction: those before in the group are told, those behind run in the next one.
	errs := together(context.Background(), t, d, good, fill, good)
	full("before", errs[0], true)
	full("the one", errs[1], true)
	full("behind", errs[2], false)
	gapFree(t, d, 2)
	limit(1)
	full("alone", d.Write(t.Context(), fill), true)
	limit(1)
	full("although its error is ignored", d.Write(t.Context(), func(tx *db.Tx) error { _ = fill(tx); return nil }), true)
	limit(1)
	full("nested", d.Write(t.Context(), func(tx *db.Tx) error { return tx.Nested(func() error { return fill(tx) }) }), true)
	gapFree(t, d, 2)
	write(t, d, fill)
	gapFree(t, d, 3)
}

func TestDiskFullOnPostgres(t *testing.T) {
	d := dbtest.Open(t, db.Postgres)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`)
		return err
	})
	if !problem.IsCode(err, "storage_full") {
		t.Error(err)
	}
	write(t, d, func(tx *db.Tx) error { return log(tx, "ann", 1) })
	gapFree(t, d, 1)
}

func terminate(t *testing.T, pid int64) {
	t.Helper()
	pool, err := sql.Open("pgx", os.Getenv("LAUREL_TEST_POSTGRES"))
	if err != nil {
		t.Error(err)
		return
	}
	defer pool.Close()
	if _, err := pool.Exec(`SELECT pg_terminate_backend($1, 5000)`, pid); err != nil {
		t.Error(err)
	}
}

func pid(tx *db.Tx) (n int64) {
	_ = tx.QueryRow(`SELECT pg_backend_pid()`).Scan(&n)
	return n
}

func TestLostConnection(t *testing.T) {
	t.Run("in the middle of a group", func(t *testing.T) {
		d := dbtest.Open(t, db.Postgres)
		good := func(tx *db.Tx) error { return log(tx, "ann", 1) }
		errs := together(context.Background(), t, d, good, func(tx *db.Tx) error {
			terminate(t, pid(tx))
			return log(tx, "bob", 1)
		}, good)
		for i, want := range []bool{true, true, false} { // the third had not begun: it runs on the new connection
			if got := problem.IsCode(errs[i], "storage_unavailable"); got != want {
				t.Errorf("write %d: %v", i, errs[i])
			}
		}
		gapFree(t, d, 1)
	})
	t.Run("at the commit", func(t *testing.T) {
		d := dbtest.Open(t, db.Postgres)
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			defer terminate(t, pid(tx))
			return log(tx, "bob", 1)
		})
		if !problem.IsCode(err, "storage_unavailable") {
			t.Error(err)
		}
		write(t, d, func(tx *db.Tx) error { return log(tx, "ann", 1) })
		gapFree(t, d, 1)
	})
	t.Run("between writes nobody notices", func(t *testing.T) {
		d := dbtest.Open(t, db.Postgres)
		var server int64
		write(t, d, func(tx *db.Tx) error { server = pid(tx); return nil })
		terminate(t, server)
		write(t, d, func(tx *db.Tx) error { return log(tx, "ann", 1) })
		gapFree(t, d, 1)
	})
	t.Run("between reads nobody notices", func(t *testing.T) {
		d := dbtest.Open(t, db.Postgres)
		servers := make(chan int64, 4)
		var all, readers sync.WaitGroup
		all.Add(cap(servers))
		for range cap(servers) {
			readers.Go(func() {
				if err := d.Read(t.Context(), func(tx *db.Tx) error {
					servers <- pid(tx)
					all.Done()
					all.Wait() // so that each has a connection of its own
					return nil
				}); err != nil {
					t.Error(err)
				}
			})
		}
		readers.Wait()
		for range cap(servers) {
			terminate(t, <-servers)
		}
		gapFree(t, d, 0)
	})
	t.Run("in the middle of a read", func(t *testing.T) {
		d := dbtest.Open(t, db.Postgres)
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			terminate(t, pid(tx))
			_, err := tx.Exec(`SELECT 1`)
			return err
		})
		if !problem.IsCode(err, "storage_unavailable") {
			t.Error(err)
		}
		gapFree(t, d, 0)
	})
}

// A process that is killed loses nothing that it had answered, and leaves no half of a write.
func TestKilledProcess(t *testing.T) {
	if url := os.Getenv("LAUREL_DB_CHILD"); url != "" {
		writeUntilKilled(url, os.Getenv("LAUREL_DB_CHILD_ORG"))
		return
	}
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			url, org := dbtest.Place(t, dialect)
			child := exec.Command(os.Args[0], "-test.run=^TestKilledProcess$")
			child.Env = append(os.Environ(), "LAUREL_DB_CHILD="+url, "LAUREL_DB_CHILD_ORG="+org)
			out, err := child.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			var answered []string
			for lines := bufio.NewScanner(out); lines.Scan(); {
				if name, ok := strings.CutPrefix(lines.Text(), "saved "); ok {
					answered = append(answered, name)
				}
				if len(answered) == 300 {
					_ = child.Process.Kill()
				}
			}
			_ = child.Wait()
			if len(answered) < 300 {
				t.Fatalf("the child saved %d writes only", len(answered))
			}
			d := dbtest.Reopen(t, url, org)
			for _, name := range answered {
				if n := number(t, d, `SELECT COUNT(*) FROM change WHERE actor = $1`, name); n != 2 {
					t.Fatalf("write %s was answered and has %d entries, want 2", name, n)
				}
			}
			write(t, d, func(tx *db.Tx) error { return log(tx, "after", 2) })
			gapFree(t, d, number(t, d, `SELECT COUNT(*) FROM change`))
			if n := number(t, d, `SELECT COUNT(*) FROM (SELECT actor FROM change GROUP BY actor HAVING COUNT(*) <> 2) AS half`); n != 0 {
				t.Errorf("%d writes are half there", n)
			}
		})
	}
}

func writeUntilKilled(url, org string) {
	d, err := db.Open(context.Background(), url, org)
	if err != nil {
		fmt.Println(err)
		return
	}
	var out sync.Mutex
	var writers sync.WaitGroup
	for w := range 8 {
		writers.Go(func() {
			for i := range 100_000 {
				name := fmt.Sprintf("%d-%d", w, i)
				if err := d.Write(context.Background(), func(tx *db.Tx) error { return log(tx, name, 2) }); err != nil {
					return
				}
				out.Lock()
				fmt.Println("saved " + name)
				out.Unlock()
			}
		})
	}
	writers.Wait()
}
