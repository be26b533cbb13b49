package verify

import (
	"fmt"
	"math/big"
	"strconv"

	"laurel/internal/rule"
)

// beyond is how far a value must lie beyond another: a share of it, or so much.
type beyond struct {
	By     *number `json:"by"`
	Points *number `json:"points"`
}

// target is what a value has to get to, nil where there is no share of the other value.
func (b beyond) target(other *big.Rat, direction string) (*big.Rat, error) {
	add := new(big.Rat)
	switch {
	case b.By != nil:
		if other.Sign() <= 0 {
			return nil, nil
		}
		add.Mul(b.By.share(), other)
	case b.Points != nil:
		add.Set(b.Points.share())
	default:
		return nil, fmt.Errorf("it does not say by how much")
	}
	if direction == "down" {
		return new(big.Rat).Sub(other, add), nil
	}
	return new(big.Rat).Add(other, add), nil
}

// improveParams are the parameters of "better than before".
type improveParams struct {
	beyond
	Against   string  `json:"against"` // previous, last_year, mean, fixed
	Periods   *number `json:"periods"`
	Baseline  *number `json:"baseline"`
	Direction string  `json:"direction"` // up, down
	Compare   string  `json:"compare"`   // at_least, above
	Minimum   *struct {
		Metric  string  `json:"metric"`
		AtLeast *number `json:"at_least"`
	} `json:"minimum"`
	Steps []struct {
		beyond
		Reward *rule.Reward `json:"reward"`
	} `json:"steps"`
	Pay string `json:"pay"` // highest, all
}

// before lists the periods that one is compared with; ok is false where there is none.
func (p improveParams) before(c clock, at period) (out []period, ok bool) {
	switch p.Against {
	case "fixed":
		return nil, true
	case "last_year":
		year, ok := c.yearBefore(at)
		return []period{year}, ok
	case "mean":
		for q, n := c.before(at), int64(0); p.Periods != nil && n < p.Periods.Num().Int64(); q, n = c.before(q), n+1 {
			out = append(out, q)
		}
		return out, len(out) > 0
	}
	return []period{c.before(at)}, true
}

// base is what a subject is compared with, nil for nothing.
func (j *judge) base(p improveParams, s subject, at period) (*big.Rat, error) {
	periods, ok := p.before(j.run.clock, at)
	if !ok {
		return nil, nil
	}
	if p.Minimum != nil {
		least := big.NewRat(1, 1)
		if p.Minimum.AtLeast != nil {
			least = p.Minimum.AtLeast.share()
		}
		for _, q := range append(periods, at) {
			m, err := j.look(p.Minimum.Metric, s.ref, q)
			if err != nil || m.value == nil || m.value.Cmp(least) < 0 {
				return nil, err
			}
		}
	}
	if p.Against == "fixed" {
		if p.Baseline == nil {
			return nil, fmt.Errorf("there is no baseline")
		}
		return p.Baseline.share(), nil
	}
	sum := new(big.Rat)
	for _, q := range periods {
		o, err := j.look("", s.ref, q)
		if err != nil || o.value == nil {
			return nil, err
		}
		sum.Add(sum, o.value)
	}
	return sum.Quo(sum, whole(int64(len(periods)))), nil
}

func (j *judge) naiveImprove(p improveParams, at period, subjects []subject) ([]owed, error) {
	if len(p.Steps) == 0 {
		p.Steps = append(p.Steps, struct {
			beyond
			Reward *rule.Reward `json:"reward"`
		}{beyond: p.beyond})
	}
	var out []owed
	for _, s := range subjects {
		if s.value == nil {
			continue
		}
		base, err := j.base(p, s, at)
		if err != nil {
			return nil, err
		}
		if base == nil {
			continue
		}
		var due []owed
		for i, step := range p.Steps {
			target, err := step.target(base, p.Direction)
			if err != nil {
				return nil, err
			}
			if target == nil || !better(s.value, target, p.Direction, p.Compare == "above") {
				break
			}
			reward, slot := j.terms.reward, "improve"
			if step.Reward != nil {
				reward = *step.Reward
			}
			if p.Pay == "all" && len(p.Steps) > 1 {
				slot = strconv.Itoa(i + 1)
			}
			o, err := j.terms.pay(s.ref, slot, reward, nil)
			if err != nil {
				return nil, err
			}
			due = append(due, o)
		}
		if p.Pay != "all" && len(due) > 0 {
			due = due[len(due)-1:]
		}
		out = append(out, due...)
	}
	return out, nil
}

// better reports whether a value is at a line, or past it, in the direction that is good.
func better(v, line *big.Rat, direction string, past bool) bool {
	switch d := v.Cmp(line); {
	case d == 0:
		return !past
	case direction == "down":
		return d < 0
	default:
		return d > 0
	}
}
