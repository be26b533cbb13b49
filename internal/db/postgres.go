package db

import (
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"laurel/internal/problem"
)

// minPostgres is the oldest server version supported, as server_version_num.
const minPostgres = 150_000

func (d *DB) openPostgres(ctx context.Context, url, org string) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		// The cause may hold the password: it is left out.
		return problem.Bad("storage_url", "database",
			"PostgreSQL 地址无法识别，请写成 postgres://用户:密码@主机:端口/库名。",
			"The PostgreSQL address cannot be read: write postgres://user:password@host:port/name.")
	}
	config.StatementCacheCapacity = maxStatements
	config.ConnectTimeout = connectTimeout
	// A server that vanished without a word is noticed within about 30 s, also while a statement waits for it.
	dialer := &net.Dialer{
		Timeout:         connectTimeout,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3},
	}
	config.DialFunc = dialer.DialContext
	config.RuntimeParams["search_path"] = Quote(org)
	config.RuntimeParams["application_name"] = "laurel"
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["lock_timeout"] = "30s"
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "10min" // a stuck process must not lock the others out for ever

	d.writePool = stdlib.OpenDB(*config)
	if err := d.preparePostgres(ctx, org); err != nil {
		return err
	}
	d.writePool.SetMaxOpenConns(1)
	d.readPool = stdlib.OpenDB(*config)
	d.readPool.SetMaxOpenConns(maxReaders)
	return nil
}

// preparePostgres creates and migrates the schema under a lock, so that processes that start together do not collide.
func (d *DB) preparePostgres(ctx context.Context, org string) error {
	conn, err := d.writePool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var version int
	if err := conn.QueryRowContext(ctx, "SELECT current_setting('server_version_num')::INT").Scan(&version); err != nil {
		return err
	}
	if version < minPostgres {
		return problem.Bad("storage_version", "database",
			"需要 PostgreSQL 15 或更高版本，当前为 %d。", "PostgreSQL 15 or newer is needed; this server is version %d.", version/10_000)
	}

	lock := fnv.New64a()
	fmt.Fprintf(lock, "laurel migrate %s", org)
	lockID := int64(lock.Sum64())
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", lockID); err != nil {
		return err
	}
	defer func() { // a connection that is gone has given its lock up
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", lockID)
	}()

	var exists bool
	if err := conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1)", org).Scan(&exists); err != nil {
		return err
	}
	if !exists && d.mustExist {
		return missing(org)
	}
	if !exists {
		if err := createSchema(ctx, conn, org); err != nil {
			return err
		}
	}
	return d.migrate(ctx, goose.DialectPostgres, d.writePool)
}

// createSchema makes the schema of an organisation; on Citus it also becomes a unit of distribution.
func createSchema(ctx context.Context, conn *sql.Conn, org string) error {
	if _, err := conn.ExecContext(ctx, "CREATE SCHEMA "+Quote(org)); err != nil {
		return err
	}
	var citus bool
	if err := conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'citus_schema_distribute')").Scan(&citus); err != nil || !citus {
		return err
	}
	_, err := conn.ExecContext(ctx, "SELECT citus_schema_distribute($1::REGNAMESPACE)", org)
	return err
}
