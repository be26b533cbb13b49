package rule

import (
	"fmt"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// checkTimes finds multipliers where there is nothing to multiply, and what cannot stand beside them.
func (r *commission) checkTimes(bad report, c Context) {
	if !r.multiplies {
		return
	}
	for i, row := range r.rows {
		for k, t := range row.tiers {
			at := fmt.Sprintf("tiers[%d]", k)
			if r.byField {
				at = fmt.Sprintf("rows[%d].%s", i, at)
			}
			switch {
			case t.times == nil:
				bad("times_missing", at+".times", "有一档写了乘数，各档就都要写；不变请写 100%%。", "Where one tier is a multiplier, all are: give this one its own, 100%% for no change.")
			case t.rate != nil || t.perUnit != nil || t.pack != nil:
				bad("times_beside_rate", at+".times", "乘数和比例、单价、按份只能写一个。", "A tier has a multiplier or a rate, an amount a unit or a package: give one of them.")
			case !t.timesPercent && t.times.Cmp(money.Decimal{Coef: 10}) > 0:
				bad("percent_out_of_range", at+".times", "1.2 倍请写成 120%% 或 1.2；超过 10 倍的乘数须带百分号。", "Write 120%% or 1.2; a multiplier above 10 needs its percent sign.")
			case t.times.Sign() < 0 || t.times.Cmp(maxRate) > 0:
				bad("percent_out_of_range", at+".times", "乘数须在 0 %% 到 %s 之间。", "A multiplier lies between 0%% and %s.", rate(maxRate).EN)
			}
		}
	}
	first := "tiers[0].times"
	if r.byField {
		first = "rows[0]." + first
	}
	if !c.Multiplies {
		bad("nothing_to_multiply", first, "乘数用在另一方案给本人的奖金上：请用 earned 选择那个方案，且不按下属汇总；否则请填比例。",
			"A multiplier is of what another plan gives the same person or unit: name that plan as “earned”, without a roll-up, or give a rate.")
	}
	if c.Reward.Kind != Cash {
		bad("times_not_cash", "reward.kind", "乘数只能以奖金发放，才能与原奖金相加。", "A multiplier is paid in cash, so that it adds up with the result that it multiplies.")
	} else if c.Measure.Currency != "" && c.Measure.Currency != c.currencyOf(c.Reward) {
		bad("currency_mismatch", "reward.currency", "原奖金以 %s 计，这里以 %s 计；请统一币种。", "The result that is multiplied is in %s and this reward in %s: use one currency.", c.Measure.Currency, c.currencyOf(c.Reward))
	}
	if r.floor != nil {
		bad("floor_of_times", "floor", "乘数没有保底：不想少发，请把低于 100%% 的乘数改为 100%%。", "A multiplier has no floor: where nothing should be taken off, write 100%% in place of what is below it.")
	}
	if r.carry {
		bad("carry_of_times", "below_zero", "乘数低于 100%% 时当期就扣，不结转；请去掉“负数结转”。", "What a multiplier takes off is taken off in its period and not carried: leave “below_zero” out.")
	}
	if r.draw != nil {
		bad("draw_of_times", "draw", "乘数不能有预支。", "A multiplier has no draw: leave it out.")
	}
}

// timesFormula is ¥1,000.00 × (80 % − 100 %).
func timesFormula(c Context, p part, t tier) string {
	return c.figure(p.of) + " × (" + rate(*t.times).ZH + " − " + rate(hundredPercent).ZH + ")"
}

var hundredPercent = money.Decimal{Coef: 1}

// timesTable is a table of multipliers in a sentence; on is the metric within its period.
func (r *commission) timesTable(c Context, metricZH, on string) (zh, en string) {
	tiers := r.rows[0].tiers
	zhTiers, enTiers := r.tiersWords(c, tiers)
	switch {
	case len(tiers) == 1:
		times := c.price(tiers[0])
		zh, en = i18n.Glue(metricZH, "乘以", times.ZH), "Multiplied by "+times.EN+": "+on
		if fixed := tiers[0].fixed; !fixed.IsZero() {
			sum := c.pay(fixed.Frac())
			zh, en = zh+i18n.Glue("，另加", sum.ZH), en+", plus "+sum.EN
		}
	case r.whole:
		zh, en = metricZH+"全额乘以所到档位的乘数："+strings.Join(zhTiers, "，"), "All of "+on+", multiplied by the tier reached: "+listEN(enTiers)
	default:
		zh, en = metricZH+"分段相乘："+strings.Join(zhTiers, "，"), "Each part of "+on+", multiplied by its own: "+listEN(enTiers)
	}
	return zh, en
}

// timesWords says what becomes of the difference.
func (r *commission) timesWords() i18n.Text {
	if !r.multiplies {
		return i18n.Text{}
	}
	return i18n.T("本方案发放与原奖金的差额；低于 100 % 时从中扣减。", "This plan gives the difference, and takes it off where the multiplier is below 100%.")
}
