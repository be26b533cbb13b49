package verify

import (
	"fmt"
	"math/big"
	"strconv"
)

// everyParams are the parameters of "every size of the metric, a reward".
type everyParams struct {
	Size      *number `json:"size"`
	Remainder string  `json:"remainder"` // lapse, carry
	Since     string  `json:"since"`     // of a carry: plan, year
	Cap       *number `json:"cap"`
	Excess    string  `json:"excess"` // above the cap: lapse, carry
	Free      *number `json:"free"`
	Round     string  `json:"round"` // down, up
}

func (p everyParams) carries() bool { return p.Remainder == "carry" }

// filled is how many sizes a total fills.
func (p everyParams) filled(total *big.Rat) *big.Int {
	rest := new(big.Rat).Set(total)
	if p.Free != nil {
		rest.Sub(rest, p.Free.Rat)
	}
	if rest.Sign() <= 0 {
		return new(big.Int)
	}
	rest.Quo(rest, p.Size.Rat)
	if p.Round == "up" {
		return ceilOf(rest)
	}
	return floorOf(rest)
}

// settle says what one period pays: what the running total fills and earlier periods have not settled, within the cap.
func (p everyParams) settle(total *big.Rat, settled *big.Int) (pays, after *big.Int) {
	filled := p.filled(total)
	pays = new(big.Int).Sub(filled, settled)
	if pays.Sign() < 0 {
		pays.SetInt64(0)
	}
	if p.Cap != nil && p.Cap.Num().Cmp(pays) < 0 {
		pays.Set(p.Cap.Num())
	}
	after = new(big.Int).Add(settled, pays)
	if p.Excess != "carry" && after.Cmp(filled) < 0 {
		after.Set(filled) // what lies above the cap has lapsed
	}
	return pays, after
}

func (j *judge) naiveEvery(p everyParams, at period, subjects []subject) ([]owed, error) {
	t := j.terms
	if p.Size == nil || p.Size.Sign() <= 0 || !t.additive {
		return nil, fmt.Errorf("every needs a size above 0 and a metric that adds up")
	}
	var out []owed
	for _, s := range subjects {
		if s.value == nil { // a sum with an earlier period that there is not
			continue
		}
		before, settled := new(big.Rat), new(big.Int)
		if s.before != nil {
			before, settled = s.before, s.settled
		}
		if at.later() { // what came before in the whole period, and what it brings by this rule
			then, err := j.look("", s.ref, at.soFar(at.from))
			if err != nil {
				return nil, err
			}
			if then.value == nil {
				return nil, fmt.Errorf("metric %s has no value of a part of a period", j.metric.def.Key)
			}
			before = new(big.Rat).Add(before, then.value)
			given, _ := p.settle(before, settled)
			all, _ := p.settle(new(big.Rat).Add(before, s.value), settled)
			dues, err := p.owe(t, s, before, new(big.Int).Add(settled, given), new(big.Int).Sub(all, given))
			if err != nil {
				return nil, err
			}
			out = append(out, dues...)
			continue
		}
		pays, _ := p.settle(new(big.Rat).Add(before, s.value), settled)
		dues, err := p.owe(t, s, before, settled, pays)
		if err != nil {
			return nil, err
		}
		out = append(out, dues...)
	}
	return out, nil
}

// owe are so many rewards after those that are settled.
func (p everyParams) owe(t terms, s subject, before *big.Rat, settled, pays *big.Int) (out []owed, err error) {
	if pays.Cmp(big.NewInt(mostOwed)) > 0 {
		return nil, fmt.Errorf("%s rewards in one period are more than %d", pays, mostOwed)
	}
	climb := s.climb(before)
	for j := int64(1); j <= pays.Int64(); j++ {
		n := climb.to(p.line(settled, j))
		o, err := t.pay(s.ref, strconv.FormatInt(j, 10), t.reward, climb.by(n))
		if err != nil {
			return nil, err
		}
		o.stands(s, n)
		out = append(out, o)
	}
	return out, nil
}

// line is where a running total earns the j-th reward after those already settled: at so many sizes, or, where a started
// size counts, above one size less.
func (p everyParams) line(settled *big.Int, j int64) line {
	number := new(big.Int).Add(settled, big.NewInt(j))
	up := p.Round == "up"
	if up {
		number.Sub(number, big.NewInt(1))
	}
	at := new(big.Rat).SetInt(number)
	at.Mul(at, p.Size.Rat)
	if p.Free != nil {
		at.Add(at, p.Free.Rat)
	}
	return line{at, up}
}

// soFar is what the periods that a judge has gone through came to for one subject.
type soFar struct {
	fiscalYear int // of a carry that begins anew with it
	seen       int // so many periods
	before     *big.Rat
	settled    *big.Int
}

// bringIn tells a subject what the earlier periods since the start of a carry came to.
func (j *judge) bringIn(s *subject, fiscalYear int) error {
	if !j.carries {
		return nil
	}
	f := j.soFar[s.ref]
	if f == nil || j.yearly && f.fiscalYear != fiscalYear {
		f = &soFar{fiscalYear: fiscalYear, before: new(big.Rat), settled: new(big.Int)}
		j.soFar[s.ref] = f
	}
	for ; f.seen < len(j.past); f.seen++ {
		p := j.past[f.seen]
		if j.yearly && p.fiscalYear != fiscalYear {
			continue
		}
		if err := j.known(p.at); err != nil {
			return err
		}
		v := p.tally.value(s.ref)
		if isRolled(j.def) {
			rolled, err := j.rolled(s.ref, p.at)
			if err != nil {
				continue // the period itself is not judged for the same reason
			}
			v = rolled.value
		}
		if v != nil {
			f.before = new(big.Rat).Add(f.before, v)
			_, f.settled = j.settle(f.before, f.settled)
		}
	}
	s.before, s.settled = f.before, f.settled
	return nil
}
