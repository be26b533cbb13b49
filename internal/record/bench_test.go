package record_test

import (
	"context"
	"fmt"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/money"
	"laurel/internal/record"
	"laurel/internal/value"
)

func benchEach(b *testing.B, run func(b *testing.B, f *fixture)) {
	for _, dialect := range dbtest.Dialects {
		b.Run(string(dialect), func(b *testing.B) { run(b, setUp(b, dbtest.Open(b, dialect))) })
	}
}

func benchInput(i int) map[string]any {
	return map[string]any{"name": "示例商机", "code": fmt.Sprint("c", i), "hours": "12.5", "amount": "123456.78", "signed_on": "2026-03-31", "won": true, "stage": "won", "owner": 901}
}

// BenchmarkCreateBatch makes 10,000 records from input per round.
func BenchmarkCreateBatch(b *testing.B) {
	benchEach(b, func(b *testing.B, f *fixture) {
		n := 0
		for b.Loop() {
			ops := make([]record.Op, record.MaxBatch)
			for i := range ops {
				n++
				ops[i] = record.Op{Kind: record.Upsert, ExternalID: fmt.Sprint("X-", n), Input: benchInput(n)}
			}
			f.save(f.deal, ops...)
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
	})
}

// BenchmarkCreateTyped makes 10,000 records from typed values per round.
func BenchmarkCreateTyped(b *testing.B) {
	benchEach(b, func(b *testing.B, f *fixture) {
		n := 0
		for b.Loop() {
			ops := make([]record.Op, record.MaxBatch)
			for i := range ops {
				n++
				values := make([]value.Value, len(f.deal.Fields))
				values[0], values[1], values[3] = value.OfText("示例商机"), value.OfText(fmt.Sprint("c", n)), value.OfNumber(money.Decimal{Coef: 1250, Scale: 2})
				values[4], values[6] = value.OfMoney(money.Amount{Minor: 12345678, Currency: "CNY"}), value.OfDate(20000)
				values[8], values[9], values[11] = value.OfBool(true), value.OfText("won"), value.OfRef(901)
				ops[i] = record.Op{Kind: record.Create, Values: values}
			}
			f.save(f.deal, ops...)
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
	})
}

// BenchmarkRawInsert is the yardstick: the same rows into the same table, without anything around.
func BenchmarkRawInsert(b *testing.B) {
	benchEach(b, func(b *testing.B, f *fixture) {
		columns := []string{"id", "external_id", "version", "created_at", "updated_at", "f_name", "f_code", "f_hours", "f_amount", "f_signed_on", "f_won", "f_stage", "f_owner", "f_no"}
		n := 0
		for b.Loop() {
			rows := make([][]any, record.MaxBatch)
			for i := range rows {
				n++
				rows[i] = []any{int64(n), fmt.Sprint("X-", n), int64(1), int64(1), int64(1), "示例商机", fmt.Sprint("c", n), int64(1250), int64(12345678), int64(20000), true, "won", int64(901), int64(n)}
			}
			f.write(func(tx *db.Tx) error { return db.InsertRows(tx, "o_deal", columns, rows) })
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
	})
}

// BenchmarkCreateOne makes one record per write from 32 goroutines.
func BenchmarkCreateOne(b *testing.B) {
	benchEach(b, func(b *testing.B, f *fixture) {
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				in := benchInput(0)
				delete(in, "code")
				if _, err := f.store.Save(context.Background(), tester, f.deal, []record.Op{{Kind: record.Create, Input: in}}, false); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

// BenchmarkScan reads 100,000 records per round.
func BenchmarkScan(b *testing.B) {
	benchEach(b, func(b *testing.B, f *fixture) {
		for part := range 10 {
			ops := make([]record.Op, record.MaxBatch)
			for i := range ops {
				ops[i] = record.Op{Kind: record.Create, Input: benchInput(part*record.MaxBatch + i)}
			}
			f.save(f.deal, ops...)
		}
		n := 0
		for b.Loop() {
			f.read(func(tx *db.Tx) error {
				return f.store.Scan(tx, f.deal, func(*record.Record) error { n++; return nil })
			})
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
	})
}
