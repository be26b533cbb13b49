package db

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"laurel/internal/problem"
)

// maxReaders bounds the connections that read at the same time; further reads wait for one.
const maxReaders = 8

// defaultOrg is the organisation of an installation that has only one.
const defaultOrg = "laurel"

// connectTimeout bounds how long opening one connection may take.
const connectTimeout = 5 * time.Second

var orgKey = regexp.MustCompile(`^[a-z][a-z0-9_]{0,40}$`)

// DB is the storage of one organisation: a SQLite file or a PostgreSQL schema.
type DB struct {
	dialect     Dialect
	writePool   *sql.DB
	readPool    *sql.DB
	writer      *writer
	readers     *readers
	watchers    watchers
	definitions atomic.Int64 // counts commits of this process that changed the schema

	mustExist bool // opening refuses to create

	closing   chan struct{}
	closeOnce sync.Once
}

// Open opens the storage of an organisation and brings its tables up to date. The url is "sqlite:PATH" (a file, or
// a folder that holds one file per organisation) or "postgres://…" (one schema per organisation); an empty org is
// the only one.
func Open(ctx context.Context, url, org string) (*DB, error) {
	return open(ctx, url, org, &DB{})
}

// OpenExisting is Open for those who have no use for an empty storage: problem storage_missing where Open would create one.
func OpenExisting(ctx context.Context, url, org string) (*DB, error) {
	return open(ctx, url, org, &DB{mustExist: true})
}

func open(ctx context.Context, url, org string, d *DB) (*DB, error) {
	if org == "" {
		org = defaultOrg
	}
	if !orgKey.MatchString(org) || strings.HasPrefix(org, "pg_") {
		return nil, problem.Bad("storage_org", "org",
			"组织标识 %q 无效：只能用小写字母、数字和下划线，以字母开头，最长 41 个字符。",
			"The organisation key %q is not valid: use lower-case letters, digits and underscores, begin with a letter, at most 41 characters.", org)
	}
	d.closing = make(chan struct{})
	var err error
	switch {
	case strings.HasPrefix(url, "sqlite:"):
		d.dialect = SQLite
		err = d.openSQLite(ctx, strings.TrimPrefix(url, "sqlite:"), org)
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		d.dialect = Postgres
		err = d.openPostgres(ctx, url, org)
	default:
		return nil, problem.Bad("storage_url", "database",
			"数据库地址无效：请写成 sqlite:文件路径 或 postgres://用户:密码@主机/库名。",
			"The database address is not valid: write sqlite:PATH or postgres://user:password@host/name.")
	}
	if err != nil {
		d.closePools()
		return nil, fmt.Errorf("open the %s storage: %w", d.dialect, explain(err))
	}
	d.readers = newReaders(d)
	d.writer = newWriter(d)
	go d.writer.loop()
	return d, nil
}

// Dialect tells which database this is.
func (d *DB) Dialect() Dialect { return d.dialect }

// Close waits for the running group of writes, refuses the waiting ones and closes all connections.
func (d *DB) Close() error {
	d.closeOnce.Do(func() {
		close(d.closing)
		<-d.writer.stopped
		d.readers.close()
		d.closePools()
	})
	return nil
}

func (d *DB) closePools() {
	for _, pool := range []*sql.DB{d.readPool, d.writePool} {
		if pool == nil {
			continue
		}
		if err := pool.Close(); err != nil {
			slog.Warn("closing the storage", "error", err)
		}
	}
}
