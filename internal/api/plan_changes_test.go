package api_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// A version that reaches back is published only with the list of what it changes in hand, and only while that list holds.
func TestARetroactiveVersionIsConfirmed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		c := s.admin()
		deal := c.publish("full")
		dearer := strings.Replace(perDeal("full"), `"amount":"500"`, `"amount":"800"`, 1)
		asked := fmt.Sprintf(`{"definition":%s,"effective_from":"2026-01-01"}`, dearer)

		seen := c.do("POST", "/api/plans/per-deal/changes", asked).is(200)
		if seen.at("count") != 1.0 || seen.at("rows.0.subject.name") != "张伟" || seen.at("rows.0.before.0.en") != "¥500.00" || seen.at("rows.0.after.0.en") != "¥800.00" ||
			seen.at("rows.0.more.0.amount") != "300.00" || seen.at("totals.0.more.amount") != "300.00" {
			t.Fatalf("got %s", seen.Body)
		}
		if still := c.get("/api/awards").is(200); still.at("items.0.amount.amount") != "500.00" {
			t.Errorf("asking has changed something: %s", still.Body)
		}
		s.as("employee", "E1").do("POST", "/api/plans/per-deal/changes", asked).is(403)

		c.do("PUT", "/api/plans/per-deal/draft", dearer).is(200)
		publish := func(token string) *answer {
			return c.do("POST", "/api/plans/per-deal/publish", fmt.Sprintf(`{"effective_from":"2026-01-01","retroactive":true,"confirmed":%q}`, token))
		}
		c.do("POST", "/api/plans/per-deal/publish", `{"effective_from":"2026-01-01"}`).problem(409, "retroactive", "effective_from")
		publish("").problem(409, "changes_not_confirmed", "confirmed")
		c.do("PATCH", deal, `{"values":{"closed":"2026-04-03"}}`).is(200)
		check(t, c.engine.CatchUp(context.Background()))
		publish(fmt.Sprint(seen.at("token"))).problem(409, "changes_moved", "confirmed")

		again := c.do("POST", "/api/plans/per-deal/changes", asked).is(200)
		if again.at("rows.0.period") != "2026-Q2" {
			t.Errorf("got %s", again.Body)
		}
		publish(fmt.Sprint(again.at("token"))).is(200)
		check(t, c.engine.CatchUp(context.Background()))
		if now := c.get("/api/awards").is(200); now.at("items.0.amount.amount") != "800.00" {
			t.Errorf("got %s", now.Body)
		}
	})
}
