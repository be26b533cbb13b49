package money

import (
	"fmt"
	"math/big"
)

// RoundRat is the decimal of the given places nearest to a fraction without bounds. Sums of many quotients have denominators
// that fit no Frac although what they come to is an ordinary amount.
func RoundRat(x *big.Rat, scale uint8, r Rounding) (Decimal, error) {
	if scale > MaxScale {
		return Decimal{}, fmt.Errorf("a scale of %d is above the limit of %d places", scale, MaxScale)
	}
	if !r.Valid() {
		return Decimal{}, fmt.Errorf("unknown rounding %q", r)
	}
	num := new(big.Int).Mul(new(big.Int).Abs(x.Num()), big.NewInt(Pow10(scale)))
	q, rem := new(big.Int).QuoRem(num, x.Denom(), new(big.Int))
	half := new(big.Int).Lsh(rem, 1).Cmp(x.Denom()) // of the rest, against one half
	away := false
	switch r {
	case Down:
	case Up:
		away = rem.Sign() > 0
	case HalfUp:
		away = half >= 0
	default:
		away = half > 0 || half == 0 && q.Bit(0) == 1
	}
	if away {
		q.Add(q, big.NewInt(1))
	}
	if x.Sign() < 0 {
		q.Neg(q)
	}
	if !q.IsInt64() {
		return Decimal{}, ErrOverflow
	}
	return Decimal{Coef: q.Int64(), Scale: scale}, nil
}
