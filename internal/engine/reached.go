package engine

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// reached finds the moment of each subject's last contribution, for rules that break ties by it.
func (s *scene) reached(r *plan.Ready, period calendar.Period, subjects int) (map[rule.Ref]int64, error) {
	if !r.Shape.Population() || subjects == 0 {
		return nil, nil
	}
	out := map[rule.Ref]int64{}
	for _, part := range r.Metric.Parts() {
		rows, err := s.tx.Query(`SELECT person_id, day, MAX(moment)
			FROM contribution WHERE metric_id = $1 AND day >= $2 AND day < $3
			GROUP BY person_id, day`, part.ID, int64(period.From), int64(period.To))
		if err != nil {
			return nil, fmt.Errorf("read last contributions: %w", err)
		}
		type last struct {
			person int64
			day    calendar.Day
			moment int64
		}
		var lasts []last
		for rows.Next() {
			var l last
			if err := rows.Scan(&l.person, &l.day, &l.moment); err != nil {
				rows.Close()
				return nil, fmt.Errorf("read last contributions: %w", err)
			}
			lasts = append(lasts, l)
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return nil, fmt.Errorf("read last contributions: %w", err)
		}
		for _, l := range lasts {
			for _, ref := range s.subjectsOf(r, l.person, l.day) {
				out[ref] = max(out[ref], l.moment)
			}
		}
	}
	return out, nil
}
