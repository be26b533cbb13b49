// Package dbtest gives tests a fresh storage on SQLite and on PostgreSQL, and takes it away afterwards.
//
// PostgreSQL is the server that LAUREL_TEST_POSTGRES names (scripts/postgres.sh starts one); each test gets a schema
// of its own. Without it those tests are skipped, or fail when LAUREL_TEST_NO_SKIP is 1.
package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // to drop the schema without the storage under test

	"laurel/internal/db"
)

// Dialects are the databases every storage test runs on.
var Dialects = []db.Dialect{db.SQLite, db.Postgres}

// Each runs a test on a fresh storage of each dialect.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	for _, dialect := range Dialects {
		t.Run(string(dialect), func(t *testing.T) { test(t, Open(t, dialect)) })
	}
}

// Open opens a fresh storage that is closed and removed when the test ends.
func Open(t testing.TB, dialect db.Dialect) *db.DB {
	t.Helper()
	url, org := Place(t, dialect)
	return Reopen(t, url, org)
}

// Reopen opens a place once more, as another process would.
func Reopen(t testing.TB, url, org string) *db.DB {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	d, err := db.Open(ctx, url, org)
	if err != nil {
		t.Fatalf("open %s %s: %v", strings.SplitN(url, ":", 2)[0], org, err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// Place finds an unused place for a storage, to be opened with Reopen any number of times.
func Place(t testing.TB, dialect db.Dialect) (url, org string) {
	t.Helper()
	if dialect == db.SQLite {
		return "sqlite:" + filepath.Join(t.TempDir(), "laurel.db"), ""
	}
	url = os.Getenv("LAUREL_TEST_POSTGRES")
	if url == "" {
		const hint = "LAUREL_TEST_POSTGRES is not set: NOT TESTED ON POSTGRESQL (scripts/postgres.sh start prints a URL)"
		if os.Getenv("LAUREL_TEST_NO_SKIP") == "1" {
			t.Fatal(hint)
		}
		t.Skip(hint)
	}
	org = "t_" + strings.ToLower(rand.Text())
	t.Cleanup(func() {
		if err := drop(url, org); err != nil {
			t.Errorf("drop the schema of the test: %v", err)
		}
	})
	return url, org
}

func drop(url, org string) error {
	pool, err := sql.Open("pgx", url)
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = pool.Exec(fmt.Sprintf("DROP SCHEMA IF EXISTS %s CASCADE", db.Quote(org)))
	return err
}
