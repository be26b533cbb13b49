package rule

import (
	"math/big"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
)

// before names a kind of period one earlier: 上一季 / the previous quarter.
func (p periodWords) before() i18n.Text {
	zh := strings.Replace(p.next, "下", "上", 1)
	return i18n.T(zh, "the previous "+strings.TrimPrefix(p.per, "a "))
}

// nounAtLeast is noun after "at least": 5 deals closed, 1 of the deals closed.
func (c Context) nounAtLeast(v money.Frac) string {
	noun, plural := c.noun(v)
	if !plural && c.countable() {
		return c.figure(v) + " of the " + countedName(c.metricEN())
	}
	return noun
}

// baseText names what is compared with: 上一季 / in the previous quarter.
func (s *improve) baseText(c Context) i18n.Text {
	p := c.period()
	kind := strings.TrimPrefix(p.per, "a ")
	switch s.against {
	case "last_year":
		return i18n.T("去年同期", "in the same "+kind+" of the year before")
	case "mean":
		n := i18n.Integer(s.periods)
		return i18n.T(i18n.Glue("前", n, "期的平均"), "on average in the "+n+" "+kind+"s before")
	case "fixed":
		line := c.short(s.baseline.Frac())
		return i18n.T(i18n.Glue("基线", line.ZH), "the baseline of "+line.EN)
	}
	t := p.before()
	return i18n.T(t.ZH, "in "+t.EN)
}

func (s *improve) Sentence(c Context) i18n.Text {
	p, base := c.period(), s.baseText(c)
	verb, adjective := "提升", "higher"
	if s.down {
		verb, adjective = "降低", "lower"
	}
	least := i18n.T("至少", "at least ")
	if s.above {
		least = i18n.T("超过", "more than ")
	}
	var zh, en []string
	for i, g := range s.steps {
		size, reward := g.text(c), c.rewardText(s.rewardOf(c, i))
		between := "，"
		if len(s.steps) > 1 {
			between = ""
		}
		zh = append(zh, i18n.Glue(verb+least.ZH, size.ZH, between, "奖励", reward.ZH))
		if i == 0 {
			en = append(en, least.EN+size.EN+" "+adjective+" than "+base.EN+" earns "+reward.EN)
		} else {
			en = append(en, least.EN+size.EN+" earns "+reward.EN)
		}
	}
	who := c.metricEN() + " " + p.within + " that is "
	if g := c.group().EN; g != "" {
		who = "a " + g + "’s " + who
	}
	who = strings.ToUpper(who[:1]) + who[1:]
	out := i18n.T(i18n.Glue(c.group().ZH, p.adj, c.Metric.In(i18n.ZH), "比", base.ZH, strings.Join(zh, "，")), who+listEN(en))
	if len(s.steps) > 1 {
		if s.all {
			out = i18n.T(out.ZH+"；各级都发，可累加", out.EN+"; every step reached is paid")
		} else {
			out = i18n.T(out.ZH+"；只发达到的最高一级", out.EN+"; only the highest step reached is paid")
		}
	}
	if s.minimum != nil {
		m := c.other(s.minimum.metric)
		line := s.minimum.atLeast.Frac()
		out = i18n.T(i18n.Glue(out.ZH+"；参与比较的每一期", m.Metric.In(i18n.ZH), "都须不少于", m.short(line).ZH), out.EN+"; every period that is compared needs at least "+m.nounAtLeast(line))
	}
	return i18n.T(out.ZH+"。", out.EN+".")
}

func (s *improve) arithmetic(c Context, x Subject, base *big.Rat, i int, reward Reward, amount money.Amount) []Step {
	value, before := c.figure(x.Value), c.wide(base)
	sign := "≥"
	if s.above {
		sign = ">"
	}
	g := s.steps[i]
	formula, result := g.formula(c, x.Value, base, s.down)
	label := i18n.T("提升", "Improvement")
	if s.down {
		label = i18n.T("降低", "Reduction")
	}
	name := s.baseText(c)
	return []Step{
		{i18n.T(i18n.Glue("本期", c.Metric.In(i18n.ZH)), c.Metric.In(i18n.EN)+" in the period"), value, value},
		{i18n.T("对照："+name.ZH, "Compared with: "+strings.TrimPrefix(name.EN, "in ")), before, before},
		{label, formula, result},
		{i18n.T("达到幅度", "The margin is reached"), result + " " + sign + " " + g.text(c).ZH, "✓"},
		c.rewardStep(reward, amount),
	}
}

// cannot says why a subject cannot be compared; it is empty where it can.
func (s *improve) cannot(c Context, o compared, p calendar.Period) i18n.Text {
	base := s.baseText(c)
	switch {
	case o.scant != nil:
		m, line := c.other(s.minimum.metric), s.minimum.atLeast.Frac()
		has := i18n.T("没有数值", "has no value")
		if o.has.Has {
			has = i18n.T("只有 "+m.short(o.has.Value).ZH, "is only "+m.short(o.has.Value).EN)
		}
		label := o.scant.Label
		if label == p.Label {
			return i18n.T(i18n.Glue("本期", m.Metric.In(i18n.ZH), has.ZH+"，须不少于", m.short(line).ZH, "才比较"),
				m.Metric.In(i18n.EN)+" "+has.EN+" in this period; it needs at least "+m.short(line).EN)
		}
		return i18n.T(i18n.Glue(i18n.Period(label).ZH, m.Metric.In(i18n.ZH), has.ZH+"，须不少于", m.short(line).ZH, "才比较"),
			m.Metric.In(i18n.EN)+" "+has.EN+" in "+i18n.Period(label).EN+"; it needs at least "+m.short(line).EN)
	case o.zero:
		return i18n.T("对照值（"+base.ZH+"）不大于 0，无法按比例比较", "what it is compared with ("+strings.TrimPrefix(base.EN, "in ")+") is not above 0, so there is no share of it")
	case o.base == nil:
		return i18n.T("没有可以对照的数值（"+base.ZH+"）", "there is no value to compare with ("+strings.TrimPrefix(base.EN, "in ")+")")
	}
	return i18n.Text{}
}

// ahead is the distance to a step's line, and the line.
func (s *improve) ahead(c Context, v money.Frac, base *big.Rat, i int) (rest, line money.Frac, ok bool) {
	exact := s.steps[i].line(base, s.down)
	far := new(big.Rat).Sub(exact, ratOf(v))
	if s.down {
		far.Neg(far)
	}
	if s.above {
		far.Add(far, ratOf(c.least()))
	}
	if rest, ok = shown(far); !ok {
		return rest, line, false
	}
	line, ok = shown(exact)
	return rest, line, ok
}

func (s *improve) Next(c Context, x Subject, _ []Subject) Progress {
	if !x.Has || c.World == nil {
		return without()
	}
	o, err := s.compare(c, x, c.At)
	if err != nil {
		return unable()
	}
	p := Progress{Value: c.bare(x.Value)}
	if o.base == nil {
		p.Sentence = s.cannot(c, o, c.At)
		return p
	}
	n := s.reached(x.Value, o.base)
	at := min(n, len(s.steps)-1)
	rest, line, ok := s.ahead(c, x.Value, o.base, at)
	if !ok {
		return unable()
	}
	p.Target = c.bare(line)
	reward := c.rewardText(s.rewardOf(c, at))
	if n == len(s.steps) {
		p.Ratio, p.Done = 1000, true
		p.Sentence = i18n.T(i18n.Glue("保持到"+c.period().end, " → ", reward.ZH), "if it stays so until "+c.period().theEnd+" → "+reward.EN)
		return p
	}
	p.Remaining, p.Ratio = c.distance(rest), min(999, permille(x.Value, line))
	p.Sentence = c.toGo(rest, reward)
	if s.down {
		p.Ratio = min(999, permille(line, x.Value))
		less := c.missing(rest)
		p.Sentence = i18n.T(i18n.Glue("再降低", less.ZH, " → ", reward.ZH), less.EN+" less → "+reward.EN)
	}
	return p
}

func (s *improve) WhyNot(c Context, x Subject, _ []Subject) i18n.Text {
	if !x.Has || c.World == nil {
		return noValue
	}
	o, err := s.compare(c, x, c.At)
	if err != nil {
		return tooLarge
	}
	if o.base == nil {
		return s.cannot(c, o, c.At)
	}
	if s.reached(x.Value, o.base) > 0 {
		return i18n.Text{}
	}
	rest, line, ok := s.ahead(c, x.Value, o.base, 0)
	if !ok {
		return tooLarge
	}
	if s.down {
		d, l := c.missing(rest), c.short(line)
		return i18n.T(i18n.Glue("还须降低", d.ZH, "，到", l.ZH, "才有奖励"), d.EN+" above "+l.EN)
	}
	if s.above {
		return c.shortAbove(rest, line)
	}
	return c.shortOf(rest, line)
}
