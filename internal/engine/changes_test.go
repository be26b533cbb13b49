package engine_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/engine"
)

// What a retroactive version would change is told before it is published, and is what then happens.
func TestChangesOfARetroactiveVersion(t *testing.T) {
	const def = `{key: p, name: 方案, metric: won, shape: every, params: {size: %d}, reward: {kind: cash, amount: %d}, period: month, effective_from: %s}`
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d) // on 20 February 2026
		for i, day := range []string{"2026-01-03", "2026-01-09", "2026-02-02"} {
			c.deal(fmt.Sprintf("z%d", i), "zhang", "won", day, "60")
		}
		c.deal("w", "wang", "won", "2026-01-04", "60")
		c.apply("plans: [" + fmt.Sprintf(def, 1, 100, "2026-01-01") + "]")

		// Unchanged in what it gives, nothing changes; from later on, what lies before stays.
		c.changes(fmt.Sprintf(def, 1, 100, "2026-01-01"), "2026-01-01")
		c.changes(fmt.Sprintf(def, 1, 200, "2026-02-01"), "2026-02-01", "2026-02 张伟 100.00 → 200.00")
		// Every second deal: Wang loses all, Zhang gets one of 300 for two of 100.
		token := c.changes(fmt.Sprintf(def, 2, 300, "2026-01-01"), "2026-01-01",
			"2026-01 张伟 200.00 → 300.00", "2026-01 王芳 100.00 → ", "2026-02 张伟 100.00 → ")
		if again := c.changes(fmt.Sprintf(def, 2, 300, "2026-01-01"), "2026-01-01",
			"2026-01 张伟 200.00 → 300.00", "2026-01 王芳 100.00 → ", "2026-02 张伟 100.00 → "); again != token {
			t.Error("the same list has another token")
		}
		c.deal("z3", "zhang", "won", "2026-02-03", "60")
		if moved := c.changes(fmt.Sprintf(def, 2, 300, "2026-01-01"), "2026-01-01",
			"2026-01 张伟 200.00 → 300.00", "2026-01 王芳 100.00 → ", "2026-02 张伟 200.00 → 300.00"); moved == token {
			t.Error("another list has the same token")
		}
		file, err := definition.Parse([]byte("plans: [" + fmt.Sprintf(def, 2, 300, "2026-01-01") + "]"))
		c.must(err)
		_, err = c.defs.Apply(context.Background(), "test", file, definition.Options{Retroactive: true})
		c.must(err)
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("p", "2026-01 张伟 1 granted 300.00", "2026-02 张伟 1 granted 300.00")
		c.changes(fmt.Sprintf(def, 2, 300, "2026-01-01"), "2026-01-01")
	})
}

// changes expects what publishing a definition from a day on would change, and returns the token of the list.
func (c *company) changes(def, from string, want ...string) (token string) {
	c.t.Helper()
	file, err := definition.Parse([]byte("plans: [" + def + "]"))
	c.must(err)
	day, err := calendar.ParseDay(from)
	c.must(err)
	var got []string
	c.must(c.db.Write(context.Background(), func(tx *db.Tx) error {
		dir, err := c.people.Directory(tx)
		if err != nil {
			return err
		}
		changes, err := c.engine.Changes(tx, from, func() error {
			_, _, err := c.defs.Plans.Publish(tx, "test", file.Plans[0], day, true)
			return err
		})
		token = changes.Token
		for _, each := range changes.List {
			got = append(got, fmt.Sprintf("%s %s %s → %s", each.Period.Label, engine.NameSubject(dir, each.Ref).Name, sums(each.Before), sums(each.After)))
		}
		return err
	}))
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		c.t.Errorf("from %s:\n got %q\nwant %q", from, got, want)
	}
	return token
}

func sums(given []engine.Given) string {
	var out []string
	for _, g := range given {
		out = append(out, g.Amount.Decimal().String())
	}
	return strings.Join(out, " + ")
}
