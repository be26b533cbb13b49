package api_test

import (
	"fmt"
	"strings"
	"testing"
)

// cells writes a row of the grid: value, + where it is its own.
func (a *answer) cells(name string) string {
	a.t.Helper()
	for _, r := range a.at("rows").([]any) {
		row := r.(map[string]any)
		if row["subject"].(map[string]any)["name"] != name {
			continue
		}
		var out []string
		for _, c := range row["cells"].([]any) {
			cell := c.(map[string]any)
			text := fmt.Sprint(cell["value"])
			if cell["own"] == true {
				text += "+"
			}
			out = append(out, text)
		}
		return strings.Join(out, " ")
	}
	return "not there"
}

func TestTargetsGrid(t *testing.T) {
	s := sqlite(t)
	c := s.admin()
	const grid = "/api/targets?metric=won_deals&year=2026"
	c.do("PUT", "/api/targets", `{"items":[
		{"metric":"won_deals","person":"E1","period":"2026","value":"40","spread":[1,1,1,2]},
		{"metric":"won_deals","person":"E2","period":"2026-Q1","value":5}]}`).is(200)
	a := c.get(grid).is(200)
	if a.at("spreads") != true {
		t.Error("the target of a count is spread over its parts")
	}
	for name, want := range map[string]string{"张伟": "40+ 8 8 8 16", "李娜": " 5+   ", "North": "40 13 8 8 16", "王芳": "    "} {
		if got := a.cells(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	c.do("PUT", "/api/targets", `{"items":[{"metric":"won_deals","team":"north","period":"2026-Q1","value":"20"},{"metric":"won_deals","person":"E2","period":"2026-Q1","remove":true}]}`).is(200)
	if a := c.get(grid).is(200); a.cells("North") != "40 20+ 8 8 16" || a.cells("李娜") != "    " {
		t.Errorf("after a change: north %q, E2 %q", a.cells("North"), a.cells("李娜"))
	}

	bad := c.do("PUT", "/api/targets", `{"items":[{"metric":"won_deals","person":"E1","period":"2026-Q2","value":"1"},{"metric":"won_deals","person":"E9","period":"2026-Q2","value":"1"}]}`).is(422)
	if bad.at("field") != "items[1].person" {
		t.Errorf("field %v", bad.at("field"))
	}
	if got := c.get(grid).cells("张伟"); got != "40+ 8 8 8 16" {
		t.Errorf("a refused list left something: %q", got)
	}

	e := s.as("employee", "E1")
	own := e.get(grid).is(200)
	if own.cells("张伟") != "40+ 8 8 8 16" || own.cells("李娜") != "not there" || own.at("editable") != false {
		t.Errorf("an employee sees %s", own.Body)
	}
	e.do("PUT", "/api/targets", `{"items":[]}`).is(403)
}

// A page that asks for no metric opens on one that has targets; money is told in its currency's places, also where a part
// of a spread has more of them.
func TestTargetsOpenWhereThereAreSome(t *testing.T) {
	s := sqlite(t)
	c := s.admin()
	if got := c.get("/api/targets?year=2026").is(200).at("metric.key"); got != "won_deals" {
		t.Errorf("without targets it opens on %v, want the metric that a plan judges", got)
	}
	c.do("POST", "/api/metrics", `{"key":"a_amount","name":{"zh":"赢单金额","en":"Amount"},"object":"deal","date":"closed","person":"owner","measure":{"kind":"sum","value":"amount"}}`).is(201)
	c.do("PUT", "/api/targets", `{"items":[{"metric":"a_amount","person":"E1","period":"2026-Q1","value":"1000"}]}`).is(200)
	a := c.get("/api/targets?year=2026&parts=month").is(200)
	if a.at("metric.key") != "a_amount" {
		t.Errorf("opens on %v, want the metric that has a target", a.at("metric.key"))
	}
	c.do("POST", "/api/definitions", "persons: [{key: E1, name: 张伟, joined_on: 2026-01-11}]").is(200)
	c.do("PUT", "/api/targets", `{"items":[{"metric":"won_deals","person":"E1","period":"2026-Q1","value":"10"}]}`).is(200)
	// 80 of the 90 days.
	if got := c.get("/api/targets?year=2026&metric=won_deals").cells("North"); got != " 8.9   " {
		t.Errorf("a team's 10 deals held in part: %q", got)
	}
	if got := c.get("/api/targets?year=2026").cells("North"); got != " 888.89   " {
		t.Errorf("a team's ¥1,000 held in part: %q", got)
	}
}

func TestTargetsAreImportedFromTables(t *testing.T) {
	c := sqlite(t).admin().with("Content-Type", "text/csv")
	a := c.do("POST", "/api/targets/import?metric=won_deals", "\ufeff姓名,2026-Q1,2026-Q2\n张伟,\"1,000\",2\nE2,3,\n").is(200)
	if a.at("read") != 3.0 || a.at("changed") != 3.0 {
		t.Errorf("wide table: %s", a.Body)
	}
	c.do("POST", "/api/targets/import", "metric,team,period,value,spread\nwon_deals,north,2026,90,1 2 3 3\n").is(200)
	g := c.get("/api/targets?metric=won_deals&year=2026")
	if g.cells("张伟") != " 1000+ 2+  " || g.cells("North") != "90+ 10 20 30 30" {
		t.Errorf("张伟 %q, north %q", g.cells("张伟"), g.cells("North"))
	}
	for text, where := range map[string]string{
		"person,2026-Q1\nE1,1\nE9,2\n": "3 person", "person,2026-Q1\nE1,much\n": "2 value", "person,2026-Q9\nE1,1\n": "<nil> <nil>", "person,2026-Q1\nE1\n": "2 <nil>",
	} {
		bad := c.do("POST", "/api/targets/import?metric=won_deals", text).is(422)
		if got := fmt.Sprint(bad.at("row"), " ", bad.at("field")); got != where {
			t.Errorf("%q: problem at %q, want %q: %s", text, got, where, bad.Body)
		}
	}
}
