package api

import (
	"context"
	"slices"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/metric"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/rule"
	"laurel/internal/value"
)

// boxes are the objects whose records are ballots of a secret vote, each with the fields that say who voted. The tally is
// everybody's to see; a ballot is seen by its voter and by those who keep the data.
type boxes map[string][]string

// boxesOf finds what plans count as ballots: from the first draft on, so that nobody reads votes that are cast before the plan is
// published. A plan that has ended keeps them secret, and so does a version that a later one took the place of.
func boxesOf(plans []*plan.Plan, metrics *metric.Set) boxes {
	out := boxes{}
	for _, p := range plans {
		for _, version := range p.Versions {
			if !rule.Secret(version.Def.Shape) {
				continue
			}
			for _, m := range metrics.List() {
				voter := m.Def.By
				if m.Def.Key == version.Def.Metric && voter != "" && !slices.Contains(out[m.Def.Object], voter) {
					out[m.Def.Object] = append(out[m.Def.Object], voter)
				}
			}
		}
	}
	return out
}

// has reports whether an object holds ballots.
func (b boxes) has(object string) bool { return len(b[object]) > 0 }

func (s *server) boxes(tx *db.Tx) (boxes, error) {
	plans, err := s.plans.All(tx)
	if err != nil {
		return nil, err
	}
	metrics, err := s.metrics.All(tx)
	if err != nil {
		return nil, err
	}
	return boxesOf(plans, metrics), nil
}

// votersOf are the fields of an object that must name the caller for a record to be the caller's own; none where the caller
// may read every record of it.
func (s *server) votersOf(ctx context.Context, tx *db.Tx, o *record.Object) ([]string, error) {
	if auth.Can(caller(ctx), auth.SeeBallots) {
		return nil, nil
	}
	all, err := s.boxes(tx)
	return all[o.Key], err
}

// ownBallot refuses a ballot that somebody else cast, as if there were none: not even that it exists is told.
func (s *server) ownBallot(ctx context.Context, tx *db.Tx, o *record.Object, id int64) error {
	voters, err := s.votersOf(ctx, tx, o)
	if err != nil || len(voters) == 0 {
		return err
	}
	r, err := s.records.Get(tx, o, id)
	if err != nil {
		return err
	}
	return castBy(caller(ctx), o, r, voters)
}

// castBy refuses a ballot that is not the actor's own.
func castBy(a auth.Actor, o *record.Object, r *record.Record, voters []string) error {
	for _, key := range voters {
		i, ok := o.Index(key)
		if v := r.Values[i]; !ok || a.PersonID == 0 || v.Kind() != value.Ref || v.Ref() != a.PersonID {
			return problem.New(problem.Forbidden, "secret_ballot", "values."+key,
				"投票是无记名的：只能查看和填写自己的选票。", "The ballot is secret: you can see and cast only your own.")
		}
	}
	return nil
}

// castOnly lets through what a caller may write who does not see the ballots: new ones of one's own.
func (s *server) castOnly(ctx context.Context, tx *db.Tx, o *record.Object, outcomes []record.Outcome) error {
	voters, err := s.votersOf(ctx, tx, o)
	if err != nil || len(voters) == 0 {
		return err
	}
	for i := range outcomes {
		switch outcomes[i].Status {
		case record.Failed:
			continue
		case record.Created:
			r, err := s.records.Get(tx, o, outcomes[i].ID)
			if err != nil {
				return err
			}
			if err := castBy(caller(ctx), o, r, voters); err != nil {
				return err
			}
		default:
			return problem.New(problem.Conflict, "secret_ballot", "external_id",
				"这张选票已经投出。请另投一张，或在自己的选票上修改。", "This ballot has been cast already: cast another, or change your own by its id.")
		}
	}
	return nil
}

// ownConditions limits a page of ballots to the caller's own.
func (s *server) ownConditions(ctx context.Context, tx *db.Tx, o *record.Object, q *record.Query) error {
	voters, err := s.votersOf(ctx, tx, o)
	for _, key := range voters {
		q.Conditions = append(slices.Clip(q.Conditions), record.Condition{Field: key, Op: record.Eq, Value: caller(ctx).PersonID})
	}
	return err
}

// mayBringIn refuses a file of ballots to those who do not see them: its rows would be votes of others, and what it finds
// already there would tell of them.
func (s *server) mayBringIn(ctx context.Context, object string) error {
	if auth.Can(caller(ctx), auth.SeeBallots) {
		return nil
	}
	return s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := s.boxes(tx)
		if err == nil && all.has(object) {
			err = problem.New(problem.Forbidden, "secret_ballot", "object",
				"“%s”里是无记名的选票：只有管理员可以从文件导入，其他人各投各的票。",
				"%q holds the ballots of a secret vote: only administrators load them from a file, others cast their own.", object)
		}
		return err
	})
}
