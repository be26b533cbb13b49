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

// AdjustmentsBecause reads the adjustments that a change of one record brought about or moved, by index award_by_origin of every
// plan and award_event_by_award; adjustments are few.
func AdjustmentsBecause(tx *db.Tx, object string, recordID int64) ([]*Award, error) {
	return readAwards(tx, `SELECT `+awardColumns+` FROM award WHERE id IN (
		SELECT e.award_id FROM plan p
		JOIN award a ON a.plan_id = p.id AND a.origin > ''
		JOIN award_event e ON e.award_id = a.id
		WHERE e.cause_object = $1 AND e.cause_record = $2)
		ORDER BY id`, object, recordID)
}
