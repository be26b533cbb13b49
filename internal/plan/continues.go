package plan

import (
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/rule"
)

// CarriedSince is the day from which a published version carries over, counts a streak and settles draws: the first day of its reign,
// or of the reign that it continues, where the version before it judged alike until that day.
func (p *Plan) CarriedSince(no int64) calendar.Day {
	versions := p.Published()
	since := p.Reign(no).From
	at := slices.IndexFunc(versions, func(v Version) bool { return v.No == no })
	for i := at - 1; i >= 0; i-- {
		before := p.Reign(versions[i].No)
		if before.Empty() || before.To != since {
			continue
		}
		if same, err := sameDef(versions[i].Def.judges(), versions[at].Def.judges()); err != nil || !same {
			break
		}
		since = before.From
	}
	return since
}

// judges is the definition without what may change while carries, streaks and draws go on: words, how much a reward is, who gets a
// share of it, and what the plan may spend.
func (d Def) judges() Def {
	d.Name, d.Description, d.Visibility, d.Judged = Def{}.Name, Def{}.Description, "", ""
	d.Reward = rule.Reward{Kind: d.Reward.Kind, Currency: d.Reward.Currency}
	d.Split, d.Budget = nil, nil
	d.EffectiveFrom, d.EffectiveUntil = nil, nil
	return d
}
