package rule

import (
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// figure writes a value bare: 1,234 or 0.6889; money with its sign, percentages with theirs as in formulas.
func (c Context) figure(v money.Frac) string {
	switch {
	case c.Measure.Currency != "":
		return exactMoney(v, c.Measure.Currency)
	case c.Measure.Percent():
		return percentOf(v, money.HalfEven).ZH
	}
	text, exact := v.Text()
	if !exact {
		return "≈ " + i18n.Grouped(text)
	}
	return i18n.Grouped(text)
}

// Figure writes a value of the plan's metric as the arithmetic does.
func (c Context) Figure(v money.Frac) string { return c.figure(v) }

// short writes a value for sentences and progress: ¥612,000, 8 个 / 8 deals, 63.2 %. Figures that do not end are rounded.
func (c Context) short(v money.Frac) i18n.Text { return c.rounded(v, money.HalfEven) }

// missing writes a distance; it is rounded up, so that it never reads 0 and never promises too early. Between percentages it is
// in percentage points: 15 % of them would be something else.
func (c Context) missing(v money.Frac) i18n.Text {
	if !c.Measure.Percent() {
		return c.rounded(c.unlined(v), money.Up)
	}
	figure, ok := hundredfold(c.unlined(v), money.Up)
	if !ok {
		return i18n.Same(figure)
	}
	return i18n.Count(figure, i18n.T("个百分点", "percentage points"))
}

func (c Context) rounded(v money.Frac, r money.Rounding) i18n.Text {
	switch {
	case c.Measure.Currency != "":
		a, err := money.RoundAmount(v, c.Measure.Currency, r)
		if err != nil {
			return i18n.Same(v.String() + " " + c.Measure.Currency)
		}
		if a.Minor == 0 && !v.IsZero() { // ¥0.0001 is little, and not nothing
			return i18n.Same(exactMoney(v, c.Measure.Currency))
		}
		return i18n.Same(shortAmount(a))
	case c.Measure.Percent():
		return percentOf(v, r)
	}
	return i18n.Count(plain(v, max(c.Measure.Scale, 2), r), c.Measure.Unit)
}

// bare is short without the unit, for a column whose unit stands elsewhere.
func (c Context) bare(v money.Frac) string {
	return c.unitless(v, money.HalfEven)
}

// unitless writes a value as formulas do, which are the same in every language: ¥612,000, 63.2 %, 8.
func (c Context) unitless(v money.Frac, r money.Rounding) string {
	if c.Measure.Currency != "" || c.Measure.Percent() {
		return c.rounded(v, r).ZH
	}
	return plain(v, max(c.Measure.Scale, 2), r)
}

// distance is missing without the unit.
func (c Context) distance(v money.Frac) string {
	if c.Measure.Currency != "" || c.Measure.Percent() {
		return c.rounded(c.unlined(v), money.Up).ZH
	}
	return plain(c.unlined(v), max(c.Measure.Scale, 2), money.Up)
}

// unlined is a distance to a whole line as one to the part of the line that the subject is held to.
func (c Context) unlined(v money.Frac) money.Frac {
	if c.Lines.IsZero() {
		return v
	}
	if part, err := v.Mul(c.Lines); err == nil {
		return part
	}
	return v
}

// least is the smallest step of a metric that adds up, and 0 of any other.
func (c Context) least() money.Frac {
	if !c.Measure.Additive {
		return money.Frac{}
	}
	return money.Decimal{Coef: 1, Scale: c.Measure.Scale}.Frac()
}

// plain writes a figure as it is if 6 places suffice, so that a line is never shown as another one; else rounded.
func plain(v money.Frac, places uint8, r money.Rounding) string {
	if text, exact := v.Text(); exact {
		return i18n.Grouped(text)
	}
	d, err := v.Round(places, r)
	if err != nil {
		return i18n.Grouped(v.String())
	}
	return money.FormatDecimal(d.Trim())
}

// percentOf writes a fraction as a percentage, with 2 places where it does not end.
func percentOf(v money.Frac, r money.Rounding) i18n.Text {
	figure, ok := hundredfold(v, r)
	if !ok {
		return i18n.Same(figure)
	}
	return i18n.Percent(figure)
}

// hundredfold is the figure of a percentage; where that is too large, false and the fraction itself.
func hundredfold(v money.Frac, r money.Rounding) (string, bool) {
	h, err := v.Mul(money.Whole(100))
	if err != nil {
		return v.String(), false
	}
	return plain(h, 2, r), true
}

// rate writes a rate of commission with all its places.
func rate(d money.Decimal) i18n.Text {
	hundredfold, err := d.Frac().Mul(money.Whole(100))
	if err != nil {
		return i18n.Same(d.String())
	}
	text, _ := hundredfold.Text()
	return i18n.Percent(i18n.Grouped(text))
}

// shortAmount writes money for sentences: without places when they are zero.
func shortAmount(a money.Amount) string { return trimPlaces(money.FormatAmount(a)) }

func trimPlaces(text string) string {
	whole, places, _ := strings.Cut(text, ".")
	if strings.Trim(places, "0") == "" {
		return whole
	}
	return text
}

// exactMoney writes money for formulas: at least the places of its currency, more where the figure has them, and marked
// with ≈ where it does not end.
func exactMoney(v money.Frac, currency string) string {
	zero := money.FormatAmount(money.Amount{Currency: currency})
	symbol := strings.TrimRight(zero, "0.")
	places, _ := money.MinorUnits(currency)
	for scale := places; scale <= money.MaxScale; scale++ {
		d, err := v.Round(scale, money.Down)
		if err != nil {
			break
		}
		if v.CmpDecimal(d) == 0 {
			text := money.FormatDecimal(d)
			if rest, negative := strings.CutPrefix(text, "-"); negative {
				return "-" + symbol + rest
			}
			return symbol + text
		}
	}
	return "≈ " + symbol + i18n.Grouped(v.String())
}

func shortMoney(v money.Frac, currency string) string {
	a, err := money.RoundAmount(v, currency, money.HalfEven)
	if err != nil {
		return v.String() + " " + currency
	}
	return shortAmount(a)
}

// permille is part ÷ whole within 0 … 1000, rounded down, so that 1000 means reached.
func permille(part, whole money.Frac) int {
	if whole.Sign() <= 0 || part.Cmp(whole) >= 0 {
		return 1000
	}
	if part.Sign() <= 0 {
		return 0
	}
	q, err := part.Div(whole)
	if err != nil {
		return 0
	}
	d, err := q.Round(3, money.Down)
	if err != nil {
		return 0
	}
	return int(d.Coef)
}

// bareEN is bare in English.
func (c Context) bareEN(v money.Frac) string {
	if c.Measure.Percent() {
		return c.short(v).EN
	}
	return c.bare(v)
}
