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
	"laurel/internal/verify"
)

// TestTheCompanyHoldsWhatItsPagePromises builds the demo company and looks for the truths planted in it, which
// docs/demo.md names.
func TestTheCompanyHoldsWhatItsPagePromises(t *testing.T) {
	ctx := context.Background()
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "demo.db"), "")
	check(t, err)
	defer func() { check(t, d.Close()) }()
	records, err := record.Open(ctx, d)
	check(t, err)
	persons := people.Open(d, records)
	metrics := metric.Open(records)
	plans := plan.Open(records, persons, metrics)
	today := time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)
	stores := &definition.Stores{DB: d, Records: records, People: persons, Metrics: metrics, Plans: plans}
	e := engine.Open(d, records, persons, metrics, plans, func() time.Time { return today })
	check(t, Build(ctx, stores, auth.Open(d, records, persons), Options{Scale: 1, Today: today, Settle: e.Settle}))
	check(t, e.Settle(ctx))

	one := func(query string, args ...any) (n float64) {
		t.Helper()
		check(t, d.Read(ctx, func(tx *db.Tx) error { return tx.QueryRow(query, args...).Scan(&n) }))
		return n
	}
	t.Run("every plan has made awards", func(t *testing.T) {
		if idle := one(`SELECT COUNT(*) FROM plan p WHERE NOT EXISTS (SELECT 1 FROM award a WHERE a.plan_id = p.id AND a.state <> 'reversed')`); idle != 0 {
			t.Errorf("%v plans have no award", idle)
		}
	})
	t.Run("visits drive winning", func(t *testing.T) {
		const rate = `SELECT AVG(CASE WHEN f_stage = 'won' THEN 1.0 ELSE 0 END) FROM o_opportunity WHERE f_closed_on IS NOT NULL AND f_visits `
		few, many := one(rate+`= 0`), one(rate+`>= 3`)
		if many < few+0.3 {
			t.Errorf("%.2f won without a visit, %.2f with three or more", few, many)
		}
	})
	t.Run("calls do not", func(t *testing.T) {
		const rate = `SELECT AVG(CASE WHEN f_stage = 'won' THEN 1.0 ELSE 0 END) FROM o_opportunity o WHERE f_closed_on IS NOT NULL
			AND (SELECT COUNT(*) FROM o_activity a WHERE a.f_opportunity = o.id AND a.f_kind = 'call') `
		few, many := one(rate+`= 0`), one(rate+`>= 3`)
		if many > few+0.05 || many < few-0.05 {
			t.Errorf("%.2f won without a call, %.2f with three or more", few, many)
		}
	})
	t.Run("one person's contracts are split and cancelled", func(t *testing.T) {
		cancelled := one(`SELECT COUNT(DISTINCT f_owner) FROM o_contract WHERE f_status = 'cancelled'`)
		split := one(`SELECT COUNT(DISTINCT f_owner) FROM (SELECT f_owner, f_opportunity FROM o_contract GROUP BY f_owner, f_opportunity HAVING COUNT(*) > 1) s`)
		if cancelled != 1 || split != 1 {
			t.Errorf("%v persons have cancelled contracts and %v split ones, want the one cheat", cancelled, split)
		}
	})
	began := one(`SELECT MIN(effective_from) FROM plan_version v JOIN plan p ON p.id = v.plan_id WHERE p.key = 'praise-rate'`)
	t.Run("the praise programme worked, and only where it ran", func(t *testing.T) {
		const praise = `SELECT AVG(CASE WHEN f_rating >= 4 THEN 1.0 ELSE 0 END) FROM o_ticket k JOIN membership m ON m.person_id = k.f_agent JOIN unit u ON u.id = m.unit_id
			WHERE u.key = $1 AND k.f_rating IS NOT NULL AND k.f_opened_at `
		at := int64(began) * 86400 * 1_000_000
		here := one(praise+`>= $2`, "service-1", at) - one(praise+`< $2`, "service-1", at)
		elsewhere := one(praise+`>= $2`, "service-2", at) - one(praise+`< $2`, "service-2", at)
		if here < 0.05 || elsewhere > 0.04 || elsewhere < -0.04 {
			t.Errorf("praise rose by %.3f where the programme ran and by %.3f elsewhere", here, elsewhere)
		}
	})
	t.Run("the lead programme did not", func(t *testing.T) {
		const share = `SELECT AVG(CASE WHEN f_status = 'qualified' THEN 1.0 ELSE 0 END) FROM o_lead WHERE f_status <> 'new' AND f_created_on `
		before, after := one(share+`< $1`, int64(began)), one(share+`>= $1`, int64(began))
		if after > before+0.04 || after < before-0.04 {
			t.Errorf("%.3f of the leads qualified before, %.3f after", before, after)
		}
	})
	t.Run("the proof agrees", func(t *testing.T) {
		report, err := verify.Run(ctx, verify.Deps{DB: d, Records: records, People: persons, Plans: plans}, nil)
		check(t, err)
		if !report.Agrees() || report.Awards == 0 {
			t.Errorf("%d of %d awards differ: %+v", report.Count, report.Awards, report.Differences)
		}
	})
	t.Run("it is built in an empty database only", func(t *testing.T) {
		if err := Build(ctx, stores, auth.Open(d, records, persons), Options{Scale: 1, Today: today}); err == nil {
			t.Error("a second demo company was built over the first")
		}
	})
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
