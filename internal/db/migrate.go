package db

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"laurel/internal/problem"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrateTries bounds how often a SQLite migration starts again because another process was migrating the same file.
const migrateTries = 20

// migrate applies the migrations that are missing, each in its own transaction.
func (d *DB) migrate(ctx context.Context, dialect goose.Dialect, pool *sql.DB) error {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(dialect, pool, translated{folder, d.dialect},
		goose.WithDisableGlobalRegistry(true), goose.WithTableName("schema_migration"))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if current, err := provider.GetDBVersion(ctx); err == nil && current > newest(provider) {
		return problem.Bad("storage_newer", "database",
			"数据库已由更新版本的 Laurel 升级（第 %d 版，本程序只到第 %d 版），请使用新版本程序。",
			"A newer Laurel has upgraded this database (version %d; this program knows up to %d). Use the newer program.",
			current, newest(provider))
	}
	// On PostgreSQL the caller holds a lock. On SQLite each migration is one immediate transaction with its version
	// row: of two processes one gets it, and the other finds it done when it looks again.
	for try := 1; ; try++ {
		_, err = provider.Up(ctx)
		if err == nil || d.dialect == Postgres || try == migrateTries || ctx.Err() != nil {
			break
		}
		if pending, check := provider.HasPending(ctx); check == nil && !pending {
			return nil
		}
		time.Sleep(time.Duration(try) * 10 * time.Millisecond)
	}
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func newest(provider *goose.Provider) int64 {
	sources := provider.ListSources()
	return sources[len(sources)-1].Version
}

// translated shows the migration files as the dialect wants them.
type translated struct {
	fs.FS
	dialect Dialect
}

// Open implements fs.FS.
func (t translated) Open(name string) (fs.File, error) {
	file, err := t.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return file, err
	}
	text, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	return translatedFile{file, bytes.NewReader([]byte(t.dialect.migration(string(text))))}, nil
}

type translatedFile struct {
	fs.File
	text *bytes.Reader
}

// Read implements fs.File.
func (f translatedFile) Read(p []byte) (int, error) { return f.text.Read(p) }
