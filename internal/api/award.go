package api

import (
	"context"
	"math"
	"strconv"
	"strings"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

type awardsQuery struct {
	Person int64  `query:"person" doc:"Own awards of this person and those of the person's teams"`
	Unit   int64  `query:"unit" doc:"Awards of this team or department itself; not together with person"`
	Plan   string `query:"plan" maxLength:"100"`
	Period string `query:"period" maxLength:"60" example:"2026-Q1"`
	State  string `query:"state" enum:"provisional,granted,reversed"`
	Kind   string `query:"kind" enum:"cash,gift,title,badge,training,growth,points,leave" doc:"Kind of reward"`

	Currency string `query:"currency" maxLength:"3" example:"CNY" doc:"Of cash"`
	Own      bool   `query:"own" doc:"With person: only the person's own awards, none of the teams'"`
	From     string `query:"from" format:"date" doc:"Earned on this day or later"`
	To       string `query:"to" format:"date" doc:"Earned before this day"`

	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string `query:"cursor" maxLength:"100"`
}

type feedQuery struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"30"`
	Cursor string `query:"cursor" maxLength:"100"`
}

func (s *server) awardRoutes() {
	const tag = "Awards"
	handle(s, tag, "GET", "/awards", "listAwards", "奖励，新的在前", "Awards, newest first", s.listAwards)
	handle(s, tag, "GET", "/awards/{id}", "getAward", "一份奖励及其记录与算式", "An award down to its records and arithmetic", s.getAward)
	handle(s, tag, "GET", "/my/rewards", "getMyRewards", "我得到的奖励和下一步", "What I earned and what comes next", s.getMyRewards)
	handle(s, tag, "GET", "/my/team", "getMyTeam", "我的团队：谁得到了什么，谁快要得到", "My people: who earned what, and who is close to the next reward", s.getMyTeam)
	handle(s, tag, "GET", "/feed", "listFeed", "最近可见的奖励", "Fresh awards that the caller may see", s.listFeed)
	handle(s, tag, "GET", "/objects/{object}/records/{id}/awards", "listRecordAwards", "以这条记录为依据的奖励", "Awards that rest on a record", s.listRecordAwards)
}

func (s *server) listAwards(ctx context.Context, in *awardsQuery) (*body[List[Award]], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	q := award.Query{Label: in.Period, Kind: rule.RewardKind(in.Kind), Currency: in.Currency}
	if in.State != "" {
		q.States = []award.State{award.State(in.State)}
	}
	return s.awardPage(ctx, in.Cursor, in.Limit, func(tx *db.Tx, v *viewer) (award.Query, error) {
		if in.Plan != "" {
			p, err := s.plans.ByKey(tx, in.Plan)
			if err != nil || !v.seesPlan(p) {
				return q, notFound("unknown_plan", "没有标识为 %q 的奖励方案。", "There is no plan %q.", in.Plan)
			}
			q.PlanID = p.ID
		}
		if in.Unit != 0 {
			u, ok := v.dir.Unit(in.Unit)
			if !ok {
				return q, notFound("unit_not_found", "没有编号为 %d 的团队或部门。", "There is no team or department with id %d.", in.Unit)
			}
			if in.Person != 0 {
				return q, problem.Bad("person_and_unit", "unit", "person 和 unit 只能写一个。", "Give either person or unit, not both.")
			}
			q.Subjects = []rule.Ref{{Kind: rule.SubjectKind(u.Kind), ID: u.ID}}
		}
		if in.Person != 0 {
			if _, ok := v.dir.Person(in.Person); !ok {
				return q, notFound("person_not_found", "没有编号为 %d 的人员。", "There is no person with id %d.", in.Person)
			}
			q.Subjects = v.subjectsOf(in.Person)
			if in.Own {
				q.Subjects = []rule.Ref{{Kind: rule.Person, ID: in.Person}}
			}
		}
		return q, v.earnedBetween(&q, in.From, in.To)
	})
}

// earnedBetween narrows a query to local days; either end may be empty.
func (v *viewer) earnedBetween(q *award.Query, from, to string) error {
	if from == "" && to == "" {
		return nil
	}
	zone := v.dir.Organisation.Calendar().Zone
	q.From, q.To = math.MinInt64, math.MaxInt64
	if from != "" {
		day, err := parseDay("from", from)
		if err != nil {
			return err
		}
		q.From = day.Start(zone).UnixMicro()
	}
	if to != "" {
		day, err := parseDay("to", to)
		if err != nil {
			return err
		}
		q.To = day.Start(zone).UnixMicro()
	}
	return nil
}

// listFeed is what there is to celebrate: awards that stand, the newest first.
func (s *server) listFeed(ctx context.Context, in *feedQuery) (*body[List[Award]], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	return s.awardPage(ctx, in.Cursor, in.Limit, func(*db.Tx, *viewer) (award.Query, error) {
		return award.Query{States: []award.State{award.Granted}, Gains: true}, nil
	})
}

// maxAwardReads bounds how many awards one page looks through for those that the caller may see.
const maxAwardReads = 5000

// awardPage reads a page of awards that the caller may see, newest first.
func (s *server) awardPage(ctx context.Context, cursor string, limit int, query func(*db.Tx, *viewer) (award.Query, error)) (*body[List[Award]], error) {
	var items []Award
	next := ""
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		q, err := query(tx, v)
		if err != nil {
			return err
		}
		if q.Before, err = parseAwardCursor(cursor); err != nil {
			return err
		}
		q.Limit = award.MaxPage
		shaper := v.awardShaper(ctx, tx)
		for read := 0; ; {
			page, err := award.List(tx, q)
			if err != nil {
				return err
			}
			for _, a := range page {
				if len(items) == limit || read == maxAwardReads {
					next = awardCursor(q.Before)
					return nil
				}
				read++
				q.Before = a
				if level := v.sees(a); level != auth.SeesNone {
					shaped, err := shaper.shape(a, level)
					if err != nil {
						return err
					}
					items = append(items, shaped)
				}
			}
			if len(page) < q.Limit {
				return nil
			}
		}
	})
	return reply(list(items, next, -1)), err
}

// awardCursor names the last award of a page by its place in the order.
func awardCursor(a *award.Award) string {
	return strconv.FormatInt(a.Moment, 10) + "." + strconv.FormatInt(a.ID, 10)
}

func parseAwardCursor(cursor string) (*award.Award, error) {
	if cursor == "" {
		return nil, nil
	}
	moment, id, _ := strings.Cut(cursor, ".")
	m, err1 := strconv.ParseInt(moment, 10, 64)
	n, err2 := strconv.ParseInt(id, 10, 64)
	if err1 != nil || err2 != nil {
		return nil, badCursor()
	}
	return &award.Award{Moment: m, ID: n}, nil
}

// subjectsOf lists a person and every unit that the person ever belonged to.
func (v *viewer) subjectsOf(personID int64) []rule.Ref {
	out := []rule.Ref{{Kind: rule.Person, ID: personID}}
	for _, u := range v.dir.Units() {
		for _, span := range v.dir.MemberSpans(u.ID) {
			if span.PersonID == personID {
				out = append(out, rule.Ref{Kind: rule.SubjectKind(u.Kind), ID: u.ID})
				break
			}
		}
	}
	return out
}

// awardShaper turns awards into what the contract shows. It remembers titles of records.
type awardShaper struct {
	*viewer
	ctx    context.Context
	tx     *db.Tx
	titles map[award.Cause]string
	boxes  boxes // whose records are named nowhere
}

func (v *viewer) awardShaper(ctx context.Context, tx *db.Tx) *awardShaper {
	return &awardShaper{viewer: v, ctx: ctx, tx: tx, titles: map[award.Cause]string{}, boxes: boxesOf(v.list, v.metrics)}
}

func (w *awardShaper) shape(a *award.Award, level auth.Level) (Award, error) {
	hidden := level == auth.SeesHidden
	out := Award{
		ID: a.ID, Version: int(a.VersionNo), Subject: w.subject(w.ctx, a.Subject), Period: w.period(a.Period), Slot: a.Slot, Origin: a.Origin, State: string(a.State),
		Reward: AwardReward{Kind: string(a.Reward.Kind), Name: rule.RewardName(a.Reward)}, Quantity: a.Quantity, Hidden: hidden,
		EarnedAt: instant(a.Moment), GrantedAt: instantOrNil(a.GrantedAt),
		Headline: rule.RewardText(a.Reward, a.Quantity, a.Amount, hidden),
	}
	if hidden {
		out.Quantity = 0 // times a published amount it would be the amount
	} else {
		out.Amount = shapeAmount(a.Amount)
	}
	if p := w.plans[a.PlanID]; p != nil {
		out.Plan = KeyName{Key: p.Key, Name: i18n.Same(p.Key)}
		if version := p.Version(a.VersionNo); version != nil {
			out.Plan.Name = version.Def.Name
		}
	}
	reason, err := w.reason(a)
	out.Reason = reason
	return out, err
}

// reason says in a few words what an award is for: the record that brought it about last, or where many did, the metric.
func (w *awardShaper) reason(a *award.Award) (i18n.Text, error) {
	history, err := award.History(w.tx, a.ID)
	if err != nil {
		return i18n.Text{}, err
	}
	if len(history) > 0 {
		last := history[len(history)-1]
		if last.Kind == award.Reversal || !w.boxes.has(last.Cause.Object) && last.Cause.Object != "" && !strings.HasPrefix(last.Cause.Object, "@") {
			return w.cause(last.Cause, a).Text, nil
		}
	}
	if p := w.plans[a.PlanID]; p != nil {
		if version := p.Version(a.VersionNo); version != nil {
			if m := w.metrics.Key(version.Def.Metric); m != nil {
				label := a.Period.Label
				if a.Origin != "" {
					label = a.Origin
				}
				return i18n.Format("%s的%s", "%[2]s of %[1]s", i18n.Period(label), m.Def.Name), nil
			}
		}
	}
	return i18n.Text{}, nil
}

// cause says what made an award change.
func (w *awardShaper) cause(c award.Cause, a *award.Award) AwardCause {
	if w.boxes.has(c.Object) {
		return AwardCause{Text: i18n.T("选票有变化", "a vote was cast or changed")} // whose, nobody is told
	}
	out := AwardCause{Object: c.Object, RecordID: c.RecordID, Seq: c.Seq}
	switch {
	case c.Seq == 0 && a.Origin != "":
		out.Text = i18n.Format("更正已关账的周期：%s", "a correction of %s, which is closed", i18n.Period(a.Origin))
	case c.Seq == 0 && a.Period.To <= w.today:
		out.Text = i18n.Format("%s结束", "%s ended", i18n.Period(a.Period.Label))
	case c.Seq == 0:
		out.Text = i18n.Format("%s开始", "%s began", i18n.Period(a.Period.Label))
	case strings.HasPrefix(c.Object, "@"):
		out.Text = systemObjects[c.Object]
		if c.Object == "@plan" && a.VersionNo <= 1 {
			out.Text = i18n.T("方案发布", "the plan was published")
		}
	default:
		o, err := w.s.records.Object(c.Object)
		if err != nil {
			out.Text = i18n.Same(c.Object)
			break
		}
		out.Text = i18n.Format("%s %s", "%s %s", o.Name, w.title(c))
	}
	return out
}

// systemObjects says in words what else can make awards change.
var systemObjects = map[string]i18n.Text{
	"@plan":         i18n.T("方案有改动", "the plan was changed"),
	"@metric":       i18n.T("指标定义有改动", "the metric's definition was changed"),
	"@object":       i18n.T("表的定义有改动", "the object's definition was changed"),
	"@person":       i18n.T("人员信息有改动", "a person was changed"),
	"@unit":         i18n.T("团队有改动", "a team was changed"),
	"@membership":   i18n.T("团队归属有改动", "a membership was changed"),
	"@manager":      i18n.T("上级有改动", "a manager was changed"),
	"@rate":         i18n.T("汇率有改动", "an exchange rate was changed"),
	"@target":       i18n.T("目标值有改动", "a target was changed"),
	"@closing":      i18n.T("关账有变动", "a period was closed or reopened"),
	"@organisation": i18n.T("组织设置有改动", "the organisation's settings were changed"),
}

func (w *awardShaper) title(c award.Cause) string {
	key := award.Cause{Object: c.Object, RecordID: c.RecordID}
	if known, ok := w.titles[key]; ok {
		return known
	}
	title := "#" + strconv.FormatInt(c.RecordID, 10)
	if o, err := w.s.records.Object(c.Object); err == nil {
		if r, err := w.s.records.Get(w.tx, o, c.RecordID); err == nil {
			title = recordTitle(o, r)
		}
	}
	w.titles[key] = title
	return title
}

func noAward(id int64) error {
	return problem.New(problem.NotFound, "unknown_award", "id", "没有编号为 %d 的奖励。", "There is no award %d.", id)
}
