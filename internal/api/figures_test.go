package api_test

import (
	"context"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// Points and days of leave are added up as such wherever awards are counted: a person, a team, a plan, a closing, a statement, an accrual.
func TestPointsAndLeaveAreAddedUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin := s.admin()
		finance, me := s.as("finance", "E3"), s.as("employee", "E1")
		deal := admin.monthly()
		_, long := monthsAgo(14)
		for key, rule := range map[string]string{
			"steps": `"shape":"reach","params":{"pay":"all","steps":[{"at":"1","reward":{"kind":"points","amount":"20"}},{"at":"2","reward":{"kind":"points","amount":"40"}}]},"reward":{"kind":"points","amount":"20"}`,
			"rest":  `"shape":"every","params":{"size":"1"},"reward":{"kind":"leave","amount":"0.5"}`,
		} {
			plan := strings.Replace(perDeal("full"), `"period":"quarter"`, `"period":"month"`, 1)
			plan = strings.Replace(plan, `"shape":"every","params":{"size":"1"}`, rule, 1)
			plan = strings.Replace(plan, `"reward":{"kind":"cash","amount":"500","currency":"CNY"},`, "", 1)
			plan = strings.Replace(plan, "\n\t\t,", "", 1)
			admin.do("POST", "/api/plans", strings.Replace(plan, "per-deal", key, 1)).is(201)
			admin.do("POST", "/api/plans/"+key+"/publish", `{"effective_from":"`+long[:8]+`01"}`).is(200)
		}
		last, day := monthsAgo(1)
		for _, id := range []string{"D-1", "D-2", "D-3"} {
			deal(id, "won", day)
		}
		check(t, s.engine.CatchUp(context.Background()))

		both := func(what string, got *answer, at string) {
			t.Helper()
			if got.at(at+".points") != "60" || got.at(at+".leave") != "1.5" {
				t.Errorf("%s: %v, want 60 points and 1.5 days: %s", what, got.at(at), got.Body)
			}
		}
		both("before closing", finance.get("/api/closings/preview?label="+last).is(200), "figures")
		finance.do("POST", "/api/closings", map[string]string{"kind": "month", "label": last}).is(200)
		both("one's statement", me.get("/api/statements/"+last).is(200), "figures")
		both("the list of statements", finance.get("/api/statements?period="+last).is(200), "items.0.figures")
		for path, list := range map[string]string{"/api/closings/preview?label=" + last: "totals", "/api/accrual": "lines"} {
			got := finance.get(path).is(200)
			found := map[any]any{}
			for _, line := range got.at(list).([]any) {
				found[line.(map[string]any)["kind"]] = line.(map[string]any)["figure"]
			}
			if found["points"] != "60" || found["leave"] != "1.5" || found["cash"] != nil {
				t.Errorf("%s: %v", path, found)
			}
		}
		if got := me.get("/api/plans/rest/standing?period=" + last).is(200); got.at("rows.0.given.0.en") != "1.5 days of leave" {
			t.Errorf("the standing tells %v", got.at("rows.0.given"))
		}
		if got := me.get("/api/plans/steps").is(200); got.at("figures.points") != "60" || got.at("awards") != 2.0 {
			t.Errorf("the plan gave %v in %v awards", got.at("figures"), got.at("awards"))
		}

		today := admin.get("/api/my/rewards?person=" + jsonNumber(admin.get("/api/people?search=E1").at("items.0.id"))).is(200)
		from := today.at("period.from").(string)
		deal("D-9", "won", from) // of this quarter, whatever day it is
		got := me.get("/api/my/rewards").is(200)
		if got.at("figures.leave") == nil || got.at("figures.points") == nil {
			t.Errorf("my rewards: %s", got.Body)
		}
	})
}
