package verify

import (
	"fmt"
	"math/big"
)

// cleanParams are the parameters of "nothing bad, and enough handled".
type cleanParams struct {
	Handled string  `json:"handled"`  // metric of what was handled, where the plan's is what is bad
	Bad     string  `json:"bad"`      // metric of what is bad, where the plan's is what was handled
	AtLeast *number `json:"at_least"` // 1 if left out
}

func (j *judge) naiveClean(p cleanParams, at period, subjects []subject) ([]owed, error) {
	if (p.Handled == "") == (p.Bad == "") {
		return nil, fmt.Errorf("clean needs one metric beside the plan's")
	}
	line := big.NewRat(1, 1)
	if p.AtLeast != nil {
		line = p.AtLeast.share()
	}
	var out []owed
	for _, s := range subjects {
		bad, handled := s.value, s.value
		other, err := j.look(p.Handled+p.Bad, s.ref, at)
		if err != nil {
			return nil, err
		}
		if p.Bad != "" {
			bad = other.value
		} else {
			handled = other.value
		}
		if bad == nil || handled == nil || bad.Sign() != 0 || handled.Cmp(line) < 0 {
			continue
		}
		o, err := j.terms.pay(s.ref, "clean", j.def.Reward, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}
