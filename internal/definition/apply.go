package definition

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/db"
	"laurel/internal/engine"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Stores are the owners of what a file defines.
type Stores struct {
	DB      *db.DB
	Records *record.Store
	People  *people.Store
	Metrics *metric.Store
	Plans   *plan.Store
	Engine  *engine.Engine // tells what a file changes of periods already judged; without one nothing is asked
}

// Options say how a file is applied.
type Options struct {
	DryRun      bool   // find every problem and say what would change, keep nothing
	Retroactive bool   // periods that were already judged may be judged by something else
	Confirmed   string // in place of it: the token of the list of what that changes, which has to hold still
	Reviewed    bool   // where the organisation asks for four eyes, refuse to publish: a file has no second person
}

// Outcome tells what applying a file did, or would do.
type Outcome struct {
	Objects int         `json:"objects"` // read from the file
	Persons int         `json:"persons"`
	Units   int         `json:"units"`
	Metrics int         `json:"metrics"`
	Targets int         `json:"targets"`
	Plans   int         `json:"plans"`
	Changes []i18n.Text `json:"changes"` // one line for each thing that changed; empty when everything already was so

	Rewrites []Rewrite `json:"rewrites,omitempty"` // what the file changes of periods already judged, person by person
}

var errDryRun = errors.New("dry run")

// Apply makes what a file says, all or nothing, in one transaction.
func (s *Stores) Apply(ctx context.Context, actor string, f *File, opts Options) (*Outcome, error) {
	return s.ApplyMade(ctx, actor, func(*db.Tx) (*File, error) { return f, nil }, opts)
}

// ApplyMade is Apply of a file that is made in the same transaction, so that what it was made from still holds.
func (s *Stores) ApplyMade(ctx context.Context, actor string, made func(tx *db.Tx) (*File, error), opts Options) (*Outcome, error) {
	var out *Outcome
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		f, err := made(tx)
		if err != nil {
			return err
		}
		a := &applying{Stores: s, tx: tx, actor: actor, opts: opts, out: &Outcome{Changes: []i18n.Text{}}}
		out = a.out
		if s.Engine != nil {
			if err := a.weigh(f); err != nil {
				return err
			}
		}
		if err := a.all(f); err != nil {
			return err
		}
		if opts.DryRun {
			return errDryRun
		}
		return nil
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return nil, err
	}
	return out, nil
}

// ApplyText is Apply of a definition file's text. Problems have the lines of their places, and wrong keys are told together
// with what else is wrong.
func (s *Stores) ApplyText(ctx context.Context, actor string, text []byte, opts Options) (*Outcome, error) {
	f, keys := Parse(text)
	if f == nil {
		return nil, keys
	}
	opts.DryRun = opts.DryRun || keys != nil
	out, err := s.Apply(ctx, actor, f, opts)
	if keys != nil {
		if p, ok := problem.As(err); err != nil && (!ok || !mendable(p)) {
			return nil, err
		}
		err = problem.Join(flat(keys, err))
	}
	var refused *engine.Rewrites
	if errors.As(err, &refused) {
		located := *refused
		located.Problem, _ = problem.As(Located(text, refused.Problem))
		return nil, &located
	}
	if err != nil {
		return nil, Located(text, err)
	}
	return out, nil
}

type applying struct {
	*Stores
	tx    *db.Tx
	actor string
	opts  Options
	out   *Outcome

	fourEyes bool // what the organisation asked for before the file
}

// all applies the parts of a file in the order in which they need each other, and finds what is wrong with all of them; a
// part that needs a wrong one is left out, for its problems might be that one's.
func (a *applying) all(f *File) error {
	before, err := people.OrganisationOf(a.tx)
	if err != nil {
		return err
	}
	a.fourEyes = before.FourEyes
	var found []*problem.Error
	wrong := map[string]bool{}
	for _, part := range []struct {
		name  string
		apply func(*File) error
		needs []string
	}{
		{"organisation", a.organisation, nil},
		{"units", a.units, nil},
		{"objects", a.objects, nil},
		{"persons", a.persons, []string{"units"}},
		{"exchange_rates", a.rates, []string{"organisation"}},
		{"metrics", a.metrics, []string{"objects"}},
		{"targets", a.targets, []string{"organisation", "metrics", "units", "persons"}},
		{"plans", a.plans, []string{"metrics", "units", "persons"}},
	} {
		if slices.ContainsFunc(part.needs, func(name string) bool { return wrong[name] }) {
			wrong[part.name] = true
			continue
		}
		err := part.apply(f)
		p, ok := problem.As(err)
		if err != nil && (!ok || !mendable(p)) {
			return err
		}
		if err != nil {
			wrong[part.name] = true
			found = append(found, flat(err)...)
		}
	}
	return problem.Join(found)
}

// mendable tells a problem of the file, after which the rest of it can still be judged, from one of the storage.
func mendable(p *problem.Error) bool {
	return p.Kind == problem.Invalid || p.Kind == problem.NotFound || p.Kind == problem.Conflict
}

// flat lists the problems that errors hold, each by itself.
func flat(errs ...error) (out []*problem.Error) {
	for _, err := range errs {
		p, ok := problem.As(err)
		if !ok {
			continue
		}
		first := *p
		first.Details = nil
		out = append(append(out, &first), p.Details...)
	}
	return out
}

func (a *applying) note(changed bool, what i18n.Text, name string) {
	if changed {
		a.out.Changes = append(a.out.Changes, i18n.Format("%s %s", "%s %s", what, name))
	}
}

// at puts a problem under its place in the file.
func at(err error, place string, i int) error {
	if p, ok := problem.As(err); ok {
		return under(p, fmt.Sprintf("%s[%d]", place, i))
	}
	return err
}

func (a *applying) organisation(f *File) error {
	if f.Organisation == nil {
		return nil
	}
	dir, err := a.People.Directory(a.tx)
	if err != nil {
		return err
	}
	o := f.Organisation.over(dir.Organisation)
	changed, err := a.People.SaveOrganisation(a.tx, a.actor, o)
	if p, ok := problem.As(err); ok {
		return p.In("organisation")
	}
	a.note(changed, i18n.T("组织", "organisation"), o.Name.In(i18n.ZH))
	return err
}

func (a *applying) objects(f *File) error {
	a.out.Objects = len(f.Objects)
	if len(f.Objects) == 0 {
		return nil
	}
	objects, changed, err := a.Records.DefineAll(a.tx, a.actor, f.Objects)
	if p, ok := problem.As(err); ok {
		return inList(p, f.Objects)
	}
	if err != nil {
		return err
	}
	for i, o := range objects {
		a.note(changed[i], i18n.T("表", "object"), o.Key)
	}
	return nil
}

// inList puts problems that name an object by its key at the object's place in the file: objects.visit.title at objects[2].title.
func inList(p *problem.Error, objects []record.ObjectDef) error {
	found := flat(p)
	for _, one := range found {
		for i := range objects {
			if rest, ok := strings.CutPrefix(one.Field+".", "objects."+objects[i].Key+"."); ok {
				one.Field = strings.TrimSuffix(fmt.Sprintf("objects[%d].%s", i, rest), ".")
				break
			}
		}
	}
	return problem.Join(found)
}

// under puts a problem and its details under a part of the file.
func under(p *problem.Error, part string) *problem.Error {
	out := p.In(part)
	out.Details = nil
	for _, d := range p.Details {
		out.Details = append(out.Details, d.In(part))
	}
	return out
}

func (a *applying) metrics(f *File) error {
	a.out.Metrics = len(f.Metrics)
	var found []*problem.Error
	failed := map[string]bool{}
	for _, i := range metric.Order(f.Metrics) { // what others are computed from comes first
		def := f.Metrics[i]
		if slices.ContainsFunc(def.Measure.Names(), func(key string) bool { return failed[key] }) {
			failed[def.Key] = true // its problems might be those of its parts
			continue
		}
		_, changed, err := a.Metrics.Save(a.tx, a.actor, def)
		if err != nil {
			if p, ok := problem.As(err); ok && mendable(p) {
				failed[def.Key] = true
				found = append(found, flat(at(err, "metrics", i))...)
				continue
			}
			return err
		}
		a.note(changed, i18n.T("指标", "metric"), def.Key)
	}
	return problem.Join(found)
}

// inOrder lists the places of plans so that those which others build on come first, else as they are written.
func inOrder(plans []plan.Def) []int {
	place := map[string]int{}
	for i := range plans {
		place[plans[i].Key] = i
	}
	var out []int
	done := make([]bool, len(plans))
	var take func(i int)
	take = func(i int) {
		if done[i] {
			return
		}
		done[i] = true // also ends a circle, which is refused when the plan is checked
		for _, key := range plans[i].BasedOn() {
			if base, here := place[key]; here {
				take(base)
			}
		}
		out = append(out, i)
	}
	for i := range plans {
		take(i)
	}
	return out
}

// withBases adds to some plans of a file those of it that they build on, in the order of inOrder. One without a day is a draft, and
// nothing to build on.
func withBases(plans []plan.Def, some map[int]bool) (out []int) {
	order := inOrder(plans)
	based := map[string]bool{}
	for _, i := range slices.Backward(order) {
		if some[i] || based[plans[i].Key] && plans[i].EffectiveFrom != nil {
			out = append(out, i)
			for _, key := range plans[i].BasedOn() {
				based[key] = true
			}
		}
	}
	slices.Reverse(out)
	return out
}

func (a *applying) plans(f *File) error {
	a.out.Plans = len(f.Plans)
	var found []*problem.Error
	for _, i := range inOrder(f.Plans) {
		def := f.Plans[i]
		var changed bool
		waited, err := a.inReview(def.Key)
		if err != nil {
			return err
		}
		if def.EffectiveFrom != nil {
			changed, err = a.publish(def)
		} else {
			changed, err = a.draft(def)
		}
		if err != nil {
			if p, ok := problem.As(err); ok && mendable(p) {
				found = append(found, flat(at(err, "plans", i))...)
				continue
			}
			return err
		}
		a.note(changed, i18n.T("奖励方案", "plan"), def.Key)
		a.note(changed && waited, i18n.T("评审已结束：方案", "no longer in review: plan"), def.Key)
	}
	return problem.Join(found)
}

// publish puts a plan in force from the day that the file names.
func (a *applying) publish(def plan.Def) (bool, error) {
	changed, err := a.Plans.Restate(a.tx, a.actor, def, a.opts.Retroactive)
	if err != nil || !changed || !a.opts.Reviewed || !a.fourEyes {
		return changed, err
	}
	return false, problem.New(problem.Conflict, "four_eyes", "effective_from",
		"本组织要求由另一人发布方案，所以不能通过文件发布 %q。请去掉 effective_from，存为草稿后提交评审；或在服务器上使用 laurel apply。",
		"your organisation asks that somebody else publishes a plan, so %q cannot be published by a file. Leave effective_from out: it becomes a draft, which you submit for review; or use laurel apply on the server.", def.Key)
}

// inReview reports whether a version of a plan is in review.
func (a *applying) inReview(key string) (bool, error) {
	p, err := a.Plans.ByKey(a.tx, key)
	if err != nil {
		if problem.IsCode(err, "unknown_plan") {
			err = nil
		}
		return false, err
	}
	draft := p.Draft()
	return draft != nil && draft.Status == plan.InReview, nil
}

// draft keeps a plan without an effective date as a draft, if it is sound and says something new.
func (a *applying) draft(def plan.Def) (bool, error) {
	_, bad, err := a.Plans.Check(a.tx, def)
	if err != nil {
		return false, err
	}
	if err := problem.Join(bad); err != nil {
		return false, err
	}
	return a.Plans.SaveDraftIfNew(a.tx, a.actor, def)
}
