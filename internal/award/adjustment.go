package award

import (
	"fmt"

	"laurel/internal/db"
)

// Adjustments reads every adjustment of a plan that corrects a closed period, reversed ones included.
func Adjustments(tx *db.Tx, planID int64, origin string) ([]*Award, error) {
	return readAwards(tx, `SELECT `+awardColumns+` FROM award WHERE plan_id = $1 AND origin = $2 ORDER BY id`, planID, origin)
}

// Origins lists the closed periods of a plan that adjustments correct.
func Origins(tx *db.Tx, planID int64) ([]string, error) {
	rows, err := tx.Query(`SELECT DISTINCT origin FROM award WHERE plan_id = $1 AND origin <> '' ORDER BY origin`, planID)
	if err != nil {
		return nil, fmt.Errorf("read adjustments: %w", err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var label string
		if err := rows.Scan(&label); err != nil {
			return nil, fmt.Errorf("read adjustments: %w", err)
		}
		out = append(out, label)
	}
	return out, rows.Err()
}
