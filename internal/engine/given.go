package engine

import (
	"fmt"

	"laurel/internal/money"
	"laurel/internal/rule"
)

// GivenOf adds dues up by what is given, in the order in which each comes first: cash by its currency, points and days
// of leave to one figure, things by their name and level.
func GivenOf(dues []rule.Due) ([]Given, error) {
	type what struct {
		kind         rule.RewardKind
		zh, en, cash string
		level        int
	}
	var out []Given
	at := map[what]int{}
	for _, d := range dues {
		key := what{kind: d.Reward.Kind, cash: d.Amount.Currency, level: d.Reward.Level, zh: d.Reward.Name.ZH, en: d.Reward.Name.EN}
		counted := d.Reward.Kind == rule.Points || d.Reward.Kind == rule.Leave
		if d.Reward.Kind == rule.Cash || counted {
			key.zh, key.en = "", ""
		}
		i, known := at[key]
		if !known {
			i = len(out)
			at[key] = i
			out = append(out, Given{Reward: d.Reward, Amount: money.Amount{Currency: d.Amount.Currency}})
			if counted {
				out[i].Reward.Amount, out[i].Quantity = money.Decimal{}, 1
			}
		}
		if err := out[i].add(d, counted); err != nil {
			return nil, fmt.Errorf("add up what is given: %w", err)
		}
	}
	return out, nil
}

func (g *Given) add(d rule.Due, counted bool) (err error) {
	if g.Amount.Minor, err = money.AddInt(g.Amount.Minor, d.Amount.Minor); err != nil {
		return err
	}
	if !counted {
		g.Quantity, err = money.AddInt(g.Quantity, d.Quantity)
		return err
	}
	more, err := d.Reward.Amount.Frac().Mul(money.Whole(d.Quantity))
	if err != nil {
		return err
	}
	sum, err := g.Reward.Amount.Frac().Add(more)
	if err != nil {
		return err
	}
	g.Reward.Amount, err = sum.Round(max(g.Reward.Amount.Scale, d.Reward.Amount.Scale), money.HalfEven) // of those places, so exact
	return err
}

// CostIn is what dues cost the company in its own currency, in minor units: cash in it, and what things cost each.
func CostIn(dues []rule.Due, home string) (int64, error) {
	var total int64
	for _, d := range dues {
		cost := money.Amount{Currency: home}
		switch {
		case d.Amount.Currency == home:
			cost = d.Amount
		case d.Reward.Kind != rule.Cash && !d.Reward.Cost.IsZero():
			each, err := d.Reward.Cost.Frac().Mul(money.Whole(d.Quantity))
			if err != nil {
				return 0, fmt.Errorf("add up costs: %w", err)
			}
			if cost, err = money.RoundAmount(each, home, money.HalfEven); err != nil {
				return 0, fmt.Errorf("add up costs: %w", err)
			}
		}
		var err error
		if total, err = money.AddInt(total, cost.Minor); err != nil {
			return 0, fmt.Errorf("add up costs: %w", err)
		}
	}
	return total, nil
}
