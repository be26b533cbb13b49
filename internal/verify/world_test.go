package verify_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/engine"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/verify"
)

// world is a small company on one database, with an engine whose clock the test moves.
type world struct {
	ctx      context.Context
	url, org string

	db      *db.DB
	records *record.Store
	people  *people.Store
	metrics *metric.Store
	plans   *plan.Store
	engine  *engine.Engine

	now     time.Time
	asked   int    // how often the engine has looked at the clock since the last arm
	trip    int    // at which look to pull the wire; 0 never
	wire    func() // cancels the context of the step
	created []int64
	batches []recordsOp

	cutter *cutter // between the process and PostgreSQL, where connections are to break
	cuts   int     // how many did

	backdated map[string]bool // versions of plans, by key and number, that replaced others for days that were over
	acts      map[string]bool // what was done, true where it changed an award
}

// openWorld opens a database as a new process would.
func openWorld(ctx context.Context, url, org string, now time.Time) (*world, error) {
	w := &world{ctx: ctx, url: url, org: org, now: now, backdated: map[string]bool{}, acts: map[string]bool{}}
	return w, w.start()
}

func (w *world) start() error {
	d, err := db.Open(w.ctx, w.url, w.org)
	if err != nil {
		return err
	}
	w.db = d
	if w.records, err = record.Open(w.ctx, d); err != nil {
		return err
	}
	w.people = people.Open(d, w.records)
	w.metrics = metric.Open(w.records)
	w.plans = plan.Open(w.records, w.people, w.metrics)
	w.newEngine()
	return nil
}

func (w *world) newEngine() {
	w.engine = engine.Open(w.db, w.records, w.people, w.metrics, w.plans, w.look)
}

// look is the engine's clock.
func (w *world) look() time.Time {
	w.asked++
	if w.trip != 0 && w.asked == w.trip {
		w.wire()
	}
	return w.now
}

// restart abandons the process: no release of the lease, nothing said to the database. The lease of the dead one has
// run out by the time the new one asks.
func (w *world) restart() error {
	w.close()
	w.now = w.now.Add(10 * time.Second)
	return w.start()
}

func (w *world) close() { _ = w.db.Close() }

// write runs fn as one operation of a user. A refusal, a problem that the user is told, is no fault.
func (w *world) write(fn func(*db.Tx) error) error {
	return refused(w.db.Write(w.ctx, fn))
}

func refused(err error) error {
	if p, ok := problem.As(err); ok && p.Kind != problem.Internal && p.Kind != problem.Unavailable {
		return nil
	}
	return err
}

// settle brings the engine to the end of the log.
func (w *world) settle() error { return w.engine.CatchUp(w.ctx) }

// prove compares what is stored with what the naive evaluator finds.
func (w *world) prove() (*verify.Report, error) {
	deps := verify.Deps{DB: w.db, Records: w.records, People: w.people, Plans: w.plans}
	r, err := verify.Run(w.ctx, deps, nil)
	if err != nil {
		return nil, err
	}
	if r.Behind != 0 {
		return r, fmt.Errorf("the engine is %d changes behind after it caught up", r.Behind)
	}
	if !r.Agrees() {
		var b strings.Builder
		for i, d := range r.Differences {
			if i == 8 {
				break
			}
			fmt.Fprintf(&b, "\n%+v", d)
		}
		return r, fmt.Errorf("verify finds %d differences, %s:%s", r.Count, w.afterRebuild(deps), b.String())
	}
	return r, nil
}

// afterRebuild tells what the engine did wrong: it missed to judge something again, or judges it otherwise than the proof does.
func (w *world) afterRebuild(deps verify.Deps) string {
	_, err := w.engine.Rebuild(w.ctx, nil)
	if err != nil {
		return fmt.Sprintf("and a rebuild fails (%v)", err)
	}
	r, err := verify.Run(w.ctx, deps, nil)
	switch {
	case err != nil:
		return fmt.Sprintf("and after a rebuild the proof fails (%v)", err)
	case r.Agrees():
		return "none after a rebuild: the engine missed something that changed"
	}
	return fmt.Sprintf("%d after a rebuild: engine and proof understand a rule differently", r.Count)
}

// The tables that the engine writes, with the columns that say the same on every database. A cell whose records were
// all taken back may stay as an empty row.
var spine = []struct{ name, query, stamps string }{
	{"contribution", `SELECT record_id, person_id, moment, object_id, day, ext, given FROM contribution`, ""},
	{"cell", `SELECT metric_id, person_id, day, records, high, total FROM cell WHERE records <> 0 OR high <> 0 OR total <> 0`, ""},
	{"left_out", `SELECT record_id, metric_id, reason, detail FROM left_out`, ""},
	{"award", `SELECT plan_id, version_no, period_kind, period_label, period_from, period_to, subject_kind, subject_id, slot,
		state, reward, reward_kind, quantity, amount, currency, moment FROM award`, "id, granted_at, updated_at"},
	{"plan_problem", `SELECT plan_id, period_label, code, message FROM plan_problem`, ""},
}

// dump writes every row of the spine, sorted. With stamps it holds ids and times of writing too, and the history.
func (w *world) dump(stamps bool) ([]string, error) {
	var out []string
	err := w.db.Read(w.ctx, func(tx *db.Tx) error {
		out = nil
		for _, table := range spine {
			query := table.query
			if stamps && table.stamps != "" {
				query = strings.Replace(query, "SELECT ", "SELECT "+table.stamps+", ", 1)
			}
			if err := dumpRows(tx, table.name, query, &out); err != nil {
				return err
			}
		}
		if !stamps {
			return nil
		}
		if err := dumpRows(tx, "award_event", `SELECT id, award_id, at, kind, amount_before, amount_after, cause_seq FROM award_event`, &out); err != nil {
			return err
		}
		return dumpRows(tx, "engine_state", `SELECT cursor, as_of FROM engine_state`, &out)
	})
	slices.Sort(out)
	return out, err
}

func dumpRows(tx *db.Tx, name, query string, out *[]string) error {
	rows, err := tx.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	cells := make([]any, len(columns))
	for i := range cells {
		cells[i] = new(any)
	}
	for rows.Next() {
		if err := rows.Scan(cells...); err != nil {
			return err
		}
		line := name
		for _, c := range cells {
			v := *c.(*any)
			if text, ok := v.([]byte); ok {
				v = string(text)
			}
			line += fmt.Sprintf(" | %v", v)
		}
		*out = append(*out, line)
	}
	return rows.Err()
}

// firstDifference shows where two dumps part.
func firstDifference(a, b []string) error {
	if slices.Equal(a, b) {
		return nil
	}
	var lines []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			lines = append(lines, "- "+x)
		}
	}
	for _, x := range b {
		if !slices.Contains(a, x) {
			lines = append(lines, "+ "+x)
		}
	}
	return errors.New(strings.Join(lines[:min(len(lines), 10)], "\n"))
}

// The company that every run begins with.
var fields = []record.FieldDef{
	{Key: "amount", Type: "money", Currency: "CNY"},
	{Key: "qty", Type: "number", Scale: 2},
	{Key: "day", Type: "date"},
	{Key: "at", Type: "datetime"},
	{Key: "due", Type: "date"},
	{Key: "done", Type: "datetime"},
	{Key: "owner", Type: "person"},
	{Key: "helper", Type: "person"},
	{Key: "status", Type: "choice", Choices: []record.Choice{{Key: "new"}, {Key: "won"}, {Key: "lost"}}},
	{Key: "vip", Type: "bool"},
	{Key: "account", Type: "relation", Target: "account"},
	{Key: "part", Type: "percent", Scale: 3},
	{Key: "abroad", Type: "money", Currency: "USD"},
	{Key: "coin", Type: "text"},
	{Key: "crew", Type: "text"}, // names a unit
}

const (
	personCount = 7
	unitCount   = 5
)

// found creates the company.
func (w *world) found(org people.Organisation) error {
	return w.db.Write(w.ctx, func(tx *db.Tx) error {
		if _, err := w.people.SaveOrganisation(tx, "test", org); err != nil {
			return err
		}
		if err := w.defineAccounts(tx, ""); err != nil {
			return err
		}
		if _, _, err := w.records.Define(tx, "test", record.ObjectDef{Key: "deal", Name: i18n.Same("Deal"), Fields: fields}); err != nil {
			return err
		}
		var unit []int64
		for i, u := range []people.Unit{
			{Kind: people.Department, Key: "u0"}, {Kind: people.Department, Key: "u1"},
			{Kind: people.Team, Key: "u2"}, {Kind: people.Team, Key: "u3"}, {Kind: people.Team, Key: "u4"},
		} {
			u.Name = i18n.Same(u.Key)
			switch i {
			case 1, 2:
				u.ParentID = unit[0]
			case 3:
				u.ParentID = unit[1]
			}
			saved, _, err := w.people.SaveUnit(tx, "test", u)
			if err != nil {
				return err
			}
			unit = append(unit, saved.ID)
		}
		for i := range personCount {
			p, _, err := w.people.SavePerson(tx, "test", people.Person{Key: fmt.Sprintf("p%d", i), Name: fmt.Sprintf("Person %d", i)})
			if err != nil {
				return err
			}
			spans := []people.Span{{UnitID: unit[2+i%3], Window: calendar.Window{From: newYear, To: calendar.MaxDay}}}
			if _, err := w.people.SetMemberships(tx, "test", p.ID, spans); err != nil {
				return err
			}
		}
		return nil
	})
}

// newYear is the first day about which the tests speak.
var newYear = calendar.DayOf(2026, time.January, 1)

// nth finds the person or unit that was created i-th, whatever it is called by now.
func (w *world) nthPerson(tx *db.Tx, i int) (people.Person, error) {
	dir, err := w.people.Directory(tx)
	if err != nil {
		return people.Person{}, err
	}
	return dir.Persons()[i], nil
}

func (w *world) nthUnit(tx *db.Tx, i int) (people.Unit, error) {
	dir, err := w.people.Directory(tx)
	if err != nil {
		return people.Unit{}, err
	}
	return dir.Units()[i], nil
}
