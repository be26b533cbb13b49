package api_test

import "testing"

// Forms ask for "20%" or for "20" by what the metric says of itself.
func TestAMetricSaysWhetherItIsAPercentage(t *testing.T) {
	c := sqlite(t).admin()
	for _, each := range []struct {
		key, definition string
		percent         bool
	}{
		{"sum_of_counts", `"measure":{"kind":"combine","terms":[{"metric":"won_deals","times":"3"},{"metric":"won_deals","window":"previous"}]}`, false},
		{"count", `"object":"deal","person":"owner","date":"closed","measure":{"kind":"count"}`, false},
		{"rise", `"measure":{"kind":"growth","of":"won_deals"}`, true},
		{"average_rise", `"measure":{"kind":"combine","terms":[{"metric":"rise"},{"metric":"rise","window":"previous"}]}`, true},
		{"deals_a_deal", `"measure":{"kind":"ratio","of":"won_deals","to":"won_deals"},"unit":{"zh":"倍","en":"times"}`, false},
	} {
		made := c.do("POST", "/api/metrics", `{"key":"`+each.key+`","name":{"zh":"指标","en":"Metric"},`+each.definition+`}`).is(201)
		if got := made.at("percent"); got != each.percent {
			t.Errorf("%s: a percentage is %v, expected %v", each.key, got, each.percent)
		}
	}
}
