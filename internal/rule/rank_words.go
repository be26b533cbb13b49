package rule

import (
	"fmt"
	"slices"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// top names the winning places: 前 5 % / the top 5%, 前 3 名 / the top 3.
func (r *rank) top() i18n.Text {
	if r.percent != nil {
		return i18n.Percent(i18n.Grouped(r.percent.String()))
	}
	return i18n.T(i18n.Integer(r.places)+" 名", i18n.Integer(r.places))
}

func (r *rank) Sentence(c Context) i18n.Text {
	p, top := c.period(), r.top()
	zhOrder, enOrder := "从高到低排名", "highest first"
	if r.ascending {
		zhOrder, enOrder = "从低到高排名", "lowest first"
	}
	who := map[SubjectKind][2]string{Team: {"团队", "teams "}, Department: {"部门", "departments "}}[c.Subject]
	zh := i18n.Glue(who[0], p.adj, c.Metric.In(i18n.ZH), zhOrder)
	en := strings.TrimSpace(who[1]+"ranked by "+c.metricEN()+" "+p.within) + ", " + enOrder
	if within, ok := withinWords[r.within]; ok {
		zh, en = within.ZH+zh, within.EN+en
	}
	en = strings.ToUpper(en[:1]) + en[1:]
	if r.minimum != nil {
		low := c.short(r.minimum.Frac())
		zh += i18n.Glue("（不低于", low.ZH, "才参加）")
		en += ", among those with at least " + low.EN
	}
	rounding := map[string][2]string{"up": {"向上取整", "rounded up"}, "down": {"向下取整", "rounded down"}, "nearest": {"四舍五入", "rounded to the nearest"}}[r.round]
	winnersZH, winnersEN := i18n.Glue("前", top.ZH), "the top "+top.EN
	switch {
	case r.percent != nil:
		winnersZH += "（名额" + rounding[0] + "，至少一名）"
		winnersEN += " (" + rounding[1] + ", at least one)"
	case r.places == 1:
		winnersZH, winnersEN = "第 1 名", "the first"
	}
	prizes := r.prizeWords(c, winnersZH, winnersEN)
	ties := r.tieWords()
	return i18n.T(zh+"，"+prizes.ZH+"；"+ties.ZH+"。", en+": "+prizes.EN+". "+ties.EN+".")
}

// withinWords say where each team or department is ranked by itself.
var withinWords = map[SubjectKind]i18n.Text{
	Team:       i18n.T("各团队内，", "within each team, "),
	Department: i18n.T("各部门内，", "within each department, "),
}

// prizeWords says what the winners get, place by place where prizes differ.
func (r *rank) prizeWords(c Context, winnersZH, winnersEN string) i18n.Text {
	plan := i18n.Text{}
	if !c.Reward.IsZero() {
		plan = c.rewardText(c.Reward)
	}
	if len(r.prizes) == 0 {
		if r.percent == nil && r.places == 1 {
			return i18n.T(i18n.Glue(winnersZH, "得", plan.ZH), winnersEN+" earns "+plan.EN)
		}
		return i18n.T(i18n.Glue(winnersZH, "各得", plan.ZH), winnersEN+" each earn "+plan.EN)
	}
	sorted := slices.Clone(r.prizes)
	slices.SortFunc(sorted, func(a, b prize) int { return int(a.place - b.place) })
	zh, en := []string{}, []string{}
	for _, p := range sorted {
		if p.reward == nil {
			continue
		}
		reward := c.rewardText(*p.reward)
		zh = append(zh, i18n.Glue(fmt.Sprintf("第 %d 名得", p.place), reward.ZH))
		en = append(en, "the "+i18n.Ordinal(int(p.place))+" earns "+reward.EN)
	}
	if r.paysPlan() && !plan.IsZero() {
		zh = append(zh, i18n.Glue("其余各得", plan.ZH))
		en = append(en, "the others each earn "+plan.EN)
	}
	one := i18n.T(strings.Join(zh, "，"), listEN(en))
	if r.percent != nil {
		return i18n.T(winnersZH+"获奖："+one.ZH, winnersEN+" win: "+one.EN)
	}
	return one
}

func (r *rank) tieWords() i18n.Text {
	out := map[string]i18n.Text{
		"all":      i18n.T("与最后一名并列的都算", "Everyone who ties for the last place wins"),
		"none":     i18n.T("最后一名并列而名额不够时，并列者都不算", "If those who tie for the last place do not all fit, none of them wins"),
		"earliest": i18n.T("最后一名并列而名额不够时，先达到者优先", "If those who tie for the last place do not all fit, the earliest to get there win"),
	}[r.ties]
	if r.share {
		out.ZH += "，并列者平分所占名次的奖金"
		out.EN += "; those who tie share the prizes of the places they fill"
	}
	return out
}

// steps is the arithmetic of one winner: places, rank, ties, and its share of the prizes.
func (r *rank) steps(c Context, o standing, i int, pot pot, reward Reward, amount money.Amount) []Step {
	s, n := o.subjects[i], i18n.Integer(int64(len(o.subjects)))
	value := c.figure(s.Value)
	out := []Step{{i18n.T(i18n.Glue("本期", c.Metric.In(i18n.ZH)), c.Metric.In(i18n.EN)+" in the period"), value, value}}
	if unit, ok := r.league(c, s.Ref); ok {
		name := c.World.Name(unit)
		out = append(out, Step{map[SubjectKind]i18n.Text{Team: i18n.T("所在团队", "Team"), Department: i18n.T("所在部门", "Department")}[r.within], name, name})
	}
	out = append(out, Step{i18n.T("参加排名", "Ranked"), n, n})
	places := i18n.Integer(o.places)
	if r.percent != nil {
		formula := n + " × " + i18n.Percent(i18n.Grouped(r.percent.String())).ZH
		if exact, err := r.exactPlaces(int64(len(o.subjects))); err == nil {
			formula += " = " + i18n.Grouped(exact.String())
		}
		out = append(out, Step{i18n.T("名额", "Places"), formula, places})
	} else {
		out = append(out, Step{i18n.T("名额", "Places"), places, places})
	}
	out = append(out, Step{i18n.T("名次", "Rank"), fmt.Sprintf("#%d / %s", o.ranks[i], n), i18n.Integer(int64(o.ranks[i]))})
	if tied := r.tiedWith(o, i); tied > 1 {
		t := i18n.Integer(tied)
		out = append(out, Step{i18n.T("并列", "Tied"), t, t})
	}
	if pot.shares != nil {
		var terms []string
		for _, p := range pot.prizes {
			terms = append(terms, money.FormatAmount(p))
		}
		sum := strings.Join(terms, " + ")
		if len(terms) > 1 {
			sum = "(" + sum + ")"
		}
		out = append(out, Step{i18n.T("平分所占名次的奖金", "Share of the prizes"), fmt.Sprintf("%s ÷ %d", sum, len(pot.shares)), money.FormatAmount(amount)})
	}
	return append(out, c.rewardStep(reward, amount))
}

// tiedWith is how many have the rank of the one at an index.
func (r *rank) tiedWith(o standing, i int) int64 {
	n := int64(0)
	for j := o.ranks[i] - 1; j < len(o.ranks) && o.ranks[j] == o.ranks[i]; j++ {
		n++
	}
	return n
}

func (r *rank) Next(c Context, s Subject, all []Subject) Progress {
	p, _ := r.stand(c, all)(s)
	return p
}

func (r *rank) WhyNot(c Context, s Subject, all []Subject) i18n.Text {
	_, why := r.stand(c, all)(s)
	return why
}

// stand ranks all subjects once and tells each one's progress and lack.
func (r *rank) stand(c Context, all []Subject) func(Subject) (Progress, i18n.Text) {
	find := r.standings(c, all)
	return func(s Subject) (Progress, i18n.Text) {
		o, err := find(s)
		switch {
		case o.outside:
			return without(), outsideWords[r.within]
		case !s.Has:
			p := without()
			p.Of = len(o.subjects)
			return p, noValue
		case err != nil:
			return unable(), tooLarge
		}
		i, ranked := r.place(o, s)
		switch {
		case !ranked && !r.qualifies(s):
			return r.belowMinimum(c, o, s)
		case !ranked:
			return without(), noValue
		case i < o.winners:
			return r.winning(c, o, i), i18n.Text{}
		}
		return r.losing(c, o, i)
	}
}

// outsideWords say that somebody belongs to none of those who are ranked by themselves.
var outsideWords = map[SubjectKind]i18n.Text{
	Team:       i18n.T("本期不属于任何团队", "in no team in this period"),
	Department: i18n.T("本期不属于任何部门", "in no department in this period"),
}

func (r *rank) belowMinimum(c Context, o standing, s Subject) (Progress, i18n.Text) {
	if r.minimum == nil {
		why := i18n.T("还没有可以排名的成绩", "nothing to be ranked by yet")
		return Progress{Value: c.bare(s.Value), Of: len(o.subjects), Sentence: why}, why
	}
	line := r.minimum.Frac()
	rest, err := line.Sub(s.Value)
	if err != nil {
		return unable(), tooLarge
	}
	left, more, low := c.missing(rest), c.more(rest), c.short(line)
	p := Progress{Value: c.bare(s.Value), Target: c.bare(line), Remaining: c.distance(rest), Ratio: min(999, permille(s.Value, line)), Of: len(o.subjects)}
	p.Sentence = i18n.T(i18n.Glue(more.ZH, "即可参加排名"), more.EN+" to be ranked")
	return p, i18n.T(i18n.Glue("低于入围线", low.ZH, "，还差", left.ZH), "below the minimum of "+low.EN+" by "+left.EN)
}

func (r *rank) winning(c Context, o standing, i int) Progress {
	place := o.ranks[i]
	p := Progress{Value: c.bare(o.subjects[i].Value), Ratio: 1000, Rank: place, Of: len(o.subjects), Done: true}
	reward := c.rewardText(r.prizeOf(c, int64(place)))
	n := len(o.subjects)
	p.Sentence = i18n.Format("暂列第 %[1]d 名（共 %[2]d 名）→ %[3]s", "%[4]s of %[2]d → %[5]s", place, n, reward.ZH, i18n.Ordinal(place), reward.EN)
	return p
}

// losing tells the distance to the last one who wins, or to the first where a tie left nobody a winner.
func (r *rank) losing(c Context, o standing, i int) (Progress, i18n.Text) {
	target, place, n := o.subjects[max(0, o.winners-1)], o.ranks[i], len(o.subjects)
	targetRank := o.ranks[max(0, o.winners-1)]
	own := o.subjects[i].Value
	rest, err := target.Value.Sub(own)
	if r.ascending {
		rest, err = own.Sub(target.Value)
	}
	if err != nil {
		return unable(), tooLarge
	}
	p := Progress{Value: c.bare(own), Target: c.bare(target.Value), Rank: place, Of: n, Remaining: c.distance(rest)}
	if p.Ratio = min(999, permille(own, target.Value)); r.ascending {
		p.Ratio = min(999, permille(target.Value, own))
	}
	top, left := r.top(), c.missing(rest)
	if rest.IsZero() {
		p.Sentence = i18n.T(i18n.Glue(fmt.Sprintf("第 %d 名并列，前", place), top.ZH, "有奖"), "tied at "+i18n.Ordinal(place)+"; the top "+top.EN+" win")
		why := i18n.T("与第 "+i18n.Integer(int64(place))+" 名并列，名额已满", "tied at "+i18n.Ordinal(place)+", with no place left")
		return p, why
	}
	p.Sentence = i18n.T(i18n.Glue(fmt.Sprintf("第 %d 名（共 %d 名），前", place, n), top.ZH, "有奖，差", left.ZH, fmt.Sprintf("追平第 %d 名", targetRank)),
		fmt.Sprintf("%s of %d; the top %s win, %s behind %s", i18n.Ordinal(place), n, top.EN, left.EN, i18n.Ordinal(targetRank)))
	return p, i18n.T(fmt.Sprintf("第 %d 名，比第 %d 名差 %s", place, targetRank, left.ZH),
		fmt.Sprintf("%s, %s behind %s", i18n.Ordinal(place), left.EN, i18n.Ordinal(targetRank)))
}
