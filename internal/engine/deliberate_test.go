package engine_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/engine"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// What rewrites the past is told first, person by person, for every plan that follows, and asking leaves nothing behind.
func TestWhatAnActChangesOfThePast(t *testing.T) {
	const kicker = `plans: [{key: kicker, name: 加成, earned: per-deal, shape: rate, params: {tiers: [{rate: 10%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}]`
	dearer := metric.Def{Key: "won", Name: i18n.Same("赢单数"), Object: "deal", Condition: `stage == "won" && amount >= 50.0`, Date: "closed", Person: "owner", Measure: metric.Measure{Kind: metric.Count}}
	cases := []struct {
		name string
		act  func(c *company, tx *db.Tx) error
		want []string
	}{
		{"a metric that counts less", func(c *company, tx *db.Tx) error {
			_, _, err := c.defs.Metrics.Save(tx, "test", dearer)
			return err
		}, []string{"every-two 2026-Q1 张伟 500.00 → ", "kicker 2026-01 closed 张伟 100.00 → 50.00", "per-deal 2026-01 closed 张伟 1000.00 → 500.00"}},
		{"a metric under another name", func(c *company, tx *db.Tx) error {
			m, err := c.defs.Metrics.All(tx)
			if err != nil {
				return err
			}
			def := m.Key("won").Def
			def.Name.ZH = "签单数"
			_, _, err = c.defs.Metrics.Save(tx, "test", def)
			return err
		}, nil},
		{"the plan's end in a past month", func(c *company, tx *db.Tx) error {
			return c.defs.Plans.End(tx, "test", "per-deal", calendar.DayOf(2026, 2, 1), true)
		}, []string{"kicker 2026-02 李娜 50.00 → ", "per-deal 2026-02 李娜 500.00 → "}},
		{"the plan's end before it began", func(c *company, tx *db.Tx) error {
			return c.defs.Plans.End(tx, "test", "per-deal", calendar.DayOf(2025, 6, 1), true)
		}, []string{"kicker 2026-01 closed 张伟 100.00 → ", "kicker 2026-02 李娜 50.00 → ", "per-deal 2026-01 closed 张伟 1000.00 → ", "per-deal 2026-02 李娜 500.00 → "}},
		{"a rate of a past day", func(c *company, tx *db.Tx) error {
			_, _, err := c.defs.Metrics.SaveRate(tx, "test", metric.Rate{Currency: "USD", From: calendar.DayOf(2026, 1, 1), Rate: money.MustDecimal("8")})
			return err
		}, []string{"abroad 2026-02 李娜 70.00 → 80.00"}},
		{"a rate of a day to come", func(c *company, tx *db.Tx) error {
			_, _, err := c.defs.Metrics.SaveRate(tx, "test", metric.Rate{Currency: "USD", From: calendar.DayOf(2026, 6, 1), Rate: money.MustDecimal("8")})
			return err
		}, nil},
		{"a holiday", func(c *company, tx *db.Tx) error {
			return c.set(tx, func(o *people.Organisation) { o.Working.Holidays = []calendar.Day{calendar.DayOf(2026, 2, 5)} })
		}, []string{"quick 2026-02 李娜 3.00 → 2.00"}},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d) // on 20 February 2026
		c.apply(`objects: [{key: deal, name: 商机, fields: [{key: owner, name: 负责人, type: person}, {key: stage, name: 阶段, type: text}, {key: closed, name: 关闭日期, type: date},
			{key: amount, name: 金额, type: money, currency: CNY}, {key: begun, name: 开始, type: date}, {key: usd, name: 美元, type: money, currency: USD}]}]
exchange_rates: [{currency: USD, from: 2026-01-01, rate: 7}]
metrics:
  - {key: abroad, name: 海外, object: deal, date: closed, person: owner, measure: {kind: sum, value: usd, currency: CNY}}
  - {key: days, name: 用时, object: deal, date: closed, person: owner, measure: {kind: sum, from: begun, until: closed, clock: working}}
plans:
  - {key: abroad, name: 海外, metric: abroad, shape: rate, params: {tiers: [{rate: 100%}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}
  - {key: quick, name: 用时, metric: days, shape: rate, params: {tiers: [{per_unit: 1}]}, reward: {kind: cash}, period: month, effective_from: 2026-01-01}`)
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("b", "zhang", "won", "2026-01-07", "40")
		c.apply(perDeal)
		c.apply(kicker)
		_, err := c.engine.Close(context.Background(), "finance", calendar.Month, "2026-01")
		c.must(err)
		c.deal("c", "li", "won", "2026-02-07", "60")
		c.edit("c", map[string]any{"begun": "2026-02-04", "usd": "10"})
		before := c.awards("per-deal")
		for _, k := range cases {
			t.Run(k.name, func(t *testing.T) {
				c.t = t
				var refused *engine.Rewrites
				err := c.db.Write(context.Background(), func(tx *db.Tx) error {
					return c.engine.Deliberate(tx, k.name, "", func() error { return k.act(c, tx) })
				})
				var got []string
				if errors.As(err, &refused) {
					got = c.lines(refused.Changes)
				} else if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(got, k.want) {
					t.Errorf("\n got %q\nwant %q", got, k.want)
				}
				if after := c.awards("per-deal"); !slices.Equal(after, before) {
					t.Errorf("asking has changed %q to %q", before, after)
				}
				c.must(c.engine.CatchUp(context.Background()))
				if refused == nil {
					return
				}
				// What was told is what happens.
				err = c.db.Write(context.Background(), func(tx *db.Tx) error {
					err := c.engine.Deliberate(tx, k.name, "another", func() error { return k.act(c, tx) })
					if !problem.IsCode(err, "changes_moved") {
						t.Errorf("another list was confirmed: %v", err)
					}
					var told engine.Changes
					told, err = c.engine.Changes(tx, k.name, func() error {
						return c.engine.Deliberate(tx, k.name, refused.Changes.Token, func() error { return k.act(c, tx) })
					})
					if err == nil && told.Token != refused.Changes.Token {
						t.Errorf("told %q, happened %q", c.lines(refused.Changes), c.lines(told))
					}
					return err
				})
				c.must(err)
			})
		}
		c.t = t
		if done, err := c.engine.Rebuild(context.Background(), nil); err != nil || done.Events != 0 {
			t.Errorf("a rebuild made %d steps: %v", done.Events, err)
		}
	})
}

// An end is taken back, and every version stops again where it did.
func TestAnEndIsTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d) // on 20 February 2026
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("b", "zhang", "won", "2026-02-05", "60")
		c.apply(perDeal)
		c.retroactively(strings.Replace(strings.Replace(perDeal, "500", "700", 1), "2026-01-01", "2026-02-01", 1))
		before := []string{"2026-01 张伟 1 granted 500.00", "2026-02 张伟 1 granted 700.00"}
		c.expect("per-deal", before...)
		act := func(do func(tx *db.Tx) error) {
			t.Helper()
			c.must(c.db.Write(context.Background(), do))
			c.must(c.engine.CatchUp(context.Background()))
		}
		resume := func(tx *db.Tx) error { return c.defs.Plans.Resume(tx, "test", "per-deal") }
		if err := c.db.Write(context.Background(), resume); !problem.IsCode(err, "not_ended") {
			t.Errorf("took back an end that is not there: %v", err)
		}
		past := calendar.DayOf(2026, 1, 15)
		if err := c.db.Write(context.Background(), func(tx *db.Tx) error { return c.defs.Plans.End(tx, "test", "per-deal", past, false) }); !problem.IsCode(err, "retroactive") {
			t.Errorf("ended in the past without a word: %v", err)
		}
		act(func(tx *db.Tx) error { return c.defs.Plans.End(tx, "test", "per-deal", past, true) })
		c.expect("per-deal", before[0])
		act(func(tx *db.Tx) error {
			return c.defs.Plans.End(tx, "test", "per-deal", calendar.DayOf(2026, 1, 1), true)
		})
		c.expect("per-deal")
		act(resume)
		c.expect("per-deal", before[0])
		act(resume)
		c.expect("per-deal", before...)
	})
}

// A file that rewrites the past is refused with what it changes, unless it is meant; corrections in the same file are not asked about.
func TestAFileThatRewritesThePast(t *testing.T) {
	const fewer = `
persons: [{key: li, name: 李娜, joined_on: 2026-02-10}]
metrics: [{key: won, name: 赢单数, object: deal, condition: 'stage == "won" && amount > 50.0', date: closed, person: owner, measure: {kind: count}}]
`
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.defs.Engine = c.engine
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("b", "zhang", "won", "2026-01-07", "40")
		c.deal("c", "li", "won", "2026-01-20", "60")
		c.apply(perDeal)
		apply := func(text string, opts definition.Options) (*definition.Outcome, error) {
			out, err := c.defs.ApplyText(context.Background(), "test", []byte(text), opts)
			c.must(c.engine.CatchUp(context.Background()))
			return out, err
		}
		all := []string{"2026-01 张伟 1 granted 500.00", "2026-01 张伟 2 granted 500.00", "2026-01 李娜 1 granted 500.00"}
		c.expect("per-deal", all...)

		_, err := apply(fewer, definition.Options{})
		var refused *engine.Rewrites
		p, _ := problem.As(err)
		if !errors.As(err, &refused) || p.Code != "changes_not_confirmed" || p.Row != 3 || !strings.Contains(p.Message.EN, "changes 2 rewards") || !strings.Contains(p.Message.EN, "of 1 people") {
			t.Fatalf("got %v", err)
		}
		c.expect("per-deal", all...)
		out, err := apply(fewer, definition.Options{DryRun: true, Retroactive: true})
		c.must(err)
		if len(out.Rewrites) != 2 || out.Rewrites[1].Subject.Key != "zhang" || out.Rewrites[1].Before[0].EN != "¥1,000.00" || out.Rewrites[1].After[0].EN != "¥500.00" {
			t.Errorf("got %+v", out.Rewrites)
		}
		if _, err := apply(fewer, definition.Options{Confirmed: "another"}); !problem.IsCode(err, "changes_moved") {
			t.Errorf("got %v", err)
		}
		c.expect("per-deal", all...)
		_, err = apply(fewer, definition.Options{Confirmed: refused.Changes.Token})
		c.must(err)
		c.expect("per-deal", all[0])
		_, err = apply(fewer, definition.Options{}) // again: nothing to ask
		c.must(err)

		// A plan's end in a file is an end, at once from today on; in the past it has to be meant.
		end := func(day string) string {
			return strings.Replace(perDeal, "effective_from: 2026-01-01", "effective_from: 2026-01-01, effective_until: "+day, 1)
		}
		if _, err := apply(end("2026-01-01"), definition.Options{}); !problem.IsCode(err, "changes_not_confirmed") {
			t.Errorf("got %v", err)
		}
		_, err = apply(end("2099-01-01"), definition.Options{})
		c.must(err)
		_, err = apply(end("2026-01-01"), definition.Options{Retroactive: true})
		c.must(err)
		c.expect("per-deal")
		c.must(c.db.Read(context.Background(), func(tx *db.Tx) error {
			p, err := c.defs.Plans.ByKey(tx, "per-deal")
			if err == nil && len(p.Versions) != 1 {
				t.Errorf("an end made %d versions", len(p.Versions))
			}
			return err
		}))
	})
}

// What a file changes of the past is told too where that needs new things of the same file: a metric, a plan to build on.
func TestAFileThatRewritesThePastByNewThings(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.defs.Engine = c.engine
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("b", "zhang", "won", "2026-01-07", "40")
		c.apply(perDeal)
		again := strings.TrimSuffix(strings.Replace(perDeal, "metric: won", "excludes: [huge], metric: large", 1), "]")
		file := `
metrics:
  - {key: large, name: 大单, object: deal, condition: 'stage == "won" && amount > 50.0', date: closed, person: owner, measure: {kind: count}}
` + again + `, {key: huge, name: 超大单, metric: large, shape: every, params: {size: 9}, reward: {kind: cash, amount: 1}, period: month, effective_from: 2026-01-01}]`
		_, err := c.defs.ApplyText(context.Background(), "test", []byte(file), definition.Options{})
		var refused *engine.Rewrites
		if !errors.As(err, &refused) {
			t.Fatalf("got %v", err)
		}
		want := []string{"per-deal 2026-01 张伟 1000.00 → 500.00"}
		if got := c.lines(refused.Changes); !slices.Equal(got, want) {
			t.Errorf("the list is %q, want %q", got, want)
		}
		_, err = c.defs.ApplyText(context.Background(), "test", []byte(file), definition.Options{Confirmed: refused.Changes.Token})
		c.must(err)
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("per-deal", "2026-01 张伟 1 granted 500.00")
	})
}

func (c *company) retroactively(text string) {
	c.t.Helper()
	file, err := definition.Parse([]byte(text))
	c.must(err)
	_, err = c.defs.Apply(context.Background(), "test", file, definition.Options{Retroactive: true})
	c.must(err)
	c.must(c.engine.CatchUp(context.Background()))
}

// set changes the organisation's settings.
func (c *company) set(tx *db.Tx, change func(*people.Organisation)) error {
	o, err := people.OrganisationOf(tx)
	if err != nil {
		return err
	}
	change(&o)
	_, err = c.people.SaveOrganisation(tx, "test", o)
	return err
}

// lines are the rows of a list of changes, in order of their text.
func (c *company) lines(changes engine.Changes) (out []string) {
	c.t.Helper()
	c.must(c.db.Read(context.Background(), func(tx *db.Tx) error {
		dir, err := c.people.Directory(tx)
		if err != nil {
			return err
		}
		plans, err := c.defs.Plans.All(tx)
		for _, each := range changes.List {
			key := ""
			for _, p := range plans {
				if p.ID == each.PlanID {
					key = p.Key
				}
			}
			closed := ""
			if each.Closed {
				closed = " closed"
			}
			out = append(out, fmt.Sprintf("%s %s%s %s %s → %s", key, each.Period.Label, closed, engine.NameSubject(dir, each.Ref).Name, sums(each.Before), sums(each.After)))
		}
		return err
	}))
	slices.Sort(out)
	return out
}

// edit gives a deal further values.
func (c *company) edit(id string, values map[string]any) {
	c.t.Helper()
	object, err := c.records.Object("deal")
	c.must(err)
	c.must(c.db.Write(context.Background(), func(tx *db.Tx) error {
		out, err := c.records.Apply(tx, "test", object, []record.Op{{Kind: record.Upsert, ExternalID: id, Input: values}})
		if err == nil && out[0].Problem != nil {
			return out[0].Problem
		}
		return err
	}))
	c.must(c.engine.CatchUp(context.Background()))
}
