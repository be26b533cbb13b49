package rule

import (
	"fmt"
	"slices"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

var votes = i18n.T("票", "votes")

func (n *nominate) Sentence(c Context) i18n.Text {
	p := c.period()
	who := i18n.T("同事投票", "colleagues vote")
	if n.onlyJury {
		who = i18n.T("评委投票", "the jury votes")
	}
	places := i18n.Integer(n.places)
	out := i18n.T(i18n.Glue(p.each, who.ZH, "，得票最多的", places, "人"), "In each "+strings.TrimPrefix(p.per, "a ")+" "+who.EN+": ")
	zh, en := n.prizeWords(c)
	out = i18n.T(out.ZH+zh, out.EN+en)
	rules := []i18n.Text{i18n.T("每人一票，不能投自己", "everybody has one vote, not for oneself")}
	if n.first {
		rules = append(rules, i18n.T("重复投票算第一次", "the first ballot counts"))
	} else {
		rules = append(rules, i18n.T("重复投票算最后一次", "the latest ballot counts"))
	}
	if n.shortlist != "" {
		m := c.other(n.shortlist)
		rules = append(rules, i18n.T(i18n.Glue("本期有", m.Metric.In(i18n.ZH), "的人才能得票"), "only those with "+m.metricEN()+" can be voted for"))
	}
	if n.opens != 1 || n.closes != -1 {
		from, to := dayText(n.opens), dayText(n.closes)
		rules = append(rules, i18n.T("投票从"+from.ZH+"到"+to.ZH, "voting is open from the "+from.EN+" to the "+to.EN+" of the "+strings.TrimPrefix(p.per, "a ")))
	}
	if n.quorum > 1 {
		q := i18n.Integer(n.quorum)
		rules = append(rules, i18n.T("至少 "+q+" 人投票才有效", "it takes at least "+q+" voters"))
	}
	if n.weight.Cmp(money.Decimal{Coef: 1}) != 0 {
		w := money.FormatDecimal(n.weight.Trim())
		rules = append(rules, i18n.T("评委一票算 "+w+" 票", "a juror’s vote counts "+w))
	}
	if len(n.jury) > 0 && !n.onlyJury {
		rules = append(rules, i18n.T("票数相同时看评委的票，再相同都得奖", "ties go by the jury’s votes, then all win"))
	} else {
		rules = append(rules, i18n.T("票数相同都得奖", "those who tie all win"))
	}
	var zhs, ens []string
	for _, r := range rules {
		zhs, ens = append(zhs, r.ZH), append(ens, r.EN)
	}
	return i18n.T(out.ZH+"；"+strings.Join(zhs, "，")+"。", out.EN+"; "+strings.Join(ens, ", ")+".")
}

// prizeWords says what the winners earn, after 得票最多的 3 人.
func (n *nominate) prizeWords(c Context) (zh, en string) {
	the := "the " + i18n.Integer(n.places) + " with the most votes each earn "
	if n.places == 1 {
		the = "whoever has the most votes earns "
	}
	if len(n.prizes) == 0 {
		r := c.rewardText(c.paid(c.Reward))
		if n.places == 1 {
			return i18n.Glue("得", r.ZH), the + r.EN
		}
		return i18n.Glue("各得", r.ZH), the + r.EN
	}
	var zhs, ens []string
	sorted := slices.Clone(n.prizes)
	slices.SortFunc(sorted, func(a, b prize) int { return int(a.place - b.place) })
	for _, p := range sorted {
		if p.reward != nil {
			r := c.rewardText(*p.reward)
			zhs = append(zhs, i18n.Glue(fmt.Sprintf("第 %d 名得", p.place), r.ZH))
			ens = append(ens, "the "+i18n.Ordinal(int(p.place))+" earns "+r.EN)
		}
	}
	if int64(len(n.prizes)) < n.places {
		r := c.rewardText(c.paid(c.Reward))
		zhs, ens = append(zhs, i18n.Glue("其余各得", r.ZH)), append(ens, "the others each earn "+r.EN)
	}
	return "获奖：" + strings.Join(zhs, "，"), "of those with the most votes, " + listEN(ens)
}

// dayText names a day of a period: 第 3 天 / third day, 倒数第 2 天 / second day from the end.
func dayText(n int64) i18n.Text {
	switch {
	case n == -1:
		return i18n.T("最后一天", "last day")
	case n < 0:
		return i18n.T(fmt.Sprintf("倒数第 %d 天", -n), i18n.Ordinal(int(-n))+" day from the end")
	}
	return i18n.T(fmt.Sprintf("第 %d 天", n), i18n.Ordinal(int(n))+" day")
}

// tallyText writes votes: 12 票, 12.5 票.
func tallyText(f money.Frac) i18n.Text { return i18n.Count(plain(f, 2, money.HalfEven), votes) }

func (n *nominate) arithmetic(c Context, e election, x candidate, reward Reward, amount money.Amount) []Step {
	v, tally := i18n.Integer(x.votes), plain(x.tally, 2, money.HalfEven)
	var out []Step
	if len(n.jury) > 0 {
		j, weight := i18n.Integer(x.jury), money.FormatDecimal(n.weight.Trim())
		out = append(out, Step{i18n.T("得票", "Votes"), v + " + " + j + " × " + weight, tally})
	} else {
		out = append(out, Step{i18n.T("得票", "Votes"), v, tally})
	}
	voters := i18n.Integer(e.voters)
	out = append(out,
		Step{i18n.T("投票人数", "Voters"), voters + " ≥ " + i18n.Integer(n.quorum), "✓"},
		Step{i18n.T("名次", "Rank"), fmt.Sprintf("#%d ≤ %d", x.rank, n.places), i18n.Integer(int64(x.rank))})
	return append(out, c.rewardStep(reward, amount))
}

// standing is one subject's place in the election, if it may be voted for.
func (n *nominate) standing(c Context, s Subject, all []Subject) (e election, x candidate, known bool, err error) {
	if c.World == nil {
		return e, x, false, nil
	}
	if e, err = n.elect(c, c.At, all); err != nil {
		return e, x, false, err
	}
	i := slices.IndexFunc(e.list, func(x candidate) bool { return x.Ref == s.Ref })
	if i < 0 {
		return e, x, false, nil
	}
	return e, e.list[i], true, nil
}

func (n *nominate) Next(c Context, s Subject, all []Subject) Progress {
	e, x, known, err := n.standing(c, s, all)
	switch {
	case err != nil:
		return unable()
	case !known:
		p := without()
		p.Sentence = n.notNominated()
		return p
	}
	ranked := 0
	for _, x := range e.list {
		if x.rank > 0 {
			ranked++
		}
	}
	has := tallyText(x.tally)
	p := Progress{Value: plain(x.tally, 2, money.HalfEven), Rank: x.rank, Of: ranked}
	switch {
	case n.wins(e, x):
		reward := c.rewardText(n.prizeOf(c, x.rank))
		p.Ratio, p.Done = 1000, true
		p.Sentence = i18n.T(i18n.Glue("现在", has.ZH, fmt.Sprintf("，第 %d 名", x.rank), " → ", reward.ZH), fmt.Sprintf("%s so far, place %d → %s", has.EN, x.rank, reward.EN))
	default:
		p.Sentence = n.WhyNot(c, s, all)
	}
	return p
}

func (n *nominate) notNominated() i18n.Text {
	if n.shortlist == "" {
		return noValue
	}
	return i18n.T("本期没有被提名", "not nominated in this period")
}

func (n *nominate) WhyNot(c Context, s Subject, all []Subject) i18n.Text {
	e, x, known, err := n.standing(c, s, all)
	has := tallyText(x.tally)
	switch {
	case err != nil:
		return tooLarge
	case !known:
		return n.notNominated()
	case n.wins(e, x):
		return i18n.Text{}
	case x.rank == 0:
		return i18n.T("还没有得票", "no votes so far")
	case !n.valid(e):
		return i18n.T(fmt.Sprintf("得 %s；只有 %d 人投票，至少 %d 人才有效", has.ZH, e.voters, n.quorum), fmt.Sprintf("%s, but only %d voted and it takes %d", has.EN, e.voters, n.quorum))
	}
	return i18n.T(fmt.Sprintf("得 %s，第 %d 名；前 %d 名才得奖", has.ZH, x.rank, n.places), fmt.Sprintf("%s, place %d; the first %d win", has.EN, x.rank, n.places))
}
