package api_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// A metric, a plan's end and the settings of the organisation change what was already judged only with the list of it in hand.
func TestThePastIsChangedDeliberately(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		c := s.admin()
		c.publish("full")
		const metric = `{"key":"won_deals","name":{"zh":"赢单数","en":"Won deals"},"object":"deal","condition":"stage == \"won\"","date":"closed","person":"owner","measure":{"kind":"count"},"unit":{"zh":"单","en":"deals"}}`
		lost := strings.Replace(metric, "won\\\"", "lost\\\"", 1)
		settle := func() {
			t.Helper()
			check(t, c.engine.CatchUp(context.Background()))
		}
		standing := func(want any) {
			t.Helper()
			settle()
			if got := c.get("/api/awards").is(200); got.at("items.0.state") != want {
				t.Errorf("got %s", got.Body)
			}
		}
		standing("granted")

		// A metric under another name is saved at once, one that counts otherwise with its list.
		c.do("PUT", "/api/metrics/won_deals", strings.Replace(metric, "Won deals", "Deals won", 1)).is(200)
		seen := c.do("PUT", "/api/metrics/won_deals", lost).problem(409, "changes_not_confirmed", "confirmed")
		if seen.at("changes.count") != 1.0 || seen.at("changes.rows.0.plan.key") != "per-deal" || seen.at("changes.rows.0.subject.name") != "张伟" ||
			seen.at("changes.rows.0.before.0.en") != "¥500.00" || seen.at("changes.totals.0.more.amount") != "-500.00" {
			t.Fatalf("got %s", seen.Body)
		}
		standing("granted")
		c.do("PUT", "/api/metrics/won_deals?confirmed=another", lost).problem(409, "changes_moved", "confirmed")
		c.do("PUT", fmt.Sprintf("/api/metrics/won_deals?confirmed=%s", seen.at("changes.token")), lost).is(200)
		standing("reversed")
		back := c.do("PUT", "/api/metrics/won_deals", metric).problem(409, "changes_not_confirmed", "confirmed")
		c.do("PUT", fmt.Sprintf("/api/metrics/won_deals?confirmed=%s", back.at("changes.token")), metric).is(200)
		standing("granted")
		file := "metrics: [" + lost + "]"
		listed := c.do("POST", "/api/definitions", file).problem(409, "changes_not_confirmed", "metrics[0]")
		if listed.at("changes.rows.0.subject.name") != "张伟" {
			t.Errorf("got %s", listed.Body)
		}

		// An end in the past is confirmed, and so is taking it back.
		c.do("POST", "/api/plans/per-deal/end", `{"until":"2026-01-01"}`).problem(409, "retroactive", "until")
		end := c.do("POST", "/api/plans/per-deal/end", `{"until":"2026-01-01","retroactive":true}`).problem(409, "changes_not_confirmed", "confirmed")
		c.do("DELETE", "/api/plans/per-deal/end", nil).problem(409, "not_ended", "")
		ended := c.do("POST", "/api/plans/per-deal/end", fmt.Sprintf(`{"until":"2026-01-01","retroactive":true,"confirmed":%q}`, end.at("changes.token"))).is(200)
		if ended.at("ended") != "2026-01-01" || ended.at("status") != "ended" {
			t.Errorf("got %s", ended.Body)
		}
		standing("reversed")
		resume := c.do("DELETE", "/api/plans/per-deal/end", nil).problem(409, "changes_not_confirmed", "confirmed")
		c.do("DELETE", fmt.Sprintf("/api/plans/per-deal/end?confirmed=%s", resume.at("changes.token")), nil).is(200)
		standing("granted")
		if told := c.get("/api/plans/per-deal/history").is(200); told.at("items.0.did") != "resume" || told.at("items.1.until") != "2026-01-01" {
			t.Errorf("got %s", told.Body)
		}

		// Settings: another fiscal year gives the quarter another name, another language changes nothing.
		c.do("PATCH", "/api/organisation", `{"language":"en"}`).is(200)
		fiscal := c.do("PATCH", "/api/organisation", `{"fiscal_start_month":4}`).problem(409, "changes_not_confirmed", "confirmed")
		c.do("PATCH", fmt.Sprintf("/api/organisation?confirmed=%s", fiscal.at("changes.token")), `{"fiscal_start_month":4}`).is(200)
	})
}
