package award

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/db"
)

// Adjustments reads every adjustment of a plan that corrects a closed period, reversed ones included.
func Adjustments(tx *db.Tx, planID int64, origin string) ([]*Award, error) {
	return readAwards(tx, `SELECT `+awardColumns+` FROM award WHERE plan_id = $1 AND origin = $2 ORDER BY id`, planID, origin)
}

// Origins lists the closed periods of a plan that adjustments correct, by label; of each only label and end are known.
func Origins(tx *db.Tx, planID int64) ([]calendar.Period, error) {
	rows, err := tx.Query(`SELECT origin, MAX(origin_to) FROM award WHERE plan_id = $1 AND origin <> '' GROUP BY origin ORDER BY origin`, planID)
	if err != nil {
		return nil, fmt.Errorf("read adjustments: %w", err)
	}
	defer rows.Close()
	var out []calendar.Period
	for rows.Next() {
		var p calendar.Period
		if err := rows.Scan(&p.Label, &p.To); err != nil {
			return nil, fmt.Errorf("read adjustments: %w", err)
		}
		out = append(out, p)
	}
	return out, rows.Err()
}
