package plan

import (
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/rule"
)

// CarriedSince is the day from which a published version carries over, counts a streak and settles draws: the first day of its reign,
// or of the reign that it continues, where the version before it judged alike until that day.
// Of one that begins at once it is the first day of the period that it splits, all of which counts.
func (p *Plan) CarriedSince(no int64, cal calendar.Calendar) calendar.Day {
	versions := p.Published()
	since, first := p.Reign(no).From, no
	at := slices.IndexFunc(versions, func(v Version) bool { return v.No == no })
	for i := at - 1; i >= 0; i-- {
		before := p.Reign(versions[i].No)
		if before.Empty() || before.To != since {
			continue
		}
		if same, err := sameDef(versions[i].Def.judges(), versions[at].Def.judges()); err != nil || !same {
			break
		}
		since, first = before.From, versions[i].No
	}
	if course := p.Course(first, cal); course.AtOnce {
		if whole, ok := course.Whole(since); ok {
			since = whole.From
		}
	}
	return since
}

// judges is the definition without what may change while carries, streaks and draws go on: words, how much a reward is, who gets a
// share of it, what the plan may spend, and how it began.
func (d Def) judges() Def {
	d.Name, d.Description, d.Visibility, d.Judged = Def{}.Name, Def{}.Description, "", ""
	d.Reward = rule.Reward{Kind: d.Reward.Kind, Currency: d.Reward.Currency}
	d.Split, d.Budget = nil, nil
	d.EffectiveFrom, d.Begins, d.EffectiveUntil = nil, "", nil
	return d
}
