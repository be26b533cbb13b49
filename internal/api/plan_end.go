package api

import (
	"context"

	"laurel/internal/auth"
	"laurel/internal/db"
)

type planEnd struct {
	Key  string `path:"key"`
	Body EndInput
}

// Confirming is a query that names the list of changes that somebody has seen.
type Confirming struct {
	Confirmed string `query:"confirmed" maxLength:"64" doc:"Token of the list of changes (changes of the problem changes_not_confirmed) that somebody has seen; needed only where awards of periods already judged change"`
}

type planResume struct {
	Key string `path:"key"`
	Confirming
}

// endPlan ends a plan: from today on at once, from a past day on only with the list of awards that go.
func (s *server) endPlan(ctx context.Context, in *planEnd) (*body[PlanDetail], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		d, err := s.people.Directory(tx)
		if err != nil {
			return err
		}
		until := s.today(d)
		if in.Body.Until != nil {
			until = *in.Body.Until
		}
		end := func() error { return s.plans.End(tx, actor(ctx), in.Key, until, in.Body.Retroactive) }
		if !in.Body.Retroactive {
			return end()
		}
		return s.deliberate(ctx, tx, []any{"end", in.Key, until}, in.Body.Confirmed, end)
	})
	if err != nil {
		return nil, err
	}
	return s.planAnswer(ctx, in.Key)
}

// resumePlan takes an end back. Where periods have begun since, they are judged after all, which is confirmed first.
func (s *server) resumePlan(ctx context.Context, in *planResume) (*body[PlanDetail], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		return s.deliberate(ctx, tx, []any{"resume", in.Key}, in.Confirmed, func() error { return s.plans.Resume(tx, actor(ctx), in.Key) })
	})
	if err != nil {
		return nil, err
	}
	return s.planAnswer(ctx, in.Key)
}
