package rule

import (
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
)

// periodWords are the words for a kind of period, as sentences need them.
type periodWords struct {
	each    string // 每季
	adj     string // 季度
	end     string // 季末
	next    string // 下一季
	within  string // in a quarter
	per     string // a quarter
	theEnd  string // the end of the quarter
	theNext string // the next quarter
}

func (c Context) period() periodWords {
	words := map[calendar.Kind][5]string{
		calendar.Week:    {"每周", "周度", "周末", "下一周", "week"},
		calendar.Month:   {"每月", "月度", "月末", "下一月", "month"},
		calendar.Quarter: {"每季", "季度", "季末", "下一季", "quarter"},
		calendar.Half:    {"每半年", "半年度", "半年末", "下个半年", "half-year"},
		calendar.Year:    {"每年", "年度", "年末", "下一年", "year"},
	}
	w, ok := words[c.Period]
	if !ok {
		w = [5]string{"每期", "当期", "期末", "下一期", "period"}
	}
	if c.Period == calendar.Week {
		w[2] = "周日"
	}
	return periodWords{w[0], w[1], w[2], w[3], "in a " + w[4], "a " + w[4], "the end of the " + w[4], "the next " + w[4]}
}

// group is 每个团队 / team where the plan rewards teams or departments; both are empty for persons.
func (c Context) group() i18n.Text {
	switch c.Subject {
	case Team:
		return i18n.T("每个团队", "team")
	case Department:
		return i18n.T("每个部门", "department")
	}
	return i18n.Text{}
}

// metricZH is the metric's name in Chinese after a word that it must be spaced from.
func (c Context) metricZH(before string) string {
	return i18n.Glue(c.group().ZH, before, c.Metric.In(i18n.ZH))
}

// metricEN is the metric's English name within a sentence.
func (c Context) metricEN() string { return i18n.Inline(strings.TrimSpace(c.Metric.In(i18n.EN))) }

// byGroup is " by a team" where the plan rewards teams.
func (c Context) byGroup() string {
	if g := c.group().EN; g != "" {
		return " by a " + g
	}
	return ""
}

// noun is so much of the metric in English: "10 newly signed customers", "¥100,000 of sales", "1 hour of training time".
func (c Context) noun(v money.Frac) (phrase string, plural bool) {
	name, unit := c.metricEN(), c.Measure.Unit.EN
	if c.Measure.Currency != "" || c.Measure.Percent() {
		return c.short(v).EN + " of " + name, false
	}
	plural = v.Cmp(money.Whole(1)) != 0
	if c.countable() {
		return c.figure(v) + " " + countedName(name), plural
	}
	if unit == "" {
		return c.figure(v) + " of " + name, plural
	}
	return i18n.Count(c.figure(v), c.Measure.Unit).EN + " of " + name, plural
}

// eachNoun begins a sentence that pays for every so many of the metric, with its verb: "Every 10 newly signed customers"
// earn, "Each one of the newly signed customers" earns, "Every hour of training time" earns.
func (c Context) eachNoun(size money.Frac) (start, verb string) {
	noun, plural := c.noun(size)
	switch {
	case plural:
		return "Every " + noun, "earn"
	case c.Measure.Currency != "" || c.Measure.Percent():
	case c.countable():
		return "Each one of the " + countedName(c.metricEN()), "earns"
	default:
		noun = strings.TrimPrefix(noun, "1 ")
	}
	return "Every " + noun, "earns"
}

// countable reports whether the metric's English name already says what is counted, as "Deals won" of the unit deals does.
func (c Context) countable() bool {
	if c.Measure.Currency != "" || c.Measure.Percent() {
		return false
	}
	name := strings.ToLower(c.Metric.In(i18n.EN))
	if unit := strings.ToLower(c.Measure.Unit.EN); unit != "" {
		return strings.Contains(name, unit)
	}
	for word := range strings.FieldsSeq(name) {
		if i18n.Singular(word) != word {
			return true
		}
	}
	return false
}

func countedName(name string) string {
	for _, prefix := range []string{"number of ", "count of "} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return rest
		}
	}
	return name
}

// rewardText names a reward as it follows 奖励 and "earns": ¥500, “金牌销售”徽章 / the badge “Gold”.
func (c Context) rewardText(r Reward) i18n.Text {
	switch r.Kind {
	case Cash:
		return i18n.Same(shortMoney(r.Amount.Frac(), c.currencyOf(r)))
	case Points:
		return i18n.Count(money.FormatDecimal(r.Amount.Trim()), i18n.T("积分", "points"))
	case Leave:
		n := money.FormatDecimal(r.Amount.Trim())
		return i18n.T(n+" 天假期", i18n.Count(n, i18n.T("天", "days")).EN+" of leave")
	}
	kinds := map[RewardKind][3]string{ // suffix in Chinese, words before and after in English
		Gift:     {"礼品", "the gift", "gift"},
		Title:    {"称号", "the title", "title"},
		Badge:    {"徽章", "the badge", "badge"},
		Training: {"培训", "a seat in", "training"},
		Growth:   {"发展机会", "the opportunity", "opportunity"},
	}
	k := kinds[r.Kind]
	name := i18n.Quote(r.Name)
	if !strings.HasSuffix(r.Name.ZH, k[0]) {
		name.ZH += k[0]
	}
	if strings.HasSuffix(strings.ToLower(r.Name.EN), " "+k[2]) && r.Kind != Training {
		name.EN = "the " + name.EN
	} else {
		name.EN = k[1] + " " + name.EN
	}
	return name
}

// noValue is said of a subject for which the metric has no value; 0 would be something else.
var noValue = i18n.T("本期还没有数值", "no value yet in this period")

// tooLarge is said where figures are beyond what can be computed exactly.
var tooLarge = i18n.T("数值过大，无法精确计算", "the figures are too large to be computed exactly")

// without is the progress of a subject that has no value.
func without() Progress { return Progress{Value: i18n.None, Sentence: noValue} }

// unable is the progress of a subject whose figures overflow.
func unable() Progress { return Progress{Value: i18n.None, Sentence: tooLarge} }

// toGo is the sentence of progress: 再有 2 个 → ¥500 / 2 more customers → ¥500.
func (c Context) toGo(distance money.Frac, reward i18n.Text) i18n.Text {
	more := c.more(distance)
	return i18n.T(more.ZH+" → "+reward.In(i18n.ZH), more.EN+" → "+reward.In(i18n.EN))
}

// more is a distance still to go: 再有 2 个 / 2 more customers, 再有 ¥500 / ¥500 more.
func (c Context) more(distance money.Frac) i18n.Text {
	d := c.missing(distance)
	en := d.EN + " more"
	if figure, unit, counted := strings.Cut(d.EN, " "); counted && c.Measure.Currency == "" {
		en = figure + " more " + unit
	}
	return i18n.T(i18n.Glue("再有", d.ZH), en)
}

// shortOf says what was missing to a line: 还差 3 个，达到 10 个才有奖励 / 3 deals short of 10.
func (c Context) shortOf(rest, line money.Frac) i18n.Text {
	return c.shortBy(rest, line, "达到", " short of ")
}

// shortAbove is shortOf for a line that has to be passed.
func (c Context) shortAbove(rest, line money.Frac) i18n.Text {
	return c.shortBy(rest, line, "超过", " short of more than ")
}

func (c Context) shortBy(rest, line money.Frac, zh, en string) i18n.Text {
	d, l := c.missing(rest), c.short(line)
	if rest.IsZero() { // of an average or a ratio that stands on a line to be passed
		return i18n.T(i18n.Glue("须"+zh, l.ZH, "才有奖励"), "it has to be above "+l.EN)
	}
	return i18n.T(i18n.Glue("还差", d.ZH, "，"+zh, l.ZH, "才有奖励"), d.EN+en+c.bareEN(line))
}

// rewardStep is the last line of the arithmetic: the reward itself.
func (c Context) rewardStep(r Reward, amount money.Amount) Step {
	switch {
	case r.Kind == Cash:
		text := money.FormatAmount(amount)
		return Step{i18n.T("奖金", "Reward"), text, text}
	case r.Kind.counted():
		text := money.FormatDecimal(r.Amount.Trim())
		label := i18n.T("奖励积分", "Reward in points")
		if r.Kind == Leave {
			label = i18n.T("奖励假期（天）", "Reward in days of leave")
		}
		return Step{label, text, text}
	}
	name := c.rewardText(r)
	return Step{i18n.T("奖励："+name.ZH, "Reward: "+name.EN), "1", "1"}
}

// sentenceOf makes one English sentence of clauses: the first begins with a capital, the others do not.
func sentenceOf(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	for i := range parts {
		if i > 0 {
			parts[i] = i18n.Inline(parts[i])
		}
	}
	s := strings.Join(parts, "; ") + "."
	return strings.ToUpper(s[:1]) + s[1:]
}
