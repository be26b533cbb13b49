package rule_test

import (
	"testing"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/rule"
)

func TestSentences(t *testing.T) {
	team := with(sales, func(c *rule.Context) { c.Subject, c.Reward = rule.Team, cash500 })
	hours := with(deals, func(c *rule.Context) {
		c.Metric, c.Measure.Unit, c.Period = i18n.T("培训时长", "Training time"), i18n.T("小时", "hours"), calendar.Month
		c.Reward = rule.Reward{Kind: rule.Points, Amount: money.MustDecimal("100")}
	})
	crm := with(deals, func(c *rule.Context) {
		c.Metric, c.Measure.Unit, c.Period = i18n.T("CRM 跟进", "CRM follow-ups"), i18n.T("次", "follow-ups"), calendar.Week
		c.Reward = rule.Reward{Kind: rule.Leave, Amount: money.MustDecimal("0.5")}
	})
	unit := with(deals, func(c *rule.Context) { c.Reward = rule.Reward{Kind: rule.Cash} })
	yearly := with(sales, func(c *rule.Context) {
		c.Period, c.Reward = calendar.Year, rule.Reward{Kind: rule.Title, Name: i18n.T("年度销冠称号", "Seller of the Year")}
	})
	cases := []struct {
		shape, params string
		c             rule.Context
		zh, en        string
	}{
		{"every", `{"size":"10","cap":5}`, deals,
			"每季新签客户每满 10 个，奖励 ¥500；余数到季末作废，每季最多 5 次。",
			"Every 10 newly signed customers in a quarter earn ¥500. The remainder lapses at the end of the quarter; at most 5 times a quarter."},
		{"every", `{"size":"0.0001"}`, with(sales, func(c *rule.Context) { c.Reward = cash500 }),
			"每季销售额每满 ¥0.0001，奖励 ¥500；余数到季末作废。",
			"Every ¥0.0001 of sales in a quarter earns ¥500. The remainder lapses at the end of the quarter."},
		{"every", `{"size":"1"}`, deals,
			"每季新签客户每有 1 个，奖励 ¥500。",
			"Each one of the newly signed customers in a quarter earns ¥500."},
		{"every", `{"size":"10","remainder":"carry","since":"year","cap":1}`, deals,
			"每季新签客户每满 10 个，奖励 ¥500；余数转入下一季，到财年末清零，每季最多 1 次，超出的作废。",
			"Every 10 newly signed customers in a quarter earn ¥500. The remainder is carried into the next quarter until the fiscal year ends; at most once a quarter, and what lies above lapses."},
		{"every", `{"size":"8","free":"2"}`, hours,
			"每月培训时长每满 8 小时，奖励 100 积分；前 2 小时不计，余数到月末作废。",
			"Every 8 hours of training time in a month earn 100 points. The first 2 hours do not count; the remainder lapses at the end of the month."},
		{"every", `{"size":"20","round":"up"}`, crm,
			"每周 CRM 跟进每 20 次，奖励 0.5 天假期；不足 20 次的也算一份。",
			"Every 20 CRM follow-ups in a week earn 0.5 days of leave. A part of 20 counts as a whole."},
		{"every", `{"size":"100000"}`, team,
			"每个团队每季销售额每满 ¥100,000，奖励 ¥500；余数到季末作废。",
			"Every ¥100,000 of sales by a team in a quarter earns it ¥500. The remainder lapses at the end of the quarter."},
		{"reach", `{"steps":[{"at":"1000000"}]}`, team,
			"每个团队季度销售额达到 ¥1,000,000，奖励 ¥500。",
			"A team that reaches ¥1,000,000 of sales in a quarter earns ¥500."},
		{"reach", `{"steps":[{"at":"20"},{"at":"30","reward":{"kind":"cash","amount":"1200.50"}}],"pay":"all","compare":"above"}`, deals,
			"季度新签客户超过 20 个奖励 ¥500，超过 30 个奖励 ¥1,200.50；各级都发，可累加。",
			"Passing 20 newly signed customers in a quarter earns ¥500 and passing 30 earns ¥1,200.50; every step reached is paid."},
		{"reach", `{"steps":[{"at":"60%"},{"at":"70%","reward":{"kind":"leave","amount":"1"}}]}`, winRate,
			"季度赢单率达到 60 % 奖励“金牌销售”徽章，达到 70 % 奖励 1 天假期；只发达到的最高一级。",
			"A win rate of at least 60% in a quarter earns the badge “Gold closer” and at least 70% earns 1 day of leave; only the highest step reached is paid."},
		{"rate", `{` + tiers5812 + `,"floor":"1000","cap":"50000"}`, sales,
			"季度销售额分段提成：不超过 ¥50,000 的部分 5 %，超过 ¥50,000 至 ¥100,000 的部分 8 %，超过 ¥100,000 的部分 12 %。每季保底 ¥1,000，封顶 ¥50,000。",
			"Commission on sales in a quarter, each part at its own rate: 5% of the part up to ¥50,000, 8% of the part above ¥50,000 up to ¥100,000 and 12% of the part above ¥100,000. At least ¥1,000 and at most ¥50,000 a quarter."},
		{"rate", `{"mode":"whole","tiers":[{"up_to":"50000","rate":"5%"},{"rate":"7.5%","fixed":"100"}]}`, sales,
			"季度销售额按所到档位全额提成：不超过 ¥50,000 按 5 %，超过 ¥50,000 按 7.5 %（进档另加 ¥100）。",
			"Commission on all sales in a quarter at the rate of the tier reached: 5% up to ¥50,000 and 7.5% above ¥50,000 (plus ¥100 on entering it)."},
		{"rate", `{"mode":"whole","fixed_sums":"reached","tiers":[{"up_to":"50000","rate":"5%","fixed":"20"},{"rate":"150%","fixed":"100"}]}`, sales,
			"季度销售额按所到档位全额提成：不超过 ¥50,000 按 5 %（另加 ¥20），超过 ¥50,000 按 150 %（另加 ¥100）。固定部分只发所到一档的。",
			"Commission on all sales in a quarter at the rate of the tier reached: 5% up to ¥50,000 (plus ¥20) and 150% above ¥50,000 (plus ¥100). Only the fixed sum of the tier reached is added."},
		{"rate", `{"tiers":[{"rate":"5%"}]}`, sales,
			"按季度销售额的 5 % 提成。",
			"Commission of 5% on sales in a quarter."},
		{"rate", `{"tiers":[{"per_unit":"10.50"}]}`, unit,
			"季度新签客户每个提成 ¥10.50。",
			"Each one of the newly signed customers in a quarter earns ¥10.50."},
		{"rank", `{"percent":"5","minimum":"1"}`, yearly,
			"年度销售额从高到低排名（不低于 ¥1 才参加），前 5 %（名额向上取整，至少一名）各得“年度销冠称号”；与最后一名并列的都算。",
			"Ranked by sales in a year, highest first, among those with at least ¥1: the top 5% (rounded up, at least one) each earn the title “Seller of the Year”. Everyone who ties for the last place wins."},
		{"rank", `{"share":true,` + podium + `}`, team,
			"团队季度销售额从高到低排名，第 1 名得 ¥300，第 2 名得 ¥200，第 3 名得 ¥100.01；与最后一名并列的都算，并列者平分所占名次的奖金。",
			"Teams ranked by sales in a quarter, highest first: the 1st earns ¥300, the 2nd earns ¥200 and the 3rd earns ¥100.01. Everyone who ties for the last place wins; those who tie share the prizes of the places they fill."},
		{"rank", `{"places":1,"order":"asc","ties":"earliest"}`, winRate,
			"季度赢单率从低到高排名，第 1 名得“金牌销售”徽章；最后一名并列而名额不够时，先达到者优先。",
			"Ranked by win rate in a quarter, lowest first: the first earns the badge “Gold closer”. If those who tie for the last place do not all fit, the earliest to get there win."},
	}
	for _, c := range cases {
		t.Run(c.shape+" "+c.params, func(t *testing.T) {
			got := decode(t, c.shape, c.params).Sentence(c.c)
			if got.ZH != c.zh {
				t.Errorf("got  %s\nwant %s", got.ZH, c.zh)
			}
			if got.EN != c.en {
				t.Errorf("got  %s\nwant %s", got.EN, c.en)
			}
		})
	}
}
