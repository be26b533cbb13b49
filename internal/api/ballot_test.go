package api_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

const ballots = "/api/objects/deal/records"

// vote makes a plan that counts deals as ballots, in which the helper votes for the owner, and one that pays for any vote.
func (s *shop) vote() *client {
	s.Helper()
	c := s.admin()
	c.do("PATCH", "/api/objects/deal", `{"fields":[{"key":"helper","name":{"zh":"投票人","en":"Voter"},"type":"person"}]}`).is(200)
	c.do("POST", "/api/metrics", `{"key":"votes","name":{"zh":"选票","en":"Votes"},"object":"deal","date":"closed","person":"owner","by":"helper","measure":{"kind":"count"}}`).is(201)
	c.do("POST", "/api/metrics", `{"key":"cast","name":{"zh":"投票数","en":"Cast"},"object":"deal","date":"closed","person":"owner","measure":{"kind":"count"}}`).is(201)
	c.do("POST", "/api/plans", `{"key":"star","name":{"zh":"季度之星","en":"Star"},"metric":"votes","shape":"nominate","params":{},"reward":{"kind":"cash","amount":"500"},"period":"quarter","effective_from":"2026-01-01"}`).is(201)
	c.do("POST", "/api/plans/star/publish", `{"effective_from":"2026-01-01"}`).is(200)
	c.do("POST", "/api/plans", `{"key":"any","name":{"zh":"得票奖","en":"Any"},"metric":"cast","shape":"reach","params":{"steps":[{"at":1}]},"reward":{"kind":"cash","amount":"5"},"period":"quarter","effective_from":"2026-01-01"}`).is(201)
	c.do("POST", "/api/plans/any/publish", `{"effective_from":"2026-01-01"}`).is(200)
	check(s.T, s.engine.CatchUp(context.Background()))
	return c
}

func (c *client) idOf(key string) string {
	c.Helper()
	return jsonNumber(c.get("/api/people?search=" + key).at("items.0.id"))
}

func ballotOf(name, voter, nominee string) string {
	return fmt.Sprintf(`{"external_id":%q,"values":{"name":%q,"stage":"won","closed":"2026-02-03","helper":%s,"owner":%s}}`, name, name, voter, nominee)
}

func TestBallotsAreSecret(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin := s.vote()
		zhang, li, wang := admin.idOf("E1"), admin.idOf("E2"), admin.idOf("E3")
		theirs := admin.do("POST", ballots, ballotOf("Lis-ballot", li, zhang)).is(201)
		path := ballots + "/" + jsonNumber(theirs.at("id"))
		voter := s.as("employee", "E3")
		events := voter.listen("")
		voter.await(events, "hello")
		own := voter.do("POST", ballots, ballotOf("Wangs-ballot", wang, zhang)).is(201)
		if told := voter.await(events, "change"); strings.Contains(told.data, `"by"`) || !strings.Contains(told.data, `"record_id":0`) {
			t.Errorf("everybody is told who voted: %s", told.data)
		}
		check(t, s.engine.CatchUp(context.Background()))

		for _, who := range []*client{voter, s.as("finance", "E1")} {
			for _, at := range []string{"", "/history", "/awards"} {
				who.get(path+at).problem(403, "secret_ballot", "values.helper")
			}
			for _, page := range []string{ballots, ballots + "?search=Lis", ballots + "?filter=" + "helper==" + li, "/api/search?q=Lis-ballot"} {
				if got := who.get(page); strings.Contains(string(got.Body), "Lis-ballot") {
					t.Errorf("%s: %s", page, got.Body)
				}
			}
			for _, award := range who.get("/api/awards").is(200).list() {
				opened := who.get("/api/awards/" + jsonNumber(award["id"])).is(200)
				if text := string(opened.Body); strings.Contains(text, "-ballot") || strings.Contains(text, `"object":"deal"`) || opened.at("records_total") != 0.0 {
					t.Errorf("an award names ballots: %s", text)
				}
			}
		}
		if got := voter.get("/api/awards").is(200).list(); len(got) != 2 {
			t.Errorf("the tally pays %v", got)
		}
		if got := voter.get(ballots).is(200); len(got.list()) != 1 || got.at("items.0.external_id") != "Wangs-ballot" {
			t.Errorf("one's own ballots: %s", got.Body)
		}
		if got := admin.get(ballots).is(200).list(); len(got) != 2 {
			t.Errorf("who keeps the data sees %v", got)
		}

		voter.do("PATCH", path, `{"values":{"helper":`+wang+`}}`).problem(403, "secret_ballot", "values.helper")
		voter.do("DELETE", path, nil).problem(403, "secret_ballot", "values.helper")
		voter.do("POST", ballots, ballotOf("stuffed", li, wang)).problem(403, "secret_ballot", "values.helper")
		voter.do("POST", ballots, ballotOf("Lis-ballot", wang, zhang)).problem(409, "secret_ballot", "external_id")
		voter.do("POST", "/api/objects/deal/batch", `[`+ballotOf("stuffed", li, wang)+`]`).problem(403, "secret_ballot", "values.helper")
		mine := ballots + "/" + jsonNumber(own.at("id"))
		voter.do("PATCH", mine, `{"values":{"helper":`+li+`}}`).problem(403, "secret_ballot", "values.helper")
		voter.do("PATCH", mine, `{"values":{"owner":`+li+`}}`).is(200)
		if got := admin.get(ballots + "?search=stuffed").is(200).list(); len(got) != 0 {
			t.Errorf("a refused ballot stays: %v", got)
		}
		manager := s.as("manager", "E2")
		manager.do("POST", ballots, ballotOf("paper", zhang, li)).problem(403, "secret_ballot", "values.helper")
		file := "/api/imports/" + jsonNumber(manager.upload(t, "votes.csv", "name,helper,owner,closed\npaper,E1,E2,2026-02-03\n").is(201).at("id"))
		manager.do("PUT", file+"/mapping", `{"object":"deal","key":"name","columns":[{"column":"name","field":"name"},{"column":"helper","field":"helper"},{"column":"owner","field":"owner"},{"column":"closed","field":"closed"}]}`).is(200)
		manager.do("POST", file+"/check", nil).problem(403, "secret_ballot", "object")
		manager.do("POST", file+"/run", nil).problem(403, "secret_ballot", "object")
		if got := admin.get(ballots + "?search=paper").is(200).list(); len(got) != 0 {
			t.Errorf("votes were brought in for others: %v", got)
		}
	})
}

// What a draft of such a plan names is secret from the draft on: nobody reads early votes until the plan is published.
func TestBallotsOfADraftAreSecret(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin := s.admin()
		admin.do("PATCH", "/api/objects/deal", `{"fields":[{"key":"helper","name":{"zh":"投票人","en":"Voter"},"type":"person"}]}`).is(200)
		admin.do("POST", "/api/metrics", `{"key":"votes","name":{"zh":"选票","en":"Votes"},"object":"deal","date":"closed","person":"owner","by":"helper","measure":{"kind":"count"}}`).is(201)
		path := ballots + "/" + jsonNumber(admin.do("POST", ballots, ballotOf("early", admin.idOf("E2"), admin.idOf("E1"))).is(201).at("id"))
		designer := s.as("designer", "E3")
		designer.get(path).is(200) // no plan has said yet that these are ballots
		designer.do("POST", "/api/plans", `{"key":"star","name":{"zh":"季度之星","en":"Star"},"metric":"votes","shape":"nominate","params":{},"reward":{"kind":"cash","amount":"500"},"period":"quarter"}`).is(201)
		designer.get(path).problem(403, "secret_ballot", "values.helper")
		if got := designer.get(ballots).is(200).list(); len(got) != 0 {
			t.Errorf("a designer reads the ballots of a draft: %v", got)
		}
		admin.get(path).is(200)
	})
}

// Once votes are cast, nobody but who keeps the data does what would open them.
func TestCastBallotsStaySecret(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin := s.admin()
		admin.do("PATCH", "/api/objects/deal", `{"fields":[{"key":"helper","name":{"zh":"投票人","en":"Voter"},"type":"person"}]}`).is(200)
		const votes = `{"key":"votes","name":{"zh":"选票","en":"Votes"},"object":"deal","date":"closed","person":"owner","by":"helper","measure":{"kind":"count"}}`
		admin.do("POST", "/api/metrics", votes).is(201)
		const star = `{"key":"star","name":{"zh":"季度之星","en":"Star"},"metric":"votes","shape":"nominate","params":{},"reward":{"kind":"cash","amount":"500"},"period":"quarter"}`
		another := strings.Replace(star, `"shape":"nominate","params":{}`, `"shape":"reach","params":{"steps":[{"at":1}]}`, 1)
		designer := s.as("designer", "E3")
		designer.do("POST", "/api/plans", star).is(201)
		designer.do("DELETE", "/api/plans/star/draft", nil).is(204) // nobody has voted: a draft like any other
		designer.do("POST", "/api/plans", star).is(201)
		path := ballots + "/" + jsonNumber(admin.do("POST", ballots, ballotOf("early", admin.idOf("E2"), admin.idOf("E1"))).is(201).at("id"))

		designer.do("DELETE", "/api/plans/star/draft", nil).problem(403, "secret_ballot", "")
		designer.do("PUT", "/api/plans/star/draft", another).problem(403, "secret_ballot", "")
		designer.do("PUT", "/api/metrics/votes", strings.Replace(votes, `"by":"helper",`, "", 1)).problem(403, "secret_ballot", "")
		designer.get(path).problem(403, "secret_ballot", "values.helper")
		for field, def := range map[string]string{
			"person":        `{"key":"tells","name":{"zh":"说","en":"Tells"},"object":"deal","date":"closed","person":"helper","condition":"owner != null","measure":{"kind":"count"}}`,
			"condition":     `{"key":"tells","name":{"zh":"说","en":"Tells"},"object":"deal","date":"closed","person":"owner","condition":"helper != null","measure":{"kind":"count"}}`,
			"measure.value": `{"key":"tells","name":{"zh":"说","en":"Tells"},"object":"deal","date":"closed","person":"owner","measure":{"kind":"distinct","value":"helper"}}`,
		} {
			designer.do("POST", "/api/metrics", def).problem(403, "secret_ballot", field)
			designer.do("POST", "/api/metrics/check", `{"definition":`+def+`}`).problem(403, "secret_ballot", field)
			preview := `{"definition":` + strings.Replace(another, `"votes"`, `"tells"`, 1) + `,"metric":` + def + `,"from":"2026-01-01","to":"2027-01-01"}`
			designer.do("POST", "/api/plans/preview", preview).problem(403, "secret_ballot", field)
			admin.do("POST", "/api/metrics/check", `{"definition":`+def+`}`).is(200)
		}
		admin.do("POST", "/api/objects", `{"key":"note","name":{"zh":"便条","en":"Note"},"fields":[{"key":"on","name":{"zh":"日期","en":"On"},"type":"date"},{"key":"who","name":{"zh":"人","en":"Who"},"type":"person"},{"key":"vote","name":{"zh":"选票","en":"Vote"},"type":"relation","target":"deal"}]}`).is(201)
		for field, says := range map[string]string{
			"condition":        `"date":"on","person":"who","condition":"vote.helper != null","measure":{"kind":"count"}`,
			"person":           `"date":"on","person":"vote.owner","measure":{"kind":"count"}`,
			"credit[1].person": `"date":"on","credit":[{"person":"who"},{"person":"vote.helper"}],"measure":{"kind":"count"}`,
			"by":               `"date":"on","person":"who","by":"vote.helper","measure":{"kind":"count"}`,
			"date":             `"date":"vote.closed","person":"who","measure":{"kind":"count"}`,
			"measure.value":    `"date":"on","person":"who","measure":{"kind":"distinct","value":"vote.owner"}`,
		} {
			def := `{"key":"round","name":{"zh":"绕","en":"Round"},"object":"note",` + says + `}`
			designer.do("POST", "/api/metrics", def).problem(403, "secret_ballot", field)
			designer.do("POST", "/api/metrics/check", `{"definition":`+def+`}`).problem(403, "secret_ballot", field)
			admin.do("POST", "/api/metrics/check", `{"definition":`+def+`}`).is(200)
		}
		named := strings.Replace(strings.Replace(star, `"shape":"nominate","params":{}`,
			`"shape":"rate","params":{"rows":[{"value":"`+admin.idOf("E2")+`","tiers":[{"per_unit":"1"}]}]}`, 1), `,"amount":"500"`, "", 1)
		designer.do("POST", "/api/plans", strings.Replace(named, `"star"`, `"rows"`, 1)).is(201)
		designer.do("POST", "/api/plans/rows/publish", `{"effective_from":"2026-01-01"}`).problem(422, "row_of_person", "params.rows[0].value")
		designer.do("PUT", "/api/metrics/votes", strings.Replace(votes, "选票", "得票", 1)).is(200)
		designer.do("PUT", "/api/plans/star/draft", strings.Replace(star, `"500"`, `"600"`, 1)).is(200)
		admin.do("DELETE", "/api/plans/star/draft", nil).is(204)
		designer.get(path).is(200)
	})
}
