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

// SplitPart is one share of what a subject earns.
type SplitPart struct {
	To     Recipient `json:"to" yaml:"to" enum:"self,manager,members,person" doc:"The subject itself, the manager on the period's last day, the members of the team, or a person"`
	Person string    `json:"person,omitempty" yaml:"person,omitempty" doc:"Key of the person, where it goes to one"`
	Share  Line      `json:"share" yaml:"share" doc:"70% or 0.7; all shares add up to 100 %"`
	By     SplitBy   `json:"by,omitempty" yaml:"by,omitempty" enum:"equal,days,value" doc:"How members divide their share: equally (default), by their days in the team, or by what they brought"`
}

// Recipient is who gets a share.
type Recipient string

// The recipients of shares.
const (
	ToSelf    Recipient = "self"
	ToManager Recipient = "manager"
	ToMembers Recipient = "members"
	ToPerson  Recipient = "person"
)

// SplitBy is how the members of a unit divide a share.
type SplitBy string

// The divisions; the empty one is ByEqual.
const (
	ByEqual SplitBy = "equal"
	ByDays  SplitBy = "days"
	ByValue SplitBy = "value"
)

// Budget is what a plan gives in one period at most, served in the order of moments.
type Budget struct {
	Amount money.Decimal `json:"amount" yaml:"amount" doc:"Cash of one period, in the currency of the plan's reward"`
	Short  BudgetShort   `json:"short,omitempty" yaml:"short,omitempty" enum:"part,nothing" doc:"What the last one gets who does not fit: the rest (default) or nothing"`
}

// BudgetShort is what the last one gets who does not fit.
type BudgetShort string

// The empty one is ShortPart.
const (
	ShortPart    BudgetShort = "part"
	ShortNothing BudgetShort = "nothing"
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
	if a.Proration == ProrateAmount || a.Proration == ProrateThresholds {
		days, of := c.Roll.Days(ref, c.At), c.At.Days()
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
	months, ok := c.Roll.Months(ref, c.At.From)
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
	if _, itself := shape.(holder); itself {
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

// split divides every due of cash among those who share it, exactly, by largest remainder.
func (a *Around) split(c Context, dues []Due) ([]Due, error) {
	if len(a.Split) == 0 {
		return dues, nil
	}
	var out []Due
	for _, d := range dues {
		if d.Reward.Kind != Cash {
			out = append(out, d)
			continue
		}
		parts, err := a.divide(c, d)
		if err != nil {
			return nil, err
		}
		out = append(out, parts...)
	}
	return out, nil
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
		if sums[to] <= 0 {
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

// shareOf is the share of an amount that somebody gets; ok is false where members divide one, so that no percentage says it.
func (a *Around) shareOf(c Context, earner, to Ref) (share money.Frac, ok bool) {
	for _, s := range a.Split {
		gets := earner // a share for which there is nobody
		switch s.To {
		case ToManager:
			if m, found := c.Roll.Manager(earner, c.At.To-1); found {
				gets = m
			}
		case ToPerson:
			if p, found := c.World.Find(Person, s.Person); found {
				gets = p
			}
		case ToMembers:
			return share, false
		}
		if gets != to {
			continue
		}
		var err error
		if share, err = share.Add(s.Share.Frac()); err != nil {
			return share, false
		}
	}
	return share, !share.IsZero()
}

// maxSharePlaces are the decimal places of a share that count.
const maxSharePlaces = 8

// deal gives a share to those it goes to. A share for which there is nobody stays with the subject.
func (s SplitPart) deal(c Context, d Due, minor int64, give func(Ref, int64)) error {
	switch s.To {
	case ToManager:
		if to, ok := c.Roll.Manager(d.Ref, c.At.To-1); ok {
			give(to, minor)
			return nil
		}
	case ToPerson:
		if to, ok := c.World.Find(Person, s.Person); ok {
			give(to, minor)
			return nil
		}
	case ToMembers:
		members, weights, err := s.members(c, d)
		if err != nil {
			return err
		}
		if len(members) > 0 {
			parts, err := money.Allocate(minor, weights)
			if err != nil {
				return err
			}
			for i, m := range members {
				give(m.Ref, parts[i])
			}
			return nil
		}
	}
	give(d.Ref, minor)
	return nil
}

// members are those who divide a share with their weights; where nobody has any weight they divide it equally.
func (s SplitPart) members(c Context, d Due) ([]Member, []int64, error) {
	members, err := c.Roll.Members(d.Ref, c.At)
	if err != nil {
		return nil, nil, err
	}
	weights := make([]int64, len(members))
	var sum int64
	for i, m := range members {
		switch s.By {
		case ByDays:
			weights[i] = m.Days
		case ByValue:
			own, err := c.World.Subject("", m.Ref, c.At)
			if err != nil {
				return nil, nil, err
			}
			if own.Has && own.Value.Sign() > 0 {
				v, err := own.Value.Round(c.Measure.Scale, money.Down)
				if err != nil {
					return nil, nil, err
				}
				weights[i] = v.Coef
			}
		default:
			weights[i] = 1
		}
		if sum, err = money.AddInt(sum, weights[i]); err != nil {
			return nil, nil, err
		}
	}
	if sum == 0 {
		for i := range weights {
			weights[i] = 1
		}
	}
	return members, weights, nil
}

// spend serves the dues of cash in the order in time of what brought them about until the budget is used up.
func (a *Around) spend(c Context, dues []Due, subjects []Subject) ([]Due, error) {
	if a.Budget == nil {
		return dues, nil
	}
	limit, err := money.RoundAmount(a.Budget.Amount.Frac(), c.currencyOf(c.Reward), c.Rounding)
	if err != nil {
		return nil, err
	}
	order, err := inTime(dues, subjects)
	if err != nil {
		return nil, err
	}
	var out []Due
	rest := limit.Minor
	for _, d := range order {
		if d.Reward.Kind != Cash || d.Amount.Minor <= rest && rest > 0 {
			if d.Reward.Kind == Cash {
				rest -= d.Amount.Minor
			}
			out = append(out, d)
			continue
		}
		if rest > 0 && a.Budget.Short != ShortNothing {
			asked := d.Amount
			d.Amount.Minor = rest
			if !c.Bare {
				d.Steps = append(slices.Clip(d.Steps), Step{i18n.T("预算只剩", "What the budget had left"), money.FormatAmount(asked), money.FormatAmount(d.Amount)})
			}
			out = append(out, d)
		}
		rest = 0
	}
	return out, nil
}

// inTime orders dues by what brought them about: its moment, external id, internal id; at the end of the period, or where one record
// brought several about, by subject and slot.
func inTime(dues []Due, subjects []Subject) ([]Due, error) {
	order := slices.Clone(dues)
	for i := range order {
		d := &order[i]
		if d.By != nil || d.Moment == 0 {
			continue
		}
		last, err := lastPoint(subjects, d.earner())
		if err != nil {
			return nil, err
		}
		d.By = last
	}
	slices.SortStableFunc(order, func(x, y Due) int { return cmp.Or(x.compareTime(y), compareDues(x, y)) })
	return order, nil
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
