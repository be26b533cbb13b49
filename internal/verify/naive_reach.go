package verify

import (
	"fmt"
	"math/big"
	"strconv"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// reachParams are the parameters of "get to a line".
type reachParams struct {
	Steps []struct {
		At     *number      `json:"at"`
		Reward *rule.Reward `json:"reward"`
	} `json:"steps"`
	Pay     string `json:"pay"`     // highest, all
	Compare string `json:"compare"` // at_least, above

	Accumulate string `json:"accumulate"` // quarter, half, year
}

func (j *judge) naiveReach(p reachParams, at period, subjects []subject) ([]owed, error) {
	t := j.terms
	if p.Accumulate != "" || at.later() {
		return j.naiveRunning(p, at, subjects)
	}
	var out []owed
	for _, s := range subjects {
		if s.value == nil {
			continue
		}
		var reached []owed
		climb := s.climb(new(big.Rat))
		for i, step := range p.Steps {
			if step.At == nil {
				return nil, fmt.Errorf("step %d says not what is to be reached", i+1)
			}
			if !p.line(i).met(s.value) {
				break
			}
			reward, slot := t.reward, strconv.Itoa(i+1)
			if step.Reward != nil {
				reward = *step.Reward
			}
			if p.Pay != "all" {
				slot = "step"
			}
			n := climb.to(p.line(i))
			o, err := t.pay(s.ref, slot, reward, climb.by(n))
			if err != nil {
				return nil, err
			}
			o.stands(s, n)
			reached = append(reached, o)
		}
		if p.Pay != "all" && len(reached) > 0 {
			reached = reached[len(reached)-1:]
		}
		out = append(out, reached...)
	}
	return out, nil
}

// line is where a total gets to a step.
func (p reachParams) line(i int) line { return line{p.Steps[i].At.share(), p.Compare == "above"} }

// reached is how many steps a total has got to.
func (p reachParams) reached(total *big.Rat) int {
	for i := range p.Steps {
		if !p.line(i).met(total) {
			return i
		}
	}
	return len(p.Steps)
}

// naiveRunning judges a reach by the running total of a longer period: a step pays where the total is at it at the end of a
// period for the first time.
func (j *judge) naiveRunning(p reachParams, at period, subjects []subject) ([]owed, error) {
	if !j.terms.additive {
		return nil, fmt.Errorf("only what adds up has a running total")
	}
	long := at.whole()
	if p.Accumulate != "" {
		long = j.run.clock.around(calendar.Kind(p.Accumulate), at)
	}
	reward := func(i int) rule.Reward {
		if own := p.Steps[i].Reward; own != nil {
			return *own
		}
		return j.terms.reward
	}
	var out []owed
	for _, s := range subjects {
		upTo := func(day calendar.Day) (*big.Rat, error) {
			if day <= long.from {
				return new(big.Rat), nil
			}
			part := long
			part.to = day
			s, err := j.look("", s.ref, part)
			if err == nil && s.value == nil {
				err = fmt.Errorf("metric %s has no running total", j.metric.def.Key)
			}
			return s.value, err
		}
		total, err := upTo(at.to)
		if err != nil {
			return nil, err
		}
		before, err := upTo(at.from)
		if err != nil {
			return nil, err
		}
		paid := 0
		for _, day := range j.cuts { // on which earlier parts of the period ended
			if at.later() && day > long.from && day <= at.from {
				then, err := upTo(day)
				if err != nil {
					return nil, err
				}
				paid = max(paid, p.reached(then))
			}
		}
		for q := j.run.clock.before(at); p.Accumulate != "" && q.to > long.from; q = j.run.clock.before(q) {
			then, err := upTo(q.to)
			if err != nil {
				return nil, err
			}
			paid = max(paid, p.reached(then))
		}
		now := p.reached(total)
		for i := paid; i < now; i++ {
			if p.Pay != "all" && i < now-1 {
				continue
			}
			slot, pays := "step", reward(i)
			if p.Pay == "all" {
				slot = strconv.Itoa(i + 1)
			} else if paid > 0 {
				was := reward(paid - 1)
				amount := new(big.Rat).Sub(ratOf(pays.Amount), ratOf(was.Amount))
				measured := pays.Kind == rule.Cash || pays.Kind == rule.Points || pays.Kind == rule.Leave
				if measured && was.Kind == pays.Kind && j.in(was) == j.in(pays) {
					if amount.Sign() <= 0 {
						continue
					}
					places := max(pays.Amount.Scale, was.Amount.Scale)
					n, err := roundAt(amount, places, money.HalfEven)
					if err != nil {
						return nil, err
					}
					pays.Amount = money.Decimal{Coef: n, Scale: places}
				}
			}
			climb := s.climb(before)
			n := climb.to(p.line(i))
			o, err := j.terms.pay(s.ref, slot, pays, climb.by(n))
			if err != nil {
				return nil, err
			}
			o.stands(s, n)
			out = append(out, o)
		}
	}
	return out, nil
}

// in is the currency in which a reward is paid.
func (j *judge) in(r rule.Reward) string {
	if r.Kind != rule.Cash || r.Currency != "" {
		return r.Currency
	}
	return j.terms.currency
}
