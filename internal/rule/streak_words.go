package rule

import (
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
)

// spans are the words for so many periods: 3 个季度 / 3 quarters.
func (c Context) spans(n int64) i18n.Text {
	p := c.period()
	zh := map[calendar.Kind]string{calendar.Week: "周", calendar.Month: "个月", calendar.Quarter: "个季度", calendar.Half: "个半年", calendar.Year: "年"}[c.Period]
	if zh == "" {
		zh = "期"
	}
	return i18n.Count(i18n.Integer(n), i18n.T(zh, strings.TrimPrefix(p.per, "a ")+"s"))
}

// token is the reward that stands for none in the nested rule's own words, out of which it is cut again.
var token = Reward{Kind: Title, Name: i18n.Same("\x01")}

// inWords is the context in which the nested rule speaks.
func (s *streak) inWords(c Context) Context {
	if s.computes() {
		return s.inner(c)
	}
	c.Reward = token
	return c
}

// bareText cuts the nested rule's reward out of what it says.
func (s *streak) bareText(c Context, t i18n.Text) i18n.Text {
	reward := c.rewardText(token)
	for _, with := range []string{"，奖励", "奖励", "，得", "得", " → ", ""} {
		t.ZH = strings.ReplaceAll(t.ZH, with+reward.ZH, "")
	}
	for _, with := range []string{" each earn ", " earns ", " earn ", " → ", ""} {
		t.EN = strings.ReplaceAll(t.EN, with+reward.EN, "")
	}
	return i18n.T(strings.TrimRight(t.ZH, "。"), strings.TrimRight(t.EN, "."))
}

// condition is the nested rule in words, without a reward.
func (s *streak) condition(c Context) i18n.Text {
	in := s.inWords(c)
	if r, ok := s.rule.(*score); ok && !s.computes() && len(r.curve) == 0 {
		in = s.inner(c)
	}
	return s.bareText(in, s.rule.Sentence(in))
}

func (s *streak) Sentence(c Context) i18n.Text {
	times, condition, reward := c.spans(s.times), s.condition(c), c.rewardText(c.paid(c.Reward))
	then := map[string]i18n.Text{
		"again": i18n.T("之后重新计数", "then the count starts again"),
		"every": i18n.T("之后每多一期再奖励一次", "every further one earns it again"),
		"once":  i18n.T("只奖励一次", "it is earned only once"),
	}[s.then]
	out := i18n.T(
		i18n.Glue(c.group().ZH, "连续", times.ZH, "满足“", condition.ZH, "”，奖励", reward.ZH)+"；"+then.ZH,
		times.EN+" in a row of “"+i18n.Inline(condition.EN)+"” earn "+reward.EN+"; "+then.EN)
	if g := c.group().EN; g != "" {
		out.EN = "For a " + g + ", " + times.EN + " in a row of “" + i18n.Inline(condition.EN) + "” earn " + reward.EN + "; " + then.EN
	}
	if s.skip != nil {
		m := c.other(s.skip.metric)
		line := i18n.T("整期", "the whole period")
		if s.skip.atLeast != nil {
			line = m.short(s.skip.atLeast.Frac())
			line.EN = "at least " + line.EN
			line.ZH = i18n.Glue("不少于", line.ZH)
		}
		out = i18n.T(i18n.Glue(out.ZH+"；", m.Metric.In(i18n.ZH), line.ZH, "的周期跳过，不算也不中断"), out.EN+"; a period with "+m.metricEN()+" of "+line.EN+" is passed over")
	}
	return i18n.T(out.ZH+"。", out.EN+".")
}

// mostShown is how many periods of a streak its arithmetic names.
const mostShown = 12

// arithmetic shows the periods of the streak, and how the last of them was met.
func (s *streak) arithmetic(c Context, x Subject, p calendar.Period, n count, reward Reward, amount money.Amount) ([]Step, error) {
	labels := []string{p.Label + " ✓"}
	for q, ok := c.World.Back(p, 1); ok && int64(len(labels)) <= n.length && len(labels) < mostShown && q.From >= c.World.Start(); q, ok = c.World.Back(q, 1) {
		past, err := c.World.Subject("", x.Ref, q)
		if err != nil {
			return nil, err
		}
		o, _, err := s.outcome(earlier(c), past, q)
		if err != nil {
			return nil, err
		}
		if o == met {
			labels = append(labels, q.Label+" ✓")
		}
	}
	if int64(len(labels)) <= n.length {
		labels = append(labels, "…")
	}
	slices.Reverse(labels)
	inner := s.inWords(c)
	inner.At, inner.Bare = p, false
	dues, err := s.rule.Evaluate(p, inner, []Subject{x})
	if err != nil {
		return nil, err
	}
	var out []Step
	if len(dues) > 0 && len(dues[0].Steps) > 1 {
		out = dues[0].Steps[:len(dues[0].Steps)-1] // without the reward, which stands for none
	}
	out = append(out[:len(out):len(out)], Step{i18n.T("连续达标", "Met in a row"), strings.Join(labels, " · "), i18n.Integer(n.length + 1)})
	return append(out, c.rewardStep(reward, amount)), nil
}

// now is how the streak stands with the judged period: the count before it, and what the period does.
func (s *streak) now(c Context, x Subject) (n count, o outcome, err error) {
	if n, err = s.before(c, x.Ref, c.At); err != nil {
		return n, broken, err
	}
	o, _, err = s.outcome(c, x, c.At)
	return n, o, err
}

func (s *streak) Next(c Context, x Subject, _ []Subject) Progress {
	if c.World == nil {
		return without()
	}
	n, o, err := s.now(c, x)
	if err != nil {
		return unable()
	}
	reward := c.rewardText(c.paid(c.Reward))
	length := n.length
	if o == met {
		length++
	}
	_, pays := s.after(n, met)
	p := Progress{Value: i18n.Integer(length), Target: i18n.Integer(s.times), Ratio: int(min(999, 1000*length/s.times))}
	has := c.spans(length)
	switch {
	case s.then == "once" && n.paid:
		p.Ratio, p.Done, p.Sentence = 1000, true, i18n.T("已得到这份奖励，只奖励一次", "earned already; it is earned only once")
		return p
	case o == met && pays:
		p.Ratio, p.Done = 1000, true
		p.Sentence = i18n.T(i18n.Glue("已连续", has.ZH, " → ", reward.ZH), has.EN+" in a row → "+reward.EN)
		return p
	}
	rest := max(1, s.times-length)
	p.Remaining = i18n.Integer(rest)
	more := c.spans(rest)
	p.Sentence = i18n.T(i18n.Glue("已连续", has.ZH, "，再连续", more.ZH, " → ", reward.ZH), has.EN+" in a row, "+more.EN+" more → "+reward.EN)
	if o != met {
		in := s.inWords(c)
		next := s.bareText(in, s.rule.Next(in, x, nil).Sentence)
		p.Sentence = i18n.T(p.Sentence.ZH+"；本期："+next.ZH, p.Sentence.EN+"; this period: "+next.EN)
	}
	return p
}

func (s *streak) WhyNot(c Context, x Subject, _ []Subject) i18n.Text {
	if c.World == nil {
		return noValue
	}
	n, o, err := s.now(c, x)
	if err != nil {
		return tooLarge
	}
	switch o {
	case passed:
		return i18n.T("本期请假，跳过不计", "on leave in this period, which is passed over")
	case broken:
		in := s.inWords(c)
		why := s.bareText(in, s.rule.WhyNot(in, x, nil))
		return i18n.T("本期未达标："+why.ZH, "not met in this period: "+why.EN)
	}
	if _, pays := s.after(n, met); pays {
		return i18n.Text{}
	}
	if s.then == "once" && n.paid {
		return i18n.T("只奖励一次，已经得过", "it is earned only once, and was")
	}
	has, all := c.spans(n.length+1), c.spans(s.times)
	return i18n.T(i18n.Glue("才连续", has.ZH, "，连续", all.ZH, "才有奖励"), "only "+has.EN+" in a row; a reward takes "+all.EN)
}
