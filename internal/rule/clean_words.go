package rule

import (
	"laurel/internal/i18n"
	"laurel/internal/money"
)

func (s *clean) Sentence(c Context) i18n.Text {
	p, bad, work, line := c.period(), s.badly(c), s.work(c), s.atLeast.Frac()
	reward := c.rewardText(c.paid(c.Reward))
	noun := work.nounAtLeast(line)
	none := bad.metricEN()
	if bad.countable() {
		none = countedName(none)
	}
	who := "A " + p.within[len("in a "):]
	if g := c.group().EN; g != "" {
		who = "For a " + g + ", a " + p.within[len("in a "):]
	}
	return i18n.T(
		i18n.Glue(c.group().ZH, p.each, bad.Metric.In(i18n.ZH), "为 0，且", work.Metric.In(i18n.ZH), "不少于", work.short(line).ZH, "，奖励", reward.ZH)+"。",
		who+" with no "+none+" and at least "+noun+" earns "+reward.EN+".")
}

func (s *clean) arithmetic(c Context, f figures, reward Reward, amount money.Amount) []Step {
	bad, work := s.badly(c), s.work(c)
	handled := work.figure(f.handled)
	return []Step{
		{bad.Metric, bad.figure(f.bad) + " = 0", "✓"},
		{work.Metric, handled + " ≥ " + work.figure(s.atLeast.Frac()), "✓"},
		c.rewardStep(reward, amount),
	}
}

func (s *clean) Next(c Context, x Subject, _ []Subject) Progress {
	if !x.Has || c.World == nil {
		return without()
	}
	f, err := s.figures(c, x, c.At)
	if err != nil {
		return unable()
	}
	if f.missing() {
		return without()
	}
	work, line := s.work(c), s.atLeast.Frac()
	reward, end := c.rewardText(c.paid(c.Reward)), c.period()
	p := Progress{Value: work.bare(f.handled), Target: work.bare(line)}
	switch {
	case !f.free():
		why := s.spoilt(c, f)
		p.Sentence = i18n.T(why.ZH+"，"+end.next+"重新开始", why.EN+"; it starts anew in "+end.theNext)
	case s.enough(f):
		p.Ratio, p.Done = 1000, true
		p.Sentence = i18n.T(i18n.Glue("到"+end.end+"仍无差错 → ", reward.ZH), "if it stays so until "+end.theEnd+" → "+reward.EN)
	default:
		rest, err := line.Sub(f.handled)
		if err != nil {
			return unable()
		}
		p.Remaining, p.Ratio, p.Sentence = work.distance(rest), min(999, permille(f.handled, line)), work.toGo(rest, reward)
	}
	return p
}

// spoilt says that something bad has happened: 本期输单 2 个 / 2 opportunities lost.
func (s *clean) spoilt(c Context, f figures) i18n.Text {
	bad := s.badly(c)
	return i18n.T(i18n.Glue("本期", bad.Metric.In(i18n.ZH), "已有", bad.short(f.bad).ZH), bad.Metric.In(i18n.EN)+" is "+bad.short(f.bad).EN+" instead of 0")
}

func (s *clean) WhyNot(c Context, x Subject, _ []Subject) i18n.Text {
	if !x.Has || c.World == nil {
		return noValue
	}
	f, err := s.figures(c, x, c.At)
	switch {
	case err != nil:
		return tooLarge
	case f.missing():
		return noValue
	case f.free() && s.enough(f):
		return i18n.Text{}
	case !f.free():
		return s.spoilt(c, f)
	}
	rest, err := s.atLeast.Frac().Sub(f.handled)
	if err != nil {
		return tooLarge
	}
	return s.work(c).shortOf(rest, s.atLeast.Frac())
}
