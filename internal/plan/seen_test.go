package plan

import (
	"testing"

	"laurel/internal/calendar"
)

// TestAPlanIsNoMoreOpenThanWhatItBuildsOn: the value of a kicker is the amount of its base.
func TestAPlanIsNoMoreOpenThanWhatItBuildsOn(t *testing.T) {
	april, july := calendar.Day(20000), calendar.Day(20091)
	published := func(no int64, from calendar.Day, def Def) Version {
		return Version{No: no, Status: Published, From: from, Until: calendar.MaxDay, Def: def}
	}
	plans := []*Plan{
		{Key: "open", Versions: []Version{published(1, april, Def{Key: "open"})}},
		{Key: "hidden", Versions: []Version{published(1, april, Def{Key: "hidden", Visibility: AmountHidden})}},
		{Key: "private", Versions: []Version{published(1, april, Def{Key: "private", Visibility: Private})}},
		{Key: "opened", Versions: []Version{
			published(1, april, Def{Key: "opened", Visibility: Private}), published(2, july, Def{Key: "opened"}),
		}},
		{Key: "kicker", Versions: []Version{published(1, april, Def{Key: "kicker", Earned: "hidden"})}},
		{Key: "draft", Versions: []Version{{No: 1, Status: Draft, Def: Def{Key: "draft", Visibility: Private}}}},
	}
	first, second := calendar.Window{From: april, To: july}, calendar.Window{From: july, To: july + 92}
	cases := []struct {
		name   string
		def    Def
		window calendar.Window
		want   Visibility
		by     string
	}{
		{"on an open plan", Def{Earned: "open"}, first, Full, ""},
		{"on one without amounts", Def{Earned: "hidden"}, first, AmountHidden, "hidden"},
		{"itself more closed", Def{Earned: "hidden", Visibility: Private}, first, Private, ""},
		{"equally closed", Def{Earned: "hidden", Visibility: AmountHidden}, first, AmountHidden, ""},
		{"of reports", Def{Earned: "private", Rollup: Tree}, first, Private, "private"},
		{"two plans down", Def{Earned: "kicker"}, first, AmountHidden, "hidden"},
		{"a version that judged the period", Def{Earned: "opened"}, first, Private, "opened"},
		{"after it was opened", Def{Earned: "opened"}, second, Full, ""},
		{"over both", Def{Earned: "opened"}, calendar.Window{From: april, To: july + 92}, Private, "opened"},
		{"on a draft", Def{Earned: "draft"}, first, Private, "draft"},
		{"on a metric", Def{Metric: "deals"}, first, Full, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got, by := tc.def.SeenIn(plans, tc.window)
			if key := keyOf(by); got != tc.want || key != tc.by {
				t.Errorf("%s because of %q, want %s because of %q", got, key, tc.want, tc.by)
			}
		})
	}
}

func keyOf(p *Plan) string {
	if p == nil {
		return ""
	}
	return p.Key
}
