package db

import "testing"

func TestPositional(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`SELECT 1`, `SELECT 1`},
		{`SELECT a FROM t WHERE b = $1 AND c IN ($2, $3)`, `SELECT a FROM t WHERE b = ? AND c IN (?, ?)`},
		{`VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, `VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`},
		{`SELECT $1 + $1`, `SELECT $1 + $1`},
		{`UPDATE t SET a = $2 WHERE b = $1`, `UPDATE t SET a = $2 WHERE b = $1`},
		{`SELECT '$1', "it's $2" FROM t WHERE a = $1`, `SELECT '$1', "it's $2" FROM t WHERE a = ?`},
		{`SELECT 'it''s' WHERE a = $1`, `SELECT 'it''s' WHERE a = ?`},
		{`SELECT ? + $1`, `SELECT ? + $1`},
		{"SELECT $1 -- it's $2\n + $2", "SELECT $1 -- it's $2\n + $2"},
		{`SELECT $name`, `SELECT $name`},
	} {
		if got := positional(c.in); got != c.want {
			t.Errorf("positional(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
