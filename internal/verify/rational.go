package verify

import (
	"fmt"
	"math/big"
	"sort"

	"laurel/internal/money"
)

func whole(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func ratOf(d money.Decimal) *big.Rat { return scaledRat(big.NewInt(d.Coef), d.Scale) }

// scaledRat is n / 10^scale.
func scaledRat(n *big.Int, scale uint8) *big.Rat { return new(big.Rat).SetFrac(n, tenTo(scale)) }

func tenTo(n uint8) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

func floorOf(x *big.Rat) *big.Int {
	return new(big.Int).Div(x.Num(), x.Denom()) // Euclidean: rounds towards −∞ as the denominator is positive
}

func ceilOf(x *big.Rat) *big.Int {
	down := floorOf(new(big.Rat).Neg(x))
	return down.Neg(down)
}

// roundRat rounds to a whole number. The modes are those of a plan: to even, half away from zero, towards zero, away from it.
func roundRat(x *big.Rat, how money.Rounding) *big.Int {
	low, half := floorOf(x), big.NewRat(1, 2)
	high := ceilOf(x)
	if low.Cmp(high) == 0 {
		return low
	}
	nearZero, farFromZero := low, high
	if x.Sign() < 0 {
		nearZero, farFromZero = high, low
	}
	rest := new(big.Rat).Sub(x, new(big.Rat).SetInt(low)).Cmp(half) // against the half way from low to high
	switch {
	case how == money.Down:
		return nearZero
	case how == money.Up:
		return farFromZero
	case rest < 0:
		return low
	case rest > 0:
		return high
	case how == money.HalfUp:
		return farFromZero
	case low.Bit(0) == 0:
		return low
	}
	return high
}

// roundAt rounds to so many decimal places; the result is scaled by them.
func roundAt(x *big.Rat, places uint8, how money.Rounding) (int64, error) {
	n := roundRat(new(big.Rat).Mul(x, new(big.Rat).SetInt(tenTo(places))), how)
	if !n.IsInt64() {
		return 0, fmt.Errorf("%s is too large", n)
	}
	return n.Int64(), nil
}

// evenly splits a total into so many equal parts; what is left over goes one by one to the first.
func evenly(total int64, parts int) []int64 {
	out := make([]int64, parts)
	for i := range out {
		out[i] = total / int64(parts)
	}
	for i := int64(0); i < total%int64(parts); i++ {
		out[i]++
	}
	return out
}

func sortedKeys[K ~int64 | ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	return keys
}
