package rule

import (
	"fmt"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

func (e *every) Sentence(c Context) i18n.Text {
	p, size, reward := c.period(), e.size.Frac(), c.rewardText(c.Reward)
	times, fill := c.short(size), "每满"
	switch {
	case e.up:
		fill = "每"
	case size.Cmp(money.Whole(1)) == 0 && c.Measure.Scale == 0:
		fill = "每有"
	}
	zh := i18n.Glue(c.metricZH(p.each), fill, times.ZH) + i18n.Glue("，奖励", reward.ZH)
	start, verb := c.eachNoun(size)
	if c.group().EN != "" {
		verb += " it"
	}
	en := fmt.Sprintf("%s%s %s %s %s.", start, c.byGroup(), p.within, verb, reward.EN)

	tail := e.tail(c)
	if tail.ZH != "" {
		zh += "；" + tail.ZH
	}
	if tail.EN != "" {
		en += " " + tail.EN
	}
	return i18n.T(zh+"。", en)
}

// tail says what becomes of remainders, allowances and what lies above the cap.
func (e *every) tail(c Context) i18n.Text {
	p := c.period()
	var zh, en []string
	if e.free.Sign() > 0 {
		free := c.short(e.free.Frac())
		zh = append(zh, i18n.Glue("前", free.ZH, "不计"))
		verb := " do not count"
		if c.Measure.Currency != "" {
			verb = " does not count"
		}
		en = append(en, "The first "+free.EN+verb)
	}
	switch {
	case e.up:
		size := c.short(e.size.Frac())
		zh = append(zh, i18n.Glue("不足", size.ZH, "的也算一份"))
		en = append(en, "A part of "+c.bareEN(e.size.Frac())+" counts as a whole")
	case e.carry == SinceYear:
		zh = append(zh, "余数转入"+p.next+"，到财年末清零")
		en = append(en, "The remainder is carried into "+p.theNext+" until the fiscal year ends")
	case e.carry == SincePlan:
		zh = append(zh, "余数转入"+p.next)
		en = append(en, "The remainder is carried into "+p.theNext)
	case e.size.Cmp(money.Decimal{Coef: 1}) != 0 || c.Measure.Scale > 0:
		zh = append(zh, "余数到"+p.end+"作废")
		en = append(en, "The remainder lapses at "+p.theEnd)
	}
	if e.cap > 0 {
		most := i18n.Times(e.cap)
		z, x := i18n.Glue(p.each+"最多", most.ZH), "at most "+most.EN+" "+p.per
		if e.excess {
			z, x = z+"，超出的留到以后各期", x+", and what lies above waits for later periods"
		} else if e.carry != "" {
			z, x = z+"，超出的作废", x+", and what lies above lapses"
		}
		zh, en = append(zh, z), append(en, x)
	}
	return i18n.T(strings.Join(zh, "，"), sentenceOf(en))
}

func (e *every) steps(c Context, s Subject, filled, due int64) []Step {
	if c.Bare {
		return nil
	}
	figure := c.figure(s.Value)
	out := []Step{{Label: i18n.T(i18n.Glue("本期", c.Metric.In(i18n.ZH)), c.Metric.In(i18n.EN)+" in the period"), Formula: figure, Result: figure}}
	total := s.Value
	_, later, _ := c.partBefore(s.Ref, c.At)
	if e.carry != "" || later {
		if sum, err := s.Before.Add(s.Value); err == nil {
			total = sum
		}
		label := i18n.T("加上以前各期", "With earlier periods")
		if later && e.carry == "" {
			label = i18n.T("加上本周期此前的", "With what came before in the period")
		}
		out = append(out, Step{label, c.figure(s.Before) + " + " + figure, c.figure(total)})
	}
	if e.free.Sign() > 0 {
		rest, _ := total.Sub(e.free.Frac())
		out = append(out, Step{i18n.T("减去不计的部分", "Without the free allowance"), c.figure(total) + " − " + c.figure(e.free.Frac()), c.figure(rest)})
		total = rest
	}
	size := c.short(e.size.Frac())
	label, open, shut := i18n.T(i18n.Glue("每满", size.ZH, "计一次"), "One for every "+size.EN), "⌊", "⌋"
	if e.up {
		label, open, shut = i18n.T(i18n.Glue("每", size.ZH, "计一次，不足也算"), "One for every started "+size.EN), "⌈", "⌉"
	}
	n := i18n.Integer(filled)
	out = append(out, Step{label, open + c.figure(total) + " ÷ " + c.figure(e.size.Frac()) + shut, n})
	left := filled
	if e.carry != "" {
		left = filled - s.BeforeDue
		out = append(out, Step{i18n.T("减去以前已计的次数", "Less what earlier periods settled"), n + " − " + i18n.Integer(s.BeforeDue), i18n.Integer(left)})
	}
	if e.cap > 0 && left > e.cap {
		out = append(out, Step{i18n.T("每期上限", "Cap of a period"), fmt.Sprintf("min(%s, %s)", i18n.Integer(left), i18n.Integer(e.cap)), i18n.Integer(e.cap)})
		left = e.cap
	}
	if later {
		out = append(out, Step{i18n.Format("减去按这一版 %s 之前应得的次数", "Less what this version gives for the days before %s", c.At.From), i18n.Integer(left) + " − " + i18n.Integer(s.given), i18n.Integer(due)})
	}
	return out
}

// lineStep says at which running total the reward of a number (from 0) fell due.
func (e *every) lineStep(c Context, number int64, line money.Frac) Step {
	n, sizes := number+1, number+1
	label := i18n.Format("第 %s 次在累计达到此数时", "Number %s falls due when the running total reaches", i18n.Integer(n))
	if e.up {
		sizes = number
		label = i18n.Format("第 %s 次在累计超过此数时", "Number %s falls due when the running total is above", i18n.Integer(n))
	}
	formula := i18n.Integer(sizes) + " × " + c.figure(e.size.Frac())
	if e.free.Sign() > 0 {
		formula = c.figure(e.free.Frac()) + " + " + formula
	}
	return Step{label, formula, c.figure(line)}
}

// own is the subject with what earlier periods brought, if the rule reads it at all, and what came before in the same period where only
// a part of it is judged.
func (e *every) own(c Context, s Subject) (Subject, error) {
	if e.carry == "" {
		s.Before, s.BeforeDue = money.Frac{}, 0
	}
	before, later, err := c.partBefore(s.Ref, c.At)
	if err != nil || !later {
		return s, err
	}
	then := s
	then.Value = before
	if s.Before, _, s.given, err = e.settle(then); err != nil {
		return s, err
	}
	return s, nil
}

// ahead is the running total, the line of the next reward, and the distance to it.
func (e *every) ahead(c Context, s Subject) (total, line, rest money.Frac, due int64, err error) {
	if s, err = e.own(c, s); err != nil {
		return total, line, rest, due, err
	}
	total, filled, due, err := e.settle(s)
	if err != nil {
		return total, line, rest, due, err
	}
	if line, err = e.line(max(filled, s.BeforeDue)); err != nil {
		return total, line, rest, due, err
	}
	if rest, err = line.Sub(total); err == nil && e.up {
		rest, err = rest.Add(c.least())
	}
	return total, line, rest, due, err
}

func (e *every) Next(c Context, s Subject, _ []Subject) Progress {
	if !s.Has {
		return without()
	}
	total, line, rest, due, err := e.ahead(c, s)
	if err != nil {
		return unable()
	}
	p := Progress{Value: c.bare(total)}
	if e.cap > 0 && due >= e.cap {
		p.Done, p.Ratio = true, 1000
		times := i18n.Times(due)
		p.Sentence = i18n.T(i18n.Glue("本期已得", times.ZH, "，达到上限"), "earned "+times.EN+" in this period, which is the cap")
		return p
	}
	p.Target, p.Remaining, p.Ratio = c.bare(line), c.distance(rest), permille(total, line)
	p.Sentence = c.toGo(rest, c.rewardText(c.Reward))
	return p
}

func (e *every) WhyNot(c Context, s Subject, _ []Subject) i18n.Text {
	if !s.Has {
		return noValue
	}
	_, line, rest, due, err := e.ahead(c, s)
	switch {
	case err != nil:
		return tooLarge
	case due > 0:
		return i18n.Text{}
	case e.up:
		return c.shortAbove(rest, line)
	}
	return c.shortOf(rest, line)
}
