package verify

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/rule"
)

// nominateParams are the parameters of a vote.
type nominateParams struct {
	Places      *number  `json:"places"`
	Quorum      *number  `json:"quorum"`
	Counts      string   `json:"counts"` // latest, first
	Voters      string   `json:"voters"` // everyone, jury
	Jury        []string `json:"jury"`
	JuryWeight  *number  `json:"jury_weight"`
	Opens       *number  `json:"opens"`
	Closes      *number  `json:"closes"`
	Nominations string   `json:"nominations"`
	Prizes      []struct {
		Place  *number      `json:"place"`
		Reward *rule.Reward `json:"reward"`
	} `json:"prizes"`
}

// wholeOr is a whole parameter, or what it means left out.
func (n *number) wholeOr(otherwise int64) int64 {
	if n == nil {
		return otherwise
	}
	return n.Num().Int64()
}

// open is the window in which votes count.
func (p nominateParams) open(at period) period {
	day := func(n int64) calendar.Day {
		if n < 0 {
			return at.to + calendar.Day(n)
		}
		return at.from + calendar.Day(n-1)
	}
	first, last := day(p.Opens.wholeOr(1)), day(p.Closes.wholeOr(-1))
	at.from, at.to = max(at.from, first), min(at.to, last+1)
	return at
}

// elected is somebody's result.
type elected struct {
	subject
	others, jury int
	tally        *big.Rat
}

func (j *judge) naiveNominate(p nominateParams, at period, subjects []subject) ([]owed, error) {
	jurors := map[string]bool{}
	for _, key := range p.Jury {
		id := j.run.roster.named(key)
		if id == 0 {
			return nil, fmt.Errorf("there is no juror %q", key)
		}
		jurors[fmt.Sprint(id)] = true
	}
	type ballot struct {
		*point
		to int
	}
	var list []elected
	byVoter := map[string][]ballot{}
	for _, s := range subjects {
		if p.Nominations != "" {
			named, err := j.look(p.Nominations, s.ref, at)
			if err != nil {
				return nil, err
			}
			if named.value == nil || named.value.Sign() <= 0 {
				continue
			}
		}
		list = append(list, elected{subject: s})
		open := p.open(at)
		if open.from >= open.to {
			continue
		}
		seen, err := j.look("", s.ref, open)
		if err != nil {
			return nil, err
		}
		for _, one := range seen.points {
			if one.label != "" && one.label != fmt.Sprint(s.ref.ID) && (p.Voters != "jury" || jurors[one.label]) {
				byVoter[one.label] = append(byVoter[one.label], ballot{one, len(list) - 1})
			}
		}
	}
	for voter, cast := range byVoter {
		slices.SortFunc(cast, func(a, b ballot) int { return cmp.Or(inTime(a.point, b.point), cmp.Compare(a.person, b.person)) })
		counts := cast[len(cast)-1]
		if p.Counts == "first" {
			counts = cast[0]
		}
		if jurors[voter] {
			list[counts.to].jury++
		} else {
			list[counts.to].others++
		}
	}
	if int64(len(byVoter)) < p.Quorum.wholeOr(1) {
		return nil, nil
	}
	weight := whole(1)
	if p.JuryWeight != nil {
		weight = p.JuryWeight.Rat
	}
	for i := range list {
		x := &list[i]
		x.tally = new(big.Rat).Add(whole(int64(x.others)), new(big.Rat).Mul(weight, whole(int64(x.jury))))
	}
	var out []owed
	for _, x := range list {
		if x.tally.Sign() == 0 {
			continue
		}
		place := int64(1)
		for _, y := range list {
			if c := y.tally.Cmp(x.tally); c > 0 || c == 0 && y.jury > x.jury {
				place++
			}
		}
		if place > p.Places.wholeOr(1) {
			continue
		}
		reward := j.terms.reward
		for _, prize := range p.Prizes {
			if prize.Reward != nil && prize.Place.wholeOr(0) == place {
				reward = *prize.Reward
			}
		}
		o, err := j.terms.pay(x.ref, "nominate", reward, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// voter is the field that says who cast a ballot; ok is false where the metric names no person for it.
func (m *measured) voter() (key string, ok bool) {
	if m.def.By == "" || m.object == nil || m.by < 0 || m.by >= len(m.columns) {
		return m.def.By, false
	}
	return m.def.By, m.columns[m.by].field.Type == "person"
}
