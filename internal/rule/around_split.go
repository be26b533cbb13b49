package rule

import (
	"laurel/internal/money"
)

// SplitPart is one share of what a subject earns.
type SplitPart struct {
	To     Recipient `json:"to" yaml:"to" enum:"self,manager,members,person" doc:"The subject itself, the manager on the period's last day, the members of the team, or a person"`
	Person string    `json:"person,omitempty" yaml:"person,omitempty" doc:"Key of the person, where it goes to one"`
	Share  Line      `json:"share" yaml:"share" doc:"70% or 0.7; all shares add up to 100 %"`
	By     SplitBy   `json:"by,omitempty" yaml:"by,omitempty" enum:"equal,days,value" doc:"How members divide their share: equally (default), by their days in the team, or by what they brought"`
}

// Recipient is who gets a share.
type Recipient string

// The recipients of shares.
const (
	ToSelf    Recipient = "self"
	ToManager Recipient = "manager"
	ToMembers Recipient = "members"
	ToPerson  Recipient = "person"
)

// SplitBy is how the members of a unit divide a share.
type SplitBy string

// The divisions; the empty one is ByEqual.
const (
	ByEqual SplitBy = "equal"
	ByDays  SplitBy = "days"
	ByValue SplitBy = "value"
)

// split divides every due of cash among those who share it, exactly, by largest remainder.
func (a *Around) split(c Context, dues []Due) ([]Due, error) {
	if len(a.Split) == 0 {
		return dues, nil
	}
	var out []Due
	for _, d := range dues {
		if d.Reward.Kind != Cash {
			out = append(out, d)
			continue
		}
		parts, err := a.divide(c, d)
		if err != nil {
			return nil, err
		}
		out = append(out, parts...)
	}
	return out, nil
}

// shareOf is the share of an amount that somebody gets; ok is false where members divide one, so that no percentage says it.
func (a *Around) shareOf(c Context, earner, to Ref) (share money.Frac, ok bool) {
	for _, s := range a.Split {
		gets := earner // a share for which there is nobody
		switch s.To {
		case ToManager:
			if m, found := c.Roll.Manager(earner, c.At.To-1); found {
				gets = m
			}
		case ToPerson:
			if p, found := c.World.Find(Person, s.Person); found {
				gets = p
			}
		case ToMembers:
			return share, false
		}
		if gets != to {
			continue
		}
		var err error
		if share, err = share.Add(s.Share.Frac()); err != nil {
			return share, false
		}
	}
	return share, !share.IsZero()
}

// maxSharePlaces are the decimal places of a share that count.
const maxSharePlaces = 8

// deal gives a share to those it goes to. A share for which there is nobody stays with the subject.
func (s SplitPart) deal(c Context, d Due, minor int64, give func(Ref, int64)) error {
	switch s.To {
	case ToManager:
		if to, ok := c.Roll.Manager(d.Ref, c.At.To-1); ok {
			give(to, minor)
			return nil
		}
	case ToPerson:
		if to, ok := c.World.Find(Person, s.Person); ok {
			give(to, minor)
			return nil
		}
	case ToMembers:
		members, weights, err := s.members(c, d)
		if err != nil {
			return err
		}
		if len(members) > 0 {
			parts, err := money.Allocate(minor, weights)
			if err != nil {
				return err
			}
			for i, m := range members {
				give(m.Ref, parts[i])
			}
			return nil
		}
	}
	give(d.Ref, minor)
	return nil
}

// members are those who divide a share with their weights; where nobody has any weight they divide it equally.
func (s SplitPart) members(c Context, d Due) ([]Member, []int64, error) {
	members, err := c.Roll.Members(d.Ref, c.At)
	if err != nil {
		return nil, nil, err
	}
	weights := make([]int64, len(members))
	var sum int64
	for i, m := range members {
		switch s.By {
		case ByDays:
			weights[i] = m.Days
		case ByValue:
			own, err := c.World.Subject("", m.Ref, c.At)
			if err != nil {
				return nil, nil, err
			}
			if own.Has && own.Value.Sign() > 0 {
				v, err := own.Value.Round(c.Measure.Scale, money.Down)
				if err != nil {
					return nil, nil, err
				}
				weights[i] = v.Coef
			}
		default:
			weights[i] = 1
		}
		if sum, err = money.AddInt(sum, weights[i]); err != nil {
			return nil, nil, err
		}
	}
	if sum == 0 {
		for i := range weights {
			weights[i] = 1
		}
	}
	return members, weights, nil
}
