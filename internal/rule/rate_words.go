package rule

import (
	"strings"

	"laurel/internal/calendar"
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

// price says what a tier pays: 5 % / 5%, 每个 ¥10 / ¥10 each, 每满 10 个发 ¥100 / ¥100 for every full 10 deals.
func (c Context) price(t tier) i18n.Text {
	var zh, en []string
	put := func(p i18n.Text) { zh, en = append(zh, p.ZH), append(en, p.EN) }
	if t.times != nil {
		put(rate(*t.times))
	} else if t.rate != nil || t.perUnit == nil && t.pack == nil {
		d := money.Decimal{}
		if t.rate != nil {
			d = *t.rate
		}
		put(rate(d))
	}
	if t.perUnit != nil {
		p, unit := c.pay(t.perUnit.Frac()), c.Measure.Unit
		out := i18n.T(i18n.Glue("每", orElse(unit.ZH, "单位"), " ", p.ZH), p.EN+" each")
		if unit.EN != "" && !c.countable() {
			out.EN = p.EN + " a " + i18n.Singular(unit.EN)
		}
		put(out)
	}
	if t.pack != nil {
		put(c.packPrice(*t.pack))
	}
	return i18n.T(strings.Join(zh, "加"), strings.Join(en, " plus "))
}

func (c Context) packPrice(p pack) i18n.Text {
	size, pays := c.short(p.size.Frac()), c.pay(p.amount.Frac())
	out := i18n.T(i18n.Glue("每", size.ZH, "发", pays.ZH, "（不足一份按一份计"), pays.EN+" for every started "+size.EN)
	if p.full {
		out = i18n.T(i18n.Glue("每满", size.ZH, "发", pays.ZH, "（不足一份不计"), pays.EN+" for every full "+size.EN)
	}
	if p.free.Sign() > 0 {
		free := c.short(p.free.Frac())
		out = i18n.T(out.ZH+i18n.Glue("，前", free.ZH, "不计"), out.EN+" above the first "+c.bareEN(p.free.Frac()))
	}
	return i18n.T(out.ZH+"）", out.EN)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// span says which values a tier takes: 超过 ¥50,000 至 ¥100,000 / above ¥50,000 up to ¥100,000. It is empty for an only tier.
func (r *commission) span(c Context, tiers []tier, i int) i18n.Text {
	bound := func(d money.Decimal) i18n.Text {
		if r.attainment {
			p := rate(d)
			return i18n.T("目标的 "+p.ZH, p.EN+" of target")
		}
		v := d.Frac()
		if part, err := r.lines(c); err == nil {
			if held, err := v.Mul(part); err == nil {
				v = held
			}
		}
		return i18n.T(c.short(v).ZH, c.bareEN(v))
	}
	var zh, en []string
	if i > 0 {
		low := bound(*tiers[i-1].upTo)
		zh, en = append(zh, i18n.Glue("超过", low.ZH)), append(en, "above "+low.EN)
	}
	if tiers[i].upTo != nil {
		high, word := bound(*tiers[i].upTo), "至"
		if i == 0 {
			word = "不超过"
		}
		zh, en = append(zh, i18n.Glue(word, high.ZH)), append(en, "up to "+high.EN)
	}
	return i18n.T(i18n.Glue(zh...), strings.Join(en, " "))
}

func (r *commission) Sentence(c Context) i18n.Text {
	out := r.table(c)
	for _, more := range []i18n.Text{r.timesWords(), r.sumWords(), r.targetWords(c), r.accumulateWords(c), r.limits(c), r.belowWords(), r.drawWords(c)} {
		out = i18n.T(out.ZH+more.ZH, strings.TrimSpace(out.EN+" "+more.EN))
	}
	return out
}

// table is the tiers in a sentence.
func (r *commission) table(c Context) i18n.Text {
	p := c.period()
	metricZH := i18n.Glue(c.group().ZH, p.adj, c.Metric.In(i18n.ZH))
	on := c.metricEN() + c.byGroup() + " " + p.within
	if r.byField {
		return r.rowsWords(c, metricZH, on)
	}
	tiers := r.rows[0].tiers
	zhTiers, enTiers := r.tiersWords(c, tiers)
	basis := ""
	if r.attainment {
		basis = "按完成率"
	}
	var zh, en string
	switch {
	case r.multiplies:
		zh, en = r.timesTable(c, metricZH, on)
	case len(tiers) == 1:
		zh, en = onlyTier(c, tiers[0], metricZH, on)
	case r.whole:
		zh = metricZH + orElse(basis, "按") + "所到档位全额提成：" + strings.Join(zhTiers, "，")
		en = "Commission on all " + on + " at the rate of the tier reached: " + listEN(enTiers)
	default:
		zh = metricZH + basis + "分段提成：" + strings.Join(zhTiers, "，")
		en = "Commission on " + on + ", each part at its own rate: " + listEN(enTiers)
	}
	return i18n.T(zh+"。", en+".")
}

// onlyTier is a table of one tier in a sentence.
func onlyTier(c Context, t tier, metricZH, on string) (zh, en string) {
	price, p := c.price(t), c.period()
	switch {
	case t.pack != nil || t.rate != nil && t.perUnit != nil:
		zh, en = i18n.Glue(metricZH, "提成：", price.ZH), "Commission on "+on+": "+price.EN
	case t.perUnit != nil:
		paid := c.pay(t.perUnit.Frac())
		start, verb := c.eachNoun(money.Whole(1))
		zh = i18n.Glue(metricZH, "每", orElse(c.Measure.Unit.ZH, "单位"), "提成", paid.ZH)
		en = start + c.byGroup() + " " + p.within + " " + verb + " " + paid.EN
	default:
		zh, en = i18n.Glue("按", metricZH, "的", price.ZH, "提成"), "Commission of "+price.EN+" on "+on
	}
	if !t.fixed.IsZero() {
		fixed := c.pay(t.fixed.Frac())
		zh, en = zh+i18n.Glue("，另加", fixed.ZH), en+", plus "+fixed.EN
	}
	return zh, en
}

// rowsWords is a table with rows by a field: 月度销售额按客户类型分别提成：新客户 10 %；其余 3 %。
func (r *commission) rowsWords(c Context, metricZH, on string) i18n.Text {
	var zh, en []string
	tiered := false
	for _, row := range r.rows {
		name := c.valueText(row.value)
		if len(row.tiers) == 1 {
			t := row.tiers[0]
			price := c.price(t)
			z, e := i18n.Glue(name.ZH, "：", price.ZH), name.EN+": "+price.EN
			if !t.fixed.IsZero() {
				fixed := c.pay(t.fixed.Frac())
				z, e = z+i18n.Glue("（另加", fixed.ZH, "）"), e+" (plus "+fixed.EN+")"
			}
			zh, en = append(zh, z), append(en, e)
			continue
		}
		tiered = true
		z, e := r.tiersWords(c, row.tiers)
		zh, en = append(zh, i18n.Glue(name.ZH, "：", strings.Join(z, "，"))), append(en, name.EN+": "+listEN(e))
	}
	field := c.fieldText()
	out := i18n.T(i18n.Glue(metricZH, "按", field.ZH, "分别提成："+strings.Join(zh, "；")+"。"), "Commission on "+on+" by "+field.EN+": "+strings.Join(en, "; ")+".")
	if !tiered {
		return out
	}
	read, how := i18n.T("档位看全部的数", "Tiers read the whole value"), i18n.T("各段各按各档", "each part at its own rate")
	if r.ownPart {
		read = i18n.T("档位看各行自己的部分", "Tiers read each row's own part")
	}
	if r.whole {
		how = i18n.T("全额按所到的一档", "all of it at the rate of the tier reached")
	}
	return i18n.T(out.ZH+read.ZH+"，"+how.ZH+"。", out.EN+" "+read.EN+", "+how.EN+".")
}

func (r *commission) tiersWords(c Context, tiers []tier) (zh, en []string) {
	for i := range tiers {
		z, x := r.tierWords(c, tiers, i)
		zh, en = append(zh, z), append(en, x)
	}
	return zh, en
}

// tierWords is one row of the table in a sentence.
func (r *commission) tierWords(c Context, tiers []tier, i int) (zh, en string) {
	t := tiers[i]
	span, price := r.span(c, tiers, i), c.price(t)
	switch {
	case r.whole:
		zh, en = i18n.Glue(span.ZH, "按", price.ZH), price.EN+" "+span.EN
	case t.perUnit != nil || t.pack != nil || t.times != nil:
		zh, en = i18n.Glue(span.ZH, "的部分", price.ZH), price.EN+" for the part "+span.EN
	default:
		zh, en = i18n.Glue(span.ZH, "的部分", price.ZH), price.EN+" of the part "+span.EN
	}
	if t.fixed.IsZero() {
		return zh, en
	}
	fixed := c.pay(t.fixed.Frac())
	if i == 0 || r.reachedSum {
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

func (r *commission) sumWords() i18n.Text {
	if !r.reachedSum {
		return i18n.Text{}
	}
	return i18n.T("固定部分只发所到一档的。", "Only the fixed sum of the tier reached is added.")
}

// targetWords says what attainment is measured against.
func (r *commission) targetWords(c Context) i18n.Text {
	switch {
	case !r.attainment:
		return i18n.Text{}
	case r.target != nil:
		line := c.short(r.target.Frac())
		return i18n.T(i18n.Glue("目标为", line.ZH, "。"), "The target is "+line.EN+".")
	}
	return i18n.T("目标以设定的为准；没有目标时不发。", "The target is the one that was set; without one nothing is due.")
}

func (r *commission) accumulateWords(c Context) i18n.Text {
	if r.accumulate == "" {
		return i18n.Text{}
	}
	longer, p := longerText(r.accumulate), c.period()
	return i18n.T("档位看"+longer.ZH+"累计，"+p.each+"发新增的部分。", "Tiers read the running total of "+longer.EN+", and each period pays what it adds.")
}

// longerText names the period over which a rule accumulates.
func longerText(k calendar.Kind) i18n.Text {
	switch k {
	case calendar.Quarter:
		return i18n.T("本季度", "the quarter")
	case calendar.Half:
		return i18n.T("本半年", "the half-year")
	}
	return i18n.T("本年度", "the year")
}

func (r *commission) belowWords() i18n.Text {
	if !r.carry {
		return i18n.Text{}
	}
	return i18n.T("算出负数时结转，从以后各期扣除。", "An amount below zero is carried and taken off later periods.")
}

func (r *commission) drawWords(c Context) i18n.Text {
	if r.draw == nil {
		return i18n.Text{}
	}
	p, amount := c.period(), c.pay(r.draw.amount.Frac())
	zh, en := i18n.Glue(p.each+"预支", amount.ZH, "，提成更高时发提成"), "A draw of "+amount.EN+" "+p.per+" is paid where less is earned"
	if r.draw.recoverable {
		zh, en = zh+"；不足的部分从以后各期超出预支的提成中扣回", en+"; what was not earned is recovered from what later periods earn above their draw"
		if r.draw.share.Cmp(money.Decimal{Coef: 1}) < 0 {
			share := rate(r.draw.share)
			zh, en = zh+i18n.Glue("，每期最多扣", share.ZH), en+", at most "+share.EN+" of it"
		}
	}
	return i18n.T(zh+"。", en+".")
}
