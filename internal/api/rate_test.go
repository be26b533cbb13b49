package api_test

import (
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

const dollarDeals = `
objects:
  - {key: sale, name: Sale, title: no, fields: [{key: no, type: text}, {key: on, type: date}, {key: owner, type: person}, {key: amount, type: money, currency: USD}]}
metrics:
  - {key: sold, name: Sold, object: sale, date: on, person: owner, measure: {kind: sum, value: amount, currency: CNY}}
`

// Finance keeps the exchange rates; a missing one is named where rates are kept and on the metric, until it is there.
func TestExchangeRates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin, finance := s.admin(), s.as("finance", "E1")
		admin.with("Content-Type", "application/yaml").do("POST", "/api/definitions", dollarDeals).is(200)
		for _, on := range []string{"2026-01-05", "2026-01-09"} {
			admin.do("POST", "/api/objects/sale/records", `{"values":{"no":"`+on+`","on":"`+on+`","owner":"E1","amount":"100.00"}}`).is(201)
		}
		check(t, s.engine.CatchUp(t.Context()))
		missing := finance.get("/api/exchange-rates").is(200)
		for path, want := range map[string]any{
			"missing.0.currency": "USD", "missing.0.metric.key": "sold", "missing.0.first": "2026-01-05", "missing.0.last": "2026-01-09", "missing.0.records": 2.0, "editable": true,
		} {
			if got := missing.at(path); got != want {
				t.Errorf("%s is %v, want %v", path, got, want)
			}
		}
		if got := string(admin.get("/api/metrics").is(200).Body); !strings.Contains(got, `"lacks":["USD 2026-01-05","USD 2026-01-09"]`) {
			t.Errorf("the metric does not say what it lacks: %s", got)
		}
		employee := s.as("employee", "E2")
		employee.do("PUT", "/api/exchange-rates", `{"items":[{"currency":"USD","from":"2026-01-01","rate":"7"}]}`).is(403)
		if employee.get("/api/exchange-rates").is(200).at("editable") != false {
			t.Error("an employee may edit")
		}

		csv := finance.with("Content-Type", "text/csv")
		csv.do("POST", "/api/exchange-rates/import?dry_run=true", "currency,from,rate\nUSD,2026-01-01,7.1\n").is(200)
		wrong := csv.do("POST", "/api/exchange-rates/import", "currency,from,rate\nUSD,2026-01-01,7.1\nUSD,2026-01-08,-1\n\nEUR,soon,8\n").is(422)
		if wrong.at("errors.0.row") != 3.0 || wrong.at("errors.0.field") != "rate" || wrong.at("errors.1.row") != 5.0 {
			t.Errorf("wrong rows: %s", wrong.Body)
		}
		if n := len(finance.get("/api/exchange-rates").list()); n != 0 {
			t.Errorf("%d rates were kept of a file that is wrong, or of a dry run", n)
		}
		if got := csv.do("POST", "/api/exchange-rates/import", "date,USD,EUR\n2026-01-01,7.1,\n2026-01-08,7.2,8\n").is(200); got.at("created") != 3.0 {
			t.Errorf("imported %s", got.Body)
		}
		finance.do("PUT", "/api/exchange-rates", `{"items":[{"currency":"usd","from":"2026-01-08","rate":"7.3"},{"currency":"CNY","from":"2026-01-08","rate":"1"}]}`).problem(422, "base_currency", "items[1].currency")
		finance.do("PUT", "/api/exchange-rates", `{"items":[{"currency":"usd","from":"2026-01-08","rate":"7.3"}]}`).is(200)
		check(t, s.engine.CatchUp(t.Context()))
		rates := finance.get("/api/exchange-rates").is(200)
		for path, want := range map[string]any{
			"items.0.currency": "EUR", "items.1.rate": "7.3", "items.1.from": "2026-01-08", "items.2.rate": "7.1", "items.2.until": "2026-01-08", "items.1.until": nil,
		} {
			if got := rates.at(path); got != want {
				t.Errorf("%s is %v, want %v", path, got, want)
			}
		}
		if left, _ := rates.at("missing").([]any); len(left) != 0 {
			t.Errorf("still missing: %v", left)
		}
		finance.do("DELETE", "/api/exchange-rates/"+jsonNumber(rates.at("items.2.id")), nil).is(204)
		finance.do("DELETE", "/api/exchange-rates/"+jsonNumber(rates.at("items.2.id")), nil).is(404)
		check(t, s.engine.CatchUp(t.Context()))
		if got := finance.get("/api/exchange-rates").at("missing.0.records"); got != 1.0 {
			t.Errorf("without the older rate %v records lack one", got)
		}
	})
}
