package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"laurel/internal/problem"
)

// SQLite's primary result codes (the low byte) and extended codes, https://www.sqlite.org/rescode.html
const (
	sqliteBusy     = 5
	sqliteLocked   = 6
	sqliteReadonly = 8
	sqliteIO       = 10
	sqliteFull     = 13
	sqliteCantOpen = 14
	sqliteProtocol = 15

	sqliteConstraintPrimaryKey = 1555
	sqliteConstraintUnique     = 2067
	sqliteConstraintRowID      = 2579
)

var (
	errEnded    = errors.New("db: the transaction has ended")
	errNested   = errors.New("db: Write inside Write: the writer would wait for itself")
	errOpenRows = errors.New("db: the rows of the query before are still open: read them to the end or close them first")
	errIgnored  = errors.New("db: a failed statement was ignored")
)

func storageFull(cause error) *problem.Error {
	return problem.New(problem.Unavailable, "storage_full", "",
		"存储空间已满，本次修改没有保存。请清理磁盘或扩大容量后重试，已保存的数据不受影响。",
		"Storage is full, so this change was not saved. Free or add disk space, then try again; what was saved before is safe.").Because(cause)
}

func storageUnavailable(cause error) *problem.Error {
	return problem.New(problem.Unavailable, "storage_unavailable", "",
		"数据库暂时无法访问，请稍后重试；如果一直这样，请检查数据库服务。",
		"The database cannot be reached at the moment. Try again shortly; if this goes on, check the database server.").Because(cause)
}

func storageClosed() *problem.Error {
	return problem.New(problem.Unavailable, "storage_closed", "",
		"服务正在停止，请稍后重试。", "The server is stopping. Try again shortly.")
}

// explain turns errors of the storage itself into problems that people can act on and leaves all others as they are.
func explain(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := problem.As(err); ok {
		return err
	}
	switch {
	case isFull(err):
		return storageFull(err)
	case isAway(err):
		return storageUnavailable(err)
	}
	return err
}

func isFull(err error) bool {
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code()&0xff == sqliteFull
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "53100"
	}
	return false
}

// isAway reports whether the database could not be reached or gave up on us: worth trying again later.
func isAway(err error) bool {
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		switch lite.Code() & 0xff {
		case sqliteBusy, sqliteLocked, sqliteReadonly, sqliteIO, sqliteCantOpen, sqliteProtocol:
			return true
		}
		return false
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch class := pg.Code[:min(2, len(pg.Code))]; class {
		case "08", "53", "57", "58": // connection, resources, operator intervention, system error
			return pg.Code != "57014" // query_canceled: by the caller's own context
		}
		switch pg.Code {
		case "25006", "25P03", "40001", "40P01", "55P03": // read-only standby, idle too long, serialization, deadlock, lock timeout
			return true
		}
		return stalePlan(err)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	for _, gone := range []error{driver.ErrBadConn, sql.ErrConnDone, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed} {
		if errors.Is(err, gone) {
			return true
		}
	}
	return pgconn.SafeToRetry(err)
}

// cause chooses between the error that made a rollback necessary and that of the rollback: when storage failed, SQLite
// may have rolled back everything by itself, and the first error is the one that says why.
func cause(first, rollback error) error {
	if p, ok := problem.As(explain(first)); ok && p.Kind == problem.Unavailable {
		return p
	}
	return fmt.Errorf("roll back: %w", rollback)
}

// stalePlan is how PostgreSQL says that another process altered a table under a cached statement.
func stalePlan(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == "0A000" && strings.Contains(pg.Message, "cached plan")
}

// IsUnique reports whether a statement failed because a key or unique index already holds the value.
func IsUnique(err error) bool {
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		switch lite.Code() {
		case sqliteConstraintPrimaryKey, sqliteConstraintUnique, sqliteConstraintRowID:
			return true
		}
		return false
	}
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == "23505"
}

// missing says that there is no company in a place: a file, or a schema of a PostgreSQL database.
func missing(place string) error {
	return problem.New(problem.NotFound, "storage_missing", "database",
		"这里没有公司数据：%s。请检查 --db（和 --org）的写法。新建数据库用 laurel serve、apply、demo，或 import --create-object。",
		"There is no company at %s. Check --db (and --org); serve, apply and demo make one, and so does import --create-object.", place)
}
