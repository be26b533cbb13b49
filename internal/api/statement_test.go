package api_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func TestStatements(t *testing.T) {
	s := sqlite(t)
	admin := s.admin()
	finance, other, me := s.as("finance", "E3"), s.as("manager", "E2"), s.as("employee", "E1")
	admin.do("PATCH", "/api/organisation", map[string]string{"clawback_limit": "0.3"}).is(200)
	if got := admin.get("/api/organisation").is(200); got.at("clawback_limit") != "30%" {
		t.Errorf("the limit is %s", got.Body)
	}
	admin.do("PATCH", "/api/organisation", map[string]string{"clawback_limit": "130%"}).problem(422, "bad_share", "clawback_limit")

	deal := admin.monthly()
	before, beforeDay := monthsAgo(2)
	last, day := monthsAgo(1)
	deal("D-1", "won", beforeDay)
	deal("D-2", "won", beforeDay)
	deal("D-3", "won", day)
	finance.do("POST", "/api/closings", map[string]string{"kind": "month", "label": before}).is(200)
	finance.do("POST", "/api/closings/"+before+"/paid", nil).is(200)
	deal("D-2", "open", beforeDay)
	check(t, s.engine.CatchUp(context.Background()))

	me.do("POST", "/api/statements/"+last+"/answer", map[string]string{"answer": "confirmed"}).problem(409, "not_closed", "period")
	finance.do("POST", "/api/closings", map[string]string{"kind": "month", "label": last}).is(200)
	mine := me.get("/api/statements/" + last).is(200)
	cash := "cash.0."
	for field, want := range map[string]any{
		"awards": "500.00", "adjustments": "0.00", "earned": "500.00", "incurred": "500.00", "taken": "150.00", "owed_after": "350.00", "net": "350.00", "limit": "30%",
	} {
		if got := mine.at(cash + field); got != want {
			t.Errorf("%s is %v, want %v", field, got, want)
		}
	}
	if mine.at("owed.0.award.origin") != before || mine.at("owed.0.taken.amount") != "150.00" || mine.at("owed.0.left.amount") != "350.00" || mine.at("may_answer") != true {
		t.Errorf("my statement: %s", mine.Body)
	}

	id := jsonNumber(mine.at("subject.id"))
	other.get("/api/statements/"+last+"?subject="+id).problem(403, "forbidden", "subject")
	if got := other.get("/api/statements?period=" + last).is(200); len(got.list()) != 0 || got.at("may_export") != false {
		t.Errorf("somebody else sees %s", got.Body)
	}
	other.get("/api/statements/"+last+"/csv").problem(403, "forbidden", "")
	me.get("/api/statements/1999-01").problem(404, "unknown_period", "")
	me.get("/api/statements/"+last+"/pdf").problem(503, "no_font", "")

	me.do("POST", "/api/statements/"+last+"/answer", map[string]string{"answer": "disputed"}).problem(422, "required", "text")
	me.do("POST", "/api/statements/"+last+"/answer", map[string]string{"answer": "disputed", "text": "少了一单"}).is(200)
	all := finance.get("/api/statements?period=" + last).is(200)
	if all.at("items.0.answer.text") != "少了一单" || all.at("items.0.answer.by") != "张伟" || all.at("disputed") != 1.0 || all.at("totals.0.net") != "350.00" {
		t.Errorf("finance sees %s", all.Body)
	}
	said := func(by *client, answer, text string) *answer {
		return by.do("POST", "/api/statements/"+last+"/reply?subject="+id, map[string]string{"answer": answer, "text": text})
	}
	said(other, "replied", "x").problem(403, "forbidden", "subject") // nobody reports to her yet
	var bossID any
	for _, p := range admin.get("/api/people").list() {
		if p["key"] == "E2" {
			bossID = p["id"]
		}
	}
	admin.do("PUT", "/api/people/"+id+"/managers", []map[string]any{{"manager_id": bossID, "from": "2020-01-01"}}).is(200)
	if got := other.get("/api/statements/" + last + "?subject=" + id).is(200); got.at("may_reply") != true || got.at("may_settle") != false {
		t.Errorf("the manager sees %s", got.Body)
	}
	said(other, "settled", "x").problem(403, "forbidden", "")
	said(other, "replied", "我去查").is(200)
	said(finance, "settled", " ").problem(422, "required", "text")
	if got := finance.get("/api/closings?kind=month").is(200); !strings.Contains(string(got.Body), `"disputes":1`) {
		t.Errorf("the calendar tells of no dispute: %s", got.Body)
	}
	said(me, "replied", "x").problem(403, "forbidden", "subject")
	if got := said(finance, "settled", "已补录").is(200); got.at("answer.answer") != "settled" || got.at("may_reply") != false {
		t.Errorf("settled: %s", got.Body)
	}
	said(finance, "settled", "x").problem(409, "not_disputed", "")
	if got := me.get("/api/my/rewards").is(200); got.at("statement.answer") != "settled" || got.at("statement.period.label") != last {
		t.Errorf("the person is told nothing: %s", got.Body)
	}
	mine = me.get("/api/statements/" + last).is(200)
	for i, want := range []string{"disputed 少了一单 张伟", "replied 我去查 李娜", "settled 已补录 王芳"} {
		at := fmt.Sprintf("history.%d.", i)
		if got := fmt.Sprint(mine.at(at+"answer"), " ", mine.at(at+"text"), " ", mine.at(at+"by")); got != want {
			t.Errorf("history %d is %q, want %q", i, got, want)
		}
	}
	me.do("POST", "/api/statements/"+last+"/answer", map[string]string{"answer": "confirmed"}).is(200)
	if got := finance.get("/api/statements?period=" + last).is(200); got.at("confirmed") != 1.0 || got.at("disputed") != 0.0 || got.at("settled") != 0.0 {
		t.Errorf("after the person confirmed: %s", got.Body)
	}
	file := string(finance.get("/api/statements/" + last + "/csv").is(200).Body)
	lines := strings.Split(strings.TrimSpace(file), "\n")
	if len(lines) != 3 || !strings.HasSuffix(lines[1], "E1,张伟,CNY,500.00,0.00,500.00,0.00,500.00,150.00,350.00,350.00,1") ||
		!strings.HasSuffix(lines[2], "total,,,CNY,500.00,0.00,500.00,0.00,500.00,150.00,350.00,350.00,1") {
		t.Errorf("the file for payroll is %q", file)
	}
}
