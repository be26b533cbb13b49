package verify

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// around judges a period with what the plan puts around its shape: parts of amounts and lines, shares, a budget.
func (j *judge) around(subjects []subject, at period) ([]owed, error) {
	due, err := j.inParts(subjects, at)
	if err != nil {
		return nil, err
	}
	if due, err = j.shares(due, at); err != nil {
		return nil, err
	}
	return j.withinBudget(due)
}

// inParts evaluates everybody with the part of the amounts and of the lines that is theirs.
func (j *judge) inParts(subjects []subject, at period) ([]owed, error) {
	var whole []subject
	var out []owed
	amounts := map[rule.Ref]*big.Rat{}
	for _, s := range subjects {
		amount, days, ramp := j.parts(s.ref, at)
		amounts[s.ref] = amount
		if j.compares || isOne(amount) && isOne(days) && isOne(ramp) {
			whole = append(whole, s)
			continue
		}
		if amount.Sign() == 0 || ramp.Sign() == 0 {
			continue
		}
		plain := j.terms
		j.terms.factor = amount
		if slices.Contains(ofTheirOwn, j.def.Shape) || j.nested != nil && slices.Contains(ofTheirOwn, j.nested.def.Shape) {
			j.terms.days, j.terms.ramp = days, ramp
		} else if lines := lineOf(days, ramp, j.terms.additive); !isOne(lines) {
			if s.value != nil {
				s.value = new(big.Rat).Quo(s.value, lines)
			}
			s.points = nil
		}
		due, err := j.evaluate(at, []subject{s})
		j.terms = plain
		if err != nil {
			return nil, err
		}
		for _, o := range due {
			if o.reward.Kind != rule.Cash || o.minor != 0 {
				out = append(out, o)
			}
		}
	}
	due, err := j.evaluate(at, whole)
	if err != nil {
		return nil, err
	}
	for _, o := range due {
		if amount := amounts[o.ref]; o.reward.Kind == rule.Cash && !isOne(amount) {
			minor, err := roundAt(new(big.Rat).Mul(new(big.Rat).SetInt64(o.minor), amount), 0, j.def.Rounding)
			if err != nil {
				return nil, err
			}
			if o.minor = minor; minor == 0 {
				continue
			}
		}
		out = append(out, o)
	}
	return out, nil
}

// ofTheirOwn are the rules that pay by the value, whose lines are made smaller in place of making the value larger.
var ofTheirOwn = []string{"rate", "score"}

// lineOf is the part of a line to which somebody is held; only one that adds up over days is less for being there on fewer.
func lineOf(days, ramp *big.Rat, adds bool) *big.Rat {
	out := whole(1)
	if adds && days != nil {
		out.Set(days)
	}
	if ramp != nil {
		out.Mul(out, ramp)
	}
	return out
}

// comparing are the rules that compare subjects with each other, whatever they say.
var comparing = []string{"rank", "race", "nominate"}

func isOne(r *big.Rat) bool { return r.Cmp(whole(1)) == 0 }

// parts are the part of the amounts that is a subject's, and the parts of the lines to which it is held: by days, by a ramp.
func (j *judge) parts(ref rule.Ref, at period) (amount, onDays, ramp *big.Rat) {
	amount, onDays, ramp = whole(1), whole(1), whole(1)
	at = at.whole() // the days in the audience are those of the whole period
	if j.def.Proration == rule.ProrateAmount || j.def.Proration == rule.ProrateThresholds {
		days := int64(0)
		for day := at.from; day < at.to; day++ {
			one := period{from: day, to: day + 1}
			if ref.Kind == rule.Person && j.run.roster.inAudience(j.audience, ref.ID, day) || ref.Kind != rule.Person && j.run.roster.peopled(ref.ID, one) {
				days++
			}
		}
		share := big.NewRat(days, int64(at.to-at.from))
		amount = new(big.Rat).Mul(amount, share)
		if j.def.Proration == rule.ProrateThresholds {
			onDays = share
		}
	}
	if ref.Kind != rule.Person {
		return amount, onDays, ramp
	}
	p := j.run.roster.person[ref.ID]
	if p == nil || p.JoinedOn == nil {
		return amount, onDays, ramp
	}
	months := fullMonths(*p.JoinedOn, at.from)
	for _, s := range j.def.Ramp {
		if months < s.Below {
			if j.def.RampOn == rule.RampTargets {
				ramp = ratOf(s.Percent.Decimal)
			} else {
				amount = new(big.Rat).Mul(amount, ratOf(s.Percent.Decimal))
			}
			break
		}
	}
	return amount, onDays, ramp
}

// fullMonths counts the months that are over since a day: each ends on the same day of the month, or, where that month
// has no such day, on the first of the next.
func fullMonths(from, to calendar.Day) int {
	y, m, d := civil(from)
	for n := 0; ; n++ {
		at := time.Date(y, m+time.Month(n+1), d, 0, 0, 0, 0, time.UTC)
		if at.Day() != d {
			at = time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
		}
		if dayNumber(at.Date()) > to {
			return n
		}
	}
}

// shares divides cash among those who share it.
func (j *judge) shares(due []owed, at period) ([]owed, error) {
	if len(j.def.Split) == 0 {
		return due, nil
	}
	var out []owed
	for _, o := range due {
		if o.reward.Kind != rule.Cash {
			out = append(out, o)
			continue
		}
		var parts []*big.Rat
		for _, s := range j.def.Split {
			parts = append(parts, ratOf(s.Share.Decimal))
		}
		amounts := inProportion(o.minor, parts)
		got := map[rule.Ref]int64{}
		for i, s := range j.def.Split {
			if err := j.hand(s, o, amounts[i], at, got); err != nil {
				return nil, err
			}
		}
		for ref, minor := range got {
			if minor == 0 {
				continue
			}
			part := o
			part.ref, part.minor = ref, minor
			if ref != o.ref {
				part.from = o.ref
				part.slot = fmt.Sprintf("%s/%s-%d", o.slot, o.ref.Kind, o.ref.ID)
			}
			out = append(out, part)
		}
	}
	slices.SortFunc(out, inOrder)
	return out, nil
}

// hand gives one share to those it goes to; where there is nobody it stays where it was earned.
func (j *judge) hand(s rule.SplitPart, o owed, minor int64, at period, got map[rule.Ref]int64) error {
	switch s.To {
	case rule.ToManager:
		if id := j.managerAt(o.ref, at.to-1); id != 0 {
			got[rule.Ref{Kind: rule.Person, ID: id}] += minor
			return nil
		}
	case rule.ToPerson:
		if id := j.run.roster.named(s.Person); id != 0 {
			got[rule.Ref{Kind: rule.Person, ID: id}] += minor
			return nil
		}
	case rule.ToMembers:
		var refs []rule.Ref
		var weights []*big.Rat
		sum := new(big.Rat)
		for i := range j.run.roster.persons {
			ref := rule.Ref{Kind: rule.Person, ID: j.run.roster.persons[i].ID}
			days := int64(0)
			for day := at.from; day < at.to; day++ {
				if j.run.roster.member(ref.ID, o.ref.ID, day) {
					days++
				}
			}
			if days == 0 {
				continue
			}
			weight := whole(1)
			switch s.By {
			case rule.ByDays:
				weight = whole(days)
			case rule.ByValue:
				own, err := j.look("", ref, at)
				if err != nil {
					return err
				}
				weight = new(big.Rat)
				if own.value != nil && own.value.Sign() > 0 {
					units, err := roundAt(own.value, j.metric.scale, money.Down)
					if err != nil {
						return err
					}
					weight = whole(units)
				}
			}
			refs, weights = append(refs, ref), append(weights, weight)
			sum.Add(sum, weight)
		}
		if len(refs) > 0 {
			if sum.Sign() == 0 {
				for i := range weights {
					weights[i] = whole(1)
				}
			}
			for i, part := range inProportion(minor, weights) {
				got[refs[i]] += part
			}
			return nil
		}
	}
	got[o.ref] += minor
	return nil
}

// managerAt is whom a person reports to on a day, or reported to on their last day; 0 is nobody.
func (j *judge) managerAt(ref rule.Ref, day calendar.Day) int64 {
	p := j.run.roster.person[ref.ID]
	if ref.Kind != rule.Person || p == nil {
		return 0
	}
	if p.LeftOn != nil && *p.LeftOn < day {
		day = *p.LeftOn
	}
	for _, s := range j.run.roster.managers[ref.ID] {
		if day >= s.Window.From && day < s.Window.To {
			return s.ManagerID
		}
	}
	return 0
}

// inProportion divides a whole number in proportion to weights: everybody gets the whole part of what is theirs, and the units left
// over go to those with the largest fractions, the first listed first.
func inProportion(total int64, weights []*big.Rat) []int64 {
	sum := new(big.Rat)
	for _, w := range weights {
		sum.Add(sum, w)
	}
	if total < 0 {
		out := inProportion(-total, weights)
		for i := range out {
			out[i] = -out[i]
		}
		return out
	}
	out := make([]int64, len(weights))
	rests := make([]*big.Rat, len(weights))
	left := total
	for i, w := range weights {
		exact := new(big.Rat).Quo(new(big.Rat).Mul(whole(total), w), sum)
		floor := new(big.Int).Quo(exact.Num(), exact.Denom())
		out[i] = floor.Int64()
		rests[i] = new(big.Rat).Sub(exact, new(big.Rat).SetInt(floor))
		left -= out[i]
	}
	for ; left > 0; left-- {
		best := -1
		for i, r := range rests {
			if best < 0 || r.Cmp(rests[best]) > 0 {
				best = i
			}
		}
		out[best]++
		rests[best] = big.NewRat(-1, 1)
	}
	return out
}

// withinBudget serves what is due in the order of moments until the budget of the period is used up.
func (j *judge) withinBudget(due []owed) ([]owed, error) {
	if j.def.Budget == nil {
		return due, nil
	}
	var limit owed
	limit.reward = rule.Reward{Kind: rule.Cash, Currency: j.def.Reward.Currency}
	if err := limit.cash(j.terms, ratOf(j.def.Budget.Amount)); err != nil {
		return nil, err
	}
	slices.SortFunc(due, func(a, b owed) int { return cmp.Or(byTime(a, b), inOrder(a, b)) })
	rest := limit.minor
	var out []owed
	for _, o := range due {
		switch {
		case o.reward.Kind != rule.Cash || o.minor < 0:
		case rest <= 0:
			continue
		case o.minor > rest:
			o.minor, rest = rest, 0
			if j.def.Budget.Short == rule.ShortNothing {
				continue
			}
		default:
			rest -= o.minor
		}
		out = append(out, o)
	}
	return out, nil
}

// byTime is the order in which two dues were brought about: by moment, then by the records.
func byTime(a, b owed) int {
	if late(a) != late(b) || a.by == nil || b.by == nil {
		return cmp.Compare(late(a), late(b))
	}
	return inTime(a.by, b.by)
}

func late(o owed) int64 {
	if o.moment == 0 {
		return math.MaxInt64
	}
	return o.moment
}

// inOrder is the order of what one record, or the end of the period, makes due: by subject, then by slot, shorter ones first.
func inOrder(a, b owed) int {
	return cmp.Or(cmp.Compare(a.ref.Kind, b.ref.Kind), cmp.Compare(a.ref.ID, b.ref.ID), cmp.Compare(len(a.slot), len(b.slot)), cmp.Compare(a.slot, b.slot))
}
