package money

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
)

// ErrCurrency says that two amounts of different currencies met.
var ErrCurrency = errors.New("the amounts are of different currencies")

// Amount is money: a whole number of minor units (fen, cents) of one currency.
type Amount struct {
	Minor    int64
	Currency string // ISO 4217, upper case
}

// ParseAmount reads a plain decimal in natural units (yuan). Places beyond the currency's must be zero.
func ParseAmount(text, currency string) (Amount, error) {
	d, err := ParseDecimal(text)
	if err != nil {
		return Amount{}, err
	}
	units, ok := MinorUnits(currency)
	if !ok {
		return Amount{}, fmt.Errorf("%q is not a currency", currency)
	}
	if d = d.Trim(); d.Scale > units {
		return Amount{}, fmt.Errorf("%q has more places than %s has (%d)", text, currency, units)
	}
	d, err = d.Rescale(units, Down)
	return Amount{Minor: d.Coef, Currency: currency}, err
}

// RoundAmount rounds a figure in natural units (yuan) to the currency's minor unit.
func RoundAmount(f Frac, currency string, r Rounding) (Amount, error) {
	units, ok := MinorUnits(currency)
	if !ok {
		return Amount{}, fmt.Errorf("%q is not a currency", currency)
	}
	d, err := f.Round(units, r)
	if err != nil {
		return Amount{}, err
	}
	return Amount{Minor: d.Coef, Currency: currency}, nil
}

// Decimal is the amount in natural units: 123450 fen are 1234.50. An unknown currency counts as having 2 places.
func (a Amount) Decimal() Decimal {
	units, ok := MinorUnits(a.Currency)
	if !ok {
		units = 2
	}
	return Decimal{Coef: a.Minor, Scale: units}
}

// Add is a + b of one currency.
func (a Amount) Add(b Amount) (Amount, error) {
	if a.Currency != b.Currency {
		return Amount{}, fmt.Errorf("%s + %s: %w", a.Currency, b.Currency, ErrCurrency)
	}
	sum, err := AddInt(a.Minor, b.Minor)
	return Amount{Minor: sum, Currency: a.Currency}, err
}

// Sub is a - b of one currency.
func (a Amount) Sub(b Amount) (Amount, error) {
	if a.Currency != b.Currency {
		return Amount{}, fmt.Errorf("%s - %s: %w", a.Currency, b.Currency, ErrCurrency)
	}
	diff := a.Minor - b.Minor
	if (diff < a.Minor) != (b.Minor > 0) && b.Minor != 0 {
		return Amount{}, ErrOverflow
	}
	return Amount{Minor: diff, Currency: a.Currency}, nil
}

// Neg is -a.
func (a Amount) Neg() (Amount, error) {
	if a.Minor == math.MinInt64 {
		return Amount{}, ErrOverflow
	}
	return Amount{Minor: -a.Minor, Currency: a.Currency}, nil
}

// IsZero reports whether there is no money in it.
func (a Amount) IsZero() bool { return a.Minor == 0 }

// Sign is -1, 0 or 1.
func (a Amount) Sign() int { return cmpInt(a.Minor, 0) }

// String writes the amount for logs: 1234.50 CNY.
func (a Amount) String() string { return a.Decimal().String() + " " + a.Currency }

type amountJSON struct {
	Amount   Decimal `json:"amount"`
	Currency string  `json:"currency"`
}

// MarshalJSON writes {"amount":"12.50","currency":"CNY"}.
func (a Amount) MarshalJSON() ([]byte, error) {
	return json.Marshal(amountJSON{Amount: a.Decimal(), Currency: a.Currency})
}

// UnmarshalJSON reads what MarshalJSON writes; the amount may also be a number literal.
func (a *Amount) UnmarshalJSON(data []byte) error {
	var in amountJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	out, err := ParseAmount(in.Amount.String(), in.Currency)
	if err == nil {
		*a = out
	}
	return err
}

// FormatAmount writes an amount for people: ¥1,234.50, -$5.00, KWD 1.250.
func FormatAmount(a Amount) string {
	sign, symbol := "", symbols[a.Currency]
	if symbol == "" && a.Currency != "" {
		symbol = a.Currency + " "
	}
	text := FormatDecimal(a.Decimal())
	if rest, negative := strings.CutPrefix(text, "-"); negative {
		sign, text = "-", rest
	}
	return sign + symbol + text
}

// FormatDecimal writes a decimal with thousands separators: -1,234.50.
func FormatDecimal(d Decimal) string {
	text := d.String()
	sign := ""
	if rest, negative := strings.CutPrefix(text, "-"); negative {
		sign, text = "-", rest
	}
	whole, places, pointed := strings.Cut(text, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if pointed {
		b.WriteString("." + places)
	}
	return b.String()
}
