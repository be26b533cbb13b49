package engine

import (
	"fmt"
	"slices"
	"strings"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// Method says how a plan's spend is carried on to a period's end.
type Method string

// The methods. Whichever is used, less than what stands already is never forecast, and what is taken off stands as it is: it is not
// carried on.
const (
	RunRate    Method = "run_rate"     // what stands now, per working day so far, times the working days in all
	PerPeriod  Method = "per_period"   // the mean of the plan's periods that have ended, times its periods in all
	Earlier    Method = "earlier"      // nothing to carry on from yet: the mean of the plan's periods before
	AsItStands Method = "as_it_stands" // nothing more to come
	NothingYet Method = "nothing_yet"  // a plan that runs, has given nothing, and had no period before
)

// maxEarlier is how many periods before are looked at where nothing can be carried on from yet.
const maxEarlier = 4

// Forecast is the cash that plans will come to whose periods end within a period.
type Forecast struct {
	Period         calendar.Period
	Elapsed, Total int64 // working days of the period, up to and with today, and in all
	Lines          []ForecastLine
}

// ForecastLine is one plan in one currency, in minor units.
type ForecastLine struct {
	PlanID         int64
	Currency       string
	Method         Method
	Span           calendar.Window // that the method looks at
	Elapsed, Total int64           // working days, or periods of the plan; of Earlier: periods before, and periods to come
	Stands         int64           // granted and provisional now: the least
	Adjusted       int64           // of that, adjustments: they stand as they are and are not carried on
	Figure         int64
}

// Forecast carries the cash of every plan on to the end of the running month, quarter, half or year.
func (e *Engine) Forecast(tx *db.Tx, kind calendar.Kind) (*Forecast, error) {
	b, err := e.begin(tx)
	if err != nil {
		return nil, err
	}
	period := b.cal.PeriodOf(kind, b.asOf)
	sums, err := award.SumsEnding(tx, period.Window)
	if err != nil {
		return nil, err
	}
	work := b.dir.Organisation.Clock()
	out := &Forecast{Period: period, Elapsed: work.Days(period.From, b.asOf+1), Total: work.Days(period.From, period.To)}
	byPlan := map[int64][]award.EndingSum{}
	for _, s := range sums {
		if s.Kind == rule.Cash {
			byPlan[s.PlanID] = append(byPlan[s.PlanID], s)
		}
	}
	for _, p := range b.plans {
		lines, err := b.forecastPlan(p, period.Window, byPlan[p.Plan.ID], work)
		if err != nil {
			return nil, fmt.Errorf("forecast plan %s: %w", p.Plan.Key, err)
		}
		out.Lines = append(out.Lines, lines...)
	}
	return out, nil
}

// forecastPlan carries one plan on, currency by currency. Adjustments stand as they are.
func (b *batch) forecastPlan(p *readyPlan, w calendar.Window, sums []award.EndingSum, work *people.WorkClock) ([]ForecastLine, error) {
	base, ended, stands := map[string]int64{}, map[string]int64{}, map[string]int64{}
	add := func(to map[string]int64, s award.EndingSum) (err error) {
		to[s.Currency], err = money.AddInt(to[s.Currency], s.Minor)
		return err
	}
	for _, s := range sums {
		if err := add(stands, s); err != nil {
			return nil, err
		}
		if s.Adjustment {
			continue
		}
		if err := add(base, s); err != nil {
			return nil, err
		}
		if s.Period.To <= b.asOf {
			if err := add(ended, s); err != nil {
				return nil, err
			}
		}
	}
	v, runs := b.runningIn(p, w)
	if reward := v.ready; runs && reward.Def.Reward.Kind == rule.Cash { // also where nothing was earned yet
		currency := reward.Def.Reward.Currency
		if currency == "" {
			currency = b.dir.Organisation.Currency
		}
		if _, some := stands[currency]; !some && len(stands) == 0 {
			stands[currency] = 0
		}
	}
	var out []ForecastLine
	for _, currency := range sortedKeys(stands) {
		line := ForecastLine{PlanID: p.Plan.ID, Currency: currency, Method: AsItStands, Span: w, Stands: stands[currency], Figure: stands[currency]}
		line.Adjusted = line.Stands - base[currency]
		if runs {
			if err := line.carryOn(b, v, base[currency], ended[currency], work); err != nil {
				return nil, err
			}
		} else if line.Stands == 0 {
			line.Method = NothingYet
		}
		out = append(out, line)
	}
	slices.SortFunc(out, func(x, y ForecastLine) int { return strings.Compare(x.Currency, y.Currency) })
	return out, nil
}

// runningIn finds the plan's running period if it ends within a window.
func (b *batch) runningIn(p *readyPlan, w calendar.Window) (judgedPeriod, bool) {
	for _, v := range p.at(b.asOf) {
		if v.period.To <= w.To && p.fault(v.ready) == nil {
			return v, true
		}
	}
	return judgedPeriod{}, false
}

// carryOn extends a line by what is still to come.
func (l *ForecastLine) carryOn(b *batch, v judgedPeriod, base, ended int64, work *people.WorkClock) error {
	if v.period.From < l.Span.From { // a quarter that ends with the month
		l.Span = v.period.Window
	}
	base, ended = max(0, base), max(0, ended)
	begun := b.began(l.PlanID)
	l.Span.From = max(l.Span.From, min(begun, v.period.From)) // the days before the plan began say nothing of it
	from, of := base, RunRate
	l.Elapsed, l.Total = work.Days(l.Span.From, b.asOf+1), work.Days(l.Span.From, l.Span.To)
	if v.ready.Provisional() || v.ready.Def.Judged == plan.PeriodEnd { // what stands in a running period is no part of its end
		from, of = ended, PerPeriod
		l.Elapsed, l.Total = b.periodsEnding(v.period.Kind, l.Span, begun)
	}
	if from <= 0 && of == RunRate || l.Elapsed == 0 { // a period may begin with a weekend
		return l.fromEarlier(b, v, of, base, begun)
	}
	figure, err := money.MulDiv(from, l.Total, l.Elapsed, money.HalfEven)
	if err != nil {
		return err
	}
	more, err := money.AddInt(figure, -base)
	if err != nil {
		return err
	}
	l.Method = of
	if more > 0 {
		l.Figure, err = money.AddInt(l.Stands, more)
	}
	return err
}

// fromEarlier extends a line from the plan's periods before the span, at most maxEarlier of them and none in which the plan did
// not run yet. Of a plan that grants as things happen only the part of the working days counts that is still to come.
func (l *ForecastLine) fromEarlier(b *batch, v judgedPeriod, of Method, base int64, begun calendar.Day) error {
	left, whole := l.Total-l.Elapsed, l.Total
	l.Method, l.Elapsed, l.Total = AsItStands, 0, 0
	if l.Stands == 0 {
		l.Method = NothingYet
	}
	_, all := b.periodsEnding(v.period.Kind, l.Span, begun)
	first, n := b.cal.PeriodOf(v.period.Kind, l.Span.From), int64(0)
	for all > 0 && n < maxEarlier && b.cal.Back(first, int(n)+1).From >= begun {
		n++
	}
	if n == 0 || whole == 0 || all == 0 {
		return nil
	}
	sums, err := award.SumsEnding(b.tx, calendar.Window{From: b.cal.Back(first, int(n)).From, To: first.From})
	if err != nil {
		return err
	}
	var before int64
	for _, s := range sums {
		if s.PlanID == l.PlanID && s.Kind == rule.Cash && s.Currency == l.Currency && !s.Adjustment {
			if before, err = money.AddInt(before, s.Minor); err != nil {
				return err
			}
		}
	}
	l.Method, l.Elapsed, l.Total = Earlier, n, all
	if of == PerPeriod {
		left, whole = 1, 1
	}
	figure, err := money.MulDiv(max(0, before), all*left, n*whole, money.HalfEven)
	if err != nil {
		return err
	}
	if of == PerPeriod {
		figure = max(0, figure-base) // what stands in the running period is a part of it
	}
	l.Figure, err = money.AddInt(l.Stands, figure)
	return err
}

// began is the first day of a plan: it judges the periods that begin on it or later.
func (b *batch) began(planID int64) calendar.Day {
	for _, r := range b.plans {
		if r.Plan.ID == planID {
			if published := r.Plan.Published(); len(published) > 0 {
				return published[0].From
			}
		}
	}
	return calendar.MaxDay
}

// periodsEnding counts the periods of a kind that end in a window and begin on a day or later: those that have ended, and all. Of periods that a plan lists itself
// the calendar knows none.
func (b *batch) periodsEnding(kind calendar.Kind, w calendar.Window, begun calendar.Day) (ended, all int64) {
	for p := b.cal.PeriodOf(kind, w.From); !p.Empty() && p.To <= w.To; p = b.cal.Next(p) {
		if p.From < begun {
			continue
		}
		all++
		if p.To <= b.asOf {
			ended++
		}
	}
	return ended, all
}
