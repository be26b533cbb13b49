package rule

import (
	"fmt"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// pay writes a sum in the reward's unit for sentences: ¥500, 100 积分 / 100 points.
func (c Context) pay(d money.Frac) i18n.Text {
	if c.Reward.Kind == Cash {
		return i18n.Same(trimPlaces(exactMoney(d, c.currencyOf(c.Reward))))
	}
	text, _ := d.Text()
	return i18n.Count(i18n.Grouped(text), i18n.T("积分", "points"))
}

// payFigure writes a sum in the reward's unit for formulas.
func (c Context) payFigure(d money.Frac) string {
	if c.Reward.Kind == Cash {
		return exactMoney(d, c.currencyOf(c.Reward))
	}
	text, exact := d.Text()
	if !exact {
		text = "≈ " + text
	}
	return i18n.Grouped(text)
}

// price says what a tier pays: 5 % / 5%, 每个 ¥10 / ¥10 each.
func (c Context) price(t tier) i18n.Text {
	if t.perUnit == nil {
		return rate(t.factor())
	}
	p := c.pay(t.perUnit.Frac())
	unit := c.Measure.Unit
	out := i18n.T(i18n.Glue("每", orElse(unit.ZH, "单位"), " ", p.ZH), p.EN+" each")
	if unit.EN != "" && !c.countable() {
		out.EN = p.EN + " a " + i18n.Singular(unit.EN)
	}
	return out
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// span says which values a tier takes: 超过 ¥50,000 至 ¥100,000 / above ¥50,000 up to ¥100,000. It is empty for an only tier.
func (r *commission) span(c Context, i int) i18n.Text {
	var zh, en []string
	if i > 0 {
		low := r.tiers[i-1].upTo.Frac()
		zh, en = append(zh, i18n.Glue("超过", c.short(low).ZH)), append(en, "above "+c.bareEN(low))
	}
	if r.tiers[i].upTo != nil {
		high := r.tiers[i].upTo.Frac()
		word := "至"
		if i == 0 {
			word = "不超过"
		}
		zh, en = append(zh, i18n.Glue(word, c.short(high).ZH)), append(en, "up to "+c.bareEN(high))
	}
	return i18n.T(i18n.Glue(zh...), strings.Join(en, " "))
}

func (r *commission) Sentence(c Context) i18n.Text {
	p := c.period()
	var zh, en string
	var zhTiers, enTiers []string
	for i, t := range r.tiers {
		z, x := r.tierWords(c, i, t)
		zhTiers, enTiers = append(zhTiers, z), append(enTiers, x)
	}
	metricZH := i18n.Glue(c.group().ZH, p.adj, c.Metric.In(i18n.ZH))
	on := c.metricEN() + c.byGroup() + " " + p.within
	switch {
	case len(r.tiers) == 1:
		t := r.tiers[0]
		price := c.price(t)
		if t.perUnit != nil {
			paid := c.pay(t.perUnit.Frac())
			start, verb := c.eachNoun(money.Whole(1))
			zh = i18n.Glue(metricZH, "每", orElse(c.Measure.Unit.ZH, "单位"), "提成", paid.ZH)
			en = start + c.byGroup() + " " + p.within + " " + verb + " " + paid.EN
		} else {
			zh = i18n.Glue("按", metricZH, "的", price.ZH, "提成")
			en = "Commission of " + price.EN + " on " + on
		}
		if !t.fixed.IsZero() {
			fixed := c.pay(t.fixed.Frac())
			zh += i18n.Glue("，另加", fixed.ZH)
			en += ", plus " + fixed.EN
		}
	case r.whole:
		zh = metricZH + "按所到档位全额提成：" + strings.Join(zhTiers, "，")
		en = "Commission on all " + on + " at the rate of the tier reached: " + listEN(enTiers)
	default:
		zh = metricZH + "分段提成：" + strings.Join(zhTiers, "，")
		en = "Commission on " + on + ", each part at its own rate: " + listEN(enTiers)
	}
	zh, en = zh+"。", en+"."
	limits := r.limits(c)
	return i18n.T(zh+limits.ZH, strings.TrimSpace(en+" "+limits.EN))
}

// tierWords is one row of the table in a sentence.
func (r *commission) tierWords(c Context, i int, t tier) (zh, en string) {
	span, price := r.span(c, i), c.price(t)
	switch {
	case r.whole:
		zh, en = i18n.Glue(span.ZH, "按", price.ZH), price.EN+" "+span.EN
	case t.perUnit != nil:
		zh, en = i18n.Glue(span.ZH, "的部分", price.ZH), price.EN+" for the part "+span.EN
	default:
		zh, en = i18n.Glue(span.ZH, "的部分", price.ZH), price.EN+" of the part "+span.EN
	}
	if t.fixed.IsZero() {
		return zh, en
	}
	fixed := c.pay(t.fixed.Frac())
	if i == 0 {
		return zh + i18n.Glue("（另加", fixed.ZH, "）"), en + " (plus " + fixed.EN + ")"
	}
	return zh + i18n.Glue("（进档另加", fixed.ZH, "）"), en + " (plus " + fixed.EN + " on entering it)"
}

// listEN joins clauses in English.
func listEN(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}

func (r *commission) limits(c Context) i18n.Text {
	p := c.period()
	switch {
	case r.floor != nil && r.cap != nil:
		low, high := c.pay(r.floor.Frac()), c.pay(r.cap.Frac())
		return i18n.T(i18n.Glue(p.each+"保底", low.ZH, "，封顶", high.ZH, "。"), "At least "+low.EN+" and at most "+high.EN+" "+p.per+".")
	case r.floor != nil:
		low := c.pay(r.floor.Frac())
		return i18n.T(i18n.Glue(p.each+"保底", low.ZH, "。"), "At least "+low.EN+" "+p.per+".")
	case r.cap != nil:
		high := c.pay(r.cap.Frac())
		return i18n.T(i18n.Glue(p.each+"封顶", high.ZH, "。"), "At most "+high.EN+" "+p.per+".")
	}
	return i18n.Text{}
}

// steps is the arithmetic: a line for each part, their sum, floor, cap, and the one rounding.
func (r *commission) steps(c Context, s Subject, e earned, reward Reward) []Step {
	value := c.figure(s.Value)
	out := []Step{{i18n.T(i18n.Glue("本期", c.Metric.In(i18n.ZH)), c.Metric.In(i18n.EN)+" in the period"), value, value}}
	var terms []string
	for _, p := range e.parts {
		result := c.payFigure(p.amount)
		terms = append(terms, result)
		out = append(out, r.partStep(c, p, result))
	}
	sum := c.payFigure(e.sum)
	if len(terms) != 1 {
		formula := strings.Join(terms, " + ")
		if formula == "" {
			formula = sum
		}
		out = append(out, Step{i18n.T("合计", "Total"), formula, sum})
	}
	if total := c.payFigure(e.total); total != sum {
		label, fn, limit := i18n.T("保底", "Floor"), "max", r.floor
		if e.total.Cmp(e.sum) < 0 {
			label, fn, limit = i18n.T("封顶", "Cap"), "min", r.cap
		}
		out = append(out, Step{label, fmt.Sprintf("%s(%s, %s)", fn, sum, c.payFigure(limit.Frac())), total})
	}
	if paid := reward.Amount.Frac(); paid.Cmp(e.total) != 0 {
		out = append(out, Step{c.roundingLabel(), c.payFigure(e.total), c.payFigure(paid)})
	}
	return out
}

func (r *commission) partStep(c Context, p part, result string) Step {
	t, span := r.tiers[p.tier], r.span(c, p.tier)
	switch {
	case p.fixed && p.tier == 0:
		return Step{i18n.T("固定部分", "Fixed sum"), result, result}
	case p.fixed:
		return Step{i18n.Format("进入第 %d 档另加", "On entering tier %d", p.tier+1), result, result}
	case span.IsZero():
		span = i18n.T("提成", "Commission")
	case r.whole:
		span = i18n.T(i18n.Glue("全额（", span.ZH, "）"), "All of it ("+span.EN+")")
	default:
		span = i18n.T(i18n.Glue(span.ZH, "的部分"), "The part "+span.EN)
	}
	factor := rate(t.factor()).ZH
	if t.perUnit != nil {
		factor = c.payFigure(t.perUnit.Frac())
	}
	return Step{span, c.figure(p.of) + " × " + factor, result}
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

func (r *commission) Next(c Context, s Subject, _ []Subject) Progress {
	if !s.Has {
		return without()
	}
	e, err := r.earn(s.Value)
	if err != nil {
		return unable()
	}
	reward, _, err := c.computed(e.total)
	if err != nil {
		return unable()
	}
	got := c.pay(reward.Amount.Frac())
	p := Progress{Value: c.bare(s.Value), Ratio: 1000}
	if r.cap != nil && e.total.CmpDecimal(*r.cap) >= 0 {
		p.Done = true
		p.Sentence = i18n.T(i18n.Glue("已得", got.ZH, "，达到封顶"), got.EN+" so far, which is the cap")
		return p
	}
	i := 0
	for r.tiers[i].upTo != nil && s.Value.CmpDecimal(*r.tiers[i].upTo) >= 0 {
		i++ // on a bound, what comes next is paid by the next tier
	}
	t := r.tiers[i]
	if t.upTo == nil {
		price := c.price(t)
		p.Sentence = i18n.T(i18n.Glue("已得", got.ZH, "，往后按", price.ZH, "计"), got.EN+" so far; from here on "+price.EN)
		return p
	}
	bound := t.upTo.Frac()
	rest, err := bound.Sub(s.Value)
	if err != nil {
		return unable()
	}
	price, more := c.price(r.tiers[i+1]), c.more(rest)
	p.Target, p.Remaining, p.Ratio = c.bare(bound), c.distance(rest), permille(s.Value, bound)
	zh, en := "，往后按", " and it goes on at "
	if r.whole {
		zh, en = "，全额按", " and all of it counts at "
	}
	p.Sentence = i18n.T(i18n.Glue("已得", got.ZH, "；"+more.ZH+zh, price.ZH, "计"), got.EN+" so far; "+more.EN+en+price.EN)
	return p
}

func (r *commission) WhyNot(c Context, s Subject, _ []Subject) i18n.Text {
	if !s.Has {
		return noValue
	}
	e, err := r.earn(s.Value)
	if err != nil {
		return tooLarge
	}
	reward, _, err := c.computed(e.total)
	switch {
	case err != nil:
		return tooLarge
	case reward.Amount.Sign() > 0:
		return i18n.Text{}
	case s.Value.Sign() <= 0:
		v := c.short(s.Value)
		return i18n.T(i18n.Glue("本期为", v.ZH, "，没有可计提成的部分"), "the value is "+v.EN+", which earns no commission")
	}
	v := c.short(s.Value)
	return i18n.T(i18n.Glue("按", v.ZH, "算出的提成为 0"), "the commission on "+v.EN+" comes to nothing")
}
