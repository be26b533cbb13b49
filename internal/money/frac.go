package money

import (
	"fmt"
	"math"
	"math/bits"
	"strconv"
)

// Frac is an exact fraction in lowest terms, its denominator above zero. The zero Frac is 0. Results that do not fit
// two int64 in lowest terms are ErrOverflow; intermediate products have 128 bits, so nothing overflows earlier.
// Two equal fractions have the same Num and Den; compare with Cmp.
type Frac struct {
	num, den int64 // den is 0 only in the zero Frac and then means 1
}

// NewFrac is num ÷ den in lowest terms.
func NewFrac(num, den int64) (Frac, error) {
	if den == 0 {
		return Frac{}, ErrDivideByZero
	}
	return reduce(magnitude(num), magnitude(den), (num < 0) != (den < 0))
}

// Whole is the fraction n ÷ 1.
func Whole(n int64) Frac { return Frac{num: n, den: 1} }

func reduce(num, den uint64, negative bool) (Frac, error) {
	g := gcd(num, den)
	num, den = num/g, den/g
	if den > math.MaxInt64 {
		return Frac{}, ErrOverflow
	}
	n, err := signed(num, negative)
	if err != nil {
		return Frac{}, err
	}
	return Frac{num: n, den: int64(den)}, nil
}

// Num is the numerator in lowest terms; it carries the sign.
func (f Frac) Num() int64 { return f.num }

// Den is the denominator in lowest terms, at least 1.
func (f Frac) Den() int64 {
	if f.den == 0 {
		return 1
	}
	return f.den
}

// Sign is -1, 0 or 1.
func (f Frac) Sign() int { return cmpInt(f.num, 0) }

// IsZero reports whether the fraction is 0.
func (f Frac) IsZero() bool { return f.num == 0 }

// Neg is -f; only the smallest int64 as numerator overflows.
func (f Frac) Neg() (Frac, error) {
	if f.num == math.MinInt64 {
		return Frac{}, ErrOverflow
	}
	return Frac{num: -f.num, den: f.Den()}, nil
}

// Add is f + o (Knuth, The Art of Computer Programming, vol. 2, 4.5.1).
func (f Frac) Add(o Frac) (Frac, error) { return f.add(o, o.num < 0) }

// Sub is f - o.
func (f Frac) Sub(o Frac) (Frac, error) { return f.add(o, o.num > 0) }

// add puts o's magnitude with the given sign to f.
func (f Frac) add(o Frac, oNegative bool) (Frac, error) {
	b, d := uint64(f.Den()), uint64(o.Den())
	g := gcd(b, d)
	// t = |f.num|·(d/g) ± |o.num|·(b/g): each below 2^126, the sum below 2^127.
	xhi, xlo := bits.Mul64(magnitude(f.num), d/g)
	yhi, ylo := bits.Mul64(magnitude(o.num), b/g)
	negative := f.num < 0
	var hi, lo uint64
	if negative == oNegative || o.num == 0 {
		var carry uint64
		lo, carry = bits.Add64(xlo, ylo, 0)
		hi, _ = bits.Add64(xhi, yhi, carry)
	} else {
		if cmp128(xhi, xlo, yhi, ylo) < 0 {
			xhi, xlo, yhi, ylo = yhi, ylo, xhi, xlo
			negative = oNegative
		}
		var borrow uint64
		lo, borrow = bits.Sub64(xlo, ylo, 0)
		hi, _ = bits.Sub64(xhi, yhi, borrow)
	}
	if hi == 0 && lo == 0 {
		return Frac{den: 1}, nil
	}
	common := gcd(bits.Rem64(hi, lo, g), g)
	if hi >= common {
		return Frac{}, ErrOverflow
	}
	n, _ := bits.Div64(hi, lo, common)
	num, err := signed(n, negative)
	if err != nil {
		return Frac{}, err
	}
	den, err := product(b/g, d/common)
	return Frac{num: num, den: den}, err
}

// Mul is f × o.
func (f Frac) Mul(o Frac) (Frac, error) {
	return mul(magnitude(f.num), uint64(f.Den()), magnitude(o.num), uint64(o.Den()), (f.num < 0) != (o.num < 0))
}

// Div is f ÷ o; ErrDivideByZero when o is 0.
func (f Frac) Div(o Frac) (Frac, error) {
	if o.num == 0 {
		return Frac{}, ErrDivideByZero
	}
	return mul(magnitude(f.num), uint64(f.Den()), uint64(o.Den()), magnitude(o.num), (f.num < 0) != (o.num < 0))
}

// mul is a/b × c/d; each quotient is in lowest terms, so reducing crosswise first leaves the result in lowest terms.
func mul(a, b, c, d uint64, negative bool) (Frac, error) {
	if a == 0 || c == 0 {
		return Frac{den: 1}, nil
	}
	g, h := gcd(a, d), gcd(c, b)
	hi, n := bits.Mul64(a/g, c/h)
	if hi != 0 {
		return Frac{}, ErrOverflow
	}
	num, err := signed(n, negative)
	if err != nil {
		return Frac{}, err
	}
	den, err := product(b/h, d/g)
	return Frac{num: num, den: den}, err
}

func product(a, b uint64) (int64, error) {
	hi, lo := bits.Mul64(a, b)
	if hi != 0 {
		return 0, ErrOverflow
	}
	return signed(lo, false)
}

// Cmp is -1, 0 or 1 as f is less than, equal to or greater than o. It never overflows.
func (f Frac) Cmp(o Frac) int { return cmpQuotients(f.num, f.Den(), o.num, o.Den()) }

// CmpDecimal compares with a decimal. It never overflows.
func (f Frac) CmpDecimal(d Decimal) int { return cmpQuotients(f.num, f.Den(), d.Coef, Pow10(d.Scale)) }

// cmpQuotients compares a/b with c/d for b, d > 0 by 128-bit cross multiplication.
func cmpQuotients(a, b, c, d int64) int {
	if s, t := cmpInt(a, 0), cmpInt(c, 0); s != t {
		return cmpInt(int64(s), int64(t))
	}
	xhi, xlo := bits.Mul64(magnitude(a), uint64(d))
	yhi, ylo := bits.Mul64(magnitude(c), uint64(b))
	if a < 0 {
		return cmp128(yhi, ylo, xhi, xlo)
	}
	return cmp128(xhi, xlo, yhi, ylo)
}

// Floor is the largest whole number not above f.
func (f Frac) Floor() int64 {
	q := f.num / f.Den()
	if f.num%f.Den() < 0 {
		q--
	}
	return q
}

// Ceil is the smallest whole number not below f.
func (f Frac) Ceil() int64 {
	q := f.num / f.Den()
	if f.num%f.Den() > 0 {
		q++
	}
	return q
}

// Round is the decimal of the given places nearest to f under the rounding.
func (f Frac) Round(scale uint8, r Rounding) (Decimal, error) {
	if scale > MaxScale {
		return Decimal{}, fmt.Errorf("a scale of %d is above the limit of %d places", scale, MaxScale)
	}
	coef, err := MulDiv(f.num, Pow10(scale), f.Den(), r)
	return Decimal{Coef: coef, Scale: scale}, err
}

// String is what Text writes.
func (f Frac) String() string {
	s, _ := f.Text()
	return s
}

// Text writes the fraction as a decimal: exactly, without zeros at the end, if 6 places suffice; else rounded
// half-even to 4 places and exact is false, so that the caller can mark it as approximate.
func (f Frac) Text() (text string, exact bool) {
	den := uint64(f.Den())
	whole, rest := magnitude(f.num)/den, magnitude(f.num)%den
	places, scale := uint64(0), 6
	hi, lo := bits.Mul64(rest, 1e6) // rest < den, so the quotients below fit
	places, rem := bits.Div64(hi, lo, den)
	exact = rem == 0
	if !exact {
		scale = 4
		hi, lo = bits.Mul64(rest, 1e4)
		places, rem = bits.Div64(hi, lo, den)
		if roundsAway(places, rem, den, HalfEven) {
			places++
		}
		if places == 1e4 {
			whole, places = whole+1, 0
		}
	}
	text = strconv.FormatUint(whole, 10)
	if places > 0 {
		for places%10 == 0 {
			places, scale = places/10, scale-1
		}
		digits := strconv.FormatUint(places, 10)
		text += "." + "000000"[:scale-len(digits)] + digits
	}
	if f.num < 0 && text != "0" {
		text = "-" + text
	}
	return text, exact
}
