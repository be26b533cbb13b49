package db_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

var errRefused = errors.New("refused by the test")

func TestWriteIsReadAfterwards(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(tx *db.Tx) error {
			if err := log(tx, "ann", 3); err != nil {
				return err
			}
			var n int64 // and inside the same write
			if err := tx.QueryRow(`SELECT COUNT(*) FROM change WHERE actor = $1`, "ann").Scan(&n); err != nil || n != 3 {
				t.Errorf("inside the write: %d %v", n, err)
			}
			return nil
		})
		gapFree(t, d, 3)
	})
}

func TestFailedJobLeavesItsGroupAlone(t *testing.T) {
	good := func(tx *db.Tx) error { return log(tx, "good", 2) }
	failures := map[string]func(tx *db.Tx) error{
		"error": func(tx *db.Tx) error { return errors.Join(log(tx, "bad", 5), errRefused) },
		"panic": func(tx *db.Tx) error { _ = log(tx, "bad", 5); panic("boom") },
		"failed statement": func(tx *db.Tx) error {
			_ = log(tx, "bad", 5)
			_, err := tx.Exec(`INSERT INTO no_such_table VALUES (1)`)
			return err
		},
		"ignored failed statement": func(tx *db.Tx) error {
			_, _ = tx.Exec(`INSERT INTO counter (one, next_id, next_seq, schema_version) VALUES (1, 1, 1, 1)`)
			_ = log(tx, "bad", 5)
			return nil
		},
		"rows left open": func(tx *db.Tx) error {
			_ = log(tx, "bad", 5)
			if _, err := tx.Query(`SELECT seq FROM change`); err != nil {
				return err
			}
			return errRefused
		},
		"schema change": func(tx *db.Tx) error {
			_, err := tx.Exec(`CREATE TABLE half_made (id BIGINT)`)
			return errors.Join(err, log(tx, "bad", 5), errRefused)
		},
	}
	for name, bad := range failures {
		for _, order := range []string{"first", "middle", "alone"} {
			t.Run(name+" "+order, func(t *testing.T) {
				dbtest.Each(t, func(t *testing.T, d *db.DB) {
					jobs := map[string][]func(*db.Tx) error{
						"first": {bad, good, good}, "middle": {good, bad, good}, "alone": {bad},
					}[order]
					failed := 0
					for _, err := range together(context.Background(), t, d, jobs...) {
						if err != nil {
							failed++
						}
					}
					if failed != 1 {
						t.Errorf("%d writes failed, want 1", failed)
					}
					gapFree(t, d, int64(len(jobs)-1)*2)
					write(t, d, func(tx *db.Tx) error { // nothing of the table stays
						_, err := tx.Exec(`CREATE TABLE half_made (id BIGINT)`)
						return err
					})
				})
			})
		}
	}
}

func TestPanicIsReported(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(t.Context(), func(*db.Tx) error { panic("boom") })
		if err == nil || !strings.Contains(err.Error(), "boom") || !strings.Contains(err.Error(), "write_test.go") {
			t.Errorf("the error does not tell what panicked and where: %v", err)
		}
	})
}

func TestGoexitDoesNotStopTheWriter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			_ = log(tx, "bad", 1)
			runtime.Goexit()
			return nil
		})
		if err == nil {
			t.Error("a job that ended its goroutine reports success")
		}
		write(t, d, func(tx *db.Tx) error { return log(tx, "ann", 1) })
		gapFree(t, d, 1)
	})
}

// Writers of two processes with random failures: the log has no gap, and every snapshot ever seen is a whole beginning of it.
func TestLogIsGapFreeUnderConcurrency(t *testing.T) {
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			url, org := dbtest.Place(t, dialect)
			processes := []*db.DB{dbtest.Reopen(t, url, org), dbtest.Reopen(t, url, org)}
			var written atomic.Int64
			var writers, watchers sync.WaitGroup
			stop := make(chan struct{})
			watchers.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					err := processes[1].Read(context.Background(), func(tx *db.Tx) error {
						var n, last, next int64
						err := tx.QueryRow(`SELECT COUNT(*), COALESCE(MAX(seq), 0), (SELECT next_seq FROM counter) FROM change`).Scan(&n, &last, &next)
						if err == nil && (n != last || next != last+1) {
							t.Errorf("a snapshot holds %d entries up to number %d, next %d", n, last, next)
						}
						return err
					})
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
			for w := range 16 {
				writers.Go(func() {
					random := rand.New(rand.NewPCG(7, uint64(w)))
					for range 25 {
						n, fate := random.Int64N(4)+1, random.IntN(4)
						err := processes[w%2].Write(context.Background(), func(tx *db.Tx) error {
							err := log(tx, fmt.Sprint("writer ", w), n)
							switch fate {
							case 0:
								return errRefused
							case 1:
								_ = tx.Nested(func() error { return errors.Join(log(tx, "nested", 2), errRefused) })
							}
							return err
						})
						switch {
						case err == nil && fate != 0:
							written.Add(n)
						case !errors.Is(err, errRefused):
							t.Error(err)
						}
					}
				})
			}
			writers.Wait()
			close(stop)
			watchers.Wait()
			gapFree(t, processes[0], written.Load())
			if got := number(t, processes[0], `SELECT COUNT(*) FROM change WHERE actor = $1`, "nested"); got != 0 {
				t.Errorf("%d entries of undone nested scopes", got)
			}
		})
	}
}

func TestNested(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(tx *db.Tx) error {
			if err := log(tx, "outer", 1); err != nil {
				return err
			}
			unique := tx.Nested(func() error {
				if err := log(tx, "undone", 3); err != nil {
					return err
				}
				_, err := tx.Exec(`INSERT INTO change (seq, at, actor, object, record_id, kind) VALUES (1, 0, '', '', 0, '')`)
				return err
			})
			if !db.IsUnique(unique) {
				t.Errorf("want a unique violation, got %v", unique)
			}
			return tx.Nested(func() error {
				inner := tx.Nested(func() error { return errors.Join(log(tx, "undone", 3), errRefused) })
				if !errors.Is(inner, errRefused) {
					t.Error(inner)
				}
				return log(tx, "nested", 1)
			})
		})
		gapFree(t, d, 2)
	})
}

func TestWriteRefusesMisuse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(tx *db.Tx) error { return log(tx, "ann", 3) })
		var kept *db.Tx
		cases := map[string]func(tx *db.Tx) error{
			"write inside a write": func(tx *db.Tx) error {
				return d.Write(tx.Context(), func(*db.Tx) error { return nil })
			},
			"statement while rows are open": func(tx *db.Tx) error {
				rows, err := tx.Query(`SELECT seq FROM change ORDER BY seq`)
				if err != nil {
					t.Fatal(err)
				}
				defer rows.Close()
				rows.Next()
				kept = tx
				return log(tx, "ann", 1)
			},
			"after the end": func(*db.Tx) error { _, err := kept.Exec(`DELETE FROM change`); return err },
			"no numbers":    func(tx *db.Tx) error { _, err := tx.NextSeq(0); return err },
		}
		for _, name := range []string{"write inside a write", "statement while rows are open", "after the end", "no numbers"} {
			if err := d.Write(t.Context(), cases[name]); err == nil {
				t.Errorf("%s is not refused", name)
			}
		}
		gapFree(t, d, 3)
	})
}

func TestCancelledWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		// The first of the group cancels what waits behind it; those never begin.
		ran := false
		errs := together(ctx, t, d,
			func(tx *db.Tx) error { return log(tx, "ann", 1) },
			func(tx *db.Tx) error {
				cancel()
				_, err := tx.Exec(`DELETE FROM change`)
				if !errors.Is(err, context.Canceled) {
					t.Errorf("a statement under a cancelled context: %v", err)
				}
				return err
			})
		if len(errs) != 2 || errs[0] != nil || !errors.Is(errs[1], context.Canceled) {
			t.Errorf("errors %v", errs)
		}
		if err := d.Write(ctx, func(*db.Tx) error { ran = true; return nil }); !errors.Is(err, context.Canceled) || ran {
			t.Errorf("cancelled before: %v, ran %v", err, ran)
		}
		gapFree(t, d, 1)

		held, release := make(chan struct{}), make(chan struct{})
		go func() { _ = d.Write(context.Background(), func(*db.Tx) error { close(held); <-release; return nil }) }()
		<-held
		ctx, cancel = context.WithCancel(t.Context())
		answer := make(chan error, 1)
		go func() { answer <- d.Write(ctx, func(*db.Tx) error { ran = true; return nil }) }()
		for d.Waiting() == 0 {
			runtime.Gosched()
		}
		cancel()
		if err := <-answer; !errors.Is(err, context.Canceled) { // answered although the writer is busy
			t.Error(err)
		}
		close(release)
		write(t, d, func(tx *db.Tx) error { return log(tx, "ann", 1) })
		if ran {
			t.Error("a withdrawn write ran")
		}
	})
}

func TestWatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		signal, cancel := d.Watch()
		told := func() bool {
			select {
			case <-signal:
				return true
			default:
				return false
			}
		}
		steps := []struct {
			name string
			fn   func(tx *db.Tx) error
			want bool
		}{
			{"entries", func(tx *db.Tx) error { return log(tx, "ann", 2) }, true},
			{"nothing", func(tx *db.Tx) error { return nil }, false},
			{"only a look", func(tx *db.Tx) error { var n int; return tx.QueryRow(`SELECT COUNT(*) FROM change`).Scan(&n) }, false},
			{"no row hit", func(tx *db.Tx) error { _, err := tx.Exec(`DELETE FROM change WHERE seq = 99`); return err }, false},
			{"undone", func(tx *db.Tx) error { _ = log(tx, "ann", 1); return errRefused }, false},
			{"undone inside", func(tx *db.Tx) error {
				_ = tx.Nested(func() error { _ = log(tx, "ann", 1); return errRefused })
				return nil
			}, false},
			{"a table", func(tx *db.Tx) error { _, err := tx.Exec(`CREATE TABLE made (id BIGINT)`); return err }, true},
			{"returning", func(tx *db.Tx) error {
				var at int64
				return tx.QueryRow(`UPDATE change SET at = 1 WHERE seq = 1 RETURNING at`).Scan(&at)
			}, true},
		}
		for _, step := range steps {
			_ = d.Write(t.Context(), step.fn)
			if got := told(); got != step.want {
				t.Errorf("%s: signalled %v, want %v", step.name, got, step.want)
			}
		}
		cancel()
		write(t, d, func(tx *db.Tx) error { return log(tx, "ann", 1) })
		if told() {
			t.Error("signalled after cancel")
		}
	})
}

func TestCloseAnswersEverybody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var writers sync.WaitGroup
		var saved atomic.Int64
		for range 16 {
			writers.Go(func() {
				for d.Write(context.Background(), func(tx *db.Tx) error { return log(tx, "ann", 1) }) == nil {
					saved.Add(1)
				}
			})
		}
		for saved.Load() < 50 {
			runtime.Gosched()
		}
		d.Close()
		writers.Wait() // hangs if a write was forgotten
		if err := d.Read(context.Background(), func(*db.Tx) error { return nil }); err == nil {
			t.Error("a closed storage can be read")
		}
	})
}
