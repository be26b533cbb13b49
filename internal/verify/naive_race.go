package verify

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"laurel/internal/rule"
)

// raceParams are the parameters of "the first to get there".
type raceParams struct {
	Places *number `json:"places"` // 1 if left out
	At     *number `json:"at"`
	Prizes []struct {
		Place  *number      `json:"place"`
		Reward *rule.Reward `json:"reward"`
	} `json:"prizes"`
}

// arrivedAt is the record that brought a subject's running total to a line.
func (s subject) arrivedAt(line *big.Rat) *point {
	total := new(big.Rat)
	for _, p := range s.points {
		if total.Add(total, scaledRat(big.NewInt(p.value), s.scale)); total.Cmp(line) >= 0 {
			return p
		}
	}
	return &point{mark: &mark{}}
}

func naiveRace(p raceParams, t terms, subjects []subject) ([]owed, error) {
	if p.At == nil {
		return nil, fmt.Errorf("the race has no line")
	}
	type runner struct {
		subject
		by *point
	}
	var there []runner
	for _, s := range subjects {
		if s.value != nil && s.value.Cmp(p.At.share()) >= 0 {
			there = append(there, runner{s, s.arrivedAt(p.At.share())})
		}
	}
	slices.SortFunc(there, func(a, b runner) int { return cmp.Or(inTime(a.by, b.by), cmp.Compare(a.ref.ID, b.ref.ID)) })
	places := 1
	if p.Places != nil {
		places = int(p.Places.Num().Int64())
	}
	var out []owed
	for i, r := range there {
		if i >= places {
			break
		}
		reward := t.reward
		for _, prize := range p.Prizes {
			if prize.Reward != nil && prize.Place.Cmp(whole(int64(i+1))) == 0 {
				reward = *prize.Reward
			}
		}
		o, err := t.pay(r.ref, "race", reward, r.by)
		if err != nil {
			return nil, err
		}
		if at := p.At.share(); at.Sign() > 0 {
			o.stands(r.subject, r.climb(new(big.Rat)).to(line{at: at}))
		}
		out = append(out, o)
	}
	return out, nil
}
