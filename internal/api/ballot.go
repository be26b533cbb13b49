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
			out.open(version.Def, metrics)
		}
	}
	return out
}

// open adds what a plan's definition counts as ballots.
func (b boxes) open(def plan.Def, metrics *metric.Set) {
	m := metrics.Key(def.Metric)
	if !rule.Secret(def.Shape) || m == nil {
		return
	}
	if object, voter := m.Def.Object, m.Def.By; voter != "" && !slices.Contains(b[object], voter) {
		b[object] = append(b[object], voter)
	}
}

// has reports whether an object holds ballots.
func (b boxes) has(object string) bool { return len(b[object]) > 0 }

func (s *server) boxes(tx *db.Tx) (boxes, error) {
	plans, metrics, err := s.plansAndMetrics(tx)
	if err != nil {
		return nil, err
	}
	return boxesOf(plans, metrics), nil
}

func (s *server) plansAndMetrics(tx *db.Tx) ([]*plan.Plan, *metric.Set, error) {
	plans, err := s.plans.All(tx)
	if err != nil {
		return nil, nil, err
	}
	metrics, err := s.metrics.All(tx)
	return plans, metrics, err
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

// keepDraft refuses to those who do not see ballots what would open them: to drop the draft that keeps them secret, or to make
// another of it (next). Without it the votes that were cast already would be everybody's to read.
func (s *server) keepDraft(ctx context.Context, tx *db.Tx, key string, next *plan.Def) error {
	if auth.Can(caller(ctx), auth.SeeBallots) {
		return nil
	}
	plans, metrics, err := s.plansAndMetrics(tx)
	if err != nil {
		return err
	}
	left := boxes{}
	for _, p := range plans {
		for _, version := range p.Versions {
			if p.Key != key || version.Status != plan.Draft {
				left.open(version.Def, metrics)
			}
		}
	}
	if next != nil {
		left.open(*next, metrics)
	}
	return s.keep(tx, left, boxesOf(plans, metrics))
}

// keepMetric refuses to those who do not see ballots a metric that would tell votes: one that credits the voter, that reads
// who voted in its condition or its value, or that gets to ballots over a relation; and one that no longer says who the voter is
// where a plan counts votes by it.
func (s *server) keepMetric(ctx context.Context, tx *db.Tx, m *metric.Metric) error {
	if auth.Can(caller(ctx), auth.SeeBallots) {
		return nil
	}
	plans, metrics, err := s.plansAndMetrics(tx)
	if err != nil {
		return err
	}
	all := boxesOf(plans, metrics)
	with, _ := metrics.With(m)
	if err := s.keep(tx, boxesOf(plans, with), all); err != nil {
		return err
	}
	if err := all.leadsTo(m); err != nil {
		return err
	}
	for _, voter := range all[m.Def.Object] {
		at, ok := m.Object().Index(voter)
		if !ok {
			continue
		}
		quantity, _ := m.Quantity()
		for _, read := range []struct {
			field string
			tells bool
		}{
			{"person", slices.Contains(m.PersonFields(), at)},
			{"condition", m.Condition() != nil && slices.Contains(m.Condition().Fields(), at)},
			{"measure.value", quantity != nil && slices.Contains(quantity.Fields(), at) || m.Def.Measure.Value == voter},
		} {
			if read.tells {
				return problem.New(problem.Forbidden, "secret_ballot", read.field,
					"投票是无记名的：只有管理员可以定义读取投票人（%s）的指标，因为它会说出谁投了谁。", "The ballot is secret: only administrators define metrics that read the voter (%s), for they would tell who voted for whom.", voter)
			}
		}
	}
	return nil
}

// leadsTo refuses a metric that reads ballots over a relation from other records, at the field that does.
func (b boxes) leadsTo(m *metric.Metric) error {
	for _, path := range m.Paths() {
		if !slices.ContainsFunc(path.Steps[1:], func(at metric.Step) bool { return b.has(at.Object.Key) }) {
			continue
		}
		return problem.New(problem.Forbidden, "secret_ballot", m.Def.Naming(path.Name),
			"投票是无记名的：只有管理员可以定义经由关联读取选票的指标（%s），因为它会说出谁投了谁。",
			"The ballot is secret: only administrators define metrics that read ballots over a relation (%s), for they would tell who voted for whom.", path.Name)
	}
	return nil
}

// keep refuses what leaves the boxes left where there were those before, if votes that were cast would no longer be secret.
func (s *server) keep(tx *db.Tx, left, before boxes) error {
	schema, err := s.records.Schema(tx)
	if err != nil {
		return err
	}
	for object, voters := range before {
		o, err := schema.Object(object)
		if problem.IsCode(err, "unknown_object") {
			continue
		}
		if err != nil {
			return err
		}
		for _, voter := range voters {
			if _, there := o.Index(voter); !there || slices.Contains(left[object], voter) {
				continue
			}
			cast, err := s.records.List(tx, o, record.Query{Conditions: []record.Condition{{Field: voter, Op: record.NotEmpty}}, Limit: 1})
			if err != nil {
				return err
			}
			if len(cast.Records) > 0 {
				return problem.New(problem.Forbidden, "secret_ballot", "",
					"这样“%s”里已经投出的选票就不再保密了，只有管理员可以这样做。", "The votes cast in %q would no longer be secret. Only administrators may do this.", object)
			}
		}
	}
	return nil
}
