package money

import (
	"errors"
	"fmt"
	"math/bits"
	"sort"
)

// MaxShares is the largest number of parts that an amount may be split into.
const MaxShares = 100_000

// ErrWeights says that an amount cannot be split by the given weights.
var ErrWeights = errors.New("shares must not be negative, and at least one must be above zero")

// Allocate splits a total by weights so that the parts add up to it exactly: each gets its share rounded towards zero,
// and what is left goes one by one to the largest remainders, ties to the first listed. A weight of 0 gets nothing.
func Allocate(total int64, weights []int64) ([]int64, error) {
	if len(weights) > MaxShares {
		return nil, fmt.Errorf("%d shares are above the limit of %d", len(weights), MaxShares)
	}
	var sum int64
	for _, w := range weights {
		if w < 0 {
			return nil, ErrWeights
		}
		var err error
		if sum, err = AddInt(sum, w); err != nil {
			return nil, err
		}
	}
	if sum == 0 {
		return nil, ErrWeights
	}
	m := magnitude(total)
	shares, remainders, order := make([]uint64, len(weights)), make([]uint64, len(weights)), make([]int, len(weights))
	left := m
	for i, w := range weights {
		hi, lo := bits.Mul64(m, uint64(w))
		shares[i], remainders[i] = bits.Div64(hi, lo, uint64(sum)) // w ≤ sum, so the quotient is at most m
		left -= shares[i]
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return remainders[order[a]] > remainders[order[b]] })
	for _, i := range order[:left] { // fewer are left than there are remainders above zero
		shares[i]++
	}
	out := make([]int64, len(weights))
	for i, s := range shares {
		part, err := signed(s, total < 0)
		if err != nil {
			return nil, err
		}
		out[i] = part
	}
	return out, nil
}
