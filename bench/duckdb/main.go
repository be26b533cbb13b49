// Command duckdb-peer runs the aggregation of a back-test whose condition has moved in DuckDB, over the same rows, and prints
// the microseconds, groups and records of each. See docs/benchmarks.md.
package main

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"log"
	"os"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"
)

func main() {
	file := flag.String("rows", "", "CSV file of owner,stage,amount,closed")
	rounds := flag.Int("rounds", 15, "how many conditions to ask")
	flag.Parse()
	if err := run(context.Background(), *file, *rounds); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, file string, rounds int) error {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return err
	}
	defer db.Close()
	begun := time.Now()
	_, err = db.ExecContext(ctx, `CREATE TABLE deal AS
		SELECT * FROM read_csv(?, header = false, columns = {'owner': 'BIGINT', 'stage': 'VARCHAR', 'amount': 'BIGINT', 'closed': 'DATE'})`, file)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "duckdb has read the rows in %s\n", time.Since(begun).Round(time.Millisecond))
	for i := range rounds {
		if err := ask(ctx, db, 100_000+1000*i); err != nil {
			return err
		}
	}
	return nil
}

func ask(ctx context.Context, db *sql.DB, above int) error {
	begun := time.Now()
	rows, err := db.QueryContext(ctx, `SELECT owner, date_trunc('quarter', closed) AS quarter, count(*), sum(amount)::BIGINT
		FROM deal WHERE stage = 'won' AND amount > ? GROUP BY owner, quarter`, above)
	if err != nil {
		return err
	}
	defer rows.Close()
	var groups, records int64
	for rows.Next() {
		var owner, n, sum int64
		var quarter time.Time
		if err := rows.Scan(&owner, &quarter, &n, &sum); err != nil {
			return err
		}
		groups, records = groups+1, records+n
	}
	fmt.Println(time.Since(begun).Microseconds(), groups, records)
	return rows.Err()
}
