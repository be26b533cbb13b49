package demo

import (
	"time"

	"laurel/internal/calendar"
	"laurel/internal/value"
)

// serve makes tickets, and everybody's tasks. From the day on which the praise programme began, Service 1 is rated
// better; the other teams are not. That programme worked.
func (c *company) serve() error {
	d := newDice(3)
	began := c.programmes()
	accounts := len(c.books["account"].ids)
	for _, month := range c.months() {
		for _, w := range c.of(service) {
			for n := d.many(24 * w.skill * float64(month.Days()) / 30 * float64(c.options.Scale)); n > 0; n-- {
				day := d.dayIn(month)
				if w.at(day) {
					c.ticket(d, w, day, d.IntN(accounts), day >= began)
				}
			}
		}
	}
	if err := c.write("ticket"); err != nil {
		return err
	}
	return c.tasks(d)
}

func (c *company) ticket(d dice, w *worker, day calendar.Day, account int, programme bool) {
	opened := day.Start(c.zone).Add(time.Duration(d.between(9*60, 17*60)) * time.Minute)
	response := d.between(2, 90)
	r := row{
		"number": c.books["ticket"].number(), "subject": text(pick(d, subjects)), "account": c.books["account"].ref(account), "agent": value.OfRef(w.id),
		"opened_at": value.OfTime(opened.UnixMicro()), "response_minutes": count(response), "status": text("open"),
	}
	solved := opened.Add(time.Duration(d.between(30, 2800)) * time.Minute)
	if calendar.DayAt(solved, c.zone) < c.span.To {
		r["status"], r["solved_at"], r["error"] = text("solved"), value.OfTime(solved.UnixMicro()), value.OfBool(d.chance(0.15-0.11*w.care))
		if d.chance(0.7) {
			good := 0.78 + 0.08*w.care
			if programme && w.team == "service-1" {
				good += 0.10
			}
			rating := d.between(1, 3)
			if d.chance(good) {
				rating = d.between(4, 5)
			}
			r["rating"] = count(rating)
		}
	}
	c.books["ticket"].add(r)
}

// tasks gives everybody work to do, most of it done in time.
func (c *company) tasks(d dice) error {
	kinds := []string{"整理客户资料", "提交周报", "回访客户", "更新商机进展", "准备方案", "参加例会"}
	for _, month := range c.months() {
		for _, w := range c.workers {
			for n := d.around(8 * float64(month.Days()) / 30); n > 0; n-- {
				due := d.dayIn(month)
				if !w.at(due) {
					continue
				}
				r := row{"title": text(pick(d, kinds)), "owner": value.OfRef(w.id), "due_on": date(due), "progress": percent(d.IntN(10) * 10)}
				if done := due - calendar.Day(d.IntN(3)); d.chance(0.75+0.2*w.care) && w.at(done) {
					r["done_on"], r["progress"] = date(done), percent(100)
				}
				c.books["task"].add(r)
			}
		}
	}
	return c.write("task")
}
