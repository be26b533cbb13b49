package api

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/rule"
	"laurel/internal/statement"
)

type statementsQuery struct {
	Period string `query:"period" maxLength:"20" example:"2026-03" doc:"Label; the period closed last when absent, else the oldest open one"`
}

type statementPath struct {
	Period  string `path:"period" maxLength:"20" example:"2026-03"`
	Kind    string `query:"kind" enum:"person,team,department" default:"person"`
	Subject int64  `query:"subject" doc:"Whose; oneself when absent"`
}

type statementSay struct {
	Period string `path:"period" maxLength:"20" example:"2026-03"`
	Body   StatementAnswerInput
}

type statementReplyTo struct {
	Period  string `path:"period" maxLength:"20" example:"2026-03"`
	Subject int64  `query:"subject" required:"true" minimum:"1" doc:"The person who disputes"`
	Body    StatementReplyInput
}

type statementExport struct {
	Period string `path:"period" maxLength:"20" example:"2026-03"`
}

// objectStatement is what the change log calls that something was said to a statement.
const objectStatement = "@statement"

// maxStatements bounds the statements of one list.
const maxStatements = 5000

func (s *server) statementRoutes() {
	const tag = "Finance"
	handle(s, tag, "GET", "/statements", "listStatements", "一个周期的对账单", "The statements of a period", s.listStatements)
	handle(s, tag, "GET", "/statements/{period}", "getStatement", "一个人（或团队）的对账单", "One person's or team's statement", s.getStatement)
	handle(s, tag, "POST", "/statements/{period}/answer", "answerStatement", "确认自己的对账单，或提出异议", "Confirm one's own statement, or dispute it", s.answerStatement)
	handle(s, tag, "POST", "/statements/{period}/reply", "replyToStatement", "答复别人的异议，或由财务处理完毕", "Reply to somebody's dispute, or settle it as finance", s.replyToStatement)
	handle(s, tag, "GET", "/statements/{period}/pdf", "printStatement", "可打印的对账单（PDF）", "A statement to print", s.printStatement)
	handle(s, tag, "GET", "/statements/{period}/csv", "exportStatements", "给工资系统的文件（CSV，带控制合计）", "A file for payroll, with control totals", s.exportStatements)
}

// statementView is the book of statements as the caller may see it.
type statementView struct {
	*viewer
	book *statement.Book
	at   statement.Period
	who  func(actor string) string
}

func (s *server) statementView(ctx context.Context, tx *db.Tx, label string) (*statementView, error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	v, err := s.viewer(ctx, tx)
	if err != nil {
		return nil, err
	}
	b, err := statement.Open(tx, v.dir.Organisation, v.today)
	if err != nil {
		return nil, err
	}
	p, ok := b.Find(label)
	if !ok {
		return nil, notFound("unknown_period", "周期 %q 没有对账单。", "There are no statements of the period %q.", label)
	}
	who, err := s.actorNames(tx, language(ctx))
	return &statementView{v, b, p, who}, err
}

// may reports whether the caller may open a statement: one's own, of one's people, of a team one was in, or everybody's.
func (v *statementView) may(ref rule.Ref) bool {
	if auth.Can(v.actor, auth.SeeAllAwards) {
		return true
	}
	return slices.ContainsFunc(v.persons(ref, v.at.Window), func(id int64) bool { return v.actor.SeesRewardsOf(id, v.today, v.dir) })
}

func shapeStatementPeriod(p statement.Period) StatementPeriod {
	out := StatementPeriod{Kind: string(p.Kind), Label: p.Label, From: p.From, To: p.To, State: "open"}
	if p.Closing != nil {
		out.State = "closed"
	}
	if p.Paid() {
		out.State = "paid"
	}
	return out
}

func shapeCash(c statement.Cash) StatementCash {
	text := func(minor int64) string { return money.Amount{Minor: minor, Currency: c.Currency}.Decimal().String() }
	return StatementCash{
		Currency: c.Currency, Awards: text(c.Awarded), Adjustments: text(c.Adjusted), Earned: text(c.Earned()), OwedBefore: text(c.Before),
		Incurred: text(c.Incurred), Taken: text(c.Taken), OwedAfter: text(c.After), Net: text(c.Net()), Limit: string(c.Limit),
	}
}

func (s *server) listStatements(ctx context.Context, in *statementsQuery) (*body[Statements], error) {
	out := Statements{Periods: []StatementPeriod{}, Items: []StatementLine{}, Totals: []StatementCash{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.statementView(ctx, tx, in.Period)
		if err != nil {
			return err
		}
		out.Period, out.MayExport = shapeStatementPeriod(v.at), auth.Can(v.actor, auth.SeeAllAwards)
		for _, p := range v.book.Periods() {
			out.Periods = append(out.Periods, shapeStatementPeriod(p))
		}
		lines, err := v.lines(ctx)
		if err != nil {
			return err
		}
		var sums []statement.Cash
		for _, l := range lines {
			out.Items = append(out.Items, l.shape(ctx, v))
			if sums, err = statement.AddUp(sums, l.cash); err != nil {
				return err
			}
			switch {
			case l.answer == nil:
			case l.answer.Open():
				out.Disputed++
			case l.answer.Word == statement.Settled:
				out.Settled++
			default:
				out.Confirmed++
			}
		}
		for _, c := range sums {
			c.Limit = ""
			out.Totals = append(out.Totals, shapeCash(c))
		}
		return nil
	})
	return reply(out), err
}

// statementLine is one statement of the list before it is shaped.
type statementLine struct {
	ref    rule.Ref
	name   string
	cash   []statement.Cash
	things map[rule.RewardKind]award.Tally
	answer *statement.Answer
}

// lines lists the statements of the period that the caller may see, by kind and name.
func (v *statementView) lines(ctx context.Context) ([]statementLine, error) {
	cash, err := v.book.Everybody(v.at)
	if err != nil {
		return nil, err
	}
	things, err := v.book.Things(v.at)
	if err != nil {
		return nil, err
	}
	answers, err := v.book.Answers(v.at)
	if err != nil {
		return nil, err
	}
	byRef := map[rule.Ref]*statementLine{}
	var out []statementLine
	line := func(ref rule.Ref) *statementLine {
		if l, known := byRef[ref]; known {
			return l
		}
		byRef[ref] = nil
		if v.may(ref) {
			l := &statementLine{ref: ref, name: v.subject(ctx, ref).Name}
			if a, ok := answers[ref]; ok {
				l.answer = &a
			}
			byRef[ref] = l
		}
		return byRef[ref]
	}
	for ref, list := range cash {
		if l := line(ref); l != nil {
			l.cash = list
		}
	}
	for ref, counts := range things {
		if l := line(ref); l != nil {
			l.things = counts
		}
	}
	for _, l := range byRef {
		if l != nil {
			out = append(out, *l)
		}
	}
	slices.SortFunc(out, func(a, b statementLine) int {
		if c := strings.Compare(string(a.ref.Kind), string(b.ref.Kind)); c != 0 {
			return c
		}
		if c := strings.Compare(a.name, b.name); c != 0 {
			return c
		}
		return int(min(max(a.ref.ID-b.ref.ID, -1), 1))
	})
	if len(out) > maxStatements {
		return nil, problem.New(problem.TooLarge, "too_many_statements", "period", "一次最多列出 %d 份对账单", "at most %d statements are listed at once", maxStatements)
	}
	return out, nil
}

func (l *statementLine) shape(ctx context.Context, v *statementView) StatementLine {
	out := StatementLine{Subject: v.subject(ctx, l.ref), Cash: []StatementCash{}, Others: map[string]int64{}, Figures: Figures{}, Answer: v.answer(l.answer)}
	for _, c := range l.cash {
		out.Cash = append(out.Cash, shapeCash(c))
	}
	for kind, t := range l.things {
		out.Others[string(kind)] = t.Quantity
		if text := figureText(kind, t.Figure); text != "" {
			out.Figures[string(kind)] = text
		}
	}
	return out
}

func (v *statementView) answer(a *statement.Answer) *StatementAnswer {
	if a == nil {
		return nil
	}
	return &StatementAnswer{Answer: string(a.Word), Text: a.Text, At: instant(a.At), By: v.who(a.By), Earlier: a.Earlier}
}

func (s *server) getStatement(ctx context.Context, in *statementPath) (*body[Statement], error) {
	var out Statement
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, one, err := s.oneStatement(ctx, tx, in)
		if err != nil {
			return err
		}
		out, err = v.shape(ctx, tx, one)
		return err
	})
	return reply(out), err
}

// oneStatement finds the statement that a path names, if the caller may see it.
func (s *server) oneStatement(ctx context.Context, tx *db.Tx, in *statementPath) (*statementView, *statement.Statement, error) {
	v, err := s.statementView(ctx, tx, in.Period)
	if err != nil {
		return nil, nil, err
	}
	ref := rule.Ref{Kind: rule.SubjectKind(in.Kind), ID: in.Subject}
	if ref.ID == 0 && ref.Kind == rule.Person {
		ref.ID = v.actor.PersonID
	}
	if ref.ID == 0 {
		return nil, nil, problem.New(problem.NotFound, "no_person", "", "你的账号没有关联人员，因此没有自己的对账单；请管理员关联。",
			"Your sign-in belongs to no person, so it has no statement of its own. Ask an administrator to link it.")
	}
	if !v.knows(ref) {
		return nil, nil, notFound("subject_not_found", "没有编号为 %d 的人员或团队。", "There is no person or team with id %d.", ref.ID)
	}
	if !v.may(ref) {
		return nil, nil, problem.New(problem.Forbidden, "forbidden", "subject", "你不能查看%s的对账单。", "You may not see the statement of %s.", v.subject(ctx, ref).Name)
	}
	one, err := v.book.Of(ref, v.at)
	return v, one, err
}

func (v *viewer) knows(ref rule.Ref) bool {
	if ref.Kind == rule.Person {
		_, ok := v.dir.Person(ref.ID)
		return ok
	}
	u, ok := v.dir.Unit(ref.ID)
	return ok && u.Kind == people.UnitKind(ref.Kind)
}

func (v *statementView) shape(ctx context.Context, tx *db.Tx, one *statement.Statement) (Statement, error) {
	out := Statement{
		Period: shapeStatementPeriod(one.Period), Subject: v.subject(ctx, one.Subject), Awards: []Award{}, Adjustments: []Award{}, Owed: []StatementDebt{},
		Cash: []StatementCash{}, Others: map[string]int64{}, Answer: v.answer(one.Answer()), History: []StatementAnswer{},
	}
	for i := range one.History {
		out.History = append(out.History, *v.answer(&one.History[i]))
	}
	out.MayAnswer = one.Period.Closing != nil && one.Subject == (rule.Ref{Kind: rule.Person, ID: v.actor.PersonID})
	if one.Answer().Open() {
		out.MayReply = v.mayReply(one.Subject)
		out.MaySettle = out.MayReply && auth.Can(v.actor, auth.ClosePeriods)
	}
	shaper, given := v.awardShaper(ctx, tx), tallies{}
	for _, list := range []struct {
		from []*award.Award
		to   *[]Award
	}{{one.Awards, &out.Awards}, {one.Adjustments, &out.Adjustments}} {
		for _, a := range list.from {
			shaped, err := shaper.shape(a, auth.SeesFull)
			if err != nil {
				return out, err
			}
			*list.to = append(*list.to, shaped)
			if a.Reward.Kind == rule.Cash {
				continue
			}
			out.Others[string(a.Reward.Kind)] += a.Quantity
			if given[a.Reward.Kind] == nil {
				given[a.Reward.Kind] = &award.Tally{}
			}
			if err := given[a.Reward.Kind].Add(a.Reward, a.Quantity); err != nil {
				return out, err
			}
		}
	}
	out.Figures = given.figures()
	for _, c := range one.Cash {
		out.Cash = append(out.Cash, shapeCash(c))
		for _, part := range c.Parts {
			a, err := award.Get(tx, part.AwardID)
			if err != nil {
				return out, err
			}
			shaped, err := shaper.shape(a, auth.SeesFull)
			if err != nil {
				return out, err
			}
			out.Owed = append(out.Owed, StatementDebt{
				Award: shaped, Taken: *shapeAmount(money.Amount{Minor: part.Minor, Currency: c.Currency}),
				Left: *shapeAmount(money.Amount{Minor: part.Left, Currency: c.Currency}),
			})
		}
	}
	return out, nil
}

// mayReply reports whether the caller answers a person's dispute: those who see the person's rewards by their role, never oneself.
func (v *statementView) mayReply(ref rule.Ref) bool {
	return ref.Kind == rule.Person && ref.ID != v.actor.PersonID && auth.Can(v.actor, auth.SeeTeam) && v.actor.SeesRewardsOf(ref.ID, v.today, v.dir)
}

// answerStatement is for the person alone: nobody confirms for somebody else.
func (s *server) answerStatement(ctx context.Context, in *statementSay) (*body[Statement], error) {
	path := &statementPath{Period: in.Period, Kind: string(rule.Person)}
	return s.sayOfStatement(ctx, path, func(tx *db.Tx, v *statementView, ref rule.Ref) (*statement.Answer, error) {
		return statement.Say(tx, actor(ctx), v.at, ref, statement.Word(in.Body.Answer), in.Body.Text)
	})
}

// replyToStatement is for managers and finance; only finance settles, and nobody their own dispute.
func (s *server) replyToStatement(ctx context.Context, in *statementReplyTo) (*body[Statement], error) {
	path := &statementPath{Period: in.Period, Kind: string(rule.Person), Subject: in.Subject}
	return s.sayOfStatement(ctx, path, func(tx *db.Tx, v *statementView, ref rule.Ref) (*statement.Answer, error) {
		word := statement.Word(in.Body.Answer)
		if word == statement.Settled {
			if err := auth.Require(v.actor, auth.ClosePeriods); err != nil {
				return nil, err
			}
		}
		if !v.mayReply(ref) {
			return nil, problem.New(problem.Forbidden, "forbidden", "subject", "自己的异议由别人处理：请找财务或主管。",
				"Somebody else answers your own dispute: ask finance or your manager.")
		}
		return statement.Reply(tx, actor(ctx), v.at, ref, word, in.Body.Text)
	})
}

// sayOfStatement puts something that is said on record, notes it in the change log, which tells open pages, and returns the statement.
func (s *server) sayOfStatement(ctx context.Context, path *statementPath, say func(*db.Tx, *statementView, rule.Ref) (*statement.Answer, error)) (*body[Statement], error) {
	var out Statement
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		v, one, err := s.oneStatement(ctx, tx, path)
		if err != nil {
			return err
		}
		said, err := say(tx, v, one.Subject)
		if err != nil {
			return err
		}
		after, err := json.Marshal(map[string]any{"period": v.at.Label, "subject": one.Subject.ID, "answer": said.Word})
		if err != nil {
			return fmt.Errorf("write an answer: %w", err)
		}
		if _, err := s.records.AppendChange(tx, record.Change{
			Actor: actor(ctx), Object: objectStatement, RecordID: said.ID, Kind: string(said.Word), After: after,
		}); err != nil {
			return err
		}
		one.History = append(one.History, *said)
		out, err = v.shape(ctx, tx, one)
		return err
	})
	return reply(out), err
}

// days writes a window as its first and last day.
func days(w calendar.Window) string { return w.From.String() + " – " + (w.To - 1).String() }
