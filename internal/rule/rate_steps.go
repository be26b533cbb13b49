package rule

import (
	"fmt"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// arithmetic collects the lines behind a commission.
type arithmetic struct {
	c     Context
	lines []Step
}

func (a *arithmetic) line(label i18n.Text, formula, result string) {
	a.lines = append(a.lines, Step{label, formula, result})
}

// shown is a line whose figure needs no formula.
func (a *arithmetic) shown(label i18n.Text, figure string) { a.line(label, figure, figure) }

// steps is the arithmetic: a line for each part, their sum, what it shares with other periods, floor, cap, draw, and the
// one rounding.
func (r *commission) steps(c Context, s Subject, acc account, reward Reward) []Step {
	a := &arithmetic{c: c}
	a.shown(i18n.T(i18n.Glue("本期", c.Metric.In(i18n.ZH)), c.Metric.In(i18n.EN)+" in the period"), c.figure(s.Value))
	r.readSteps(a, acc)
	r.partSteps(a, acc)
	r.otherPeriods(a, acc)
	r.limitSteps(a, acc)
	r.drawSteps(a, acc)
	r.laterPart(a, acc)
	switch paid := reward.Amount.Frac(); {
	case !c.Part.IsZero():
		a.shown(i18n.T("奖金", "Reward"), c.payFigure(paid))
	case paid.Cmp(acc.pays) != 0:
		a.line(c.roundingLabel(), c.payFigure(acc.pays), c.payFigure(paid))
	}
	return a.lines
}

// laterPart shows what is taken off for the days before the part of a period that is judged.
func (r *commission) laterPart(a *arithmetic, acc account) {
	if acc.already == nil {
		return
	}
	pay, day := a.c.payFigure, a.c.At.From
	a.shown(i18n.Format("减去按这一版 %s 之前应得的", "Less what this version gives for the days before %s", day), pay(*acc.already))
	formula := pay(acc.whole) + " − " + pay(*acc.already)
	if acc.whole.Cmp(*acc.already) < 0 {
		formula = "max(" + formula + ", 0)"
	}
	a.line(i18n.Format("从 %s 起新增", "Added from %s on", day), formula, pay(acc.pays))
}

// readSteps show what the tiers read.
func (r *commission) readSteps(a *arithmetic, acc account) {
	c := a.c
	if acc.already != nil && r.accumulate == "" {
		a.shown(i18n.T("本周期累计", "Running total of the whole period"), c.figure(acc.total))
	}
	if r.accumulate != "" {
		longer := longerText(r.accumulate)
		a.shown(i18n.T(longer.ZH+"累计", "Running total of "+longer.EN), c.figure(acc.total))
	}
	if acc.target != nil {
		a.shown(i18n.T("目标", "Target"), c.figure(*acc.target))
		if q, err := acc.total.Div(*acc.target); err == nil {
			a.line(i18n.T("完成率", "Attainment"), c.figure(acc.total)+" ÷ "+c.figure(*acc.target), percentFigure(q))
		}
	}
	for i, v := range acc.now.rows {
		if !v.IsZero() {
			name := c.valueText(r.rows[i].value)
			a.shown(i18n.T(i18n.Glue("其中", name.ZH), "Of this, "+name.EN), c.figure(v))
		}
	}
}

// percentFigure is a fraction as a percentage in formulas, marked where it does not end.
func percentFigure(v money.Frac) string {
	text := percentOf(v, money.HalfEven).ZH
	if hundredfold, err := v.Mul(money.Whole(100)); err == nil {
		if _, exact := hundredfold.Text(); exact {
			return text
		}
	}
	return "≈ " + text
}

func (r *commission) partSteps(a *arithmetic, acc account) {
	var terms []string
	for _, p := range acc.now.parts {
		result := a.c.payFigure(p.amount)
		terms = append(terms, result)
		step := r.partStep(a.c, p, result)
		if r.byField {
			name := a.c.valueText(r.rows[p.row].value)
			step.Label = i18n.T(name.ZH+"："+step.Label.ZH, name.EN+": "+i18n.Inline(step.Label.EN))
		}
		a.lines = append(a.lines, step)
	}
	if len(terms) == 1 {
		return
	}
	sum := a.c.payFigure(acc.now.sum)
	formula := strings.Join(terms, " + ")
	if formula == "" {
		formula = sum
	}
	a.line(i18n.T("合计", "Total"), formula, sum)
}

func (r *commission) partStep(c Context, p part, result string) Step {
	tiers := r.rows[p.row].tiers
	t, span := tiers[p.tier], r.span(c, tiers, p.tier)
	switch {
	case p.by == bySum && (p.tier == 0 || r.reachedSum):
		return Step{i18n.T("固定部分", "Fixed sum"), result, result}
	case p.by == bySum:
		return Step{i18n.Format("进入第 %d 档另加", "On entering tier %d", p.tier+1), result, result}
	case span.IsZero():
		span = i18n.T("提成", "Commission")
		if r.multiplies {
			span = i18n.T("乘数带来的差额", "What the multiplier adds")
		}
	case r.whole:
		span = i18n.T(i18n.Glue("全额（", span.ZH, "）"), "All of it ("+span.EN+")")
	default:
		span = i18n.T(i18n.Glue(span.ZH, "的部分"), "The part "+span.EN)
	}
	switch p.by {
	case byTimes:
		return Step{span, timesFormula(c, p, t), result}
	case byPackage:
		return Step{span, packFormula(c, p, *t.pack), result}
	case byUnit:
		return Step{span, c.figure(p.of) + " × " + c.payFigure(t.perUnit.Frac()), result}
	}
	return Step{span, c.figure(p.of) + " × " + rate(*t.rate).ZH, result}
}

// packFormula is ⌈(121 − 10) ÷ 10⌉ × ¥100.00.
func packFormula(c Context, p part, pk pack) string {
	units := c.figure(p.units)
	if pk.free.Sign() > 0 {
		units = "(" + units + " − " + c.figure(pk.free.Frac()) + ")"
	}
	open, shut := "⌈", "⌉"
	if pk.full {
		open, shut = "⌊", "⌋"
	}
	return open + units + " ÷ " + c.figure(pk.size.Frac()) + shut + " × " + c.payFigure(pk.amount.Frac())
}

// otherPeriods show what earlier periods of the running total had brought, and what is carried below zero.
func (r *commission) otherPeriods(a *arithmetic, acc account) {
	pay := a.c.payFigure
	if r.accumulate != "" {
		a.shown(i18n.T("截至上期的累计提成", "Commission on the running total before"), pay(acc.before))
		a.line(i18n.T("本期新增", "Added in the period"), pay(acc.now.sum)+" − "+pay(acc.before), pay(acc.gross))
	}
	net := acc.gross
	if !acc.brought.below.IsZero() {
		net, _ = acc.gross.Add(acc.brought.below) // settle has added them without overflow
		a.line(i18n.T("扣除以前各期结转", "Less what earlier periods carried"), pay(acc.gross)+" + "+pay(acc.brought.below), pay(net))
	}
	if net.Sign() >= 0 || r.multiplies {
		return
	}
	label := i18n.T("负数按 0 计", "Below zero counts as 0")
	if r.carry {
		label = i18n.T("负数结转到以后各期", "Below zero is carried to later periods")
	}
	a.line(label, fmt.Sprintf("max(%s, %s)", pay(net), pay(acc.net)), pay(acc.net))
}

func (r *commission) limitSteps(a *arithmetic, acc account) {
	pay := a.c.payFigure
	if acc.earned.Cmp(acc.net) == 0 {
		return
	}
	label, fn, limit := i18n.T("保底", "Floor"), "max", r.floor
	if acc.earned.Cmp(acc.net) < 0 {
		label, fn, limit = i18n.T("封顶", "Cap"), "min", r.cap
	}
	a.line(label, fmt.Sprintf("%s(%s, %s)", fn, pay(acc.net), pay(limit.Frac())), pay(acc.earned))
}

// drawSteps show earned, draw, what was owed, what is recovered, and what is owed after.
func (r *commission) drawSteps(a *arithmetic, acc account) {
	if r.draw == nil {
		return
	}
	pay, amount := a.c.payFigure, r.draw.amount.Frac()
	a.shown(i18n.T("本期提成", "Earned"), pay(acc.earned))
	a.shown(i18n.T("预支", "Draw"), pay(amount))
	if r.draw.recoverable {
		a.shown(i18n.T("此前未扣回的预支", "Owed before"), pay(acc.brought.owed))
		formula := pay(acc.recovered)
		if !acc.recovered.IsZero() {
			formula = fmt.Sprintf("min(%s, (%s − %s) × %s)", pay(acc.brought.owed), pay(acc.earned), pay(amount), rate(r.draw.share).ZH)
		}
		a.line(i18n.T("本期扣回", "Recovered"), formula, pay(acc.recovered))
		owed := pay(acc.brought.owed) + " − " + pay(acc.recovered)
		if acc.earned.Cmp(amount) < 0 {
			owed = fmt.Sprintf("%s + (%s − %s)", pay(acc.brought.owed), pay(amount), pay(acc.earned))
		}
		a.line(i18n.T("期末未扣回的预支", "Owed after"), owed, pay(acc.left.owed))
	}
	formula := fmt.Sprintf("max(%s, %s)", pay(acc.earned), pay(amount))
	if !acc.recovered.IsZero() {
		formula += " − " + pay(acc.recovered)
	}
	a.line(i18n.T("本期发放", "Paid"), formula, pay(acc.pays))
}

// roundingLabel names the plan's rounding to the unit in which the reward is paid.
func (c Context) roundingLabel() i18n.Text {
	unit := i18n.T("到最小货币单位", "to the smallest unit of the currency")
	if c.Reward.Kind != Cash {
		unit = i18n.T("到整数", "to whole points")
	}
	switch c.Rounding {
	case money.HalfUp:
		return i18n.T("四舍五入"+unit.ZH, "Rounded half up "+unit.EN)
	case money.Down:
		return i18n.T("舍去尾数"+unit.ZH, "Rounded down "+unit.EN)
	case money.Up:
		return i18n.T("进位"+unit.ZH, "Rounded up "+unit.EN)
	}
	return i18n.T("四舍六入五成双"+unit.ZH, "Rounded half to even "+unit.EN)
}
