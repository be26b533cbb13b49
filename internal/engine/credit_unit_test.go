package engine_test

import (
	"context"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/record"
)

// A team that has no English name is not the one that a choice without an English name, or without any, means.
func TestNoNameNamesNoUnit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(`
teams:
  - {key: south, name: {zh: 华南}}
objects:
  - key: job
    name: 项目
    fields:
      - {key: day, name: 日期, type: date}
      - {key: queue, name: 队列, type: choice, choices: [{key: south}, {key: phone}, {key: mail, name: {zh: 邮件}}]}
metrics:
  - {key: jobs, name: 项目数, object: job, date: day, team: queue, measure: {kind: count}}
plans:
  - {key: per-job, name: 每单, metric: jobs, subject: team, shape: every, params: {size: 1}, reward: {kind: cash, amount: 5}, period: quarter, effective_from: 2026-01-01}
persons:
  - {key: zhou, name: 周敏, teams: [south]}
`)
		c.upsert("job", "j1", map[string]any{"day": "2026-01-05", "queue": "phone"})
		c.upsert("job", "j2", map[string]any{"day": "2026-01-06", "queue": "mail"})
		c.expect("per-job")
		left := c.leftOut("jobs")
		if len(left) != 1 || left[0].Count != 2 || len(left[0].Lacks) != 2 {
			t.Errorf("left out: %v", left)
		}
		c.upsert("job", "j3", map[string]any{"day": "2026-01-07", "queue": "south"})
		c.expect("per-job", "2026-Q1 华南 1 granted 5.00")
	})
}

// A record that is deleted in the same step in which its object loses its last metric is forgotten all the same.
func TestAnObjectLosesItsLastMetric(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		const tasks = `
objects:
  - {key: visit, name: 拜访, fields: [{key: who, name: 谁, type: person}, {key: day, name: 日期, type: date}]}
  - {key: call, name: 电话, fields: [{key: who, name: 谁, type: person}, {key: day, name: 日期, type: date}]}
`
		const calls = `
metrics:
  - {key: contacts, name: 联系, object: call, date: day, person: who, measure: {kind: count}}
`
		c.apply(tasks + `
metrics:
  - {key: contacts, name: 联系, object: visit, date: day, person: who, measure: {kind: count}}
plans:
  - {key: per-contact, name: 每次, metric: contacts, shape: every, params: {size: 1}, reward: {kind: cash, amount: 5}, period: quarter, effective_from: 2026-01-01}
`)
		id := c.upsert("visit", "v1", map[string]any{"who": "zhang", "day": "2026-01-05"})
		c.expect("per-contact", "2026-Q1 张伟 1 granted 5.00")
		visit, err := c.records.Object("visit")
		c.must(err)
		_, err = c.records.Save(context.Background(), "test", visit, []record.Op{{Kind: record.Delete, ID: id}}, false)
		c.must(err)
		file, err := definition.Parse([]byte(calls))
		c.must(err)
		_, err = c.defs.Apply(context.Background(), "test", file, definition.Options{})
		c.must(err)
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("per-contact")
		c.upsert("call", "c1", map[string]any{"who": "zhang", "day": "2026-01-06"})
		c.expect("per-contact", "2026-Q1 张伟 1 granted 5.00")
	})
}
