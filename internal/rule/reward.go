package rule

import (
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// RewardKind is what a reward is.
type RewardKind string

// The kinds of reward.
const (
	Cash     RewardKind = "cash"
	Gift     RewardKind = "gift"
	Title    RewardKind = "title"
	Badge    RewardKind = "badge"
	Training RewardKind = "training"
	Growth   RewardKind = "growth"
	Points   RewardKind = "points"
	Leave    RewardKind = "leave"
)

// RewardKinds lists every kind of reward.
var RewardKinds = []RewardKind{Cash, Gift, Title, Badge, Training, Growth, Points, Leave}

// Valid reports whether the kind is known.
func (k RewardKind) Valid() bool {
	for _, known := range RewardKinds {
		if k == known {
			return true
		}
	}
	return false
}

// counted reports whether a reward of the kind is so much of something rather than a thing with a name.
func (k RewardKind) counted() bool { return k == Cash || k == Points || k == Leave }

// Reward is what a rule gives each time.
type Reward struct {
	Kind     RewardKind    `json:"kind" yaml:"kind"`
	Name     i18n.Text     `json:"name,omitzero" yaml:"name,omitempty"`
	Amount   money.Decimal `json:"amount,omitzero" yaml:"amount,omitempty"`      // cash in natural units, points, or days of leave; a rate computes it
	Currency string        `json:"currency,omitempty" yaml:"currency,omitempty"` // of cash; the organisation's if empty
	Cost     money.Decimal `json:"cost,omitzero" yaml:"cost,omitempty"`          // to the company, each, in the organisation's currency; cash costs its amount
	Level    int           `json:"level,omitempty" yaml:"level,omitempty"`       // of a badge, 0 … MaxLevel
}

// MaxLevel is the highest level of a badge.
const MaxLevel = 100

// maxReward bounds a reward's amount and cost, in natural units: a slip of the hand must not make sums of awards overflow.
var maxReward = money.Decimal{Coef: 1_000_000_000_000}

// IsZero reports whether no reward is given at all.
func (r Reward) IsZero() bool { return r == Reward{} }

// currencyOf is the currency in which a reward is paid; only cash has one.
func (c Context) currencyOf(r Reward) string {
	if r.Currency != "" {
		return r.Currency
	}
	return c.Currency
}

// paid is a reward as it is given: cash always names its currency.
func (c Context) paid(r Reward) Reward {
	if r.Kind == Cash {
		r.Currency = c.currencyOf(r)
	}
	return r
}

// cash is the amount of a reward of cash, and no amount of any other.
func (c Context) cash(r Reward) (money.Amount, error) {
	if r.Kind != Cash {
		return money.Amount{}, nil
	}
	amount, err := c.reduced(r.Amount.Frac())
	if err != nil {
		return money.Amount{}, err
	}
	return money.RoundAmount(amount, c.currencyOf(r), c.Rounding)
}

// reduced is the part of an amount that the subjects get.
func (c Context) reduced(amount money.Frac) (money.Frac, error) {
	if c.Part.IsZero() {
		return amount, nil
	}
	return amount.Mul(c.Part)
}

// checkReward finds what is wrong with a reward that stands at a path. computed says that the rule computes its amount.
func (c Context) checkReward(path string, r Reward, computed bool) []*problem.Error {
	var out []*problem.Error
	bad := func(code, field, zh, en string, args ...any) {
		out = append(out, problem.Bad(code, field, zh, en, args...).In(path))
	}
	if !r.Kind.Valid() {
		bad("unknown_reward_kind", "kind", "没有“%s”这种奖励；可用的有：cash、gift、title、badge、training、growth、points、leave。",
			"There is no kind of reward “%s”; the kinds are cash, gift, title, badge, training, growth, points and leave.", clip(string(r.Kind)))
		return out
	}
	switch {
	case computed && !r.Amount.IsZero():
		bad("reward_amount_computed", "amount", "提成的数额由规则计算，请去掉奖励里的数额。", "The rule computes the amount: leave the reward's own amount out.")
	case computed:
	case r.Kind.counted() && r.Amount.Sign() <= 0:
		bad("reward_amount_missing", "amount", "请填写大于 0 的奖励数额。", "Give the reward an amount above 0.")
	case !r.Kind.counted() && !r.Amount.IsZero():
		bad("reward_amount_unused", "amount", "这种奖励没有数额，请去掉；公司成本请填在 cost。", "This kind of reward has no amount: remove it. What it costs the company goes into cost.")
	}
	if !r.Kind.counted() && r.Name.IsZero() {
		bad("reward_name_missing", "name", "请填写奖品名称。", "Give the reward a name.")
	}
	if r.Kind != Cash && r.Currency != "" {
		bad("reward_currency_unused", "currency", "只有奖金才有币种，请去掉。", "Only cash has a currency: remove it.")
	}
	if r.Kind == Cash {
		code := c.currencyOf(r)
		places, ok := money.MinorUnits(code)
		switch {
		case !ok:
			bad("unknown_currency", "currency", "“%s”不是有效的币种代码，请用 CNY、USD 这样的三位代码。", "“%s” is not a currency: use a code such as CNY or USD.", clip(code))
		case c.Budgeted && code != c.currencyOf(c.Reward):
			bad("budget_currency", "currency", "方案有预算，所有奖金须同为 %s。", "The plan has a budget, so all of its cash must be in %s.", c.currencyOf(c.Reward))
		case r.Amount.Trim().Scale > places:
			bad("too_many_places", "amount", "%[2]s 最多 %[1]d 位小数，请减少小数位。", "%[2]s has at most %[1]d decimal places: give the amount fewer.", int(places), code)
		}
	}
	tooLarge := func(field string, figure money.Decimal) {
		if figure.Cmp(maxReward) > 0 {
			bad("reward_too_large", field, "最多 %s，请改小。", "At most %s: make it smaller.", maxReward)
		}
	}
	tooLarge("amount", r.Amount)
	tooLarge("cost", r.Cost)
	if r.Cost.Sign() < 0 {
		bad("negative_cost", "cost", "成本不能为负数。", "A cost cannot be below 0.")
	}
	if r.Level < 0 || r.Level > MaxLevel || r.Level != 0 && r.Kind != Badge {
		bad("level_out_of_range", "level", "只有徽章有等级，等级在 0 到 %d 之间。", "Only badges have a level, from 0 to %d.", MaxLevel)
	}
	return out
}
