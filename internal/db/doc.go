// Package db owns the connection to SQLite or PostgreSQL: opening, migrations, snapshots for reading, the group
// commit for writing, and the few differences between the two databases.
//
// In flow SQL texts with placeholders $1, $2 …, the same for both databases; out flow rows, and errors that are
// either a *problem.Error (storage full or away) or the driver's own. Writes of all goroutines are run one after
// another by one goroutine and share a commit, each in its own savepoint. Numbers of records and of change-log
// entries come from the one row of table counter, so that the order of commits is the order of the log.
//
// The package knows no table but counter, never builds SQL from user input, and never retries a job.
//
// SQL that means the same on both databases:
//   - columns are BIGINT, TEXT or BOOLEAN; JSON and bytes are TEXT; instants are microseconds, days are day numbers
//   - TEXT compares bytewise (migrations and ColumnType see to it on PostgreSQL)
//   - a statement that fails ends its job or its Nested scope: test first, or use ON CONFLICT
//   - close the rows of a query before the next statement of the same Tx
//   - say NULLS FIRST or NULLS LAST where an ORDER BY can meet NULL; write CAST(SUM(x) AS BIGINT)
package db
