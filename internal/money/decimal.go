package money

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// Decimal is the exact number Coef / 10^Scale. The scale is part of how it is written (12.50) but not of its value:
// compare with Cmp, not with ==.
type Decimal struct {
	Coef  int64
	Scale uint8 // decimal places, at most MaxScale
}

// NumberError tells of a text that is not a number, or not one that is kept exactly (ErrOverflow).
type NumberError struct {
	Text string
	Err  error
}

func (e *NumberError) Error() string { return e.Err.Error() }

func (e *NumberError) Unwrap() error { return e.Err }

// ParseDecimal reads a plain decimal: an optional minus, digits, and optionally a point and up to MaxScale digits.
// Thousands separators, exponents, a plus or spaces are a *NumberError: leniency towards what people type belongs to import.
func ParseDecimal(s string) (Decimal, error) {
	d, err := parseDecimal(s)
	if err != nil {
		return Decimal{}, &NumberError{Text: s, Err: err}
	}
	return d, nil
}

func parseDecimal(s string) (Decimal, error) {
	digits, negative := s, false
	if strings.HasPrefix(s, "-") {
		digits, negative = s[1:], true
	}
	whole, places, pointed := strings.Cut(digits, ".")
	if whole == "" || pointed && places == "" || len(s) > 64 {
		return Decimal{}, fmt.Errorf("%.70q is not a number of the form -1234.50", s)
	}
	if len(places) > MaxScale {
		return Decimal{}, fmt.Errorf("%q has more than %d decimal places", s, MaxScale)
	}
	var m uint64
	for _, part := range [2]string{whole, places} {
		for i := 0; i < len(part); i++ {
			if part[i] < '0' || part[i] > '9' {
				return Decimal{}, fmt.Errorf("%q is not a number of the form -1234.50", s)
			}
			hi, lo := bits.Mul64(m, 10)
			sum, carry := bits.Add64(lo, uint64(part[i]-'0'), 0)
			if hi+carry != 0 {
				return Decimal{}, fmt.Errorf("%q: %w", s, ErrOverflow)
			}
			m = sum
		}
	}
	coef, err := signed(m, negative)
	if err != nil {
		return Decimal{}, fmt.Errorf("%q: %w", s, err)
	}
	return Decimal{Coef: coef, Scale: uint8(len(places))}, nil
}

// MustDecimal is ParseDecimal for constants in code; it panics on a malformed one.
func MustDecimal(s string) Decimal {
	d, err := ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

// String writes the decimal with all its places: -1234.50.
func (d Decimal) String() string {
	digits := strconv.FormatUint(magnitude(d.Coef), 10)
	if n := int(d.Scale); n > 0 {
		if len(digits) <= n {
			digits = strings.Repeat("0", n+1-len(digits)) + digits
		}
		digits = digits[:len(digits)-n] + "." + digits[len(digits)-n:]
	}
	if d.Coef < 0 {
		return "-" + digits
	}
	return digits
}

// Cmp is -1, 0 or 1 as d is less than, equal to or greater than o. It never overflows.
func (d Decimal) Cmp(o Decimal) int {
	if d.Scale == o.Scale {
		return cmpInt(d.Coef, o.Coef)
	}
	if s, t := d.Sign(), o.Sign(); s != t {
		return cmpInt(int64(s), int64(t))
	}
	ahi, alo := bits.Mul64(magnitude(d.Coef), uint64(Pow10(o.Scale)))
	bhi, blo := bits.Mul64(magnitude(o.Coef), uint64(Pow10(d.Scale)))
	if d.Coef < 0 {
		return cmp128(bhi, blo, ahi, alo)
	}
	return cmp128(ahi, alo, bhi, blo)
}

// Rescale is the decimal with another number of places, rounded where places are lost.
func (d Decimal) Rescale(scale uint8, r Rounding) (Decimal, error) {
	if scale > MaxScale {
		return Decimal{}, fmt.Errorf("a scale of %d is above the limit of %d places", scale, MaxScale)
	}
	coef, err := MulDiv(d.Coef, Pow10(scale), Pow10(d.Scale), r)
	return Decimal{Coef: coef, Scale: scale}, err
}

// Trim is the same number without zeros at the end of its places.
func (d Decimal) Trim() Decimal {
	for d.Scale > 0 && d.Coef%10 == 0 {
		d.Coef /= 10
		d.Scale--
	}
	return d
}

// IsZero reports whether the number is 0.
func (d Decimal) IsZero() bool { return d.Coef == 0 }

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int { return cmpInt(d.Coef, 0) }

// Frac is the decimal as a reduced fraction; it always fits.
func (d Decimal) Frac() Frac {
	f, _ := reduce(magnitude(d.Coef), uint64(Pow10(d.Scale)), d.Coef < 0)
	return f
}

// MarshalText writes the decimal as String does; JSON and YAML use it and so write a string, "12.50".
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDecimal reads.
func (d *Decimal) UnmarshalText(text []byte) error {
	out, err := ParseDecimal(string(text))
	if err == nil {
		*d = out
	}
	return err
}

// UnmarshalJSON accepts a string or a number literal; the digits are read as they stand, never through a float.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	if len(data) > 0 && data[0] == '"' {
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		data = []byte(s)
	}
	return d.UnmarshalText(data)
}

func cmpInt(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
