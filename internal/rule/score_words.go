package rule

import (
	"fmt"
	"math/big"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// percentage reports whether scores are read as percentages: they are attainments unless every metric stands for itself.
func (s *score) percentage(c Context) bool {
	for _, p := range s.parts {
		if p.measured() || c.other(p.metric).Measure.Percent() {
			return true
		}
	}
	return false
}

// figure writes a score or an attainment: 86.5 %, or 86.5 where metrics are points as they stand.
func (s *score) figure(c Context, r *big.Rat) i18n.Text {
	f, ok := shown(r)
	if !ok {
		return i18n.Same("≈ " + r.FloatString(2))
	}
	if s.percentage(c) {
		return percentOf(f, money.HalfEven)
	}
	return i18n.Same(plain(f, 2, money.HalfEven))
}

// formula is figure for the arithmetic, marked where it had to be rounded to be written.
func (s *score) formula(c Context, r *big.Rat) string {
	text := s.figure(c, r).ZH
	places := big.NewRat(1_000_000, 1)
	if s.percentage(c) {
		places = big.NewRat(100_000_000, 1)
	}
	if !new(big.Rat).Mul(r, places).IsInt() && !strings.HasPrefix(text, "≈") {
		return "≈ " + text
	}
	return text
}

// payText is so much of the reward: ¥5,000, 50 points, or the thing itself.
func (s *score) payText(c Context, pays *big.Rat) i18n.Text {
	reward, _, paid, err := s.due(c, pays)
	if err != nil {
		return tooLarge
	}
	if !paid {
		return i18n.T("不发", "nothing")
	}
	return c.rewardText(reward)
}

func (s *score) Sentence(c Context) i18n.Text {
	p := c.period()
	var zh, en []string
	for _, part := range s.parts {
		o := c.other(part.metric)
		weight, target := rate(part.weight), i18n.Text{}
		switch {
		case part.planned:
			target = i18n.T("达成率", " against target")
		case part.target != nil:
			line := o.short(part.target.Frac())
			target = i18n.T("（目标 "+line.ZH+"）达成率", " against "+line.EN)
		}
		bounds := part.bounds()
		if part.down != "" {
			target.ZH, target.EN = target.ZH+"（越低越好）", target.EN+", less is better"
		}
		zh = append(zh, i18n.Glue(o.Metric.In(i18n.ZH), target.ZH, bounds.ZH, "占", weight.ZH))
		en = append(en, weight.EN+" "+o.metricEN()+target.EN+bounds.EN)
	}
	missing := i18n.T("没有数值的项按 0 计", "a part without a value counts 0")
	if s.spread {
		missing = i18n.T("没有数值的项，权重分给其他项", "the weight of a part without a value is spread over the others")
	}
	who := "the score of a " + strings.TrimPrefix(p.per, "a ")
	if g := c.group().EN; g != "" {
		who = "a " + g + "’s score of a " + strings.TrimPrefix(p.per, "a ")
	}
	curve := s.curveText(c)
	return i18n.T(
		i18n.Glue(c.group().ZH, p.each, "综合得分：", strings.Join(zh, "，"))+"；"+missing.ZH+"。"+curve.ZH+"。",
		sentenceOf([]string{who + " is made of " + listEN(en), missing.EN})+" "+curve.EN+".")
}

// bounds say within what a part's attainment is held.
func (p scorePart) bounds() i18n.Text {
	low := p.floor
	switch {
	case p.ceiling != nil && low.Sign() != 0:
		return i18n.T(fmt.Sprintf("（%s 至 %s）", rate(low).ZH, rate(*p.ceiling).ZH), fmt.Sprintf(" (from %s to %s)", rate(low).EN, rate(*p.ceiling).EN))
	case p.ceiling != nil:
		return i18n.T("（最高 "+rate(*p.ceiling).ZH+"）", " (up to "+rate(*p.ceiling).EN+")")
	case low.Sign() != 0:
		return i18n.T("（最低 "+rate(low).ZH+"）", " (at least "+rate(low).EN+")")
	}
	return i18n.Text{}
}

// curveText says what scores pay.
func (s *score) curveText(c Context) i18n.Text {
	if len(s.curve) == 0 {
		whole := c.rewardText(c.paid(c.Reward))
		return i18n.T(i18n.Glue("按得分的比例发放，100 % 得", whole.ZH), "It pays in proportion: 100% earns "+whole.EN)
	}
	var zh, en []string
	for _, p := range s.curve {
		at, pays := s.figure(c, decimalRat(p.at)), s.payText(c, p.amount(c))
		verb := "得"
		if p.pays.IsZero() {
			verb = ""
		}
		zh = append(zh, i18n.Glue(at.ZH, verb, pays.ZH))
		en = append(en, at.EN+" earns "+pays.EN)
	}
	out := i18n.T("得分 "+strings.Join(zh, "，"), "A score of "+listEN(en))
	if s.lines && len(s.curve) > 1 {
		out = i18n.T(out.ZH+"，两点之间按直线计算", out.EN+", on straight lines in between")
	}
	if s.below {
		first := s.figure(c, decimalRat(s.curve[0].at))
		out = i18n.T(i18n.Glue(out.ZH+"，低于", first.ZH, "不发"), out.EN+"; below "+first.EN+" nothing is earned")
	}
	return out
}

func (s *score) arithmetic(c Context, card card, pays *big.Rat, reward Reward, amount money.Amount) []Step {
	var out []Step
	var terms []string
	for i, part := range s.parts {
		a := card.parts[i]
		if a.held == nil {
			out = append(out, Step{c.other(part.metric).Metric, i18n.None, map[bool]string{true: i18n.None, false: "0"}[s.spread]})
			continue
		}
		weighted := new(big.Rat).Mul(a.held, decimalRat(part.weight))
		result := s.formula(c, weighted)
		out = append(out, Step{c.other(part.metric).Metric, s.partFormula(c, i, a) + " × " + rate(part.weight).ZH, result})
		terms = append(terms, strings.TrimPrefix(result, "≈ "))
	}
	total := s.formula(c, card.total)
	sum := strings.Join(terms, " + ")
	if card.share.Cmp(big.NewRat(1, 1)) != 0 {
		share, _ := shown(card.share)
		sum = "(" + sum + ") ÷ " + percentOf(share, money.HalfEven).ZH
	}
	out = append(out, Step{i18n.T("综合得分", "Score"), sum, total})
	if reward.Kind.counted() {
		out = append(out, s.payStep(c, card.total, pays))
	}
	return append(out, c.rewardStep(reward, amount))
}

// partFormula is how a part's attainment came about: ¥120,000.00 ÷ ¥100,000.00 = 120 % → 110 %.
func (s *score) partFormula(c Context, i int, a attained) string {
	part, o := s.parts[i], c.other(s.parts[i].metric)
	value, target := o.figure(a.value), o.figure(a.target)
	text := value
	switch {
	case part.down == "linear":
		text = "(2 − " + value + " ÷ " + target + ")"
	case part.down == "inverse":
		text = target + " ÷ " + value
	case part.measured():
		text = value + " ÷ " + target
	}
	if a.exact == nil {
		return text + " → " + s.formula(c, a.held)
	}
	if part.measured() {
		text += " = " + s.formula(c, a.exact)
	}
	if a.exact.Cmp(a.held) != 0 {
		text += " → " + s.formula(c, a.held)
	}
	return text
}

// payStep is the place on the curve.
func (s *score) payStep(c Context, total, pays *big.Rat) Step {
	result := ratText(pays)
	if f, ok := shown(pays); ok && c.Reward.Kind == Cash {
		result = exactMoney(f, c.currencyOf(c.Reward))
	}
	at := s.formula(c, total)
	if len(s.curve) == 0 {
		base := c.rewardText(c.paid(c.Reward)).ZH
		return Step{i18n.T("按得分的比例", "In proportion to the score"), base + " × " + at, result}
	}
	for i := len(s.curve) - 1; i >= 0; i-- {
		p := s.curve[i]
		if total.Cmp(decimalRat(p.at)) < 0 {
			continue
		}
		formula := at + " ≥ " + s.figure(c, decimalRat(p.at)).ZH + " → " + s.payText(c, p.amount(c)).ZH
		if s.lines && i+1 < len(s.curve) {
			next := s.curve[i+1]
			formula = fmt.Sprintf("%s ~ %s → %s ~ %s", s.figure(c, decimalRat(p.at)).ZH, s.figure(c, decimalRat(next.at)).ZH, s.payBare(c, p), s.payBare(c, next))
		}
		return Step{i18n.T("发放曲线", "Payout curve"), formula, result}
	}
	return Step{i18n.T("发放曲线", "Payout curve"), at + " < " + s.figure(c, decimalRat(s.curve[0].at)).ZH, result}
}

// payBare is what a point pays, in a formula.
func (s *score) payBare(c Context, p curvePoint) string {
	f, ok := shown(p.amount(c))
	if ok && c.Reward.Kind == Cash {
		return exactMoney(f, c.currencyOf(c.Reward))
	}
	return ratText(p.amount(c))
}

// ahead is the next point of the curve that pays more than the score does now.
func (s *score) ahead(c Context, total *big.Rat) (curvePoint, bool) {
	now := s.pay(c, total)
	for _, p := range s.curve {
		if total.Cmp(decimalRat(p.at)) < 0 && p.amount(c).Cmp(now) > 0 {
			return p, true
		}
	}
	return curvePoint{}, false
}

func (s *score) cardOf(c Context, x Subject) (card, bool, error) {
	if c.World == nil {
		return card{}, false, nil
	}
	out, err := s.card(c, x, c.At)
	return out, err == nil && out.total != nil, err
}

func (s *score) Next(c Context, x Subject, _ []Subject) Progress {
	card, has, err := s.cardOf(c, x)
	switch {
	case err != nil:
		return unable()
	case !has:
		return without()
	}
	now, pays := s.figure(c, card.total), s.payText(c, s.pay(c, card.total))
	p := Progress{Value: now.ZH, Ratio: 1000, Done: true, Sentence: i18n.T(i18n.Glue("综合得分", now.ZH, " → ", pays.ZH), "a score of "+now.EN+" → "+pays.EN)}
	next, more := s.ahead(c, card.total)
	if len(s.curve) == 0 {
		p.Done, p.Ratio = false, s.ratio(card.total, big.NewRat(1, 1))
	}
	if !more {
		return p
	}
	line := decimalRat(next.at)
	far := new(big.Rat).Sub(line, card.total)
	f, ok := shown(far)
	if !ok {
		return unable()
	}
	rest := plain(f, 2, money.Up)
	unit := i18n.T("分", "points")
	if s.percentage(c) {
		if f, err = f.Mul(money.Whole(100)); err != nil {
			return unable()
		}
		rest = plain(f, 2, money.Up)
		unit = i18n.T("个百分点", "percentage points")
	}
	p.Done, p.Target, p.Remaining, p.Ratio = false, s.figure(c, line).ZH, rest, min(999, s.ratio(card.total, line))
	distance, reward := i18n.Count(rest, unit), s.payText(c, next.amount(c))
	p.Sentence = i18n.T(i18n.Glue("得分再提高", distance.ZH, " → ", reward.ZH), distance.EN+" more of score → "+reward.EN)
	return p
}

func (s *score) ratio(part, whole *big.Rat) int {
	a, ok := shown(part)
	b, ok2 := shown(whole)
	if !ok || !ok2 {
		return 0
	}
	return permille(a, b)
}

func (s *score) WhyNot(c Context, x Subject, _ []Subject) i18n.Text {
	card, has, err := s.cardOf(c, x)
	switch {
	case err != nil:
		return tooLarge
	case !has:
		return s.lacking(c, x)
	}
	if _, _, paid, err := s.due(c, s.pay(c, card.total)); err != nil || paid {
		return i18n.Text{}
	}
	now := s.figure(c, card.total)
	if next, more := s.ahead(c, card.total); more {
		line := s.figure(c, decimalRat(next.at))
		return i18n.T(i18n.Glue("综合得分", now.ZH, "，达到", line.ZH, "才有奖励"), "the score is "+now.EN+"; a reward takes "+line.EN)
	}
	return i18n.T(i18n.Glue("综合得分", now.ZH, "，不发奖励"), "a score of "+now.EN+" earns nothing")
}

// lacking says why there is no score: no values, or no target to hold them against.
func (s *score) lacking(c Context, x Subject) i18n.Text {
	for _, part := range s.parts {
		if c.World == nil || !part.planned {
			continue
		}
		if a, err := part.attain(c, x, c.At); err == nil && a.has && a.held == nil {
			o := c.other(part.metric)
			return i18n.T(i18n.Glue("本期没有", o.Metric.In(i18n.ZH), "的目标"), "there is no target for "+o.metricEN()+" in this period")
		}
	}
	return noValue
}
