package verify_test

import (
	"pgregory.net/rapid"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/metric"
	"laurel/internal/money"
)

// rateOp adds, corrects or takes away an exchange rate.
type rateOp struct {
	Currency string
	From     int // days after New Year
	Rate     string
	Remove   bool
}

type ratesOp struct{ Rates []rateOp }

func (o ratesOp) do(w *world) error {
	for _, one := range o.Rates {
		err := w.write(func(tx *db.Tx) error {
			r := metric.Rate{Currency: one.Currency, From: newYear + calendar.Day(one.From), Rate: money.MustDecimal(one.Rate)}
			if !one.Remove {
				_, _, err := w.metrics.SaveRate(tx, "test", r)
				return err
			}
			known, err := w.metrics.Rates(tx)
			if err != nil {
				return err
			}
			for _, k := range known.List() {
				if k.Currency == r.Currency && k.From <= r.From {
					return w.metrics.RemoveRate(tx, "test", k.ID)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func drawRates(t *rapid.T, least, most int) ratesOp {
	var o ratesOp
	for range number(t, "rates", least, most) {
		o.Rates = append(o.Rates, rateOp{
			Currency: pick(t, "rate of", "USD", "USD", "JPY", "EUR", "CNY"), From: pick(t, "rate from", -40, 0, 20, 31, 59, 90),
			Rate: pick(t, "rate", "7.1", "7.123456", "0.0481", "0.000001", "8"), Remove: often(t, "takes away", 20),
		})
	}
	return o
}

// drawExchange makes a measure of several currencies.
func drawExchange(t *rapid.T, def *metric.Def) {
	m := &def.Measure
	m.Currency = pick(t, "into", "CNY", "CNY", "JPY", "EUR")
	m.Value = pick(t, "converted", "abroad", "abroad", "amount", "qty", "abroad * qty")
	if m.Value == "abroad * qty" || m.Value == "qty" || often(t, "own currency", 40) {
		m.CurrencyField = "coin"
	}
}
