package rule

import (
	"fmt"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

func (r *reach) Sentence(c Context) i18n.Text {
	p := c.period()
	zhVerb := "达到"
	if r.above {
		zhVerb = "超过"
	}
	var zh, en []string
	for i, s := range r.steps {
		line, reward := c.short(s.at.Frac()), c.rewardText(r.rewardOf(c, i))
		zh = append(zh, i18n.Glue(zhVerb, line.ZH, r.between(), "奖励", reward.ZH))
		en = append(en, r.clauseEN(c, i, p.within, reward.EN))
	}
	metric := i18n.Glue(c.group().ZH, p.adj, c.Metric.In(i18n.ZH))
	one := i18n.T(i18n.Glue(metric, strings.Join(zh, "，")), listEN(en))
	switch {
	case len(r.steps) < 2:
	case r.all:
		one.ZH, one.EN = one.ZH+"；各级都发，可累加", one.EN+"; every step reached is paid"
	default:
		one.ZH, one.EN = one.ZH+"；只发达到的最高一级", one.EN+"; only the highest step reached is paid"
	}
	more := r.runningWords()
	return i18n.T(one.ZH+"。"+more.ZH, strings.TrimSpace(one.EN+". "+more.EN))
}

// between stands between line and reward: a comma, but in a list of steps a space, for commas part the steps there.
func (r *reach) between() string {
	if len(r.steps) > 1 {
		return ""
	}
	return "，"
}

// clauseEN is one step in English: the first names metric, subject and period, the others only their lines.
func (r *reach) clauseEN(c Context, i int, within, reward string) string {
	line := r.steps[i].at.Frac()
	noun, _ := c.noun(line)
	first := i == 0
	if !c.Measure.Additive {
		return r.levelEN(c, i, within, reward)
	}
	bare := c.bare(line)
	switch g := c.group().EN; {
	case !first && r.above:
		return "passing " + bare + " earns " + reward
	case !first:
		return "reaching " + bare + " earns " + reward
	case g != "" && r.above:
		return "A " + g + " that passes " + noun + " " + within + " earns " + reward
	case g != "":
		return "A " + g + " that reaches " + noun + " " + within + " earns " + reward
	case r.above:
		return "Passing " + noun + " " + within + " earns " + reward
	}
	return "Reaching " + noun + " " + within + " earns " + reward
}

// levelEN is clauseEN for averages and ratios, which are held rather than collected.
func (r *reach) levelEN(c Context, i int, within, reward string) string {
	line := c.short(r.steps[i].at.Frac()).EN
	if r.above {
		line = "above " + line
	} else {
		line = "of at least " + line
	}
	if i > 0 {
		return strings.TrimPrefix(line, "of ") + " earns " + reward
	}
	name := c.metricEN()
	if !strings.HasSuffix(name, "s") || strings.HasSuffix(name, "ss") {
		article := "a "
		if strings.ContainsRune("aeiouAEIO", rune(name[0])) {
			article = "an "
		}
		name = article + name
	}
	head := strings.ToUpper(name[:1]) + name[1:]
	if g := c.group().EN; g != "" {
		return fmt.Sprintf("A %s with %s %s %s earns %s", g, name, line, within, reward)
	}
	return fmt.Sprintf("%s %s %s earns %s", head, line, within, reward)
}

// arithmetic shows the value against the step, and for the highest of several which one it is.
func (r *reach) arithmetic(c Context, s Subject, i int, reward Reward, amount money.Amount) []Step {
	value, line, sign := c.figure(s.Value), c.figure(r.steps[i].at.Frac()), "≥"
	if r.above {
		sign = ">"
	}
	label := i18n.T("达到目标", "The line is reached")
	if len(r.steps) > 1 {
		label = i18n.Format("达到第 %d 级", "Step %d is reached", i+1)
	}
	out := []Step{
		{i18n.T(i18n.Glue("本期", c.Metric.In(i18n.ZH)), c.Metric.In(i18n.EN)+" in the period"), value, value},
		{label, value + " " + sign + " " + line, "✓"},
	}
	if !r.all && i+1 < len(r.steps) {
		out = append(out, Step{i18n.Format("未达到第 %d 级", "Step %d is not reached", i+2), value + " " + sign + " " + c.figure(r.steps[i+1].at.Frac()), "✗"})
	}
	return append(out, c.rewardStep(reward, amount))
}

// ahead is the distance to a step.
func (r *reach) ahead(c Context, v money.Frac, i int) (money.Frac, error) {
	rest, err := r.steps[i].at.Frac().Sub(v)
	if err == nil && r.above {
		rest, err = rest.Add(c.least())
	}
	return rest, err
}

func (r *reach) Next(c Context, s Subject, _ []Subject) Progress {
	if !s.Has {
		return without()
	}
	if r.runs(c, c.At) {
		at, err := r.climb(c, s.Ref, c.At)
		if err != nil {
			return unable()
		}
		s.Value = at.total
	}
	n := r.reached(s.Value)
	if n == len(r.steps) {
		line := c.short(r.steps[n-1].at.Frac())
		reward := c.rewardText(r.rewardOf(c, n-1))
		return Progress{Value: c.bare(s.Value), Target: c.bare(r.steps[n-1].at.Frac()), Ratio: 1000, Done: true,
			Sentence: i18n.T(i18n.Glue("已达到", line.ZH, " → ", reward.ZH), line.EN+" reached → "+reward.EN)}
	}
	line := r.steps[n].at.Frac()
	rest, err := r.ahead(c, s.Value, n)
	if err != nil {
		return unable()
	}
	p := Progress{Value: c.bare(s.Value), Target: c.bare(line), Remaining: c.distance(rest), Ratio: permille(s.Value, line)}
	if p.Ratio == 1000 {
		p.Ratio = 999 // on a line that has to be passed
	}
	reward := c.rewardText(r.rewardOf(c, n))
	switch {
	case rest.IsZero():
		short := c.shortAbove(rest, line)
		p.Sentence = i18n.T(short.ZH, short.EN+" → "+reward.EN)
	default:
		p.Sentence = c.toGo(rest, reward)
	}
	return p
}

func (r *reach) WhyNot(c Context, s Subject, _ []Subject) i18n.Text {
	if !s.Has {
		return noValue
	}
	if r.runs(c, c.At) {
		at, err := r.climb(c, s.Ref, c.At)
		if err != nil {
			return tooLarge
		}
		if at.now > 0 && at.now <= at.paid {
			return i18n.Format("达到的各级在以前各期已发（累计到第 %d 级）", "every step reached was paid in an earlier period (up to step %d)", at.paid)
		}
		s.Value = at.total
	}
	if r.reached(s.Value) > 0 {
		return i18n.Text{}
	}
	rest, err := r.ahead(c, s.Value, 0)
	switch {
	case err != nil:
		return tooLarge
	case r.above:
		return c.shortAbove(rest, r.steps[0].at.Frac())
	}
	return c.shortOf(rest, r.steps[0].at.Frac())
}
