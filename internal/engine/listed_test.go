package engine_test

import (
	"context"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/problem"
)

// A later version that calls other days by the name of a period that was judged would take its awards over: it is refused.
func TestListedPeriodsOfTwoVersionsDoNotShareAName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		version := func(from, periods string) error {
			file, err := definition.Parse([]byte(`plans: [{key: fair, name: 展会, metric: won, shape: every, params: {size: 1}, reward: {kind: cash, amount: 500},
				period: ` + periods + `, effective_from: ` + from + `}]`))
			c.must(err)
			_, err = c.defs.Apply(context.Background(), "test", file, definition.Options{Retroactive: true})
			return err
		}
		c.must(version("2026-01-01", "custom, periods: [{label: 展会, from: 2026-01-05, last: 2026-01-09}]"))
		c.deal("a", "wang", "won", "2026-01-05", "1")
		for name, try := range map[string][2]string{
			"next year's":  {"2027-01-01", "custom, periods: [{label: 展会, from: 2027-01-05, last: 2027-01-09}]"},
			"prolonged":    {"2026-01-01", "custom, periods: [{label: 展会, from: 2026-01-05, last: 2026-01-15}]"},
			"among others": {"2027-01-01", "custom, periods: [{label: 预展, from: 2027-01-01, last: 2027-01-02}, {label: 展会, from: 2027-01-05, last: 2027-01-09}]"},
		} {
			if err := version(try[0], try[1]); !problem.IsCode(err, "period_reused") {
				t.Errorf("%s: %v", name, err)
			}
		}
		c.must(version("2027-01-01", "custom, periods: [{label: 展会, from: 2026-01-05, last: 2026-01-09}, {label: 2027 展会, from: 2027-01-05, last: 2027-01-09}]"))
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("fair", "展会 王芳 1 granted 500.00")

		c.must(version("2027-06-01", "custom, periods: [{label: 2027-07, from: 2027-07-02, last: 2027-07-30}]"))
		if err := version("2027-08-01", "month"); err == nil || !problem.IsCode(err, "period_reused") {
			t.Errorf("months after a listed period that is called like one: %v", err)
		}
	})
}
