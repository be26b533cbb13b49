package verify

import (
	"encoding/json"
	"fmt"
	"math/big"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// streakParams are the parameters of "so many times running".
type streakParams struct {
	Times *number `json:"times"`
	Rule  struct {
		Shape  string          `json:"shape"`
		Params json.RawMessage `json:"params"`
	} `json:"rule"`
	Then string `json:"then"` // again, every, once
	Skip *struct {
		Metric  string  `json:"metric"`
		AtLeast *number `json:"at_least"`
	} `json:"skip"`
}

// streakJudge judges the condition of a streak period by period.
type streakJudge struct {
	params streakParams
	outer  *judge
	inner  *judge // the nested rule, with a reward that stands for none
	known  map[streakPlace]string
	counts map[rule.Ref]streakCount
}

// streakCount is how somebody's streak stands before the period that begins on a day.
type streakCount struct {
	day      calendar.Day
	running  int64
	payments int
}

type streakPlace struct {
	ref rule.Ref
	day calendar.Day
}

func (j *judge) streak() (*streakJudge, error) {
	p, err := read[streakParams](j.def.Params)
	if err != nil {
		return nil, err
	}
	if p.Times == nil || !p.Times.IsInt() {
		return nil, fmt.Errorf("a streak says how many times")
	}
	inner, def := *j, *j.def
	def.Shape, def.Params = p.Rule.Shape, p.Rule.Params
	def.Reward = rule.Reward{Kind: rule.Cash, Amount: money.Decimal{Coef: 1}, Currency: j.metric.currency()}
	if paysAmounts(def.Shape, def.Params) {
		def.Reward.Amount = money.Decimal{}
	}
	inner.def, inner.terms.reward = &def, def.Reward
	if err := inner.readShape(); err != nil {
		return nil, err
	}
	j.nested = &inner
	return &streakJudge{p, j, &inner, map[streakPlace]string{}, map[rule.Ref]streakCount{}}, nil
}

// paysAmounts reports whether a rule works out amounts of its own.
func paysAmounts(shape string, params json.RawMessage) bool {
	if shape == "rate" {
		return true
	}
	p, err := read[scoreParams](params)
	if shape != "score" || err != nil {
		return false
	}
	for _, point := range p.Curve {
		if point.Pays != nil && !point.Pays.percent && point.Pays.Sign() != 0 {
			return true
		}
	}
	return false
}

// currency is that of a metric's values; empty when they are not money.
func (m *measured) currency() string {
	switch {
	case m.def.Measure.Currency != "":
		return m.def.Measure.Currency
	case m.def.Measure.Value != "" && m.quantity == nil && m.field < len(m.columns):
		return m.columns[m.field].field.Currency
	}
	return ""
}

// outcome says whether a subject met the condition in a period, broke with it, or was away.
func (k *streakJudge) outcome(s subject, at period) (what string, first owed, err error) {
	dues, err := k.inner.evaluate(at, []subject{s})
	if err != nil {
		return "", first, err
	}
	for _, o := range dues {
		if o.moment != 0 && (first.moment == 0 || byTime(o, first) < 0) {
			first = o
		}
	}
	if len(dues) > 0 {
		return "met", first, nil
	}
	if k.params.Skip == nil {
		return "broken", first, nil
	}
	away, err := k.outer.look(k.params.Skip.Metric, s.ref, at)
	if err != nil {
		return "", first, err
	}
	line := big.NewRat(int64(at.to-at.from), 1)
	if k.params.Skip.AtLeast != nil {
		line = k.params.Skip.AtLeast.share()
	}
	if away.value != nil && away.value.Cmp(line) >= 0 {
		return "away", first, nil
	}
	return "broken", first, nil
}

// past is the outcome of an earlier period.
func (k *streakJudge) past(ref rule.Ref, at period) (string, error) {
	place := streakPlace{ref, at.from}
	if known, ok := k.known[place]; ok {
		return known, nil
	}
	s, err := k.outer.look("", ref, at)
	if err != nil {
		return "", err
	}
	what, _, err := k.outcome(s, at)
	k.known[place] = what
	return what, err
}

func (k *streakJudge) evaluate(at period, subjects []subject) ([]owed, error) {
	var out []owed
	k.inner.start = k.outer.start
	for _, s := range subjects {
		k.inner.terms.days, k.inner.terms.ramp = k.outer.terms.days, k.outer.terms.ramp
		what, first, err := k.outcome(s, at)
		k.inner.terms.days, k.inner.terms.ramp = nil, nil // earlier periods are judged whole
		if err != nil {
			return nil, err
		}
		if what != "met" {
			continue
		}
		// All periods from the first one on, or from where they were counted out before.
		n, counted := k.counts[s.ref]
		if !counted || n.day > at.from {
			n = streakCount{day: k.outer.start}
		}
		var periods []period
		for q := k.outer.run.clock.before(at); q.from >= n.day; q = k.outer.run.clock.before(q) {
			periods = append([]period{q}, periods...)
		}
		running, payments, pays := n.running, n.payments, false
		step := func(what string) {
			pays = false
			switch what {
			case "broken":
				running = 0
			case "met":
				running++
				switch k.params.Then {
				case "every":
					pays = running >= k.params.Times.Num().Int64()
				case "once":
					pays = running >= k.params.Times.Num().Int64() && payments == 0
				default:
					pays = running%k.params.Times.Num().Int64() == 0
				}
			}
			if pays {
				payments++
			}
		}
		for _, q := range periods {
			what, err := k.past(s.ref, q)
			if err != nil {
				return nil, err
			}
			step(what)
		}
		k.counts[s.ref] = streakCount{at.from, running, payments}
		step(what)
		if !pays {
			continue
		}
		o, err := k.outer.terms.pay(s.ref, "streak", k.outer.def.Reward, first.by)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}
