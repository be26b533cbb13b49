package db

import "strings"

// Dialect is one of the two databases. What differs between them in SQL is written in this file only.
type Dialect string

// The databases that Laurel runs on.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// ColumnType is the type of a column for a kind of value: text, int, bool, date (day number) or instant
// (microseconds UTC). Text compares bytewise on both databases. An unknown kind is a fault of the caller and panics.
func (d Dialect) ColumnType(kind string) string {
	switch kind {
	case "text":
		return d.text()
	case "int", "date", "instant":
		return "BIGINT" // SQLite's driver turns columns declared DATE or TIMESTAMP into time.Time; these stay numbers
	case "bool":
		return "BOOLEAN"
	}
	panic("db: no column type for kind " + kind)
}

// PrimaryKey is the type of an id column that is its table's primary key. SQLite keeps a table in the order of a
// column declared exactly INTEGER PRIMARY KEY, which saves an index; there it holds 64 bits all the same.
func (d Dialect) PrimaryKey() string {
	if d == SQLite {
		return "INTEGER PRIMARY KEY"
	}
	return "BIGINT PRIMARY KEY"
}

func (d Dialect) text() string {
	if d == Postgres {
		return `TEXT COLLATE "C"`
	}
	return "TEXT"
}

// migration is the text of a migration file as this database wants it.
func (d Dialect) migration(text string) string {
	if d == Postgres {
		return strings.NewReplacer(" TEXT", " "+d.text(), asJSON, "::JSON").Replace(text)
	}
	return strings.NewReplacer("BIGINT PRIMARY KEY", d.PrimaryKey(), clustered, "WITHOUT ROWID").Replace(text)
}

// clustered marks a table of a migration that SQLite keeps in the order of its primary key; PostgreSQL reads a comment.
const clustered = "/* sqlite: WITHOUT ROWID */"

// asJSON marks a text of a migration that PostgreSQL has to be told is JSON; SQLite reads a comment.
const asJSON = "/* postgres: ::JSON */"

// maxParameters is the most placeholders one statement may have.
func (d Dialect) maxParameters() int {
	if d == Postgres {
		return 65_535 // the wire protocol counts them in 16 bits
	}
	return 32_766 // SQLITE_MAX_VARIABLE_NUMBER
}

// maxGroup is the most jobs that share one commit. A PostgreSQL session tracks 64 subtransactions cheaply; with more,
// everybody's snapshots become slower.
func (d Dialect) maxGroup() int {
	if d == Postgres {
		return 64
	}
	return 256
}

func (d Dialect) beginRead() string {
	if d == Postgres {
		return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	}
	return "BEGIN"
}

// Quote makes an identifier of a checked key. It also stands for a table of run-time objects, whose names are
// never taken from raw input.
func Quote(ident string) string {
	return `"` + strings.ReplaceAll(ident, `"`, `""`) + `"`
}

// verb is the first word of a statement in upper case.
func verb(query string) string {
	query = strings.TrimLeft(query, " \t\r\n(")
	end := strings.IndexFunc(query, func(r rune) bool { return r < 'A' || r > 'z' })
	if end < 0 {
		end = len(query)
	}
	switch word := query[:end]; word {
	case "SELECT", "INSERT", "UPDATE", "DELETE":
		return word
	default:
		return strings.ToUpper(word)
	}
}
