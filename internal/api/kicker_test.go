package api_test

import (
	"context"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

const topUp = `{"key":"top-up","name":{"zh":"加成","en":"Top-up"},"earned":"per-deal","shape":"rate","params":{"tiers":[{"times":"120%"}]},
	"reward":{"kind":"cash","currency":"CNY"},"period":"quarter","audience":{"teams":["north"]},"effective_from":"2026-01-01","visibility":"full"}`

// topped pays 张伟 (E1) ¥500.00 by a plan, and a fifth of it more by another; it returns the path of the second award.
func (c *client) topped(visibility string) string {
	c.Helper()
	c.do("POST", "/api/plans", perDeal(visibility)).is(201)
	c.do("POST", "/api/plans/per-deal/publish", `{"effective_from":"2026-01-01"}`).is(200)
	c.do("POST", "/api/plans", topUp).is(201)
	c.do("POST", "/api/plans/top-up/publish", `{"effective_from":"2026-01-01"}`).is(200)
	c.do("POST", deals, map[string]any{"external_id": "D-1", "values": map[string]any{"name": "华信", "stage": "won", "closed": "2026-02-03", "owner": c.personID("E1")}}).is(201)
	check(c.T, c.engine.CatchUp(context.Background()))
	return "/api/awards/" + jsonNumber(c.get("/api/awards?plan=top-up").is(200).at("items.0.id"))
}

// TestAKickerKeepsWhatItsBaseHides: the value of the one is the amount of the other.
func TestAKickerKeepsWhatItsBaseHides(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		path := s.admin().topped("amount_hidden")
		colleague, self := s.as("employee", "E2"), s.as("employee", "E1")
		for _, at := range []string{path, "/api/awards", "/api/feed", "/api/plans/top-up/standing?period=2026-Q1", "/api/plans", "/api/plans/top-up"} {
			got := colleague.get(at).is(200)
			for _, amount := range []string{`"500.00"`, `"100.00"`, "500.00 ×"} {
				if strings.Contains(string(got.Body), amount) {
					t.Errorf("%s tells a colleague %s: %s", at, amount, got.Body)
				}
			}
		}
		if got := self.get(path).is(200); got.at("amount.amount") != "100.00" {
			t.Errorf("the person reads %s", got.Body)
		}
		if got := colleague.get("/api/plans/top-up").is(200); got.at("visibility") != "amount_hidden" || got.at("closed_by.key") != "per-deal" {
			t.Errorf("got %s", got.Body)
		}
	})
}

func TestAKickerOnAPrivatePlanIsPrivate(t *testing.T) {
	s := sqlite(t)
	path := s.admin().topped("private")
	s.as("employee", "E2").get(path).problem(404, "unknown_award", "id")
	s.as("finance", "E3").get(path).is(200)
}

// TestAKickerLeadsToWhatItMultiplies: the records are behind the other plan's award.
func TestAKickerLeadsToWhatItMultiplies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		path := s.admin().topped("amount_hidden")
		self := s.as("employee", "E1")
		own := self.get(path).is(200)
		if own.at("based_on.0.plan.key") != "per-deal" || own.at("based_on.0.amount.amount") != "500.00" || len(own.json()["based_on"].([]any)) != 1 {
			t.Errorf("the person gets to %s", own.Body)
		}
		base := self.get("/api/awards/" + jsonNumber(own.at("based_on.0.id"))).is(200)
		if base.at("records.0.title") != "华信" || len(base.json()["based_on"].([]any)) != 0 {
			t.Errorf("behind it is %s", base.Body)
		}
		if other := s.as("employee", "E2").get(path).is(200); other.at("based_on.0.hidden") != true || strings.Contains(string(other.Body), `"500.00"`) {
			t.Errorf("a colleague gets to %s", other.Body)
		}
	})
}

// TestAPreviewTellsLosersFromWinners: a decelerator gives nobody anything.
func TestAPreviewTellsLosersFromWinners(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := serve(t, d).admin()
		c.topped("full")
		for times, want := range map[string][2]float64{"120%": {1, 0}, "80%": {0, 1}} {
			def := strings.Replace(strings.Replace(topUp, "120%", times, 1), `"top-up"`, `"tried"`, 1)
			got := c.do("POST", "/api/plans/preview", `{"definition":`+def+`,"from":"2026-01-01","to":"2026-04-01"}`).is(200)
			if got.at("winners") != want[0] || got.at("losers") != want[1] || got.at("periods.0.winners") != want[0] {
				t.Errorf("%s: %s", times, got.Body)
			}
		}
	})
}
