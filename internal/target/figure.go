package target

import (
	"encoding/json"
	"strings"

	"golang.org/x/text/unicode/norm"

	"laurel/internal/money"
)

// Figure is a target value as people write it: 120, "120.50", or "95%" for a share.
type Figure struct{ money.Decimal }

// UnmarshalJSON accepts a number or a text.
func (f *Figure) UnmarshalJSON(data []byte) error {
	text := string(data)
	if len(data) > 0 && data[0] == '"' {
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
	}
	d, err := ParseFigure(text)
	f.Decimal = d
	return err
}

// ParseFigure reads a figure that somebody typed or pasted: thousands may be set apart by commas, ¥ may stand before it, and
// its digits and signs may be of full width.
func ParseFigure(text string) (money.Decimal, error) {
	text = strings.TrimPrefix(strings.TrimSpace(norm.NFKC.String(text)), "¥")
	text, percent := strings.CutSuffix(strings.ReplaceAll(text, ",", ""), "%")
	d, err := money.ParseDecimal(strings.TrimSpace(text))
	if err != nil || !percent {
		return d, err
	}
	d = d.Trim()
	v, err := d.Frac().Div(money.Whole(100))
	if err != nil {
		return d, err
	}
	return v.Round(min(d.Scale+2, money.MaxScale), money.HalfEven)
}

// Label is the name of a period; a year may be written as a number.
type Label string

// UnmarshalJSON accepts a text or a number.
func (l *Label) UnmarshalJSON(data []byte) error {
	var year json.Number
	if err := json.Unmarshal(data, &year); err == nil {
		*l = Label(year.String())
		return nil
	}
	return json.Unmarshal(data, (*string)(l))
}
