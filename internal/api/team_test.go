package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// under puts a person of the company under a manager from 2020 on.
func (c *client) under(person, manager string) {
	c.Helper()
	id, boss := c.personID(person), c.personID(manager)
	c.do("PUT", fmt.Sprintf("/api/people/%d/managers", id), fmt.Sprintf(`[{"manager_id":%d,"from":"2020-01-01"}]`, boss)).is(200)
}

func (c *client) personID(key string) int64 {
	c.Helper()
	return int64(c.get("/api/people?search=" + key).at("items.0.id").(float64))
}

func TestAManagerSeesTheirPeople(t *testing.T) {
	s := sqlite(t)
	s.admin().publish("private")
	s.admin().under("E1", "E3")
	boss := s.as("manager", "E3")

	team := boss.get("/api/my/team").is(200)
	if team.at("total") != 1.0 || team.at("people.0.person.name") != "张伟" || team.at("people.0.next.plan.key") != "per-deal" {
		t.Errorf("got %s", team.Body)
	}
	standing := boss.get("/api/plans/per-deal/standing?period=2026-Q1").is(200)
	if standing.at("rows.0.is_mine") != true || standing.at("rows.0.subject.name") != "张伟" {
		t.Errorf("got %s", standing.Body)
	}
	if got := s.as("employee", "E2").get("/api/my/team").is(200); got.at("total") != 0.0 {
		t.Errorf("who manages nobody has a team: %s", got.Body)
	}
}

func TestAwardsBehindAFigure(t *testing.T) {
	s := sqlite(t)
	c := s.admin()
	c.publish("full") // ¥500.00 earned on 2026-02-03
	me := c.personID("E1")
	cases := []struct {
		name, query string
		awards      int
	}{
		{"of the kind", "kind=cash", 1},
		{"of another kind", "kind=badge", 0},
		{"in the currency", "currency=CNY", 1},
		{"in another currency", "currency=USD", 0},
		{"within the days", "from=2026-02-03&to=2026-02-04", 1},
		{"before the first day", "from=2026-02-04", 0},
		{"on the day after the last", "to=2026-02-03", 0},
		{"own", fmt.Sprintf("person=%d&own=true", me), 1},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if got := c.get("/api/awards?" + tc.query).is(200); len(got.list()) != tc.awards {
				t.Errorf("%d awards, want %d: %s", len(got.list()), tc.awards, got.Body)
			}
		})
	}
	c.get("/api/awards?from=yesterday").problem(422, "bad_date", "from")
}

func TestTeamsAwardsAreNotOnesOwn(t *testing.T) {
	s := sqlite(t)
	c := s.admin()
	team := strings.NewReplacer(`"key":"per-deal"`, `"key":"team-deal"`, `"audience"`, `"subject":"team","audience"`).Replace(perDeal("full"))
	c.do("POST", "/api/plans", team).is(201)
	c.do("POST", "/api/plans/team-deal/publish", `{"effective_from":"2026-01-01"}`).is(200)
	c.publish("full")
	me := c.personID("E1")
	all, own := c.get(fmt.Sprintf("/api/awards?person=%d", me)), c.get(fmt.Sprintf("/api/awards?person=%d&own=true", me))
	if len(all.is(200).list()) != 2 || len(own.is(200).list()) != 1 || own.at("items.0.subject.kind") != "person" {
		t.Errorf("all: %s\nown: %s", all.Body, own.Body)
	}
}

// TestATeamsAwards: what one team got can be listed without those of all others.
func TestATeamsAwards(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := serve(t, d).admin()
		team := strings.NewReplacer(`"key":"per-deal"`, `"key":"team-deal"`, `"audience"`, `"subject":"team","audience"`).Replace(perDeal("full"))
		c.do("POST", "/api/plans", team).is(201)
		c.do("POST", "/api/plans/team-deal/publish", `{"effective_from":"2026-01-01"}`).is(200)
		c.publish("full")
		other := jsonNumber(c.do("POST", "/api/units", `{"kind":"team","key":"south","name":{"zh":"南区","en":"South"}}`).is(201).at("id"))
		id := jsonNumber(c.get("/api/plans/team-deal/standing?period=2026-Q1").is(200).at("rows.0.subject.id"))
		if got := c.get("/api/awards?unit=" + id).is(200); len(got.list()) != 1 || got.at("items.0.subject.kind") != "team" {
			t.Errorf("the team's awards: %s", got.Body)
		}
		if got := c.get("/api/awards?unit=" + other).is(200); len(got.list()) != 0 {
			t.Errorf("another team's awards: %s", got.Body)
		}
		c.get("/api/awards?unit=999999").problem(404, "unit_not_found", "")
		c.get("/api/awards?person="+jsonNumber(c.get("/api/people?search=E1").at("items.0.id"))+"&unit="+id).problem(422, "person_and_unit", "unit")
	})
}

// TestHiddenAmountsCannotBeWorkedOut: one's value times a published rule is the amount, so a plan that hides amounts hides
// the value too.
func TestHiddenAmountsCannotBeWorkedOut(t *testing.T) {
	s := sqlite(t)
	s.admin().publish("amount_hidden")
	id := jsonNumber(s.admin().get("/api/awards").at("items.0.id"))
	other, self := s.as("employee", "E2"), s.as("employee", "E1")

	hidden := other.get("/api/awards/" + id).is(200)
	if hidden.at("quantity") != 0.0 || hidden.at("records.0.value") != "" || len(hidden.json()["steps"].([]any)) != 0 {
		t.Errorf("a colleague reads %s", hidden.Body)
	}
	row := other.get("/api/plans/per-deal/standing?period=2026-Q1").is(200)
	if row.at("rows.0.hidden") != true || row.at("rows.0.value") != "" || row.at("rows.0.awards") != 0.0 ||
		row.at("rows.0.progress.value") != "" || row.at("rows.0.progress.ratio") != 0.0 {
		t.Errorf("a colleague reads %s", row.Body)
	}
	if got := self.get("/api/awards/" + id).is(200); got.at("records.0.value") != "1" || got.at("quantity") != 1.0 {
		t.Errorf("the person reads %s", got.Body)
	}
}

// TestEarnedBeforeIsTheWholeQuarter: what a finished quarter came to, whenever in it the awards are dated.
func TestEarnedBeforeIsTheWholeQuarter(t *testing.T) {
	s := sqlite(t)
	c := s.admin()
	zone := time.FixedZone("CST", 8*3600)
	cal := calendar.Calendar{Zone: zone}
	quarter := cal.PeriodOf(calendar.Quarter, calendar.DayAt(time.Now(), zone))
	before := cal.PeriodOf(calendar.Quarter, quarter.From-1)
	c.do("POST", "/api/plans", perDeal("full")).is(201)
	c.do("POST", "/api/plans/per-deal/publish", fmt.Sprintf(`{"effective_from":%q}`, before.From)).is(200)
	for i, day := range []calendar.Day{before.From, before.To - 1, quarter.From} {
		c.do("POST", deals, fmt.Sprintf(`{"values":{"name":"D%d","stage":"won","closed":%q,"owner":%d}}`, i, day, c.personID("E1"))).is(201)
	}
	check(t, c.engine.CatchUp(t.Context()))
	mine := s.as("employee", "E1").get("/api/my/rewards").is(200)
	if mine.at("earned_before.amount") != "1000.00" || mine.at("earned.amount") != "500.00" || mine.at("period_before.label") != before.Label {
		t.Errorf("got %v before %v, want all of %s", mine.at("earned_before"), mine.at("earned"), before.Label)
	}
}
