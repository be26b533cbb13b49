package demo

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/definition"
	"laurel/internal/engine"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
)

func TestBuild(t *testing.T) {
	ctx := context.Background()
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "demo.db"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	records, err := record.Open(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	persons := people.Open(d, records)
	metrics := metric.Open(records)
	plans := plan.Open(records, persons, metrics)
	today := time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)
	stores := &definition.Stores{DB: d, Records: records, People: persons, Metrics: metrics, Plans: plans}
	begun := time.Now()
	err = Build(ctx, stores, auth.Open(d, persons), Options{Scale: 1, Today: today, Say: func(what string, done int) {
		t.Logf("%-14s %6d  %s", what, done, time.Since(begun).Round(time.Millisecond))
	}})
	if err != nil {
		t.Fatal(err)
	}
	e := engine.Open(d, records, persons, metrics, plans, func() time.Time { return today })
	if err := e.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	t.Logf("judged at %s", time.Since(begun).Round(time.Millisecond))
	err = d.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(`SELECT p.key, a.period_kind, COUNT(*), COUNT(DISTINCT a.subject_id), CAST(SUM(a.amount) AS BIGINT), COUNT(DISTINCT a.period_label) FROM award a JOIN plan p ON p.id = a.plan_id WHERE a.state <> 'reversed' GROUP BY p.key, a.period_kind ORDER BY 1`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var key, kind string
			var n, subjects, amount, periods int64
			if err := rows.Scan(&key, &kind, &n, &subjects, &amount, &periods); err != nil {
				return err
			}
			t.Logf("%-22s %-8s awards %5d  subjects %3d  periods %3d  ¥%d", key, kind, n, subjects, periods, amount/100)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
}
