package definition

import (
	"errors"
	"fmt"

	"laurel/internal/engine"
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// Rewrite is one line of what a file changes of periods already judged.
type Rewrite struct {
	Plan    string               `json:"plan"`
	Period  string               `json:"period"`
	Closed  bool                 `json:"closed"` // the difference becomes an adjustment
	Subject engine.ReportSubject `json:"subject"`
	Before  []i18n.Text          `json:"before"`
	After   []i18n.Text          `json:"after"`
}

// past are the parts of a file that say by what past periods are judged, as far as they differ from what is there: how days, money and
// working time are counted, metrics, and plans from a past day on. What else a file moves (persons, targets, exchange rates) is a
// correction, which awards follow anyway.
type past struct {
	file  File
	place string // of the first of them
	plans []int  // places in the file of the plans that reach back, each after those of the file that it builds on
}

// pastOf finds them.
func (a *applying) pastOf(f *File) (*past, error) {
	out := &past{}
	found := func(place string) {
		if out.place == "" {
			out.place = place
		}
	}
	dir, err := a.People.Directory(a.tx)
	if err != nil {
		return nil, err
	}
	if f.Organisation != nil && !f.Organisation.over(dir.Organisation).CountsAs(dir.Organisation) {
		out.file.Organisation = f.Organisation
		found("organisation")
	}
	metrics, err := a.Metrics.All(a.tx)
	if err != nil {
		return nil, err
	}
	for i, def := range f.Metrics {
		if m := metrics.Key(def.Key); m != nil && !m.Def.MeasuresAs(def) {
			out.file.Metrics, out.file.Objects = f.Metrics, f.Objects // which they may need
			found(fmt.Sprintf("metrics[%d]", i))
		}
	}
	reaching := map[int]bool{}
	for _, i := range inOrder(f.Plans) {
		back, err := a.Plans.ReachesBack(a.tx, f.Plans[i])
		if err != nil {
			return nil, err
		}
		if back {
			reaching[i] = true
			out.file.Metrics, out.file.Objects, out.file.Plans = f.Metrics, f.Objects, f.Plans // which it may read or build on
			found(fmt.Sprintf("plans[%d].effective_from", i))
		}
	}
	out.plans = withBases(f.Plans, reaching)
	if out.place == "" {
		return nil, nil
	}
	out.file.Departments, out.file.Teams, out.file.Persons, out.file.Rates = f.Departments, f.Teams, f.Persons, f.Rates
	return out, nil
}

// weigh finds out what a file changes of periods already judged, beyond what its corrections of people and rates do. Nothing is kept.
func (a *applying) weigh(f *File) error {
	judging, err := a.Engine.Judging(a.tx)
	if err != nil || !judging {
		return err
	}
	past, err := a.pastOf(f)
	if err != nil || past == nil {
		return err
	}
	trial := *a
	trial.opts, trial.out = Options{Retroactive: true}, &Outcome{}
	var changes engine.Changes
	err = a.tx.Nested(func() error {
		for _, part := range []func(*File) error{trial.units, trial.persons, trial.rates} {
			if err := part(&past.file); err != nil {
				return err
			}
		}
		changes, err = a.Engine.Changes(a.tx, "definitions", func() error {
			for _, part := range []func(*File) error{trial.organisation, trial.objects, trial.metrics} {
				if err := part(&past.file); err != nil {
					return err
				}
			}
			for _, i := range past.plans {
				if _, err := trial.publish(past.file.Plans[i]); err != nil {
					return err
				}
			}
			return nil
		})
		return errors.Join(err, errDryRun)
	})
	if _, wrong := problem.As(err); wrong {
		return nil // what is wrong with the file is told when it is applied
	}
	if err != nil && !errors.Is(err, errDryRun) {
		return err
	}
	if err := a.noteRewrites(&changes); err != nil {
		return err
	}
	return a.deliberate(past, changes)
}

// deliberate refuses a change of the past that nobody has meant: that needs a word for it, or the token of the very list.
func (a *applying) deliberate(past *past, changes engine.Changes) error {
	n := len(changes.List)
	switch {
	case n == 0 || a.opts.Retroactive && a.opts.Confirmed == "" || a.opts.Confirmed == changes.Token:
		a.opts.Retroactive = a.opts.Retroactive || a.opts.Confirmed != "" && n > 0
		return nil
	case a.opts.Confirmed != "":
		return &engine.Rewrites{Changes: changes, Problem: problem.New(problem.Conflict, "changes_moved", past.place,
			"你查看之后，数据又变了，会改动的内容已不同。请重新查看后再确认。",
			"The data has moved since you looked, and what would change is different now. Look again, then confirm.")}
	}
	return &engine.Rewrites{Changes: changes, Problem: problem.New(problem.Conflict, "changes_not_confirmed", past.place,
		"这会改动已经评判过的 %d 项奖励，涉及 %d 个人员或团队。先用 --retroactive --dry-run 看清单，确实要追溯再用 --retroactive（HTTP：带上确认码 confirmed）。",
		"this changes %d rewards of periods that were already judged, of %d people or teams. See the list with --retroactive --dry-run; if you mean it, say --retroactive (over HTTP: confirmed, with the list's token).",
		n, changes.Subjects())}
}

// noteRewrites writes out what changes of periods already judged.
func (a *applying) noteRewrites(changes *engine.Changes) error {
	dir, err := a.People.Directory(a.tx)
	if err != nil {
		return err
	}
	plans, err := a.Plans.All(a.tx)
	if err != nil {
		return err
	}
	keys := map[int64]string{}
	for _, p := range plans {
		keys[p.ID] = p.Key
	}
	for i := range changes.List {
		c := &changes.List[i]
		a.out.Rewrites = append(a.out.Rewrites, Rewrite{
			Plan: keys[c.PlanID], Period: c.Period.Label, Closed: c.Closed, Subject: engine.NameSubject(dir, c.Ref),
			Before: given(c.Before), After: given(c.After),
		})
	}
	return nil
}

func given(list []engine.Given) []i18n.Text {
	out := []i18n.Text{}
	for _, g := range list {
		out = append(out, rule.RewardText(g.Reward, g.Quantity, g.Amount, false))
	}
	return out
}

// over lays what a file says of the organisation over its settings.
func (given *Organisation) over(o people.Organisation) people.Organisation {
	if !given.Name.IsZero() {
		o.Name = given.Name
	}
	if given.TimeZone != "" {
		o.TimeZone = given.TimeZone
	}
	if given.FiscalStartMonth != 0 {
		o.FiscalStartMonth = given.FiscalStartMonth
	}
	if given.Currency != "" {
		o.Currency = given.Currency
	}
	if given.Language != "" {
		o.Language = i18n.Lang(given.Language)
	}
	if given.Working != nil {
		o.Working = *given.Working
	}
	if given.ClawbackLimit != nil {
		o.ClawbackLimit = *given.ClawbackLimit
	}
	if given.FourEyes != nil {
		o.FourEyes = *given.FourEyes
	}
	return o
}
