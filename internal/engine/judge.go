package engine

import (
	"errors"
	"fmt"
	"slices"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// judgeDirty judges everything that was marked and reconciles the awards with it.
func (b *batch) judgeDirty() error {
	for _, d := range b.dirtyInOrder() {
		b.totals.ForgetWork(d.period.From)
		if err := b.judgePeriod(d); err != nil {
			return fmt.Errorf("judge plan %s in %s: %w", d.plan.Key, d.period.Label, err)
		}
	}
	if err := b.ledger.Write(); err != nil { // orphans are found among the awards on record
		return err
	}
	done := map[int64]bool{} // a second time would read what the ledger has not written yet
	for _, o := range b.orphans {
		if done[o.plan.ID] {
			continue
		}
		done[o.plan.ID] = true
		if err := b.reverseOrphans(o); err != nil {
			return err
		}
	}
	return b.ledger.Write()
}

// judgePeriod judges one period of a plan. A rule that cannot be evaluated leaves the awards as they are and is noted.
func (b *batch) judgePeriod(d *dirtyPeriod) error {
	rp := b.planByID(d.plan.ID)
	if rp == nil {
		return nil
	}
	r := rp.of(d.period)
	if r == nil {
		return nil // the version judges it no more: see reverseOrphans
	}
	if err := rp.fault(r); err != nil {
		return b.noteProblem(d, err)
	}
	noted, err := b.noted(d)
	if err != nil {
		return err
	}
	var refs []rule.Ref
	if !d.all && !noted && !r.Together() { // a period with a problem is judged as a whole, or not at all
		refs = []rule.Ref{}
		for ref := range d.refs {
			refs = append(refs, ref)
		}
		sortRefs(refs)
	}
	dues, err := b.dues(r, d.period, refs)
	if err != nil {
		if evaluationFault(err) {
			return b.noteProblem(d, err)
		}
		return err
	}
	err = b.settle(&award.Judgement{
		PlanID: d.plan.ID, VersionNo: r.VersionNo, Period: d.period,
		Provisional: r.Provisional() && d.period.To > b.asOf,
		Ends:        d.period.To.Start(b.cal.Zone).UnixMicro() - 1, // the last instant that still lies in the period
		Dues:        dues, Cause: d.cause, Causes: d.refs,
	}, refs)
	if err != nil {
		return err
	}
	if noted {
		return b.clearProblem(d.plan.ID, d.period.Label)
	}
	return nil
}

// dues evaluates the rule for those of the subjects whom the plan covers, or for its whole audience.
func (s *scene) dues(r *plan.Ready, period calendar.Period, refs []rule.Ref) ([]rule.Due, error) {
	var covered []rule.Ref
	if refs != nil {
		covered = make([]rule.Ref, 0, len(refs))
		for _, ref := range refs {
			if r.Covers(s.dir, ref, period.Window) {
				covered = append(covered, ref)
			}
		}
	}
	subjects, err := s.subjects(r, period, covered)
	if err != nil {
		return nil, err
	}
	ctx := s.contextOf(r, period)
	ctx.Bare = true // the arithmetic is worked out when somebody opens the award
	return due(r, period, ctx, subjects)
}

// due evaluates a version's rule for the subjects whom its gates admit.
func due(r *plan.Ready, period calendar.Period, ctx rule.Context, subjects []rule.Subject) ([]rule.Due, error) {
	return rule.Judge(r.Shape, &r.Around, period, ctx, subjects)
}

// reverseOrphans reverses awards in periods that the plan no longer judges, and adjustments for them.
func (b *batch) reverseOrphans(o orphan) error {
	held, err := award.Periods(b.tx, o.plan.ID)
	if err != nil {
		return err
	}
	origins, err := award.Origins(b.tx, o.plan.ID)
	if err != nil {
		return err
	}
	for _, origin := range origins {
		if !slices.ContainsFunc(held, func(p calendar.Period) bool { return p.Label == origin.Label }) {
			held = append(held, origin) // nothing had been given there when it was closed
		}
	}
	still := map[string]bool{}
	for _, p := range b.judged(o.plan) {
		still[p.Label] = true
	}
	for _, p := range held {
		if still[p.Label] {
			continue
		}
		if err := b.settle(&award.Judgement{PlanID: o.plan.ID, Period: p, Cause: o.cause}, nil); err != nil {
			return err
		}
	}
	if err := b.readProblems(); err != nil {
		return err
	}
	for key := range b.problems {
		if key.plan == o.plan.ID && !still[key.label] {
			if err := b.clearProblem(key.plan, key.label); err != nil {
				return err
			}
		}
	}
	return nil
}

// evaluationFault tells a rule that cannot be evaluated on this data from storage that cannot be read.
func evaluationFault(err error) bool {
	if errors.Is(err, money.ErrOverflow) {
		return true
	}
	p, ok := problem.As(err)
	return ok && p.Kind == problem.Invalid
}

// faultOf is the code and the text of an evaluation fault.
func faultOf(fault error) (code string, text i18n.Text) {
	if p, ok := problem.As(fault); ok {
		return p.Code, p.Message
	}
	return "overflow", i18n.T("数值过大，无法精确计算", "a figure is too large to be computed exactly")
}

func (b *batch) noteProblem(d *dirtyPeriod, fault error) error {
	code, message := faultOf(fault)
	_, err := b.tx.Exec(`INSERT INTO plan_problem (plan_id, period_label, code, message)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (plan_id, period_label) DO UPDATE SET code = excluded.code, message = excluded.message`,
		d.plan.ID, d.period.Label, code, message.ZH+"\n"+message.EN)
	if err != nil {
		return fmt.Errorf("note a plan's problem: %w", err)
	}
	return nil
}

// noted reports whether the period could not be judged so far.
func (b *batch) noted(d *dirtyPeriod) (bool, error) {
	err := b.readProblems()
	return b.problems[periodKey{d.plan.ID, d.period.Label}], err
}

func (b *batch) clearProblem(planID int64, label string) error {
	if _, err := b.tx.Exec(`DELETE FROM plan_problem WHERE plan_id = $1 AND period_label = $2`, planID, label); err != nil {
		return fmt.Errorf("clear a plan's problem: %w", err)
	}
	return nil
}

// readProblems reads which periods could not be judged so far, once a batch.
func (b *batch) readProblems() error {
	if b.problems != nil {
		return nil
	}
	rows, err := b.tx.Query(`SELECT plan_id, period_label FROM plan_problem`)
	if err != nil {
		return fmt.Errorf("read plan problems: %w", err)
	}
	defer rows.Close()
	b.problems = map[periodKey]bool{}
	for rows.Next() {
		var k periodKey
		if err := rows.Scan(&k.plan, &k.label); err != nil {
			return fmt.Errorf("read plan problems: %w", err)
		}
		b.problems[k] = true
	}
	return rows.Err()
}
