package api_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

func perDeal(visibility string) string {
	return `{"key":"per-deal","name":{"zh":"每单奖","en":"Per deal"},"metric":"won_deals","shape":"every","params":{"size":"1"},
		"reward":{"kind":"cash","amount":"500","currency":"CNY"},"period":"quarter","audience":{"teams":["north"]},
		"effective_from":"2026-01-01","visibility":"` + visibility + `"}`
}

// publish makes a plan that has paid 张伟 (E1) ¥500.00 for one deal, and returns the deal's path.
func (c *client) publish(visibility string) string {
	c.Helper()
	c.do("POST", "/api/plans", perDeal(visibility)).is(201)
	c.do("POST", "/api/plans/per-deal/publish", `{"effective_from":"2026-01-01"}`).is(200)
	check(c.T, c.engine.CatchUp(context.Background()))
	owner := c.get("/api/people?search=E1").at("items.0.id")
	deal := c.do("POST", deals, fmt.Sprintf(`{"external_id":"D-1","values":{"name":"华信","stage":"won","closed":"2026-02-03","owner":%.0f}}`, owner)).is(201)
	check(c.T, c.engine.CatchUp(context.Background()))
	return deals + "/" + jsonNumber(deal.at("id"))
}

// A record that a later period is held against leads to that period's award too.
func TestARecordLeadsToAwardsOfTheIncreaseOnIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := serve(t, d).admin()
		c.do("POST", "/api/metrics", `{"key":"increase","name":{"zh":"增量","en":"Increase"},"measure":{"kind":"combine","terms":[{"metric":"won_deals","times":"2"},{"metric":"won_deals","times":"-1","window":"previous"}]}}`).is(201)
		c.do("POST", "/api/plans", strings.Replace(strings.Replace(perDeal("full"), "won_deals", "increase", 1), `"quarter"`, `"month"`, 1)).is(201)
		c.do("POST", "/api/plans/per-deal/publish", `{"effective_from":"2026-01-01"}`).is(200)
		owner := c.get("/api/people?search=E1").at("items.0.id")
		var january string
		for name, day := range map[string]string{"Y": "2026-02-03", "X": "2026-01-05"} {
			made := c.do("POST", "/api/objects/deal/records", fmt.Sprintf(`{"external_id":%q,"values":{"name":%q,"stage":"won","closed":%q,"owner":%.0f}}`, name, name, day, owner)).is(201)
			if name == "X" {
				january = jsonNumber(made.at("id"))
			}
		}
		check(t, c.engine.CatchUp(context.Background()))
		awards := c.get("/api/objects/deal/records/" + january + "/awards").is(200).list()
		got := []string{}
		for _, a := range awards {
			got = append(got, fmt.Sprint(a["period"].(map[string]any)["label"]))
		}
		slices.Sort(got)
		if !slices.Equal(slices.Compact(got), []string{"2026-01", "2026-02"}) {
			t.Errorf("January's record leads to awards of %v", got)
		}
	})
}

// A plan that lists its periods may give them names of 40 characters: they are asked for by those names.
func TestListedPeriodsAreAskedForByTheirNames(t *testing.T) {
	c := sqlite(t).admin()
	label := "2026 年春季展会第一阶段（华东、华南与西南三区联合）与线上直播专场"
	plan := strings.Replace(perDeal("full"), `"period":"quarter"`, `"period":"custom","periods":[{"label":"`+label+`","from":"2026-02-01","last":"2026-02-09"}]`, 1)
	c.do("POST", "/api/plans", plan).is(201)
	c.do("POST", "/api/plans/per-deal/publish", `{"effective_from":"2026-01-01"}`).is(200)
	check(c.T, c.engine.CatchUp(context.Background()))
	for _, path := range []string{"/api/plans/per-deal/standing?period=", "/api/awards?plan=per-deal&period="} {
		c.get(path + url.QueryEscape(label)).is(200)
	}
	// A part of such a period has its days in its name as well.
	c.do("POST", "/api/plans", strings.Replace(plan, `"per-deal"`, `"part"`, 1)).is(201)
	c.do("POST", "/api/plans/part/publish", `{"effective_from":"2026-02-05","begins":"at_once"}`).is(200)
	check(c.T, c.engine.CatchUp(context.Background()))
	for _, path := range []string{"/api/plans/part/standing?period=", "/api/awards?plan=part&period="} {
		c.get(path + url.QueryEscape(label+" 02-05..02-09")).is(200)
	}
}

func TestFromRecordToExplainedAward(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := serve(t, d).admin()
		deal := c.publish("full")
		awards := c.get("/api/awards").is(200)
		if awards.at("items.0.amount.amount") != "500.00" || awards.at("items.0.subject.name") != "张伟" || awards.at("items.0.period.label") != "2026-Q1" {
			t.Fatalf("got %s", awards.Body)
		}
		path := "/api/awards/" + jsonNumber(awards.at("items.0.id"))
		opened := c.get(path).is(200)
		if opened.at("records.0.title") != "华信" || opened.at("records_total") != 1.0 || opened.at("history.0.cause.object") != "deal" ||
			opened.at("steps.0.formula") == "" || opened.at("sentence.en") == "" {
			t.Errorf("got %s", opened.Body)
		}
		if got := c.get(deal + "/awards").is(200).list(); len(got) != 1 {
			t.Errorf("the record's awards are %v", got)
		}
		if got := c.get(deal + "/awards?cursor=" + jsonNumber(awards.at("items.0.id"))).is(200).list(); len(got) != 0 {
			t.Errorf("beyond the oldest award come %v", got)
		}
		standing := c.get("/api/plans/per-deal/standing?period=2026-Q1").is(200)
		if standing.at("rows.0.subject.name") != "张伟" || standing.at("rows.0.awards") != 1.0 || len(standing.json()["rows"].([]any)) != 2 {
			t.Errorf("got %s", standing.Body)
		}
		c.get("/api/plans/per-deal/standing?period=2030-Q1").problem(404, "unknown_period", "period")
		if got := c.get("/api/plans").is(200); got.at("items.0.status") != "published" || got.at("items.0.spent.amount") != "500.00" || !strings.Contains(fmt.Sprint(got.at("items.0.sentence.zh")), "500") {
			t.Errorf("got %s", got.Body)
		}

		events := c.listen("")
		c.await(events, "hello")
		c.do("PATCH", deal, `{"values":{"stage":"open"}}`).is(200)
		check(t, c.engine.CatchUp(context.Background()))
		if got := c.await(events, "award"); !strings.Contains(got.data, `"state":"reversed"`) {
			t.Errorf("got %v", got)
		}
		gone := c.get(path).is(200)
		if gone.at("state") != "reversed" || gone.at("history.1.kind") != "reversed" {
			t.Errorf("got %s", gone.Body)
		}
	})
}

func TestWhoSeesAnAward(t *testing.T) {
	cases := []struct {
		visibility, role, person string
		awards                   int
		amount                   bool
	}{
		{"full", "employee", "E2", 1, true},
		{"full", "employee", "E3", 0, false}, // not of the audience
		{"amount_hidden", "employee", "E1", 1, true},
		{"amount_hidden", "employee", "E2", 1, false},
		{"amount_hidden", "finance", "E3", 1, true},
		{"private", "employee", "E1", 1, true},
		{"private", "employee", "E2", 0, false},
		{"private", "manager", "E2", 0, false}, // stands above nobody
		{"private", "finance", "E3", 1, true},
	}
	for _, tc := range cases {
		t.Run(tc.visibility+" to "+tc.role+" "+tc.person, func(t *testing.T) {
			s := sqlite(t)
			deal := s.admin().publish(tc.visibility)
			id := jsonNumber(s.admin().get("/api/awards").at("items.0.id"))
			c := s.as(tc.role, tc.person)
			for _, path := range []string{"/api/awards", "/api/feed", deal + "/awards"} {
				list := c.get(path).is(200)
				if got := list.list(); len(got) != tc.awards {
					t.Fatalf("%s: %d awards, want %d: %s", path, len(got), tc.awards, list.Body)
				}
				if tc.awards == 1 {
					checkAmount(t, list, tc.amount)
				}
			}
			opened := c.get("/api/awards/" + id)
			if tc.awards == 0 {
				opened.problem(404, "unknown_award", "id")
			} else {
				checkAmount(t, opened, tc.amount)
			}
			if standing := c.get("/api/plans/per-deal/standing?period=2026-Q1"); standing.Status == 200 {
				if seen := strings.Contains(string(standing.Body), `"500.00"`); seen != (tc.amount && tc.awards == 1) {
					t.Errorf("standing: %s", standing.Body)
				}
			}
		})
	}
}

func checkAmount(t *testing.T, a *answer, shown bool) {
	t.Helper()
	if got := strings.Contains(string(a.Body), "500.00"); got != shown {
		t.Errorf("the amount is shown: %v, want %v: %s", got, shown, a.Body)
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	s := sqlite(t)
	deal := s.admin().publish("private")
	c := s.as("employee", "E2")
	me := s.admin().get("/api/people?search=E1").at("items.0.id")
	cases := []struct {
		name, method, path, body string
		status                   int
	}{
		{"reads records", "GET", deals, "", 200},
		{"writes records", "POST", deals, `{"values":{"name":"B"}}`, 201},
		{"reads people", "GET", "/api/people", "", 200},
		{"opens own rewards", "GET", "/api/my/rewards", "", 200},
		{"does not open another's rewards", "GET", fmt.Sprintf("/api/my/rewards?person=%.0f", me), "", 403},
		{"does not find a private plan of others", "GET", "/api/plans/nothing", "", 404},
		{"makes no object", "POST", "/api/objects", `{"key":"x","name":"X","fields":[]}`, 403},
		{"makes no metric", "POST", "/api/metrics", `{}`, 403},
		{"makes no plan", "POST", "/api/plans", perDeal("full"), 403},
		{"publishes no plan", "POST", "/api/plans/per-deal/publish", `{}`, 403},
		{"previews nothing on others' history", "POST", "/api/plans/preview", `{}`, 403},
		{"changes no person", "POST", "/api/people", `{"name":"X"}`, 403},
		{"sees no accounts", "GET", "/api/accounts", "", 403},
		{"makes no account", "POST", "/api/accounts", `{"login":"xx","password":"seven green bottles","roles":["admin"]}`, 403},
		{"changes no organisation", "PATCH", "/api/organisation", `{"currency":"USD"}`, 403},
		{"applies no definitions", "POST", "/api/definitions", `{}`, 403},
		{"reads a record's history", "GET", deal + "/history", "", 200},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := *c
			c.shop = &shop{T: t, url: c.url}
			var body any
			if tc.body != "" {
				body = tc.body
			}
			c.do(tc.method, tc.path, body).is(tc.status)
		})
	}
	if finance := s.as("finance", "E3"); finance.do("POST", deals, `{"values":{"name":"C"}}`).Status != 403 {
		t.Error("finance writes records")
	}
}

func TestMyRewardsAndPreview(t *testing.T) {
	s := sqlite(t)
	admin := s.admin()
	admin.publish("full")
	mine := s.as("employee", "E1").get("/api/my/rewards").is(200)
	if mine.at("person.name") != "张伟" || mine.at("recent.0.headline.en") != "¥500.00" || mine.at("progress.0.plan.key") != "per-deal" || mine.at("progress.0.records_link.object") != "deal" {
		t.Errorf("got %s", mine.Body)
	}
	filter := mine.at("progress.0.records_link.filter").(string)
	admin.get(deals + "?filter=" + strings.NewReplacer(" ", "+", "&", "%26", `"`, "%22", "=", "%3D", ">", "%3E", "<", "%3C").Replace(filter)).is(200)

	admin.get("/api/my/rewards").problem(404, "no_person", "")
	good := admin.do("POST", "/api/plans/preview", `{"from":"2026-01-01","to":"2026-07-01","definition":`+perDeal("full")+`}`).is(200)
	if good.at("total_cost.amount") != "500.00" || good.at("winners") != 1.0 || good.at("rows.0.subject.name") != "张伟" || good.at("periods.0.label") != "2026-Q1" {
		t.Errorf("got %s", good.Body)
	}
	badge := strings.Replace(perDeal("full"), `{"kind":"cash","amount":"500","currency":"CNY"}`, `{"kind":"badge","name":{"zh":"签约之星","en":"Star"},"cost":"12.50"}`, 1)
	free := admin.do("POST", "/api/plans/preview", `{"from":"2026-01-01","to":"2026-07-01","definition":`+badge+`}`).is(200)
	if free.at("given.0.zh") != "签约之星" || free.at("periods.0.given.0.en") != "Star" || free.at("rows.0.given.0.zh") != "签约之星" || free.at("periods.0.cost.amount") != "12.50" || free.at("total_cost.amount") != "12.50" {
		t.Errorf("a plan that gives badges shows %s", free.Body)
	}
	bad := admin.do("POST", "/api/plans/preview", `{"from":"2026-01-01","to":"2026-07-01","definition":`+strings.Replace(perDeal("full"), `"size":"1"`, `"size":"-1"`, 1)+`}`).is(200)
	if bad.at("problems.0.field") != "params.size" {
		t.Errorf("got %s", bad.Body)
	}
	try := func(condition string) *answer {
		return admin.do("POST", "/api/plans/preview", `{"from":"2026-01-01","to":"2026-07-01","definition":`+perDeal("full")+
			`,"metric":{"key":"won_deals","name":{"zh":"赢单数","en":"Won deals"},"object":"deal","condition":`+strconv.Quote(condition)+`,"date":"closed","person":"owner","measure":{"kind":"count"}}}`).is(200)
	}
	if all, none := try(`stage != "open"`), try(`stage == "open"`); all.at("total_cost.amount") != "500.00" || none.at("winners") != 0.0 {
		t.Errorf("a condition that is tried gives %s and %s", all.Body, none.Body)
	}
	if wrong := try(`stag == "won"`); wrong.at("problems.0.field") != "metric.condition" || wrong.at("problems.0.code") != "expr_unknown_field" {
		t.Errorf("got %s", wrong.Body)
	}
}
