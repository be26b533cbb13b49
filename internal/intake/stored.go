package intake

import (
	"strconv"
	"strings"
)

// A workbook stores numbers as binary floating point and writes up to 17 digits, of which 15 are what was typed or
// computed: 1234.5600000000001 is 1234.56. Spreadsheets themselves show and compare 15 digits.
const storedDigits = 15

// maxExponent bounds the exponent of a stored number; nothing beyond fits a field.
const maxExponent = 30

// plainStored turns a stored number into a plain decimal, rounded to the 15 digits that it holds. lost says that a whole
// number had more digits than that.
func plainStored(raw string) (text string, lost, ok bool) {
	s, negative := strings.CutPrefix(raw, "-")
	mantissa, exponent := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		n, err := strconv.Atoi(s[i+1:])
		if err != nil || n > maxExponent || n < -maxExponent*10 {
			return "", false, false
		}
		mantissa, exponent = s[:i], n
	}
	whole, places, _ := strings.Cut(mantissa, ".")
	digits := whole + places
	if digits == "" || len(digits) > maxNumeral || strings.Trim(digits, "0123456789") != "" {
		return "", false, false
	}
	point := len(whole) + exponent // of digits, where the point stands
	trimmed := strings.TrimLeft(digits, "0")
	point -= len(digits) - len(trimmed)
	digits = strings.TrimRight(trimmed, "0")
	if digits == "" {
		return "0", false, true
	}
	lost = len(digits) > storedDigits && point > storedDigits || len(digits) == storedDigits && point > storedDigits+1
	if len(digits) > storedDigits {
		digits, point = roundDigits(digits, point)
	}
	switch {
	case point < -maxExponent:
		return "0", false, true // what remains of a sum that should be zero
	case point <= 0:
		text = "0." + strings.Repeat("0", -point) + digits
	case point >= len(digits):
		text = digits + strings.Repeat("0", point-len(digits))
	default:
		text = digits[:point] + "." + digits[point:]
	}
	if negative {
		text = "-" + text
	}
	return text, lost, true
}

// roundDigits rounds half up to the digits a stored number holds.
func roundDigits(digits string, point int) (string, int) {
	out := []byte(digits[:storedDigits])
	if digits[storedDigits] >= '5' {
		i := storedDigits - 1
		for ; i >= 0 && out[i] == '9'; i-- {
			out[i] = '0'
		}
		if i < 0 {
			return "1", point + 1
		}
		out[i]++
	}
	return strings.TrimRight(string(out), "0"), point
}
