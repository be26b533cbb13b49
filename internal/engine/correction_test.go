package engine_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// explained opens the adjustments of a plan and writes their arithmetic down, the oldest first.
func (c *company) explained(planKey string) []string {
	c.t.Helper()
	var out []string
	c.must(c.db.Read(context.Background(), func(tx *db.Tx) error {
		p, err := c.defs.Plans.ByKey(tx, planKey)
		if err != nil {
			return err
		}
		list, err := award.List(tx, award.Query{PlanID: p.ID, States: []award.State{award.Granted}, Limit: 100})
		if err != nil {
			return err
		}
		for _, a := range slices.Backward(list) {
			if a.Origin == "" {
				continue
			}
			ev, err := c.engine.Explain(tx, a)
			if err != nil {
				return err
			}
			var steps []string
			for _, s := range ev.Due.Steps {
				steps = append(steps, s.Label.EN+": "+s.Formula+" = "+s.Result)
			}
			out = append(out, strings.Join(steps, "; "))
		}
		return nil
	}))
	return out
}

func TestAdjustmentsShowTheirArithmetic(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	ctx := context.Background()
	c := newCompany(t, d)
	c.deal("a", "zhang", "won", "2026-01-05", "60")
	c.deal("b", "zhang", "won", "2026-01-07", "60")
	c.apply(perDeal)
	_, err := c.engine.Close(ctx, "finance", calendar.Month, "2026-01")
	c.must(err)
	c.deal("c", "zhang", "won", "2026-01-20", "60")
	want := []string{"due for January 2026 now: ¥500.00 × 3 = ¥1,500.00; on record when January 2026 was closed: ¥500.00 × 2 = ¥1,000.00; difference: ¥1,500.00 − ¥1,000.00 = ¥500.00"}
	if got := c.explained("per-deal"); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}

	c.now = time.Date(2026, 3, 5, 4, 0, 0, 0, time.UTC)
	c.must(c.engine.CatchUp(ctx))
	_, err = c.engine.Close(ctx, "finance", calendar.Month, "2026-02")
	c.must(err)
	c.deal("a", "zhang", "lost", "2026-01-05", "60")
	c.deal("b", "zhang", "lost", "2026-01-07", "60")
	c.deal("c", "zhang", "lost", "2026-01-20", "60")
	want = []string{
		"due for January 2026 when February 2026 was closed:  = ¥1,500.00; on record when January 2026 was closed: ¥500.00 × 2 = ¥1,000.00; difference: ¥1,500.00 − ¥1,000.00 = ¥500.00",
		"due for January 2026 now: 0 = ¥0.00; on record when January 2026 was closed: ¥500.00 × 2 = ¥1,000.00; adjusted in February 2026:  = ¥500.00; difference: ¥0.00 − ¥1,500.00 = -¥1,500.00",
	}
	if got := c.explained("per-deal"); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
