package rule

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
)

// Limits of a rate.
const (
	MaxTiers = 50
	MaxRows  = 200 // rates of their own for values of a field
)

// commission pays a share of an amount, so much a unit, or so much a package, by tiers.
type commission struct {
	whole      bool  // all of the value at the rate of the tier it falls in; else each part at its own tier's
	rows       []row // one without a value unless rates differ by a field
	byField    bool
	ownPart    bool // tiers read each row's own part; else the whole value
	reachedSum bool // only the fixed sum of the tier reached is due; else those of all tiers entered
	attainment bool // bounds are parts of the target
	target     *money.Decimal
	accumulate calendar.Kind  // tiers read the running total since this longer period began; empty: the judged period's
	floor      *money.Decimal // in the reward's natural unit
	cap        *money.Decimal
	carry      bool // an amount below zero is carried into later periods
	multiplies bool // tiers say by what another plan's result is multiplied; what that adds to it may be below zero
	draw       *draw
}

// row is the table of one value of the field by which the metric tells records apart; a nil value is everything else.
type row struct {
	value *string
	tiers []tier
}

// tier is one row of the table. It reaches up to and including its bound.
type tier struct {
	upTo         *money.Decimal // nil: without end; of the metric, or a part of the target
	rate         *money.Decimal // 0.05 of an amount
	perUnit      *money.Decimal // so much a unit
	times        *money.Decimal // another plan's result becomes so many times what it is
	pack         *pack          // so much a package
	fixed        money.Decimal  // due once the value is above the tier's lower bound; the first tier's from zero
	percent      bool           // the rate was written with a percent sign, so that 150% is meant
	timesPercent bool           // likewise of the multiplier
}

// pack pays for packages of so many units.
type pack struct {
	size, amount, free money.Decimal
	full               bool // only full ones; else a started one counts
	alone              bool // in place of tiers
}

// draw is paid ahead of what is earned.
type draw struct {
	amount      money.Decimal
	recoverable bool          // what was not earned is owed
	share       money.Decimal // of what later periods earn above the draw, the part that may be taken back
}

var packFields = []Param{
	{Key: "size", Type: DecimalParam, Required: true, Name: i18n.T("每份多少", "Size"), Help: i18n.T("多少个单位为一份。", "So many units make a package.")},
	{Key: "amount", Type: AmountParam, Required: true, Name: i18n.T("每份金额", "Amount"), Help: i18n.T("每份发多少。", "So much for each package.")},
	{Key: "round", Type: ChoiceParam, Default: "up", Name: i18n.T("不足一份时", "A started one"), Help: i18n.T("不足一份的部分计不计。", "Whether a started package counts."),
		Choices: []Choice{{"up", i18n.T("算一份", "Counts as one")}, {"down", i18n.T("不计", "Does not count")}}},
	{Key: "free", Type: DecimalParam, Default: "0", Name: i18n.T("起算前不计", "Free allowance"), Help: i18n.T("前这么多不计。", "The first so many do not count.")},
}

var tierFields = []Param{
	{Key: "up_to", Type: DecimalParam, Name: i18n.T("上界（含）", "Up to and including"), Help: i18n.T("最后一档留空；按完成率时写 100%。", "Empty for the last tier; on attainment written as 100%.")},
	{Key: "rate", Type: PercentParam, Name: i18n.T("比例", "Rate"), Help: i18n.T("金额的百分之几，如 5%。", "A share of the amount, such as 5%.")},
	{Key: "times", Type: PercentParam, Name: i18n.T("乘数", "Multiplier"), Help: i18n.T("另一方案的奖金乘以多少，如 120% 或 0.8；本方案发（或扣）其差额。", "By what another plan's result is multiplied, such as 120% or 0.8; this plan gives the difference, or takes it off.")},
	{Key: "per_unit", Type: AmountParam, Name: i18n.T("每单位", "A unit"), Help: i18n.T("每个多少，用于计数。", "So much a unit, for counts.")},
	{Key: "per_package", Type: ObjectParam, Name: i18n.T("每份", "A package"), Help: i18n.T("每多少个单位发多少。", "So much for every so many units."), Fields: packFields},
	{Key: "fixed", Type: AmountParam, Default: "0", Name: i18n.T("进档另加", "On entering"), Help: i18n.T("超过本档下界即另加一次；第一档从 0 起就有。", "Added once above the tier's lower bound; the first tier's from zero.")},
}

var rateKind = kind{
	info: Info{
		Key:     "rate",
		Name:    i18n.T("提成", "Commission"),
		Example: i18n.T("季度回款分段提成：不超过 ¥50,000 的部分 5 %，超过 ¥50,000 的部分 8 %。", "Commission on cash collected in a quarter, each part at its own rate: 5% of the part up to ¥50,000 and 8% of the part above ¥50,000."),
		Params: []Param{
			{Key: "mode", Type: ChoiceParam, Default: "marginal", Name: i18n.T("算法", "How tiers count"), Help: i18n.T("分段各按各档，还是全额按所到的一档。", "Each part at its own tier's rate, or all of it at the rate of the tier reached."),
				Choices: []Choice{{"marginal", i18n.T("分段", "Each part at its own rate")}, {"whole", i18n.T("全额", "All at the rate reached")}}},
			{Key: "tiers", Type: ListParam, Name: i18n.T("档位", "Tiers"), Help: i18n.T("从低到高；最后一档不设上界。", "From low to high; the last one is open."), Fields: tierFields},
			{Key: "package", Type: ObjectParam, Name: i18n.T("每份", "A package"), Help: i18n.T("不分档，每多少个单位发多少。", "No tiers: so much for every so many units."), Fields: packFields},
			{Key: "rows", Type: ListParam, Name: i18n.T("按字段的值", "By a field"), Help: i18n.T("指标的区分字段每个值各用各的档位。", "Tiers of their own for values of the field by which the metric tells records apart."), Fields: []Param{
				{Key: "value", Type: TextParam, Name: i18n.T("值", "Value"), Help: i18n.T("留空表示其余所有记录。", "Empty for everything else.")},
				{Key: "tiers", Type: ListParam, Name: i18n.T("档位", "Tiers"), Help: i18n.T("这个值的档位。", "The tiers of this value."), Fields: tierFields},
				{Key: "package", Type: ObjectParam, Name: i18n.T("每份", "A package"), Help: i18n.T("这个值不分档，每多少个单位发多少。", "No tiers for this value: so much for every so many units."), Fields: packFields},
			}},
			{Key: "tiers_read", Type: ChoiceParam, Default: "all", Name: i18n.T("档位看哪个数", "What tiers read"), Help: i18n.T("各行的档位看全部的数，还是看这一行自己的部分。", "Whether the tiers of rows read the whole value or each row's own part."),
				Choices: []Choice{{"all", i18n.T("全部", "The whole value")}, {"row", i18n.T("各行自己的部分", "Each row's own part")}}},
			{Key: "fixed_sums", Type: ChoiceParam, Default: "all", Name: i18n.T("固定部分", "Fixed sums"), Help: i18n.T("进过的各档都发，还是只发所到一档的。", "Whether those of all tiers entered are due, or only that of the tier reached."),
				Choices: []Choice{{"all", i18n.T("进过的各档都发", "Of all tiers entered")}, {"reached", i18n.T("只发所到一档的", "Of the tier reached")}}},
			{Key: "on", Type: ChoiceParam, Default: "value", Name: i18n.T("档位按什么分", "Tiers are set on"), Help: i18n.T("按数值，还是按完成率（数值 ÷ 目标）。", "The value, or its attainment: the value ÷ the target."),
				Choices: []Choice{{"value", i18n.T("数值", "The value")}, {"attainment", i18n.T("完成率", "Attainment")}}},
			{Key: "target", Type: DecimalParam, Name: i18n.T("目标", "Target"), Help: i18n.T("所有人同一个目标；留空则用各人设定的目标。", "One target for everybody; the targets that were set if left out.")},
			{Key: "accumulate", Type: ChoiceParam, Name: i18n.T("累计", "Accumulate"), Help: i18n.T("档位看季度、半年或年度以来的累计，每期发当期新增的部分。", "Tiers read the running total since the quarter, half or year began; each period pays what it adds."),
				Choices: accumulateChoices},
			{Key: "floor", Type: AmountParam, Name: i18n.T("保底", "Floor"), Help: i18n.T("每期至少这么多。", "At least so much a period.")},
			{Key: "cap", Type: AmountParam, Name: i18n.T("封顶", "Cap"), Help: i18n.T("每期至多这么多。", "At most so much a period.")},
			{Key: "below_zero", Type: ChoiceParam, Default: "zero", Name: i18n.T("负数时", "Below zero"), Help: i18n.T("算出负数时按 0 计，还是结转、从以后各期扣除。", "Whether an amount below zero counts as 0 or is carried and taken off later periods."),
				Choices: []Choice{{"zero", i18n.T("按 0 计", "Counts as 0")}, {"carry", i18n.T("结转", "Is carried over")}}},
			{Key: "draw", Type: AmountParam, Name: i18n.T("预支", "Draw"), Help: i18n.T("每期先发这么多，提成更高时发提成。", "So much is paid each period ahead of what is earned; more when more is earned.")},
			{Key: "recoverable", Type: YesNoParam, Name: i18n.T("预支可扣回", "Recoverable"), Help: i18n.T("没挣到的部分从以后各期超出预支的提成中扣回。", "What was not earned is taken from what later periods earn above their draw.")},
			{Key: "recover_share", Type: PercentParam, Default: "100%", Name: i18n.T("每期最多扣回", "At most recovered"), Help: i18n.T("超出预支的提成中最多扣回百分之几。", "At most this share of what is earned above the draw.")},
		},
	},
	decode: decodeRate,
}

// accumulateChoices are the longer periods over which a rule may accumulate.
var accumulateChoices = []Choice{
	{string(calendar.Quarter), i18n.T("季度", "The quarter")}, {string(calendar.Half), i18n.T("半年", "The half-year")}, {string(calendar.Year), i18n.T("年度", "The year")},
}

func optional(d money.Decimal, given bool) *money.Decimal {
	if !given {
		return nil
	}
	return &d
}

func decodeRate(p params) Shape {
	r := commission{whole: p.choice("mode") == "whole", ownPart: p.choice("tiers_read") == "row", attainment: p.choice("on") == "attainment",
		carry: p.choice("below_zero") == "carry", accumulate: calendar.Kind(p.choice("accumulate")), reachedSum: p.choice("fixed_sums") == "reached"}
	r.target = optional(p.decimal("target"))
	r.floor, r.cap = optional(p.decimal("floor")), optional(p.decimal("cap"))
	r.byField = p.has("rows")
	if r.byField {
		for _, given := range p.list("rows", MaxRows) {
			r.rows = append(r.rows, row{value: given.value("value"), tiers: r.decodeTiers(given)})
		}
		for _, key := range []string{"tiers", "package"} {
			if p.has(key) {
				p.bad(key, "tiers_beside_rows", "已按字段的值分行，请把档位写进各行；其余的记录写一行，值留空。", "There are rows by a field: put the tiers into them; a row without a value is for everything else.")
			}
		}
	} else {
		r.rows = []row{{tiers: r.decodeTiers(p)}}
	}
	if p.has("tiers_read") && !r.byField {
		p.bad("tiers_read", "param_unused", "没有按字段分行时，不需要填写“档位看哪个数”。", "There are no rows by a field: leave “tiers_read” out.")
	}
	r.multiplies = r.hasTimes()
	if r.reachedSum && !r.hasSums() {
		p.bad("fixed_sums", "param_unused", "没有档位有固定部分，不需要填写 fixed_sums。", "No tier has a fixed sum: leave “fixed_sums” out.")
	}
	if p.has("target") && !r.attainment {
		p.bad("target", "param_unused", "目标只在按完成率分档时使用：请填写 \"on\":\"attainment\"，或去掉目标。", "A target is read only by tiers on attainment: give \"on\":\"attainment\", or leave the target out.")
	}
	r.decodeDraw(p)
	return &r
}

func (r *commission) hasSums() bool {
	for _, row := range r.rows {
		for _, t := range row.tiers {
			if !t.fixed.IsZero() {
				return true
			}
		}
	}
	return false
}

// hasTimes reports whether a tier multiplies; Validate sees to it that all of them do.
func (r *commission) hasTimes() bool {
	return slices.ContainsFunc(r.rows, func(row row) bool {
		return slices.ContainsFunc(row.tiers, func(t tier) bool { return t.times != nil })
	})
}

func (r *commission) decodeDraw(p params) {
	amount, given := p.decimal("draw")
	share, shared := p.fraction("recover_share")
	d := draw{amount: amount, recoverable: p.yesNo("recoverable"), share: share}
	if !shared {
		d.share = money.Decimal{Coef: 1}
	}
	switch {
	case given:
		r.draw = &d
	case p.has("recoverable"):
		p.bad("recoverable", "param_unused", "没有预支，也就没有要扣回的；请填写预支金额。", "Without a draw there is nothing to recover: give the draw.")
	}
	if p.has("recover_share") && !d.recoverable {
		p.bad("recover_share", "param_unused", "预支不扣回时，不需要填写扣回比例；要扣回请填写 \"recoverable\":true。", "The draw is not recoverable: leave the share out, or give \"recoverable\":true.")
	}
}

// decodeTiers reads the tiers of the table or of one of its rows; a package alone is one open tier.
func (r *commission) decodeTiers(p params) []tier {
	if alone, ok := p.object("package"); ok {
		if p.has("tiers") {
			p.bad("package", "package_beside_tiers", "已有档位，请把“每份”写进档位的 per_package。", "There are tiers: put the package into one as its per_package.")
		}
		pack := decodePack(alone)
		pack.alone = true
		return []tier{{pack: pack}}
	}
	given := p.list("tiers", MaxTiers)
	if len(given) == 0 && !p.has("tiers") {
		p.bad("tiers", "param_missing", "请填写“%s”。", "Give a value for “%s”.", i18n.T("档位", "Tiers"))
	} else if string(p.given["tiers"]) == "[]" {
		p.bad("tiers", "list_empty", "请至少填写一项。", "Give at least one entry.")
	}
	var out []tier
	for i, at := range given {
		t := tier{rate: optional(at.fraction("rate")), perUnit: optional(at.decimal("per_unit")), times: optional(at.fraction("times"))}
		if r.attainment {
			t.upTo = optional(at.fraction("up_to"))
		} else {
			t.upTo = optional(at.decimal("up_to"))
		}
		if each, ok := at.object("per_package"); ok {
			t.pack = decodePack(each)
		}
		t.fixed, _ = at.decimal("fixed")
		if text, ok := at.text("rate"); ok {
			_, t.percent = cutPercent(text)
		}
		if text, ok := at.text("times"); ok {
			_, t.timesPercent = cutPercent(text)
		}
		if i < len(given)-1 && !at.has("up_to") {
			at.bad("up_to", "tier_open", "只有最后一档可以不设上界，请填写。", "Only the last tier may be open: give this one its upper bound.")
		}
		out = append(out, t)
	}
	return out
}

func decodePack(p params) *pack {
	var out pack
	out.size, _ = p.decimal("size")
	out.amount, _ = p.decimal("amount")
	out.free, _ = p.decimal("free")
	out.full = p.choice("round") == "down"
	return &out
}

// value is a text or a number as somebody wrote it; nil where there is none.
func (p params) value(key string) *string {
	if !p.has(key) {
		return nil
	}
	var s string
	if raw := p.given[key]; json.Unmarshal(raw, &s) != nil {
		if raw[0] == '{' || raw[0] == '[' {
			p.bad(key, "wrong_type", "这里应为文字，例如 \"new\"。", "This must be a text such as \"new\".")
		}
		s = string(raw)
	}
	s = strings.TrimSpace(s)
	return &s
}

func (r *commission) Key() string      { return "rate" }
func (r *commission) Population() bool { return false }

// Reads: a running total, an amount carried and a draw that is owed all come from earlier periods.
func (r *commission) Reads() Reads {
	return Reads{Back: Back{All: r.accumulate != "" || r.remembers()}, Labels: r.byField}
}

func (r *commission) Evaluate(p calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	var out []Due
	for _, s := range bySubject(subjects) {
		if !s.Has {
			continue
		}
		d, err := r.due(p, c, s)
		if err != nil {
			return nil, fmt.Errorf("rule rate for %s %d: %w", s.Ref.Kind, s.Ref.ID, err)
		}
		if d != nil {
			out = append(out, *d)
		}
	}
	return out, nil
}

// due is what a subject is paid, or nil.
func (r *commission) due(p calendar.Period, c Context, s Subject) (*Due, error) {
	a, err := r.account(c, s, p)
	if err != nil || a.untargeted {
		return nil, err
	}
	reward, amount, err := c.computed(a.pays)
	if err != nil || reward.Amount.IsZero() || reward.Amount.Sign() < 0 && !r.multiplies {
		return nil, err
	}
	d := Due{Ref: s.Ref, Slot: "rate", Reward: reward, Quantity: 1, Amount: amount, Moment: s.Reached, Value: s.Value, FromPoint: -1, ToPoint: -1}
	if !c.Bare {
		d.Steps = r.steps(c, s, a, reward)
	}
	return &d, nil
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
