package api_test

import (
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// Whoever watches the server needs no account, and learns that the database is gone.
func TestHealth(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		nobody := &client{shop: serve(t, d)}
		if got := nobody.get("/healthz").is(200); string(got.Body) != "ok\n" {
			t.Errorf("got %q", got.Body)
		}
		check(t, d.Close())
		nobody.get("/healthz").is(503)
	})
}
