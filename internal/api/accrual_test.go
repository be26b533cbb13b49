package api_test

import (
	"context"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// Finance sees what is earned and not paid; paying a period takes it out, and nobody else may look.
func TestAccrual(t *testing.T) {
	s := sqlite(t)
	admin := s.admin()
	finance, me := s.as("finance", "E3"), s.as("employee", "E1")
	if got := finance.get("/api/accrual").is(200); len(got.at("lines").([]any)) != 0 || len(got.at("totals").([]any)) != 0 {
		t.Errorf("before anything was earned: %s", got.Body)
	}
	deal := admin.monthly()
	before, beforeDay := monthsAgo(2)
	_, day := monthsAgo(1)
	deal("D-1", "won", beforeDay)
	deal("D-2", "won", beforeDay)
	deal("D-3", "won", day)
	check(t, s.engine.CatchUp(context.Background()))
	me.get("/api/accrual").problem(403, "forbidden", "")
	me.get("/api/forecast").problem(403, "forbidden", "")
	if got := finance.get("/api/accrual").is(200); got.at("totals.0.payable") != "1500.00" || got.at("since") != nil {
		t.Errorf("accrued %s", got.Body)
	}
	finance.do("POST", "/api/closings", map[string]string{"kind": "month", "label": before}).is(200)
	if got := finance.get("/api/accrual").is(200); got.at("totals.0.payable") != "1500.00" || got.at("lines.0.closed") != true {
		t.Errorf("accrued once a month is closed: %s", got.Body)
	}
	finance.do("POST", "/api/closings/"+before+"/paid", nil).is(200)
	if got := finance.get("/api/accrual").is(200); got.at("totals.0.payable") != "500.00" || got.at("since") == nil {
		t.Errorf("accrued once a month is paid: %s", got.Body)
	}
	finance.get("/api/forecast?kind=week").problem(422, "unknown_choice", "kind")
}

// The accrual by department and by team is the same money as by plan, whatever is taken back; the tables end with the same totals.
func TestAccrualByUnit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin := s.admin()
		admin.with("Content-Type", "application/yaml").do("POST", "/api/definitions", `
departments: [{key: sales, name: {zh: 销售部, en: "=Sales"}}]
teams: [{key: north, name: {zh: 北区, en: North}, parent: sales}]`).is(200)
		admin.do("PATCH", "/api/organisation", `{"clawback_limit":"30%"}`).is(200)
		finance := s.as("finance", "E3")
		deal := admin.monthly()
		same := func(step, payable string) {
			t.Helper()
			got := finance.get("/api/accrual").is(200)
			if got.at("totals.0.payable") != payable {
				t.Errorf("%s: payable is %v, want %s", step, got.at("totals.0.payable"), payable)
			}
			for _, by := range []string{"departments", "teams"} {
				for _, sum := range []string{"granted", "provisional", "taken", "payable"} {
					if got.at(by+".0."+sum) != got.at("totals.0."+sum) {
						t.Errorf("%s: %s by %s is %v, in all %v", step, sum, by, got.at(by+".0."+sum), got.at("totals.0."+sum))
					}
				}
			}
			if got.at("departments.0.unit.key") != "sales" || got.at("teams.0.unit.key") != "north" {
				t.Errorf("%s: whose it is: %s", step, got.Body)
			}
		}
		before, beforeDay := monthsAgo(2)
		last, day := monthsAgo(1)
		deal("D-1", "won", beforeDay)
		deal("D-2", "won", beforeDay)
		deal("D-3", "won", day)
		deal("D-4", "won", day)
		same("open", "2000.00")
		finance.do("POST", "/api/closings", map[string]string{"kind": "month", "label": before}).is(200)
		finance.do("POST", "/api/closings/"+before+"/paid", nil).is(200)
		deal("D-1", "open", beforeDay) // 500 too much was paid
		same("paid too much", "1000.00")
		finance.do("POST", "/api/closings", map[string]string{"kind": "month", "label": last}).is(200)
		same("taken back", "700.00") // 30 % of 1,000
		for by, want := range map[string]string{"plan": "CNY,1000.00,\nTaken back,,,,,,,,CNY,-300.00,\nTotal,,,,,,,,CNY,700.00,\n", "department": "'=Sales,CNY,1000.00,0.00,300.00,700.00\nTotal,CNY,1000.00,0.00,300.00,700.00\n", "team": "North,CNY,"} {
			file := finance.with("Accept-Language", "en").get("/api/accrual/csv?by=" + by).is(200)
			if !strings.Contains(string(file.Body), want) || !strings.HasPrefix(string(file.Body), "\ufeff") || !strings.Contains(string(file.Body), "700.00") {
				t.Errorf("by %s:\n%s", by, file.Body)
			}
		}
		s.as("employee", "E1").get("/api/accrual/csv").problem(403, "forbidden", "")
	})
}
