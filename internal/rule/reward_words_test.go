package rule_test

import (
	"testing"

	"laurel/internal/money"
	"laurel/internal/rule"
)

func TestPointsAreToldInAll(t *testing.T) {
	for _, c := range []struct {
		kind     rule.RewardKind
		amount   string
		quantity int64
		want     string
	}{
		{rule.Points, "20", 3, "60 points"},
		{rule.Points, "500.50", 4, "2,002 points"},
		{rule.Leave, "0.5", 3, "1.5 days of leave"},
		{rule.Points, "20", -3, "60 points taken back"},
		{rule.Badge, "0", 3, "Badge × 3"},
	} {
		r := rule.Reward{Kind: c.kind, Amount: money.MustDecimal(c.amount)}
		if got := rule.RewardText(r, c.quantity, money.Amount{}, false).EN; got != c.want {
			t.Errorf("%s of %s, %d times: %q, want %q", c.kind, c.amount, c.quantity, got, c.want)
		}
	}
}

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
