package api

import (
	"testing"

	"laurel/internal/award"
)

// A client that comes back while records keep changing is given every award that it missed: the live part of the stream
// begins behind them, so nobody else would.
func TestMissedEventsAreTheirOwnKinds(t *testing.T) {
	until := position{change: 12, award: 7}
	cases := []struct {
		name string
		e    event
		sent bool
		id   string
	}{
		{"a change that was missed", event{at: position{12, 5}}, true, "12.5"},
		{"a change that comes live", event{at: position{13, 5}}, false, ""},
		{"a missed change read after awards beyond", event{at: position{12, 9}}, true, "12.7"},
		{"a missed award read after changes beyond", event{at: position{15, 7}, award: &award.Award{}}, true, "12.7"},
		{"an award that comes live", event{at: position{15, 8}, award: &award.Award{}}, false, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, sent := c.e.before(until)
			if sent != c.sent || sent && got.at.String() != c.id {
				t.Errorf("got %v at %s, want %v at %s", sent, got.at, c.sent, c.id)
			}
		})
	}
}
