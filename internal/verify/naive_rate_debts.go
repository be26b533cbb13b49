package verify

import (
	"math/big"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/rule"
)

// debts are what earlier periods leave: an amount below zero, and draws that were not earned.
type debts struct{ below, owed *big.Rat }

// settle is what a period pays of what it earned, and what it leaves.
func (p rateParams) settle(earned *big.Rat, d debts) (pays *big.Rat, left debts) {
	pays = new(big.Rat).Add(earned, d.below)
	left = debts{new(big.Rat), d.owed}
	if pays.Sign() < 0 && !p.multiplies() {
		if p.BelowZero == "carry" {
			left.below = pays
		}
		pays = new(big.Rat)
	}
	if p.Floor != nil && pays.Cmp(p.Floor.Rat) < 0 {
		pays = p.Floor.Rat
	}
	if p.Cap != nil && pays.Cmp(p.Cap.Rat) > 0 {
		pays = p.Cap.Rat
	}
	if p.Draw == nil {
		return pays, left
	}
	over := new(big.Rat).Sub(pays, p.Draw.Rat)
	switch {
	case over.Sign() < 0 && p.Recoverable:
		left.owed = new(big.Rat).Sub(d.owed, over)
		return p.Draw.Rat, left
	case over.Sign() < 0:
		return p.Draw.Rat, left
	case !p.Recoverable:
		return pays, left
	}
	back := over
	if p.RecoverShare != nil {
		back = new(big.Rat).Mul(over, p.RecoverShare.share())
	}
	if back.Cmp(d.owed) > 0 {
		back = d.owed
	}
	left.owed = new(big.Rat).Sub(d.owed, back)
	return new(big.Rat).Sub(pays, back), left
}

// owing is what somebody's periods left before the one that begins on a day.
type owing struct {
	day  calendar.Day
	debt debts
}

// since goes through the periods since the version began to judge, or since the one up to which it is known what they left, leaving out
// those in which it did not judge somebody.
func (c commission) since(ref rule.Ref, at period, debt *debts) error {
	var earlier []period
	known, asked := c.owing[ref]
	from := c.start
	if asked && known.day <= at.from {
		from, *debt = known.day, known.debt
	}
	for q := c.run.clock.before(at); q.from >= from; q = c.run.clock.before(q) {
		earlier = append(earlier, q)
	}
	slices.Reverse(earlier)
	for _, q := range earlier {
		if !slices.Contains(c.run.roster.covered(c.audience, q), ref) {
			continue
		}
		s, err := c.look("", ref, q)
		if err != nil {
			return err
		}
		in, err := c.admitted([]subject{s}, q)
		if err != nil {
			return err
		}
		if len(in) == 0 {
			continue
		}
		earned, err := c.earned(s, q)
		if err != nil {
			return err
		}
		if earned != nil {
			_, *debt = c.rateParams.settle(earned, *debt)
		}
	}
	c.owing[ref] = owing{at.from, *debt}
	return nil
}
