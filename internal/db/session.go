package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// maxStatements bounds the prepared statements kept by one connection; pgx keeps its own, as many.
const maxStatements = 500

// session is one connection, used by one goroutine at a time, with its prepared statements.
type session struct {
	dialect Dialect
	conn    *sql.Conn
	stmts   map[string]*sql.Stmt // SQLite only
	stale   bool                 // drop the statements after this transaction
	age     int64                // the value of DB.definitions the statements were prepared under
}

func newSession(ctx context.Context, pool *sql.DB, d *DB) (*session, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &session{dialect: d.dialect, conn: conn, stmts: map[string]*sql.Stmt{}, age: d.definitions.Load()}, nil
}

// statement returns the prepared statement of a text, or nil when it should be run unprepared.
func (s *session) statement(query string) (*sql.Stmt, error) {
	if s.dialect == Postgres {
		return nil, nil
	}
	if stmt, ok := s.stmts[query]; ok {
		return stmt, nil
	}
	if len(s.stmts) >= maxStatements {
		s.stale = true
		return nil, nil
	}
	stmt, err := s.conn.PrepareContext(context.Background(), positional(query))
	if err != nil {
		return nil, err
	}
	s.stmts[query] = stmt
	return stmt, nil
}

// text is a statement as the database likes it best.
func (s *session) text(query string) string {
	if s.dialect == SQLite {
		return positional(query)
	}
	return query
}

func (s *session) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	stmt, err := s.statement(query) //nolint:sqlclosecheck // kept for the next use
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return s.conn.ExecContext(ctx, s.text(query), args...)
	}
	return stmt.ExecContext(ctx, args...)
}

func (s *session) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	stmt, err := s.statement(query) //nolint:sqlclosecheck // kept for the next use
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return s.conn.QueryContext(ctx, s.text(query), args...)
	}
	return stmt.QueryContext(ctx, args...)
}

// wire runs texts without parameters over PostgreSQL's simple protocol: several statements in one round trip.
func (s *session) wire(text string) (out []*pgconn.Result, err error) {
	rawErr := s.conn.Raw(func(dc any) error {
		out, err = dc.(*stdlib.Conn).Conn().PgConn().Exec(context.Background(), text).ReadAll()
		return nil
	})
	if rawErr != nil {
		return nil, rawErr
	}
	return out, err
}

// control runs statements that steer the transaction.
func (s *session) control(texts ...string) error {
	if s.dialect == Postgres {
		joined := texts[0]
		for _, text := range texts[1:] {
			joined += "; " + text
		}
		_, err := s.wire(joined)
		return err
	}
	for _, text := range texts {
		if _, err := s.exec(context.Background(), text, nil); err != nil {
			return err
		}
	}
	return nil
}

// beginWrite opens the transaction of a group and reads the counter row, which on PostgreSQL locks out the groups
// of other processes until the commit; on SQLite the transaction itself does.
func (s *session) beginWrite() (c counters, err error) {
	const read = "SELECT next_id, next_seq FROM counter"
	if s.dialect == SQLite {
		if err := s.control("BEGIN IMMEDIATE"); err != nil {
			return c, err
		}
		rows, err := s.query(context.Background(), read, nil)
		if err != nil {
			return c, err
		}
		defer rows.Close()
		if !rows.Next() {
			return c, fmt.Errorf("the counter row is missing: %w", rows.Err())
		}
		return c, rows.Scan(&c.id, &c.seq)
	}
	results, err := s.wire("BEGIN; " + read + " FOR UPDATE")
	if err != nil {
		return c, err
	}
	if len(results) != 2 || len(results[1].Rows) != 1 {
		return c, fmt.Errorf("the counter row is missing")
	}
	row := results[1].Rows[0]
	if c.id, err = strconv.ParseInt(string(row[0]), 10, 64); err != nil {
		return c, err
	}
	c.seq, err = strconv.ParseInt(string(row[1]), 10, 64)
	return c, err
}

// commit ends the transaction of a group, writing the counters back when they moved.
func (s *session) commit(c counters, moved bool) error {
	if !moved {
		return s.control("COMMIT")
	}
	if s.dialect == Postgres {
		return s.control(fmt.Sprintf("UPDATE counter SET next_id = %d, next_seq = %d", c.id, c.seq), "COMMIT")
	}
	if _, err := s.exec(context.Background(), "UPDATE counter SET next_id = $1, next_seq = $2", []any{c.id, c.seq}); err != nil {
		return err
	}
	return s.control("COMMIT")
}

// healthy reports whether the transaction can go on. PostgreSQL refuses everything after a failed statement, even
// one whose error its caller ignored, and answers COMMIT with a silent rollback: so it is asked, without a round trip.
func (s *session) healthy() bool {
	if s.dialect == SQLite {
		return true
	}
	return s.status() == 'T'
}

// idle reports whether no transaction is open any more.
func (s *session) idle() bool { return s.dialect == SQLite || s.status() == 'I' }

// status is PostgreSQL's: I idle, T in a transaction, E in a failed one; 0 when the connection is lost.
func (s *session) status() (status byte) {
	_ = s.conn.Raw(func(dc any) error {
		if wire := dc.(*stdlib.Conn).Conn().PgConn(); !wire.IsClosed() {
			status = wire.TxStatus()
		}
		return nil
	})
	return status
}

// settle drops statements that are too many or outdated; no rows may be open.
func (s *session) settle(age int64) {
	if !s.stale && s.age == age {
		return
	}
	for _, stmt := range s.stmts {
		stmt.Close()
	}
	clear(s.stmts)
	if s.dialect == Postgres && s.conn != nil {
		_ = s.conn.Raw(func(dc any) error {
			return dc.(*stdlib.Conn).Conn().DeallocateAll(context.Background())
		})
	}
	s.stale, s.age = false, age
}

// discard closes the connection for good instead of giving it back to the pool.
func (s *session) discard() {
	for _, stmt := range s.stmts {
		stmt.Close()
	}
	_ = s.conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = s.conn.Close()
}
