package verify_test

import (
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/record"
)

// creditedTo counts records for their owner and their helper.
func creditedTo(key string) operation {
	return metricOp{metric.Def{
		Key: key, Name: i18n.Same(key), Object: "deal", Date: "day", Credit: []metric.Credit{{Person: "owner"}, {Person: "helper"}}, Measure: metric.Measure{Kind: metric.Count},
	}}
}

// shared is a deal of two persons.
func shared(external, day, owner, helper string) operation {
	o := deal(external, day, owner).(recordsOp)
	o.Ops[0].Values["helper"] = helper
	return o
}

// named gives a plan a key, a metric, and the plans whose rewarded records it leaves out.
func named(o planOp, key, of string, excludes ...string) planOp {
	o.Def.Key, o.Def.Metric, o.Def.Excludes = key, of, excludes
	return o
}

// Plans that leave out what others reward, one after the other.
func TestCasesOfExcluding(t *testing.T) {
	one := `{"steps":[{"at":1}]}`
	team := ofTeams(ruled("reach", one, calendar.Month))
	team.Def.Audience.Teams = []string{"u3"}
	dueCount := countOf("due", "").(metricOp)
	dueCount.Def.Date = "due"
	dueLater := deal("e1", "2026-01-10", "p1").(recordsOp)
	dueLater.Ops[0].Values["due"] = "2026-02-10"
	brightens := recordsOp{[]recordOp{{Kind: record.Update, External: "e1", Values: map[string]any{"vip": true}}}}
	cases := []struct {
		name   string
		ops    []operation
		awards int64
		faults int
	}{
		{"a team's record, of which one member's part was rewarded before, still counts for that member elsewhere", []operation{
			creditedTo("both"), countOf("own", ""), named(forPerson("reach", one, calendar.Month, "p1"), "first", "both"), named(team, "team", "both", "first"),
			named(ruled("reach", one, calendar.Month), "last", "own", "team"), shared("e1", "2026-01-10", "p1", "p4"),
		}, 3, 0},
		{"a team's record counts for none of the members who were rewarded with it", []operation{
			creditedTo("both"), countOf("own", ""), named(team, "team", "both"), named(ruled("reach", one, calendar.Month), "last", "own", "team"), shared("e1", "2026-01-10", "p1", "p4"),
		}, 1, 0},
		{"a record that was rewarded when it was signed, in the month in which it is due", []operation{
			countOf("own", ""), dueCount, named(ruled("reach", one, calendar.Month), "first", "own"), named(ruled("reach", one, calendar.Month), "last", "due", "first"), dueLater,
		}, 1, 0},
		{"a running total follows what is rewarded in an earlier month", []operation{
			countOf("m", ""), countOf("bright", "vip"), named(ruled("every", `{"size":1}`, calendar.Month), "first", "bright"),
			named(ruled("rate", `{"tiers":[{"up_to":1,"per_unit":"10"},{"per_unit":"100"}],"accumulate":"quarter"}`, calendar.Month), "last", "m", "first"),
			deal("e1", "2026-01-10", "p1"), deal("e2", "2026-02-10", "p1"), step, brightens,
		}, 2, 0},
		{"a running total over a month in which nobody knows what is rewarded", []operation{
			sumOf("m"), named(ruled("every", `{"size":"0.005"}`, calendar.Month), "endless", "m"),
			named(ruled("rate", `{"tiers":[{"rate":"10%"}],"accumulate":"year"}`, calendar.Month), "last", "m", "endless"), deal("e1", "2026-01-10", "p1"),
		}, 0, 4},
	}
	template := sqliteTemplate(t)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) { expectLife(t, copyOf(t, template, i), c.ops, c.awards, c.faults) })
	}
}
