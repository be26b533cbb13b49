package rule

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// MaxTiers is the largest number of tiers of a rate.
const MaxTiers = 50

// commission pays a share of an amount, or so much a unit, by tiers.
type commission struct {
	whole bool // all of the value at the rate of the tier it falls in; else each part at its own tier's
	tiers []tier
	floor *money.Decimal // in the reward's natural unit
	cap   *money.Decimal
}

// tier is one row of the table. It reaches up to and including its bound.
type tier struct {
	upTo    *money.Decimal // nil: without end
	rate    *money.Decimal // 0.05 of an amount
	perUnit *money.Decimal // so much a unit
	fixed   money.Decimal  // due once the value is above the tier's lower bound; the first tier's from zero
}

// factor is what one unit of the metric brings in the tier.
func (t tier) factor() money.Decimal {
	switch {
	case t.rate != nil:
		return *t.rate
	case t.perUnit != nil:
		return *t.perUnit
	}
	return money.Decimal{}
}

var rateKind = kind{
	info: Info{
		Key:     "rate",
		Name:    i18n.T("提成", "Commission"),
		Example: i18n.T("季度回款分段提成：不超过 ¥50,000 的部分 5 %，超过 ¥50,000 的部分 8 %。", "Commission on cash collected in a quarter, each part at its own rate: 5% of the part up to ¥50,000 and 8% of the part above ¥50,000."),
		Params: []Param{
			{Key: "mode", Type: ChoiceParam, Default: "marginal", Name: i18n.T("算法", "How tiers count"), Help: i18n.T("分段各按各档，还是全额按所到的一档。", "Each part at its own tier's rate, or all of it at the rate of the tier reached."),
				Choices: []Choice{{"marginal", i18n.T("分段", "Each part at its own rate")}, {"whole", i18n.T("全额", "All at the rate reached")}}},
			{Key: "tiers", Type: ListParam, Required: true, Name: i18n.T("档位", "Tiers"), Help: i18n.T("从低到高；最后一档不设上界。", "From low to high; the last one is open."), Fields: []Param{
				{Key: "up_to", Type: DecimalParam, Name: i18n.T("上界（含）", "Up to and including"), Help: i18n.T("最后一档留空。", "Empty for the last tier.")},
				{Key: "rate", Type: PercentParam, Name: i18n.T("比例", "Rate"), Help: i18n.T("金额的百分之几，如 5%。", "A share of the amount, such as 5%.")},
				{Key: "per_unit", Type: AmountParam, Name: i18n.T("每单位", "A unit"), Help: i18n.T("每个多少，用于计数。", "So much a unit, for counts.")},
				{Key: "fixed", Type: AmountParam, Default: "0", Name: i18n.T("进档另加", "On entering"), Help: i18n.T("超过本档下界即另加一次；第一档从 0 起就有。", "Added once above the tier's lower bound; the first tier's from zero.")},
			}},
			{Key: "floor", Type: AmountParam, Name: i18n.T("保底", "Floor"), Help: i18n.T("每期至少这么多。", "At least so much a period.")},
			{Key: "cap", Type: AmountParam, Name: i18n.T("封顶", "Cap"), Help: i18n.T("每期至多这么多。", "At most so much a period.")},
			{Key: "below_zero", Type: ChoiceParam, Default: "zero", Name: i18n.T("负数时", "Below zero"), Help: i18n.T("指标为负时怎么算。", "What a value below zero gives."),
				Choices: []Choice{{"zero", i18n.T("按 0 计", "Counts as 0")}}},
		},
	},
	decode: decodeRate,
}

func decodeRate(p params) Shape {
	r := commission{whole: p.choice("mode") == "whole"}
	p.choice("below_zero")
	optional := func(d money.Decimal, given bool) *money.Decimal {
		if !given {
			return nil
		}
		return &d
	}
	r.floor = optional(p.decimal("floor"))
	r.cap = optional(p.decimal("cap"))
	rows := p.list("tiers", MaxTiers)
	for i, row := range rows {
		t := tier{upTo: optional(row.decimal("up_to")), rate: optional(row.fraction("rate")), perUnit: optional(row.decimal("per_unit"))}
		t.fixed, _ = row.decimal("fixed")
		if i < len(rows)-1 && !row.has("up_to") {
			row.bad("up_to", "tier_open", "只有最后一档可以不设上界，请填写。", "Only the last tier may be open: give this one its upper bound.")
		}
		r.tiers = append(r.tiers, t)
	}
	return &r
}

func (r *commission) Key() string      { return "rate" }
func (r *commission) Population() bool { return false }

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
	var below *money.Decimal
	for i, t := range r.tiers {
		at := fmt.Sprintf("tiers[%d]", i)
		r.checkBound(bad, at, i, t, below)
		r.checkPay(bad, at, c, t)
		below = t.upTo
	}
	r.checkLimits(bad, c)
	return out
}

type report func(code, field, zh, en string, args ...any)

func (r *commission) checkBound(bad report, at string, i int, t tier, below *money.Decimal) {
	last := i == len(r.tiers)-1
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

func (r *commission) checkPay(bad report, at string, c Context, t tier) {
	one := money.Decimal{Coef: 1}
	switch {
	case t.rate != nil && t.perUnit != nil:
		bad("tier_pays_twice", at+".per_unit", "一档只能填“比例”或“每单位”之一。", "A tier has a rate or an amount a unit, not both.")
	case t.rate == nil && t.perUnit == nil && t.fixed.IsZero():
		bad("tier_pays_nothing", at+".rate", "请填写本档的比例或每单位数额；不计提成请写 0。", "Give the tier a rate or an amount a unit: write 0 for none.")
	case t.rate != nil && (t.rate.Sign() < 0 || t.rate.Cmp(one) > 0):
		bad("percent_out_of_range", at+".rate", "比例须在 0 %% 到 100 %% 之间；百分之五请写成 5%% 或 0.05。", "A rate lies between 0%% and 100%%: write 5%% or 0.05 for five percent.")
	case t.rate != nil && c.Reward.Kind == Cash && c.Measure.Currency != "" && c.Measure.Currency != c.currencyOf(c.Reward):
		bad("currency_mismatch", at+".rate", "指标以 %s 计，奖金以 %s 计，无法按比例计算；请统一币种。", "The metric is in %s and the reward in %s: a rate needs both in one currency.", c.Measure.Currency, c.currencyOf(c.Reward))
	case t.rate != nil && c.Measure.percent():
		bad("rate_of_percentage", at+".rate", "指标本身是百分比，不能再按比例提成。", "The metric is itself a percentage: a share of it cannot be paid.")
	case t.perUnit != nil && t.perUnit.Sign() < 0:
		bad("per_unit_negative", at+".per_unit", "每单位数额不能为负数。", "An amount a unit cannot be below 0.")
	case t.perUnit != nil && c.Reward.Kind == Cash && c.Measure.Currency != "":
		bad("per_unit_of_money", at+".per_unit", "指标是金额，请改填比例（如 5%%）。", "The metric is money: give a rate such as 5%% instead of an amount a unit.")
	}
	if t.fixed.Sign() < 0 {
		bad("fixed_negative", at+".fixed", "进档另加的数额不能为负数。", "The sum on entering a tier cannot be below 0.")
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
		if places := c.payPlaces(); limit.amount.Trim().Scale > places {
			bad("too_many_places", limit.field, "最多 %d 位小数，请减少小数位。", "There may be at most %d decimal places: give fewer.", int(places))
		}
	}
	if r.floor != nil && r.cap != nil && r.cap.Cmp(*r.floor) < 0 {
		bad("cap_below_floor", "cap", "封顶 %s 低于保底 %s，请调整其一。", "The cap of %s is below the floor of %s: change one of them.", r.cap, r.floor)
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

// earned is what a value brings, part by part, and altogether after floor and cap; exact, not yet rounded.
type earned struct {
	parts []part
	sum   money.Frac
	total money.Frac // sum within floor and cap
}

// part is what one tier brings: so many of the metric at its rate, or its fixed sum.
type part struct {
	tier   int
	fixed  bool
	of     money.Frac
	amount money.Frac
}

// earn applies the table to a value. A value below zero gives 0, and then the floor.
func (r *commission) earn(v money.Frac) (earned, error) {
	var e earned
	lower := money.Frac{}
	for i, t := range r.tiers {
		if v.Sign() < 0 || i > 0 && v.Cmp(lower) <= 0 {
			break
		}
		inside := t.upTo == nil || v.CmpDecimal(*t.upTo) <= 0
		of, err := r.share(v, lower, t, inside)
		if err == nil && of.Sign() > 0 {
			err = e.add(i, false, of, t.factor())
		}
		if err == nil && !t.fixed.IsZero() {
			err = e.add(i, true, money.Whole(1), t.fixed)
		}
		if err != nil {
			return e, err
		}
		if inside {
			break
		}
		lower = t.upTo.Frac()
	}
	e.total = e.sum
	if r.floor != nil && e.total.CmpDecimal(*r.floor) < 0 {
		e.total = r.floor.Frac()
	}
	if r.cap != nil && e.total.CmpDecimal(*r.cap) > 0 {
		e.total = r.cap.Frac()
	}
	return e, nil
}

// share is how much of the value a tier's rate applies to.
func (r *commission) share(v, lower money.Frac, t tier, inside bool) (money.Frac, error) {
	switch {
	case r.whole && inside:
		return v, nil
	case r.whole:
		return money.Frac{}, nil
	case inside:
		return v.Sub(lower)
	}
	return t.upTo.Frac().Sub(lower)
}

func (e *earned) add(tier int, fixed bool, of money.Frac, factor money.Decimal) error {
	amount, err := of.Mul(factor.Frac())
	if err != nil {
		return err
	}
	e.parts = append(e.parts, part{tier, fixed, of, amount})
	e.sum, err = e.sum.Add(amount)
	return err
}

func (r *commission) Evaluate(_ calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	var out []Due
	for _, s := range bySubject(subjects) {
		if !s.Has {
			continue
		}
		e, err := r.earn(s.Value)
		if err != nil {
			return nil, fmt.Errorf("rule rate for %s %d: %w", s.Ref.Kind, s.Ref.ID, err)
		}
		reward, amount, err := c.computed(e.total)
		if err != nil {
			return nil, fmt.Errorf("rule rate for %s %d: %w", s.Ref.Kind, s.Ref.ID, err)
		}
		if reward.Amount.Sign() <= 0 {
			continue
		}
		d := Due{Ref: s.Ref, Slot: "rate", Reward: reward, Quantity: 1, Amount: amount, Moment: s.Reached, Value: s.Value, FromPoint: -1, ToPoint: -1}
		if !c.Bare {
			d.Steps = r.steps(c, s, e, reward)
		}
		out = append(out, d)
	}
	return out, nil
}

// computed is the plan's reward with an amount that the rule computed, rounded once, here.
func (c Context) computed(total money.Frac) (Reward, money.Amount, error) {
	reward := c.paid(c.Reward)
	if reward.Kind != Cash {
		d, err := total.Round(0, c.Rounding)
		reward.Amount = d
		return reward, money.Amount{}, err
	}
	total, err := c.reduced(total)
	if err != nil {
		return reward, money.Amount{}, err
	}
	amount, err := money.RoundAmount(total, reward.Currency, c.Rounding)
	reward.Amount = amount.Decimal()
	return reward, amount, err
}
