package verify

import (
	"fmt"
	"math/big"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/record"
)

// quote is what one unit of a currency is worth in the organisation's, from a day on.
type quote struct {
	currency string
	from     calendar.Day
	rate     *big.Rat
}

func (r *run) readQuotes() error {
	rows, err := r.tx.Query(`SELECT currency, from_day, rate FROM exchange_rate`)
	if err != nil {
		return fmt.Errorf("read exchange rates: %w", err)
	}
	return each(rows, func(scan scanRow) error {
		var q quote
		var text string
		if err := scan(&q.currency, &q.from, &text); err != nil {
			return err
		}
		var fine bool
		if q.rate, fine = new(big.Rat).SetString(text); !fine {
			return fmt.Errorf("the rate of %s is %q", q.currency, text)
		}
		r.quotes = append(r.quotes, q)
		return nil
	})
}

// worth is one unit of a currency in the organisation's on a day: the last rate that began; nil when there is none.
func (r *run) worth(currency string, day calendar.Day) *big.Rat {
	if currency == r.pays {
		return whole(1)
	}
	var last *quote
	for i := range r.quotes {
		if q := &r.quotes[i]; q.currency == currency && q.from <= day && (last == nil || q.from > last.from) {
			last = q
		}
	}
	if last == nil {
		return nil
	}
	return last.rate
}

// tender says how a metric's values become money of one currency.
type tender struct {
	into  string
	own   string // of values that do not say theirs
	place int    // of the field that does; -1: none
}

// prepareTender reads the currencies of a definition; own is that of the value itself, empty for a plain number.
func (m *measured) prepareTender(own string) error {
	m.tender = nil
	into := m.def.Measure.Currency
	if into == "" {
		into = own
	}
	name := strings.TrimSpace(m.def.Measure.CurrencyField)
	if name == "" && into == own {
		return nil
	}
	units, known := money.MinorUnits(into)
	if !known {
		return fmt.Errorf("unknown currency %q", into)
	}
	t := &tender{into: into, own: own, place: -1}
	if own == "" {
		t.own = into
	}
	if name != "" {
		i, ok := m.place(name)
		if !ok || m.columns[i].field.Type != record.TypeChoice && m.columns[i].field.Type != record.TypeText {
			return fmt.Errorf("no currency field %q", name)
		}
		t.place = i
	}
	m.tender, m.scale, m.sums = t, units, into
	return nil
}

// exchanged converts a value at the rates of a day.
func (m *measured) exchanged(v *big.Rat, rec *record.Record, day calendar.Day, r *run) (*big.Rat, string) {
	code := m.tender.own
	if m.tender.place >= 0 {
		if code = strings.ToUpper(strings.TrimSpace(rec.Values[m.tender.place].Text())); code == "" {
			return nil, "no_currency"
		}
	}
	if code == m.tender.into {
		return v, ""
	}
	for _, currency := range []string{code, m.tender.into} {
		if r.worth(currency, day) == nil {
			return nil, "no_rate " + currency + " " + day.String()
		}
	}
	v = new(big.Rat).Mul(v, r.worth(code, day))
	return v.Quo(v, r.worth(m.tender.into, day)), ""
}
