package demo

import (
	"time"

	"laurel/internal/calendar"
	"laurel/internal/definition"
	"laurel/internal/money"
	"laurel/internal/target"
)

// quotas are what a salesperson of each team is to reach in a year: amount signed, and new customers.
var quotas = map[string]struct{ amount, customers int64 }{
	"east-1": {1_000_000, 36}, "east-2": {1_000_000, 36}, "south": {1_200_000, 40}, "north": {900_000, 32},
	"southwest": {750_000, 28}, "key-accounts": {2_400_000, 36},
}

// overQuarters is how a salesperson's year is spread over its quarters.
var overQuarters = target.Spread{whole(20), whole(25), whole(25), whole(30)}

func whole(n int64) money.Decimal { return money.Decimal{Coef: n} }

// aim sets the targets of every year: what each salesperson is to sign, so that teams and departments add theirs up (key
// accounts have set themselves more than that), and the share of good ratings, which service as a whole and its pilot team have set for themselves.
func (c *company) aim() error {
	cal := calendar.Calendar{Zone: c.zone, FirstMonth: time.January}
	var targets []definition.Target
	for _, year := range cal.Between(calendar.Year, c.span) {
		label := target.Label(year.Label)
		for _, w := range c.of(sales) {
			if w.works.Overlap(year.Window).Empty() {
				continue
			}
			q := quotas[w.team]
			targets = append(targets,
				definition.Target{Metric: "signed-amount", Person: w.key, Period: label, Value: figure(whole(q.amount)), Spread: overQuarters},
				definition.Target{Metric: "new-customers", Person: w.key, Period: label, Value: figure(whole(q.customers))})
		}
		targets = append(targets,
			definition.Target{Metric: "signed-amount", Team: "key-accounts", Period: label, Value: figure(whole(16_000_000)), Spread: overQuarters},
			definition.Target{Metric: "praise-rate", Department: "service", Period: label, Value: figure(money.MustDecimal("0.85"))},
			definition.Target{Metric: "praise-rate", Team: "service-1", Period: label, Value: figure(money.MustDecimal("0.9"))})
	}
	_, err := c.stores.Apply(c.ctx, actor, &definition.File{Targets: targets}, definition.Options{})
	return err
}

func figure(d money.Decimal) target.Figure { return target.Figure{Decimal: d} }
