package verify_test

import (
	"encoding/json"
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// script is a company and everything that happens to it.
type script struct {
	Zone   string
	Fiscal int
	Ops    []operation
}

// zones have clocks that jump, also at midnight, and lie on both ends of the day.
var zones = []string{"Asia/Shanghai", "America/New_York", "America/Santiago", "Africa/Cairo", "Pacific/Kiritimati", "UTC"}

const days = 180 // after New Year, about which anything is said

func pick[T any](t *rapid.T, name string, list ...T) T { return list[number(t, name, 0, len(list)-1)] }

// number is a number that falls anywhere in a range, each as often as any other. rapid prefers small numbers, and the first of a list, by far:
// what is drawn last would hardly ever be. Several of them added up are level.
func number(t *rapid.T, name string, from, to int) int {
	const prime = 9973
	n := 0
	for range 3 {
		n = (n*6007 + rapid.IntRange(0, prime-1).Draw(t, name)) % prime
	}
	return from + n%(to-from+1)
}

// often is true so many times in a hundred.
func often(t *rapid.T, name string, percent int) bool { return number(t, name, 0, 99) >= 100-percent }

// single are the measures that take one value out of many.
var single = []metric.Kind{metric.Min, metric.Max, metric.Median, metric.Median, metric.Percentile}

func drawScript(t *rapid.T) script {
	s := script{Zone: pick(t, "zone", zones...), Fiscal: number(t, "fiscal", 1, 12)}
	for i, kind := range []metric.Kind{metric.Count, metric.Sum, metric.Sum, metric.Average, metric.Ratio, pick(t, "single", single...)} {
		def := drawMetric(t, fmt.Sprintf("m%d", i), kind)
		if i == 2 {
			def.By = "status"
		}
		s.Ops = append(s.Ops, metricOp{def})
	}
	s.Ops = append(s.Ops, drawCombine(t, "s0")) // others are computed from it
	s.Ops = append(s.Ops, drawMeasures(t)...)
	s.Ops = append(s.Ops, drawCombine(t, "s0"), drawCombine(t, "s1"), drawVotes(t), drawFlaws(t))
	for i := range number(t, "plans", 3, 7) {
		s.Ops = append(s.Ops, drawPlan(t, fmt.Sprintf("plan%d", i)))
	}
	for range number(t, "renewed", 0, 4) {
		s.Ops = append(s.Ops, renewOp{number(t, "renews", 0, 6), number(t, "renewed from", 10, 120), pick(t, "renewed amount", "7", "40", "125"), often(t, "renewed at once", 60)})
	}
	if often(t, "some exclude others", 50) {
		s.Ops = append(s.Ops, drawExcluding(t, "plan7"), drawExcluding(t, "plan8"), drawExcluding(t, "plan9"))
	}
	if often(t, "some split", 50) {
		for range number(t, "splits", 1, 4) {
			s.Ops = append(s.Ops, drawSplitting(t, "plan10"))
		}
	}
	for range number(t, "bosses", 1, 4) {
		s.Ops = append(s.Ops, managerOp{number(t, "report", 0, personCount-1), number(t, "manager", 0, personCount-1), 0})
	}
	for range number(t, "moves", 2, 5) { // whoever joins, moves or changes managers in the midst of a period
		s.Ops = append(s.Ops, drawMember(t), drawPerson(t), managerOp{number(t, "report", 0, personCount-1), number(t, "manager", 0, personCount-1), number(t, "since", 0, days)})
	}
	s.Ops = append(s.Ops, drawAccounts(t, 12, 20), drawRates(t, 6, 10), drawFirst(t, 30, 70), drawRecords(t, 10, 25))
	for range number(t, "operations", 4, 24) {
		s.Ops = append(s.Ops, drawOperation(t))
	}
	if often(t, "settles", 60) {
		s.Ops = append(s.Ops, drawSettling(t)...)
	}
	return s
}

// drawFirst are the records with which a company begins.
func drawFirst(t *rapid.T, least, most int) recordsOp {
	var o recordsOp
	for i := range number(t, "first records", least, most) {
		o.Ops = append(o.Ops, recordOp{Kind: record.Upsert, External: fmt.Sprintf("e%d", i), Values: drawValues(t, false)})
	}
	return o
}

// drawSettling are some months that finance closes, with corrections of what was closed and perhaps paid.
func drawSettling(t *rapid.T) []operation {
	out := []operation{
		fieldsOp{}, accountFieldsOp{}, orgOp{Limit: people.Share(pick(t, "limit from the first", "none", "30%", "100%"))}, drawRecords(t, 10, 25), stepOp{}, closeOp{Kind: pick(t, "closes first", calendar.Month, calendar.Month, calendar.Week)},
	}
	for range number(t, "months", 1, 3) {
		if often(t, "pays", 50) {
			out = append(out, closeOp{Pay: true})
		}
		out = append(out, drawRecords(t, 5, 15))
		for range number(t, "corrections", 0, 3) {
			switch number(t, "correction", 0, 9) {
			case 0:
				out = append(out, drawMember(t))
			case 1:
				out = append(out, drawTarget(t), retargetOp{number(t, "which target", 0, 20), pick(t, "now", "0.5", "4", "100"), often(t, "gone", 30)})
			case 2:
				out = append(out, drawRates(t, 1, 3))
			case 3:
				out = append(out, drawPerson(t))
			case 4:
				out = append(out, drawAccounts(t, 1, 5))
			case 5:
				out = append(out, orgOp{Limit: people.Share(pick(t, "limit", "none", "30%", "33.33%", "100%"))})
			case 6:
				out = append(out, drawPlan(t, pick(t, "plan", "plan0", "plan1", "plan2")))
			case 7:
				out = append(out, drawMerge(t))
			default:
				out = append(out, drawAct(t))
			}
		}
		if often(t, "reopens", 20) {
			out = append(out, stepOp{Prove: true}, closeOp{Reopen: true})
			if often(t, "corrects what is open again", 50) {
				out = append(out, drawRecords(t, 3, 8), drawAct(t))
			}
		}
		out = append(out, stepOp{Prove: often(t, "prove", 30)}, daysOp{number(t, "days", 10, 35)}, stepOp{}, closeOp{Kind: pick(t, "closes", calendar.Month, calendar.Month, calendar.Week)})
	}
	return out
}

func drawOperation(t *rapid.T) operation {
	switch n := number(t, "operation", 0, 99); {
	case n < 16:
		return drawRecords(t, 1, 8)
	case n < 24:
		return drawAct(t)
	case n < 25:
		return drawReview(t)
	case n < 30:
		return drawAccounts(t, 1, 4)
	case n < 31:
		return drawRates(t, 1, 4)
	case n < 32:
		return accountFieldsOp{pick(t, "without", "", "", "sector", "parent", "manager")}
	case n < 38:
		return repeatOp{number(t, "back", 0, 3), often(t, "reversed", 50)}
	case n < 46:
		return drawMember(t)
	case n < 49:
		return drawPerson(t)
	case n < 52:
		return managerOp{number(t, "report", 0, personCount-1), number(t, "manager", 0, personCount-1), number(t, "since", 0, days)}
	case n < 54:
		return unitOp{number(t, "unit", 0, unitCount-1), number(t, "parent", -1, unitCount-1), pick(t, "key", "", "", "u0", "u2", "u3", "renamed"), pick(t, "unit name", "", "", "u4", "nobody")}
	case n < 55:
		return drawMerge(t)
	case n < 60:
		return metricOp{drawMetric(t, pick(t, "metric", "m0", "m1", "m2", "m3", "m4", "m5"), pick(t, "kind", append(single, metric.Count, metric.Sum, metric.Average, metric.Ratio)...))}
	case n < 62:
		return drawExcluding(t, pick(t, "one of three", "plan7", "plan8", "plan8", "plan9"))
	case n < 63:
		return drawSplitting(t, "plan10")
	case n < 66:
		return drawPlan(t, pick(t, "plan", "plan0", "plan1", "plan2", "plan3"))
	case n < 68:
		return orgOp{Zone: pick(t, "zone", zones...), Fiscal: number(t, "fiscal", 1, 12)}
	case n < 69:
		return orgOp{Name: pick(t, "name", "Laurel", "Bay", "Olive"), Limit: people.Share(pick(t, "limit", "", "none", "30%", "33.33%", "100%"))}
	case n < 72:
		return fieldsOp{pick(t, "without", "", "", "", "", "", "", "amount", "qty", "status", "owner", "at", "account")}
	case n < 74:
		return closeOp{Kind: pick(t, "closes", calendar.Month, calendar.Month, calendar.Week, calendar.Quarter), Reopen: often(t, "reopen", 30), Pay: often(t, "pay", 30)}
	case n < 79:
		return drawMeasureChange(t)
	case n < 82:
		return daysOp{number(t, "days", 1, 45)}
	case n < 92:
		return stepOp{Prove: often(t, "prove", 40)}
	case n < 95:
		return killOp{OnlyEngine: often(t, "engine only", 50)}
	default:
		return failOp{Table: pick(t, "table", "", "", "contribution", "cell", "left_out", "award", "award_event", "plan_problem"), Trip: number(t, "trip", 3, 9)}
	}
}

func drawRecords(t *rapid.T, least, most int) recordsOp {
	var o recordsOp
	for range number(t, "records", least, most) {
		op := recordOp{
			Kind:     pick(t, "kind", record.Upsert, record.Upsert, record.Upsert, record.Upsert, record.Upsert, record.Create, record.Update, record.Update, record.Delete, record.Restore),
			External: fmt.Sprintf("e%d", number(t, "external", 0, 69)),
		}
		if often(t, "by place", 20) {
			op.External, op.Place = "", number(t, "place", 0, 60)
			if op.Kind == record.Upsert {
				op.Kind = record.Update
			}
			if often(t, "rename", 20) {
				op.Rename = fmt.Sprintf("e%d", number(t, "renamed", 0, 79))
			}
		}
		if op.Kind != record.Delete {
			op.Values = drawValues(t, op.Kind == record.Update)
		}
		o.Ops = append(o.Ops, op)
	}
	return o
}

// drawValues fills most fields, a few with nothing; an update mentions only some.
func drawValues(t *rapid.T, some bool) map[string]any {
	values := map[string]any{}
	person := func(name string) any { return fmt.Sprintf("p%d", number(t, name, 0, personCount-1)) }
	day := func(name string) calendar.Day {
		if often(t, "boundary", 50) { // the first and last days of periods, so that many records share a day
			return newYear + calendar.Day(pick(t, name, 0, 30, 31, 58, 59, 60, 89, 90, 91))
		}
		if often(t, "so far", 60) {
			return newYear + calendar.Day(number(t, name, 0, 75))
		}
		return newYear + calendar.Day(number(t, name, 0, days))
	}
	for _, f := range []struct {
		key  string
		draw func() any
	}{
		{"amount", func() any {
			return pick(t, "amount", "0", "50", "100", "100", "100.01", "99.99", "250", "1000", "-100", "-0.01", "333.33")
		}},
		{"qty", func() any { return pick(t, "qty", "0", "0.5", "1", "1", "1.25", "2", "3.33", "-1", "10") }},
		{"day", func() any { return day("day").String() }},
		{"at", func() any {
			return day("at").String() + "T" + pick(t, "time", "00:00:00", "03:59:59", "04:00:00", "10:00:00", "15:59:59", "16:00:00", "23:59:59") + "Z"
		}},
		{"due", func() any { return day("due").String() }},
		{"done", func() any {
			return day("done").String() + "T" + pick(t, "time", "00:00:00", "08:59:30", "09:30:29", "12:00:01", "17:59:59", "23:00:00") + "Z"
		}},
		{"owner", func() any { return person("owner") }},
		{"helper", func() any { return person("helper") }},
		{"status", func() any { return pick(t, "status", "new", "won", "won", "lost") }},
		{"vip", func() any { return rapid.Bool().Draw(t, "vip") }},
		{"abroad", func() any { return pick(t, "abroad", "10", "99.99", "-5", "0.01", "123456.78") }},
		{"coin", func() any { return pick(t, "coin", "USD", "usd", "CNY", "JPY", "EUR", "???") }},
		{"crew", func() any { return pick(t, "crew", "u0", "u1", "u2", "u2", "u3", "u4", "renamed", "nobody") }},
		{"part", func() any { return pick(t, "part", "0", "0.125", "0.3", "0.5", "0.5", "1", "-0.1") }},
		{"account", func() any { return fmt.Sprintf("a%d", number(t, "account", 0, accountCount-1)) }},
	} {
		switch {
		case some && often(t, "keep "+f.key, 60):
		case often(t, "no "+f.key, 6):
			values[f.key] = nil
		default:
			values[f.key] = f.draw()
		}
	}
	return values
}

func drawMember(t *rapid.T) memberOp {
	o := memberOp{Person: number(t, "person", 0, personCount-1)}
	for range number(t, "spans", 0, 3) {
		s := memberSpan{Unit: number(t, "unit", 0, unitCount-1), From: number(t, "from", 0, days)}
		if often(t, "ends", 60) {
			s.To = s.From + number(t, "length", 1, 120)
		}
		o.Spans = append(o.Spans, s)
	}
	return o
}

func drawPerson(t *rapid.T) personOp {
	o := personOp{Person: number(t, "person", 0, personCount-1)}
	if often(t, "joins", 40) {
		o.Joined = number(t, "joined", 1, days)
	}
	if often(t, "leaves", 40) {
		o.Left = o.Joined + number(t, "left", 1, days)
	}
	for range pick(t, "positions", 0, 0, 1, 2, 3) {
		at := number(t, "position from", 1, 120)
		if n := len(o.Positions); n > 0 {
			at += o.Positions[n-1].From + o.Positions[n-1].Days
		}
		o.Positions = append(o.Positions, positionSpan{Position: pick(t, "position", "rep", "Lead"), From: at, Days: number(t, "position days", 1, 200)})
	}
	if often(t, "rename", 25) {
		o.Name = fmt.Sprintf("Person %d", number(t, "name", 0, personCount-1))
		o.Key = pick(t, "key", "", fmt.Sprintf("p%d", o.Person), fmt.Sprintf("q%d", o.Person))
	}
	return o
}

func drawMetric(t *rapid.T, key string, kind metric.Kind) metric.Def {
	def := metric.Def{Key: key, Name: i18n.Same(key), Measure: metric.Measure{Kind: kind}}
	if kind == metric.Ratio {
		def.Measure.Of, def.Measure.To = pick(t, "of", "m0", "m1", "m2"), pick(t, "to", "m0", "m1", "m2")
		return def
	}
	def.Object, def.Date, def.Person = "deal", pick(t, "date", "day", "at"), pick(t, "person", "owner", "owner", "helper")
	def.Condition = pick(t, "condition", "", "", `status == "won"`, `status != "lost" && amount >= 100`, `vip || qty > 1.5`,
		`status in ["won", "new"] && !(amount < 0)`, `amount * qty > 100`, `day >= "2026-03-01"`, `at != null`)
	if often(t, "plain", 40) {
		def.Condition = pick(t, "plainly", "", "", `status == "won"`)
	}
	if often(t, "told apart", 40) {
		def.By = pick(t, "by", "status", "status", "helper")
	}
	if often(t, "follows", 25) {
		def.Condition = pick(t, "followed", followed...)
	}
	if often(t, "by territory", 15) {
		def.Person = pick(t, "territory", "account.manager", "account.parent.manager")
	}
	if often(t, "credits", 30) {
		drawCredit(t, &def)
	}
	if often(t, "names its unit", 10) {
		def.Person, def.Credit, def.CountBy = "", nil, ""
		if rapid.Bool().Draw(t, "team") {
			def.Team = "crew"
		} else {
			def.Department = "crew"
		}
	}
	if often(t, "by related day", 8) {
		def.Date = "account.since"
	}
	if kind == metric.Count {
		return def
	}
	if kind == metric.Percentile {
		def.Measure.Percent = metric.Percent(pick(t, "percentile", "90", "50%", "0.25", "100", "33.4"))
	}
	def.Measure.Value = pick(t, "value", "amount", "amount", "qty", `amount * 0.333`, `qty / 3`, `vip ? amount : amount * 2`, "account.size", `account.parent.size * amount`)
	if strings.Contains(def.Measure.Value, " ") && !strings.HasPrefix(def.Measure.Value, "qty") {
		def.Measure.Currency = pick(t, "currency", "CNY", "")
	}
	if often(t, "converts", 25) {
		drawExchange(t, &def)
	}
	if def.Measure.Currency == "" && often(t, "scaled", 30) {
		scale := uint8(number(t, "scale", 0, 4))
		def.Measure.Scale = &scale
	}
	return def
}

func drawReward(t *rapid.T) rule.Reward {
	switch number(t, "reward", 0, 7) {
	case 3:
		return rule.Reward{Kind: rule.Leave, Amount: money.MustDecimal(pick(t, "leave", "0.5", "1"))}
	case 0:
		return rule.Reward{Kind: rule.Gift, Name: i18n.T("礼品", "Gift"), Cost: money.MustDecimal(pick(t, "cost", "0", "30.50"))}
	case 1:
		return rule.Reward{Kind: rule.Points, Amount: money.MustDecimal(pick(t, "points", "5", "1.5"))}
	case 2:
		return rule.Reward{Kind: rule.Badge, Name: i18n.Same("Star"), Level: number(t, "level", 0, 3)}
	}
	return rule.Reward{Kind: rule.Cash, Amount: money.MustDecimal(pick(t, "cash", "500", "500.00", "0.01", "33.3", "100")), Currency: pick(t, "currency", "", "CNY", "")}
}

func drawPlan(t *rapid.T, key string) planOp {
	def := plan.Def{
		Key: key, Name: i18n.Same(key), Metric: pick(t, "metric", "m0", "m1", "m1", "m2", "m3", "m4", "m5", "m6", "m6", "m7", "m8", "m8", "m9", "m9", "s0", "s0", "s0", "s1"),
		Shape: pick(t, "shape", "every", "reach", "rate", "rank"), Reward: drawReward(t),
		Subject: pick(t, "subject", rule.Person, rule.Person, "", rule.Team, rule.Department),
		Period:  pick(t, "period", calendar.Week, calendar.Month, calendar.Month, calendar.Quarter, calendar.Quarter, calendar.Half, calendar.Year),
		Judged:  pick(t, "judged", plan.AtOnce, plan.AtOnce, "", plan.PeriodEnd), Rounding: pick(t, "rounding", "", money.HalfEven, money.HalfUp, money.Down, money.Up),
	}
	if def.Metric > "m2" && def.Metric != "m6" && def.Metric != "s0" { // averages, ratios and medians suit these shapes only
		def.Shape = pick(t, "shape of ratio", "reach", "rank")
	}
	if (def.Metric <= "m2" || def.Metric == "s0") && (def.Subject == "" || def.Subject == rule.Person) && often(t, "rolls up", 25) {
		def.Rollup = pick(t, "rollup", plan.Reports, plan.Tree, plan.Own)
	}
	if key != "plan0" && def.Metric <= "m2" && often(t, "builds", 18) {
		def.Earned, def.Metric = fmt.Sprintf("plan%d", number(t, "on", 0, int(key[4]-'0')-1)), ""
		if often(t, "on the first", 60) {
			def.Earned = "plan0"
		}
		def.Shape, def.Period = pick(t, "shape on another", "rate", "rate", "reach", "every", "rank"), pick(t, "longer period", calendar.Month, calendar.Quarter, calendar.Quarter, calendar.Half, calendar.Year)
	}
	if key == "plan0" && often(t, "gives everybody", 60) {
		def.Metric, def.Shape, def.Subject, def.Rollup = "m0", "every", rule.Person, ""
		def.Period, def.Reward = pick(t, "short period", calendar.Week, calendar.Month), rule.Reward{Kind: rule.Cash, Amount: money.MustDecimal("33.3")}
		return planOp{Def: def, From: -31, Params: `{"size":1,"cap":3}`}
	}
	if often(t, "lists its periods", 8) {
		def.Period = calendar.Custom
		for i := range number(t, "listed", 1, 4) {
			from := newYear + calendar.Day(i*40+number(t, "begins", -10, 10))
			def.Periods = append(def.Periods, plan.CustomPeriod{Label: fmt.Sprintf("节 %d", i), From: from, Last: from + calendar.Day(number(t, "lasts", 0, 18))})
		}
	}
	def.Audience = drawAudience(t)
	if def.Subject == rule.Person || def.Subject == "" {
		narrowAudience(t, &def.Audience)
	}
	drawAround(t, &def)
	o := planOp{Def: def, From: number(t, "from", -31, 20)}
	if often(t, "later", 30) {
		o.From = number(t, "later from", 20, 120)
	}
	if often(t, "ends", 15) {
		o.Until = o.From + number(t, "until", 1, 120)
	}
	if def.Earned == "" && often(t, "compares", 55) {
		return drawComparing(t, o)
	}
	switch def.Shape {
	case "every":
		o.Params = drawEvery(t)
	case "reach":
		o.Params = drawReach(t, &o.Def)
	case "rate":
		o.Def.Reward = rule.Reward{Kind: pick(t, "paid in", rule.Cash, rule.Cash, rule.Points)}
		o.Params = drawRate(t, &o.Def)
	case "rank":
		o.Params = drawRank(t, o.Def.Subject)
	}
	beginAtOnce(t, &o.Def)
	return o
}

// drawAround puts something around some plans: gates, parts, shares, a budget.
func drawAround(t *rapid.T, def *plan.Def) {
	if often(t, "gated", 25) {
		def.Gates = append(def.Gates, rule.Gate{
			Metric: pick(t, "gate metric", "m0", "m1", "m3", "m4", "s0"), Compare: pick(t, "gate compare", "", rule.AtLeast, rule.Above, rule.AtMost, rule.Below),
			Value: rule.Line{Decimal: money.MustDecimal(pick(t, "gate line", "1", "0.5", "100", "0"))}, Window: pick(t, "gate window", "", rule.GatePeriod, rule.GatePrevious, rule.GateQuarter, rule.GateHalf, rule.GateYear),
		})
	}
	if def.Reward.Kind != rule.Cash && def.Shape != "rate" {
		return
	}
	percent := func(name string, texts ...string) rule.Line {
		var l rule.Line
		if err := l.UnmarshalText([]byte(pick(t, name, texts...))); err != nil {
			panic(err)
		}
		return l
	}
	if often(t, "prorated", 25) {
		def.Proration = pick(t, "proration", rule.ProrateOff, rule.ProrateAmount, rule.ProrateThresholds)
	}
	if often(t, "ramped", 15) {
		def.RampOn = pick(t, "ramp on", "", rule.RampAmount, rule.RampTargets)
		def.Ramp = []rule.RampStep{{Below: 1, Percent: percent("first ramp", "30%", "50%")}, {Below: number(t, "ramp months", 2, 6), Percent: percent("second ramp", "70%", "0.333")}}
	}
	if often(t, "split", 20) {
		other := rule.SplitPart{To: pick(t, "to", rule.ToManager, rule.ToPerson), Share: percent("share", "30%")}
		if other.To == rule.ToPerson {
			other.Person = pick(t, "to whom", "p0", "p4")
		}
		if def.Subject == rule.Team || def.Subject == rule.Department {
			other = rule.SplitPart{To: rule.ToMembers, Share: other.Share, By: pick(t, "by", "", rule.ByEqual, rule.ByDays, rule.ByValue)}
		}
		def.Split = []rule.SplitPart{{To: rule.ToSelf, Share: percent("rest", "70%")}, other}
	}
	if often(t, "budgeted", 20) {
		def.Budget = &rule.Budget{Amount: money.MustDecimal(pick(t, "budget", "700", "50.5", "0.02", "5000")), Short: pick(t, "short", "", rule.ShortPart, rule.ShortNothing)}
	}
}

func drawAudience(t *rapid.T) plan.Audience {
	a := plan.Audience{Member: pick(t, "member", "", plan.AnyDay, plan.AnyDay, plan.LastDay, plan.AllDays)}
	if often(t, "persons", 15) {
		a.Persons = append(a.Persons, pick(t, "who", "p0", "p1", "Person 2", "Person 3"), "p4")
	}
	if often(t, "teams", 15) {
		a.Teams = append(a.Teams, pick(t, "team", "u2", "u3"))
	}
	if often(t, "departments", 20) {
		a.Departments = append(a.Departments, pick(t, "department", "u0", "u1"))
	}
	return a
}

// narrowAudience asks for positions and tenure.
func narrowAudience(t *rapid.T, a *plan.Audience) {
	if often(t, "by position", 12) {
		a.Positions = append(a.Positions, pick(t, "which position", "rep", "lead", "boss"))
	}
	if often(t, "by tenure", 12) {
		a.Tenure = &plan.Tenure{AtLeast: number(t, "tenure", 0, 4)}
		if a.Tenure.AtLeast == 0 || often(t, "tenure ends", 50) {
			a.Tenure.Below = a.Tenure.AtLeast + number(t, "tenure below", 1, 6)
		}
	}
}

// object writes parameters, leaving out what was not drawn.
func object(pairs ...any) string {
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		if v := pairs[i+1]; v != nil && v != "" {
			m[pairs[i].(string)] = v
		}
	}
	text, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func drawEvery(t *rapid.T) string {
	size := pick(t, "size", "1", "2", "0.5", "100", "250", "33.33")
	if often(t, "carries", 40) {
		limit, excess := any(nil), any(nil)
		if often(t, "caps", 40) {
			limit, excess = number(t, "cap", 1, 2), pick(t, "excess", "", "carry", "lapse")
		}
		return object("size", size, "remainder", "carry", "since", pick(t, "since", "", "plan", "year"), "cap", limit, "excess", excess)
	}
	free, limit := any(nil), any(nil)
	if often(t, "free", 25) {
		free = pick(t, "free", "1", "50", "0.5")
	}
	if often(t, "caps", 40) {
		limit = pick[any](t, "cap", 1, 3, "2")
	}
	return object("size", size, "free", free, "cap", limit, "round", pick(t, "round", "", "down", "up"), "remainder", pick(t, "remainder", "", "lapse"))
}

func drawReach(t *rapid.T, def *plan.Def) string {
	lines := pick(t, "lines", []string{"1", "2", "4"}, []string{"100", "200.01", "1000"}, []string{"50%", "1.5", "33.33"}, []string{"0.5"}, []string{"200"})
	var steps []any
	for _, at := range lines[:number(t, "steps", 1, len(lines))] {
		step := map[string]any{"at": at}
		if often(t, "own reward", 40) {
			step["reward"] = pick(t, "step reward",
				json.RawMessage(`{"kind":"cash","amount":"88.80"}`), json.RawMessage(`{"kind":"gift","name":"Bowl","cost":"0.00"}`),
				json.RawMessage(`{"kind":"leave","amount":"0.5"}`))
		}
		steps = append(steps, step)
	}
	return object("steps", steps, "pay", pick(t, "pay", "", "highest", "all"), "compare", pick(t, "compare", "", "at_least", "above"),
		"accumulate", drawAccumulate(t, def))
}

func drawRank(t *rapid.T, subject rule.SubjectKind) string {
	places, percent, round := any(nil), any(nil), any(nil)
	first := 2
	if often(t, "by places", 50) {
		first = number(t, "places", 1, 4)
		places = first
	} else {
		percent, round = pick[any](t, "percent", "5%", 30, "50", "33.4", "70 %"), pick(t, "round", "", "up", "down", "nearest")
	}
	minimum, share, prizes := any(nil), any(nil), []any{}
	if often(t, "has minimum", 30) {
		minimum = pick(t, "minimum", "1", "100", "0", "-50", "50%")
	}
	cash := func(amount string) any { return map[string]any{"kind": "cash", "amount": amount} }
	if often(t, "prizes", 50) {
		prizes = append(prizes, map[string]any{"place": 1, "reward": cash("1000")})
		if first > 1 {
			prizes = append(prizes, map[string]any{"place": 2, "reward": cash("100.01")})
		}
	}
	if often(t, "shares", 40) {
		share = true
	}
	within := ""
	switch subject {
	case "", rule.Person:
		within = pick(t, "within", "", "", "all", "team", "department")
	case rule.Team:
		within = pick(t, "within", "", "department")
	}
	return object("within", within, "places", places, "percent", percent, "round", round, "order", pick(t, "order", "", "desc", "asc"), "minimum", minimum,
		"ties", pick(t, "ties", "", "all", "none", "earliest"), "prizes", prizes, "share", share)
}
