package rule

import (
	"laurel/internal/i18n"
	"laurel/internal/money"
)

// noTarget is said where tiers are on attainment and nobody has set what is to be attained.
var noTarget = i18n.T("没有设定目标，无法计算完成率", "no target has been set, so there is no attainment")

func (r *commission) Next(c Context, s Subject, _ []Subject) Progress {
	if !s.Has {
		return without()
	}
	a, err := r.account(c, s, c.At)
	if err != nil {
		return unable()
	}
	if a.untargeted {
		return Progress{Value: c.bare(s.Value), Sentence: noTarget}
	}
	reward, _, err := c.computed(a.pays)
	if err != nil {
		return unable()
	}
	paid := c.pay(reward.Amount.Frac())
	got := i18n.T(i18n.Glue("已得", paid.ZH), paid.EN+" so far")
	if r.multiplies && a.pays.Sign() < 0 {
		taken, err := money.Frac{}.Sub(a.pays)
		if err != nil {
			return unable()
		}
		off := c.pay(taken)
		got = i18n.T(i18n.Glue("已扣减", off.ZH), off.EN+" taken off so far")
	}
	if r.draw != nil && a.earned.CmpDecimal(r.draw.amount) < 0 {
		own := c.pay(a.earned)
		got = i18n.T(i18n.Glue("已挣", own.ZH, "，按预支发", paid.ZH), own.EN+" earned so far, the draw of "+paid.EN+" is paid")
	}
	p := Progress{Value: c.bare(a.total), Ratio: 1000}
	if r.cap != nil && a.net.CmpDecimal(*r.cap) >= 0 {
		p.Done = true
		p.Sentence = i18n.T(got.ZH+"，达到封顶", got.EN+", which is the cap")
		return p
	}
	return r.nextTier(c, a, p, got)
}

// nextTier says how much more it takes to the next tier, and what is paid there. Rows by a field that read their own parts
// have no one next tier; of those that read the whole value it is the nearest.
func (r *commission) nextTier(c Context, a account, p Progress, got i18n.Text) Progress {
	p.Sentence = got
	if r.ownPart {
		return p
	}
	b := a.basis()
	row, at := -1, 0
	for i := range r.rows {
		bounds, err := b.bounds(r.rows[i].tiers)
		if err != nil {
			return unable()
		}
		k := 0
		for k < len(bounds) && a.total.Cmp(bounds[k]) >= 0 {
			k++ // on a bound, what comes next is paid by the next tier
		}
		if k == len(bounds) {
			continue
		}
		bound := bounds[k]
		rest, err := bound.Sub(a.total)
		if err != nil {
			return unable()
		}
		if row >= 0 {
			nearest, _ := b.bound(r.rows[row].tiers[at]) // was told just before
			if bound.Cmp(nearest) >= 0 {
				continue
			}
		}
		row, at = i, k
		p.Target, p.Remaining, p.Ratio = c.bare(bound), c.distance(rest), permille(a.total, bound)
		price, more := c.price(r.rows[i].tiers[k+1]), c.more(rest)
		zh, en := "，往后按", " and it goes on at "
		switch {
		case r.byField:
			p.Sentence = i18n.T(got.ZH+"；"+more.ZH+"，进入下一档", got.EN+"; "+more.EN+" to the next tier")
			continue
		case r.whole:
			zh, en = "，全额按", " and all of it counts at "
		}
		p.Sentence = i18n.T(got.ZH+i18n.Glue("；"+more.ZH+zh, price.ZH, "计"), got.EN+"; "+more.EN+en+price.EN)
	}
	if row < 0 && !r.byField {
		last := r.rows[0].tiers[len(r.rows[0].tiers)-1]
		price := c.price(last)
		p.Sentence = i18n.T(got.ZH+i18n.Glue("，往后按", price.ZH, "计"), got.EN+"; from here on "+price.EN)
	}
	return p
}

func (r *commission) WhyNot(c Context, s Subject, _ []Subject) i18n.Text {
	if !s.Has {
		return noValue
	}
	a, err := r.account(c, s, c.At)
	if err != nil {
		return tooLarge
	}
	if a.untargeted {
		return noTarget
	}
	reward, _, err := c.computed(a.pays)
	switch {
	case err != nil:
		return tooLarge
	case reward.Amount.Sign() > 0 || reward.Amount.Sign() < 0 && r.multiplies:
		return i18n.Text{}
	case a.gross.Sign() > 0 && a.brought.below.Sign() < 0:
		got, carried := c.pay(a.gross), c.pay(a.brought.below)
		return i18n.T(i18n.Glue("本期提成", got.ZH, "，还不够抵扣以前各期结转的", carried.ZH), "the commission of "+got.EN+" does not make up for the "+carried.EN+" that earlier periods carried")
	case s.Value.Sign() <= 0:
		v := c.short(s.Value)
		return i18n.T(i18n.Glue("本期为", v.ZH, "，没有可计提成的部分"), "the value is "+v.EN+", which earns no commission")
	}
	v := c.short(s.Value)
	return i18n.T(i18n.Glue("按", v.ZH, "算出的提成为 0"), "the commission on "+v.EN+" comes to nothing")
}
