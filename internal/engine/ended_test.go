package engine_test

import (
	"context"
	"testing"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/problem"
)

const welcome = `plans: [{key: welcome, name: 开门红, metric: won, shape: every, params: {size: 1}, reward: {kind: badge, name: 星}, period: month, effective_from: 2026-01-01, effective_until: 2026-02-01}]`

// Ending a plan that ended long ago must not bring the months since then back.
func TestAPlanThatHasEndedStaysEnded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("b", "zhang", "won", "2026-02-05", "60")
		c.apply(welcome)
		c.expect("welcome", "2026-01 张伟 1 granted")
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			return c.defs.Plans.End(tx, "test", "welcome", calendar.DayAt(time.Now(), time.UTC)+30, false)
		})
		if !problem.IsCode(err, "already_ended") {
			t.Errorf("ending it again: %v", err)
		}
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("welcome", "2026-01 张伟 1 granted")
	})
}

// A plan that is over before it begins would silently reward nobody.
func TestAPlanCannotBeginAfterItsEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(welcome)
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			p, err := c.defs.Plans.ByKey(tx, "welcome")
			if err != nil {
				return err
			}
			def := p.Versions[0].Def
			def.EffectiveFrom = nil // as a draft, which is given its day when it is published
			_, _, err = c.defs.Plans.Publish(tx, "test", def, calendar.DayOf(2027, time.January, 1), false)
			return err
		})
		if !problem.IsCode(err, "empty_window") {
			t.Errorf("published a plan that ends before it begins: %v", err)
		}
	})
}
