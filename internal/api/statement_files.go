package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"net/url"
	"strconv"
	"strings"
	"time"

	"laurel/internal/auth"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/intake"
	"laurel/internal/paper"
	"laurel/internal/problem"
	"laurel/internal/rule"
	"laurel/internal/statement"
)

type fileOutput struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// attachment names a file in a way that every browser understands.
func attachment(name string) string {
	return `attachment; filename="statement"; filename*=UTF-8''` + url.PathEscape(name)
}

// printFont is the font that prints Chinese; it is built with the web application.
const printFont = "fonts/NotoSansSC-Regular.ttf"

func (s *server) printStatement(ctx context.Context, in *statementPath) (*fileOutput, error) {
	if s.app == nil {
		return nil, noFont(nil)
	}
	font, err := fs.ReadFile(s.app, printFont)
	if err != nil {
		return nil, noFont(err)
	}
	var shown Statement
	var organisation i18n.Text
	var zone *time.Location
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		v, one, err := s.oneStatement(ctx, tx, in)
		if err != nil {
			return err
		}
		organisation, zone = v.dir.Organisation.Name, v.dir.Organisation.Calendar().Zone
		shown, err = v.shape(ctx, tx, one)
		return err
	})
	if err != nil {
		return nil, err
	}
	page := printed{Statement: shown, lang: language(ctx), zone: zone, organisation: organisation}
	text, err := page.set(font)
	if err != nil {
		return nil, err
	}
	name := shown.Subject.Name + " " + shown.Period.Label + ".pdf"
	return &fileOutput{ContentType: "application/pdf", Disposition: attachment(name), Body: text}, nil
}

func noFont(err error) error {
	return problem.New(problem.Unavailable, "no_font", "", "这个程序里没有打印用的字体；请先构建网页应用（make web），再重新编译。",
		"This binary has no font to print with: build the web application (make web) and compile again.").Because(err)
}

// printed sets a statement on paper.
type printed struct {
	Statement
	lang         i18n.Lang
	zone         *time.Location
	organisation i18n.Text
}

func (p *printed) word(key string, args ...any) string {
	text := statementWords[key].In(p.lang)
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return text
}

func (p *printed) set(font []byte) ([]byte, error) {
	title := p.Subject.Name + " · " + p.word("title") + " " + i18n.Period(p.Period.Label).In(p.lang)
	doc, err := paper.New(font, title, p.organisation.In(p.lang)+" · "+title)
	if err != nil {
		return nil, err
	}
	doc.Title(p.Subject.Name + " · " + p.word("title"))
	doc.Line(p.organisation.In(p.lang), p.word("period")+" "+i18n.Period(p.Period.Label).In(p.lang))
	doc.Line(days(windowOf(&p.Period.From, &p.Period.To)), p.word(p.Period.State))
	if len(p.Awards) == 0 && len(p.Adjustments) == 0 && len(p.Cash) == 0 {
		doc.Line("", "")
		doc.Line(p.word("nothing"), "")
	}
	p.sums(doc)
	p.awards(doc, "awards", "reason", p.Awards)
	p.awards(doc, "adjustments", "origin", p.Adjustments)
	p.debts(doc)
	if p.Answer != nil {
		doc.Line("", "")
		for i := range p.History {
			if a := &p.History[i]; !a.Earlier {
				doc.Note(p.said(a))
			}
		}
	}
	doc.Line("", "")
	doc.Note(p.word("ask"))
	return doc.Bytes()
}

func (p *printed) said(a *StatementAnswer) string {
	at := a.At.In(p.zone).Format("2006-01-02 15:04")
	switch statement.Word(a.Answer) {
	case statement.Disputed:
		return p.word("disputed", at, a.Text)
	case statement.Replied, statement.Settled:
		return p.word(a.Answer, at, a.By, a.Text)
	}
	return p.word("confirmed", at)
}

// sums writes how the amount that is paid comes about, one line a step; lines of nothing are left out.
func (p *printed) sums(doc *paper.Paper) {
	net := "line_net"
	if p.Period.State == "paid" {
		net = "line_paid"
	}
	for _, c := range p.Cash {
		doc.Heading(p.word("sum", c.Currency))
		for _, line := range []struct{ key, amount string }{
			{"line_awards", c.Awards}, {"line_adjust", c.Adjustments}, {"line_before", c.OwedBefore}, {"line_new", c.Incurred},
			{"line_taken", minus(c.Taken)}, {"line_after", c.OwedAfter}, {net, c.Net},
		} {
			if !isZeroText(line.amount) || line.key == net || line.key == "line_awards" {
				doc.Line(p.word(line.key), i18n.Grouped(line.amount))
			}
		}
		if c.Limit != "" && (!isZeroText(c.OwedBefore) || !isZeroText(c.Incurred)) {
			doc.Note(p.word("limit", c.Limit))
		}
	}
}

func isZeroText(decimal string) bool { return strings.Trim(decimal, "-0.") == "" }

func minus(decimal string) string {
	if isZeroText(decimal) {
		return decimal
	}
	return "-" + decimal
}

func (p *printed) awards(doc *paper.Paper, heading, why string, list []Award) {
	if len(list) == 0 {
		return
	}
	doc.Heading(p.word(heading))
	var rows [][]string
	for i := range list {
		a := &list[i]
		because := a.Reason.In(p.lang)
		if a.Origin != "" {
			because = i18n.Period(a.Origin).In(p.lang) + " · " + because
		}
		rows = append(rows, []string{p.earnedOn(a), a.Plan.Name.In(p.lang), because, a.Headline.In(p.lang)})
	}
	doc.Table([]paper.Column{
		{Head: p.word("date"), Share: 0.14}, {Head: p.word("plan"), Share: 0.26}, {Head: p.word(why), Share: 0.38}, {Head: p.word("amount"), Share: 0.22, Right: true},
	}, rows)
}

// earnedOn is the day on which an award was earned; the last of its period where nothing earlier decides.
func (p *printed) earnedOn(a *Award) string {
	return min(calendar.DayAt(a.EarnedAt, p.zone), a.Period.To-1).String()
}

func (p *printed) debts(doc *paper.Paper) {
	if len(p.Owed) == 0 {
		return
	}
	doc.Heading(p.word("owed"))
	var rows [][]string
	for i := range p.Owed {
		d := &p.Owed[i]
		rows = append(rows, []string{
			i18n.Period(d.Award.Origin).In(p.lang), d.Award.Plan.Name.In(p.lang) + " · " + d.Award.Reason.In(p.lang), d.Award.Headline.In(p.lang), i18n.Grouped(d.Taken.Amount), i18n.Grouped(d.Left.Amount),
		})
	}
	doc.Table([]paper.Column{
		{Head: p.word("origin"), Share: 0.14}, {Head: p.word("plan"), Share: 0.38}, {Head: p.word("amount"), Share: 0.18, Right: true},
		{Head: p.word("taken"), Share: 0.15, Right: true}, {Head: p.word("left"), Share: 0.15, Right: true},
	}, rows)
}

// exportStatements writes one line a statement and currency, and below them the control totals, whose kind is "total": sums, and how many
// lines they add up. The file is the same in every language.
func (s *server) exportStatements(ctx context.Context, in *statementExport) (*fileOutput, error) {
	if err := allow(ctx, auth.SeeAllAwards); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString("\ufeff") // spreadsheets take the file for UTF-8
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		v, err := s.statementView(ctx, tx, in.Period)
		if err != nil {
			return err
		}
		lines, err := v.lines(ctx)
		if err != nil {
			return err
		}
		return v.payroll(csv.NewWriter(&out), lines)
	})
	return &fileOutput{ContentType: "text/csv; charset=utf-8", Disposition: attachment("laurel " + in.Period + ".csv"), Body: out.Bytes()}, err
}

func (v *statementView) payroll(w *csv.Writer, lines []statementLine) error {
	head := []string{"period", "state", "kind", "key", "name", "currency", "awards", "adjustments", "earned", "owed_before", "incurred", "taken", "owed_after", "net", "rows"}
	if err := w.Write(head); err != nil {
		return fmt.Errorf("write the file: %w", err)
	}
	state := shapeStatementPeriod(v.at).State
	row := func(kind, key, name string, c statement.Cash, rows int) error {
		s := shapeCash(c)
		return w.Write([]string{
			v.at.Label, state, kind, intake.Neutral(key), intake.Neutral(name), s.Currency, s.Awards, s.Adjustments, s.Earned, s.OwedBefore, s.Incurred, s.Taken, s.OwedAfter, s.Net, strconv.Itoa(rows),
		})
	}
	var sums []statement.Cash
	counts := map[string]int{}
	for i := range lines {
		l := &lines[i]
		for _, c := range l.cash {
			if err := row(string(l.ref.Kind), v.keyOf(l.ref), l.name, c, 1); err != nil {
				return fmt.Errorf("write the file: %w", err)
			}
			counts[c.Currency]++
		}
		var err error
		if sums, err = statement.AddUp(sums, l.cash); err != nil {
			return err
		}
	}
	for _, c := range sums {
		if err := row("total", "", "", c, counts[c.Currency]); err != nil {
			return fmt.Errorf("write the file: %w", err)
		}
	}
	w.Flush()
	return w.Error()
}

func (v *viewer) keyOf(ref rule.Ref) string {
	if ref.Kind == rule.Person {
		if p, ok := v.dir.Person(ref.ID); ok {
			return p.Key
		}
	} else if u, ok := v.dir.Unit(ref.ID); ok {
		return u.Key
	}
	return ""
}
