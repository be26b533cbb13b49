package rule

import (
	"fmt"
	"strconv"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/money"
)

// climb is how far a running total has come, and how far it had come at the end of any earlier period of the longer one.
type climb struct {
	total  money.Frac // up to the period's end
	before money.Frac // up to its beginning
	now    int        // steps reached
	paid   int        // of those, steps reached at an earlier end
}

// runs reports whether steps read a running total: of a longer period, or of the whole period of which a part is judged.
func (r *reach) runs(c Context, p calendar.Period) bool {
	whole, _ := c.whole(p)
	return r.accumulate != "" || whole.From < p.From
}

// climb reads the running totals. A step is paid once in the longer period, so one that a fall took away and that is
// reached again was paid before.
func (r *reach) climb(c Context, ref Ref, p calendar.Period) (out climb, err error) {
	longer, ends := c.whole(p) // where steps were paid before
	if r.accumulate != "" {
		longer, ends = c.World.Around(r.accumulate, p), nil
	}
	upTo := func(day calendar.Day) (money.Frac, error) {
		part := longer
		if part.To = day; part.Empty() {
			return money.Frac{}, nil
		}
		s, err := c.World.Subject("", ref, part)
		return s.Value, err
	}
	if out.total, err = upTo(p.To); err != nil {
		return out, err
	}
	if out.before, err = upTo(p.From); err != nil {
		return out, err
	}
	if r.accumulate != "" {
		for q, ok := c.World.Back(p, 1); ok && q.To > longer.From; q, ok = c.World.Back(q, 1) {
			ends = append(ends, q.To)
		}
	}
	for _, day := range ends {
		v, err := upTo(day)
		if err != nil {
			return out, err
		}
		out.paid = max(out.paid, r.reached(v))
	}
	out.now = r.reached(out.total)
	return out, nil
}

// running is Evaluate for one subject whose running total counts.
func (r *reach) running(p calendar.Period, c Context, s Subject) ([]Due, error) {
	at, err := r.climb(c, s.Ref, p)
	if err != nil || at.now <= at.paid {
		return nil, err
	}
	run, err := newRun(c, s, at.before)
	if err != nil {
		return nil, err
	}
	first := at.paid
	if !r.all {
		first = at.now - 1
	}
	var out []Due
	for i := first; i < at.now; i++ {
		reward := r.difference(c, at, i)
		amount, err := c.cash(reward)
		if err != nil {
			return nil, err
		}
		if reward.Kind.counted() && reward.Amount.Sign() <= 0 {
			continue
		}
		d := Due{Ref: s.Ref, Slot: "step", Reward: reward, Quantity: 1, Amount: amount, Value: s.Value, FromPoint: -1, ToPoint: -1}
		if r.all {
			d.Slot = strconv.Itoa(i + 1)
		}
		if run != nil {
			point := run.cross(r.steps[i].at.Frac(), r.above)
			d.at(run, point)
			d.FromPoint, d.ToPoint = 0, point+1
		}
		if !c.Bare {
			d.Steps = r.runningSteps(c, s, at, i, reward, amount)
		}
		out = append(out, d)
	}
	return out, nil
}

// difference is what a step pays: where only the highest counts, what it is worth above the one paid before.
func (r *reach) difference(c Context, at climb, i int) Reward {
	reward := r.rewardOf(c, i)
	if r.all || at.paid == 0 || !reward.Kind.counted() {
		return reward
	}
	was := r.rewardOf(c, at.paid-1)
	if was.Kind != reward.Kind || was.Currency != reward.Currency {
		return reward
	}
	rest, err := reward.Amount.Frac().Sub(was.Amount.Frac())
	if err != nil {
		return reward
	}
	amount, err := rest.Round(max(reward.Amount.Scale, was.Amount.Scale), money.HalfEven)
	if err != nil {
		return reward
	}
	reward.Amount = amount
	return reward
}

func (r *reach) runningSteps(c Context, s Subject, at climb, i int, reward Reward, amount money.Amount) []Step {
	longer := longerText(r.accumulate)
	if r.accumulate == "" {
		longer = i18n.T("本周期", "the whole period")
	}
	value, total, sign := c.figure(s.Value), c.figure(at.total), "≥"
	if r.above {
		sign = ">"
	}
	out := []Step{
		{i18n.T(i18n.Glue("本期", c.Metric.In(i18n.ZH)), c.Metric.In(i18n.EN)+" in the period"), value, value},
		{i18n.T(longer.ZH+"累计", "Running total of "+longer.EN), total, total},
		{i18n.Format("达到第 %d 级", "Step %d is reached", i+1), total + " " + sign + " " + c.figure(r.steps[i].at.Frac()), "✓"},
	}
	if full := r.rewardOf(c, i); full.Amount.Cmp(reward.Amount) != 0 && at.paid > 0 {
		d := c
		d.Reward = full
		pay := func(x Reward) string { return d.payFigure(x.Amount.Frac()) }
		out = append(out, Step{i18n.Format("扣除已发的第 %d 级", "Less step %d, paid before", at.paid), fmt.Sprintf("%s − %s", pay(full), pay(r.rewardOf(c, at.paid-1))), pay(reward)})
	}
	return append(out, c.rewardStep(reward, amount))
}

// runningWords say over what the steps are counted.
func (r *reach) runningWords() i18n.Text {
	if r.accumulate == "" {
		return i18n.Text{}
	}
	longer := longerText(r.accumulate)
	out := i18n.T("看"+longer.ZH+"累计，在达到的那一期发", "The running total of "+longer.EN+" counts, and a step pays in the period in which it is reached")
	if !r.all && len(r.steps) > 1 {
		out = i18n.T(out.ZH+"；再到更高一级时补差额", out.EN+"; a higher one reached later pays the difference")
	}
	return i18n.T(out.ZH+"。", out.EN+".")
}
