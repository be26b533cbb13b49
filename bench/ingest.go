package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"laurel/internal/db"
	"laurel/internal/record"
)

const ingestBatch = 5000

// benchIngest compares batches through the whole way to awards with bare inserts of the same rows into a bare table.
func benchIngest(ctx context.Context, o options) error {
	for _, t := range o.targets("ingest") {
		c, err := openCompany(ctx, t.url, orgFor(t.name, "bench_ingest"), size{plans: 20, persons: persons})
		if err != nil {
			return err
		}
		ops := c.deals(o.ingest, 0, o.ingest)
		spent := processorTime()
		bare, err := c.bareInserts(ctx, ops)
		if err != nil {
			return err
		}
		bareSpent := processorTime() - spent
		spent = processorTime()
		whole, stored, err := c.ingest(ctx, ops)
		if err != nil {
			return err
		}
		wholeSpent := processorTime() - spent
		n := float64(len(ops))
		fmt.Printf("%-9s %d records, 20 plans, 6 metrics: bare table %.0f/s; stored %.0f/s; awarded %.0f/s; ratio awarded/bare %.2f (aim ≥ 0.25)\n",
			t.name, len(ops), n/bare.Seconds(), n/stored.Seconds(), n/whole.Seconds(), bare.Seconds()/whole.Seconds())
		fmt.Printf("%-9s processor time of this process: bare table %s, awarded %s; ratio %.2f\n",
			t.name, bareSpent.Round(10*time.Millisecond), wholeSpent.Round(10*time.Millisecond), bareSpent.Seconds()/wholeSpent.Seconds())
		if err := c.db.Close(); err != nil {
			return err
		}
	}
	return nil
}

// orgFor is the schema on PostgreSQL; a SQLite file is its own organisation.
func orgFor(name, org string) string {
	if name == "postgres" {
		return fmt.Sprintf("%s_%d", org, time.Now().Unix())
	}
	return ""
}

// bareInserts writes the rows into a table with a key and nothing else.
func (c *company) bareInserts(ctx context.Context, ops []record.Op) (time.Duration, error) {
	err := c.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`CREATE TABLE bare (id ` + tx.Dialect().PrimaryKey() + `, external_id TEXT, name TEXT, owner BIGINT, stage TEXT, amount BIGINT, closed BIGINT, visits BIGINT)`)
		return err
	})
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	for from := 0; from < len(ops); from += ingestBatch {
		part := ops[from:min(from+ingestBatch, len(ops))]
		rows := make([][]any, len(part))
		for i, op := range part {
			v := op.Values
			rows[i] = []any{int64(from + i + 1), op.ExternalID, v[0].Text(), v[1].Ref(), v[2].Text(), v[3].Amount().Minor, int64(v[4].Day()), v[5].Decimal().Coef}
		}
		err := c.db.Write(ctx, func(tx *db.Tx) error {
			return db.InsertRows(tx, "bare", []string{"id", "external_id", "name", "owner", "stage", "amount", "closed", "visits"}, rows)
		})
		if err != nil {
			return 0, err
		}
	}
	return time.Since(begun), nil
}

// ingest writes the batches while the engine follows, and waits until every award stands.
func (c *company) ingest(ctx context.Context, ops []record.Op) (whole, stored time.Duration, err error) {
	runtime.GC()
	following, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- c.engine.Run(following) }()
	begun := time.Now()
	for from := 0; from < len(ops); from += ingestBatch {
		part := ops[from:min(from+ingestBatch, len(ops))]
		if _, err := c.records.Save(ctx, "bench", c.object, part, true); err != nil {
			stop()
			return 0, 0, err
		}
	}
	stored = time.Since(begun)
	for {
		var lag int64
		err := c.db.Read(ctx, func(tx *db.Tx) error {
			s, err := c.engine.Status(tx)
			lag = s.Lag()
			return err
		})
		if err != nil || lag == 0 {
			whole = time.Since(begun)
			stop()
			return whole, stored, errors.Join(err, <-ended)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
