package verify_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
	"laurel/internal/rule"
	"laurel/internal/verify"
)

// The building blocks of companies written by hand.

func countOf(key, condition string) operation {
	return metricOp{metric.Def{
		Key: key, Name: i18n.Same(key), Object: "deal", Condition: condition, Date: "day", Person: "owner", Measure: metric.Measure{Kind: metric.Count},
	}}
}

// accountOf counts accounts for their managers, and account is one.
func accountOf(key string) operation {
	return metricOp{metric.Def{
		Key: key, Name: i18n.Same(key), Object: "account", Date: "since", Person: "manager", Measure: metric.Measure{Kind: metric.Count},
	}}
}

func account(external, manager string) operation {
	return accountsOp{[]recordOp{{Kind: record.Upsert, External: external, Values: map[string]any{"manager": manager, "since": "2026-02-10"}}}}
}

func sumOf(key string) operation {
	return metricOp{metric.Def{
		Key: key, Name: i18n.Same(key), Object: "deal", Date: "day", Person: "owner", Measure: metric.Measure{Kind: metric.Sum, Value: "amount"},
	}}
}

func ratioOf(key, of, to string) operation {
	return metricOp{metric.Def{Key: key, Name: i18n.Same(key), Measure: metric.Measure{Kind: metric.Ratio, Of: of, To: to}}}
}

// deal is a record of 100 yuan, owned by p1 unless it says otherwise.
func deal(external, day, owner string) operation {
	return recordsOp{[]recordOp{{Kind: record.Upsert, External: external, Values: map[string]any{
		"amount": "100", "day": day, "owner": owner, "status": "won",
	}}}}
}

// worth is a deal of p1's of another amount.
func worth(external, day, amount string) operation {
	return recordsOp{[]recordOp{{Kind: record.Upsert, External: external, Values: map[string]any{"amount": amount, "day": day, "owner": "p1"}}}}
}

// manyDeals is more than one step of the engine takes up.
func manyDeals() operation {
	var o recordsOp
	for i := range 4200 {
		o.Ops = append(o.Ops, recordOp{Kind: record.Create, External: fmt.Sprintf("many%d", i), Values: map[string]any{
			"amount": "1", "day": (newYear + calendar.Day(i%60)).String(), "owner": fmt.Sprintf("p%d", i%personCount),
		}})
	}
	return o
}

// ruled is a plan of another shape, that pays 500 where the shape does not compute what it pays.
func ruled(shape, params string, period calendar.Kind) planOp {
	o := paying("m", period, 0)
	o.Def.Shape, o.Params = shape, params
	if shape == "rate" {
		o.Def.Reward.Amount = money.Decimal{}
	}
	return o
}

// paying is a plan that pays 500 for reaching 1.
func paying(metricKey string, period calendar.Kind, from int) planOp {
	return planOp{From: from, Params: `{"steps":[{"at":"1"}]}`, Def: plan.Def{
		Key: "plan", Name: i18n.Same("plan"), Metric: metricKey, Shape: "reach", Period: period,
		Reward: rule.Reward{Kind: rule.Cash, Amount: money.MustDecimal("500")},
	}}
}

var step = stepOp{}

func TestCases(t *testing.T) {
	audience := paying("m", calendar.Year, 0)
	audience.Def.Audience.Persons = []string{"Person 2", "Person 3"}
	bowl := paying("m", calendar.Year, 0)
	bowl.Params = `{"steps":[{"at":"1","reward":{"kind":"gift","name":"Bowl","cost":"0.00"}}]}`
	ended := paying("m", calendar.Month, 0)
	ended.Until = 1
	tooMany := planOp{Params: `{"size":"0.005"}`, Def: plan.Def{
		Key: "plan", Name: i18n.Same("plan"), Metric: "m", Shape: "every", Period: calendar.Year, Reward: rule.Reward{Kind: rule.Points, Amount: money.MustDecimal("1")},
	}}
	byKey := paying("m", calendar.Year, 0)
	byKey.Def.Audience.Persons = []string{"p2"}
	byTeam := paying("m", calendar.Year, 0)
	byTeam.Def.Subject, byTeam.Def.Audience.Teams = rule.Team, []string{"u3"}
	named := func(person int, name string) operation { return personOp{Person: person, Name: name} }

	cases := []struct {
		name      string
		zone      string
		ops       []operation
		awards    int64
		notJudged int
	}{
		{"a version with shorter periods takes over within a quarter", "UTC", []operation{
			countOf("m", ""), paying("m", calendar.Quarter, 0), paying("m", calendar.Month, 31), step, deal("e1", "2026-02-10", "p1"),
		}, 2, 0},
		{"a field goes, and with it what was counted", "UTC", []operation{
			countOf("m", ""), paying("m", calendar.Year, 0), deal("e1", "2026-02-10", "p1"), step, fieldsOp{"owner"},
		}, 0, 1},
		{"a field goes and comes back", "UTC", []operation{
			countOf("m", ""), paying("m", calendar.Year, 0), deal("e1", "2026-02-10", "p1"), step,
			fieldsOp{"owner"}, step, deal("e1", "2025-06-10", "p1"), step, fieldsOp{},
		}, 1, 0},
		{"a field that only an expression names", "UTC", []operation{
			countOf("m", `status == "won"`), paying("m", calendar.Year, 0), deal("e1", "2026-02-10", "p1"), step, fieldsOp{"status"}, step, fieldsOp{},
		}, 1, 0},
		{"another time zone and another name in one step", "Pacific/Kiritimati", []operation{
			countOf("m", ""), paying("m", calendar.Week, 0), deal("e1", "2026-02-10", "p1"), step,
			orgOp{Zone: "America/New_York", Fiscal: 4}, orgOp{Name: "Bay"},
		}, 1, 0},
		{"a name in the audience that two have for a while", "UTC", []operation{
			countOf("m", ""), audience, deal("e1", "2026-02-10", "p3"), step, named(5, "Person 2"), step,
			deal("e1", "2026-02-10", "p1"), deal("e2", "2026-02-10", "p2"), step, named(5, "Somebody"),
		}, 1, 0},
		{"a name in the audience that now means somebody else", "UTC", []operation{
			countOf("m", ""), audience, deal("e1", "2026-02-10", "p5"), named(5, "Person 2"), named(2, "Somebody"),
		}, 1, 0},
		{"a key in the audience falls to whoever has it as a name", "UTC", []operation{
			countOf("m", ""), byKey, deal("e1", "2026-02-10", "p5"), named(5, "p2"), step, personOp{Person: 2, Key: "q2"},
		}, 1, 0},
		{"work of the last day with the company", "UTC", []operation{
			countOf("m", ""), byTeam, deal("e1", "2026-02-10", "p1"), personOp{Person: 1, Left: 40},
		}, 1, 0},
		{"work of the day after the last", "UTC", []operation{
			countOf("m", ""), byTeam, deal("e1", "2026-02-10", "p1"), personOp{Person: 1, Left: 39},
		}, 0, 0},
		{"a value on the bound of a tier", "UTC", []operation{
			sumOf("m"), ruled("rate", `{"mode":"whole","tiers":[{"up_to":"100","rate":"5%"},{"rate":"8%"}]}`, calendar.Year), deal("e1", "2026-02-10", "p1"),
		}, 1, 0},
		{"two who tie at one moment: the external id decides", "UTC", []operation{
			countOf("m", ""), ruled("rank", `{"places":1,"ties":"earliest"}`, calendar.Year), deal("b", "2026-02-10", "p1"), deal("a", "2026-02-10", "p2"),
		}, 1, 0},
		{"a carried total that falls has to be made good", "UTC", []operation{
			sumOf("m"), ruled("every", `{"size":"100","remainder":"carry"}`, calendar.Month), worth("e1", "2026-01-10", "250"),
			worth("e2", "2026-02-10", "-100"), worth("e3", "2026-03-10", "50"),
		}, 2, 0},
		{"a correction long ago ends a streak", "UTC", []operation{
			countOf("m", ""), ruled("streak", `{"times":3,"rule":{"shape":"reach","params":{"steps":[{"at":1}]}}}`, calendar.Month),
			deal("e1", "2026-01-10", "p1"), deal("e2", "2026-02-10", "p1"), deal("e3", "2026-03-02", "p1"),
			deal("e4", "2026-01-10", "p2"), deal("e5", "2026-02-10", "p2"), deal("e6", "2026-03-02", "p2"), step, deal("e1", "2025-06-10", "p1"),
		}, 1, 0},
		{"a cap whose excess waits", "UTC", []operation{
			sumOf("m"), ruled("every", `{"size":"100","remainder":"carry","cap":1,"excess":"carry"}`, calendar.Month), worth("e1", "2026-01-10", "300"),
		}, 3, 0},
		{"a cap whose excess lapses", "UTC", []operation{
			sumOf("m"), ruled("every", `{"size":"100","remainder":"carry","cap":1}`, calendar.Month), worth("e1", "2026-01-10", "350"), worth("e2", "2026-02-10", "50"),
		}, 2, 0},
		{"more changes than one step takes up, and a definition after them", "UTC", []operation{
			sumOf("m"), ruled("every", `{"size":"100"}`, calendar.Year), manyDeals(), countOf("m", ""),
		}, 42, 0},
		{"a part of a ratio that no longer adds up", "UTC", []operation{
			countOf("won", ""), countOf("all", ""), ratioOf("m", "won", "all"), paying("m", calendar.Year, 0), deal("e1", "2026-02-10", "p1"), step,
			metricOp{metric.Def{Key: "won", Name: i18n.Same("won"), Object: "deal", Date: "day", Person: "owner", Measure: metric.Measure{Kind: metric.Average, Value: "amount"}}},
		}, 0, 1},
		{"a part of a ratio whose field is gone", "UTC", []operation{
			sumOf("won"), countOf("all", ""), ratioOf("m", "won", "all"), paying("m", calendar.Year, 0), deal("e1", "2026-02-10", "p1"), step, fieldsOp{"amount"},
		}, 0, 1},
		{"a cost written 0.00", "UTC", []operation{countOf("m", ""), bowl, deal("e1", "2026-02-10", "p1")}, 1, 0},
		{"a problem that ended with its plan", "UTC", []operation{
			countOf("m", ""), paying("m", calendar.Month, 0), step, fieldsOp{"owner"}, step, fieldsOp{}, ended,
		}, 0, 0},
		{"a day on which clocks skip midnight", "America/Santiago", []operation{
			countOf("m", ""), paying("m", calendar.Week, 0), deal("e1", "2026-09-06", "p1"), daysOp{200},
		}, 1, 0},
		{"more rewards than a rule may give", "UTC", []operation{sumOf("m"), tooMany, deal("e1", "2026-02-10", "p1")}, 0, 1},
		{"one of two has more than a rule may give", "UTC", []operation{
			sumOf("m"), tooMany, deal("e1", "2026-02-10", "p2"), step, worth("e2", "2026-02-10", "0.02"), step,
		}, 0, 1},
		{"one of two had more than a rule may give", "UTC", []operation{
			sumOf("m"), tooMany, deal("e1", "2026-02-10", "p2"), step, worth("e2", "2026-02-10", "0.02"), step,
			recordsOp{[]recordOp{{Kind: record.Delete, External: "e1"}}},
		}, 4, 0},
		{"a metric measures another object for a while, and records of the first change meanwhile", "UTC", []operation{
			accountOf("m"), account("a1", "p1"), paying("m", calendar.Year, 0), step, deal("e1", "2026-01-05", "p0"), countOf("m", ""), step,
		}, 1, 0},
		{"a deleted record comes back", "UTC", []operation{
			countOf("m", ""), paying("m", calendar.Year, 0), deal("e1", "2026-02-10", "p1"), step,
			recordsOp{[]recordOp{{Kind: record.Delete, External: "e1"}}}, step, recordsOp{[]recordOp{{Kind: record.Restore, External: "e1"}}},
		}, 1, 0},
	}
	template := sqliteTemplate(t)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, what, err := live(script{Zone: c.zone, Fiscal: 1, Ops: c.ops}, copyOf(t, template, i), "")
			if err != nil {
				t.Fatal(err)
			}
			if what.awards != c.awards || what.notJudged != c.notJudged {
				t.Errorf("%d awards, %d periods not judged; want %d and %d", what.awards, what.notJudged, c.awards, c.notJudged)
			}
		})
	}
}

// Whatever is stored otherwise than it should be is found, with its place, and nothing else is.
func TestTamperingIsFound(t *testing.T) {
	cases := []struct {
		name, sql       string
		kind            verify.Kind
		expected, found string // begin so
	}{
		{"an amount", `UPDATE award SET amount = amount + 1`, verify.AwardDiffers, "granted 1 × cash 500 = 50000 minor", "granted 1 × cash 500 = 50001 minor"},
		{"a quantity", `UPDATE award SET quantity = 2`, verify.AwardDiffers, "granted 1", "granted 2"},
		{"a moment", `UPDATE award SET moment = moment - 1`, verify.AwardDiffers, "granted", "granted"},
		{"a state", `UPDATE award SET state = 'provisional'`, verify.AwardDiffers, "granted", "provisional"},
		{"a version", `UPDATE award SET version_no = 7`, verify.AwardDiffers, "granted", "granted"},
		{"an award taken away", `UPDATE award SET state = 'reversed'`, verify.AwardDiffers, "granted", "nothing"},
		{"an award in a period that is not judged", `INSERT INTO award (id, plan_id, version_no, period_kind, period_label, period_from, period_to, subject_kind, subject_id, slot, state,
				reward, reward_kind, quantity, amount, currency, moment, granted_at, updated_at)
			SELECT id + 1000, plan_id, version_no, period_kind, '2025', period_from - 365, period_to - 365, subject_kind, subject_id, slot, state,
				reward, reward_kind, quantity, amount, currency, moment, granted_at, updated_at FROM award`, verify.AwardDiffers, "nothing", "granted"},
		{"a contribution's value", `UPDATE contribution SET given = REPLACE(given, '=1', '=2')`, verify.ContributionDiffers, "1 for person", "2 for person"},
		{"a contribution lost", `DELETE FROM contribution`, verify.ContributionDiffers, "1 for person", "nothing"},
		{"a contribution of no record", `INSERT INTO contribution SELECT record_id + 1000, person_id, moment, object_id, day, ext, given FROM contribution`,
			verify.ContributionDiffers, "nothing", "1 for person"},
		{"a cell", `UPDATE cell SET total = 5`, verify.CellDiffers, "1 records, 1", "1 records, 5"},
		{"a cell lost", `DELETE FROM cell`, verify.CellDiffers, "1 records, 1", "nothing"},
		{"a record left out", `DELETE FROM left_out`, verify.LeftOutDiffers, "no_date", "nothing"},
		{"another reason", `UPDATE left_out SET reason = 'no_person'`, verify.LeftOutDiffers, "no_date", "no_person"},
	}
	template := sqliteTemplate(t)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := tampered(t, copyOf(t, template, i), c.sql)
			report, err := verify.Run(w.ctx, verify.Deps{DB: w.db, Records: w.records, People: w.people, Plans: w.plans}, nil)
			if err != nil {
				t.Fatal(err)
			}
			found := slices.DeleteFunc(report.Differences, func(d verify.Difference) bool { return d.Kind == verify.HistoryDiffers })
			if len(found) != 1 || report.Agrees() {
				t.Fatalf("%d differences, want 1: %+v", len(found), found)
			}
			d := found[0]
			if d.Kind != c.kind || !begins(d.Expected, c.expected) || !begins(d.Found, c.found) {
				t.Errorf("%+v", d)
			}
		})
	}
}

func begins(text, with string) bool { return len(text) >= len(with) && text[:len(with)] == with }

// tampered is a company with one award, one contribution and one record left out, with which somebody has meddled.
func tampered(t *testing.T, url, sql string) *world {
	t.Helper()
	w, err := openWorld(context.Background(), url, "", begun)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.close)
	err = w.found(people.Organisation{Name: i18n.Same("Laurel"), TimeZone: "UTC", FiscalStartMonth: 1, Currency: "CNY", Language: i18n.ZH})
	undated := recordsOp{[]recordOp{{Kind: record.Create, External: "e2", Values: map[string]any{"owner": "p1"}}}}
	for _, op := range []operation{countOf("m", ""), paying("m", calendar.Year, 0), deal("e1", "2026-02-10", "p1"), undated, step} {
		if err == nil {
			err = op.do(w)
		}
	}
	if err == nil {
		err = w.db.Write(w.ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(sql)
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// A report says how far the engine is behind, so that a reader does not take lag for a fault.
func TestReportSaysThatTheEngineIsBehind(t *testing.T) {
	w := tampered(t, "sqlite:"+filepath.Join(t.TempDir(), "laurel.db"), `UPDATE award SET amount = amount`)
	if err := deal("e3", "2026-02-11", "p2").do(w); err != nil {
		t.Fatal(err)
	}
	report, err := verify.Run(w.ctx, verify.Deps{DB: w.db, Records: w.records, People: w.people, Plans: w.plans}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Behind != 1 || report.Agrees() {
		t.Errorf("behind %d, %d differences", report.Behind, report.Count)
	}
}
