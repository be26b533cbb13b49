package api_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// monthsAgo is the label of a month that has ended, and a day in it.
func monthsAgo(n int) (label, day string) {
	zone := time.FixedZone("CST", 8*3600)
	now := time.Now().In(zone)
	first := time.Date(now.Year(), now.Month()-time.Month(n), 1, 0, 0, 0, 0, zone)
	return first.Format("2006-01"), first.Format("2006-01") + "-05"
}

// monthly pays 张伟 (E1) ¥500 a deal by the month; deal saves one in some stage.
func (c *client) monthly() (deal func(id, stage, day string)) {
	c.Helper()
	_, long := monthsAgo(14)
	c.do("POST", "/api/plans", strings.Replace(perDeal("full"), `"period":"quarter"`, `"period":"month"`, 1)).is(201)
	c.do("POST", "/api/plans/per-deal/publish", `{"effective_from":"`+long[:8]+`01"}`).is(200)
	owner := c.get("/api/people?search=E1").at("items.0.id")
	return func(id, stage, day string) {
		c.Helper()
		line := fmt.Sprintf(`[{"external_id":%q,"values":{"name":%q,"stage":%q,"closed":%q,"owner":%.0f}}]`, id, id, stage, day, owner)
		c.do("POST", "/api/objects/deal/batch", line).is(200)
		check(c.T, c.engine.CatchUp(context.Background()))
	}
}

func TestClosingAPeriod(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { closingAPeriod(t, serve(t, d)) })
}

func closingAPeriod(t *testing.T, s *shop) {
	t.Helper()
	admin := s.admin()
	finance, manager, employee := s.as("finance", "E3"), s.as("manager", "E2"), s.as("employee", "E1")
	deal := admin.monthly()
	last, day := monthsAgo(1)
	deal("D-1", "won", day)
	deal("D-2", "won", day)

	employee.get("/api/closings").problem(403, "forbidden", "")
	if got := manager.get("/api/closings/preview?label=" + last).is(200); got.at("moving.settled") != true || len(got.json()["totals"].([]any)) != 0 {
		t.Errorf("a manager sees %s", got.Body)
	}
	for who, c := range map[string]*client{"admin": admin, "manager": manager, "employee": employee} {
		if got := c.do("POST", "/api/closings", map[string]string{"kind": "month", "label": last}); got.Status != 403 {
			t.Errorf("%s closed a period: %d", who, got.Status)
		}
	}

	calendar := finance.get("/api/closings").is(200)
	if calendar.at("periods.0.state") != "running" || calendar.at("periods.1.state") != "open" || calendar.at("periods.1.next") != true {
		t.Fatalf("the calendar is %s", calendar.Body)
	}
	preview := finance.get("/api/closings/preview?label=" + last).is(200)
	if preview.at("cash.0.amount") != "1000.00" || preview.at("totals.0.awards") != 2.0 || preview.json()["problem"] != nil {
		t.Errorf("before closing: %s", preview.Body)
	}
	now, _ := monthsAgo(0)
	if got := finance.get("/api/closings/preview?label=" + now).is(200); got.at("problem.code") != "period_running" {
		t.Errorf("the running month: %s", got.Body)
	}
	finance.do("POST", "/api/closings", map[string]string{"kind": "month", "label": now}).problem(409, "period_running", "label")
	if got := finance.do("POST", "/api/closings", map[string]string{"kind": "month", "label": last}).is(200); got.at("state") != "closed" || got.at("closed_by") != "王芳" || got.at("may_reopen") != true {
		t.Errorf("closed: %s", got.Body)
	}

	deal("D-2", "open", day)
	list := finance.get("/api/awards?period=" + now).is(200)
	if list.at("items.0.origin") != last || list.at("items.0.amount.amount") != "-500.00" {
		t.Fatalf("the adjustment is %s", list.Body)
	}
	opened := finance.get("/api/awards/" + jsonNumber(list.at("items.0.id"))).is(200)
	if opened.at("steps.2.result") != "-¥500.00" || opened.at("history.0.cause.object") != "deal" {
		t.Errorf("opened: %s", opened.Body)
	}
	// What was corrected, by whom, from what to what: of the fields that the plan reads.
	for field, want := range map[string]any{
		"kind": "update", "by": "admin", "object.key": "deal", "record.name": "D-2", "fields.0.key": "stage", "fields.0.name.zh": "阶段",
		"fields.0.before.zh": "赢单", "fields.0.after.en": "Open",
	} {
		if got := opened.at("corrections.0." + field); got != want {
			t.Errorf("the correction's %s is %v, want %v", field, got, want)
		}
	}
	if got := opened.json()["corrections"].([]any); len(got) != 1 {
		t.Errorf("corrections: %v", got)
	}
	// The record counts no longer, and still tells which adjustment it led to.
	record := jsonNumber(opened.at("corrections.0.record.id"))
	if got := employee.get("/api/objects/deal/records/" + record + "/awards").is(200).list(); len(got) != 1 || got[0]["origin"] != last {
		t.Errorf("the record's awards are %v", got)
	}
	if got := employee.get("/api/feed").is(200).list(); len(got) != 2 {
		t.Errorf("the feed celebrates %v", got)
	}

	finance.do("POST", "/api/closings/"+last+"/reopen", map[string]string{"reason": " "}).problem(422, "required", "reason")
	finance.do("POST", "/api/closings/"+last+"/reopen", map[string]string{"reason": "发错了"}).is(200)
	again := finance.get("/api/closings").is(200)
	if again.at("periods.1.state") != "reopened" || again.at("periods.1.reopened.0.reason") != "发错了" || again.at("periods.1.next") != true {
		t.Errorf("reopened: %s", again.Body)
	}
	finance.do("POST", "/api/closings/"+last+"/paid", nil).problem(409, "not_closed", "label")
	check(t, s.engine.CatchUp(context.Background()))
	finance.do("POST", "/api/closings", map[string]string{"kind": "month", "label": last}).is(200)
	if got := finance.do("POST", "/api/closings/"+last+"/paid", nil).is(200); got.at("state") != "paid" || got.at("may_reopen") != false {
		t.Errorf("paid: %s", got.Body)
	}
	finance.do("POST", "/api/closings/"+last+"/reopen", map[string]string{"reason": "x"}).problem(409, "already_paid", "label")
}

// TestTheFirstClosingSettlesWhatIsBefore: the same click fixes earlier periods; finance sees how much, and afterwards that they are closed and paid.
func TestTheFirstClosingSettlesWhatIsBefore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		deal, finance := s.admin().monthly(), s.as("finance", "E3")
		last, day := monthsAgo(1)
		before, earlier := monthsAgo(3)
		deal("D-1", "won", day)
		deal("D-2", "won", earlier)
		deal("D-3", "won", earlier)

		preview := finance.get("/api/closings/preview?label=" + last).is(200)
		if preview.at("cash.0.amount") != "500.00" || preview.at("earlier.awards") != 2.0 || preview.at("earlier.cash.0.amount") != "1000.00" || preview.at("earlier.all.0.amount") != "1500.00" {
			t.Errorf("before the first closing: %s", preview.Body)
		}
		finance.do("POST", "/api/closings", map[string]string{"kind": "month", "label": last}).is(200)
		now, _ := monthsAgo(0)
		if got := finance.get("/api/closings/preview?label=" + now).is(200).json()["earlier"]; got != nil {
			t.Errorf("a later closing settles earlier periods: %v", got)
		}
		of := func() string {
			out := ""
			for _, each := range finance.get("/api/closings").is(200).json()["periods"].([]any) {
				p := each.(map[string]any)
				out += fmt.Sprintf("%v %v %v %v\n", p["label"], p["state"], p["with"], p["may_reopen"])
			}
			return out
		}
		middle, _ := monthsAgo(2)
		want := fmt.Sprintf("%s running <nil> false\n%s closed <nil> true\n%s closed %s false\n%s closed %s false\n", now, last, middle, last, before, last)
		if got := of(); got != want {
			t.Errorf("the calendar is\n%swant\n%s", got, want)
		}
		finance.do("POST", "/api/closings/"+last+"/paid", nil).is(200)
		want = strings.Replace(strings.ReplaceAll(want, " closed ", " paid "), "true", "false", 1)
		if got := of(); got != want {
			t.Errorf("the calendar is\n%swant\n%s", got, want)
		}
	})
}

// TestARecordListsTheAdjustmentItMade: who corrects a record of a closed period sees on its page what came of it.
func TestARecordListsTheAdjustmentItMade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin, finance := s.admin(), s.as("finance", "E3")
		deal := admin.monthly()
		last, day := monthsAgo(1)
		deal("D-1", "won", day)
		deal("D-2", "open", day)
		finance.do("POST", "/api/closings", map[string]string{"kind": "month", "label": last}).is(200)
		deal("D-2", "won", day)
		id := ""
		for _, each := range admin.get(deals).is(200).list() {
			if each["external_id"] == "D-2" {
				id = jsonNumber(each["id"])
			}
		}
		got := finance.get(deals + "/" + id + "/awards").is(200)
		if len(got.list()) != 1 || got.at("items.0.origin") != last || got.at("items.0.amount.amount") != "500.00" {
			t.Errorf("the record's awards: %s", got.Body)
		}
	})
}

// TestAnEndedPeriodHasNothingNext: a standing says what comes next only while it can still be reached.
func TestAnEndedPeriodHasNothingNext(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		admin := serve(t, d).admin()
		deal := admin.monthly()
		last, day := monthsAgo(1)
		now, _ := monthsAgo(0)
		deal("D-1", "won", day)
		if got := admin.get("/api/plans/per-deal/standing?period=" + now).is(200); got.at("rows.0.progress.sentence.zh") == "" {
			t.Errorf("the running month says nothing of what comes next: %s", got.Body)
		}
		if got := admin.get("/api/plans/per-deal/standing?period=" + last).is(200); got.at("rows.0.progress.sentence.zh") != "" || got.at("rows.0.awards") != 1.0 {
			t.Errorf("an ended month: %s", got.Body)
		}
	})
}
