package api

import "testing"

// An announcement comes while the hub goes on reading the log: neither may send a stream what it has.
func TestHubNeverGoesBack(t *testing.T) {
	h := newHub(nil)
	s := &stream{events: make(chan event, streamBuffer), gone: make(chan struct{})}
	h.streams[s], h.behind = struct{}{}, false

	start, next := position{10, 3}, position{12, 3}
	h.at = start
	h.deliver([]event{{at: next, name: "change"}}, start, next)
	h.announce("import", nil)
	if h.at != next {
		t.Errorf("an announcement moved the streams to %v", h.at)
	}
	if h.deliver([]event{{at: next, name: "change"}}, start, next); len(s.events) != 2 {
		t.Errorf("%d events, want the change once and the announcement", len(s.events))
	}
	if <-s.events; (<-s.events).at != next {
		t.Error("whoever resumes after the announcement gets the change again")
	}
}
