package engine_test

import (
	"context"
	"fmt"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// tickets are cases of a help desk, with fields to measure in every way.
const tickets = `
organisation: {working: {hours: ["09:00-12:00", "13:00-18:00"], holidays: [2026-01-01]}}
objects:
  - key: ticket
    name: {zh: 工单, en: Ticket}
    fields:
      - {key: agent, name: 客服, type: person}
      - {key: customer, name: 客户, type: text}
      - {key: on, name: 日期, type: date}
      - {key: due, name: 期限, type: date}
      - {key: opened, name: 打开, type: datetime}
      - {key: solved, name: 解决, type: datetime}
      - {key: score, name: 评分, type: number, scale: 1}
metrics:
  - {key: lowest, name: 最低分, object: ticket, date: on, person: agent, measure: {kind: min, value: score}}
  - {key: highest, name: 最高分, object: ticket, date: on, person: agent, measure: {kind: max, value: score}}
  - {key: middle, name: 中位数, object: ticket, date: on, person: agent, measure: {kind: median, value: score}}
  - {key: ninety, name: 九成, object: ticket, date: on, person: agent, measure: {kind: percentile, value: score, percent: 90}}
  - {key: half, name: 五成, object: ticket, date: on, person: agent, measure: {kind: percentile, value: score, percent: "50%"}}
  - {key: customers, name: 客户数, object: ticket, date: on, person: agent, measure: {kind: distinct, value: customer}}
  - {key: handled, name: 工单数, object: ticket, date: on, person: agent, measure: {kind: count}}
  - {key: each, name: 每客户工单, measure: {kind: ratio, of: handled, to: customers}}
  - {key: minutes, name: 解决用时, object: ticket, date: on, person: agent, measure: {kind: average, from: opened, until: solved}}
  - {key: office, name: 工作用时, object: ticket, date: on, person: agent, measure: {kind: sum, from: opened, until: solved, clock: working, in: hours}}
  - {key: slack, name: 宽限, object: ticket, date: on, person: agent, measure: {kind: max, from: on, until: due}}
  - {key: slack-working, name: 宽限工作日, object: ticket, date: on, person: agent, measure: {kind: max, from: on, until: due, clock: working}}
  - {key: more, name: 环比, measure: {kind: growth, of: handled}}
  - {key: more-year, name: 同比, measure: {kind: growth, of: handled, against: last_year}}
  - {key: more-fixed, name: 比基数, measure: {kind: growth, of: handled, against: fixed, baseline: "2.5"}}
  - {key: reached, name: 达成率, measure: {kind: attainment, of: handled}}
`

// ticket saves a record of the help desk.
func (c *company) ticket(id string, values map[string]any) {
	c.t.Helper()
	object, err := c.records.Object("ticket")
	c.must(err)
	_, err = c.records.Save(context.Background(), "test", object, []record.Op{{Kind: record.Upsert, ExternalID: id, Input: values}}, false)
	c.must(err)
	c.must(c.engine.CatchUp(context.Background()))
}

// value is what a metric comes to for a person or a team, as text; "-" is no value.
func (c *company) value(key, who, label string) (out string) {
	c.t.Helper()
	c.must(c.db.Read(context.Background(), func(tx *db.Tx) error {
		dir, err := c.people.Directory(tx)
		if err != nil {
			return err
		}
		set, err := c.defs.Metrics.All(tx)
		if err != nil {
			return err
		}
		m := set.Key(key)
		if m.Broken != nil {
			return fmt.Errorf("%s: %w", key, m.Broken)
		}
		var ref rule.Ref
		if p, ok := dir.PersonByKey(who); ok {
			ref = rule.Ref{Kind: rule.Person, ID: p.ID}
		} else if u, ok := dir.UnitByKey("team", who); ok {
			ref = rule.Ref{Kind: rule.Team, ID: u.ID}
		}
		cal := dir.Organisation.Calendar()
		p, ok := cal.Labelled(label)
		if !ok {
			return fmt.Errorf("no period %s", label)
		}
		v, has, err := metric.NewTotals(tx, dir).Of(m, ref, p)
		if out = "-"; has {
			out = fmt.Sprintf("%d/%d", v.Num(), v.Den())
			if v.Den() == 1 {
				out = fmt.Sprint(v.Num())
			}
		}
		return err
	}))
	return out
}

func (c *company) values(who, label string, want map[string]string) {
	c.t.Helper()
	for key, value := range want {
		if got := c.value(key, who, label); got != value {
			c.t.Errorf("%s of %s in %s: %s, want %s", key, who, label, got, value)
		}
	}
}

func TestEveryMeasure(t *testing.T) {
	c := newCompany(t, dbtest.Open(t, db.SQLite))
	c.apply(tickets)
	for i, v := range []struct{ agent, customer, on, score, due, opened, solved string }{
		{"zhang", "甲", "2026-01-05", "4.5", "2026-01-12", "2026-01-05T01:30:00Z", "2026-01-05T03:00:00Z"}, // 90 minutes, 90 of them worked
		{"zhang", "乙", "2026-01-06", "3", "2026-01-06", "2026-01-09T09:30:00Z", "2026-01-12T01:30:59Z"},   // Friday 17:30 to Monday 09:30: 60 worked
		{"zhang", "甲", "2026-01-07", "5", "2025-12-01", "2026-01-07T10:00:00Z", "2026-01-07T09:00:00Z"},   // both ends before it begins
		{"zhang", "甲", "2026-01-08", "1", "2026-01-09", "2026-01-08T03:00:00Z", "2026-01-08T06:00:00Z"},   // over lunch: 120 of 180
		{"li", "乙", "2026-01-08", "2", "", "", ""},
		{"li", "", "2026-01-09", "", "", "", ""},
		{"zhang", "丙", "2025-12-30", "2", "", "", ""},
		{"zhang", "丙", "2025-12-31", "2", "", "", ""},
		{"zhang", "丙", "2025-01-31", "2", "", "", ""},
	} {
		values := map[string]any{"agent": v.agent, "on": v.on}
		for key, text := range map[string]string{"customer": v.customer, "score": v.score, "due": v.due, "opened": v.opened, "solved": v.solved} {
			if text != "" {
				values[key] = text
			}
		}
		c.ticket(fmt.Sprint("t", i), values)
	}
	c.values("zhang", "2026-01", map[string]string{
		"lowest": "1", "highest": "5", "middle": "15/4", "ninety": "5", "half": "3", "customers": "2", "each": "2",
		"minutes": "1370", "office": "9/2", "slack": "7", "slack-working": "5",
		"more": "1", "more-year": "3", "more-fixed": "3/5", "reached": "-",
	})
	c.values("east", "2026-01", map[string]string{"lowest": "1", "middle": "3", "customers": "2", "each": "3"})
	c.values("wang", "2026-01", map[string]string{"lowest": "-", "middle": "-", "ninety": "-", "customers": "0", "each": "-", "minutes": "-", "office": "0", "more": "-", "more-fixed": "-1"})
	c.values("zhang", "2025-01", map[string]string{"more": "-", "more-year": "-"})

	c.must(c.db.Read(context.Background(), func(tx *db.Tx) error {
		set, err := c.defs.Metrics.All(tx)
		if err != nil {
			return err
		}
		left, err := metric.ReadLeftOut(tx, set.Key("minutes").ID)
		if err != nil || len(left) != 2 || left[0].Reason != metric.Backwards || left[0].Count != 1 || left[1].Reason != metric.NoValue {
			t.Errorf("left out: %+v, %v", left, err)
		}
		return nil
	}))
}

func TestMeasuresFollowCalendarAndTargets(t *testing.T) {
	c := newCompany(t, dbtest.Open(t, db.SQLite))
	c.apply(tickets)
	c.ticket("a", map[string]any{"agent": "zhang", "on": "2026-01-05", "opened": "2026-01-05T01:00:00Z", "solved": "2026-01-06T10:00:00Z"})
	c.values("zhang", "2026-01", map[string]string{"office": "16"})
	c.apply(`organisation: {working: {holidays: [2026-01-06], hours: ["09:00-18:00"]}}`)
	c.values("zhang", "2026-01", map[string]string{"office": "9"})

	c.apply(`
targets:
  - {metric: handled, person: zhang, period: 2026, value: 36, spread: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}
  - {metric: handled, person: li, period: 2026-Q1, value: "9"}
plans:
  - {key: on-target, name: 达标, metric: reached, shape: reach, params: {steps: [{at: 30%}]}, subject: team, reward: {kind: cash, amount: 100}, period: month, effective_from: 2026-01-01}
`)
	c.values("zhang", "2026-01", map[string]string{"reached": "1/3"})
	c.values("east", "2026-Q1", map[string]string{"reached": "1/18"})
	c.expect("on-target")
	c.apply(`targets: [{metric: handled, team: east, period: 2026-01, value: 3}]`)
	c.expect("on-target", "2026-01 华东 step granted 100.00")
	c.apply(`targets: [{metric: handled, team: east, period: 2026-01, value: 4}]`)
	c.expect("on-target")
}

// A customer who comes again in the same quarter makes no new reward, and one found earlier moves the moment.
func TestRewardsForDifferentCustomers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(tickets + `
plans:
  - {key: two-customers, name: 每两家, metric: customers, shape: every, params: {size: 2}, reward: {kind: cash, amount: 50}, period: quarter, effective_from: 2026-01-01}
`)
		c.ticket("a", map[string]any{"agent": "zhang", "on": "2026-01-05", "customer": "甲"})
		c.ticket("b", map[string]any{"agent": "zhang", "on": "2026-01-06", "customer": "甲"})
		c.expect("two-customers")
		c.ticket("c", map[string]any{"agent": "zhang", "on": "2026-01-09", "customer": "乙"})
		c.expect("two-customers", "2026-Q1 张伟 1 granted 50.00")
		c.ticket("b", map[string]any{"agent": "zhang", "on": "2026-01-06", "customer": "乙"})
		c.expect("two-customers", "2026-Q1 张伟 1 granted 50.00")
		c.ticket("c", map[string]any{"agent": "zhang", "on": "2026-01-09", "customer": "甲"})
		c.ticket("b", map[string]any{"agent": "zhang", "on": "2026-01-06", "customer": "甲"})
		c.expect("two-customers")
	})
}

// Metrics that would be computed from each other are refused, in whatever order they come.
func TestMetricsInACircleAreRefused(t *testing.T) {
	c := newCompany(t, dbtest.Open(t, db.SQLite))
	c.apply(`
metrics:
  - {key: b, name: 二, measure: {kind: attainment, of: a}}
  - {key: a, name: 一, measure: {kind: growth, of: won}}
`)
	c.must(c.db.Read(context.Background(), func(tx *db.Tx) error {
		for _, of := range []string{"a", "b"} {
			if _, err := c.defs.Metrics.Check(tx, metric.Def{Key: "a", Name: i18n.Same("一"), Measure: metric.Measure{Kind: metric.Growth, Of: of}}); err == nil {
				t.Errorf("a growth of %s could be kept as a", of)
			}
		}
		return nil
	}))
}

// What is corrected in one month moves the growth of the next, and of the same month a year later.
func TestGrowthFollowsItsBaseline(t *testing.T) {
	c := newCompany(t, dbtest.Open(t, db.SQLite))
	c.now = c.now.AddDate(1, 0, 0)
	c.apply(tickets + `
plans:
  - {key: doubled, name: 环比翻倍, metric: more, shape: reach, params: {steps: [{at: 100%}]}, reward: {kind: cash, amount: 10}, period: month, effective_from: 2026-01-01}
  - {key: doubled-year, name: 同比翻倍, metric: more-year, shape: reach, params: {steps: [{at: 100%}]}, reward: {kind: cash, amount: 20}, period: month, effective_from: 2026-01-01}
`)
	for i, day := range []string{"2026-01-05", "2026-02-05", "2026-02-06", "2027-01-05", "2027-01-06"} {
		c.ticket(fmt.Sprint("t", i), map[string]any{"agent": "zhang", "on": day})
	}
	c.expect("doubled", "2026-02 张伟 step granted 10.00")
	c.expect("doubled-year", "2027-01 张伟 step granted 20.00")
	c.ticket("late", map[string]any{"agent": "zhang", "on": "2026-01-09"})
	c.expect("doubled")
	c.expect("doubled-year")
}
