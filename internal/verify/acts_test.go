package verify_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/engine"
	"laurel/internal/i18n"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// act is an operation that is one write, so that it can be asked beforehand what it will change.
type act interface {
	operation
	in(w *world, tx *db.Tx) error
}

func (w *world) act(o act) error {
	return w.write(func(tx *db.Tx) error { return o.in(w, tx) })
}

// endOp ends a plan on a day, also one that is over, or takes the first end back that there is.
type endOp struct {
	Plan   string
	Until  int // days after New Year
	Resume bool
}

func (o endOp) do(w *world) error { return w.act(o) }

func (o endOp) in(w *world, tx *db.Tx) error {
	if o.Resume {
		all, err := w.plans.All(tx)
		if err != nil {
			return err
		}
		for _, p := range all {
			if p.Stopped() {
				return w.plans.Resume(tx, "test", p.Key)
			}
		}
		return nil
	}
	return w.plans.End(tx, "test", o.Plan, newYear+calendar.Day(o.Until), true)
}

// deliberateOp does an act as somebody does who looks first at what it will change, then says that it is meant. What the list told is
// what happens, person by person, and nothing else.
type deliberateOp struct{ Of act }

func (o deliberateOp) do(w *world) error {
	if err := w.settle(); err != nil {
		return err
	}
	before, err := w.standing()
	if err != nil {
		return err
	}
	list, err := o.looksFirst(w)
	if err != nil {
		return refused(err)
	}
	if err := o.confirms(w, list); err != nil {
		return err
	}
	if err := w.settle(); err != nil {
		return err
	}
	after, err := w.standing()
	if err != nil {
		return err
	}
	if told, done := told(list), changed(before, after); !slices.Equal(told, done) {
		return fmt.Errorf("what an act told that it would change:\n%s\nwhat it changed:\n%s", strings.Join(told, "\n"), strings.Join(done, "\n"))
	}
	w.acts["confirmed"] = w.acts["confirmed"] || len(list.List) > 0
	w.did(o.Of, list)
	return nil
}

// looksFirst asks for the list, which leaves no trace.
func (o deliberateOp) looksFirst(w *world) (list engine.Changes, err error) {
	before, err := w.dump(true)
	if err != nil {
		return list, err
	}
	err = w.db.Write(w.ctx, func(tx *db.Tx) (err error) {
		list, err = w.engine.Changes(tx, o.Of, func() error { return o.Of.in(w, tx) })
		return err
	})
	if err != nil {
		return list, err
	}
	after, err := w.dump(true)
	if err == nil {
		if err = firstDifference(before, after); err != nil {
			err = fmt.Errorf("to look at what an act would change has changed something:\n%w", err)
		}
	}
	return list, err
}

// confirms does the act: at once where it changes no award, else only with the word for this very list.
func (o deliberateOp) confirms(w *world, list engine.Changes) error {
	try := func(word string) error {
		return w.db.Write(w.ctx, func(tx *db.Tx) error {
			return w.engine.Deliberate(tx, o.Of, word, func() error { return o.Of.in(w, tx) })
		})
	}
	if len(list.List) == 0 {
		return try("")
	}
	for _, word := range []string{"", "another list"} {
		var rewrites *engine.Rewrites
		if err := try(word); !errors.As(err, &rewrites) || rewrites.Changes.Token != list.Token {
			if problem.IsCode(err, "storage_unavailable") {
				return err
			}
			return fmt.Errorf("with the word %q an act that changes %d awards is answered with: %w", word, len(list.List), err)
		}
	}
	return try(list.Token)
}

// did notes what kind of act was done, and whether it changed an award.
func (w *world) did(of act, list engine.Changes) {
	name := ""
	switch o := of.(type) {
	case endOp:
		if name = "end"; o.Resume {
			name = "resume"
		}
	case orgOp:
		if name = "organisation"; o.Currency != "" {
			name = "currency"
		}
	case hoursOp:
		name = "hours"
	case metricOp:
		if name = "metric"; o.Def.Object == "account" {
			name = "moved_metric"
		}
	case planOp, renewOp:
		name = "version"
	}
	w.acts[name] = w.acts[name] || len(list.List) > 0
	w.acts["closed"] = w.acts["closed"] || slices.ContainsFunc(list.List, func(c engine.Change) bool { return c.Closed })
}

// holder is who has something for a period of a plan, adjustments included.
type holder struct {
	plan  int64
	label string
	ref   rule.Ref
}

// holding is what somebody has: minor units by currency, and numbers of things by what they are.
type holding map[string]int64

func (h holding) String() string {
	var out []string
	for _, what := range slices.Sorted(maps.Keys(h)) {
		if h[what] != 0 {
			out = append(out, fmt.Sprintf("%d %s", h[what], what))
		}
	}
	return strings.Join(out, ", ")
}

// standing adds up what stands on record.
func (w *world) standing() (map[holder]holding, error) {
	out := map[holder]holding{}
	err := w.db.Read(w.ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(`SELECT plan_id, CASE WHEN origin <> '' THEN origin ELSE period_label END, subject_kind, subject_id, reward, currency, quantity, amount
			FROM award WHERE state <> 'reversed'`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var at holder
			var text []byte
			var currency string
			var quantity, minor int64
			if err := rows.Scan(&at.plan, &at.label, &at.ref.Kind, &at.ref.ID, &text, &currency, &quantity, &minor); err != nil {
				return err
			}
			var reward rule.Reward
			if err := json.Unmarshal(text, &reward); err != nil {
				return err
			}
			if out[at] == nil {
				out[at] = holding{}
			}
			if reward.Kind == rule.Cash {
				out[at][currency] += minor
			} else {
				out[at][inWords(reward)] += quantity
			}
		}
		return rows.Err()
	})
	return out, err
}

func inWords(r rule.Reward) string {
	text, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// changed lists whose standing differs, in lines.
func changed(before, after map[holder]holding) (out []string) {
	for at := range maps.Keys(after) {
		if before[at] == nil {
			before[at] = nil
		}
	}
	for at := range before {
		if was, is := before[at].String(), after[at].String(); was != is {
			out = append(out, fmt.Sprintf("%+v: %s -> %s", at, was, is))
		}
	}
	slices.Sort(out)
	return out
}

// told writes a list of changes in the same lines.
func told(list engine.Changes) (out []string) {
	held := func(all []engine.Given) holding {
		h := holding{}
		for _, g := range all {
			if g.Reward.Kind == rule.Cash {
				h[g.Amount.Currency] += g.Amount.Minor
			} else {
				h[inWords(g.Reward)] += g.Quantity
			}
		}
		return h
	}
	for i := range list.List {
		c := &list.List[i]
		out = append(out, fmt.Sprintf("%+v: %s -> %s", holder{c.PlanID, c.Period.Label, c.Ref}, held(c.Before), held(c.After)))
	}
	slices.Sort(out)
	return out
}

// watched does something and notes whether it changed an award.
func (w *world) watched(name string, do func() error) error {
	if err := w.settle(); err != nil {
		return err
	}
	before, err := w.standing()
	if err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	if err := w.settle(); err != nil {
		return err
	}
	after, err := w.standing()
	w.acts[name] = w.acts[name] || len(changed(before, after)) > 0
	return err
}

// mergeOp lets a unit be absorbed by another of its kind: its members of every day, and the units below it.
type mergeOp struct{ From, Into int }

func (o mergeOp) do(w *world) error {
	return w.watched("merge", func() error { return w.act(o) })
}

func (o mergeOp) in(w *world, tx *db.Tx) error {
	from, err := w.nthUnit(tx, o.From)
	if err != nil {
		return err
	}
	into, err := w.nthUnit(tx, o.Into)
	if err != nil {
		return err
	}
	if from.Kind != into.Kind || from.ID == into.ID {
		return nil
	}
	dir, err := w.people.Directory(tx)
	if err != nil {
		return err
	}
	for _, p := range dir.Persons() {
		spans := slices.Clone(dir.SpansOf(p.ID))
		for i := range spans {
			if spans[i].UnitID == from.ID {
				spans[i].UnitID = into.ID
			}
		}
		if _, err := w.people.SetMemberships(tx, "test", p.ID, spans); err != nil {
			return err
		}
	}
	for _, u := range dir.Units() {
		if u.ParentID == from.ID && u.ID != into.ID {
			u.ParentID = into.ID
			if _, _, err := w.people.SaveUnit(tx, "test", u); err != nil {
				return err
			}
		}
	}
	return nil
}

// reviewOp writes a draft, submits it, has it sent back, changes it, submits it again, and publishes it in the end. Until then nothing
// that stands may change.
type reviewOp struct {
	Of       planOp
	SentBack bool
	Dropped  bool // instead of being published
}

func (o reviewOp) do(w *world) error {
	if err := w.settle(); err != nil {
		return err
	}
	before, err := w.standing()
	if err != nil {
		return err
	}
	def := o.Of.Def
	def.Params = json.RawMessage(o.Of.Params)
	refusal := w.db.Write(w.ctx, func(tx *db.Tx) error { return o.reviewed(w, tx, def) })
	if err := refused(refusal); err != nil {
		return err
	}
	if err := w.settle(); err != nil {
		return err
	}
	after, err := w.standing()
	if err != nil {
		return err
	}
	if lines := changed(before, after); len(lines) > 0 {
		return fmt.Errorf("a draft has changed what stands:\n%s", strings.Join(lines, "\n"))
	}
	w.acts["draft"] = w.acts["draft"] || len(after) > 0
	if refusal != nil {
		return nil
	}
	if o.Dropped {
		return w.write(func(tx *db.Tx) error { return w.plans.DropDraft(tx, "test", def.Key) })
	}
	return w.watched("review", func() error {
		return w.write(func(tx *db.Tx) error {
			p, err := w.plans.ByKey(tx, def.Key)
			if err != nil {
				return err
			}
			return w.publish(tx, p.Draft().Def, o.Of.From)
		})
	})
}

func (o reviewOp) reviewed(w *world, tx *db.Tx, def plan.Def) error {
	if _, err := w.plans.SaveDraft(tx, "writer", def); err != nil {
		return err
	}
	if _, err := w.plans.Submit(tx, "writer", def.Key, "please look"); err != nil || !o.SentBack {
		return err
	}
	if _, err := w.plans.SendBack(tx, "reader", def.Key, "the name says nothing"); err != nil {
		return err
	}
	def.Description = i18n.Same("better")
	if _, err := w.plans.SaveDraft(tx, "writer", def); err != nil {
		return err
	}
	_, err := w.plans.Submit(tx, "writer", def.Key, "")
	return err
}
