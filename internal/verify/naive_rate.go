package verify

import (
	"fmt"
	"math/big"

	"laurel/internal/money"
	"laurel/internal/rule"
)

// rateParams are the parameters of a commission.
type rateParams struct {
	Mode      string     `json:"mode"` // marginal, whole
	Tiers     []rateTier `json:"tiers"`
	Floor     *number    `json:"floor"`
	Cap       *number    `json:"cap"`
	BelowZero string     `json:"below_zero"` // zero
}

type rateTier struct {
	UpTo    *number `json:"up_to"`
	Rate    *number `json:"rate"`
	PerUnit *number `json:"per_unit"`
	Fixed   *number `json:"fixed"`
}

// times is what one unit of the metric brings in the tier.
func (t rateTier) times() *big.Rat {
	switch {
	case t.Rate != nil:
		return t.Rate.share()
	case t.PerUnit != nil:
		return t.PerUnit.Rat
	}
	return new(big.Rat)
}

// earned is what a value brings, exactly.
func (p rateParams) earned(v *big.Rat) *big.Rat {
	sum := new(big.Rat)
	if v.Sign() >= 0 {
		lower := new(big.Rat)
		for i, tier := range p.Tiers {
			entered := v.Cmp(lower) > 0 || i == 0
			if entered && tier.Fixed != nil {
				sum.Add(sum, tier.Fixed.Rat)
			}
			beyond := tier.UpTo != nil && v.Cmp(tier.UpTo.Rat) > 0
			part := new(big.Rat) // of the value at this tier's rate
			switch {
			case p.Mode == "whole" && entered && !beyond:
				part.Set(v)
			case p.Mode == "whole" || !entered:
			case beyond:
				part.Sub(tier.UpTo.Rat, lower)
			default:
				part.Sub(v, lower)
			}
			sum.Add(sum, part.Mul(part, tier.times()))
			if tier.UpTo != nil {
				lower = tier.UpTo.Rat
			}
		}
	}
	if p.Floor != nil && sum.Cmp(p.Floor.Rat) < 0 {
		sum.Set(p.Floor.Rat)
	}
	if p.Cap != nil && sum.Cmp(p.Cap.Rat) > 0 {
		sum.Set(p.Cap.Rat)
	}
	return sum
}

func naiveRate(p rateParams, t terms, subjects []subject) ([]owed, error) {
	if !t.additive {
		return nil, fmt.Errorf("a commission needs a metric that adds up")
	}
	var out []owed
	for _, s := range subjects {
		o := owed{ref: s.ref, slot: "rate", reward: t.reward, moment: s.last}
		sum := p.earned(s.value)
		if t.reward.Kind == rule.Cash {
			if err := o.cash(t, sum); err != nil {
				return nil, err
			}
			o.reward.Amount = amountOf(o.minor, o.currency)
		} else {
			n, err := roundAt(sum, 0, t.rounding)
			if err != nil {
				return nil, err
			}
			o.reward.Amount = money.Decimal{Coef: n}
		}
		if o.reward.Amount.Coef > 0 {
			out = append(out, o)
		}
	}
	return out, nil
}
