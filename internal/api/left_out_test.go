package api_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// leftOutOf writes what an answer tells of records left out: reason, number, the first record's title.
func leftOutOf(list any) string {
	var out []string
	for _, each := range list.([]any) {
		l := each.(map[string]any)
		line := fmt.Sprint(l["code"], " ", l["count"])
		if records, ok := l["records"].([]any); ok {
			line += " " + fmt.Sprint(records[0].(map[string]any)["title"])
		}
		out = append(out, line)
	}
	return strings.Join(out, ", ")
}

// A person is told which of the own records do not count, why, and whom to ask; finance of those in the span that is closed.
func TestWhatIsLeftOutIsToldToWhomItConcerns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin := s.admin()
		me, other, finance := s.as("employee", "E1"), s.as("employee", "E2"), s.as("finance", "E3")
		admin.do("POST", "/api/metrics", `{"key":"won_amount","name":{"zh":"赢单额","en":"Won amount"},"object":"deal","condition":"stage == \"won\"","date":"closed","person":"owner","measure":{"kind":"sum","value":"amount"}}`).is(201)
		_, long := monthsAgo(14)
		admin.do("POST", "/api/plans", `{"key":"big","name":{"zh":"大单奖","en":"Big"},"metric":"won_amount","shape":"reach","params":{"steps":[{"at":"1000"}]},"reward":{"kind":"cash","amount":"100"},"period":"month","visibility":"full"}`).is(201)
		admin.do("POST", "/api/plans/big/publish", `{"effective_from":"`+long[:8]+`01"}`).is(200)
		owner := admin.get("/api/people?search=E1").at("items.0.id")
		now, nowDay := monthsAgo(0)
		last, lastDay := monthsAgo(1)
		before, _ := monthsAgo(2)
		_, oldDay := monthsAgo(3)
		for id, day := range map[string]string{"D-1": `"` + lastDay + `"`, "D-2": `"` + oldDay + `"`, "D-3": "null", "D-4": `"` + nowDay[:8] + `01"`} {
			admin.do("POST", "/api/objects/deal/batch", fmt.Sprintf(`[{"external_id":%q,"values":{"name":%q,"stage":"won","closed":%s,"owner":%.0f}}]`, id, id, day, owner)).is(200)
		}
		check(t, s.engine.CatchUp(context.Background()))

		mine := me.get("/api/my/rewards").is(200)
		if got := leftOutOf(mine.json()["left_out"]); got != "no_date 1 D-3, no_value 1 D-4" {
			t.Errorf("my rewards tell of %q", got)
		}
		if got := mine.at("left_out.1.advice.en"); got != "Open the record and put it right: it counts at once." {
			t.Errorf("the advice is %q", got)
		}
		for period, want := range map[string]string{now: "no_date 1 D-3, no_value 1 D-4", last: "no_date 1 D-3, no_value 1 D-1"} {
			if got := leftOutOf(me.get("/api/plans/big/standing?period=" + period).is(200).json()["left_out"]); got != want {
				t.Errorf("the standing of %s tells of %q, want %q", period, got, want)
			}
		}
		if got := leftOutOf(other.get("/api/plans/big/standing").is(200).json()["left_out"]); got != "" {
			t.Errorf("somebody else is told of %q", got)
		}
		if got := leftOutOf(other.get("/api/my/rewards").is(200).json()["left_out"]); got != "" {
			t.Errorf("somebody else is told of %q", got)
		}

		warned := func(period string) string {
			return leftOutOf(finance.get("/api/closings/preview?label=" + period).is(200).json()["moving"].(map[string]any)["left_out"])
		}
		if got := warned(before); got != "no_date 1, no_value 1" { // the first closing settles all before it: D-2
			t.Errorf("the first closing warns of %q", got)
		}
		finance.do("POST", "/api/closings", map[string]string{"kind": "month", "label": before}).is(200)
		admin.do("POST", "/api/objects/deal/batch", fmt.Sprintf(`[{"external_id":"D-3","values":{"closed":%q}}]`, nowDay)).is(200)
		check(t, s.engine.CatchUp(context.Background()))
		if got := warned(last); got != "no_value 1" {
			t.Errorf("the next closing warns of %q", got)
		}
		sample := admin.get("/api/metrics").is(200).list()
		for _, m := range sample {
			if m["key"] != "won_amount" {
				continue
			}
			first := m["problems"].([]any)[0].(map[string]any)["sample"].([]any)[0].(map[string]any)
			if title := fmt.Sprint(first["title"]); first["object"] != "deal" || !strings.HasPrefix(title, "D-") {
				t.Errorf("the metric's sample is %v", first)
			}
		}
	})
}
