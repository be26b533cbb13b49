package demo

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/value"
)

var products = []struct {
	name  string
	line  string
	price int64
}{
	{"客户管理标准版", "software", 12800}, {"客户管理专业版", "software", 36800}, {"客户管理旗舰版", "software", 98000},
	{"数据大屏", "software", 26000}, {"实施服务包", "service", 18000}, {"年度维护", "service", 9600}, {"智能外呼终端", "hardware", 6800},
}

// season is how busy each month of the year is.
var season = [12]float64{0.8, 0.6, 1.15, 0.95, 1, 1.2, 0.9, 0.95, 1.2, 1, 1.1, 1.35}

var industries = []string{"manufacturing", "retail", "finance", "technology", "education", "health", "logistics"}

// deal is an opportunity with everything that follows from it.
type deal struct {
	owner    *worker
	created  calendar.Day
	closes   calendar.Day
	product  int
	quantity int
	amount   int64
	visits   int
	calls    int
	won      bool
	again    int // the account it goes on with, -1 for a new one
}

// sell makes customers, opportunities, contracts, orders, payments and the follow-ups around them.
func (c *company) sell() error {
	d := newDice(2)
	for _, p := range products {
		c.books["product"].add(row{"name": text(p.name), "line": text(p.line), "price": yuan(p.price), "active": value.OfBool(true)})
	}
	if err := c.write("product"); err != nil {
		return err
	}
	var deals []*deal
	accounts := map[*worker][]int{}
	for _, month := range c.months() {
		_, m, _ := month.From.Date()
		for _, w := range c.of(sales) {
			if !w.at(month.From) {
				continue
			}
			mean := 8 * w.skill * season[m-1] * float64(month.Days()) / 30 * float64(c.options.Scale)
			for n := d.many(mean); n > 0; n-- {
				deals = append(deals, c.dream(d, w, month))
			}
		}
	}
	if err := c.signAccounts(d, deals, accounts); err != nil {
		return err
	}
	return c.closeDeals(d, deals)
}

// many is around for means of any size.
func (d dice) many(mean float64) int {
	n := 0
	for ; mean > 40; mean -= 40 {
		n += d.around(40)
	}
	return n + d.around(mean)
}

// dream makes a deal. Visits raise the chance of winning it; calls do not.
func (c *company) dream(d dice, w *worker, month calendar.Window) *deal {
	x := &deal{owner: w, created: d.dayIn(month), product: d.IntN(len(products)), quantity: d.between(1, 3), again: -1}
	x.closes = x.created + calendar.Day(d.between(12, 75))
	x.visits, x.calls = d.around(w.visit), d.around(w.call)
	size := 0.42
	if w.team == "key-accounts" {
		size = 1.1
	}
	x.amount = int64(float64(products[x.product].price*int64(x.quantity))*size*d.spread(0.45)/100) * 100
	x.won = d.chance(min(0.82, 0.15+0.17*float64(x.visits)))
	return x
}

// signAccounts gives each deal its customer: a new one, or one that its owner already has.
func (c *company) signAccounts(d dice, deals []*deal, accounts map[*worker][]int) error {
	b := c.books["account"]
	firstWon := map[int]calendar.Day{}
	for _, x := range deals {
		if known := accounts[x.owner]; len(known) > 0 && d.chance(0.18) {
			x.again = pick(d, known)
		} else {
			x.again = len(accounts[nil])
			accounts[nil] = append(accounts[nil], x.again)
			accounts[x.owner] = append(accounts[x.owner], x.again)
		}
		if day, ok := firstWon[x.again]; x.won && x.closes < c.span.To && (!ok || x.closes < day) {
			firstWon[x.again] = x.closes
		}
	}
	owner := map[int]*worker{}
	for _, x := range deals {
		if owner[x.again] == nil {
			owner[x.again] = x.owner
		}
	}
	for i := range accounts[nil] {
		place := d.IntN(len(places))
		r := row{
			"name": text(companyName(d, place)), "industry": text(pick(d, industries)), "region": text(regionOf(place)),
			"level": text(pick(d, []string{"a", "b", "b", "c", "c", "c"})), "owner": value.OfRef(owner[i].id),
			"source": text(pick(d, []string{"campaign", "referral", "outbound", "website"})),
			"phone":  text(fmt.Sprintf("0%d-%08d", d.between(21, 29), d.IntN(100_000_000))), "employees": count(d.between(10, 3000)),
		}
		if day, ok := firstWon[i]; ok {
			r["signed_on"] = date(day)
			if lost := day + calendar.Day(d.between(200, 700)); d.chance(0.12) && lost < c.span.To {
				r["lost_on"] = date(lost)
			}
		}
		b.add(r)
	}
	if err := c.write("account"); err != nil {
		return err
	}
	for i := range b.ids {
		for range d.between(1, 2) {
			name := pick(d, surnames) + pick(d, givenTwo)
			c.books["contact"].add(row{
				"name": text(name), "account": b.ref(i), "position": text(pick(d, []string{"总经理", "采购经理", "信息主管", "财务总监", "运营经理"})),
				"mobile": text(fmt.Sprintf("13%09d", d.IntN(1_000_000_000))), "decides": value.OfBool(d.chance(0.4)),
			})
		}
	}
	return c.write("contact")
}

// closeDeals writes opportunities and what follows from those that were won.
func (c *company) closeDeals(d dice, deals []*deal) error {
	b := c.books["opportunity"]
	for i, x := range deals {
		r := row{
			"name":    text(fmt.Sprintf("%s × %d（%d 号）", products[x.product].name, x.quantity, i+1)),
			"account": c.books["account"].ref(x.again), "owner": value.OfRef(x.owner.id), "product": c.books["product"].ref(x.product),
			"amount": yuan(x.amount), "created_on": date(x.created), "expected_on": date(x.closes), "visits": count(x.visits),
		}
		switch {
		case x.closes >= c.span.To:
			stage := d.IntN(4)
			r["stage"], r["probability"] = text([]string{"contacted", "needs", "proposal", "negotiation"}[stage]), percent(15+20*stage)
		case x.won:
			r["stage"], r["probability"], r["closed_on"] = text("won"), percent(100), date(x.closes)
		default:
			r["stage"], r["probability"], r["closed_on"] = text("lost"), percent(0), date(x.closes)
		}
		b.add(r)
	}
	if err := c.write("opportunity"); err != nil {
		return err
	}
	var contracts []signed
	for i, x := range deals {
		c.follow(d, x, i)
		if x.won && x.closes < c.span.To {
			contracts = append(contracts, c.sign(d, x, i)...)
		}
	}
	if err := c.write("activity", "contract"); err != nil {
		return err
	}
	for _, s := range contracts {
		c.deliver(d, s)
	}
	return c.write("order", "payment")
}

// follow logs the visits and calls of a deal, as far as they have happened.
func (c *company) follow(d dice, x *deal, opportunity int) {
	log := func(kind, summary string) {
		day := d.dayIn(calendar.Window{From: x.created, To: x.closes + 1})
		if day >= c.span.To {
			return
		}
		c.books["activity"].add(row{
			"summary": text(summary), "account": c.books["account"].ref(x.again), "opportunity": c.books["opportunity"].ref(opportunity),
			"owner": value.OfRef(x.owner.id), "kind": text(kind), "happened_at": c.moment(d, day),
		})
	}
	for range x.visits {
		log("visit", "上门拜访，确认需求与预算")
	}
	for range x.calls {
		log("call", "电话沟通进展")
	}
	if d.chance(0.3) {
		log("meeting", "方案演示会")
	}
}

// signed is a contract with what is needed to fulfil it.
type signed struct {
	deal   *deal
	place  int
	day    calendar.Day
	amount int64
	void   bool
}

// sign makes the contract of a won deal. The cheat splits large ones, moves them to the period's end, and has some of
// them cancelled once the reward is paid.
func (c *company) sign(d dice, x *deal, opportunity int) []signed {
	parts, day := 1, x.closes
	if x.owner.cheat && x.amount > 15000 {
		parts = 3
		cal := calendar.Calendar{Zone: c.zone, FirstMonth: 1}
		if end := cal.PeriodOf(calendar.Quarter, day).To - 2; end < c.span.To && end-day < 30 {
			day = end
		}
	}
	var out []signed
	for range parts {
		s := signed{deal: x, day: day, amount: x.amount / int64(parts)}
		s.void = x.owner.cheat && parts > 1 && d.chance(0.4) && day+45 < c.span.To
		status := "active"
		if s.void {
			status = "cancelled"
		}
		s.place = c.books["contract"].add(row{
			"number": c.books["contract"].number(), "account": c.books["account"].ref(x.again), "opportunity": c.books["opportunity"].ref(opportunity),
			"owner": value.OfRef(x.owner.id), "amount": yuan(s.amount), "signed_on": date(day), "status": text(status),
		})
		out = append(out, s)
	}
	return out
}

// deliver makes the order of a contract and the payments received so far.
func (c *company) deliver(d dice, s signed) {
	x := s.deal
	if ordered := s.day + calendar.Day(d.between(1, 10)); ordered < c.span.To && !s.void {
		c.books["order"].add(row{
			"number": c.books["order"].number(), "contract": c.books["contract"].ref(s.place), "account": c.books["account"].ref(x.again),
			"product": c.books["product"].ref(x.product), "quantity": count(x.quantity), "amount": yuan(s.amount), "ordered_on": date(ordered), "owner": value.OfRef(x.owner.id),
		})
	}
	left, due := s.amount, s.day
	for n := d.between(1, 3); n > 0 && left > 0 && !s.void; n-- {
		part := left
		if n > 1 {
			part = left / int64(n) / 100 * 100
		}
		due += calendar.Day(d.between(10, 45))
		if due >= c.span.To || part == 0 {
			return
		}
		left -= part
		c.books["payment"].add(row{
			"number": c.books["payment"].number(), "contract": c.books["contract"].ref(s.place), "account": c.books["account"].ref(x.again),
			"owner": value.OfRef(x.owner.id), "amount": yuan(part), "received_on": date(due), "method": text(pick(d, []string{"transfer", "transfer", "draft", "online"})),
		})
	}
}
