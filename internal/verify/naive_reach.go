package verify

import (
	"fmt"
	"math/big"
	"strconv"

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
}

func naiveReach(p reachParams, t terms, subjects []subject) ([]owed, error) {
	var out []owed
	for _, s := range subjects {
		if s.value == nil {
			continue
		}
		var reached []owed
		for i, step := range p.Steps {
			if step.At == nil {
				return nil, fmt.Errorf("step %d says not what is to be reached", i+1)
			}
			met := func(total *big.Rat) bool {
				d := total.Cmp(step.At.share())
				return d > 0 || d == 0 && p.Compare != "above"
			}
			if !met(s.value) {
				break
			}
			reward, slot := t.reward, strconv.Itoa(i+1)
			if step.Reward != nil {
				reward = *step.Reward
			}
			if p.Pay != "all" {
				slot = "step"
			}
			o, err := t.pay(s.ref, slot, reward, s.firstTime(new(big.Rat), met))
			if err != nil {
				return nil, err
			}
			reached = append(reached, o)
		}
		if p.Pay != "all" && len(reached) > 0 {
			reached = reached[len(reached)-1:]
		}
		out = append(out, reached...)
	}
	return out, nil
}
