package rule

import (
	"math/big"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// opponent names what is compared with, as it follows 超过 and "above".
func (s *versus) opponent(c Context) i18n.Text {
	other := c.other(s.metric)
	figure := i18n.T(other.Metric.In(i18n.ZH), other.metricEN())
	kind := strings.TrimPrefix(c.period().per, "a ")
	switch s.against {
	case string(Company):
		return figure
	case "self":
		return i18n.T("自己的"+figure.ZH, "one’s own "+figure.EN)
	case "previous":
		before := c.period().before()
		if s.periods > 1 {
			n := i18n.Integer(s.periods)
			before = i18n.T(n+" 期前", "the "+kind+" "+n+" "+kind+"s before")
		}
		return i18n.T(i18n.Glue("自己", before.ZH, "的", figure.ZH), "one’s own "+figure.EN+" in "+before.EN)
	case "last_year":
		return i18n.T("自己去年同期的"+figure.ZH, "one’s own "+figure.EN+" in the same "+kind+" of the year before")
	case "average":
		return i18n.T("其他"+s.peers(c).ZH+"的平均", "the average of the other "+s.peers(c).EN)
	case "best":
		return i18n.T("其他"+s.peers(c).ZH+"的最好成绩", "the best of the other "+s.peers(c).EN)
	}
	name := i18n.Same(s.key)
	if called := c.Called[s.key]; !called.IsZero() {
		name = called
	} else if c.World != nil {
		if ref, ok := c.World.Find(SubjectKind(s.against), s.key); ok {
			name = i18n.Same(c.World.Name(ref))
		}
	}
	who := i18n.Quote(name)
	return i18n.T(who.ZH+"的"+figure.ZH, figure.EN+" of "+who.EN)
}

// peers are those among whom the others are.
func (s *versus) peers(c Context) i18n.Text {
	switch c.Subject {
	case Team:
		return i18n.T("团队", "teams")
	case Department:
		return i18n.T("部门", "departments")
	}
	return i18n.T("人", "people")
}

func (s *versus) Sentence(c Context) i18n.Text {
	p, rival, reward := c.period(), s.opponent(c), c.rewardText(c.paid(c.Reward))
	verb := i18n.T("超过", "above")
	if s.down {
		verb = i18n.T("低于", "below")
	}
	zh := i18n.Glue(c.group().ZH, p.adj, c.Metric.In(i18n.ZH), verb.ZH, rival.ZH)
	en := c.metricEN() + " " + p.within + " "
	if g := c.group().EN; g != "" {
		en = "a " + g + "’s " + en
	}
	if s.atLeast {
		size := s.margin.text(c)
		zh = i18n.Glue(zh, "至少", size.ZH)
		en += "at least " + size.EN + " "
	}
	en += verb.EN + " " + rival.EN + " earns " + reward.EN + "."
	return i18n.T(i18n.Glue(zh, "，奖励", reward.ZH)+"。", strings.ToUpper(en[:1])+en[1:])
}

func (s *versus) arithmetic(c Context, x Subject, o *big.Rat, reward Reward, amount money.Amount) []Step {
	value, theirs, rival := c.figure(x.Value), c.wide(o), s.opponent(c)
	out := []Step{
		{i18n.T(i18n.Glue("本期", c.Metric.In(i18n.ZH)), c.Metric.In(i18n.EN)+" in the period"), value, value},
		{i18n.T("对照："+rival.ZH, "Compared with: "+rival.EN), theirs, theirs},
	}
	if s.atLeast {
		formula, result := s.margin.formula(c, x.Value, o, s.down)
		out = append(out, Step{i18n.T("领先", "Lead"), formula, result},
			Step{i18n.T("达到幅度", "The margin is reached"), result + " ≥ " + s.margin.text(c).ZH, "✓"})
	} else {
		sign := " > "
		if s.down {
			sign = " < "
		}
		out = append(out, Step{i18n.T("超越", "Beaten"), value + sign + theirs, "✓"})
	}
	return append(out, c.rewardStep(reward, amount))
}

// cannot says why there is nothing to compare with; it is empty where there is.
func (s *versus) cannot(c Context, o rival) i18n.Text {
	name := s.opponent(c)
	switch {
	case o.same:
		return i18n.T("自己就是比较的对手", "this is the opponent itself")
	case o.value == nil:
		return i18n.T("还没有"+name.ZH+"，暂不评判", "not judged yet: there is no value for "+name.EN)
	case s.line(o) == nil:
		return i18n.T(name.ZH+"不大于 0，无法按比例比较", name.EN+" is not above 0, so there is no share of it")
	}
	return i18n.Text{}
}

// ahead is the distance to the line, and the line.
func (s *versus) ahead(c Context, v money.Frac, exact *big.Rat) (rest, line money.Frac, ok bool) {
	far := new(big.Rat).Sub(exact, ratOf(v))
	if s.down {
		far.Neg(far)
	}
	if !s.atLeast {
		far.Add(far, ratOf(c.least()))
	}
	if rest, ok = shown(far); !ok {
		return rest, line, false
	}
	line, ok = shown(exact)
	return rest, line, ok
}

func (s *versus) Next(c Context, x Subject, all []Subject) Progress {
	if !x.Has || c.World == nil {
		return without()
	}
	o, err := s.rival(c, x, c.At, all)
	if err != nil {
		return unable()
	}
	p := Progress{Value: c.bare(x.Value)}
	exact := s.line(o)
	if exact == nil {
		p.Sentence = s.cannot(c, o)
		return p
	}
	rest, line, ok := s.ahead(c, x.Value, exact)
	if !ok {
		return unable()
	}
	p.Target = c.bare(line)
	reward := c.rewardText(c.paid(c.Reward))
	if stands(x.Value, exact, s.down, !s.atLeast) {
		p.Ratio, p.Done = 1000, true
		p.Sentence = i18n.T(i18n.Glue("领先，保持到"+c.period().end, " → ", reward.ZH), "ahead; if it stays so until "+c.period().theEnd+" → "+reward.EN)
		return p
	}
	if p.Ratio = min(999, permille(x.Value, line)); s.down {
		p.Ratio = min(999, permille(line, x.Value))
	}
	p.Remaining = c.distance(rest)
	switch less := c.missing(rest); {
	case rest.IsZero():
		p.Sentence = i18n.T(i18n.Glue("已追平，再多一点", " → ", reward.ZH), "level: a little more → "+reward.EN)
	case s.down:
		p.Sentence = i18n.T(i18n.Glue("再降低", less.ZH, " → ", reward.ZH), less.EN+" less → "+reward.EN)
	default:
		p.Sentence = c.toGo(rest, reward)
	}
	return p
}

func (s *versus) WhyNot(c Context, x Subject, all []Subject) i18n.Text {
	if !x.Has || c.World == nil {
		return noValue
	}
	o, err := s.rival(c, x, c.At, all)
	if err != nil {
		return tooLarge
	}
	exact := s.line(o)
	if exact == nil {
		return s.cannot(c, o)
	}
	if stands(x.Value, exact, s.down, !s.atLeast) {
		return i18n.Text{}
	}
	rest, line, ok := s.ahead(c, x.Value, exact)
	if !ok {
		return tooLarge
	}
	rival := s.opponent(c)
	theirs, ok := shown(o.value)
	if !ok {
		return tooLarge
	}
	names := i18n.T(i18n.Glue(rival.ZH, "是", c.short(theirs).ZH), rival.EN+" is "+c.short(theirs).EN)
	if rest.IsZero() {
		return i18n.T(names.ZH+"，只是追平", names.EN+", which is only equalled")
	}
	d, l := c.missing(rest), c.short(line)
	if s.down {
		return i18n.T(i18n.Glue(names.ZH+"，还须降低", d.ZH, "，到", l.ZH, "以内"), names.EN+"; "+d.EN+" too much")
	}
	return i18n.T(i18n.Glue(names.ZH+"，还差", d.ZH), names.EN+"; "+d.EN+" short of "+map[bool]string{true: "", false: "more than "}[s.atLeast]+c.bareEN(line))
}
