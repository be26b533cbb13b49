package api_test

import (
	"net/url"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// What counts for a team leads to the records that name it, or a unit below it, and to no other team's.
func TestATeamsOwnRecords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin := s.admin()
		admin.with("Content-Type", "application/yaml").do("POST", "/api/definitions", `
teams: [{key: shop, name: {zh: 门店, en: Shop}, parent: north}, {key: south, name: {zh: 南区, en: South}}, {key: idle, name: {zh: 闲, en: Idle}}]
persons: [{key: E2, name: 李娜, teams: [idle]}]
objects:
  - key: job
    name: Job
    title: name
    fields: [{key: name, type: text}, {key: on, type: date}, {key: team, type: text}, {key: queue, type: choice, choices: [{key: a, name: {zh: 北区, en: N}}, {key: b, name: 南区}]}]
metrics:
  - {key: jobs, name: Jobs, object: job, date: on, team: team, measure: {kind: count}}
  - {key: queued, name: Queued, object: job, date: on, team: queue, measure: {kind: count}}
plans:
  - {key: jobs, name: Jobs, metric: jobs, subject: team, shape: every, params: {size: 1}, reward: {kind: cash, amount: 1}, period: year, effective_from: 2026-01-01}
  - {key: queued, name: Queued, metric: queued, subject: team, shape: every, params: {size: 1}, reward: {kind: cash, amount: 1}, period: year, effective_from: 2026-01-01}
`).is(200)
		today := admin.get("/api/exchange-rates").is(200).at("today").(string)
		for _, each := range [][2]string{{"北区", "a"}, {"Shop", "a"}, {"south", "b"}, {"nowhere", "b"}} {
			admin.do("POST", "/api/objects/job/records", `{"values":{"name":"x","on":"`+today+`","team":"`+each[0]+`","queue":"`+each[1]+`"}}`).is(201)
		}
		check(t, s.engine.CatchUp(t.Context()))
		for person, want := range map[string]map[string]int{"E1": {"jobs": 2, "queued": 2}, "E2": {"jobs": 0, "queued": 0}} {
			mine := s.as("employee", person).get("/api/my/rewards").is(200)
			for plan, want := range want {
				filter := ""
				for _, each := range mine.json()["progress"].([]any) {
					row := each.(map[string]any)
					if row["plan"].(map[string]any)["key"] == plan {
						filter = row["records_link"].(map[string]any)["filter"].(string)
					}
				}
				got := admin.get("/api/objects/job/records?filter=" + url.QueryEscape(filter)).is(200)
				if filter == "" || len(got.list()) != want {
					t.Errorf("%s, %s: %q leads to %s, want %d", person, plan, filter, got.Body, want)
				}
			}
		}
	})
}
