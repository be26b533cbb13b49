package rule_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/rule"
)

// everyWord is a plan's own part of a definition, as people write it.
type everyWord struct {
	Gates     []rule.Gate      `json:"gates"`
	Proration rule.Proration   `json:"proration"`
	Ramp      []rule.RampStep  `json:"ramp"`
	RampOn    rule.RampOn      `json:"ramp_on"`
	Split     []rule.SplitPart `json:"split"`
	Budget    *rule.Budget     `json:"budget"`
}

// TestWholeSentences keeps whole plans in words, to be read by people: what a golden file says is what a plan page says.
// LAUREL_UPDATE=1 writes it again.
func TestWholeSentences(t *testing.T) {
	others := map[string]rule.Named{
		"rating":     {Name: i18n.T("客户好评率", "Positive-rating rate"), Measure: rule.Measure{Unit: i18n.Same("%")}},
		"response":   {Name: i18n.T("平均首次响应", "Average first response"), Measure: rule.Measure{Unit: i18n.T("分钟", "minutes")}},
		"complaints": {Name: i18n.T("投诉", "Complaints"), Measure: rule.Measure{Unit: i18n.T("件", "complaints"), Additive: true}},
		"cash":       {Name: i18n.T("回款金额", "Cash collected"), Measure: rule.Measure{Scale: 2, Currency: "CNY", Additive: true}},
	}
	around := func(c rule.Context) rule.Context {
		return with(c, func(c *rule.Context) { c.Metrics = others })
	}
	team := around(with(sales, func(c *rule.Context) { c.Subject, c.Reward = rule.Team, cash500 }))
	month := around(with(sales, func(c *rule.Context) { c.Period, c.Reward = calendar.Month, cash500 }))
	const ramp = `"ramp":[{"below":3,"percent":"50%"},{"below":6,"percent":"80%"}]`
	const split = `"split":[{"to":"self","share":"70%"},{"to":"manager","share":"30%"}]`
	cases := []struct {
		name, shape, params string
		c                   rule.Context
		around              string
	}{
		{"commission, rating, 70/30", "rate", `{` + tiers5812 + `}`, around(sales), `{"gates":[{"metric":"rating","value":"95%"}],` + split + `}`},
		{"two gates", "every", `{"size":"10"}`, around(deals), `{"gates":[{"metric":"rating","compare":"above","value":"0.9"},{"metric":"response","compare":"at_most","value":"30"}]}`},
		{"counted gate", "reach", `{"steps":[{"at":"20"}]}`, around(deals), `{"gates":[{"metric":"complaints","compare":"at_most","value":"2"}]}`},
		{"no complaint at all", "reach", `{"steps":[{"at":"20"}]}`, around(deals), `{"gates":[{"metric":"complaints","compare":"at_most","value":"0"}]}`},
		{"more than so many", "reach", `{"steps":[{"at":"20"}]}`, around(deals), `{"gates":[{"metric":"complaints","compare":"above","value":"3","window":"year"}]}`},
		{"a gate of the period before", "every", `{"size":"100000"}`, month, `{"gates":[{"metric":"rating","value":"0.955","window":"previous"}]}`},
		{"a gate on a longer window", "every", `{"size":"50000"}`, month, `{"gates":[{"metric":"cash","value":"100000","window":"quarter"}]}`},
		{"a window as long as the period", "rate", `{"tiers":[{"rate":"5%"}]}`, around(sales), `{"gates":[{"metric":"cash","value":"100000","window":"quarter"}]}`},
		{"prorated amount", "reach", `{"steps":[{"at":"20"}]}`, around(deals), `{"proration":"amount"}`},
		{"prorated lines", "reach", `{"steps":[{"at":"1000000"}]}`, month, `{"proration":"thresholds"}`},
		{"ramp on amounts", "every", `{"size":"10"}`, around(deals), `{` + ramp + `}`},
		{"ramp on lines", "reach", `{"steps":[{"at":"20"}]}`, around(deals), `{` + ramp + `,"ramp_on":"targets"}`},
		{"one month", "reach", `{"steps":[{"at":"20"}]}`, around(deals), `{"ramp":[{"below":1,"percent":"50%"}]}`},
		{"nothing at first", "reach", `{"steps":[{"at":"20"}]}`, around(deals), `{"ramp":[{"below":1,"percent":"0"},{"below":3,"percent":"62.5%"}]}`},
		{"a person gets a share", "rate", `{"tiers":[{"rate":"5%"}]}`, around(sales), `{"split":[{"to":"self","share":"0.9"},{"to":"person","person":"li","share":"10%"}]}`},
		{"a team shares equally", "reach", `{"steps":[{"at":"1000000"}]}`, team, `{"split":[{"to":"members","share":"100%"}]}`},
		{"a team shares by value", "reach", `{"steps":[{"at":"1000000"}]}`, team, `{"split":[{"to":"members","share":"100%","by":"value"}]}`},
		{"a team keeps a part", "reach", `{"steps":[{"at":"1000000"}]}`, team, `{"split":[{"to":"self","share":"20%"},{"to":"members","share":"80%","by":"days"}]}`},
		{"a budget", "every", `{"size":"10"}`, around(deals), `{"budget":{"amount":"20000"}}`},
		{"a budget, nothing for the last", "rank", `{"places":3}`, around(deals), `{"budget":{"amount":"1200.50","short":"nothing"}}`},
		{"everything", "rate", `{` + tiers5812 + `,"cap":"50000"}`, around(sales),
			`{"gates":[{"metric":"rating","value":"95%"},{"metric":"complaints","compare":"at_most","value":"1"}],"proration":"amount",` + ramp + `,` + split + `,"budget":{"amount":"100000"}}`},
	}
	var out strings.Builder
	for _, k := range cases {
		var w everyWord
		if err := json.Unmarshal([]byte(k.around), &w); err != nil {
			t.Fatalf("%s: %v", k.name, err)
		}
		a := rule.Around{Gates: w.Gates, Proration: w.Proration, Ramp: w.Ramp, RampOn: w.RampOn, Split: w.Split, Budget: w.Budget, People: map[string]string{"li": "李娜"}}
		if bad := a.Check(k.c, true); len(bad) > 0 {
			t.Fatalf("%s: %v", k.name, bad[0])
		}
		s, around := decode(t, k.shape, k.params).Sentence(k.c), a.Sentence(k.c)
		out.WriteString(k.name + "\n  " + s.ZH + around.ZH + "\n  " + s.EN + " " + around.EN + "\n")
	}
	file := filepath.Join("testdata", "sentences.txt")
	if os.Getenv("LAUREL_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != out.String() {
		t.Errorf("the sentences are no longer those of %s; read the new ones and run with LAUREL_UPDATE=1:\n%s", file, out.String())
	}
}
