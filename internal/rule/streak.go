package rule

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// MaxStreak is the largest number of periods in a row: ten years of weeks.
const MaxStreak = 520

// streak rewards meeting another rule in so many periods running, counted from the version's first period.
type streak struct {
	times int64
	name  string // of the nested shape
	rule  Shape  // met when something would be due by it
	then  string // after a payment: again, every, once
	skip  *leave
}

// leave tells the periods that a streak passes over.
type leave struct {
	metric  string
	atLeast *money.Decimal // nil: every day of the period
}

var streakKind = kind{
	info: Info{
		Key:     "streak",
		Name:    i18n.T("连续", "Streak"),
		Example: i18n.T("连续 3 个月每月好评率达到 95 %，奖励 ¥1,000；之后重新计数。", "3 months in a row with at least 95% good ratings earn ¥1,000; then the count starts again."),
		Params: []Param{
			{Key: "times", Type: IntegerParam, Required: true, Name: i18n.T("连续几期", "Periods in a row"), Help: i18n.T("例：3。", "For example 3.")},
			{Key: "rule", Type: ObjectParam, Required: true, Name: i18n.T("每期的条件", "Condition of each period"), Help: i18n.T("另一种规则；按它会有奖励的周期就算达标。", "Another rule; a period counts when something would be due by it."), Fields: []Param{
				{Key: "shape", Type: KeyParam, Required: true, Name: i18n.T("规则形式", "Shape"), Help: i18n.T("every、reach、rate、clean、improve、versus 或 score。", "every, reach, rate, clean, improve, versus or score.")},
				{Key: "params", Type: ObjectParam, Name: i18n.T("参数", "Parameters"), Help: i18n.T("这种规则的参数。", "The parameters of that shape.")},
			}},
			{Key: "then", Type: ChoiceParam, Default: "again", Name: i18n.T("奖励之后", "After a reward"), Help: i18n.T("重新计数，每多一期再奖励一次，还是只奖励一次。", "The count starts again, every further period pays, or it pays only once."),
				Choices: []Choice{{"again", i18n.T("重新计数", "Starts again")}, {"every", i18n.T("每多一期再奖励一次", "Every further period pays")}, {"once", i18n.T("只奖励一次", "Only once")}}},
			{Key: "skip", Type: ObjectParam, Name: i18n.T("跳过请假的周期", "Leave"), Help: i18n.T("整期请假的周期不算也不中断。", "A period spent wholly on leave neither counts nor breaks the streak."), Fields: []Param{
				{Key: "metric", Type: MetricParam, Required: true, Name: i18n.T("请假天数的指标", "Metric of days on leave"), Help: i18n.T("看哪个指标。", "Which metric tells it.")},
				{Key: "at_least", Type: DecimalParam, Name: i18n.T("不少于", "At least"), Help: i18n.T("留空即周期的每一天。", "Every day of the period if left out.")},
			}},
		},
	},
	decode: decodeStreak,
}

// A streak is made of another shape of the list, so the list cannot name it itself.
func init() { shapes = append(shapes, streakKind) }

func decodeStreak(p params) Shape {
	s := streak{then: p.choice("then")}
	s.times, _ = p.integer("times")
	if o, ok := p.object("rule"); ok {
		if s.name = o.key("shape"); s.name == "streak" {
			o.bad("shape", "streak_of_streak", "连续里面不能再套连续，请换一种规则。", "A streak cannot be made of streaks: choose another shape.")
		} else if s.name != "" {
			s.rule = o.shape(s.name, "params")
		}
	}
	if o, ok := p.object("skip"); ok {
		s.skip = &leave{metric: o.key("metric")}
		if d, ok := o.fraction("at_least"); ok {
			s.skip.atLeast = &d
		}
	}
	return &s
}

// shape reads another rule within the parameters; its problems stand under this object.
func (p params) shape(name, key string) Shape {
	s, err := Decode(name, p.given[key])
	if err == nil {
		return s
	}
	if top, ok := problem.As(err); ok {
		for _, e := range append([]*problem.Error{top}, top.Details...) {
			at := p.path + "." + key
			if e.Field == "shape" {
				at = p.path
			}
			own := *e.In(at)
			own.Details = nil
			*p.problems = append(*p.problems, &own)
		}
	}
	return nil
}

func (s *streak) Key() string      { return "streak" }
func (s *streak) Population() bool { return false }

// canFall: what the nested rule may lose, the streak may.
func (s *streak) canFall() bool {
	f, ok := s.rule.(faller)
	return ok && f.canFall()
}

func (s *streak) names() (out []NamedSubject) {
	for _, n := range NamesOf(s.rule) {
		n.Field = "rule.params." + n.Field
		out = append(out, n)
	}
	return out
}

func (s *streak) Reads() Reads {
	out := ReadsOf(s.rule)
	out.Back.All = true
	if s.skip != nil {
		out.Metrics = append(out.Metrics[:len(out.Metrics):len(out.Metrics)], s.skip.metric)
	}
	return out
}

func (s *streak) Validate(c Context) []*problem.Error {
	out := c.checkReward("reward", c.Reward, false)
	bad := func(code, field, zh, en string, args ...any) {
		out = append(out, problem.Bad(code, field, zh, en, args...))
	}
	if s.times < 2 || s.times > MaxStreak {
		bad("times_out_of_range", "times", "连续的期数须在 2 到 %d 之间。", "A streak takes from 2 to %d periods.", MaxStreak)
	}
	if s.skip != nil && s.skip.atLeast != nil && s.skip.atLeast.Sign() <= 0 {
		bad("at_least_not_positive", "skip.at_least", "跳过的门槛须大于 0，否则每一期都会跳过。", "It must be above 0, or every period would be passed over.")
	}
	switch {
	case s.rule == nil:
		return out
	case s.rule.Population():
		bad("streak_needs_one", "rule.shape", "相互比较的规则不能用来计连续，请换一种规则。", "A rule that compares everybody cannot be counted in a streak: choose another shape.")
		return out
	case CarryOf(s.rule) != "":
		bad("streak_of_carry", "rule.params.remainder", "计连续时余数不能结转，请改为作废。", "The condition of a streak cannot carry remainders: let them lapse.")
	}
	for _, p := range s.rule.Validate(s.inner(c)) {
		if p.Field == "metric" || p.Field == "period" || p.Field == "subject" {
			out = append(out, p)
		} else {
			out = append(out, p.In("rule.params"))
		}
	}
	return out
}

// inner is the context in which the nested rule is judged. Its reward stands for none: only whether there is one matters, not how much of
// it somebody would get.
func (s *streak) inner(c Context) Context {
	c.Multiplies, c.Part = false, money.Frac{}
	c.Reward = Reward{Kind: Cash, Amount: money.Decimal{Coef: 1}, Currency: c.Measure.Currency}
	if s.computes() {
		c.Reward.Amount = money.Decimal{}
	}
	return c
}

// computes reports whether the nested rule works out its own amounts.
func (s *streak) computes() bool {
	switch r := s.rule.(type) {
	case *commission:
		return true
	case *score:
		return r.amounts()
	}
	return false
}

// outcome is what a period does to a streak.
type outcome uint8

const (
	broken outcome = iota
	passed         // spent on leave
	met
)

// outcome judges the nested rule in a period; first is when it was met, 0 at the period's end.
func (s *streak) outcome(c Context, x Subject, p calendar.Period) (out outcome, first Due, err error) {
	c = s.inner(c)
	c.At, c.Bare = p, true
	dues, err := s.rule.Evaluate(p, c, []Subject{x})
	if err != nil {
		return broken, first, err
	}
	if len(dues) == 0 {
		away, err := s.away(c, x.Ref, p)
		if err != nil || !away {
			return broken, first, err
		}
		return passed, first, nil
	}
	for _, d := range dues {
		if d.Moment != 0 && (first.Moment == 0 || d.sooner(first)) {
			first = d
		}
	}
	return met, first, nil
}

// away reports whether a period was spent wholly on leave.
func (s *streak) away(c Context, ref Ref, p calendar.Period) (bool, error) {
	if s.skip == nil {
		return false, nil
	}
	x, err := c.World.Subject(s.skip.metric, ref, p)
	if err != nil || !x.Has {
		return false, err
	}
	if s.skip.atLeast != nil {
		return x.Value.CmpDecimal(*s.skip.atLeast) >= 0, nil
	}
	return x.Value.Cmp(money.Whole(int64(p.To-p.From))) >= 0, nil
}

// count is how a streak stands after a period.
type count struct {
	length int64 // periods running, since the last payment where it starts again
	paid   bool  // ever
}

// after is the count after one more period, and whether that one pays.
func (s *streak) after(n count, o outcome) (next count, pays bool) {
	switch o {
	case passed:
		return n, false
	case broken:
		n.length = 0
		return n, false
	}
	n.length++
	if n.length < s.times || s.then == "once" && n.paid {
		return n, false
	}
	n.paid = true
	if s.then == "again" {
		n.length = 0
	}
	return n, true
}

// rememberer is a World that keeps what rules have worked out for as long as its answers stay the same.
type rememberer interface {
	Recall(key any) (any, bool)
	Remember(key, value any)
}

// countKey names the count of a subject after a period.
type countKey struct {
	ref Ref
	day calendar.Day // the period's first
}

// earlier is the context of an earlier period, which is judged whole; whether it was met is enough, not when.
func earlier(c Context) Context {
	c.Held, c.Undated = Held{}, true
	return c
}

// before is how a subject's streak stands before a period. It goes back to the last break, or to what is remembered.
func (s *streak) before(c Context, ref Ref, p calendar.Period) (n count, err error) {
	memory, _ := c.World.(rememberer)
	type judged struct {
		day calendar.Day
		out outcome
	}
	var back []judged
	start := c.World.Start()
	c = earlier(c)
	for q, ok := c.World.Back(p, 1); ok && q.From >= start; q, ok = c.World.Back(q, 1) {
		if memory != nil {
			if known, ok := memory.Recall(countKey{ref, q.From}); ok {
				n = known.(count)
				break
			}
		}
		x, err := c.World.Subject("", ref, q)
		if err != nil {
			return n, err
		}
		o, _, err := s.outcome(c, x, q)
		if err != nil {
			return n, err
		}
		back = append(back, judged{q.From, o})
		if o == broken && s.then != "once" {
			break
		}
	}
	for i := len(back) - 1; i >= 0; i-- {
		n, _ = s.after(n, back[i].out)
		if memory != nil {
			memory.Remember(countKey{ref, back[i].day}, n)
		}
	}
	return n, nil
}

func (s *streak) Evaluate(p calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	var out []Due
	reward := c.paid(c.Reward)
	amount, err := c.cash(reward)
	if err != nil {
		return nil, fmt.Errorf("rule streak: %w", err)
	}
	for _, x := range bySubject(subjects) {
		o, first, err := s.outcome(c, x, p)
		if err != nil {
			return nil, fmt.Errorf("rule streak for %s %d: %w", x.Ref.Kind, x.Ref.ID, err)
		}
		if o != met {
			continue
		}
		n, err := s.before(c, x.Ref, p)
		if err != nil {
			return nil, fmt.Errorf("rule streak for %s %d: %w", x.Ref.Kind, x.Ref.ID, err)
		}
		if _, pays := s.after(n, met); !pays {
			continue
		}
		d := Due{Ref: x.Ref, Slot: "streak", Reward: reward, Quantity: 1, Amount: amount, Moment: first.Moment, By: first.By, Value: x.Value, FromPoint: -1, ToPoint: -1}
		if !c.Bare {
			if d.Steps, err = s.arithmetic(c, x, p, n, reward, amount); err != nil {
				return nil, fmt.Errorf("rule streak for %s %d: %w", x.Ref.Kind, x.Ref.ID, err)
			}
		}
		out = append(out, d)
	}
	return out, nil
}
