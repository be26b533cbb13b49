package rule

import (
	"laurel/internal/i18n"
	"laurel/internal/money"
)

var nominateKind = kind{
	info: Info{
		Key:     "nominate",
		Name:    i18n.T("评选", "Vote"),
		Example: i18n.T("每季由同事投票，得票最多的 1 人得 ¥2,000；至少 10 人投票才有效，评委的一票算 2 票。", "Colleagues vote each quarter: the 1 with the most votes earns ¥2,000. It takes at least 10 voters, and a juror’s vote counts twice."),
		Params: []Param{
			{Key: "places", Type: IntegerParam, Default: "1", Name: i18n.T("选出几人", "Places"), Help: i18n.T("得票最多的几人得奖。", "So many with the most votes win.")},
			{Key: "quorum", Type: IntegerParam, Default: "1", Name: i18n.T("最少投票人数", "Quorum"), Help: i18n.T("少于这么多人投票，评选无效。", "With fewer voters nobody wins.")},
			{Key: "counts", Type: ChoiceParam, Default: "latest", Name: i18n.T("重复投票", "Several ballots of one voter"), Help: i18n.T("一人投了几次时算哪一次。", "Which ballot counts when somebody votes again."),
				Choices: []Choice{{"latest", i18n.T("算最后一次", "The latest")}, {"first", i18n.T("算第一次", "The first")}}},
			{Key: "voters", Type: ChoiceParam, Default: "everyone", Name: i18n.T("谁来投票", "Voters"), Help: i18n.T("所有人，还是只有评委。", "Everyone, or the jury alone."),
				Choices: []Choice{{"everyone", i18n.T("所有人", "Everyone")}, {"jury", i18n.T("只有评委", "The jury alone")}}},
			{Key: "jury", Type: KeysParam, Name: i18n.T("评委", "Jury"), Help: i18n.T("评委的标识。", "Keys of the jurors.")},
			{Key: "jury_weight", Type: DecimalParam, Default: "1", Name: i18n.T("评委一票算几票", "Weight of a juror’s vote"), Help: i18n.T("例：2。", "For example 2.")},
			{Key: "opens", Type: IntegerParam, Default: "1", Name: i18n.T("投票第一天", "First day"), Help: i18n.T("周期的第几天；-10 即倒数第 10 天。", "Day of the period; -10 is the tenth from its end.")},
			{Key: "closes", Type: IntegerParam, Default: "-1", Name: i18n.T("投票最后一天", "Last day"), Help: i18n.T("周期的第几天；-1 即最后一天。", "Day of the period; -1 is its last.")},
			{Key: "nominations", Type: MetricParam, Name: i18n.T("提名指标", "Nominations"), Help: i18n.T("填写后，本期被提名的人才能得票。", "If given, only those nominated in the period can be voted for.")},
			{Key: "prizes", Type: ListParam, Name: i18n.T("各名次奖励", "Prizes"), Help: i18n.T("没有列出的名次用方案的奖励。", "Places not listed get the plan's reward."), Fields: []Param{
				{Key: "place", Type: IntegerParam, Required: true, Name: i18n.T("名次", "Place"), Help: i18n.T("从 1 开始。", "Counted from 1.")},
				{Key: "reward", Type: RewardParam, Required: true, Name: i18n.T("奖励", "Reward"), Help: i18n.T("这一名次的奖励。", "What this place gets.")},
			}},
		},
	},
	decode: decodeNominate,
}

func decodeNominate(p params) Shape {
	n := nominate{places: 1, quorum: 1, opens: 1, closes: -1, weight: money.Decimal{Coef: 1}}
	for key, into := range map[string]*int64{"places": &n.places, "quorum": &n.quorum, "opens": &n.opens, "closes": &n.closes} {
		if v, ok := p.integer(key); ok {
			*into = v
		}
	}
	n.first, n.onlyJury = p.choice("counts") == "first", p.choice("voters") == "jury"
	n.jury, n.shortlist = p.names("jury", MaxJury), p.key("nominations")
	if d, ok := p.decimal("jury_weight"); ok {
		n.weight = d
	}
	for _, row := range p.list("prizes", MaxPrizes) {
		one := prize{reward: row.reward("reward")}
		one.place, _ = row.integer("place")
		n.prizes = append(n.prizes, one)
	}
	return &n
}
