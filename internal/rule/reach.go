package rule

import (
	"fmt"
	"strconv"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// MaxSteps is the largest number of steps of a reach.
const MaxSteps = 50

// reach gives a reward for getting to a line, or to several of them.
type reach struct {
	steps []step
	all   bool // every step reached pays; else only the highest
	above bool // a step has to be passed; else being on it is enough

	accumulate calendar.Kind // the running total since this longer period began counts; empty: the period's value
}

// step is one line to get to.
type step struct {
	at     money.Decimal
	reward *Reward // nil: the plan's
}

var reachKind = kind{
	info: Info{
		Key:     "reach",
		Name:    i18n.T("达到", "Reach"),
		Example: i18n.T("每个团队季度销售额达到 ¥1,000,000，奖励 ¥20,000。", "A team that reaches ¥1,000,000 of sales in a quarter earns ¥20,000."),
		Params: []Param{
			{Key: "steps", Type: ListParam, Required: true, Name: i18n.T("目标", "Steps"), Help: i18n.T("一级或多级，从低到高。", "One or more, from low to high."), Fields: []Param{
				{Key: "at", Type: DecimalParam, Required: true, Name: i18n.T("达到多少", "At"), Help: i18n.T("比率可写成 60%。", "A ratio may be written as 60%.")},
				{Key: "reward", Type: RewardParam, Name: i18n.T("本级奖励", "Reward"), Help: i18n.T("留空即用方案的奖励。", "The plan's reward if left out.")},
			}},
			{Key: "pay", Type: ChoiceParam, Default: "highest", Name: i18n.T("发哪几级", "Which steps pay"), Help: i18n.T("只发最高一级，还是各级都发。", "Only the highest step reached, or all of them."),
				Choices: []Choice{{"highest", i18n.T("只发最高一级", "The highest")}, {"all", i18n.T("各级都发", "All")}}},
			{Key: "compare", Type: ChoiceParam, Default: "at_least", Name: i18n.T("怎样算达到", "Comparison"), Help: i18n.T("正好等于算不算。", "Whether being exactly on the line counts."),
				Choices: []Choice{{"at_least", i18n.T("达到即可", "At least")}, {"above", i18n.T("必须超过", "Above")}}},
			{Key: "accumulate", Type: ChoiceParam, Name: i18n.T("累计", "Accumulate"), Help: i18n.T("看季度、半年或年度以来的累计，在达到的那一期发。", "The running total since the quarter, half or year began counts; a step pays in the period in which it is reached."),
				Choices: accumulateChoices},
		},
	},
	decode: decodeReach,
}

func decodeReach(p params) Shape {
	r := reach{all: p.choice("pay") == "all", above: p.choice("compare") == "above", accumulate: calendar.Kind(p.choice("accumulate"))}
	for _, row := range p.list("steps", MaxSteps) {
		s := step{reward: row.reward("reward")}
		s.at, _ = row.fraction("at")
		r.steps = append(r.steps, s)
	}
	return &r
}

func (r *reach) Key() string      { return "reach" }
func (r *reach) Population() bool { return false }
func (r *reach) Reads() Reads     { return Reads{Back: Back{All: r.accumulate != ""}} }

// parts: a running total is held against lines as they are written.
func (r *reach) parts() (amounts, lines bool) { return true, r.accumulate == "" }

func (r *reach) Validate(c Context) []*problem.Error {
	var out []*problem.Error
	bad := func(code, field, zh, en string, args ...any) {
		out = append(out, problem.Bad(code, field, zh, en, args...))
	}
	if r.accumulate != "" && !c.Measure.Additive {
		bad("metric_not_additive", "metric", "累计需要可累加的指标（计数或求和）。", "Only a metric that adds up (a count or a sum) has a running total.")
	}
	checkAccumulate(bad, r.accumulate, c)
	plans := false // the plan's own reward is used
	for i, s := range r.steps {
		at := fmt.Sprintf("steps[%d]", i)
		if i > 0 && s.at.Cmp(r.steps[i-1].at) <= 0 {
			bad("steps_not_rising", at+".at", "各级目标须从低到高：%s 不高于前一级的 %s。", "Steps must rise: %s is not above the %s before it.", s.at, r.steps[i-1].at)
		}
		if c.Measure.Additive && (s.at.Sign() < 0 || s.at.IsZero() && !r.above) {
			bad("step_without_effort", at+".at", "目标须大于 0，否则周期一开始就已达到。", "A step must be above 0, or it is reached when the period begins.")
		}
		switch {
		case s.reward != nil:
			out = append(out, c.checkReward(at+".reward", *s.reward, false)...)
		case c.Reward.IsZero():
			bad("step_without_reward", at+".reward", "请填写本级奖励，或给方案填写奖励。", "Give the step a reward, or the plan one.")
		default:
			plans = true
		}
	}
	if plans {
		out = append(out, c.checkReward("reward", c.Reward, false)...)
	}
	return out
}

// reached is how many steps a value has got to.
func (r *reach) reached(v money.Frac) int {
	n := 0
	for n < len(r.steps) && r.met(v, r.steps[n]) {
		n++
	}
	return n
}

func (r *reach) met(v money.Frac, s step) bool {
	d := v.CmpDecimal(s.at)
	return d > 0 || d == 0 && !r.above
}

// rewardOf is what a step pays.
func (r *reach) rewardOf(c Context, i int) Reward {
	if own := r.steps[i].reward; own != nil {
		return c.paid(*own)
	}
	return c.paid(c.Reward)
}

func (r *reach) Evaluate(p calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	var out []Due
	for _, s := range bySubject(subjects) {
		if !s.Has {
			continue
		}
		if r.runs(c, p) {
			dues, err := r.running(p, c, s)
			if err != nil {
				return nil, fmt.Errorf("rule reach for %s %d: %w", s.Ref.Kind, s.Ref.ID, err)
			}
			out = append(out, dues...)
			continue
		}
		n := r.reached(s.Value)
		if n == 0 {
			continue
		}
		first := n - 1
		if r.all {
			first = 0
		}
		run, err := newRun(c, s, money.Frac{})
		for i := first; i < n && err == nil; i++ {
			var d Due
			if d, err = r.due(c, s, i, run); err == nil {
				out = append(out, d)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("rule reach for %s %d: %w", s.Ref.Kind, s.Ref.ID, err)
		}
	}
	return out, nil
}

// due is what one step pays a subject that has reached it.
func (r *reach) due(c Context, s Subject, i int, run *run) (Due, error) {
	reward := r.rewardOf(c, i)
	amount, err := c.cash(reward)
	if err != nil {
		return Due{}, err
	}
	d := Due{Ref: s.Ref, Slot: "step", Reward: reward, Quantity: 1, Amount: amount, Value: s.Value, FromPoint: -1, ToPoint: -1}
	if r.all {
		d.Slot = strconv.Itoa(i + 1)
	}
	if run != nil {
		at := run.cross(r.steps[i].at.Frac(), r.above)
		d.at(run, at)
		d.FromPoint, d.ToPoint = 0, at+1
	}
	if !c.Bare {
		d.Steps = r.arithmetic(c, s, i, reward, amount)
	}
	return d, nil
}
