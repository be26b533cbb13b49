package api_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// heard is one event of a stream.
type heard struct{ name, id, data string }

// listen opens the stream as somebody; events come on the channel until the test ends.
func (c *client) listen(lastID string) <-chan heard {
	c.Helper()
	ctx, stop := context.WithCancel(context.Background())
	c.Cleanup(stop)
	r, err := http.NewRequestWithContext(ctx, "GET", c.url+"/api/events", nil)
	check(c.T, err)
	r.Header.Set("Cookie", "laurel_session="+c.cookie)
	if lastID != "" {
		r.Header.Set("Last-Event-ID", lastID)
	}
	resp, err := http.DefaultClient.Do(r)
	check(c.T, err)
	c.Cleanup(func() { resp.Body.Close() })
	if resp.Header.Get("Content-Type") != "text/event-stream" {
		c.Fatalf("the stream is %d %s", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	out := make(chan heard, 1000)
	go func() {
		defer close(out)
		var e heard
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch name {
			case "event":
				e.name = value
			case "id":
				e.id = value
			case "data":
				e.data = value
			case "":
				if e.name != "" {
					out <- e
				}
				e = heard{}
			}
		}
	}()
	return out
}

// await is the next event of a name, within five seconds.
func (s *shop) await(events <-chan heard, name string) heard {
	s.Helper()
	timeout := time.After(5 * time.Second)
	for {
		select {
		case e := <-events:
			if e.name == name {
				return e
			}
		case <-timeout:
			s.Fatalf("no event %q came", name)
		}
	}
}

// next is the next event, within five seconds.
func (s *shop) next(events <-chan heard) heard {
	s.Helper()
	select {
	case e := <-events:
		return e
	case <-time.After(5 * time.Second):
		s.Fatal("no event came")
		return heard{}
	}
}

func TestStreamDeliversAndResumes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := serve(t, d).admin()
		events := c.listen("")
		c.await(events, "hello")
		c.do("POST", deals, `{"values":{"name":"A"}}`).is(201)
		first := c.await(events, "change")
		if !strings.Contains(first.data, `"object":"deal"`) || !strings.Contains(first.data, `"kind":"create"`) {
			t.Fatalf("got %v", first)
		}
		second := c.do("POST", deals, `{"values":{"name":"B"}}`).is(201)
		resumed := c.await(c.listen(first.id), "change")
		if !strings.Contains(resumed.data, `"record_id":`+jsonNumber(second.at("id"))) {
			t.Errorf("resuming after %s gave %v", first.id, resumed)
		}
		c.await(c.listen("999999.0"), "reset")
		c.await(c.listen("nonsense"), "reset")
	})
}

func TestStreamSaysManyOnce(t *testing.T) {
	c := sqlite(t).admin()
	events := c.listen("")
	c.await(events, "hello")
	c.do("POST", "/api/objects/deal/batch", "["+strings.Repeat(`{"values":{"name":"A"}},`, 400)+`{"values":{"name":"B"}}]`).is(200)
	if got := c.await(events, "change"); !strings.Contains(got.data, `"kind":"many"`) {
		t.Errorf("got %v", got)
	}
}

func TestStreamSaysWhoChangedSomething(t *testing.T) {
	s := sqlite(t)
	c, other := s.admin(), s.as("employee", "E2")
	made := c.do("POST", deals, `{"values":{"name":"A"}}`).is(201)
	name := c.get("/api/people?search=E2").at("items.0.name").(string)
	events := c.listen("")
	c.await(events, "hello")
	other.do("PATCH", deals+"/"+jsonNumber(made.at("id")), `{"values":{"name":"B"}}`).is(200)
	if got := c.await(events, "change"); !strings.Contains(got.data, `"by":"`+name+`"`) {
		t.Errorf("got %v, want a change by %s", got, name)
	}
}

// What somebody may see can change while the stream is open: awards of others end with the role that showed them.
func TestStreamFollowsRoles(t *testing.T) {
	s := sqlite(t)
	admin := s.admin()
	deal := admin.publish("private")
	finance := s.as("finance", "E3")
	account := "/api/accounts/" + jsonNumber(finance.get("/api/me").at("account.id"))
	events := finance.listen("")
	s.await(events, "hello")
	move := func(stage string) {
		admin.do("PATCH", deal, `{"values":{"stage":"`+stage+`"}}`).is(200)
		check(t, s.engine.CatchUp(context.Background()))
	}
	move("open")
	s.await(events, "award")

	admin.do("PATCH", account, `{"roles":["employee"]}`).is(200)
	move("won")
	admin.do("POST", "/api/units", `{"key":"later","kind":"team","name":{"zh":"后来","en":"Later"}}`).is(201)
	for e := s.next(events); !strings.Contains(e.data, "@unit"); e = s.next(events) {
		if e.name == "award" {
			t.Fatalf("an employee hears of somebody else's award: %v", e)
		}
	}

	admin.do("PATCH", account, `{"disabled":true}`).is(200)
	move("open")
	timeout := time.After(5 * time.Second)
	for {
		select {
		case e, open := <-events:
			if !open {
				return
			}
			if e.name == "award" {
				t.Fatalf("a disabled account hears of an award: %v", e)
			}
		case <-timeout:
			t.Fatal("the stream of a disabled account stays open")
		}
	}
}

func TestStreamNeedsASignIn(t *testing.T) {
	(&client{shop: sqlite(t)}).get("/api/events").problem(401, "sign_in_required", "")
}
