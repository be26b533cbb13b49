package rule

import (
	"encoding/json"
	"fmt"

	"laurel/internal/money"
)

// Line is a number that people may write as a percentage: 0.95, "0.95" and "95%" are the same line. It is kept as the fraction.
type Line struct{ money.Decimal }

// UnmarshalText reads a number with or without a percent sign.
func (l *Line) UnmarshalText(text []byte) error {
	number, percent := cutPercent(string(text))
	d, err := money.ParseDecimal(number)
	if err != nil {
		return err
	}
	if percent {
		if d.Scale+2 > maxLinePlaces {
			return fmt.Errorf("%s has too many decimal places", text)
		}
		d.Scale += 2
	}
	l.Decimal = d
	return nil
}

// maxLinePlaces bounds the decimal places of a line, as those of any decimal.
const maxLinePlaces = 12

// UnmarshalJSON accepts a text or a number literal.
func (l *Line) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		return l.UnmarshalText([]byte(s))
	}
	return l.UnmarshalText(data)
}
