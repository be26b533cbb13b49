package db_test

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// Durable writes of one row and one number each, every one answered after its commit. For PostgreSQL start the server
// with LAUREL_PG_FSYNC=on, or the figure says nothing.
func BenchmarkWrite(b *testing.B) {
	for _, writers := range []int{1, 32} {
		for _, dialect := range dbtest.Dialects {
			b.Run(map[int]string{1: "alone/", 32: "writers32/"}[writers]+string(dialect), func(b *testing.B) {
				d := dbtest.Open(b, dialect)
				b.SetParallelism(max(1, writers/runtime.GOMAXPROCS(0)))
				one := func(tx *db.Tx) error {
					seq, err := tx.NextSeq(1)
					if err != nil {
						return err
					}
					_, err = tx.Exec(`INSERT INTO change (seq, at, actor, object, record_id, kind, after) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
						seq, 0, "ann", "deal", 1, "create", `{"amount":"12.50"}`)
					return err
				}
				b.ReportAllocs()
				b.ResetTimer()
				if writers == 1 {
					for b.Loop() {
						if err := d.Write(context.Background(), one); err != nil {
							b.Fatal(err)
						}
					}
				} else {
					b.RunParallel(func(pb *testing.PB) {
						for pb.Next() {
							if err := d.Write(context.Background(), one); err != nil {
								b.Error(err)
								return
							}
						}
					})
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
			})
		}
	}
}

// Point reads by many goroutines, each in a snapshot of its own.
func BenchmarkRead(b *testing.B) {
	for _, dialect := range dbtest.Dialects {
		b.Run(string(dialect), func(b *testing.B) {
			d := dbtest.Open(b, dialect)
			write(b, d, func(tx *db.Tx) error { return log(tx, "ann", 1000) })
			var next atomic.Int64
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					err := d.Read(context.Background(), func(tx *db.Tx) error {
						var actor string
						return tx.QueryRow(`SELECT actor FROM change WHERE seq = $1`, next.Add(1)%1000+1).Scan(&actor)
					})
					if err != nil {
						b.Error(err)
						return
					}
				}
			})
		})
	}
}

// Many rows into one table, as an import does.
func BenchmarkInsertRows(b *testing.B) {
	const n = 10_000
	for _, dialect := range dbtest.Dialects {
		b.Run(string(dialect), func(b *testing.B) {
			d := dbtest.Open(b, dialect)
			first := int64(0)
			for b.Loop() {
				rows := make([][]any, n)
				for i := range rows {
					rows[i] = []any{first + int64(i) + 1, int64(0), "ann", "deal", int64(i), "create", `{"amount":"12.50"}`}
				}
				first += n
				write(b, d, func(tx *db.Tx) error {
					return db.InsertRows(tx, "change", []string{"seq", "at", "actor", "object", "record_id", "kind", "after"}, rows)
				})
			}
			b.ReportMetric(float64(b.N)*n/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
