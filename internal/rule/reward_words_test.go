package rule_test

import (
	"testing"

	"laurel/internal/money"
	"laurel/internal/rule"
)

func TestHiddenRewardsTellNoAmount(t *testing.T) {
	cases := []struct {
		kind   rule.RewardKind
		hidden bool
		en     string
	}{
		{rule.Cash, false, "¥500.00"},
		{rule.Cash, true, "Cash"},
		{rule.Points, false, "500 points"},
		{rule.Points, true, "Points"},
		{rule.Leave, true, "Leave"},
	}
	for _, c := range cases {
		r := rule.Reward{Kind: c.kind, Amount: money.Decimal{Coef: 500}}
		got := rule.RewardText(r, 1, money.Amount{Minor: 50_000, Currency: "CNY"}, c.hidden).EN
		if got != c.en {
			t.Errorf("%s, hidden %v: %q, want %q", c.kind, c.hidden, got, c.en)
		}
	}
}
