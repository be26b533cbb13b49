package db_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/problem"
)

func TestOpenRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "one.db")
	cases := []struct{ name, url, org, code string }{
		{"no scheme", file, "", "storage_url"},
		{"another database", "mysql://x", "", "storage_url"},
		{"in memory", "sqlite::memory:", "", "storage_url"},
		{"no path", "sqlite:", "", "storage_url"},
		{"second organisation in one file", "sqlite:" + file, "acme", "storage_url"},
		{"organisation as SQL", "sqlite:" + file, `a"; DROP`, "storage_org"},
		{"organisation of the system", "postgres://127.0.0.1:1/x", "pg_catalog", "storage_org"},
		{"organisation as a path", "sqlite:" + file, "../x", "storage_org"},
		{"broken address", "postgres://u:secret@[::1/x", "", "storage_url"},
		{"no server", "postgres://127.0.0.1:1/x?sslmode=disable", "", "storage_unavailable"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, err := db.Open(t.Context(), c.url, c.org)
			if err == nil {
				d.Close()
			}
			if !problem.IsCode(err, c.code) {
				t.Errorf("want %s, got %v", c.code, err)
			}
		})
	}
}

func TestFolderHoldsOneFilePerOrganisation(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a folder?")
	for _, org := range []string{"acme", "", "other"} {
		d := dbtest.Reopen(t, "sqlite:"+folder+"/", org)
		write(t, d, func(tx *db.Tx) error { return log(tx, "ann", 1) })
		gapFree(t, d, 1)
	}
	for _, name := range []string{"acme.db", "laurel.db", "other.db"} {
		info, err := os.Stat(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s can be read by others: %v", name, info.Mode())
		}
	}
}

func TestReopenGoesOn(t *testing.T) {
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			url, org := dbtest.Place(t, dialect)
			for i := range int64(3) {
				d := dbtest.Reopen(t, url, org)
				write(t, d, func(tx *db.Tx) error { return log(tx, "ann", 2) })
				gapFree(t, d, 2*i+2)
				d.Close()
			}
		})
	}
}

func TestProcessesThatStartTogether(t *testing.T) {
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			url, org := dbtest.Place(t, dialect)
			var processes sync.WaitGroup
			for range 6 {
				processes.Go(func() {
					d, err := db.Open(context.Background(), url, org)
					if err != nil {
						t.Error(err)
						return
					}
					defer d.Close()
					if err := d.Write(context.Background(), func(tx *db.Tx) error { return log(tx, "ann", 1) }); err != nil {
						t.Error(err)
					}
				})
			}
			processes.Wait()
			gapFree(t, dbtest.Reopen(t, url, org), 6)
		})
	}
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			url, org := dbtest.Place(t, dialect)
			d := dbtest.Reopen(t, url, org)
			write(t, d, func(tx *db.Tx) error {
				applied := map[db.Dialect]any{db.SQLite: 1, db.Postgres: true}[dialect]
				_, err := tx.Exec(`INSERT INTO schema_migration (version_id, is_applied) VALUES ($1, $2)`, 9999, applied)
				return err
			})
			d.Close()
			if _, err := db.Open(t.Context(), url, org); !problem.IsCode(err, "storage_newer") {
				t.Errorf("want storage_newer, got %v", err)
			}
		})
	}
}
