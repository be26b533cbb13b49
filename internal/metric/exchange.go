package metric

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/value"
)

// Rate is what one unit of a currency is worth in the organisation's currency, from a day on.
type Rate struct {
	ID       int64         `json:"-" yaml:"-"`
	Currency string        `json:"currency" yaml:"currency" doc:"ISO 4217 code"`
	From     calendar.Day  `json:"from" yaml:"from" format:"date" doc:"First day; holds until the currency's next rate"`
	Rate     money.Decimal `json:"rate" yaml:"rate" doc:"What one unit is worth in the organisation's currency"`
}

// Rates are all exchange rates, of each currency in the order of days. They are immutable.
type Rates struct {
	fingerprint string
	byCurrency  map[string][]Rate
}

// On is the rate of a currency on a day; ok is false where none holds yet.
func (r *Rates) On(currency string, day calendar.Day) (rate money.Decimal, ok bool) {
	list := r.byCurrency[currency]
	n, exact := r.place(currency, day)
	if exact {
		n++
	}
	if n == 0 {
		return rate, false
	}
	return list[n-1].Rate, true
}

// Holds are the days on which a rate that begins on a day holds, or would.
func (r *Rates) Holds(currency string, from calendar.Day) calendar.Window {
	w := calendar.Window{From: from, To: calendar.MaxDay}
	n, exact := r.place(currency, from)
	if exact {
		n++
	}
	if list := r.byCurrency[currency]; n < len(list) {
		w.To = list[n].From
	}
	return w
}

func (r *Rates) place(currency string, day calendar.Day) (n int, exact bool) {
	return slices.BinarySearchFunc(r.byCurrency[currency], day, func(x Rate, d calendar.Day) int { return cmp.Compare(x.From, d) })
}

// List is every rate by currency and day.
func (r *Rates) List() (out []Rate) {
	for _, list := range r.byCurrency {
		out = append(out, list...)
	}
	slices.SortFunc(out, func(a, b Rate) int { return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.From, b.From)) })
	return out
}

// exchange says of which currency a metric's values are where they have to be converted.
type exchange struct {
	from string // of a money field or an expression
	at   int    // place of the field with the record's own currency; -1: from
}

// compileExchange finds the currencies of a metric whose value and own currency are known.
func (m *Metric) compileExchange(at *places, own string) []*problem.Error {
	wanted, field := m.Def.Measure.Currency, strings.TrimSpace(m.Def.Measure.CurrencyField)
	if wanted == "" {
		wanted = own
	}
	if field == "" && wanted == own {
		return nil
	}
	units, known := money.MinorUnits(wanted)
	switch {
	case wanted == "":
		return []*problem.Error{problem.Bad("required", "measure.currency", "请写明换算成哪种币种，例如 CNY", "say into which currency values are converted, such as CNY")}
	case !known:
		return []*problem.Error{problem.Bad("unknown_currency", "measure.currency", "不认识的币种 %q", "unknown currency %q", wanted)}
	}
	e := &exchange{from: own, at: -1}
	if own == "" {
		e.from = wanted // a plain number is money of that currency
	}
	if field != "" {
		place, f, wrong := at.find(field)
		switch {
		case wrong != nil:
			return []*problem.Error{wrong.In("measure.currency_field")}
		case f.Type != record.TypeChoice && f.Type != record.TypeText:
			return []*problem.Error{problem.Bad("wrong_type", "measure.currency_field", "字段 %q 的类型是 %s，这里需要 choice / text", "field %q is of type %s; it must be choice / text", field, f.Type)}
		}
		e.at = place
	}
	m.exchange, m.Currency, m.Scale = e, wanted, units
	return nil
}

// Converts reports whether a rate of a currency may decide a value of the metric.
func (m *Metric) Converts(currency string) bool {
	return m.exchange != nil && (m.exchange.at >= 0 || m.exchange.from == currency || m.Currency == currency)
}

// convert turns a value of a record into the metric's currency, at the rate of its day, exactly, and rounds it half-even to
// its minor unit. Two currencies of which neither is the organisation's are converted over that one.
func (m *Metric) convert(v money.Frac, rec *record.Record, day calendar.Day, g *Ground) (int64, Omission) {
	from := m.exchange.from
	if m.exchange.at >= 0 {
		if from = codeOf(rec.Values[m.exchange.at]); from == "" {
			return 0, Omission{Reason: NoCurrency}
		}
	}
	sum := big.NewRat(v.Num(), v.Den()) // the way over another currency takes more digits than either end
	for _, currency := range []string{from, m.Currency} {
		if from == m.Currency || currency == g.Currency {
			continue
		}
		rate, ok := g.Rates.On(currency, day)
		if !ok {
			return 0, Omission{NoRate, currency + " " + day.String()}
		}
		if exact := big.NewRat(rate.Coef, money.Pow10(rate.Scale)); currency == from {
			sum.Mul(sum, exact)
		} else {
			sum.Quo(sum, exact)
		}
	}
	return halfEven(sum.Mul(sum, big.NewRat(money.Pow10(m.Scale), 1)))
}

// halfEven is the whole number nearest to an exact one, the even one of two.
func halfEven(v *big.Rat) (int64, Omission) {
	whole, rest := new(big.Int).QuoRem(v.Num(), v.Denom(), new(big.Int))
	twice := rest.Abs(rest.Lsh(rest, 1)).Cmp(v.Denom())
	if twice > 0 || twice == 0 && whole.Bit(0) == 1 {
		whole.Add(whole, big.NewInt(int64(v.Sign())))
	}
	if !whole.IsInt64() {
		return 0, Omission{Reason: TooLarge}
	}
	return whole.Int64(), Omission{}
}

// codeOf is a currency code as people write it, in capitals.
func codeOf(v value.Value) string { return strings.ToUpper(strings.TrimSpace(v.Text())) }
