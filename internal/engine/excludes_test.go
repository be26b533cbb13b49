package engine_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/engine"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// A commission of the quarter that leaves out what the two-deal bonus of the month rewards.
const excluding = `plans:
  - {key: rest, name: {zh: 其余提成, en: Rest}, metric: sales, shape: rate, params: {tiers: [{rate: 10%}]}, reward: {kind: cash}, period: quarter, excludes: [pair], effective_from: 2026-01-01}
  - {key: pair, name: {zh: 两单奖, en: Pair}, metric: won, shape: every, params: {size: 2}, reward: {kind: cash, amount: 500}, period: month, effective_from: 2026-01-01}
`

func TestRecordsBehindAnExcludedPlansAwardsDoNotCount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d) // on 20 February 2026
		c.apply(excluding)
		rest := func(why, amount string) {
			t.Helper()
			var want []string
			if amount != "" {
				want = []string{"2026-Q1 张伟 rate provisional " + amount}
			}
			if got := c.awards("rest"); !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", why, got, want)
			}
		}
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		rest("one deal makes no pair", "6.00")
		c.deal("b", "zhang", "won", "2026-01-07", "40")
		rest("a and b are a pair", "")
		c.deal("c", "zhang", "won", "2026-01-09", "100")
		rest("c is left over", "10.00")
		c.deal("late", "zhang", "won", "2026-01-06", "30")
		rest("a late one fills a second pair", "")
		c.deal("late", "zhang", "lost", "2026-01-06", "30")
		rest("which goes with it", "10.00")
		c.deal("late", "zhang", "won", "2026-01-01", "30")
		c.deal("c", "zhang", "lost", "2026-01-09", "100")
		rest("now the late one and a are the pair", "4.00")
		c.deal("f", "zhang", "won", "2026-02-02", "7")
		c.deal("g", "zhang", "won", "2026-02-03", "7")
		rest("each month rewards its own pair", "4.00")
		c.deal("f", "li", "won", "2026-02-02", "7")
		if got, want := c.awards("rest"), []string{"2026-Q1 李娜 rate provisional 0.70", "2026-Q1 张伟 rate provisional 4.70"}; !slices.Equal(got, want) {
			t.Errorf("another's deal makes no pair: %q, want %q", got, want)
		}
		c.deal("f", "li", "lost", "2026-02-02", "7")
		c.deal("g", "zhang", "lost", "2026-02-03", "7")
		c.deal("late", "zhang", "lost", "2026-01-01", "30")
		c.deal("b", "zhang", "lost", "2026-01-07", "40")
		c.expect("pair")
		rest("the pair is gone, and gives its record back", "6.00")
		c.deal("b", "zhang", "won", "2026-01-07", "40")
		rest("a pair again", "")
		file, err := definition.Parse([]byte(`plans: [{key: pair, name: 两单奖, metric: won, shape: every, params: {size: 3}, reward: {kind: cash, amount: 500}, period: month, effective_from: 2026-01-01}]`))
		c.must(err)
		_, err = c.defs.Apply(context.Background(), "test", file, definition.Options{Retroactive: true})
		c.must(err)
		c.must(c.engine.CatchUp(context.Background()))
		rest("now it takes three to be rewarded", "10.00")
		done, err := c.engine.Rebuild(context.Background(), nil)
		c.must(err)
		if done.Events != 0 {
			t.Errorf("a rebuild changed %d awards", done.Events)
		}
	})
}

// What a person shares with another is rewarded for the one only, and a team's award rewards the record for each of its members.
func TestARecordIsLeftOutForThePersonsItWasRewardedFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(`metrics:
  - {key: both, name: 合作单, object: deal, condition: 'stage == "won"', date: closed, credit: [{person: owner}, {person: helper}], measure: {kind: count}}
objects: [{key: deal, name: 商机, fields: [{key: owner, name: 负责人, type: person}, {key: stage, name: 阶段, type: text}, {key: closed, name: 关闭日期, type: date},
  {key: amount, name: 金额, type: money, currency: CNY}, {key: helper, name: 协助, type: person}]}]
plans:
  - {key: first, name: 第一奖, metric: both, shape: reach, params: {steps: [{at: 2}]}, reward: {kind: cash, amount: 9}, period: month, audience: {persons: [zhang]}, effective_from: 2026-01-01}
  - {key: each, name: 每单, metric: both, shape: every, params: {size: 1}, reward: {kind: cash, amount: 1}, period: month, excludes: [first], effective_from: 2026-01-01}
  - {key: east, name: 华东奖, metric: both, shape: reach, params: {steps: [{at: 2}]}, subject: team, reward: {kind: cash, amount: 9}, period: month, audience: {teams: [east]}, effective_from: 2026-01-01}
  - {key: other, name: 其他单, metric: both, shape: every, params: {size: 1}, reward: {kind: cash, amount: 1}, period: month, excludes: [east], effective_from: 2026-01-01}`)
		c.shared("a", "zhang", "li", "2026-01-05")
		c.expect("each", "2026-01 张伟 1 granted 1.00", "2026-01 李娜 1 granted 1.00")
		c.shared("b", "zhang", "wang", "2026-01-06")
		c.expect("first", "2026-01 张伟 step granted 9.00")
		c.expect("each", "2026-01 李娜 1 granted 1.00", "2026-01 王芳 1 granted 1.00")
		c.expect("other") // all three were in the east then
	})
}

// An award opens into the records that count for it; who gets nothing is told how many another plan has rewarded.
func TestWhatIsLeftOutIsTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(excluding + `  - {key: three, name: {zh: 三单, en: Three}, metric: won, shape: reach, params: {steps: [{at: 3}]}, reward: {kind: cash, amount: 1}, period: quarter, excludes: [pair], effective_from: 2026-01-01}`)
		for i, day := range []string{"2026-01-05", "2026-01-07", "2026-01-09"} {
			c.deal(fmt.Sprint(i), "zhang", "won", day, "100")
		}
		c.must(d.Read(t.Context(), func(tx *db.Tx) error {
			p, err := c.defs.Plans.ByKey(tx, "rest")
			c.must(err)
			list, err := award.List(tx, award.Query{PlanID: p.ID, Limit: 10})
			c.must(err)
			ev, err := c.engine.Explain(tx, list[0])
			c.must(err)
			if len(ev.Points) != 1 || ev.Points[0].Key != "2" {
				t.Errorf("the award opens into %v, want the third deal", ev.Points)
			}
			if got, want := ev.Plan.Sentence().ZH, "不计入已由“两单奖”奖励的记录。"; !strings.Contains(got, want) {
				t.Errorf("the sentence is %q", got)
			}
			if got, want := ev.Plan.Sentence().EN, "Records already rewarded by “Pair” are not counted."; !strings.Contains(got, want) {
				t.Errorf("the sentence is %q", got)
			}
			three, err := c.defs.Plans.ByKey(tx, "three")
			c.must(err)
			standing, err := c.engine.Standing(tx, three, "2026-Q1")
			c.must(err)
			for _, row := range standing.Rows {
				told := strings.Contains(row.WhyNot.ZH, "2 条记录已由“两单奖”奖励") && strings.Contains(row.WhyNot.EN, "2 records were left out")
				if name := engine.NameSubject(c.dir(tx), row.Subject.Ref).Key; told != (name == "zhang") {
					t.Errorf("%s is told %v", name, row.WhyNot)
				}
			}
			return nil
		}))
	})
}

// A closed period keeps its awards; what another plan rewards in it later is taken back by an adjustment.
func TestAClosedPeriodIsAdjustedForWhatAnotherPlanRewards(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(strings.Replace(excluding, "period: quarter", "period: month", 1))
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.expect("rest", "2026-01 张伟 rate granted 6.00")
		_, err := c.engine.Close(t.Context(), "finance", calendar.Month, "2026-01")
		c.must(err)
		c.deal("b", "zhang", "won", "2026-01-07", "40") // late
		c.expect("rest", "2026-01 张伟 rate granted 6.00", "2026-02 张伟 adjust/2026-01/CNY granted -6.00")
		c.deal("b", "zhang", "lost", "2026-01-07", "40")
		c.expect("rest", "2026-01 张伟 rate granted 6.00")
	})
}

// A back-test and a preview leave out what the published plan rewards, and a plan never has a circle of plans behind it.
func TestABacktestLeavesOutWhatOthersReward(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(excluding)
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("b", "zhang", "won", "2026-01-07", "40")
		c.deal("c", "zhang", "won", "2026-01-09", "100")
		def := c.definition("rest")
		window := calendar.Window{From: calendar.DayOf(2026, 1, 1), To: calendar.DayOf(2026, 4, 1)}
		for _, excludes := range [][]string{{"pair"}, nil} {
			def.Excludes = excludes
			want := map[bool]int64{true: 1000, false: 2000}[excludes != nil]
			c.must(d.Read(t.Context(), func(tx *db.Tx) error {
				tested, err := c.engine.BacktestIn(tx, def, window)
				c.must(err)
				previewed, err := c.engine.PreviewIn(tx, def, window)
				c.must(err)
				for _, bt := range []*engine.Backtest{tested, previewed} {
					if dues := bt.Periods[0].Dues; len(dues) != 1 || dues[0].Amount.Minor != want {
						t.Errorf("without %v it gives %v, want %d", excludes, dues, want)
					}
				}
				return nil
			}))
		}
	})
}

func TestExcludesIsRefusedAtItsField(t *testing.T) {
	const head = `effective_from: 2026-01-01, reward: {kind: cash, amount: 1}, period: month, `
	const one = `plans: [{key: third, name: 三, metric: won, shape: every, params: {size: 1}, ` + head
	cases := []struct{ name, text, code, field string }{
		{"unknown plan", one + `excludes: [pair, nope]}]`, "unknown_plan", "excludes[1]"},
		{"itself", one + `excludes: [third]}]`, "excludes_itself", "excludes[0]"},
		{"twice", one + `excludes: [pair, pair]}]`, "duplicate", "excludes[1]"},
		{"empty", one + `excludes: [""]}]`, "required", "excludes[0]"},
		{"a circle", `plans: [{key: pair, name: 两单奖, metric: won, shape: every, params: {size: 2}, excludes: [best, rest], ` + head + `}]`, "depends_on_itself", "excludes[1]"},
		{"a circle over what is earned", `plans: [{key: kicker, name: 加成, earned: rest, shape: rate, params: {tiers: [{rate: 5%}]}, effective_from: 2026-01-01, reward: {kind: cash}, period: quarter},
			{key: pair, name: 两单奖, metric: won, shape: every, params: {size: 2}, excludes: [kicker], ` + head + `}]`, "depends_on_itself", "excludes[0]"},
		{"no records of its own", `plans: [{key: kicker, name: 加成, earned: best, shape: rate, params: {tiers: [{rate: 5%}]}, effective_from: 2026-01-01, reward: {kind: cash}, period: quarter},
			{key: third, name: 三, metric: won, shape: every, params: {size: 1}, excludes: [kicker], ` + head + `}]`, "excluded_without_records", "excludes[0]"},
		{"rolled up", one + `rollup: reports, excludes: [pair]}]`, "excludes_rolled", "excludes"},
		{"a shape that reads more", `plans: [{key: third, name: 三, metric: won, shape: improve, params: {by: 10%}, excludes: [pair], ` + head + `}]`, "excludes_shape", "excludes"},
		{"another object", `objects: [{key: call, name: 电话, fields: [{key: who, name: 谁, type: person}, {key: on, name: 日期, type: date}]}]
metrics: [{key: calls, name: 电话数, object: call, date: on, person: who, measure: {kind: count}}]
plans: [{key: third, name: 三, metric: calls, shape: every, params: {size: 1}, excludes: [pair], ` + head + `}]`, "excluded_other_object", "excludes[0]"},
		{"a derived metric", `metrics: [{key: size, name: 单均, measure: {kind: ratio, of: sales, to: won}}]
plans: [{key: third, name: 三, metric: size, shape: reach, params: {steps: [{at: 1}]}, excludes: [pair], ` + head + `}]`, "excludes_derived", "excludes"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(excluding)
		for _, k := range cases {
			file, err := definition.Parse([]byte(k.text))
			c.must(err)
			_, err = c.defs.Apply(t.Context(), "test", file, definition.Options{})
			var found []string
			if p, ok := problem.As(err); ok {
				for _, each := range append([]*problem.Error{p}, p.Details...) {
					found = append(found, each.Code+" "+each.Field)
				}
			}
			want := k.code + " " + k.field
			if !slices.ContainsFunc(found, func(s string) bool { return strings.HasPrefix(s, k.code) && strings.HasSuffix(s, k.field) }) {
				t.Errorf("%s: %q (%v), want %s", k.name, found, err, want)
			}
		}
	})
}

// shared saves a won deal of two persons.
func (c *company) shared(id, owner, helper, closed string) {
	c.t.Helper()
	object, err := c.records.Object("deal")
	c.must(err)
	op := record.Op{Kind: record.Upsert, ExternalID: id, Input: map[string]any{"owner": owner, "helper": helper, "stage": "won", "closed": closed, "amount": 1}}
	c.must(c.db.Write(c.t.Context(), func(tx *db.Tx) error {
		_, err := c.records.Apply(tx, "test", object, []record.Op{op})
		return err
	}))
	c.must(c.engine.CatchUp(c.t.Context()))
}

func (c *company) dir(tx *db.Tx) *people.Directory {
	c.t.Helper()
	dir, err := c.people.Directory(tx)
	c.must(err)
	return dir
}

// A record that counts for the other plan only may take another one away here, in the month and in all that add it up later.
func TestLaterPeriodsThatReadBackFollowWhatIsRewarded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.apply(`metrics: [{key: any, name: 商机数, object: deal, date: closed, person: owner, measure: {kind: count}}]
plans:
  - {key: two, name: 两个商机, metric: any, shape: every, params: {size: 2}, reward: {kind: cash, amount: 1}, period: month, effective_from: 2026-01-01}
  - {key: sum, name: 累计提成, metric: sales, shape: rate, params: {tiers: [{up_to: 100, rate: 5%}, {rate: 10%}], accumulate: quarter}, reward: {kind: cash}, period: month, excludes: [two], effective_from: 2026-01-01}`)
		c.deal("a", "zhang", "won", "2026-01-05", "100")
		c.deal("b", "zhang", "won", "2026-02-03", "50")
		c.expect("sum", "2026-01 张伟 rate granted 5.00", "2026-02 张伟 rate provisional 5.00")
		c.deal("y", "zhang", "lost", "2026-01-06", "9")
		c.expect("two", "2026-01 张伟 1 granted 1.00")
		c.expect("sum", "2026-02 张伟 rate provisional 2.50") // of 50 in all, not of 150
	})
}
