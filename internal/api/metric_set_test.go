package api_test

import "testing"

func TestMetricSetsAreListedPreviewedAndAdded(t *testing.T) {
	s := sqlite(t)
	c := s.admin()
	if sets := c.get("/api/metric-sets").is(200).at("items").([]any); len(sets) != 4 {
		t.Fatalf("%d sets", len(sets))
	}
	before := len(c.get("/api/metrics").at("items").([]any))
	a := c.do("POST", "/api/metric-sets/sales?dry_run=true", `{}`).is(200)
	if a.at("mapping").(map[string]any)["deal"] != "deal" {
		t.Errorf("guess: %s", a.Body)
	}
	if now := len(c.get("/api/metrics").at("items").([]any)); now != before {
		t.Errorf("a dry run left %d metrics in place of %d", now, before)
	}
	added := int(c.do("POST", "/api/metric-sets/sales", `{}`).is(200).at("added").(float64))
	if now := len(c.get("/api/metrics").at("items").([]any)); now != before+added || added == 0 {
		t.Errorf("%d added, %d metrics in place of %d", added, now, before)
	}
	bad := c.do("POST", "/api/metric-sets/sales", `{"mapping":{"deal.closed":"nowhere"}}`).is(422)
	if bad.at("field") != "mapping.deal.closed" {
		t.Errorf("field %v", bad.at("field"))
	}
	c.do("POST", "/api/metric-sets/sale", `{}`).is(404)
	s.as("employee", "E1").do("POST", "/api/metric-sets/sales", `{}`).is(403)
}
