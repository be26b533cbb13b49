package money

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
)

// ErrOverflow says that an exact result does not fit; nothing was wrapped or cut off.
var ErrOverflow = errors.New("the result is too large to be kept exactly")

// ErrDivideByZero says that a divisor was zero.
var ErrDivideByZero = errors.New("division by zero")

// MaxScale is the largest number of decimal places of a Decimal.
const MaxScale = 12

var powersOfTen = [19]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

// Pow10 is 10^scale for a scale of at most 18.
func Pow10(scale uint8) int64 { return powersOfTen[scale] }

// Rounding says which neighbour a figure between two representable ones becomes. The empty Rounding is HalfEven.
type Rounding string

// The roundings. Down and up are towards and away from zero, so a figure and its negative round alike.
const (
	HalfEven Rounding = "half_even"
	HalfUp   Rounding = "half_up"
	Down     Rounding = "down"
	Up       Rounding = "up"
)

// Valid reports whether the rounding is known; the empty one is.
func (r Rounding) Valid() bool {
	switch r {
	case "", HalfEven, HalfUp, Down, Up:
		return true
	}
	return false
}

// MulDiv is a × b ÷ c, rounded once; the product has 128 bits in between.
func MulDiv(a, b, c int64, r Rounding) (int64, error) {
	if c == 0 {
		return 0, ErrDivideByZero
	}
	if !r.Valid() {
		return 0, fmt.Errorf("unknown rounding %q", r)
	}
	negative := (a < 0) != (b < 0) != (c < 0)
	d := magnitude(c)
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi >= d {
		return 0, ErrOverflow
	}
	q, rem := bits.Div64(hi, lo, d)
	if roundsAway(q, rem, d, r) {
		if q == math.MaxUint64 {
			return 0, ErrOverflow
		}
		q++
	}
	return signed(q, negative)
}

// roundsAway reports whether q + rem/d becomes q + 1.
func roundsAway(q, rem, d uint64, r Rounding) bool {
	if rem == 0 {
		return false
	}
	switch r {
	case Down:
		return false
	case Up:
		return true
	}
	rest := d - rem // compare rem with d/2 without doubling it
	if rem != rest {
		return rem > rest
	}
	return r == HalfUp || q%2 == 1
}

// magnitude is |n|, also for the smallest int64.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// signed puts a sign to a magnitude.
func signed(m uint64, negative bool) (int64, error) {
	if negative {
		if m > 1<<63 {
			return 0, ErrOverflow
		}
		return -int64(m), nil
	}
	if m > math.MaxInt64 {
		return 0, ErrOverflow
	}
	return int64(m), nil
}

// AddInt is a + b, or ErrOverflow.
func AddInt(a, b int64) (int64, error) {
	s := a + b
	if (s > a) != (b > 0) && b != 0 {
		return 0, ErrOverflow
	}
	return s, nil
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func cmp128(ahi, alo, bhi, blo uint64) int {
	switch {
	case ahi < bhi || ahi == bhi && alo < blo:
		return -1
	case ahi == bhi && alo == blo:
		return 0
	}
	return 1
}
