package demo

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/value"
)

// market makes campaigns and leads. The lead programme changes nothing: as many leads qualify after it began as before.
// That programme did not work.
func (c *company) market() error {
	d := newDice(4)
	people := c.of(marketing)
	for _, month := range c.months() {
		for range 2 {
			start := d.dayIn(month)
			c.books["campaign"].add(row{
				"name": text(fmt.Sprintf("%s%s", month.From.String()[:7], pick(d, campaigns))), "owner": value.OfRef(pick(d, people).id),
				"channel": text(pick(d, []string{"event", "webinar", "social", "search"})), "budget": yuan(int64(d.between(5, 80)) * 1000),
				"starts_on": date(start), "ends_on": date(start + calendar.Day(d.between(1, 20))),
			})
		}
	}
	if err := c.write("campaign"); err != nil {
		return err
	}
	all := len(c.books["campaign"].ids)
	for i, month := range c.months() {
		for _, w := range people {
			for n := d.many(11 * w.skill * float64(month.Days()) / 30 * float64(c.options.Scale)); n > 0; n-- {
				if day := d.dayIn(month); w.at(day) {
					c.lead(d, w, day, min(i*2+d.IntN(2), all-1))
				}
			}
		}
	}
	return c.write("lead")
}

func (c *company) lead(d dice, w *worker, day calendar.Day, campaign int) {
	r := row{
		"name": text(companyName(d, d.IntN(len(places)))), "campaign": c.books["campaign"].ref(campaign), "owner": value.OfRef(w.id),
		"created_on": date(day), "status": text("new"),
	}
	if judged := day + calendar.Day(d.between(1, 14)); judged < c.span.To {
		r["status"] = text("rejected")
		if d.chance(0.42) {
			r["status"], r["qualified_on"] = text("qualified"), date(judged)
		}
	}
	c.books["lead"].add(r)
}
