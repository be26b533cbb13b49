package proof

import (
	"context"
	"testing"
	"time"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/verify"
)

// The nightly proof is due once a night: not before its time, not twice, and made up for when no server ran.
func TestDue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		var now time.Time
		zone := time.FixedZone("of the organisation", 8*60*60) // Asia/Shanghai
		p := New(depsOf(d), nil, func() time.Time { return now })
		since := time.Date(2026, 3, 1, 12, 0, 0, 0, zone)
		for _, step := range []struct {
			at   time.Time
			want bool
		}{
			{since, false}, // nobody proved yet, and the server has just started
			{time.Date(2026, 3, 2, 2, 59, 0, 0, zone), false},
			{time.Date(2026, 3, 2, 3, 0, 0, 0, zone), true},
			{time.Date(2026, 3, 2, 23, 0, 0, 0, zone), false},
			{time.Date(2026, 3, 5, 9, 0, 0, 0, zone), true}, // after nights without a server
			{time.Date(2026, 3, 6, 2, 0, 0, 0, zone), false},
		} {
			now = step.at
			var due bool
			if err := d.Write(ctx, func(tx *db.Tx) (err error) {
				if due, err = p.due(tx, since); err != nil || !due {
					return err
				}
				r, err := begin(tx, now, Nightly, "")
				if err != nil {
					return err
				}
				r.State, r.EndedAt = Done, now.UnixMicro()
				return end(tx, r)
			}); err != nil {
				t.Fatal(err)
			}
			if due != step.want {
				t.Errorf("at %s: due is %v", step.at, due)
			}
		}
	})
}

// A server that stops under way says so at once.
func TestStoppedUnderWay(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	ctx, stop := context.WithCancel(context.Background())
	p := New(depsOf(d), func(context.Context) error { stop(); return ctx.Err() }, nil)
	if _, err := p.Prove(ctx, Asked, "admin", nil); err == nil {
		t.Error("a stopped proof reports no error")
	}
	if err := d.Read(context.Background(), func(tx *db.Tx) error {
		runs, err := List(tx, time.Now(), 10)
		if err == nil && (len(runs) != 1 || runs[0].State != Interrupted || runs[0].EndedAt == 0) {
			t.Errorf("got %+v", runs)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func depsOf(d *db.DB) verify.Deps { return verify.Deps{DB: d} }
