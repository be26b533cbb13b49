package api_test

import (
	"context"
	"testing"
	"time"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// proved asks for a proof and waits for its end.
func (c *client) proved() *answer {
	c.Helper()
	c.do("POST", "/api/proofs", nil).is(200)
	for range 600 {
		if got := c.get("/api/proofs").is(200); got.at("running") == false {
			return got
		}
		time.Sleep(50 * time.Millisecond)
	}
	c.Fatal("the proof does not end")
	return nil
}

// What somebody changed behind the engine's back is found and shown; who and how much only to those who may see it.
func TestProofFindsWhatWasChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		admin := s.admin()
		finance, me := s.as("finance", "E3"), s.as("employee", "E1")
		if got := me.get("/api/proofs").is(200); got.at("last") != nil || got.at("time") != "03:00" || got.at("next_at") == nil || got.at("may_start") != false {
			t.Errorf("before the first proof: %s", got.Body)
		}
		me.do("POST", "/api/proofs", nil).problem(403, "forbidden", "")
		admin.publish("full")
		if got := finance.proved(); got.at("last.counts.differences") != 0.0 || got.at("last.counts.awards") != 1.0 || got.at("last.cause") != "asked" || got.at("last.by") != "王芳" {
			t.Errorf("a company that agrees: %s", got.Body)
		}
		check(t, d.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE award SET amount = amount + 1`)
			return err
		}))
		if got := finance.proved(); got.at("last.counts.differences") != 2.0 || got.at("last.differences.0.plan") != "per-deal" || got.at("last.differences.1.kind") != "history" || got.at("runs.1.counts.differences") != 0.0 {
			t.Errorf("a planted difference: %s", got.Body)
		}
		if got := me.get("/api/proofs").is(200); got.at("last.counts.differences") != 2.0 || got.at("last.differences") != nil {
			t.Errorf("an employee sees %s", got.Body)
		}
	})
}

// A run whose process was killed is not running for ever, and keeps nobody from proving again.
func TestProofThatWasKilled(t *testing.T) {
	s := sqlite(t)
	admin := s.admin()
	long := time.Now().Add(-time.Hour).UnixMicro()
	check(t, s.db.Write(context.Background(), func(tx *db.Tx) error {
		return db.InsertRows(tx, "proof", []string{"id", "cause", "started_by", "state", "started_at", "beat_at", "ended_at", "report", "failure"},
			[][]any{{1, "nightly", "", "running", long, long, 0, "", ""}})
	}))
	if got := admin.get("/api/proofs").is(200); got.at("running") != false || got.at("runs.0.state") != "interrupted" || got.at("last") != nil {
		t.Errorf("killed: %s", got.Body)
	}
	if got := admin.proved(); got.at("runs.0.state") != "done" || got.at("runs.1.state") != "interrupted" {
		t.Errorf("proved again: %s", got.Body)
	}
}

func TestProofTime(t *testing.T) {
	s := sqlite(t)
	admin := s.admin()
	s.as("finance", "E3").do("PUT", "/api/proofs/time", map[string]string{"at": "04:30"}).problem(403, "forbidden", "")
	admin.do("PUT", "/api/proofs/time", map[string]string{"at": "25:00"}).problem(422, "bad_time", "at")
	admin.do("PUT", "/api/proofs/time", map[string]string{"at": "04:30"}).is(200)
	if got := admin.get("/api/proofs").is(200); got.at("time") != "04:30" {
		t.Errorf("got %s", got.Body)
	}
	admin.do("PUT", "/api/proofs/time", map[string]string{"at": ""}).is(200)
	if got := admin.get("/api/proofs").is(200); got.at("time") != "" || got.at("next_at") != nil {
		t.Errorf("switched off: %s", got.Body)
	}
}
