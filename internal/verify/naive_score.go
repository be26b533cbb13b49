package verify

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"laurel/internal/money"
	"laurel/internal/rule"
)

// aim is what a part is held against: a number, or the subject's own target of the period.
type aim struct {
	number
	planned bool
}

// UnmarshalJSON reads a number or the word plan.
func (g *aim) UnmarshalJSON(raw []byte) error {
	var word string
	if json.Unmarshal(raw, &word) == nil && strings.EqualFold(strings.TrimSpace(word), "plan") {
		g.planned = true
		return nil
	}
	return g.number.UnmarshalJSON(raw)
}

// scoreParams are the parameters of a scorecard.
type scoreParams struct {
	Parts []struct {
		Metric    string  `json:"metric"`
		Weight    *number `json:"weight"`
		Target    *aim    `json:"target"`
		Floor     *number `json:"floor"`
		Ceiling   *number `json:"ceiling"`
		Direction string  `json:"direction"` // up, down, down_linear
	} `json:"parts"`
	Missing string `json:"missing"` // zero, spread
	Curve   []struct {
		At   *number `json:"at"`
		Pays *number `json:"pays"`
	} `json:"curve"`
	CurveMode string `json:"curve_mode"` // steps, lines
	Below     string `json:"below"`      // first, nothing
}

// attainment is what the i-th part counts for a subject, within its floor and ceiling; nil where there is nothing to count.
func (j *judge) attainment(p scoreParams, i int, s subject, at period) (*big.Rat, error) {
	part := p.Parts[i]
	if part.Metric != "" {
		var err error
		if s, err = j.look(part.Metric, s.ref, at); err != nil {
			return nil, err
		}
	}
	if s.value == nil {
		return nil, nil
	}
	// Where less is better, a part of the target would be harder to reach.
	line := whole(1)
	if part.Direction != "down" && part.Direction != "down_linear" {
		m := j.metric
		if part.Metric != "" {
			m = j.run.byKey[part.Metric]
		}
		line = lineOf(j.terms.days, j.terms.ramp, part.Target != nil && !part.Target.planned && m.additive())
	}
	result, endless := new(big.Rat).Quo(s.value, line), false
	if part.Target != nil {
		var target *big.Rat
		if part.Target.planned {
			var err error
			if target, err = j.planned(part.Metric, s.ref, at); err != nil {
				return nil, err
			}
			if target == nil {
				return nil, nil
			}
		} else {
			target = part.Target.share()
		}
		if target.Sign() <= 0 {
			return nil, nil
		}
		switch {
		case part.Direction == "down_linear":
			result = new(big.Rat).Sub(whole(2), new(big.Rat).Quo(s.value, target))
		case part.Direction == "down" && s.value.Sign() <= 0:
			endless = true
		case part.Direction == "down":
			result = new(big.Rat).Quo(target, s.value)
		default:
			result = new(big.Rat).Quo(s.value, new(big.Rat).Mul(target, line))
		}
	}
	low := new(big.Rat)
	if part.Floor != nil {
		low = part.Floor.share()
	}
	if result.Cmp(low) < 0 {
		result = low
	}
	if part.Ceiling != nil && (endless || result.Cmp(part.Ceiling.share()) > 0) {
		result = part.Ceiling.share()
	}
	return result, nil
}

// weights are the weights as fractions, also where they were written as 60 and 40.
func (p scoreParams) weights() (out []*big.Rat, err error) {
	sum := new(big.Rat)
	for i, part := range p.Parts {
		if part.Weight == nil {
			return nil, fmt.Errorf("part %d has no weight", i+1)
		}
		out = append(out, part.Weight.share())
		sum.Add(sum, part.Weight.share())
	}
	if sum.Cmp(whole(100)) == 0 {
		for i := range out {
			out[i] = new(big.Rat).Quo(out[i], whole(100))
		}
	}
	return out, nil
}

// score is the weighted mean of a subject's attainments; nil where no part has one.
func (j *judge) score(p scoreParams, s subject, at period) (*big.Rat, error) {
	weights, err := p.weights()
	if err != nil {
		return nil, err
	}
	sum, counted, some := new(big.Rat), new(big.Rat), false
	for i, weight := range weights {
		a, err := j.attainment(p, i, s, at)
		if err != nil {
			return nil, err
		}
		if a != nil {
			some = true
			sum.Add(sum, new(big.Rat).Mul(weight, a))
		}
		if a != nil || p.Missing != "spread" {
			counted.Add(counted, weight)
		}
	}
	if !some {
		return nil, nil
	}
	return sum.Quo(sum, counted), nil
}

// pays is what a score earns, not yet rounded.
func (p scoreParams) pays(t terms, score *big.Rat) (*big.Rat, error) {
	things := !slices.Contains([]rule.RewardKind{rule.Cash, rule.Points, rule.Leave}, t.reward.Kind)
	if len(p.Curve) == 0 {
		return new(big.Rat).Mul(score, ratOf(t.reward.Amount)), nil
	}
	var xs, ys []*big.Rat
	for i, point := range p.Curve {
		if point.At == nil || point.Pays == nil {
			return nil, fmt.Errorf("point %d of the curve is not whole", i+1)
		}
		y := point.Pays.share()
		if point.Pays.percent && !things {
			y = new(big.Rat).Mul(y, ratOf(t.reward.Amount))
		}
		xs, ys = append(xs, point.At.share()), append(ys, y)
	}
	if score.Cmp(xs[0]) < 0 {
		if p.Below == "nothing" {
			return new(big.Rat), nil
		}
		return ys[0], nil
	}
	for i := 1; i < len(xs); i++ {
		if score.Cmp(xs[i]) >= 0 {
			continue
		}
		if p.CurveMode != "lines" {
			return ys[i-1], nil
		}
		// y = (y₀·(x₁ − x) + y₁·(x − x₀)) ÷ (x₁ − x₀)
		left := new(big.Rat).Mul(ys[i-1], new(big.Rat).Sub(xs[i], score))
		right := new(big.Rat).Mul(ys[i], new(big.Rat).Sub(score, xs[i-1]))
		return left.Quo(left.Add(left, right), new(big.Rat).Sub(xs[i], xs[i-1])), nil
	}
	return ys[len(ys)-1], nil
}

func (j *judge) naiveScore(p scoreParams, at period, subjects []subject) ([]owed, error) {
	var out []owed
	for _, s := range subjects {
		score, err := j.score(p, s, at)
		if err != nil {
			return nil, err
		}
		if score == nil {
			continue
		}
		pays, err := p.pays(j.terms, score)
		if err != nil {
			return nil, err
		}
		o := owed{ref: s.ref, slot: "score", reward: j.terms.reward}
		switch o.reward.Kind {
		case rule.Cash:
			if err := o.cash(j.terms, pays); err != nil {
				return nil, err
			}
			o.reward.Amount = amountOf(o.minor, o.currency)
		case rule.Points, rule.Leave:
			places := map[rule.RewardKind]uint8{rule.Leave: 1}[o.reward.Kind]
			coef, err := roundAt(pays, places, j.terms.rounding)
			if err != nil {
				return nil, err
			}
			o.reward.Amount = money.Decimal{Coef: coef, Scale: places}
		default:
			if pays.Sign() > 0 {
				out = append(out, o)
			}
			continue
		}
		if o.reward.Amount.Sign() > 0 {
			out = append(out, o)
		}
	}
	return out, nil
}

// planned is the target that a subject has for a metric in a period; nil where it has none.
func (j *judge) planned(key string, ref rule.Ref, at period) (*big.Rat, error) {
	m := j.metric
	if key != "" {
		if m = j.run.byKey[key]; m == nil {
			return nil, fmt.Errorf("there is no metric %q", key)
		}
	}
	return j.run.target(m, ref, at.from, at.to), nil
}
