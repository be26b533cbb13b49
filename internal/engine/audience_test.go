package engine_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/problem"
)

// Positions and tenure narrow an audience on the days on which they hold, and a correction of either is followed.
func TestAnAudienceByPositionAndTenure(t *testing.T) {
	const rest = `, name: 方案, metric: won, shape: reach, params: {steps: [{at: 1}]}, reward: {kind: cash, amount: 100}, period: month, effective_from: 2026-01-01}`
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d) // on 20 February 2026
		c.apply(`persons:
- {key: a, name: Ann, joined_on: 2025-12-31, positions: [{position: 销售, to: 2026-02-01}, {position: 主管, from: 2026-02-01}]}
- {key: b, name: Bo, joined_on: 2026-01-15, position: 销售}
- {key: c, name: Cy, position: 主管}`)
		for _, who := range []string{"a", "b", "c"} {
			c.deal(who+"1", who, "won", "2026-01-20", "60")
			c.deal(who+"2", who, "won", "2026-02-10", "60")
		}
		for key, k := range map[string]struct{ audience, want string }{
			"sellers":    {`{positions: [销售]}`, "2026-01 Ann, 2026-01 Bo, 2026-02 Bo"},
			"either":     {`{positions: [销售, 主管], persons: [a]}`, "2026-01 Ann, 2026-02 Ann"},
			"at-the-end": {`{positions: [主管], member: last_day}`, "2026-01 Cy, 2026-02 Ann, 2026-02 Cy"},
			// a month after 31 December is 31 January, one after 15 January is 15 February; nobody knows of c
			"a-month":  {`{tenure: {at_least: 1}}`, "2026-01 Ann, 2026-02 Ann, 2026-02 Bo"},
			"all-days": {`{tenure: {at_least: 1}, member: all_days}`, "2026-02 Ann"},
			"new":      {`{tenure: {below: 1}}`, "2026-01 Ann, 2026-01 Bo, 2026-02 Bo"},
		} {
			c.apply(`plans: [{key: ` + key + `, audience: ` + k.audience + rest + `]`)
			if got := strings.Join(c.winners(key), ", "); got != k.want {
				t.Errorf("%s: %s, want %s", key, got, k.want)
			}
		}
		c.apply(`persons: [{key: a, name: Ann, joined_on: 2026-01-01, positions: [销售]}]`)
		for key, want := range map[string]string{"at-the-end": "2026-01 Cy, 2026-02 Cy", "a-month": "2026-02 Ann, 2026-02 Bo", "sellers": "2026-01 Ann, 2026-01 Bo, 2026-02 Ann, 2026-02 Bo"} {
			if got := strings.Join(c.winners(key), ", "); got != want {
				t.Errorf("%s after the correction: %s, want %s", key, got, want)
			}
		}
		c.refuses(`persons: [{key: d, positions: [{position: x, to: 2026-02-01}, {position: y, from: 2026-01-01}]}]`, "positions_overlap")
		c.refuses(`plans: [{key: r, audience: {tenure: {at_least: 6, below: 6}}`+rest+`]`, "tenure_empty")
		c.refuses(`plans: [{key: r, subject: team, audience: {positions: [销售]}`+rest+`]`, "persons_only")
	})
}

// winners is who has awards that stand in which period, in order: “2026-01 Ann”.
func (c *company) winners(planKey string) (out []string) {
	c.t.Helper()
	for _, line := range c.awards(planKey) {
		words := strings.Fields(line)
		out = append(out, words[0]+" "+words[1])
	}
	slices.Sort(out)
	return out
}

// refuses applies definitions that must be refused with a code.
func (c *company) refuses(text, code string) {
	c.t.Helper()
	file, err := definition.Parse([]byte(text))
	c.must(err)
	_, err = c.defs.Apply(context.Background(), "test", file, definition.Options{})
	if found, ok := problem.As(err); !ok || found.Code != code && (len(found.Details) == 0 || found.Details[0].Code != code) {
		c.t.Errorf("%s: %v, want %s", text, err, code)
	}
}
