package api

import (
	"slices"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/engine"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// basedOn lists the awards whose cash an award was worked out from: those of the plan it builds on, of the same subject
// (of a share, of whoever earned it), in periods within its own. Adjustments settle what is worked out afresh here. At most
// a page of them, by the index of a subject's awards.
func (w *awardShaper) basedOn(a *award.Award, ev *engine.Evidence, out *AwardDetail) error {
	out.BasedOn = []Award{}
	if ev.Plan == nil || ev.Plan.Def.Earned == "" || a.Origin != "" {
		return nil
	}
	if up := ev.Plan.Def.Rollup; up != "" && up != plan.Own {
		return nil
	}
	i := slices.IndexFunc(w.list, func(p *plan.Plan) bool { return p.Key == ev.Plan.Def.Earned })
	if i < 0 {
		return nil
	}
	subject := a.Subject
	if ev.Due != nil && ev.Due.From != (rule.Ref{}) {
		subject = ev.Due.From
	}
	bases, err := award.List(w.tx, award.Query{
		PlanID: w.list[i].ID, Subjects: []rule.Ref{subject}, Window: a.Period.Window, Kind: rule.Cash,
		States: []award.State{award.Provisional, award.Granted}, Limit: award.MaxPage,
	})
	if err != nil {
		return err
	}
	for _, base := range bases {
		level := w.sees(base)
		if base.Origin != "" || base.Period.Window.To > a.Period.Window.To || level == auth.SeesNone {
			continue
		}
		shown, err := w.shape(base, level)
		if err != nil {
			return err
		}
		out.BasedOn = append(out.BasedOn, shown)
	}
	return nil
}
