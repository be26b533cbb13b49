package rule

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// clean gives a reward for a period without one bad event in which enough was handled. The plan's metric is one of the two
// figures, another metric the other: with handled the plan's own counts what is bad, with bad it counts what was handled.
type clean struct {
	handled string // key of the metric of what was handled; empty if that is the plan's
	bad     string // key of the metric of what must not happen; empty if that is the plan's
	atLeast money.Decimal
}

var cleanKind = kind{
	info: Info{
		Key:     "clean",
		Name:    i18n.T("无差错", "Clean"),
		Example: i18n.T("每周差错数为 0，且处理工单不少于 20 个，奖励“零差错”徽章。", "A week without errors and with at least 20 tickets handled earns the badge “Zero errors”."),
		Params: []Param{
			{Key: "handled", Type: MetricParam, Name: i18n.T("处理量指标", "Handled"), Help: i18n.T("方案的指标统计差错时填写：处理量看哪个指标。", "Where the plan’s metric counts what is bad: the metric of what was handled.")},
			{Key: "bad", Type: MetricParam, Name: i18n.T("差错指标", "Bad"), Help: i18n.T("方案的指标统计处理量时填写：差错看哪个指标。与“处理量指标”二选一。", "Where the plan’s metric counts what was handled: the metric of what must not happen. Either this or “handled”.")},
			{Key: "at_least", Type: DecimalParam, Default: "1", Name: i18n.T("至少处理", "At least"), Help: i18n.T("处理量不少于此，才算无差错。", "So much has to be handled.")},
		},
	},
	decode: decodeClean,
}

func decodeClean(p params) Shape {
	s := clean{handled: p.key("handled"), bad: p.key("bad"), atLeast: money.Decimal{Coef: 1}}
	if d, ok := p.fraction("at_least"); ok {
		s.atLeast = d
	}
	switch {
	case p.has("handled") && p.has("bad"):
		p.bad("bad", "metric_twice", "“处理量指标”与“差错指标”只能填一个，另一个就是方案的指标。", "Give the metric of what was handled or that of what is bad, not both: the plan’s metric is the other one.")
	case !p.has("handled") && !p.has("bad"):
		p.bad("handled", "param_missing", "请填写处理量看哪个指标（handled）；方案的指标若就是处理量，请改填差错指标（bad）。",
			"Name the metric of what was handled in “handled”; where the plan’s metric is that one, name the metric of what is bad in “bad”.")
	}
	return &s
}

func (s *clean) Key() string      { return "clean" }
func (s *clean) Population() bool { return false }
func (s *clean) Reads() Reads     { return Reads{Metrics: []string{s.other()}} }

// canFall: a bad event may still happen until the period ends.
func (s *clean) canFall() bool { return true }

// other is the key of the metric that is not the plan's.
func (s *clean) other() string {
	if s.bad != "" {
		return s.bad
	}
	return s.handled
}

// badly and work are the contexts in which the two figures are written.
func (s *clean) badly(c Context) Context { return c.other(s.bad) }
func (s *clean) work(c Context) Context  { return c.other(s.handled) }

func (s *clean) Validate(c Context) []*problem.Error {
	out := c.checkReward("reward", c.Reward, false)
	if s.atLeast.Sign() <= 0 {
		out = append(out, problem.Bad("at_least_not_positive", "at_least", "至少处理的数量须大于 0，否则什么都不做也会得奖。", "So much must be above 0, or doing nothing would be rewarded."))
	}
	return out
}

// figures are what a clean period is judged by.
type figures struct {
	bad, handled       money.Frac
	hasBad, hasHandled bool
}

func (f figures) missing() bool { return !f.hasHandled || !f.hasBad }

// free reports whether nothing bad has happened.
func (f figures) free() bool { return f.hasBad && f.bad.IsZero() }

func (s *clean) enough(f figures) bool { return f.hasHandled && f.handled.CmpDecimal(s.atLeast) >= 0 }

func (s *clean) figures(c Context, x Subject, p calendar.Period) (figures, error) {
	o, err := c.World.Subject(s.other(), x.Ref, p)
	if err != nil {
		return figures{}, err
	}
	if s.bad != "" {
		x, o = o, x
	}
	return figures{bad: x.Value, hasBad: x.Has, handled: o.Value, hasHandled: o.Has}, nil
}

func (s *clean) Evaluate(p calendar.Period, c Context, subjects []Subject) ([]Due, error) {
	var out []Due
	reward := c.paid(c.Reward)
	amount, err := c.cash(reward)
	if err != nil {
		return nil, fmt.Errorf("rule clean: %w", err)
	}
	for _, x := range bySubject(subjects) {
		if !x.Has {
			continue
		}
		f, err := s.figures(c, x, p)
		if err != nil {
			return nil, fmt.Errorf("rule clean for %s %d: %w", x.Ref.Kind, x.Ref.ID, err)
		}
		if !f.free() || !s.enough(f) {
			continue
		}
		d := Due{Ref: x.Ref, Slot: "clean", Reward: reward, Quantity: 1, Amount: amount, Value: x.Value, FromPoint: -1, ToPoint: -1}
		if !c.Bare {
			d.Steps = s.arithmetic(c, f, reward, amount)
		}
		out = append(out, d)
	}
	return out, nil
}
