package api

import (
	"context"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/plan"
	"laurel/internal/problem"
)

type planSubmit struct {
	Key  string `path:"key"`
	Body SubmitInput
}

type planSendBack struct {
	Key  string `path:"key"`
	Body SendBackInput
}

func (s *server) submitPlan(ctx context.Context, in *planSubmit) (*body[PlanDetail], error) {
	return s.review(ctx, in.Key, func(tx *db.Tx) (*plan.Plan, error) { return s.plans.Submit(tx, actor(ctx), in.Key, in.Body.Note) })
}

func (s *server) sendBackPlan(ctx context.Context, in *planSendBack) (*body[PlanDetail], error) {
	return s.review(ctx, in.Key, func(tx *db.Tx) (*plan.Plan, error) { return s.plans.SendBack(tx, actor(ctx), in.Key, in.Body.Reason) })
}

// review does something about a plan's review, for those who design plans.
func (s *server) review(ctx context.Context, key string, act func(*db.Tx) (*plan.Plan, error)) (*body[PlanDetail], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := act(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.planAnswer(ctx, key)
}

func (s *server) planHistory(ctx context.Context, in *planPath) (*body[List[PlanDone]], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	items := []PlanDone{}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		p, err := s.plans.ByKey(tx, in.Key)
		if err != nil {
			return err
		}
		history, err := s.plans.History(tx, p)
		if err != nil {
			return err
		}
		name, err := s.actorNames(tx, language(ctx))
		if err != nil {
			return err
		}
		for _, d := range history {
			items = append(items, PlanDone{At: instant(d.At), By: name(d.By), Did: d.Did, Version: int(d.Version), Note: d.Note, Until: d.Until})
		}
		return nil
	})
	return reply(whole(items)), err
}

// inReview reports whether a version waits to be published, to those who may publish it.
func (v *viewer) inReview(p *plan.Plan) bool {
	draft := p.Draft()
	return draft != nil && draft.Status == plan.InReview && auth.Can(v.actor, auth.DesignPlans)
}

// publishBarred says why the caller may not publish a plan's draft; nil when nothing is in the way.
func (s *server) publishBarred(tx *db.Tx, v *viewer, p *plan.Plan) (*i18n.Text, error) {
	draft := p.Draft()
	if draft == nil || !auth.Can(v.actor, auth.DesignPlans) {
		return nil, nil
	}
	err := s.plans.CheckReviewed(tx, draft, v.actor.Name())
	bar, ok := problem.As(err)
	if err == nil || !ok {
		return nil, err
	}
	why := bar.Message
	return &why, nil
}

func shapeReview(r plan.Review, actorName func(string) string) *PlanReview {
	if r.Act == "" {
		return nil
	}
	return &PlanReview{Act: string(r.Act), By: actorName(r.By), At: instant(r.At), Note: r.Note}
}

// versionStatus is where a version stands: a published one is over when a later one judges in its place, or when it ended.
func versionStatus(p *plan.Plan, version *plan.Version, today calendar.Day) string {
	reign := p.Reign(version.No)
	switch {
	case version.Status != plan.Published || reign.To > max(today, reign.From):
		return string(version.Status)
	case reign.To < version.Until:
		return "superseded"
	}
	return "ended"
}
