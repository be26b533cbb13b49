package api_test

import (
	"context"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// What a caller sees when the storage fails under a request: a problem that says so and to try again, nothing half done,
// and a server that goes on by itself as soon as the storage does.

func TestDiskFullDuringARequest(t *testing.T) {
	c := sqlite(t).admin()
	c.do("POST", deals, `{"external_id":"D-1","values":{"name":"A"}}`).is(201)
	limit := func() { // SQLite takes it as: no more pages than there are
		check(t, c.db.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(`PRAGMA max_page_count = 1`)
			return err
		}))
	}
	var rows strings.Builder
	for range 2000 {
		rows.WriteString(`{"values":{"name":"` + strings.Repeat("x", 150) + `"}}` + "\n")
	}
	for _, batch := range []string{"/api/objects/deal/batch", "/api/objects/deal/batch?atomic=true"} {
		limit()
		full := c.with("Content-Type", "application/x-ndjson").do("POST", batch, rows.String()).problem(503, "storage_full", "")
		if full.Header.Get("Retry-After") == "" || !strings.Contains(full.at("detail").(string), "disk") {
			t.Errorf("got %s, Retry-After %q", full.Body, full.Header.Get("Retry-After"))
		}
		if total := c.get(deals).is(200).at("total"); total != 1.0 {
			t.Errorf("%v records after a batch that did not fit, want the one from before", total)
		}
	}
	check(t, c.db.Write(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec(`PRAGMA max_page_count = 1073741823`); return err }))
	c.do("POST", deals, `{"values":{"name":"B"}}`).is(201)
	if total := c.get(deals).at("total"); total != 2.0 {
		t.Errorf("%v records once there is room, want 2", total)
	}
}

// The connection dies while a record is being written: after its row, before its change is in the log.
func TestDatabaseGoesAwayDuringARequest(t *testing.T) {
	c := serve(t, dbtest.Open(t, db.Postgres)).admin()
	made := c.do("POST", deals, `{"external_id":"D-1","values":{"name":"A","stage":"open"}}`).is(201)
	path := deals + "/" + jsonNumber(made.at("id"))
	exec := func(statements ...string) {
		check(t, c.db.Write(context.Background(), func(tx *db.Tx) error {
			for _, s := range statements {
				if _, err := tx.Exec(s); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	exec(`CREATE FUNCTION die() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$`,
		`CREATE TRIGGER die AFTER INSERT OR UPDATE ON o_deal FOR EACH ROW EXECUTE FUNCTION die()`)
	for _, request := range []struct{ method, path, body string }{
		{"POST", deals, `{"values":{"name":"B"}}`},
		{"PATCH", path, `{"values":{"stage":"won"}}`},
		{"POST", "/api/objects/deal/batch", `[{"values":{"name":"C"}},{"values":{"name":"D"}}]`},
	} {
		gone := c.do(request.method, request.path, request.body).problem(503, "storage_unavailable", "")
		if gone.Header.Get("Retry-After") == "" {
			t.Errorf("%s %s: no Retry-After", request.method, request.path)
		}
	}
	exec(`DROP TRIGGER die ON o_deal`)
	if got := c.get(deals).is(200); got.at("total") != 1.0 || got.at("items.0.values.stage") != "open" {
		t.Errorf("something was half done: %s", got.Body)
	}
	if n := len(c.get(path + "/history").is(200).list()); n != 1 {
		t.Errorf("%d entries in the history of a record that was only made", n)
	}
	c.do("POST", deals, `{"values":{"name":"B"}}`).is(201)
	c.do("PATCH", path, `{"values":{"stage":"won"}}`).is(200)
}

// A formula whose work would have no end is refused when it is checked, not run.
func TestEndlessFormula(t *testing.T) {
	c := sqlite(t).admin()
	for name, formula := range map[string]string{
		"nested without end": strings.Repeat("(", 1500) + "1" + strings.Repeat(")", 1500) + " > 0",
		"as many terms":      strings.TrimSuffix(strings.Repeat("seats + ", 450), "+ ") + " > 0",
	} {
		got := c.with("Content-Type", "application/json").do("POST", "/api/metrics", map[string]any{
			"key": "endless", "name": "Endless", "object": "deal", "condition": formula, "date": "closed", "person": "owner", "measure": map[string]any{"kind": "count"},
		}).is(413)
		if code, _ := got.at("code").(string); code != "expr_too_costly" || got.at("field") != "condition" {
			t.Errorf("%s: %s", name, got.Body)
		}
	}
}

func TestDaysOfAPersonCanBeCleared(t *testing.T) {
	c := sqlite(t).admin()
	made := c.do("POST", "/api/people", `{"key":"E9","name":"赵敏","joined_on":"2020-01-02","left_on":"2026-03-31"}`).is(201)
	path := "/api/people/" + jsonNumber(made.at("id"))
	if got := c.do("PATCH", path, `{"left_on":""}`).is(200).json(); got["left_on"] != nil || got["joined_on"] != "2020-01-02" {
		t.Errorf("after clearing the last day: %v", got)
	}
	if got := c.do("PATCH", path, `{"joined_on":""}`).is(200).json(); got["joined_on"] != nil {
		t.Errorf("after clearing the first day: %v", got)
	}
}
