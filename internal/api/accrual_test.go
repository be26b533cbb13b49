package api_test

import (
	"context"
	"testing"
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
