package rule

import (
	"cmp"
	"slices"

	"laurel/internal/i18n"
	"laurel/internal/money"
)

// Budget is what a plan gives in one period at most, served in the order of moments.
type Budget struct {
	Amount money.Decimal `json:"amount" yaml:"amount" doc:"Cash of one period, in the currency of the plan's reward"`
	Short  BudgetShort   `json:"short,omitempty" yaml:"short,omitempty" enum:"part,nothing" doc:"What the last one gets who does not fit: the rest (default) or nothing"`
}

// BudgetShort is what the last one gets who does not fit.
type BudgetShort string

// The empty one is ShortPart.
const (
	ShortPart    BudgetShort = "part"
	ShortNothing BudgetShort = "nothing"
)

// spend serves the dues of cash in the order in time of what brought them about until the budget is used up. What is taken off another
// plan's result needs no budget, and leaves none to others.
func (a *Around) spend(c Context, dues []Due, subjects []Subject) ([]Due, error) {
	if a.Budget == nil {
		return dues, nil
	}
	limit, err := money.RoundAmount(a.Budget.Amount.Frac(), c.currencyOf(c.Reward), c.Rounding)
	if err != nil {
		return nil, err
	}
	order, err := inTime(dues, subjects)
	if err != nil {
		return nil, err
	}
	var out []Due
	rest := limit.Minor
	for _, d := range order {
		if d.Reward.Kind != Cash || d.Amount.Minor < 0 || d.Amount.Minor <= rest && rest > 0 {
			if d.Reward.Kind == Cash && d.Amount.Minor > 0 {
				rest -= d.Amount.Minor
			}
			out = append(out, d)
			continue
		}
		if rest > 0 && a.Budget.Short != ShortNothing {
			asked := d.Amount
			d.Amount.Minor = rest
			if !c.Bare {
				d.Steps = append(slices.Clip(d.Steps), Step{i18n.T("预算只剩", "What the budget had left"), money.FormatAmount(asked), money.FormatAmount(d.Amount)})
			}
			out = append(out, d)
		}
		rest = 0
	}
	return out, nil
}

// inTime orders dues by what brought them about: its moment, external id, internal id; at the end of the period, or where one record
// brought several about, by subject and slot.
func inTime(dues []Due, subjects []Subject) ([]Due, error) {
	order := slices.Clone(dues)
	for i := range order {
		d := &order[i]
		if d.By != nil || d.Moment == 0 {
			continue
		}
		last, err := lastPoint(subjects, d.earner())
		if err != nil {
			return nil, err
		}
		d.By = last
	}
	slices.SortStableFunc(order, func(x, y Due) int { return cmp.Or(x.compareTime(y), compareDues(x, y)) })
	return order, nil
}
