package api

import (
	"context"
	"errors"
	"slices"
	"strings"

	"laurel/internal/auth"
	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/closing"
	"laurel/internal/db"
	"laurel/internal/engine"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/rule"
	"laurel/internal/statement"
)

type closingsQuery struct {
	Kind string `query:"kind" enum:"week,month,quarter,half,year" default:"month" doc:"In what open periods are listed"`
}

type closingQuery struct {
	Kind  string `query:"kind" enum:"week,month,quarter,half,year" default:"month"`
	Label string `query:"label" maxLength:"20" required:"true" example:"2026-03"`
}

type closingPath struct {
	Label string `path:"label" maxLength:"20" example:"2026-03"`
}

type closingReopen struct {
	Label string `path:"label" maxLength:"20" example:"2026-03"`
	Body  ReopenInput
}

// maxOpenPeriods bounds the open periods that are listed, maxClosingAdjustments the adjustments.
const (
	maxOpenPeriods        = 60
	maxClosingAdjustments = 200
)

func (s *server) closingRoutes() {
	const tag = "Finance"
	handle(s, tag, "GET", "/closings", "listClosings", "关账日历", "Which periods are open, closed and paid", s.listClosings)
	handle(s, tag, "GET", "/closings/preview", "previewClosing", "关账前看：还有什么在变，会定下什么", "Before closing: what still moves, what becomes final", s.previewClosing)
	handle(s, tag, "POST", "/closings", "closePeriod", "关账", "Close a period", s.closePeriod)
	handle(s, tag, "POST", "/closings/{label}/reopen", "reopenPeriod", "重新打开最近关账的周期", "Reopen the period closed last", s.reopenPeriod)
	handle(s, tag, "POST", "/closings/{label}/paid", "markPaid", "标记为已发放", "Note that a closed period was paid", s.markPaid)
}

func (s *server) listClosings(ctx context.Context, in *closingsQuery) (*body[ClosingCalendar], error) {
	if err := allow(ctx, auth.SeeClosings); err != nil {
		return nil, err
	}
	out := ClosingCalendar{Kind: in.Kind, Periods: []ClosingPeriod{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := s.closingBook(ctx, tx)
		if err != nil {
			return err
		}
		if c.until != 0 {
			out.Until = &c.until
		}
		first, err := award.FirstPeriodEnd(tx)
		if err != nil {
			return err
		}
		for _, p := range c.open(calendar.Kind(in.Kind), first) {
			out.Periods = append(out.Periods, c.shape(p))
		}
		for i := range c.all {
			if c.all[i].Closed() {
				out.Periods = append(out.Periods, c.shape(c.all[i].Period))
			}
		}
		out.Periods = append(out.Periods, c.before(first)...)
		return nil
	})
	return reply(out), err
}

// closingBook is what was closed, as its calendar shows it.
type closingBook struct {
	all   []closing.Closing // newest first
	until calendar.Day      // 0 when nothing is closed
	today calendar.Day
	cal   calendar.Calendar
	name  func(actor string) string

	disputes map[int64]int // by closing
}

func (s *server) closingBook(ctx context.Context, tx *db.Tx) (*closingBook, error) {
	all, err := closing.List(tx)
	if err != nil {
		return nil, err
	}
	until, err := closing.Until(tx)
	if err != nil {
		return nil, err
	}
	d, err := s.people.Directory(tx)
	if err != nil {
		return nil, err
	}
	disputes, err := statement.Disputes(tx)
	if err != nil {
		return nil, err
	}
	name, err := s.actorNames(tx, language(ctx))
	return &closingBook{all: all, until: until, today: s.today(d), cal: d.Organisation.Calendar(), name: name, disputes: disputes}, err
}

// open lists the open periods of a kind that have begun, newest first: back to where closing ended, or to the first award.
func (c *closingBook) open(kind calendar.Kind, firstEnd calendar.Day) []calendar.Period {
	from := c.until
	if from == 0 {
		if from = c.today; firstEnd != 0 {
			from = c.cal.PeriodOf(kind, firstEnd-1).From
		}
	}
	var out []calendar.Period
	for p := c.cal.PeriodOf(kind, c.today); p.From >= from && len(out) < maxOpenPeriods; p = c.cal.Back(p, 1) {
		out = append(out, p)
	}
	return out
}

// before lists the periods that were closed with the first closing, newest first, back to the first award: they stand as it does.
func (c *closingBook) before(firstEnd calendar.Day) []ClosingPeriod {
	var first *closing.Closing
	for i := range c.all {
		if one := &c.all[i]; one.Closed() && (first == nil || one.Period.From < first.Period.From) {
			first = one
		}
	}
	var out []ClosingPeriod
	if first == nil || firstEnd == 0 {
		return nil
	}
	of := c.shape(first.Period)
	for p := c.cal.Back(first.Period, 1); !p.Empty() && p.To >= firstEnd && len(out) < maxOpenPeriods; p = c.cal.Back(p, 1) {
		shown := of
		shown.Label, shown.From, shown.To, shown.With = p.Label, p.From, p.To, first.Period.Label
		shown.MayReopen, shown.Reopened, shown.Disputes = false, []Reopening{}, 0
		out = append(out, shown)
	}
	return out
}

// shape tells how a period stands.
func (c *closingBook) shape(p calendar.Period) ClosingPeriod {
	out := ClosingPeriod{Kind: string(p.Kind), Label: p.Label, From: p.From, To: p.To, State: "open", Reopened: []Reopening{}}
	if p.To > c.today {
		out.State = "running"
	}
	for i := range c.all {
		one := &c.all[i]
		if one.Period.Label != p.Label || one.Period.Kind != p.Kind {
			continue
		}
		if !one.Closed() {
			out.Reopened = append(out.Reopened, Reopening{
				At: instant(one.ReopenedAt), By: c.name(one.ReopenedBy), Reason: one.Reason, ClosedAt: instant(one.ClosedAt), ClosedBy: c.name(one.ClosedBy),
			})
			continue
		}
		out.State, out.ClosedAt, out.ClosedBy = "closed", instantOrNil(one.ClosedAt), c.name(one.ClosedBy)
		out.Disputes = c.disputes[one.ID]
		if one.PaidAt != 0 {
			out.State, out.PaidAt, out.PaidBy = "paid", instantOrNil(one.PaidAt), c.name(one.PaidBy)
		}
		out.MayReopen = one.PaidAt == 0 && one.Period.To == c.until
	}
	if out.State == "open" && len(out.Reopened) > 0 {
		out.State = "reopened"
	}
	ended := out.State == "open" || out.State == "reopened"
	if out.Next = ended && p.From == c.until; c.until == 0 { // what comes before the first to be closed is closed with it
		out.Next = ended && c.cal.Next(p).Contains(c.today)
	}
	return out
}

func (s *server) previewClosing(ctx context.Context, in *closingQuery) (*body[ClosingPreview], error) {
	if err := allow(ctx, auth.SeeClosings); err != nil {
		return nil, err
	}
	out := ClosingPreview{Totals: []ClosingTotal{}, Cash: []Amount{}, Others: map[string]int64{}, Figures: Figures{}, Adjustments: []Award{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		p, _, err := s.engine.Closable(tx, calendar.Kind(in.Kind), in.Label)
		var refused *problem.Error
		if errors.As(err, &refused) && refused.Kind == problem.Conflict && p.Label != "" {
			part := problemPart(language(ctx), refused)
			out.Problem, err = &part, nil
		}
		if err != nil {
			return err
		}
		c, err := s.closingBook(ctx, tx)
		if err != nil {
			return err
		}
		v, err := s.viewer(ctx, tx)
		if err != nil {
			return err
		}
		out.Period = c.shape(p)
		moving, err := s.engine.Moving(tx, p)
		if err != nil {
			return err
		}
		out.Moving = v.moving(moving)
		if !auth.Can(v.actor, auth.SeeAllAwards) {
			return nil
		}
		cash, err := v.closingTotals(tx, p.Window, &out)
		if err != nil {
			return err
		}
		if c.until == 0 {
			if out.Earlier, err = closingEarlier(tx, p.From, cash); err != nil {
				return err
			}
		}
		return v.closingAdjustments(ctx, tx, p.Window, &out)
	})
	return reply(out), err
}

// moving puts what is not settled into words.
func (v *viewer) moving(m *engine.Moving) ClosingMoving {
	out := ClosingMoving{Behind: m.Behind, Provisional: m.Provisional, NotJudged: []ClosingFault{}, LeftOut: []ClosingLeftOut{}}
	for _, f := range m.NotJudged {
		zh, en, _ := strings.Cut(f.Message, "\n")
		out.NotJudged = append(out.NotJudged, ClosingFault{Plan: v.planName(f.PlanID), Period: f.Period, Message: i18n.T(zh, en)})
	}
	for _, l := range m.LeftOut {
		shown := ClosingLeftOut{Reason: l.Reason.Name(), Code: string(l.Reason), Count: l.Count}
		if m := v.metrics.ID(l.MetricID); m != nil {
			shown.Metric = KeyName{Key: m.Def.Key, Name: m.Def.Name}
		}
		out.LeftOut = append(out.LeftOut, shown)
	}
	out.Settled = m.Behind == 0 && m.Provisional == 0 && len(out.NotJudged) == 0 && len(out.LeftOut) == 0
	return out
}

// planName names a plan as it is called now.
func (v *viewer) planName(id int64) KeyName {
	p := v.plans[id]
	if p == nil {
		return KeyName{}
	}
	return KeyName{Key: p.Key, Name: p.Current(v.today).Def.Name}
}

// closingTotals adds up what ends in a window, and returns its cash by currency.
func (v *viewer) closingTotals(tx *db.Tx, w calendar.Window, out *ClosingPreview) (map[string]int64, error) {
	sums, err := award.SumsEnding(tx, w)
	if err != nil {
		return nil, err
	}
	cash, given := map[string]int64{}, tallies{}
	for _, sum := range sums {
		line := ClosingTotal{
			Plan: v.planName(sum.PlanID), Period: sum.Period.Label, Kind: string(sum.Kind), Adjustment: sum.Adjustment, Awards: sum.Awards,
			Quantity: sum.Quantity, Figure: figureText(sum.Kind, sum.Figure), Provisional: sum.State == award.Provisional,
		}
		if sum.Kind == rule.Cash {
			line.Amount = shapeAmount(money.Amount{Minor: sum.Minor, Currency: sum.Currency})
			if cash[sum.Currency], err = money.AddInt(cash[sum.Currency], sum.Minor); err != nil {
				return nil, err
			}
		} else {
			out.Others[string(sum.Kind)] += sum.Quantity
			if err := given.join(sum.Kind, sum.Tally); err != nil {
				return nil, err
			}
		}
		out.Totals = append(out.Totals, line)
	}
	out.Cash, out.Figures = amountsOf(cash), given.figures()
	return cash, nil
}

// closingEarlier adds up what ended before the first period that is closed; nil where there is nothing.
func closingEarlier(tx *db.Tx, before calendar.Day, own map[string]int64) (*ClosingEarlier, error) {
	sums, err := award.SumsEnding(tx, calendar.Window{To: before})
	if err != nil || len(sums) == 0 {
		return nil, err
	}
	var awards int64
	cash := map[string]int64{}
	for _, s := range sums {
		awards += s.Awards
		if s.Kind == rule.Cash {
			if cash[s.Currency], err = money.AddInt(cash[s.Currency], s.Minor); err != nil {
				return nil, err
			}
		}
	}
	out := &ClosingEarlier{Awards: awards, Cash: amountsOf(cash)}
	for currency, minor := range own {
		if cash[currency], err = money.AddInt(cash[currency], minor); err != nil {
			return nil, err
		}
	}
	out.All = amountsOf(cash)
	return out, nil
}

// amountsOf lists sums by currency.
func amountsOf(minor map[string]int64) []Amount {
	out := []Amount{}
	for currency, n := range minor {
		out = append(out, *shapeAmount(money.Amount{Minor: n, Currency: currency}))
	}
	slices.SortFunc(out, func(a, b Amount) int { return strings.Compare(a.Currency, b.Currency) })
	return out
}

func (v *viewer) closingAdjustments(ctx context.Context, tx *db.Tx, w calendar.Window, out *ClosingPreview) error {
	list, err := award.AdjustmentsEnding(tx, w, maxClosingAdjustments+1)
	if err != nil {
		return err
	}
	if out.MoreAdjust = len(list) > maxClosingAdjustments; out.MoreAdjust {
		list = list[:maxClosingAdjustments]
	}
	shaper := v.awardShaper(ctx, tx)
	for _, a := range list {
		shaped, err := shaper.shape(a, auth.SeesFull)
		if err != nil {
			return err
		}
		out.Adjustments = append(out.Adjustments, shaped)
	}
	return nil
}

func (s *server) closePeriod(ctx context.Context, in *struct{ Body CloseInput }) (*body[ClosingPeriod], error) {
	return s.changeClosing(ctx, func() (closing.Closing, error) {
		return s.engine.Close(ctx, actor(ctx), calendar.Kind(in.Body.Kind), in.Body.Label)
	})
}

func (s *server) reopenPeriod(ctx context.Context, in *closingReopen) (*body[ClosingPeriod], error) {
	return s.changeClosing(ctx, func() (closing.Closing, error) {
		return s.engine.Reopen(ctx, actor(ctx), in.Label, strings.TrimSpace(in.Body.Reason))
	})
}

func (s *server) markPaid(ctx context.Context, in *closingPath) (*body[ClosingPeriod], error) {
	return s.changeClosing(ctx, func() (closing.Closing, error) { return s.engine.Paid(ctx, actor(ctx), in.Label) })
}

// changeClosing does one thing to a closing and answers with how the period stands then.
func (s *server) changeClosing(ctx context.Context, change func() (closing.Closing, error)) (*body[ClosingPeriod], error) {
	if err := allow(ctx, auth.ClosePeriods); err != nil {
		return nil, err
	}
	done, err := change()
	if err != nil {
		return nil, err
	}
	var out ClosingPeriod
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := s.closingBook(ctx, tx)
		if err == nil {
			out = c.shape(done.Period)
		}
		return err
	})
	return reply(out), err
}
