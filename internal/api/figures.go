package api

import (
	"laurel/internal/award"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// Figures are points and days of leave in all, by kind of reward.
type Figures map[string]string

// tallies counts rewards that are not cash, by kind.
type tallies map[rule.RewardKind]*award.Tally

func (t tallies) join(kind rule.RewardKind, more award.Tally) error {
	if t[kind] == nil {
		t[kind] = &award.Tally{}
	}
	return t[kind].Join(more)
}

func (t tallies) figures() Figures {
	out := Figures{}
	for kind, each := range t {
		if text := figureText(kind, each.Figure); text != "" {
			out[string(kind)] = text
		}
	}
	return out
}

// figureText is how many points or days a sum is; empty for kinds that are only counted.
func figureText(kind rule.RewardKind, figure money.Frac) string {
	if !award.Figured(kind) {
		return ""
	}
	text, _ := figure.Text()
	return text
}
