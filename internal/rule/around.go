package rule

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
)

// Around is what a plan puts around its shape: who is let in, what part of a reward is theirs, among whom it is
// divided, and what there is to give at most. The zero Around changes nothing.
type Around struct {
	Gates     []Gate
	Proration Proration
	Ramp      []RampStep
	RampOn    RampOn
	Split     []SplitPart
	Budget    *Budget
	People    map[string]string // names of the persons who get a share, by key
}

// Proration is what becomes of the rewards of those who are in the audience for a part of the period only.
type Proration string

// The ways to prorate; the empty one is off. The part is the days in the audience over the days of the period.
const (
	ProrateOff        Proration = "off"
	ProrateAmount     Proration = "amount"     // amounts are reduced to the part
	ProrateThresholds Proration = "thresholds" // amounts and the lines to be reached are
)

// RampStep is the percentage for those who have been here for fewer full months.
type RampStep struct {
	Below   int  `json:"below" yaml:"below" doc:"For those with fewer full months since they joined, counted on the period's first day or when they joined"`
	Percent Line `json:"percent" yaml:"percent" doc:"50% or 0.5"`
}

// RampOn is what a ramp's percentage is of.
type RampOn string

// The two readings of a ramp; the empty one is RampAmount.
const (
	RampAmount  RampOn = "amount"  // newcomers get the percentage of the amount
	RampTargets RampOn = "targets" // newcomers have to reach the percentage of the lines, for the whole amount
)

// Roll answers who was where on which days.
type Roll interface {
	// Days is on how many days of a period a subject belongs to the audience.
	Days(ref Ref, p calendar.Period) int
	// Months is how many full months a person had been here on a day; ok is false when nobody knows since when.
	Months(ref Ref, day calendar.Day) (months int, ok bool)
	// Manager is whom a person reports to on a day.
	Manager(ref Ref, day calendar.Day) (Ref, bool)
	// Members are the persons who belong to a unit in a period, by id, with their days in it.
	Members(ref Ref, p calendar.Period) ([]Member, error)
	// Unit is the team or department to which a person belonged itself, on the last of its days in one within a period (of several
	// that day the first by key); of a team, the department above it. ok is false where there is none.
	Unit(kind SubjectKind, ref Ref, p calendar.Period) (unit Ref, ok bool)
}

// Member is a person in a unit.
type Member struct {
	Ref  Ref
	Days int64
}

// One is the factor that changes nothing.
var One = money.Whole(1)

// Together reports whether what is due to one subject may change what another gets.
func (a *Around) Together() bool { return len(a.Split) > 0 || a.Budget != nil }

// Scaled reports whether a subject's rewards may be reduced.
func (a *Around) Scaled() bool {
	return a.Proration == ProrateAmount || a.Proration == ProrateThresholds || len(a.Ramp) > 0
}

// portion is which part of the amounts is a subject's in a period, and to which part of the lines it is held.
type portion struct {
	amount, lines money.Frac
	held          Held
	steps         []Step
}

func (a *Around) partOf(c Context, ref Ref) (out portion, err error) {
	if out, err = a.portionOf(c, ref); err != nil {
		return out, err
	}
	out.lines, err = out.held.part(c.Measure.Additive)
	return out, err
}

func (a *Around) portionOf(c Context, ref Ref) (portion, error) {
	out := portion{amount: One}
	whole, _ := c.whole(c.At)
	if a.Proration == ProrateAmount || a.Proration == ProrateThresholds {
		days, of := c.Roll.Days(ref, whole), whole.Days()
		if days < of {
			f, err := money.NewFrac(int64(days), int64(of))
			if err != nil {
				return out, err
			}
			out.amount = f
			if a.Proration == ProrateThresholds {
				out.held.Days = f
			}
			out.steps = append(out.steps, Step{i18n.T("在适用范围内的天数", "Days in the audience"), fmt.Sprintf("%d ÷ %d", days, of), c.fraction(f)})
		}
	}
	if len(a.Ramp) == 0 || ref.Kind != Person {
		return out, nil
	}
	months, ok := c.Roll.Months(ref, whole.From)
	if !ok {
		return out, nil
	}
	for _, s := range a.Ramp {
		if months >= s.Below {
			continue
		}
		var err error
		if a.RampOn == RampTargets {
			out.held.Ramp = s.Percent.Frac()
		} else {
			out.amount, err = out.amount.Mul(s.Percent.Frac())
		}
		out.steps = append(out.steps, Step{i18n.T("新人爬坡", "Ramp for newcomers"), strconv.Itoa(months), c.fraction(s.Percent.Frac())})
		return out, err
	}
	return out, nil
}

// fraction writes a factor as a percentage.
func (c Context) fraction(f money.Frac) string {
	d := c
	d.Measure = Measure{Unit: i18n.Same("%")}
	return d.short(f).EN
}

// Judge evaluates a shape with everything that a plan puts around it.
func Judge(shape Shape, a *Around, p calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	subjects, err := c.Admitted(a.Gates, p, subjects)
	if err != nil {
		return nil, err
	}
	c.Undated = c.Undated && !a.Together() // a budget is spent in the order of moments
	dues, err := a.evaluate(shape, p, c, subjects)
	if err != nil {
		return nil, err
	}
	if err := c.passed(a.Gates, p, dues); err != nil {
		return nil, err
	}
	if !a.Together() {
		return dues, nil
	}
	if dues, err = a.split(c, dues); err != nil {
		return nil, err
	}
	if dues, err = a.spend(c, dues, subjects); err != nil {
		return nil, err
	}
	slices.SortFunc(dues, compareDues)
	return dues, nil
}

// evaluate evaluates a shape for subjects who may each be held to a part of the lines for a part of the amounts. A part of
// a line is reached when the value over that part reaches the line; see holder. Where a shape compares subjects they are compared as they are,
// and only the amounts are reduced.
func (a *Around) evaluate(shape Shape, p calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	if !a.Scaled() {
		return Evaluate(shape, p, c, subjects)
	}
	parts := make(map[Ref]portion, len(subjects))
	var whole []Subject
	var out []Due
	for _, s := range subjects {
		own, err := a.partOf(c, s.Ref)
		if err != nil {
			return nil, err
		}
		parts[s.Ref] = own
		if shape.Population() || own.amount.Cmp(One) == 0 && own.lines.Cmp(One) == 0 {
			whole = append(whole, s)
			continue
		}
		dues, err := evaluatePart(shape, p, c, s, own)
		if err != nil {
			return nil, err
		}
		out = append(out, dues...)
	}
	dues, err := Evaluate(shape, p, c, whole)
	if err != nil {
		return nil, err
	}
	for _, d := range dues {
		if own := parts[d.Ref]; own.amount.Cmp(One) != 0 && d.Reward.Kind == Cash {
			if d, err = d.times(c, own); err != nil {
				return nil, err
			}
			if d.Amount.IsZero() {
				continue
			}
		}
		out = append(out, d)
	}
	slices.SortFunc(out, compareDues)
	return out, nil
}

func evaluatePart(shape Shape, p calendar.Period, c Context, s Subject, own portion) ([]Due, error) {
	if own.amount.Sign() == 0 || own.lines.Sign() == 0 {
		return nil, nil
	}
	if keepsValue(shape) {
		c.Held = own.held
	} else if own.lines.Cmp(One) != 0 {
		var err error
		if s.Value, err = s.Value.Div(own.lines); err != nil {
			return nil, err
		}
		s.Points = nil // their running total meets lines that are not written down anywhere
	}
	c.Part = own.amount
	dues, err := Evaluate(shape, p, c, []Subject{s})
	if err != nil || c.Bare {
		return dues, err
	}
	for i := range dues {
		steps := dues[i].Steps
		last := max(0, len(steps)-1)
		dues[i].Steps = slices.Concat(steps[:last], own.steps, steps[last:])
	}
	return dues, nil
}

// times reduces an amount that was evaluated whole.
func (d Due) times(c Context, own portion) (Due, error) {
	minor, err := money.MulDiv(d.Amount.Minor, own.amount.Num(), own.amount.Den(), c.Rounding)
	if err != nil {
		return d, err
	}
	d.Amount.Minor = minor
	if !c.Bare {
		text := money.FormatAmount(d.Amount)
		d.Steps = slices.Concat(d.Steps, own.steps, []Step{{i18n.T("折算后", "Reduced to that part"), text, text}})
	}
	return d, nil
}

// divide is one due as its shares. Shares that come to the same person are one.
func (a *Around) divide(c Context, d Due) ([]Due, error) {
	weights := make([]int64, len(a.Split))
	for i, s := range a.Split {
		w, err := s.Share.Rescale(maxSharePlaces, money.HalfEven)
		if err != nil {
			return nil, err
		}
		weights[i] = w.Coef
	}
	shares, err := money.Allocate(d.Amount.Minor, weights)
	if err != nil {
		return nil, err
	}
	var order []Ref
	sums := map[Ref]int64{}
	give := func(to Ref, minor int64) {
		if _, known := sums[to]; !known {
			order = append(order, to)
		}
		sums[to] += minor
	}
	for i, s := range a.Split {
		if err := s.deal(c, d, shares[i], give); err != nil {
			return nil, err
		}
	}
	var out []Due
	for _, to := range order {
		if sums[to] == 0 {
			continue
		}
		part := d
		part.Ref, part.Amount.Minor = to, sums[to]
		if to != d.Ref {
			part.From, part.Slot = d.Ref, fmt.Sprintf("%s/%s-%d", d.Slot, d.Ref.Kind, d.Ref.ID)
		}
		if !c.Bare {
			part.Share, _ = a.shareOf(c, d.Ref, to)
			part.Steps = append(slices.Clip(d.Steps), part.shareStep(c, d))
		}
		out = append(out, part)
	}
	return out, nil
}

// shareStep is the last line of a share's arithmetic: who gets which part of the whole.
func (d Due) shareStep(c Context, whole Due) Step {
	name, formula := c.World.Name(d.Ref), money.FormatAmount(whole.Amount)
	if !d.Share.IsZero() {
		formula += " × " + d.ShareText()
	}
	return Step{i18n.T(i18n.Glue(name, "分得"), "Share of "+name), formula, money.FormatAmount(d.Amount)}
}

// lastPoint is the last contribution of a subject, or nil.
func lastPoint(subjects []Subject, ref Ref) (*Point, error) {
	i := slices.IndexFunc(subjects, func(s Subject) bool { return s.Ref == ref })
	if i < 0 || subjects[i].Points == nil {
		return nil, nil
	}
	points, err := subjects[i].Points()
	if err != nil || len(points) == 0 {
		return nil, err
	}
	points = SortPoints(points)
	return &points[len(points)-1], nil
}

// earner is the subject that earned a due, of which it may be a share.
func (d Due) earner() Ref {
	if d.From != (Ref{}) {
		return d.From
	}
	return d.Ref
}

// compareTime orders by the moment and the record that brought dues about.
func (d Due) compareTime(o Due) int {
	c := cmp.Compare(endLast(d.Moment), endLast(o.Moment))
	if c != 0 || d.By == nil || o.By == nil {
		return c
	}
	return cmp.Or(strings.Compare(d.By.Key, o.By.Key), cmp.Compare(d.By.RecordID, o.By.RecordID))
}

func (d Due) sooner(o Due) bool { return d.compareTime(o) < 0 }

// endLast puts what falls due at the end of the period after everything else.
func endLast(moment int64) int64 {
	if moment == 0 {
		return math.MaxInt64
	}
	return moment
}
