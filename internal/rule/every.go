package rule

import (
	"fmt"
	"slices"
	"strconv"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// every gives one reward for every size of the metric.
type every struct {
	size   money.Decimal
	free   money.Decimal // what does not count
	cap    int64         // rewards a period, 0 for no cap
	up     bool          // a started size counts as a whole one
	carry  Carry
	excess bool // what lies above the cap is carried too
}

var everyKind = kind{
	info: Info{
		Key:     "every",
		Name:    i18n.T("每满", "Every"),
		Example: i18n.T("每季新签客户每满 10 个，奖励 ¥500；余数到季末作废。", "Every 10 newly signed customers in a quarter earn ¥500. The remainder lapses at the end of the quarter."),
		Params: []Param{
			{Key: "size", Type: DecimalParam, Required: true, Name: i18n.T("每满多少", "Size"), Help: i18n.T("每满这么多奖励一次。", "One reward for every so many.")},
			{Key: "remainder", Type: ChoiceParam, Default: "lapse", Name: i18n.T("余数", "Remainder"), Help: i18n.T("期末不足一份的部分怎么办。", "What becomes of what is left at the period's end."),
				Choices: []Choice{{"lapse", i18n.T("作废", "Lapses")}, {"carry", i18n.T("结转", "Is carried over")}}},
			{Key: "since", Type: ChoiceParam, Default: string(SincePlan), Name: i18n.T("从何时起结转", "Carried since"), Help: i18n.T("结转从方案开始算起，还是每个财年重新算起。", "Whether the carry runs since the plan began or starts anew each fiscal year."),
				Choices: []Choice{{string(SincePlan), i18n.T("方案开始", "The plan's start")}, {string(SinceYear), i18n.T("财年开始", "The fiscal year's start")}}},
			{Key: "cap", Type: IntegerParam, Name: i18n.T("每期上限", "Cap"), Help: i18n.T("每期最多奖励几次。", "At most so many rewards a period.")},
			{Key: "excess", Type: ChoiceParam, Default: "lapse", Name: i18n.T("超出上限的部分", "Above the cap"), Help: i18n.T("超出上限的次数作废，还是留到以后各期。", "Whether what lies above the cap lapses or waits for later periods."),
				Choices: []Choice{{"lapse", i18n.T("作废", "Lapses")}, {"carry", i18n.T("结转", "Is carried over")}}},
			{Key: "free", Type: DecimalParam, Default: "0", Name: i18n.T("起算前不计", "Free allowance"), Help: i18n.T("前这么多不计。", "The first so many do not count.")},
			{Key: "round", Type: ChoiceParam, Default: "down", Name: i18n.T("不足一份时", "A started one"), Help: i18n.T("不足一份的部分计不计。", "Whether a part counts as a whole."),
				Choices: []Choice{{"down", i18n.T("不计", "Does not count")}, {"up", i18n.T("算一份", "Counts as one")}}},
		},
	},
	decode: decodeEvery,
}

func decodeEvery(p params) Shape {
	var e every
	e.size, _ = p.decimal("size")
	e.free, _ = p.decimal("free")
	e.cap, _ = p.integer("cap")
	e.up = p.choice("round") == "up"
	e.excess = p.choice("excess") == "carry"
	if p.choice("remainder") == "carry" {
		e.carry = Carry(p.choice("since"))
	} else if p.has("since") {
		p.bad("since", "param_unused", "余数不结转时，不需要填写“从何时起结转”。", "Nothing is carried: leave “since” out, or let the remainder carry.")
	}
	if p.has("cap") && e.cap < 1 {
		p.bad("cap", "cap_too_small", "每期上限至少为 1；不设上限请留空。", "A cap is at least 1: leave it out for no cap.")
	}
	return &e
}

func (e *every) Key() string      { return "every" }
func (e *every) Population() bool { return false }

// parts: what is carried over is whole, so a size cannot be a part of itself in one period.
func (e *every) parts() (amounts, lines bool) { return true, e.carry == "" }

func (e *every) Validate(c Context) []*problem.Error {
	out := c.checkReward("reward", c.Reward, false)
	bad := func(code, field, zh, en string, args ...any) {
		out = append(out, problem.Bad(code, field, zh, en, args...))
	}
	if e.size.Sign() <= 0 {
		bad("size_not_positive", "size", "每满的数量须大于 0。", "The size must be above 0.")
	}
	if e.free.Sign() < 0 {
		bad("free_negative", "free", "不计的部分不能为负数。", "The free allowance cannot be below 0.")
	}
	if e.cap > MaxDue {
		bad("cap_too_large", "cap", "每期最多 %s 次，请改小。", "A period has at most %s rewards: lower the cap.", i18n.Integer(MaxDue))
	}
	if !c.Measure.Additive {
		bad("metric_not_additive", "metric", "“每满”需要可累加的指标（计数或求和）；平均值、比率请改用“达到”。",
			"“Every” needs a metric that adds up (a count or a sum): use “reach” for averages and ratios.")
	}
	if e.carry != "" && e.up {
		bad("carry_without_remainder", "round", "不足一份就算一份时没有余数可结转，请二选一。", "Where a started one counts there is no remainder to carry: choose one of the two.")
	}
	if e.carry != "" && e.free.Sign() > 0 {
		bad("carry_with_free", "free", "结转与“起算前不计”不能同时使用，请二选一。", "A carry and a free allowance cannot be combined: choose one of the two.")
	}
	if e.carry == SinceYear && c.Period == calendar.Year {
		bad("carry_never", "since", "周期已是一年，财年内没有下一期可结转；请改为从方案开始结转。", "The period is a year, so nothing could ever be carried within it: carry since the plan's start.")
	}
	if e.excess && (e.carry == "" || e.cap == 0) {
		bad("excess_without_carry", "excess", "超出上限的部分要结转，须先设上限并让余数结转。", "What lies above the cap can be carried only where there is a cap and the remainder is carried.")
	}
	return out
}

// count is how many sizes a total fills.
func (e *every) count(total money.Frac) (int64, error) {
	counted, err := total.Sub(e.free.Frac())
	if err != nil || counted.Sign() <= 0 {
		return 0, err
	}
	q, err := counted.Div(e.size.Frac())
	if err != nil {
		return 0, err
	}
	if e.up {
		return q.Ceil(), nil
	}
	return q.Floor(), nil
}

// settle is how many rewards a subject, as own gives it, earns: those that the running total fills, less what was
// settled before, within the cap; of a part of a period, less what the parts before it bring by this rule.
func (e *every) settle(s Subject) (total money.Frac, filled, due int64, err error) {
	if total, err = s.Before.Add(s.Value); err != nil {
		return total, 0, 0, err
	}
	if filled, err = e.count(total); err != nil {
		return total, 0, 0, err
	}
	due = max(0, filled-s.BeforeDue)
	if e.cap > 0 {
		due = min(due, e.cap)
	}
	due = max(0, due-s.given)
	return total, filled, due, nil
}

func (e *every) Evaluate(_ calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	var out []Due
	for _, s := range bySubject(subjects) {
		if !s.Has {
			continue
		}
		dues, err := e.evaluate(c, s)
		if err != nil {
			return nil, fmt.Errorf("rule every for %s %d: %w", s.Ref.Kind, s.Ref.ID, err)
		}
		out = append(out, dues...)
	}
	return out, nil
}

func (e *every) evaluate(c Context, s Subject) ([]Due, error) {
	s, err := e.own(c, s)
	if err != nil {
		return nil, err
	}
	_, filled, n, err := e.settle(s)
	if err != nil || n == 0 {
		return nil, err
	}
	if n > MaxDue {
		return nil, tooMany(c, s.Ref)
	}
	reward := c.paid(c.Reward)
	amount, err := c.cash(reward)
	if err != nil {
		return nil, err
	}
	run, err := newRun(c, s, s.Before)
	if err != nil {
		return nil, err
	}
	common := e.steps(c, s, filled, n)
	out := make([]Due, n)
	from := 0 // the first point that belongs to the next reward
	for j := range n {
		line, err := e.line(s.BeforeDue + s.given + j)
		if err != nil {
			return nil, err
		}
		d := Due{Ref: s.Ref, Slot: strconv.FormatInt(j+1, 10), Reward: reward, Quantity: 1, Amount: amount, Value: s.Value, FromPoint: -1, ToPoint: -1}
		if run != nil {
			at := run.cross(line, e.up)
			d.at(run, at)
			d.FromPoint, d.ToPoint = max(0, min(from, at)), at+1
			from = at + 1
			if !e.up && run.beyond(line) {
				from = at // a part of this point belongs to the next reward too
			}
		}
		if !c.Bare {
			d.Steps = append(slices.Clip(common), e.lineStep(c, s.BeforeDue+s.given+j, line), c.rewardStep(reward, amount))
		}
		out[j] = d
	}
	return out, nil
}

// line is the running total at which the reward of a number (from 0) falls due: at the end of its size, or, where a
// started size counts, as soon as the total is above its beginning.
func (e *every) line(number int64) (money.Frac, error) {
	if !e.up {
		number++
	}
	sizes, err := e.size.Frac().Mul(money.Whole(number))
	if err != nil {
		return money.Frac{}, err
	}
	return sizes.Add(e.free.Frac())
}

func (e *every) since() Carry { return e.carry }

func (e *every) carryOver(c Carried, value money.Frac) (Carried, error) {
	total, filled, due, err := e.settle(Subject{Value: value, Has: true, Before: c.Total, BeforeDue: c.Settled})
	if err != nil {
		return Carried{}, fmt.Errorf("rule every: carrying over: %w", err)
	}
	if e.excess {
		return Carried{total, c.Settled + due}, nil
	}
	return Carried{total, max(c.Settled, filled)}, nil // what lies above the cap has lapsed, and so counts as settled
}
