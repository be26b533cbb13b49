package engine_test

import (
	"context"
	"database/sql"
	"os"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// The query of docs/architecture.md with which a BI tool reads contributions, one line for each metric.
func TestContributionsAreReadAsTheDocumentationSays(t *testing.T) {
	text, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, query, _ := strings.Cut(string(text), "```sql\n")
	query, _, found := strings.Cut(query, ";\n```")
	if !found {
		t.Fatal("no query in docs/architecture.md")
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if d.Dialect() != db.Postgres { // whose query it is
			return
		}
		c := newCompany(t, d)
		c.apply(`metrics: [{key: stages, name: 阶段数, object: deal, date: closed, person: owner, measure: {kind: distinct, value: stage}}]`)
		const odd = "a=b;c%3B\"'\n😀"
		c.deal("a", "zhang", odd, "2026-01-05", "60")
		c.deal("b", "zhang", "won", "2026-01-05", "60.25")
		var got []string
		c.must(d.Read(context.Background(), func(tx *db.Tx) error {
			rows, err := tx.Query(`SELECT metric, value, label FROM (` + query + `) x ORDER BY record_id, metric`)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var metric, value string
				var label sql.NullString
				if err := rows.Scan(&metric, &value, &label); err != nil {
					return err
				}
				got = append(got, metric+" "+value+" "+label.String)
			}
			return rows.Err()
		}))
		if want := "stages 1 " + odd + "|sales 6025 |stages 1 won|won 1 "; strings.Join(got, "|") != want {
			t.Errorf("got %q, want %q", strings.Join(got, "|"), want)
		}
	})
}
