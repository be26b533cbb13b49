package engine_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/problem"
	"laurel/internal/rule"
	"laurel/internal/statement"
)

// statements writes everybody's cash of a period down: awarded, adjusted, then what is owed back: before, new, taken, after.
func (c *company) statements(label string) []string {
	c.t.Helper()
	out := []string{}
	c.must(c.db.Read(context.Background(), func(tx *db.Tx) error {
		dir, err := c.people.Directory(tx)
		if err != nil {
			return err
		}
		b, err := statement.Open(tx, dir.Organisation, calendar.DayAt(c.now, dir.Organisation.Calendar().Zone))
		if err != nil {
			return err
		}
		p, ok := b.Find(label)
		if !ok {
			c.t.Fatalf("no statements of %s", label)
		}
		all, err := b.Everybody(p)
		if err != nil {
			return err
		}
		for _, person := range dir.Persons() {
			ref := rule.Ref{Kind: rule.Person, ID: person.ID}
			one, err := b.Of(ref, p)
			if err != nil {
				return err
			}
			if len(one.Cash) != len(all[ref]) {
				c.t.Errorf("%s has %d sums alone and %d among all", person.Name, len(one.Cash), len(all[ref]))
			}
			for i, k := range one.Cash {
				if other := all[ref][i]; other.Taken != k.Taken || other.After != k.After || other.Net() != k.Net() || other.Before != k.Before {
					c.t.Errorf("%s alone %+v, among all %+v", person.Name, k, other)
				}
				line := fmt.Sprintf("%s %d%+d owed %d+%d-%d=%d net %d", person.Name, k.Awarded, k.Adjusted, k.Before, k.Incurred, k.Taken, k.After, k.Net())
				for _, part := range k.Parts {
					line += fmt.Sprintf(" (%d left %d)", part.Minor, part.Left)
				}
				out = append(out, line)
			}
		}
		return nil
	}))
	return out
}

func (c *company) says(label string, want ...string) {
	c.t.Helper()
	if got := c.statements(label); !slices.Equal(got, append([]string{}, want...)) {
		c.t.Errorf("%s: got %q, want %q", label, got, want)
	}
}

// What was paid too much is taken back from later periods, at most the limit's share of each, and stays as it was closed.
func TestWhatWasPaidTooMuchIsTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		c := newCompany(t, d)                       // on 20 February 2026
		c.must(d.Write(ctx, func(tx *db.Tx) error { // the other plans would only be in the way
			for _, key := range []string{"every-two", "team-100", "commission", "best"} {
				if _, err := tx.Exec(`DELETE FROM plan_version WHERE plan_id = (SELECT id FROM plan WHERE key = $1)`, key); err != nil {
					return err
				}
			}
			_, err := tx.Exec(`DELETE FROM plan WHERE id NOT IN (SELECT plan_id FROM plan_version)`)
			return err
		}))
		c.apply(`organisation: {clawback_limit: 0.3}`)
		c.apply(perDeal)
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("b", "zhang", "won", "2026-01-07", "60")
		c.deal("c", "li", "won", "2026-01-07", "60")
		c.says("2026-01", "张伟 100000+0 owed 0+0-0=0 net 100000", "李娜 50000+0 owed 0+0-0=0 net 50000")
		_, err := c.engine.Close(ctx, "finance", calendar.Month, "2026-01")
		c.must(err)

		// Before it is paid, a correction only makes the next period smaller.
		c.deal("c", "li", "lost", "2026-01-07", "60")
		c.says("2026-02", "李娜 0-50000 owed 0+0-0=0 net -50000")
		_, err = c.engine.Paid(ctx, "finance", "2026-01")
		c.must(err)
		c.deal("b", "zhang", "lost", "2026-01-07", "60")
		c.deal("d", "zhang", "won", "2026-02-10", "60")
		c.says("2026-02", "张伟 50000+0 owed 0+50000-15000=35000 net 35000 (15000 left 35000)", "李娜 0+0 owed 0+50000-0=50000 net 0 (0 left 50000)")

		c.now = time.Date(2026, 3, 5, 4, 0, 0, 0, time.UTC)
		c.must(c.engine.CatchUp(ctx))
		_, err = c.engine.Close(ctx, "finance", calendar.Month, "2026-02")
		c.must(err)
		c.apply(`organisation: {clawback_limit: none}`) // does not change what is closed
		february := []string{"张伟 50000+0 owed 0+50000-15000=35000 net 35000 (15000 left 35000)", "李娜 0+0 owed 0+50000-0=50000 net 0 (0 left 50000)"}
		c.says("2026-02", february...)
		c.says("2026-03", "张伟 0+0 owed 35000+0-35000=0 net -35000 (35000 left 0)", "李娜 0+0 owed 50000+0-50000=0 net -50000 (50000 left 0)")
		c.apply(`organisation: {clawback_limit: "50%"}`)
		c.deal("a", "zhang", "lost", "2026-01-05", "60")
		c.deal("e", "zhang", "won", "2026-03-02", "60")
		c.deal("f", "zhang", "won", "2026-03-02", "60")
		c.deal("g", "zhang", "won", "2026-03-03", "60")
		c.says("2026-03", "张伟 150000+0 owed 35000+50000-75000=10000 net 75000 (35000 left 0) (40000 left 10000)", "李娜 0+0 owed 50000+0-0=50000 net 0 (0 left 50000)")
		c.says("2026-02", february...)

		_, err = c.engine.Reopen(ctx, "finance", "2026-02", "again")
		c.must(err)
		c.must(c.engine.CatchUp(ctx))
		c.says("2026-02", "张伟 50000+0 owed 0+100000-25000=75000 net 25000 (25000 left 75000)", "李娜 0+0 owed 0+50000-0=50000 net 0 (0 left 50000)")
		err = d.Read(ctx, func(tx *db.Tx) error {
			var rows int
			if err := tx.QueryRow(`SELECT COUNT(*) FROM statement s WHERE NOT EXISTS (SELECT 1 FROM closing c WHERE c.id = s.closing_id AND c.reopened_at = 0)`).Scan(&rows); err != nil {
				return err
			}
			if rows != 0 {
				t.Errorf("%d sums of a reopened period stayed", rows)
			}
			return nil
		})
		c.must(err)
	})
}

// What is said to a statement stays with it: a dispute is open until it is settled or confirmed, and reopening asks anew.
func TestAnswersToStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		c := newCompany(t, d)
		c.apply(perDeal)
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		_, err := c.engine.Close(ctx, "finance", calendar.Month, "2026-01")
		c.must(err)
		var ref rule.Ref
		within := func(do func(tx *db.Tx, b *statement.Book, january statement.Period) error) {
			t.Helper()
			c.must(d.Write(ctx, func(tx *db.Tx) error {
				dir, err := c.people.Directory(tx)
				if err != nil {
					return err
				}
				zhang, _ := dir.PersonByKey("zhang")
				ref = rule.Ref{Kind: rule.Person, ID: zhang.ID}
				b, err := statement.Open(tx, dir.Organisation, calendar.DayAt(c.now, dir.Organisation.Calendar().Zone))
				if err != nil {
					return err
				}
				january, _ := b.Find("2026-01")
				return do(tx, b, january)
			}))
		}
		waits := func(b *statement.Book, want string) {
			t.Helper()
			p, a, err := b.Waiting(ref)
			c.must(err)
			got := "nothing"
			if p != nil {
				got = p.Label
			}
			if a != nil {
				got += " " + string(a.Word)
			}
			if got != want {
				t.Errorf("what waits for the person is %s, want %s", got, want)
			}
		}
		disputes := func(tx *db.Tx, p statement.Period, want int) {
			t.Helper()
			n, err := statement.Disputes(tx)
			c.must(err)
			if n[p.Closing.ID] != want {
				t.Errorf("%d disputes are open, want %d", n[p.Closing.ID], want)
			}
		}
		within(func(tx *db.Tx, b *statement.Book, january statement.Period) error {
			waits(b, "2026-01")
			february, _ := b.Find("2026-02")
			if _, err := statement.Say(tx, "zhang", february, ref, statement.Confirmed, ""); !problem.IsCode(err, "not_closed") {
				t.Errorf("confirmed what is open: %v", err)
			}
			if _, err := statement.Say(tx, "zhang", january, ref, statement.Disputed, " "); !problem.IsCode(err, "required") {
				t.Errorf("disputed without a word: %v", err)
			}
			if _, err := statement.Say(tx, "zhang", january, ref, statement.Settled, "x"); !problem.IsCode(err, "unknown_answer") {
				t.Errorf("settled by oneself: %v", err)
			}
			if _, err := statement.Reply(tx, "finance", january, ref, statement.Settled, "x"); !problem.IsCode(err, "not_disputed") {
				t.Errorf("settled what nobody disputes: %v", err)
			}
			for _, word := range []statement.Word{statement.Confirmed, statement.Disputed} {
				if _, err := statement.Say(tx, "zhang", january, ref, word, "少算了一单"); err != nil {
					return err
				}
			}
			waits(b, "nothing")
			disputes(tx, january, 1)
			if _, err := statement.Reply(tx, "finance", january, ref, statement.Confirmed, "x"); !problem.IsCode(err, "unknown_answer") {
				t.Errorf("confirmed for somebody else: %v", err)
			}
			if _, err := statement.Reply(tx, "manager", january, ref, statement.Replied, " "); !problem.IsCode(err, "required") {
				t.Errorf("replied without a word: %v", err)
			}
			if _, err := statement.Reply(tx, "manager", january, ref, statement.Replied, "我来查"); err != nil {
				return err
			}
			waits(b, "2026-01 replied")
			disputes(tx, january, 1)
			if _, err := statement.Reply(tx, "finance", january, ref, statement.Settled, "已补录"); err != nil {
				return err
			}
			waits(b, "2026-01 settled")
			disputes(tx, january, 0)
			if _, err := statement.Reply(tx, "finance", january, ref, statement.Settled, "x"); !problem.IsCode(err, "not_disputed") {
				t.Errorf("settled twice: %v", err)
			}
			answers, err := b.Answers(january)
			if last := answers[ref]; last.Word != statement.Settled || last.Text != "已补录" {
				t.Errorf("the last answer is %+v", last)
			}
			return err
		})
		_, err = c.engine.Reopen(ctx, "finance", "2026-01", "again")
		c.must(err)
		c.must(c.engine.CatchUp(ctx))
		_, err = c.engine.Close(ctx, "finance", calendar.Month, "2026-01")
		c.must(err)
		within(func(tx *db.Tx, b *statement.Book, january statement.Period) error {
			waits(b, "2026-01")
			one, err := b.Of(ref, january)
			if err != nil {
				return err
			}
			if said := one.History; len(said) != 4 || said[0].Word != statement.Confirmed || said[3].Word != statement.Settled || !said[3].Earlier || one.Answer() != nil {
				t.Errorf("after reopening: %+v, answer %v", said, one.Answer())
			}
			for err == nil { // whoever disputes without end cannot keep it open
				_, err = statement.Say(tx, "zhang", january, ref, statement.Disputed, "还是不对")
			}
			if !problem.IsCode(err, "too_many_answers") {
				t.Errorf("disputing without end: %v", err)
			}
			if _, err := statement.Reply(tx, "finance", january, ref, statement.Replied, "x"); !problem.IsCode(err, "too_many_answers") {
				t.Errorf("one answer too many: %v", err)
			}
			if _, err = statement.Reply(tx, "finance", january, ref, statement.Settled, "已当面核对"); err != nil {
				t.Errorf("not settled: %v", err)
			}
			disputes(tx, january, 0)
			return nil
		})
	})
}
