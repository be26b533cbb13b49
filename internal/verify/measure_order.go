package verify

import (
	"math/big"
	"slices"

	"laurel/internal/metric"
)

// ordered finds the value in question among all the values of some work, put in rising order; nil among nothing.
func (m *measured) ordered(w *work) *big.Rat {
	if w == nil {
		return nil
	}
	var values []*big.Rat
	for _, p := range w.points {
		values = append(values, m.inUnits(big.NewInt(p.value)))
	}
	slices.SortFunc(values, func(a, b *big.Rat) int { return a.Cmp(b) })
	n := len(values)
	switch m.def.Measure.Kind {
	case metric.Min:
		return values[0]
	case metric.Max:
		return values[n-1]
	case metric.Percentile:
		place := new(big.Rat).Quo(new(big.Rat).Mul(m.percent, whole(int64(n))), whole(100))
		return values[ceilOf(place).Int64()-1]
	}
	if n%2 == 1 {
		return values[n/2]
	}
	return new(big.Rat).Quo(new(big.Rat).Add(values[n/2-1], values[n/2]), whole(2))
}

// inUnits is a counted value, or a sum of them, in natural units.
func (m *measured) inUnits(counted *big.Int) *big.Rat {
	return new(big.Rat).Quo(scaledRat(counted, m.scale), whole(m.per))
}
