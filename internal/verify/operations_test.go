package verify_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/closing"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
)

// operation is one thing that happens to a company. It is data, so that the same list can happen on two databases.
type operation interface {
	do(w *world) error
}

// recordsOp is a batch of changes of records.
type recordsOp struct{ Ops []recordOp }

// closeOp closes the next period that can be closed, or reopens the last.
type closeOp struct {
	Kind   calendar.Kind
	Reopen bool
	Pay    bool // instead: note that the last one was paid
}

func (o closeOp) do(w *world) error {
	if err := w.settle(); err != nil {
		return err
	}
	var last *closing.Closing
	var cal calendar.Calendar
	err := w.db.Read(w.ctx, func(tx *db.Tx) error {
		all, err := closing.List(tx)
		if err != nil {
			return err
		}
		for i := range all {
			if all[i].Closed() && (last == nil || all[i].Period.To > last.Period.To) {
				last = &all[i]
			}
		}
		dir, err := w.people.Directory(tx)
		if err == nil {
			cal = dir.Organisation.Calendar()
		}
		return err
	})
	if err != nil {
		return err
	}
	switch {
	case o.Pay && last != nil:
		_, err = w.engine.Paid(w.ctx, "finance", last.Period.Label)
	case o.Reopen && last != nil:
		_, err = w.engine.Reopen(w.ctx, "finance", last.Period.Label, "a correction")
	case last != nil:
		_, err = w.engine.Close(w.ctx, "finance", o.Kind, cal.PeriodOf(o.Kind, last.Period.To).Label)
	default:
		_, err = w.engine.Close(w.ctx, "finance", o.Kind, cal.Back(cal.PeriodOf(o.Kind, calendar.DayAt(w.now, cal.Zone)), 1).Label)
	}
	return refused(err)
}

// recordOp changes one record, found by its external id, or by its place among those created when External is empty.
type recordOp struct {
	Kind     record.OpKind
	External string
	Place    int
	Rename   string // the new external id of a record found by place
	Values   map[string]any
}

func (o recordsOp) do(w *world) error {
	object, err := w.records.Object("deal")
	if err != nil {
		return err
	}
	var ops []record.Op
	for _, one := range o.Ops {
		values, err := w.withLive(one.Values, "account")
		if err != nil {
			return err
		}
		op := record.Op{Kind: one.Kind, ExternalID: one.External, Input: values}
		if one.External == "" && one.Kind != record.Create {
			if len(w.created) == 0 {
				continue
			}
			op.ID, op.ExternalID = w.created[one.Place%len(w.created)], one.Rename
		}
		ops = append(ops, op)
	}
	done, err := w.records.Save(w.ctx, "test", object, ops, false)
	if err != nil {
		return refused(err)
	}
	for _, d := range done {
		if d.Status == record.Created {
			w.created = append(w.created, d.ID)
		}
	}
	w.batches = append(w.batches, o)
	return nil
}

// repeatOp sends an earlier batch again, as a caller does who got no answer.
type repeatOp struct {
	Back     int
	Reversed bool
}

func (o repeatOp) do(w *world) error {
	if len(w.batches) == 0 {
		return nil
	}
	b := w.batches[len(w.batches)-1-o.Back%len(w.batches)]
	b.Ops = slices.Clone(b.Ops)
	if o.Reversed {
		slices.Reverse(b.Ops)
	}
	return b.do(w)
}

// memberOp replaces a person's memberships.
type memberOp struct {
	Person int
	Spans  []memberSpan
}

type memberSpan struct {
	Unit     int
	From, To int // days after New Year; To 0 is open
}

func (o memberOp) do(w *world) error {
	return w.write(func(tx *db.Tx) error {
		p, err := w.nthPerson(tx, o.Person)
		if err != nil {
			return err
		}
		var spans []people.Span
		for _, s := range o.Spans {
			u, err := w.nthUnit(tx, s.Unit)
			if err != nil {
				return err
			}
			window := calendar.Window{From: newYear + calendar.Day(s.From), To: newYear + calendar.Day(s.To)}
			if s.To == 0 {
				window.To = calendar.MaxDay
			}
			spans = append(spans, people.Span{UnitID: u.ID, Window: window})
		}
		_, err = w.people.SetMemberships(tx, "test", p.ID, spans)
		return err
	})
}

// managerOp gives a person one manager from a day on.
type managerOp struct{ Person, Manager, Since int }

func (o managerOp) do(w *world) error {
	return w.write(func(tx *db.Tx) error {
		p, err := w.nthPerson(tx, o.Person)
		if err != nil {
			return err
		}
		m, err := w.nthPerson(tx, o.Manager)
		if err != nil {
			return err
		}
		window := calendar.Window{From: newYear + calendar.Day(o.Since), To: calendar.MaxDay}
		_, err = w.people.SetManagers(tx, "test", p.ID, []people.ManagerSpan{{PersonID: p.ID, ManagerID: m.ID, Window: window}})
		return err
	})
}

// positionSpan is a position held for so many days from a day after new year on; an even number at the end means that it lasts.
type positionSpan struct {
	Position   string
	From, Days int
}

// personOp changes a person: 0 leaves a day open.
type personOp struct {
	Person       int
	Joined, Left int
	Positions    []positionSpan
	Key, Name    string
}

func (o personOp) do(w *world) error {
	return w.write(func(tx *db.Tx) error {
		p, err := w.nthPerson(tx, o.Person)
		if err != nil {
			return err
		}
		day := func(n int) *calendar.Day {
			if n == 0 {
				return nil
			}
			d := newYear + calendar.Day(n)
			return &d
		}
		p.JoinedOn, p.LeftOn = day(o.Joined), day(o.Left)
		p.Position, p.Positions = "", nil
		for i, s := range o.Positions {
			held := people.Held{Position: s.Position, From: day(s.From), To: day(s.From + s.Days)}
			if i == len(o.Positions)-1 && s.Days%2 == 0 {
				held.To = nil
			}
			p.Positions = append(p.Positions, held)
		}
		if o.Key != "" {
			p.Key = o.Key
		}
		if o.Name != "" {
			p.Name = o.Name
		}
		_, _, err = w.people.SavePerson(tx, "test", p)
		return err
	})
}

// unitOp moves or renames a unit. Parent -1 makes it a root.
type unitOp struct {
	Unit, Parent int
	Key, Name    string
}

func (o unitOp) do(w *world) error {
	return w.write(func(tx *db.Tx) error {
		u, err := w.nthUnit(tx, o.Unit)
		if err != nil {
			return err
		}
		u.ParentID = 0
		if o.Parent >= 0 {
			above, err := w.nthUnit(tx, o.Parent)
			if err != nil {
				return err
			}
			u.ParentID = above.ID
		}
		if o.Key != "" {
			u.Key = o.Key
		}
		if o.Name != "" {
			u.Name = i18n.Same(o.Name)
		}
		_, _, err = w.people.SaveUnit(tx, "test", u)
		return err
	})
}

// orgOp changes how the organisation counts time, or only its name.
type orgOp struct {
	Zone     string
	Fiscal   int
	Currency string
	Name     string
	Limit    people.Share // on what is taken back; "none" for none
}

func (o orgOp) do(w *world) error { return w.act(o) }

func (o orgOp) in(w *world, tx *db.Tx) error {
	dir, err := w.people.Directory(tx)
	if err != nil {
		return err
	}
	org := dir.Organisation
	if o.Zone != "" {
		org.TimeZone, org.FiscalStartMonth = o.Zone, o.Fiscal
	}
	if o.Currency != "" {
		org.Currency = o.Currency
	}
	if o.Limit != "" {
		if org.ClawbackLimit = o.Limit; o.Limit == "none" {
			org.ClawbackLimit = ""
		}
	}
	if o.Name != "" {
		org.Name = i18n.Same(o.Name)
	}
	_, err = w.people.SaveOrganisation(tx, "test", org)
	return err
}

// fieldsOp defines the object without one of its fields, or with all of them.
type fieldsOp struct{ Without string }

func (o fieldsOp) do(w *world) error {
	return w.write(func(tx *db.Tx) error {
		kept := slices.DeleteFunc(slices.Clone(fields), func(f record.FieldDef) bool { return f.Key == o.Without })
		_, _, err := w.records.Define(tx, "test", record.ObjectDef{Key: "deal", Name: i18n.Same("Deal"), Fields: kept})
		return err
	})
}

// metricOp makes or changes a metric.
type metricOp struct{ Def metric.Def }

func (o metricOp) do(w *world) error { return w.act(o) }

func (o metricOp) in(w *world, tx *db.Tx) error {
	_, _, err := w.metrics.Save(tx, "test", o.Def)
	return err
}

// planOp publishes a version of a plan.
type planOp struct {
	Def    plan.Def
	Params string
	From   int
	Until  int // 0 is open
}

// published counts what plans were accepted, so that the test notices when it no longer tests any.
var published, refusedPlans, splits int

func (o planOp) do(w *world) error {
	refusedPlans++
	return w.write(func(tx *db.Tx) error {
		err := o.in(w, tx)
		if err == nil {
			refusedPlans--
			published++
		}
		return err
	})
}

func (o planOp) in(w *world, tx *db.Tx) error {
	o.Def.Params = json.RawMessage(o.Params)
	if o.Until != 0 {
		until := newYear + calendar.Day(o.Until)
		o.Def.EffectiveUntil = &until
	}
	return w.publish(tx, o.Def, o.From)
}

// publish publishes a version from a day after New Year on, and notes which ones reach into the past.
func (w *world) publish(tx *db.Tx, def plan.Def, day int) error {
	from := newYear + calendar.Day(day)
	p, changed, err := w.plans.Publish(tx, "test", def, from, true)
	if err != nil || !changed {
		return err
	}
	if def.Begins == plan.BeginAtOnce {
		splits++
	}
	if versions := p.Published(); len(versions) > 1 && from < calendar.DayAt(w.now, time.UTC) {
		w.backdated[fmt.Sprintf("%s/%d", p.Key, versions[len(versions)-1].No)] = true
	}
	return nil
}

// renewOp publishes a plan again, with another amount and nothing else: the new version goes on where the last one was.
type renewOp struct {
	Plan, From int
	Amount     string
	AtOnce     bool
}

func (o renewOp) do(w *world) error { return w.act(o) }

func (o renewOp) in(w *world, tx *db.Tx) error {
	p, err := w.plans.ByKey(tx, fmt.Sprintf("plan%d", o.Plan))
	if err != nil {
		return err
	}
	versions := p.Published()
	if len(versions) == 0 {
		return nil
	}
	def := versions[len(versions)-1].Def
	def.EffectiveUntil, def.Begins = nil, plan.NextPeriod
	if o.AtOnce {
		def.Begins = plan.BeginAtOnce
	}
	if def.Reward.Amount.IsZero() {
		def.Description = i18n.Same("again " + o.Amount)
	} else {
		def.Reward.Amount = money.MustDecimal(o.Amount)
	}
	return w.publish(tx, def, o.From)
}

// daysOp lets time pass.
type daysOp struct{ Days int }

func (o daysOp) do(w *world) error {
	w.now = w.now.Add(time.Duration(o.Days) * 24 * time.Hour)
	return nil
}

// stepOp lets the engine catch up.
type stepOp struct{ Prove bool }

func (o stepOp) do(w *world) error {
	if err := w.settle(); err != nil {
		return err
	}
	if o.Prove {
		_, err := w.prove()
		return err
	}
	return nil
}

// killOp is the end of the process between two steps, and a new one.
type killOp struct{ OnlyEngine bool }

func (o killOp) do(w *world) error {
	if o.OnlyEngine {
		w.now = w.now.Add(10 * time.Second)
		w.newEngine()
		return nil
	}
	return w.restart()
}

// failOp is a step that breaks off in the middle: because a table is away, or because its context ends when the engine
// looks at the clock for the n-th time. Nothing of the step may stay.
type failOp struct {
	Table string
	Trip  int
}

func (o failOp) do(w *world) error {
	before, err := w.dump(true)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(w.ctx)
	defer cancel()
	if o.Table != "" {
		if err := w.rename(o.Table, o.Table+"_away"); err != nil {
			return err
		}
	} else {
		w.asked, w.trip, w.wire = 0, o.Trip, cancel
	}
	failed := w.engine.CatchUp(ctx)
	w.trip = 0
	if o.Table != "" {
		if err := w.rename(o.Table+"_away", o.Table); err != nil {
			return err
		}
	}
	if failed == nil {
		return nil // there was nothing to do, or it did not touch the table
	}
	after, err := w.dump(true)
	if err != nil {
		return err
	}
	if cursor(before) != cursor(after) {
		return nil // the step was done, and only the look for more failed
	}
	if err := firstDifference(before, after); err != nil {
		return fmt.Errorf("a step that failed (%w) left something:\n%w", failed, err)
	}
	return nil
}

// cursor finds how far the engine says it has come.
func cursor(dump []string) string {
	i := slices.IndexFunc(dump, func(line string) bool { return strings.HasPrefix(line, "engine_state") })
	return dump[i]
}

func (w *world) rename(from, to string) error {
	return w.db.Write(w.ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`ALTER TABLE ` + from + ` RENAME TO ` + to)
		return err
	})
}
