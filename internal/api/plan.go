package api

import (
	"context"
	"math"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

type planPath struct {
	Key string `path:"key"`
}

type planDraft struct {
	Key     string `path:"key"`
	RawBody []byte
}

type planPublish struct {
	Key  string `path:"key"`
	Body PublishInput
}

func (s *server) planRoutes() {
	const tag = "Plans"
	handle(s, tag, "GET", "/shapes", "listShapes", "规则可用的形式", "The shapes that a rule can have", s.listShapes)
	handle(s, tag, "GET", "/plans", "listPlans", "可见的奖励方案", "All plans that the caller may see", s.listPlans)
	handle(s, tag, "POST", "/plans", "createPlan", "新建方案草稿", "Make a plan as a draft", s.createPlan, status(201), takes[plan.Def]())
	handle(s, tag, "GET", "/plans/{key}", "getPlan", "一个方案及其各版本", "One plan with its versions", s.getPlan)
	handle(s, tag, "PUT", "/plans/{key}/draft", "saveDraft", "保存方案草稿", "Save the draft of a plan", s.saveDraft, takes[plan.Def]())
	handle(s, tag, "DELETE", "/plans/{key}/draft", "deleteDraft", "丢弃草稿", "Throw the draft away", s.deleteDraft)
	handle(s, tag, "POST", "/plans/{key}/changes", "planChanges", "追溯生效会改动什么，逐人逐期", "What a version from a past day on would change, person by person", s.planChanges, takes[ChangesInput]())
	handle(s, tag, "POST", "/plans/{key}/submit", "submitPlan", "提交草稿评审", "Put the draft in review", s.submitPlan)
	handle(s, tag, "POST", "/plans/{key}/send-back", "sendBackPlan", "退回评审中的版本，写明原因", "Make the version in review a draft again, and say why", s.sendBackPlan)
	handle(s, tag, "POST", "/plans/{key}/publish", "publishPlan", "发布草稿或评审中的版本", "Put the draft, or the version in review, in force", s.publishPlan)
	handle(s, tag, "GET", "/plans/{key}/history", "planHistory", "方案经过：谁在何时做了什么，为什么", "What was done to a plan: by whom, when and why", s.planHistory)
	handle(s, tag, "POST", "/plans/{key}/end", "endPlan", "结束方案", "End a plan", s.endPlan)
	handle(s, tag, "DELETE", "/plans/{key}/end", "resumePlan", "撤销方案的结束", "Take the end of a plan back", s.resumePlan, status(200))
	handle(s, tag, "GET", "/plans/{key}/standing", "getStanding", "一个周期内的进度与名次", "How everybody stands in a period", s.getStanding)
	handle(s, tag, "POST", "/plans/preview", "previewPlan", "用自己的历史数据试算方案", "What a plan would have paid over our own history", s.previewPlan, takes[PreviewInput]())
}

func (s *server) listShapes(ctx context.Context, _ *none) (*body[List[ShapeInfo]], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	var items []ShapeInfo
	for _, info := range rule.Shapes() {
		items = append(items, ShapeInfo{Key: info.Key, Name: info.Name, Example: info.Example, Params: info.Params})
	}
	return reply(whole(items)), nil
}

func (s *server) listPlans(ctx context.Context, _ *none) (*body[List[Plan]], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	var items []Plan
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		sums, err := award.Sums(tx, nil, math.MinInt64, math.MaxInt64)
		if err != nil {
			return err
		}
		for _, p := range v.list {
			if !v.seesPlan(p) {
				continue
			}
			shown, err := v.plan(p, sums)
			if err != nil {
				return err
			}
			items = append(items, shown)
		}
		return nil
	})
	return reply(whole(items)), err
}

// plan shapes a plan as its list shows it.
func (v *viewer) plan(p *plan.Plan, sums []award.Sum) (Plan, error) {
	current := p.Current(v.today)
	def := &current.Def
	seen, by := v.seenNow(current)
	out := Plan{
		ID: p.ID, Key: p.Key, Name: def.Name, Description: def.Description, Status: planStatus(p, current, v.today),
		Shape: def.Shape, Metric: KeyName{Key: def.Metric, Name: i18n.Same(def.Metric)}, Subject: string(subjectOf(def)),
		Period: string(def.Period), Reward: def.Reward, Visibility: string(seen), EffectiveFrom: def.EffectiveFrom,
		Versions: len(p.Versions), HasDraft: p.Draft() != nil, InReview: v.inReview(p), Given: map[string]int64{}, Figures: Figures{},
	}
	if by != nil {
		out.ClosedBy = &KeyName{Key: by.Key, Name: by.Current(v.today).Def.Name}
	}
	if m := v.metrics.Key(def.Metric); m != nil {
		out.Metric.Name = m.Def.Name
	}
	if r := v.ready(p, current); r != nil {
		if def.Earned != "" && r.Metric != nil {
			out.Metric = KeyName{Key: r.Metric.Def.Key, Name: r.Metric.Def.Name}
		}
		out.Sentence = r.Sentence()
		out.CoversMe = current.Status == plan.Published && v.covers(r, v.actor.PersonID, calendar.Window{From: v.today, To: v.today + 1})
	}
	var spent int64
	given := tallies{}
	currency := def.Reward.Currency
	if currency == "" {
		currency = v.dir.Organisation.Currency
	}
	for _, sum := range sums {
		if sum.PlanID != p.ID || sum.State != award.Granted {
			continue
		}
		out.Awards += sum.Awards
		if sum.Kind != rule.Cash {
			out.Given[string(sum.Kind)] += sum.Quantity
			if err := given.join(sum.Kind, sum.Tally); err != nil {
				return out, err
			}
		}
		if sum.Currency == currency {
			spent += sum.Minor
		}
	}
	if seen != plan.Full && !auth.Can(v.actor, auth.SeeAllAwards) && !auth.Can(v.actor, auth.DesignPlans) {
		return out, nil
	}
	out.Figures = given.figures()
	if spent != 0 || def.Reward.Kind == rule.Cash { // of things ¥0.00 would say nothing
		out.Spent = shapeAmount(money.Amount{Minor: spent, Currency: currency})
	}
	return out, nil
}

func subjectOf(def *plan.Def) rule.SubjectKind {
	if def.Subject == "" {
		return rule.Person
	}
	return def.Subject
}

// planStatus is where a plan stands: a draft, in review, in force (or soon), or over.
func planStatus(p *plan.Plan, current *plan.Version, today calendar.Day) string {
	switch {
	case current.Status != plan.Published:
		return string(current.Status)
	case p.Reign(current.No).To <= today && lastPublished(p) == current.No:
		return "ended"
	}
	return "published"
}

func lastPublished(p *plan.Plan) int64 {
	published := p.Published()
	return published[len(published)-1].No
}

func shapeAmount(a money.Amount) *Amount {
	if a.Currency == "" {
		return nil
	}
	return &Amount{Amount: a.Decimal().String(), Currency: a.Currency}
}

func (s *server) getPlan(ctx context.Context, in *planPath) (*body[PlanDetail], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	return s.planAnswer(ctx, in.Key)
}

// planAnswer reads a plan back with everything about it.
func (s *server) planAnswer(ctx context.Context, key string) (*body[PlanDetail], error) {
	var out PlanDetail
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, p, err := s.visiblePlan(ctx, tx, key)
		if err != nil {
			return err
		}
		sums, err := award.Sums(tx, nil, math.MinInt64, math.MaxInt64)
		if err != nil {
			return err
		}
		name, err := s.actorNames(tx, language(ctx))
		if err != nil {
			return err
		}
		shown, err := v.plan(p, sums)
		if err != nil {
			return err
		}
		out = v.planDetail(p, shown, name)
		out.PublishBarred, err = s.publishBarred(tx, v, p)
		return err
	})
	return reply(out), err
}

// visiblePlan finds a plan; one that the caller may not see does not exist for the caller.
func (s *server) visiblePlan(ctx context.Context, tx *db.Tx, key string) (*viewer, *plan.Plan, error) {
	v, err := s.viewer(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	p, err := s.plans.ByKey(tx, key)
	if err == nil && !v.seesPlan(p) {
		err = notFound("unknown_plan", "没有标识为 %q 的奖励方案。", "There is no plan %q.", key)
	}
	return v, p, err
}

func (v *viewer) planDetail(p *plan.Plan, shaped Plan, actorName func(string) string) PlanDetail {
	out := PlanDetail{Plan: shaped, Versions: []PlanVersion{}, Definition: p.Current(v.today).Def}
	designer := auth.Can(v.actor, auth.DesignPlans)
	if draft := p.Draft(); draft != nil && designer {
		out.Definition = draft.Def
	}
	if designer && p.Stopped() {
		out.Ended = &p.Published()[len(p.Published())-1].Until
	}
	if r := v.ready(p, p.Current(v.today)); r != nil {
		out.AudienceText = r.AudienceText(v.dir)
	}
	for i := len(p.Versions) - 1; i >= 0; i-- {
		version := &p.Versions[i]
		if version.Status != plan.Published && !designer {
			continue
		}
		shown := PlanVersion{
			No: int(version.No), Status: versionStatus(p, version, v.today), EffectiveFrom: version.Def.EffectiveFrom,
			PublishedAt: instantOrNil(version.PublishedAt), Definition: version.Def,
		}
		if version.PublishedBy != "" {
			shown.PublishedBy = actorName(version.PublishedBy)
		}
		if designer {
			shown.Review = shapeReview(version.Review, actorName)
		}
		if r := v.ready(p, version); r != nil {
			shown.Sentence = r.Sentence()
		}
		out.Versions = append(out.Versions, shown)
	}
	return out
}

func (s *server) createPlan(ctx context.Context, in *raw) (*body[PlanDetail], error) {
	return s.writeDraft(ctx, "", in.RawBody)
}

func (s *server) saveDraft(ctx context.Context, in *planDraft) (*body[PlanDetail], error) {
	return s.writeDraft(ctx, in.Key, in.RawBody)
}

// writeDraft saves the draft of the plan of a key, or of a new plan.
func (s *server) writeDraft(ctx context.Context, key string, content []byte) (*body[PlanDetail], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	var def plan.Def
	if err := decode(content, &def); err != nil {
		return nil, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := s.plans.ByKey(tx, def.Key)
		switch {
		case err == nil && key == "":
			return problem.New(problem.Conflict, "plan_exists", "key", "已有标识为 %q 的方案，请换一个标识。", "There already is a plan %q; choose another key.", def.Key)
		case key != "" && def.Key != key:
			return problem.Bad("key_fixed", "key", "标识不能更改，应为 %q。", "The key cannot change; it must be %q.", key)
		case err != nil && key != "":
			return err
		}
		if err := s.keepDraft(ctx, tx, def.Key, &def); err != nil {
			return err
		}
		_, err = s.plans.SaveDraft(tx, actor(ctx), def)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.planAnswer(ctx, def.Key)
}

func (s *server) deleteDraft(ctx context.Context, in *planPath) (*none, error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	return nil, s.db.Write(ctx, func(tx *db.Tx) error {
		if err := s.keepDraft(ctx, tx, in.Key, nil); err != nil {
			return err
		}
		return s.plans.DropDraft(tx, actor(ctx), in.Key)
	})
}

func (s *server) publishPlan(ctx context.Context, in *planPublish) (*body[PlanDetail], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := s.plans.ByKey(tx, in.Key)
		if err != nil {
			return err
		}
		draft := p.Draft()
		if draft == nil {
			return problem.New(problem.Conflict, "no_draft", "", "没有可发布的草稿，请先修改方案。", "There is no draft to publish; change the plan first.")
		}
		if err := s.plans.CheckReviewed(tx, draft, actor(ctx)); err != nil {
			return err
		}
		if in.Body.ReviewAt != nil && (draft.Status != plan.InReview || !instant(draft.Review.At).Equal(*in.Body.ReviewAt)) {
			return problem.New(problem.Conflict, "review_changed", "review_at", "你看过之后，这一版又改动过。请刷新页面，看过新的内容再发布。",
				"This version changed since you looked at it. Reload, and look at it again before you publish it.")
		}
		from := draft.Def.EffectiveFrom
		if in.Body.EffectiveFrom != nil {
			from = in.Body.EffectiveFrom
		}
		if from == nil {
			return problem.Bad("required", "effective_from", "请选择从哪一天起生效。", "Choose the day from which it holds.")
		}
		def := draft.Def
		if in.Body.Begins != "" {
			def.Begins = in.Body.Begins
		}
		if in.Body.Retroactive && len(p.Published()) > 0 {
			return s.deliberate(ctx, tx, publishes(p, def, *from), in.Body.Confirmed, func() error {
				return s.publishRetroactively(ctx, tx, def, *from)
			})
		}
		_, _, err = s.plans.Publish(tx, actor(ctx), def, *from, in.Body.Retroactive)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.planAnswer(ctx, in.Key)
}
