package engine_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/engine"
	"laurel/internal/statement"
)

// On 20 February 2026, a Friday, 37 of the quarter's 64 working days have passed, and 15 of the month's 20.
func TestForecast(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(`plans: [
		{key: per-deal, name: 每单, metric: won, shape: every, params: {size: 1}, reward: {kind: cash, amount: 500}, period: month, effective_from: 2026-01-01},
		{key: li-deal, name: 李每单, metric: won, shape: every, params: {size: 1}, reward: {kind: cash, amount: 500}, period: month, audience: {persons: [li]}, effective_from: 2026-01-01},
		{key: new-best, name: 新冠, metric: won, shape: rank, params: {places: 1, minimum: 9}, reward: {kind: cash, amount: 300}, period: month, effective_from: 2026-02-01},
		{key: listed, name: 活动, metric: won, shape: rank, params: {places: 1, minimum: 9}, reward: {kind: cash, amount: 300}, period: custom, periods: [{label: 春节, from: 2026-02-10, last: 2026-02-25}], effective_from: 2026-01-01},
		{key: month-best, name: 月冠, metric: won, shape: rank, params: {places: 1}, reward: {kind: cash, amount: 300}, period: month, effective_from: 2026-01-01}]`)
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("l", "li", "won", "2026-01-06", "10")
		c.deal("b", "zhang", "won", "2026-02-03", "60")
		c.deal("c", "zhang", "won", "2026-02-04", "60")
		cases := []struct {
			kind calendar.Kind
			want []string
		}{
			{calendar.Month, []string{
				"per-deal run_rate 15/20 100000 → 133333", // 1,000 ÷ 15 × 20
				"li-deal earlier 1/1 0 → 12500",           // 500 in January, and 5 of 20 working days are left
				"new-best nothing_yet 0/0 0 → 0",          // began this month
				"listed nothing_yet 0/0 0 → 0",            // runs once
				"month-best earlier 1/1 30000 → 60000",    // two tied in January
			}},
			{calendar.Quarter, []string{
				"every-two run_rate 37/64 50000 → 86486",
				"team-100 run_rate 37/64 100000 → 172973",
				"commission run_rate 37/64 1350 → 2335",
				"per-deal run_rate 37/64 200000 → 345946",
				"li-deal run_rate 37/64 50000 → 86486",
				"new-best nothing_yet 0/0 0 → 0",
				"listed nothing_yet 0/0 0 → 0",
				"month-best per_period 1/3 90000 → 180000",
			}},
		}
		for _, k := range cases {
			var got []string
			c.must(d.Read(context.Background(), func(tx *db.Tx) error {
				plans, err := c.defs.Plans.All(tx)
				if err != nil {
					return err
				}
				keys := map[int64]string{}
				for _, p := range plans {
					keys[p.ID] = p.Key
				}
				f, err := c.engine.Forecast(tx, k.kind)
				if err != nil {
					return err
				}
				for _, l := range f.Lines {
					got = append(got, fmt.Sprintf("%s %s %d/%d %d → %d", keys[l.PlanID], l.Method, l.Elapsed, l.Total, l.Stands, l.Figure))
				}
				return nil
			}))
			if !slices.Equal(got, k.want) {
				t.Errorf("%s: got %q, want %q", k.kind, got, k.want)
			}
		}
	})
}

// A month may begin with a weekend, on which something is earned although no working day has passed.
func TestForecastOfAWeekend(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.now = time.Date(2026, 3, 1, 4, 0, 0, 0, time.UTC) // a Sunday
		c.apply(perDeal)
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("b", "zhang", "won", "2026-03-01", "60")
		c.must(d.Read(t.Context(), func(tx *db.Tx) error {
			f, err := c.engine.Forecast(tx, calendar.Month)
			if err != nil {
				return err
			}
			p, err := c.defs.Plans.ByKey(tx, "per-deal")
			for _, l := range f.Lines { // 500 in two months, on top of what stands
				if l.PlanID == p.ID && (l.Stands != 50000 || l.Method != engine.Earlier || l.Figure != 75000) {
					t.Errorf("forecast by %s: %d of %d", l.Method, l.Figure, l.Stands)
				}
			}
			return err
		}))
	})
}

// What a multiplier below one takes off is forecast as it stands: neither given back nor taken again.
func TestForecastOfWhatIsTakenOff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(`plans:
  - {key: base, name: 提成, metric: sales, shape: rate, params: {tiers: [{rate: 10%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: slow, name: 减速, earned: base, shape: rate, params: {tiers: [{times: 80%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
`)
		c.deal("a", "zhang", "won", "2026-01-05", "1000")
		c.deal("b", "zhang", "won", "2026-02-03", "2000")
		for _, kind := range []calendar.Kind{calendar.Month, calendar.Quarter} {
			c.must(d.Read(t.Context(), func(tx *db.Tx) error {
				f, err := c.engine.Forecast(tx, kind)
				if err != nil {
					return err
				}
				p, err := c.defs.Plans.ByKey(tx, "slow")
				found := false
				for _, l := range f.Lines {
					if l.PlanID == p.ID {
						found = true
						if l.Stands >= 0 || l.Figure != l.Stands {
							t.Errorf("%s: forecast by %s: %d of %d", kind, l.Method, l.Figure, l.Stands)
						}
					}
				}
				if !found {
					t.Errorf("%s: no line for what is taken off", kind)
				}
				return err
			}))
		}
	})
}

// What is accrued is what the unpaid statements will pay, and what is owed back is told apart.
func TestAccrual(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		c := newCompany(t, d)
		c.apply(`organisation: {clawback_limit: 10%}`)
		c.apply(perDeal)
		accrued := func(want string) {
			t.Helper()
			c.must(d.Read(ctx, func(tx *db.Tx) error {
				dir, err := c.people.Directory(tx)
				if err != nil {
					return err
				}
				b, err := statement.Open(tx, dir.Organisation, calendar.DayAt(c.now, dir.Organisation.Calendar().Zone))
				if err != nil {
					return err
				}
				a, err := b.Accrual()
				if err != nil {
					return err
				}
				p, err := c.defs.Plans.ByKey(tx, "per-deal")
				if err != nil {
					return err
				}
				got := ""
				for _, l := range a.Lines {
					if l.PlanID == p.ID {
						got += fmt.Sprintf("%s %d %d adjustment=%v closed=%v; ", l.Period.Label, l.Awards, l.Minor, l.Adjustment, l.Closed)
					}
				}
				if got += fmt.Sprintf("owed %d", a.Owed["CNY"]); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				return nil
			}))
		}
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("b", "zhang", "won", "2026-02-07", "60")
		accrued("2026-01 1 50000 adjustment=false closed=false; 2026-02 1 50000 adjustment=false closed=false; owed 0")
		_, err := c.engine.Close(ctx, "finance", calendar.Month, "2026-01")
		c.must(err)
		accrued("2026-01 1 50000 adjustment=false closed=true; 2026-02 1 50000 adjustment=false closed=false; owed 0")
		c.deal("c", "zhang", "won", "2026-01-06", "60")
		accrued("2026-01 1 50000 adjustment=false closed=true; 2026-02 1 50000 adjustment=false closed=false; 2026-02 1 50000 adjustment=true closed=false; owed 0")
		_, err = c.engine.Paid(ctx, "finance", "2026-01")
		c.must(err)
		c.deal("c", "zhang", "lost", "2026-01-06", "60")
		accrued("2026-02 1 50000 adjustment=false closed=false; owed 0")
		c.deal("a", "zhang", "lost", "2026-01-05", "60")
		accrued("2026-02 1 50000 adjustment=false closed=false; owed 50000")
	})
}

// Adjustments stand as they are: only what stands without them is carried on, and the line tells both.
func TestForecastTellsAdjustmentsApart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		c := newCompany(t, d)
		c.apply(perDeal)
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("b", "zhang", "won", "2026-02-03", "60")
		c.deal("c", "zhang", "won", "2026-02-04", "60")
		_, err := c.engine.Close(ctx, "finance", calendar.Month, "2026-01")
		c.must(err)
		c.deal("a", "zhang", "open", "2026-01-05", "60")
		c.must(d.Read(ctx, func(tx *db.Tx) error {
			p, err := c.defs.Plans.ByKey(tx, "per-deal")
			if err != nil {
				return err
			}
			f, err := c.engine.Forecast(tx, calendar.Month)
			if err != nil {
				return err
			}
			for _, l := range f.Lines {
				if l.PlanID == p.ID && (l.Stands != 50000 || l.Adjusted != -50000 || l.Figure != 83333) { // 1,000 ÷ 15 × 20 − 500
					t.Errorf("stands %d, of it adjustments %d, at the end %d", l.Stands, l.Adjusted, l.Figure)
				}
			}
			return nil
		}))
	})
}
