package metric

import (
	"laurel/internal/i18n"
	"laurel/internal/money"
)

// OfCash stands for amounts in a currency that come from elsewhere than records: what a plan gives. It is no metric on record and has no
// contributions.
func OfCash(key string, name i18n.Text, currency string) *Metric {
	m := &Metric{Currency: currency, per: 1, Def: Def{Key: key, Name: name, Measure: Measure{Kind: Sum, Currency: currency}}}
	m.Scale, _ = money.MinorUnits(currency)
	return m
}
