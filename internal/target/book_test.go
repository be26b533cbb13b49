package target_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/rule"
	"laurel/internal/target"
)

// firm is a department with two teams: a and b in the north, b moving south on 16 February, c in the south from 1 March,
// d straight in the department.
type firm struct {
	t       *testing.T
	db      *db.DB
	records *record.Store
	dir     *people.Directory
	ref     map[string]rule.Ref
}

func day(text string) calendar.Day {
	d, err := calendar.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func newFirm(t *testing.T, d *db.DB) *firm {
	t.Helper()
	records, err := record.Open(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	f := &firm{t: t, db: d, records: records, ref: map[string]rule.Ref{}}
	staff := people.Open(d, records)
	f.write(func(tx *db.Tx) error {
		_, err := staff.SaveOrganisation(tx, "test", people.Organisation{Name: i18n.Same("Firm"), TimeZone: "UTC", FiscalStartMonth: 1, Currency: "CNY", Language: i18n.EN})
		if err != nil {
			return err
		}
		unit := func(kind people.UnitKind, key string, parent int64) int64 {
			u, _, err := staff.SaveUnit(tx, "test", people.Unit{Kind: kind, Key: key, Name: i18n.Same(key), ParentID: parent})
			if err != nil {
				t.Fatal(err)
			}
			f.ref[key] = rule.Ref{Kind: rule.SubjectKind(kind), ID: u.ID}
			return u.ID
		}
		sales := unit(people.Department, "sales", 0)
		north, south := unit(people.Team, "north", sales), unit(people.Team, "south", sales)
		from := func(unit int64, from, to string) people.Span {
			w := calendar.Window{From: calendar.MinDay, To: calendar.MaxDay}
			if from != "" {
				w.From = day(from)
			}
			if to != "" {
				w.To = day(to)
			}
			return people.Span{UnitID: unit, Window: w}
		}
		for _, p := range []struct {
			key, joined string
			spans       []people.Span
		}{
			{"a", "", []people.Span{from(north, "", ""), from(sales, "", "")}},
			{"b", "", []people.Span{from(north, "", "2026-02-16"), from(south, "2026-02-16", "")}},
			{"c", "2026-03-01", []people.Span{from(south, "", "")}},
			{"d", "", []people.Span{from(sales, "", "")}},
		} {
			person := people.Person{Key: p.key, Name: p.key}
			if p.joined != "" {
				joined := day(p.joined)
				person.JoinedOn = &joined
			}
			saved, _, err := staff.SavePerson(tx, "test", person)
			if err != nil {
				return err
			}
			f.ref[p.key] = rule.Ref{Kind: rule.Person, ID: saved.ID}
			if _, err := staff.SetMemberships(tx, "test", saved.ID, p.spans); err != nil {
				return err
			}
		}
		f.dir, err = staff.Directory(tx)
		return err
	})
	return f
}

func (f *firm) write(fn func(*db.Tx) error) {
	f.t.Helper()
	if err := f.db.Write(context.Background(), fn); err != nil {
		f.t.Fatal(err)
	}
}

// parse reads "a 2026-Q1 90 [1,1,2] whole".
func (f *firm) parse(text string) target.Target {
	f.t.Helper()
	words := strings.Fields(text)
	out := target.Target{MetricID: 7, Subject: f.ref[words[0]], Label: words[1], Value: money.MustDecimal(words[2])}
	for _, more := range words[3:] {
		if more == "whole" {
			out.Whole = true
		} else if err := out.Spread.UnmarshalJSON([]byte(more)); err != nil {
			f.t.Fatal(err)
		}
	}
	return out
}

func TestTargetsSpreadRollUpAndFollowDaysHeld(t *testing.T) {
	f := newFirm(t, dbtest.Open(t, db.SQLite))
	sums, shares := target.Of{MetricID: 7, Scale: 2, Adds: true}, target.Of{MetricID: 7, Scale: 2}
	counts := target.Of{MetricID: 7, Adds: true}
	for _, c := range []struct {
		name    string
		of      target.Of
		targets []string
		asks    map[string]string // "who period" → value, "-" for none
	}{
		{"the period's own", sums, []string{"a 2026-Q1 90"}, map[string]string{"a 2026-Q1": "90", "a 2026-Q2": "-", "b 2026-Q1": "-"}},
		{
			"by days, adding up to the cent", sums, []string{"a 2026 1000"},
			map[string]string{"a 2026-Q1": "246.58", "a 2026-Q2": "249.32", "a 2026-Q3": "252.05", "a 2026-Q4": "252.05", "a 2026-H1": "495.89"},
		},
		{"counts are whole", counts, []string{"a 2026-Q1 10"}, map[string]string{"a 2026-01": "4", "a 2026-02": "3", "a 2026-03": "3"}},
		{"a week crosses months", sums, []string{"a 2026-Q1 90"}, map[string]string{"a 2026-W05": "7", "a 2026-W01": "-"}},
		{
			"seasonal quarters, months by days", sums, []string{`a 2026 1000 ["10%","20%","30%","40%"]`},
			map[string]string{"a 2026-Q1": "100", "a 2026-H2": "700", "a 2026-04": "65.94", "a 2026-05": "68.13", "a 2026-06": "65.93"},
		},
		{
			"seasonal months", sums, []string{`a 2026 100 [1,1,1,1,1,1,1,1,1,1,1,1]`},
			map[string]string{"a 2026-01": "8.34", "a 2026-05": "8.33", "a 2026-Q1": "25.02"},
		},
		{"shorter ones make a longer", sums, []string{"a 2026-01 1", "a 2026-02 2", "a 2026-03 4"}, map[string]string{"a 2026-Q1": "7", "a 2026-H1": "-"}},
		{"a month of its own beside the year's", sums, []string{"a 2026 1000", "a 2026-03 50"}, map[string]string{"a 2026-03": "50", "a 2026-02": "76.72"}},
		{"held in part", sums, []string{"c 2026-Q1 90", "a 2026-Q1 90"}, map[string]string{"c 2026-Q1": "31", "c 2026-02": "-", "c 2026-03": "31"}},
		{"in full all the same", sums, []string{"c 2026-Q1 90 whole"}, map[string]string{"c 2026-Q1": "90", "south 2026-Q1": "90"}},
		{"days before joining need no target", sums, []string{"c 2026-03 31"}, map[string]string{"c 2026-Q1": "31"}},
		{
			"a team adds its members on their days", sums, []string{"a 2026-Q1 90", "b 2026-Q1 180", "c 2026-Q1 90", "d 2026-Q1 9"},
			map[string]string{"north 2026-Q1": "182", "south 2026-Q1": "119", "sales 2026-Q1": "310"},
		},
		{"a team's own comes first", sums, []string{"a 2026-Q1 90", "north 2026-Q1 500", "c 2026-03 31"}, map[string]string{"north 2026-Q1": "500", "sales 2026-Q1": "531"}},
		{"a share of what does not add up", shares, []string{"a 2026 0.9", "c 2026-Q1 0.8"}, map[string]string{"a 2026-02": "0.9", "north 2026": "-", "c 2026-Q1": "0.8"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list []target.Target
			for _, text := range c.targets {
				list = append(list, f.parse(text))
			}
			book := target.NewBook(f.dir, c.of, list)
			for ask, want := range c.asks {
				who, label, _ := strings.Cut(ask, " ")
				p, ok := f.dir.Organisation.Calendar().Labelled(label)
				if !ok {
					t.Fatal(label)
				}
				v, has, err := book.Value(f.ref[who], p.Window)
				if err != nil {
					t.Fatal(err)
				}
				got := "-"
				if has {
					got, _ = v.Text()
				}
				if got != want {
					t.Errorf("%s: %s, want %s", ask, got, want)
				}
			}
		})
	}
}

func TestSavedTargetsStandInTheLog(t *testing.T) { dbtest.Each(t, savedTargetsStandInTheLog) }

func savedTargetsStandInTheLog(t *testing.T, d *db.DB) {
	f := newFirm(t, d)
	f.write(func(tx *db.Tx) error {
		for _, step := range []struct {
			text    string
			changed bool
		}{{"a 2026 1000 [1,1,1,1]", true}, {"a 2026 1000 [1,1,1,1]", false}, {"a 2026 1200 whole", true}} {
			changed, err := target.Save(tx, f.records, f.dir, "test", f.parse(step.text))
			if err != nil || changed != step.changed {
				return fmt.Errorf("%s: changed %v, %w", step.text, changed, err)
			}
		}
		list, err := target.OfMetric(tx, 7)
		if err != nil || len(list) != 1 || list[0].Value.String() != "1200" || !list[0].Whole || len(list[0].Spread) != 0 {
			return fmt.Errorf("stored %+v, %w", list, err)
		}
		if gone, err := target.Remove(tx, f.records, "test", f.parse("a 2026 0")); err != nil || !gone {
			return fmt.Errorf("removed %v, %w", gone, err)
		}
		changes, err := f.records.Changes(tx, 0, 100)
		var kinds []string
		for _, c := range changes {
			if c.Object == target.Object {
				kinds = append(kinds, c.Kind)
			}
		}
		if fmt.Sprint(kinds) != "[create update delete]" {
			return fmt.Errorf("log: %v, %w", kinds, err)
		}
		return nil
	})
}

func TestWrongTargetsAreRefused(t *testing.T) {
	f := newFirm(t, dbtest.Open(t, db.SQLite))
	f.write(func(tx *db.Tx) error {
		for text, field := range map[string]string{
			"a 2026-Q7 1": "period", "a 2026 -1": "value", "a 2026-Q1 1 [1,1]": "spread", "a 2026 1 [0,0]": "spread", "a 2026-W05 1 [1,1]": "spread",
		} {
			_, err := target.Save(tx, f.records, f.dir, "test", f.parse(text))
			if p := asProblem(err); p != field {
				t.Errorf("%s: problem at %q, want %q (%v)", text, p, field, err)
			}
		}
		return nil
	})
}

func asProblem(err error) string {
	if p, ok := problem.As(err); ok {
		return p.Field
	}
	return ""
}
