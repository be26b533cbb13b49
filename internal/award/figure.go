package award

import (
	"encoding/json"
	"fmt"

	"laurel/internal/money"
	"laurel/internal/rule"
)

// Tally is what rewards that are not cash come to: how many were given, and of points and leave how many points or days.
type Tally struct {
	Quantity int64
	Figure   money.Frac
}

// Figured reports whether a kind of reward carries a number of its own: how many points, how many days of leave.
func Figured(kind rule.RewardKind) bool { return kind == rule.Points || kind == rule.Leave }

// Add counts so many more of a reward.
func (t *Tally) Add(r rule.Reward, quantity int64) (err error) {
	if t.Quantity, err = money.AddInt(t.Quantity, quantity); err != nil {
		return err
	}
	if !Figured(r.Kind) {
		return nil
	}
	more, err := r.Amount.Frac().Mul(money.Whole(quantity))
	if err != nil {
		return err
	}
	t.Figure, err = t.Figure.Add(more)
	return err
}

// Join adds another tally.
func (t *Tally) Join(o Tally) (err error) {
	if t.Quantity, err = money.AddInt(t.Quantity, o.Quantity); err != nil {
		return err
	}
	t.Figure, err = t.Figure.Add(o.Figure)
	return err
}

// figuredReward is a column that tells apart how many points or days an award gives, and nothing else: sums stay few rows.
const figuredReward = `CASE WHEN reward_kind IN ('points', 'leave') THEN reward ELSE '' END`

// tallied counts one row of a sum that is grouped by figuredReward.
func (t *Tally) tallied(kind rule.RewardKind, reward string, quantity int64) error {
	r := rule.Reward{Kind: kind}
	if reward != "" {
		if err := json.Unmarshal([]byte(reward), &r); err != nil {
			return fmt.Errorf("read a reward: %w", err)
		}
	}
	return t.Add(r, quantity)
}
