package verify_test

import (
	"fmt"

	"laurel/internal/award"
	"laurel/internal/closing"
	"laurel/internal/db"
)

// asked is how many of a company's awards are opened, and of how many plans' periods the standing is asked.
const asked = 12

// explains opens some of the awards that stand: each has its arithmetic, and in an open period the arithmetic comes to its amount. Of
// their plans and periods the standing of everybody can be told, with what comes next and why not.
func (w *world) explains() error {
	return w.db.Read(w.ctx, func(tx *db.Tx) error {
		var ids []int64
		rows, err := tx.Query(`SELECT id FROM award WHERE state <> 'reversed' ORDER BY plan_id, id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id int64
			if err := rows.Scan(&id); err != nil {
				return err
			}
			ids = append(ids, id)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		until, err := closing.Until(tx)
		if err != nil {
			return err
		}
		for i := 0; i < len(ids); i += 1 + len(ids)/asked {
			a, err := award.Get(tx, ids[i])
			if err != nil {
				return err
			}
			var faults int
			if err := tx.QueryRow(`SELECT COUNT(*) FROM plan_problem WHERE plan_id = $1 AND period_label = $2`, a.PlanID, a.Period.Label).Scan(&faults); err != nil {
				return err
			}
			if err := w.explained(tx, a, faults == 0 && a.Origin == "" && a.Period.To > until); err != nil {
				return fmt.Errorf("award %d of plan %d in %s: %w", a.ID, a.PlanID, a.Period.Label, err)
			}
		}
		return nil
	})
}

func (w *world) explained(tx *db.Tx, a *award.Award, open bool) error {
	ev, err := w.engine.Explain(tx, a)
	if err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	if open && (ev.Due == nil || ev.Due.Amount != a.Amount || len(ev.Due.Steps) == 0) {
		return fmt.Errorf("%+v on record is explained as %+v", *a, ev.Due)
	}
	plans, err := w.plans.All(tx)
	if err != nil {
		return err
	}
	for _, p := range plans {
		if p.ID != a.PlanID {
			continue
		}
		_, err := w.engine.Standing(tx, p, a.Period.Label)
		if err := refused(err); err != nil {
			return fmt.Errorf("standing: %w", err)
		}
	}
	return nil
}
