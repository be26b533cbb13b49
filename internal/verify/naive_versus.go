package verify

import (
	"fmt"
	"math/big"

	"laurel/internal/rule"
)

// versusParams are the parameters of "more than somebody else".
type versusParams struct {
	beyond
	Against   string  `json:"against"` // person, team, department, company, self, previous, last_year, average, best
	Key       string  `json:"key"`
	Metric    string  `json:"metric"`
	Periods   *number `json:"periods"`
	Direction string  `json:"direction"`
}

// named reports whether the opponent is somebody with a key.
func (p versusParams) named() bool {
	return p.Against == "person" || p.Against == "team" || p.Against == "department"
}

// find looks a person, team or department up by its key; 0 is nobody.
func (r *roster) find(kind, key string) int64 {
	if kind == "person" {
		return r.named(key)
	}
	for _, u := range r.units {
		if string(u.Kind) == kind && u.Key == tidy(key) {
			return u.ID
		}
	}
	return 0
}

func (r *roster) has(kind, key string) bool { return r.find(kind, key) != 0 }

// opponent is the value that a subject has to beat, nil where there is none yet.
func (j *judge) opponent(p versusParams, s subject, at period, all []subject) (*big.Rat, error) {
	ref := s.ref
	switch p.Against {
	case "average", "best":
		return p.others(s, all), nil
	case "self":
	case "last_year":
		year, ok := j.run.clock.yearBefore(at)
		if !ok {
			return nil, nil
		}
		at = year
	case "previous":
		n := int64(1)
		if p.Periods != nil {
			n = p.Periods.Num().Int64()
		}
		for ; n > 0; n-- {
			at = j.run.clock.before(at)
		}
	case "company":
		ref = rule.Ref{Kind: rule.Company}
	default:
		ref = rule.Ref{Kind: rule.SubjectKind(p.Against), ID: j.run.roster.find(p.Against, p.Key)}
		if ref.ID == 0 {
			return nil, fmt.Errorf("there is no %s %q", p.Against, p.Key)
		}
		if ref == s.ref && p.Metric == "" {
			return nil, nil
		}
	}
	o, err := j.look(p.Metric, ref, at)
	if err != nil {
		return nil, err
	}
	if p.Metric != "" && len(o.points) == 0 && j.run.byKey[p.Metric].additive() {
		return nil, nil // nobody has put the figure on record
	}
	return o.value, nil
}

// others is the average or the best of everybody else's values.
func (p versusParams) others(s subject, all []subject) *big.Rat {
	var sum, best *big.Rat
	n := int64(0)
	for _, o := range all {
		if o.ref == s.ref || o.value == nil {
			continue
		}
		if n++; n == 1 {
			sum, best = new(big.Rat), o.value
		}
		sum.Add(sum, o.value)
		if better(o.value, best, p.Direction, true) {
			best = o.value
		}
	}
	if n == 0 || p.Against == "best" {
		return best
	}
	return sum.Quo(sum, whole(n))
}

func (j *judge) naiveVersus(p versusParams, at period, subjects []subject) ([]owed, error) {
	var out []owed
	for _, s := range subjects {
		if s.value == nil {
			continue
		}
		o, err := j.opponent(p, s, at, subjects)
		if err != nil {
			return nil, err
		}
		if o == nil {
			continue
		}
		margin := p.By != nil || p.Points != nil
		target := o
		if margin {
			if target, err = p.target(o, p.Direction); err != nil {
				return nil, err
			}
		}
		if target == nil || !better(s.value, target, p.Direction, !margin) {
			continue
		}
		due, err := j.terms.pay(s.ref, "versus", j.def.Reward, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, due)
	}
	return out, nil
}
