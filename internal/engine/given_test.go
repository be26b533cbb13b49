package engine_test

import (
	"fmt"
	"testing"

	"laurel/internal/engine"
	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/rule"
)

func TestWhatIsGivenIsAddedUpByWhatItIs(t *testing.T) {
	reward := func(kind rule.RewardKind, name, amount, cost string) rule.Reward {
		r := rule.Reward{Kind: kind, Cost: money.MustDecimal(cost), Amount: money.MustDecimal(amount)}
		if name != "" {
			r.Name = i18n.Same(name)
		}
		return r
	}
	star, bronze := reward(rule.Badge, "Star", "0", "12.50"), reward(rule.Badge, "Bronze", "0", "0")
	dues := []rule.Due{
		{Reward: star, Quantity: 2},
		{Reward: reward(rule.Cash, "", "500", "0"), Quantity: 1, Amount: money.Amount{Minor: 50_000, Currency: "CNY"}},
		{Reward: bronze, Quantity: 1},
		{Reward: reward(rule.Points, "", "30", "0.1"), Quantity: 2},
		{Reward: reward(rule.Leave, "", "0.5", "0"), Quantity: 3},
		{Reward: star, Quantity: 1},
		{Reward: reward(rule.Points, "", "12.5", "0"), Quantity: 1},
		{Reward: reward(rule.Cash, "", "7", "0"), Quantity: 1, Amount: money.Amount{Minor: 700, Currency: "USD"}},
		{Reward: reward(rule.Cash, "", "1", "0"), Quantity: 1, Amount: money.Amount{Minor: 100, Currency: "CNY"}},
	}
	given, err := engine.GivenOf(dues)
	if err != nil {
		t.Fatal(err)
	}
	var got string
	for _, g := range given {
		switch g.Reward.Kind {
		case rule.Cash:
			got += fmt.Sprintf("%d %s, ", g.Amount.Minor, g.Amount.Currency)
		case rule.Points, rule.Leave:
			got += fmt.Sprintf("%s %s × %d, ", g.Reward.Amount, g.Reward.Kind, g.Quantity)
		default:
			got += fmt.Sprintf("%s × %d, ", g.Reward.Name.EN, g.Quantity)
		}
	}
	if want := "Star × 3, 50100 CNY, Bronze × 1, 72.5 points × 1, 1.5 leave × 1, 700 USD, "; got != want {
		t.Errorf("added up to %q, want %q", got, want)
	}
	// 501.00 in cash, 3 stars at 12.50 and 2 times 0.1 for points; dollars are not of this currency.
	if cost, err := engine.CostIn(dues, "CNY"); err != nil || cost != 53_870 {
		t.Errorf("the cost is %d (%v), want 53870", cost, err)
	}
}
