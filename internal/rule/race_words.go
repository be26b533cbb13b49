package rule

import (
	"fmt"
	"slices"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

func (r *race) Sentence(c Context) i18n.Text {
	p, line := c.period(), r.at.Frac()
	noun, _ := c.noun(line)
	reward := c.rewardText(c.paid(c.Reward))
	who := map[SubjectKind]string{Team: "个团队", Department: "个部门"}[c.Subject]
	if who == "" {
		who = "人"
	}
	whoEN := map[SubjectKind]string{Team: " team", Department: " department"}[c.Subject]
	if whoEN != "" && r.places > 1 {
		whoEN += "s"
	}
	count := i18n.Integer(r.places)
	zh := i18n.Glue(p.each, "最先达到", c.Metric.In(i18n.ZH), c.short(line).ZH, "的", count, who)
	en := "The first" + map[bool]string{true: "", false: " " + count}[r.places == 1] + whoEN + " to reach " + noun + " " + p.within
	switch {
	case len(r.prizes) > 0:
		prizes := r.prizeWords(c, reward)
		return i18n.T(zh+"获奖："+prizes.ZH+"。", en+": "+prizes.EN+".")
	case r.places == 1:
		return i18n.T(i18n.Glue(zh, "，得", reward.ZH)+"。", en+" earns "+reward.EN+".")
	}
	return i18n.T(i18n.Glue(zh, "，各得", reward.ZH)+"。", en+" each earn "+reward.EN+".")
}

// prizeWords says what the places get, one by one.
func (r *race) prizeWords(c Context, plan i18n.Text) i18n.Text {
	sorted := slices.Clone(r.prizes)
	slices.SortFunc(sorted, func(a, b prize) int { return int(a.place - b.place) })
	var zh, en []string
	for _, p := range sorted {
		if p.reward == nil {
			continue
		}
		reward := c.rewardText(*p.reward)
		zh = append(zh, i18n.Glue(fmt.Sprintf("第 %d 名得", p.place), reward.ZH))
		en = append(en, "the "+i18n.Ordinal(int(p.place))+" earns "+reward.EN)
	}
	if int64(len(r.prizes)) < r.places {
		zh = append(zh, i18n.Glue("其余各得", plan.ZH))
		en = append(en, "the others each earn "+plan.EN)
	}
	return i18n.T(strings.Join(zh, "，"), listEN(en))
}

func (r *race) arithmetic(c Context, s Subject, place, there int, reward Reward, amount money.Amount) []Step {
	value := c.figure(s.Value)
	return []Step{
		{i18n.T(i18n.Glue("本期", c.Metric.In(i18n.ZH)), c.Metric.In(i18n.EN)+" in the period"), value, value},
		{i18n.T("到达终点", "The line is reached"), value + " ≥ " + c.figure(r.at.Frac()), "✓"},
		{i18n.T("到达先后", "Place by time"), fmt.Sprintf("#%d / %d", place, there), fmt.Sprintf("%d ≤ %d", place, r.places)},
		c.rewardStep(reward, amount),
	}
}

func (r *race) Next(c Context, s Subject, all []Subject) Progress {
	p, _ := r.stand(c, all)(s)
	return p
}

func (r *race) WhyNot(c Context, s Subject, all []Subject) i18n.Text {
	_, why := r.stand(c, all)(s)
	return why
}

// stand finds out once who is there, and tells each one's progress and lack.
func (r *race) stand(c Context, all []Subject) func(Subject) (Progress, i18n.Text) {
	first, err := r.finishers(c, all)
	place := make(map[Ref]int, len(first))
	for i, f := range first {
		place[f.Ref] = i + 1
	}
	return func(s Subject) (Progress, i18n.Text) {
		switch {
		case !s.Has:
			return without(), noValue
		case err != nil:
			return unable(), tooLarge
		}
		line := r.at.Frac()
		p := Progress{Value: c.bare(s.Value), Target: c.bare(line), Of: len(all)}
		at, there := place[s.Ref]
		switch full := int64(len(first)) >= r.places; {
		case there && int64(at) <= r.places:
			reward := c.rewardText(r.prizeOf(c, int64(at)))
			p.Ratio, p.Rank, p.Done = 1000, at, true
			p.Sentence = i18n.T(i18n.Glue(fmt.Sprintf("第 %d 个到达 → ", at), reward.ZH), i18n.Ordinal(at)+" to get there → "+reward.EN)
			return p, i18n.Text{}
		case there:
			p.Ratio, p.Rank, p.Done = 1000, at, true
			p.Sentence = r.tooLate(at)
			return p, p.Sentence
		case full:
			p.Ratio, p.Done = min(999, permille(s.Value, line)), true
			p.Sentence = i18n.Format("%[1]d 个名额已满", "all %[1]d places are taken", r.places)
			return p, p.Sentence
		}
		rest, err := line.Sub(s.Value)
		if err != nil {
			return unable(), tooLarge
		}
		p.Ratio, p.Remaining = min(999, permille(s.Value, line)), c.distance(rest)
		p.Sentence = c.toGo(rest, c.rewardText(r.prizeOf(c, int64(len(first)+1))))
		if left := r.places - int64(len(first)); r.places > 1 {
			p.Sentence = i18n.T(p.Sentence.ZH+i18n.Glue("（还剩", i18n.Integer(left), "个名额）"), fmt.Sprintf("%s (%d of %d places left)", p.Sentence.EN, left, r.places))
		}
		return p, c.shortOf(rest, line)
	}
}

func (r *race) tooLate(at int) i18n.Text {
	return i18n.T(fmt.Sprintf("第 %d 个到达，只奖励前 %d 个", at, r.places), fmt.Sprintf("%s to get there; only the first %d win", i18n.Ordinal(at), r.places))
}
