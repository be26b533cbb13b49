package engine_test

import (
	"context"
	"testing"
	"time"

	"laurel/internal/award"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/engine"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
)

// company is a small organisation under test, with a clock that the test moves.
type company struct {
	t       *testing.T
	db      *db.DB
	records *record.Store
	people  *people.Store
	defs    *definition.Stores
	engine  *engine.Engine
	now     time.Time
}

const definitions = `
organisation: {name: 测试公司, time_zone: Asia/Shanghai, fiscal_start_month: 1, currency: CNY}
teams:
  - {key: east, name: 华东}
  - {key: west, name: 华西}
objects:
  - key: deal
    name: {zh: 商机, en: Deal}
    fields:
      - {key: owner, name: 负责人, type: person}
      - {key: stage, name: 阶段, type: text}
      - {key: closed, name: 关闭日期, type: date}
      - {key: amount, name: 金额, type: money, currency: CNY}
persons:
  - {key: zhang, name: 张伟, teams: [east]}
  - {key: li, name: 李娜, teams: [east]}
  - {key: wang, name: 王芳, teams: [{unit: east, to: 2026-02-01}, {unit: west, from: 2026-02-01}]}
metrics:
  - {key: won, name: {zh: 赢单数, en: Deals won}, object: deal, condition: 'stage == "won"', date: closed, person: owner, measure: {kind: count}, unit: {zh: 单, en: deals}}
  - {key: sales, name: {zh: 赢单金额, en: Sales}, object: deal, condition: 'stage == "won"', date: closed, person: owner, measure: {kind: sum, value: amount}}
plans:
  - {key: every-two, name: 每两单, metric: won, shape: every, params: {size: 2}, reward: {kind: cash, amount: 500}, period: quarter, effective_from: 2026-01-01}
  - {key: team-100, name: 团队破百, metric: sales, shape: reach, params: {steps: [{at: 100}]}, subject: team, reward: {kind: cash, amount: 1000}, period: quarter, effective_from: 2026-01-01}
  - {key: commission, name: 提成, metric: sales, shape: rate, params: {tiers: [{up_to: 100, rate: 5%}, {rate: 10%}]}, reward: {kind: cash}, period: quarter, effective_from: 2026-01-01}
  - {key: best, name: 冠军, metric: sales, shape: rank, params: {places: 1}, reward: {kind: title, name: 销售冠军}, period: month, effective_from: 2026-01-01}
`

func newCompany(t *testing.T, d *db.DB) *company {
	t.Helper()
	c := &company{t: t, db: d, now: time.Date(2026, 2, 20, 4, 0, 0, 0, time.UTC)}
	records, err := record.Open(context.Background(), d)
	c.must(err)
	c.records, c.people = records, people.Open(d, records)
	metrics := metric.Open(records)
	plans := plan.Open(records, c.people, metrics)
	c.defs = &definition.Stores{DB: d, Records: records, People: c.people, Metrics: metrics, Plans: plans}
	c.engine = engine.Open(d, records, c.people, metrics, plans, func() time.Time { return c.now })
	c.apply(definitions)
	return c
}

func (c *company) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *company) apply(text string) {
	c.t.Helper()
	file, err := definition.Parse([]byte(text))
	c.must(err)
	_, err = c.defs.Apply(context.Background(), "test", file, definition.Options{})
	c.must(err)
	c.must(c.engine.CatchUp(context.Background()))
}

// deal saves a deal under an external id; a nil field is left as it is.
func (c *company) deal(id, owner, stage, closed string, amount any) {
	c.t.Helper()
	object, err := c.records.Object("deal")
	c.must(err)
	op := record.Op{Kind: record.Upsert, ExternalID: id, Input: map[string]any{"owner": owner, "stage": stage, "closed": closed, "amount": amount}}
	c.must(c.db.Write(context.Background(), func(tx *db.Tx) error {
		out, err := c.records.Apply(tx, "test", object, []record.Op{op})
		if err == nil && out[0].Problem != nil {
			return out[0].Problem
		}
		return err
	}))
	c.must(c.engine.CatchUp(context.Background()))
}

// awards lists the awards that stand as "plan period subject slot amount state".
func (c *company) awards(planKey string) []string {
	c.t.Helper()
	var out []string
	c.must(c.db.Read(context.Background(), func(tx *db.Tx) error {
		p, err := c.defs.Plans.ByKey(tx, planKey)
		if err != nil {
			return err
		}
		dir, err := c.people.Directory(tx)
		if err != nil {
			return err
		}
		list, err := award.List(tx, award.Query{PlanID: p.ID, States: []award.State{award.Granted, award.Provisional}, Limit: 100})
		for i := len(list) - 1; i >= 0; i-- {
			a := list[i]
			line := a.Period.Label + " " + engine.NameSubject(dir, a.Subject).Name + " " + a.Slot + " " + string(a.State)
			if a.Amount.Currency != "" {
				line += " " + a.Amount.Decimal().String()
			}
			out = append(out, line)
		}
		return err
	}))
	return out
}

func (c *company) expect(planKey string, want ...string) {
	c.t.Helper()
	got := c.awards(planKey)
	if len(got) != len(want) {
		c.t.Fatalf("%s: got %q, want %q", planKey, got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			c.t.Errorf("%s: got %q, want %q", planKey, got[i], want[i])
		}
	}
}

func TestAwardsFollowTheRecords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.expect("every-two")
		c.expect("commission", "2026-Q1 张伟 rate granted 3.00")
		c.expect("best", "2026-01 张伟 rank granted")

		c.deal("b", "zhang", "won", "2026-01-03", "60") // earlier in time, later to arrive
		c.expect("every-two", "2026-Q1 张伟 1 granted 500.00")
		c.expect("team-100", "2026-Q1 华东 step granted 1000.00")
		c.expect("commission", "2026-Q1 张伟 rate granted 7.00")

		c.deal("b", "zhang", "won", "2026-01-03", "60") // twice changes nothing
		c.expect("every-two", "2026-Q1 张伟 1 granted 500.00")

		c.deal("b", "li", "won", "2026-02-03", "60") // credited to somebody else, in another month
		c.expect("every-two")
		c.expect("best", "2026-01 张伟 rank granted", "2026-02 李娜 rank provisional")
		c.expect("commission", "2026-Q1 张伟 rate granted 3.00", "2026-Q1 李娜 rate granted 3.00")

		c.deal("b", "li", "lost", "2026-02-03", "60")
		c.expect("team-100")
		c.expect("best", "2026-01 张伟 rank granted")
	})
}

func TestTeamValueFollowsMembershipOfTheDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.deal("a", "wang", "won", "2026-01-31", "100") // still in the east
		c.deal("b", "wang", "won", "2026-02-01", "100") // in the west by now
		c.expect("team-100", "2026-Q1 华东 step granted 1000.00", "2026-Q1 华西 step granted 1000.00")
		c.apply("persons: [{key: wang, name: 王芳, teams: [{unit: west}]}]") // corrected: always was in the west
		c.expect("team-100", "2026-Q1 华西 step granted 1000.00")
	})
}

func TestRankIsGrantedWhenItsPeriodEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.deal("a", "zhang", "won", "2026-02-05", "60")
		c.expect("best", "2026-02 张伟 rank provisional")
		c.now = time.Date(2026, 2, 28, 15, 59, 0, 0, time.UTC) // 23:59 in Shanghai
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("best", "2026-02 张伟 rank provisional")
		c.now = c.now.Add(time.Minute)
		c.must(c.engine.CatchUp(context.Background()))
		c.expect("best", "2026-02 张伟 rank granted")
	})
}

func TestRebuildFindsNothingToChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.deal("a", "zhang", "won", "2026-01-05", "60")
		c.deal("b", "li", "won", "2026-01-06", "70.10")
		c.deal("b", "li", "won", "2026-01-07", "70.20")
		done, err := c.engine.Rebuild(context.Background(), nil)
		c.must(err)
		if done.Records != 2 || done.Events != 0 {
			t.Errorf("rebuild read %d records and changed %d awards; want 2 and 0", done.Records, done.Events)
		}
	})
}

func TestANewMetricDefinitionCountsAfresh(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		c.deal("a", "zhang", "open", "2026-01-05", "60")
		c.expect("commission")
		c.apply(`metrics: [{key: sales, name: 金额, object: deal, date: closed, person: owner, measure: {kind: sum, value: "amount * 2"}}]`)
		c.expect("commission", "2026-Q1 张伟 rate granted 7.00")
	})
}
