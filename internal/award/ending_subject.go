package award

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/rule"
)

// SubjectSum is the cash of one subject whose plans' periods end on one day.
type SubjectSum struct {
	Subject  rule.Ref
	End      calendar.Day // first day after the periods
	Currency string
	State    State
	Minor    int64
}

// CashBySubject adds up the cash that stands and whose plan's period ends within a window, by subject. By index award_by_end.
func CashBySubject(tx *db.Tx, w calendar.Window) ([]SubjectSum, error) {
	after, until := ends(w)
	rows, err := tx.Query(`SELECT subject_kind, subject_id, period_to, currency, state, CAST(SUM(amount) AS BIGINT)
		FROM award
		WHERE period_to > $1 AND period_to <= $2 AND state <> $3 AND reward_kind = $4
		GROUP BY subject_kind, subject_id, period_to, currency, state
		ORDER BY subject_kind, subject_id, period_to, currency, state`, after, until, string(Reversed), string(rule.Cash))
	if err != nil {
		return nil, fmt.Errorf("add up cash by subject: %w", err)
	}
	defer rows.Close()
	var out []SubjectSum
	for rows.Next() {
		var s SubjectSum
		if err := rows.Scan(&s.Subject.Kind, &s.Subject.ID, &s.End, &s.Currency, &s.State, &s.Minor); err != nil {
			return nil, fmt.Errorf("add up cash by subject: %w", err)
		}
		out = append(out, s)
	}
	return out, rows.Err()
}
