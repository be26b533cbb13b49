package verify

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"laurel/internal/money"
	"laurel/internal/rule"
)

// rankParams are the parameters of a contest.
type rankParams struct {
	Places  *number `json:"places"`
	Percent *number `json:"percent"` // 5 and "5%" are 5 %
	Round   string  `json:"round"`   // up, down, nearest
	Order   string  `json:"order"`   // desc, asc
	Minimum *number `json:"minimum"`
	Ties    string  `json:"ties"` // all, none, earliest
	Prizes  []struct {
		Place  *number      `json:"place"`
		Reward *rule.Reward `json:"reward"`
	} `json:"prizes"`
	Share  bool   `json:"share"`
	Within string `json:"within"` // all, team, department
}

// winningPlaces is how many places win among so many.
func (p rankParams) winningPlaces(among int) (int, error) {
	if p.Places != nil {
		return int(p.Places.Num().Int64()), nil
	}
	if p.Percent == nil {
		return 0, fmt.Errorf("rank needs places or a percentage")
	}
	n := new(big.Rat).Mul(p.Percent.Rat, whole(int64(among)))
	n.Quo(n, whole(100))
	places := ceilOf(n)
	switch p.Round {
	case "down":
		places = floorOf(n)
	case "nearest":
		places = roundRat(n, money.HalfUp)
	}
	return max(1, int(places.Int64())), nil
}

func (p rankParams) prize(t terms, place int) rule.Reward {
	for _, prize := range p.Prizes {
		if prize.Place != nil && prize.Reward != nil && prize.Place.Cmp(whole(int64(place))) == 0 {
			return *prize.Reward
		}
	}
	return t.reward
}

// enters reports whether a value takes part: it meets the minimum, or, where none is stated and the highest win, is above 0.
func (p rankParams) enters(v *big.Rat) bool {
	if p.Minimum != nil {
		return v.Cmp(p.Minimum.share()) >= 0
	}
	return p.Order == "asc" || v.Sign() > 0
}

// group is those who tie, best groups first.
type group struct {
	rank     int
	subjects []subject
}

func (p rankParams) groups(subjects []subject) (out []group, among int) {
	var ranked []subject
	for _, s := range subjects {
		if s.value != nil && p.enters(s.value) {
			ranked = append(ranked, s)
		}
	}
	slices.SortFunc(ranked, func(a, b subject) int {
		better := b.value.Cmp(a.value)
		if p.Order == "asc" {
			better = -better
		}
		return cmp.Or(better, cmp.Compare(a.ref.ID, b.ref.ID))
	})
	for i, s := range ranked {
		if i == 0 || s.value.Cmp(ranked[i-1].value) != 0 {
			out = append(out, group{rank: i + 1})
		}
		g := &out[len(out)-1]
		g.subjects = append(g.subjects, s)
	}
	return out, len(ranked)
}

// naiveRank ranks everybody together, or those of each team or department by themselves.
func (j *judge) naiveRank(p rankParams, at period, subjects []subject) ([]owed, error) {
	if p.Within == "" || p.Within == "all" {
		return naiveRank(p, j.terms, subjects)
	}
	var out []owed
	for _, u := range j.run.roster.units {
		var league []subject
		for _, s := range subjects {
			if j.run.roster.league(p.Within, s.ref, at) == u.ID {
				league = append(league, s)
			}
		}
		some, err := naiveRank(p, j.terms, league)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

func naiveRank(p rankParams, t terms, subjects []subject) ([]owed, error) {
	groups, among := p.groups(subjects)
	places, err := p.winningPlaces(among)
	if err != nil {
		return nil, err
	}
	var out []owed
	for _, g := range groups {
		winners := g.subjects
		if g.rank > places {
			break
		}
		if room := places - g.rank + 1; room < len(winners) {
			switch p.Ties {
			case "none":
				winners = nil
			case "earliest":
				winners = earliest(winners)[:room]
			}
		}
		some, err := p.reward(t, g.rank, places, winners)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// reward gives those who win at one rank their prize each, or equal parts of the prizes of the places they fill.
func (p rankParams) reward(t terms, rank, places int, winners []subject) ([]owed, error) {
	var out []owed
	for _, s := range winners {
		o, err := t.pay(s.ref, "rank", p.prize(t, rank), nil)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	if !p.Share || len(winners) < 2 {
		return out, nil
	}
	var pot int64
	for place := rank; place < rank+len(winners) && place <= places; place++ {
		o, err := t.pay(winners[0].ref, "", p.prize(t, place), nil)
		if err != nil {
			return nil, err
		}
		pot += o.minor
	}
	var shared []owed
	for i, part := range evenly(pot, len(winners)) {
		out[i].minor, out[i].reward.Amount = part, amountOf(part, out[i].currency)
		if part > 0 {
			shared = append(shared, out[i])
		}
	}
	return shared, nil
}

// earliest puts those who tie in the order in which they came to their value.
func earliest(tied []subject) []subject {
	out := slices.Clone(tied)
	slices.SortStableFunc(out, func(a, b subject) int { return inTime(a.arrival(), b.arrival()) })
	return out
}

// arrival is the record with which a subject's running total first came to its final value: above zero from below,
// below zero from above; nothing at all for zero. Of an average or a ratio it is the last record.
func (s subject) arrival() *point {
	if s.points == nil {
		return &point{mark: &mark{moment: s.last}}
	}
	final, total := new(big.Int), new(big.Int)
	for _, p := range s.points {
		final.Add(final, big.NewInt(p.value))
	}
	for _, p := range s.points {
		total.Add(total, big.NewInt(p.value))
		if final.Sign() > 0 && total.Cmp(final) >= 0 || final.Sign() < 0 && total.Cmp(final) <= 0 {
			return p
		}
	}
	return &point{mark: &mark{}}
}
