package engine_test

import (
	"regexp"
	"slices"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// What stands around a rule: gates, parts for those who come late, shares, a budget served in the order of time.
func TestWhatStandsAroundARule(t *testing.T) {
	cases := []struct {
		name, plan, key string
		want            []string
	}{
		{"a part of the days, a part of the amount",
			`{key: p1, metric: won, shape: reach, params: {steps: [{at: 2}]}, reward: {kind: cash, amount: 100.01}, proration: amount, audience: {teams: [west]}, period: quarter}`, "p1",
			// 59 of 90 days of 100.01: 65.5621…
			[]string{"2026-Q1 王芳 step provisional 65.56"}},
		{"a part of the lines too",
			`{key: p2, metric: won, shape: reach, params: {steps: [{at: 4}]}, reward: {kind: cash, amount: 100}, proration: thresholds, audience: {teams: [west]}, period: quarter}`, "p2",
			// 59 of 90 days: the line is 2.62, the amount 65.555…, rounded half to even
			[]string{"2026-Q1 王芳 step provisional 65.56"}},
		{"a part of what a scorecard pays",
			`{key: p10, metric: won, shape: score, params: {parts: [{weight: 100%, target: 2}]}, reward: {kind: cash, amount: 100.01}, proration: amount, audience: {teams: [west]}, period: quarter}`, "p10",
			// 3 of 2 deals, 59 of 90 days: 100.01 × 150 % × 59 ÷ 90 = 98.343…, rounded once
			[]string{"2026-Q1 王芳 score provisional 98.34"}},
		{"a ramp for newcomers",
			`{key: p3, metric: won, shape: every, params: {size: 1}, reward: {kind: cash, amount: 100}, ramp: [{below: 1, percent: 50%}, {below: 3, percent: 0.8}], audience: {persons: [new]}, period: month}`, "p3",
			[]string{"2026-01 新人 1 granted 50.00", "2026-02 新人 1 provisional 80.00"}},
		{"70 for oneself, 30 for the manager",
			`{key: p4, metric: won, shape: reach, params: {steps: [{at: 1}]}, reward: {kind: cash, amount: 0.05}, split: [{to: self, share: 70%}, {to: manager, share: 30%}], audience: {persons: [new]}, period: month}`, "p4",
			// 3.5 and 1.5 fen: the fractions tie, so the one listed first gets the fen left over
			[]string{"2026-01 新人 step granted 0.04", "2026-01 李娜 step/person-ID granted 0.01", "2026-02 新人 step provisional 0.04", "2026-02 李娜 step/person-ID provisional 0.01"}},
		{"the manager on the last day of the period, whoever it was before",
			`{key: p9, metric: won, shape: reach, params: {steps: [{at: 1}]}, reward: {kind: cash, amount: 10}, split: [{to: self, share: 70%}, {to: manager, share: 30%}], audience: {persons: [moved]}, period: month}`, "p9",
			[]string{"2026-01 调岗 step granted 7.00", "2026-01 王芳 step/person-ID granted 3.00"}},
		{"members by what they brought",
			`{key: p5, metric: won, shape: reach, params: {steps: [{at: 1}]}, reward: {kind: cash, amount: 1}, subject: team, split: [{to: members, share: 100%, by: value}], audience: {teams: [east]}, period: month}`, "p5",
			// in January Zhang 2 and Wang 1 of 3 deals, in February Li alone
			[]string{"2026-01 张伟 step/team-ID granted 0.67", "2026-01 王芳 step/team-ID granted 0.33", "2026-02 李娜 step/team-ID provisional 1.00"}},
		{"members by their days in the team",
			`{key: p11, metric: won, shape: reach, params: {steps: [{at: 1}]}, reward: {kind: cash, amount: 1}, subject: team, split: [{to: members, share: 100%, by: days}], audience: {teams: [west]}, period: quarter}`, "p11",
			// of the quarter Wang was there 59 days, Zhao 20: 0.7468… and 0.2531…
			[]string{"2026-Q1 王芳 step/team-ID provisional 0.75", "2026-Q1 赵敏 step/team-ID provisional 0.25"}},
		{"a budget that runs out",
			`{key: p6, metric: won, shape: every, params: {size: 1}, reward: {kind: cash, amount: 100}, budget: {amount: 250}, audience: {persons: [zhang, wang]}, period: quarter}`, "p6",
			// Zhang on 3 January, Wang on 4, Zhang on 9 gets the rest; Wang in February nothing
			[]string{"2026-Q1 张伟 1 provisional 100.00", "2026-Q1 王芳 1 provisional 100.00", "2026-Q1 张伟 2 provisional 50.00"}},
		{"nothing for the one who does not fit",
			`{key: p7, metric: won, shape: every, params: {size: 1}, reward: {kind: cash, amount: 100}, budget: {amount: 250, short: nothing}, audience: {persons: [zhang, wang]}, period: quarter}`, "p7",
			[]string{"2026-Q1 张伟 1 provisional 100.00", "2026-Q1 王芳 1 provisional 100.00"}},
		{"a gate on another metric",
			`{key: p8, metric: won, shape: every, params: {size: 1}, reward: {kind: cash, amount: 100}, gates: [{metric: sales, compare: above, value: 100}], audience: {persons: [zhang, wang]}, period: quarter}`, "p8",
			[]string{"2026-Q1 王芳 1 granted 100.00", "2026-Q1 王芳 2 granted 100.00", "2026-Q1 王芳 3 granted 100.00"}},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d) // on 20 February 2026
		c.apply(`persons: [{key: zhao, name: 赵敏, teams: [{unit: west, from: 2026-02-01, to: 2026-02-21}]}, {key: new, name: 新人, joined_on: 2026-01-01, managers: [{person: li}]},
			{key: moved, name: 调岗, managers: [{person: li, to: 2026-01-20}, {person: wang, from: 2026-01-20, to: 2026-02-01}, {person: zhang, from: 2026-02-01}]}]`)
		c.deal("a", "zhang", "won", "2026-01-03", "60")
		c.deal("b", "zhang", "won", "2026-01-09", "40")
		c.deal("c", "wang", "won", "2026-01-04", "60")
		c.deal("d", "wang", "won", "2026-02-05", "60")
		c.deal("e", "wang", "won", "2026-02-06", "60")
		c.deal("f", "new", "won", "2026-01-20", "60")
		c.deal("g", "new", "won", "2026-02-03", "60")
		c.deal("i", "moved", "won", "2026-01-05", "60")
		c.deal("h", "li", "won", "2026-02-07", "5")
		for _, k := range cases {
			t.Run(k.name, func(t *testing.T) {
				c.t = t
				c.apply("plans: [" + k.plan[:len(k.plan)-1] + ", name: 方案, effective_from: 2026-01-01}]")
				c.expectAnyID(k.key, k.want...)
			})
		}
	})
}

var ids = regexp.MustCompile(`(person|team)-\d+`)

// expectAnyID is expect in any order, with the ids in slots left open.
func (c *company) expectAnyID(planKey string, want ...string) {
	c.t.Helper()
	got := c.awards(planKey)
	for i := range got {
		got[i] = ids.ReplaceAllString(got[i], "$1-ID")
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		c.t.Errorf("%s:\n got %q\nwant %q", planKey, got, want)
	}
}

// Whoever was a member for a part of the period divides by what they brought in all of it, so that their later deals move the others' parts.
func TestPartsByValueFollowMembersWhoLeft(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d) // Wang leaves the east on 1 February 2026
		c.apply(`plans: [{key: parts, name: 方案, metric: won, shape: reach, params: {steps: [{at: 1}]}, reward: {kind: cash, amount: 1}, subject: team, split: [{to: members, share: 100%, by: value}], audience: {teams: [east]}, period: quarter, effective_from: 2026-01-01}]`)
		c.deal("a", "zhang", "won", "2026-01-03", "60")
		c.deal("b", "wang", "won", "2026-01-04", "60")
		c.expectAnyID("parts", "2026-Q1 张伟 step/team-ID provisional 0.50", "2026-Q1 王芳 step/team-ID provisional 0.50")
		c.deal("c", "wang", "won", "2026-02-10", "60")
		c.expectAnyID("parts", "2026-Q1 张伟 step/team-ID provisional 0.33", "2026-Q1 王芳 step/team-ID provisional 0.67")
	})
}
