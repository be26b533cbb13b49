package rule

import (
	"fmt"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
)

func (r *commission) Validate(c Context) []*problem.Error {
	var out []*problem.Error
	bad := func(code, field, zh, en string, args ...any) {
		out = append(out, problem.Bad(code, field, zh, en, args...))
	}
	if c.Reward.Kind != Cash && c.Reward.Kind != Points {
		bad("reward_not_countable", "reward.kind", "提成只能发奖金或积分。", "A commission is paid in cash or in points.")
	} else {
		out = append(out, c.checkReward("reward", c.Reward, true)...)
	}
	if !c.Measure.Additive {
		bad("metric_not_additive", "metric", "提成需要可累加的指标（计数或求和）；平均值、比率请改用“达到”。",
			"A commission needs a metric that adds up (a count or a sum): use “reach” for averages and ratios.")
	}
	for i, row := range r.rows {
		at := ""
		if r.byField {
			at = fmt.Sprintf("rows[%d].", i)
		}
		r.checkTiers(bad, at, c, row.tiers)
	}
	if r.byField {
		r.checkRows(bad, c)
	}
	if r.target != nil && r.target.Sign() <= 0 {
		bad("target_not_positive", "target", "目标须大于 0。", "A target must be above 0.")
	}
	checkAccumulate(bad, r.accumulate, c)
	r.checkLimits(bad, c)
	r.checkTimes(bad, c)
	r.checkDraw(bad, c)
	return out
}

// parts: what a period leaves to others is whole, and running totals are held against lines as they are written.
func (r *commission) parts() (amounts, lines bool) {
	return !r.remembers(), r.accumulate == ""
}

type report func(code, field, zh, en string, args ...any)

// lengths order the kinds of period by how long they are.
var lengths = []calendar.Kind{calendar.Week, calendar.Month, calendar.Quarter, calendar.Half, calendar.Year}

// checkAccumulate refuses to accumulate over a period that is not longer than the judged one.
func checkAccumulate(bad report, over calendar.Kind, c Context) {
	if over == "" {
		return
	}
	if c.Measure.Earlier {
		bad("accumulate_earlier", "accumulate", "这个指标读以前各期，一期的一部分没有数值，不能累计；请去掉累计，或把方案的周期改长。",
			"The metric reads earlier periods, so a part of a period has no value to accumulate: leave this out, or give the plan a longer period.")
	}
	if own := slices.Index(lengths, c.Period); own >= 0 && slices.Index(lengths, over) <= own {
		bad("accumulate_too_short", "accumulate", "累计的期间须比方案的周期长：请改为更长的期间，或缩短方案的周期。",
			"The period over which it accumulates must be longer than the plan's: choose a longer one, or a shorter period for the plan.")
	}
}

func (r *commission) checkTiers(bad report, prefix string, c Context, tiers []tier) {
	var below *money.Decimal
	for i, t := range tiers {
		at := fmt.Sprintf("%stiers[%d]", prefix, i)
		checkBound(bad, at, i == len(tiers)-1, t, below)
		checkPay(bad, at, c, t)
		below = t.upTo
	}
}

func checkBound(bad report, at string, last bool, t tier, below *money.Decimal) {
	switch {
	case last && t.upTo != nil:
		bad("last_tier_closed", at+".up_to", "最后一档不能有上界，否则超出的部分没有说法；请去掉上界，或再加一档写明之后的比例（可为 0）。",
			"The last tier must be open, or nothing is said of what lies above it: remove its bound, or add a tier with the rate above it, which may be 0.")
	case t.upTo != nil && t.upTo.Sign() <= 0:
		bad("tier_bound_not_positive", at+".up_to", "上界须大于 0。", "An upper bound must be above 0.")
	case t.upTo != nil && below != nil && t.upTo.Cmp(*below) <= 0:
		bad("tiers_out_of_order", at+".up_to", "各档上界须从低到高：%s 不高于前一档的 %s。", "Bounds must rise from tier to tier: %s is not above the %s before it.", t.upTo, below)
	}
}

// maxRate is far above what is paid of monthly fees or first premiums.
var maxRate = money.Decimal{Coef: 100}

func checkPay(bad report, at string, c Context, t tier) {
	one := money.Decimal{Coef: 1}
	switch {
	case t.rate == nil && t.perUnit == nil && t.times == nil && t.pack == nil && t.fixed.IsZero():
		bad("tier_pays_nothing", at+".rate", "请填写本档的比例或每单位数额；不计提成请写 0。", "Give the tier a rate or an amount a unit: write 0 for none.")
	case t.rate != nil && !t.percent && t.rate.Cmp(one) > 0:
		bad("percent_out_of_range", at+".rate", "百分之五请写成 5%% 或 0.05；超过 100 %% 的比例须带百分号，如 150%%。", "Write 5%% or 0.05 for five percent; a rate above 100%% needs its percent sign, such as 150%%.")
	case t.rate != nil && (t.rate.Sign() < 0 || t.rate.Cmp(maxRate) > 0):
		bad("percent_out_of_range", at+".rate", "比例须在 0 %% 到 %s 之间。", "A rate lies between 0%% and %s.", rate(maxRate).EN)
	case t.rate != nil && c.Reward.Kind == Cash && c.Measure.Currency != "" && c.Measure.Currency != c.currencyOf(c.Reward):
		bad("currency_mismatch", at+".rate", "指标以 %s 计，奖金以 %s 计，无法按比例计算；请统一币种。", "The metric is in %s and the reward in %s: a rate needs both in one currency.", c.Measure.Currency, c.currencyOf(c.Reward))
	case t.rate != nil && c.Measure.Percent():
		bad("rate_of_percentage", at+".rate", "指标本身是百分比，不能再按比例提成。", "The metric is itself a percentage: a share of it cannot be paid.")
	}
	switch {
	case t.perUnit != nil && t.perUnit.Sign() < 0:
		bad("per_unit_negative", at+".per_unit", "每单位数额不能为负数。", "An amount a unit cannot be below 0.")
	case t.perUnit != nil && c.Reward.Kind == Cash && c.Measure.Currency != "":
		bad("per_unit_of_money", at+".per_unit", "指标是金额，请改填比例（如 5%%）。", "The metric is money: give a rate such as 5%% instead of an amount a unit.")
	}
	if p := t.pack; p != nil {
		path := at + ".per_package"
		if p.alone {
			path = strings.TrimSuffix(at, "tiers[0]") + "package"
		}
		switch {
		case p.size.Sign() <= 0:
			bad("size_not_positive", path+".size", "每份的数量须大于 0。", "The size of a package must be above 0.")
		case p.amount.Sign() < 0:
			bad("package_negative", path+".amount", "每份的金额不能为负数。", "The amount for a package cannot be below 0.")
		case p.free.Sign() < 0:
			bad("free_negative", path+".free", "不计的部分不能为负数。", "The free allowance cannot be below 0.")
		}
	}
	if t.fixed.Sign() < 0 {
		bad("fixed_negative", at+".fixed", "进档另加的数额不能为负数。", "The sum on entering a tier cannot be below 0.")
	}
}

// checkRows finds values that no record can have, and those that two rows name.
func (r *commission) checkRows(bad report, c Context) {
	if len(r.rows) == 0 {
		bad("list_empty", "rows", "请至少填写一行。", "Give at least one row.")
	}
	if c.By == nil {
		bad("rows_without_field", "rows", "指标没有指明按哪个字段区分记录，无法分行；请给指标填写 by（选项、关联或文字字段）。",
			"The metric does not say by which field its records are told apart, so there can be no rows: give the metric a “by”, a choice, relation or text field.")
	}
	seen := map[string]int{}
	for i, row := range r.rows {
		at := fmt.Sprintf("rows[%d].value", i)
		label := "\x00" // everything else
		if row.value != nil {
			label = *row.value
			if c.By != nil && c.By.Person && label != "" {
				bad("row_of_person", at, "指标按人员字段区分记录，一行不能指定某个人；可以给没有填人员的记录写一行（值为空字符串），其余的写一行（不写值）。",
					"The metric tells its records apart by a person field, and no row can name a person: a row may be for records without one (an empty value), another for everything else (no value).")
			}
			if c.By != nil && len(c.By.Choices) > 0 && label != "" {
				o, ok := c.By.choice(label)
				if !ok {
					bad("unknown_value", at, "字段没有“%s”这个选项；可用的有：%s。", "The field has no choice “%s”; the choices are %s.", clip(label), c.By.choiceList())
				} else {
					label = o.Value
				}
			}
		}
		if first, again := seen[label]; again {
			bad("row_repeated", at, "与第 %d 行的值相同，同一条记录不能有两种算法；请合并。", "Row %d has this value too, and a record cannot be paid by both: make them one.", first+1)
			continue
		}
		seen[label] = i
	}
}

func (r *commission) checkLimits(bad report, c Context) {
	for _, limit := range []struct {
		field  string
		amount *money.Decimal
	}{{"floor", r.floor}, {"cap", r.cap}} {
		if limit.amount == nil {
			continue
		}
		if limit.amount.Sign() < 0 || limit.field == "cap" && limit.amount.IsZero() {
			bad("limit_not_positive", limit.field, "保底不能为负数，封顶须大于 0。", "A floor cannot be below 0, and a cap must be above 0.")
		}
		c.checkPlaces(bad, limit.field, *limit.amount)
	}
	if r.floor != nil && r.cap != nil && r.cap.Cmp(*r.floor) < 0 {
		bad("cap_below_floor", "cap", "封顶 %s 低于保底 %s，请调整其一。", "The cap of %s is below the floor of %s: change one of them.", r.cap, r.floor)
	}
}

func (c Context) checkPlaces(bad report, field string, d money.Decimal) {
	if places := c.payPlaces(); d.Trim().Scale > places {
		bad("too_many_places", field, "最多 %d 位小数，请减少小数位。", "There may be at most %d decimal places: give fewer.", int(places))
	}
}

func (r *commission) checkDraw(bad report, c Context) {
	if r.draw == nil {
		return
	}
	amount, one := r.draw.amount, money.Decimal{Coef: 1}
	if c.Reward.Kind != Cash {
		bad("draw_not_cash", "draw", "预支只能用于奖金。", "Only cash can be drawn ahead: pay the reward in cash, or leave the draw out.")
	} else {
		c.checkPlaces(bad, "draw", amount)
	}
	switch {
	case amount.Sign() <= 0:
		bad("draw_not_positive", "draw", "预支金额须大于 0。", "A draw must be above 0.")
	case r.floor != nil && amount.Cmp(*r.floor) <= 0:
		bad("draw_below_floor", "draw", "预支 %s 不高于保底 %s，永远用不上；请调整其一。", "The draw of %s is not above the floor of %s and never matters: change one of them.", amount, r.floor)
	case r.cap != nil && amount.Cmp(*r.cap) > 0:
		bad("draw_above_cap", "draw", "预支 %s 高于封顶 %s，请调整其一。", "The draw of %s is above the cap of %s: change one of them.", amount, r.cap)
	}
	if r.draw.recoverable && (r.draw.share.Sign() <= 0 || r.draw.share.Cmp(one) > 0) {
		bad("percent_out_of_range", "recover_share", "扣回比例须大于 0 %%，不超过 100 %%。", "The share that is recovered lies above 0%% and is at most 100%%.")
	}
}

// payPlaces is the number of decimal places in which a computed reward is paid: whole points, or a currency's minor unit.
func (c Context) payPlaces() uint8 {
	if c.Reward.Kind != Cash {
		return 0
	}
	places, _ := money.MinorUnits(c.currencyOf(c.Reward))
	return places
}
