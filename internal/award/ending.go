package award

import (
	"encoding/json"
	"fmt"
	"math"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// EndingSum is what awards come to whose plan's period ends in a stretch of days.
type EndingSum struct {
	PlanID     int64
	Period     calendar.Period
	Kind       rule.RewardKind
	Currency   string
	State      State
	Adjustment bool
	Awards     int64
	Minor      int64
	Tally
}

// ends are the periods that end in a window of days: the first of them ends one day after its first day, the last on its end,
// for a period's end is the first day after it.
func ends(w calendar.Window) (after, until int64) { return int64(w.From), int64(w.To) }

// SumsEnding adds up the awards that stand and whose plan's period ends within a window: a month's own, and those of a quarter in the
// quarter's last month. By index award_by_end.
func SumsEnding(tx *db.Tx, w calendar.Window) ([]EndingSum, error) {
	after, until := ends(w)
	rows, err := tx.Query(`SELECT plan_id, period_kind, period_label, period_from, period_to, reward_kind, currency, state,
			CASE WHEN origin = '' THEN 0 ELSE 1 END, `+figuredReward+`, COUNT(*), CAST(SUM(quantity) AS BIGINT), CAST(SUM(amount) AS BIGINT)
		FROM award
		WHERE period_to > $1 AND period_to <= $2 AND state <> $3
		GROUP BY plan_id, period_kind, period_label, period_from, period_to, reward_kind, currency, state, 9, 10
		ORDER BY plan_id, period_to, period_label, period_from, period_kind, reward_kind, currency, state, 9, 10`, after, until, string(Reversed))
	if err != nil {
		return nil, fmt.Errorf("add up awards: %w", err)
	}
	defer rows.Close()
	var out []EndingSum
	for rows.Next() {
		var s EndingSum
		var adjustment, quantity int64
		var reward string
		err := rows.Scan(&s.PlanID, &s.Period.Kind, &s.Period.Label, &s.Period.From, &s.Period.To, &s.Kind, &s.Currency, &s.State,
			&adjustment, &reward, &s.Awards, &quantity, &s.Minor)
		if err != nil {
			return nil, fmt.Errorf("add up awards: %w", err)
		}
		s.Adjustment = adjustment != 0
		if err := s.tallied(s.Kind, reward, quantity); err != nil {
			return nil, fmt.Errorf("add up awards: %w", err)
		}
		if n := len(out) - 1; n >= 0 && out[n].sameLine(&s) { // points of another number, or days
			out[n].Awards += s.Awards
			if err := out[n].Join(s.Tally); err != nil {
				return nil, fmt.Errorf("add up awards: %w", err)
			}
			continue
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func (s *EndingSum) sameLine(o *EndingSum) bool {
	return s.PlanID == o.PlanID && s.Period == o.Period && s.Kind == o.Kind && s.Currency == o.Currency && s.State == o.State && s.Adjustment == o.Adjustment
}

// Ending reads the awards that stand and whose plan's period ends within a window, for everybody or for one subject, in the order in
// which they were earned. By index award_by_end.
func Ending(tx *db.Tx, w calendar.Window, subject *rule.Ref) ([]*Award, error) {
	after, until := ends(w)
	text, args := `SELECT `+awardColumns+` FROM award WHERE period_to > $1 AND period_to <= $2 AND state <> $3`, []any{after, until, string(Reversed)}
	if subject != nil {
		text += ` AND subject_kind = $4 AND subject_id = $5`
		args = append(args, string(subject.Kind), subject.ID)
	}
	return readAwards(tx, text+` ORDER BY moment, id`, args...)
}

// AdjustmentsEnding reads the first adjustments that stand and whose period ends within a window; a limit below 0 is none.
func AdjustmentsEnding(tx *db.Tx, w calendar.Window, limit int) ([]*Award, error) {
	after, until := ends(w)
	if limit < 0 {
		limit = math.MaxInt32
	}
	return readAwards(tx, `SELECT `+awardColumns+` FROM award
		WHERE period_to > $1 AND period_to <= $2 AND state <> $3 AND origin <> ''
		ORDER BY plan_id, subject_id, id LIMIT $4`, after, until, string(Reversed), limit)
}

// FirstPeriodEnd is the end of the earliest period that has an award; 0 when there is none.
func FirstPeriodEnd(tx *db.Tx) (calendar.Day, error) {
	var day int64
	if err := tx.QueryRow(`SELECT COALESCE(MIN(period_to), 0) FROM award WHERE state <> $1`, string(Reversed)).Scan(&day); err != nil {
		return 0, fmt.Errorf("read awards: %w", err)
	}
	return calendar.Day(day), nil
}

// ThingsEnding counts what is not cash of the awards that stand and whose plan's period ends within a window, by subject and kind.
func ThingsEnding(tx *db.Tx, w calendar.Window) (map[rule.Ref]map[rule.RewardKind]Tally, error) {
	after, until := ends(w)
	rows, err := tx.Query(`SELECT subject_kind, subject_id, reward_kind, `+figuredReward+`, CAST(SUM(quantity) AS BIGINT) FROM award
		WHERE period_to > $1 AND period_to <= $2 AND state <> $3 AND reward_kind <> $4
		GROUP BY subject_kind, subject_id, reward_kind, 4`, after, until, string(Reversed), string(rule.Cash))
	if err != nil {
		return nil, fmt.Errorf("count rewards: %w", err)
	}
	defer rows.Close()
	out := map[rule.Ref]map[rule.RewardKind]Tally{}
	for rows.Next() {
		var ref rule.Ref
		var kind rule.RewardKind
		var reward string
		var n int64
		if err := rows.Scan(&ref.Kind, &ref.ID, &kind, &reward, &n); err != nil {
			return nil, fmt.Errorf("count rewards: %w", err)
		}
		if out[ref] == nil {
			out[ref] = map[rule.RewardKind]Tally{}
		}
		t := out[ref][kind]
		if err := t.tallied(kind, reward, n); err != nil {
			return nil, fmt.Errorf("count rewards: %w", err)
		}
		out[ref][kind] = t
	}
	return out, rows.Err()
}

// CostKey names a sum of costs.
type CostKey struct {
	PlanID     int64
	Label      string
	Kind       rule.RewardKind
	State      State
	Adjustment bool
}

// CostsEnding adds up what rewards that are not cash cost, of the awards that stand and whose plan's period ends within a window.
// What a plan writes as a cost is in the organisation's currency.
func CostsEnding(tx *db.Tx, w calendar.Window) (map[CostKey]money.Frac, error) {
	after, until := ends(w)
	rows, err := tx.Query(`SELECT plan_id, period_label, reward_kind, state, CASE WHEN origin = '' THEN 0 ELSE 1 END, reward, CAST(SUM(quantity) AS BIGINT)
		FROM award WHERE period_to > $1 AND period_to <= $2 AND state <> $3 AND reward_kind <> $4
		GROUP BY plan_id, period_label, reward_kind, state, 5, reward`, after, until, string(Reversed), string(rule.Cash))
	if err != nil {
		return nil, fmt.Errorf("add up costs: %w", err)
	}
	defer rows.Close()
	out := map[CostKey]money.Frac{}
	for rows.Next() {
		var k CostKey
		var text string
		var adjustment, quantity int64
		if err := rows.Scan(&k.PlanID, &k.Label, &k.Kind, &k.State, &adjustment, &text, &quantity); err != nil {
			return nil, fmt.Errorf("add up costs: %w", err)
		}
		k.Adjustment = adjustment != 0
		var r rule.Reward
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			return nil, fmt.Errorf("read a reward: %w", err)
		}
		cost, err := r.Cost.Frac().Mul(money.Whole(quantity))
		if err != nil {
			return nil, err
		}
		if out[k], err = out[k].Add(cost); err != nil {
			return nil, err
		}
	}
	return out, rows.Err()
}
