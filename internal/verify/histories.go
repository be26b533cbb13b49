package verify

import (
	"fmt"

	"laurel/internal/award"
)

// compareStrangers reports awards that stand for plans that were never published: nothing judges them, and they are paid all the same.
func (r *run) compareStrangers(judged map[int64]bool) error {
	rows, err := r.tx.Query(`SELECT plan_id, COUNT(*) FROM award WHERE state <> 'reversed' GROUP BY plan_id ORDER BY plan_id`)
	if err != nil {
		return fmt.Errorf("read awards: %w", err)
	}
	return each(rows, func(scan scanRow) error {
		var planID, count int64
		err := scan(&planID, &count)
		if err == nil && !judged[planID] {
			r.report.differ(Difference{Kind: AwardDiffers, Plan: fmt.Sprintf("#%d", planID), Expected: nothing, Found: fmt.Sprintf("%d awards of a plan that was never published", count)})
		}
		return err
	})
}

// compareHistories holds every award against the last step of its own life: what changed an award without leaving a step there was
// no judgement. By index award_event_by_award.
func (r *run) compareHistories() error {
	rows, err := r.tx.Query(`SELECT a.id, a.plan_id, a.period_label, a.subject_kind, a.subject_id, a.slot, a.state, a.amount, COALESCE(e.kind, ''), COALESCE(e.amount_after, 0)
		FROM award a LEFT JOIN award_event e ON e.id = (SELECT MAX(l.id) FROM award_event l WHERE l.award_id = a.id)
		ORDER BY a.id`)
	if err != nil {
		return fmt.Errorf("read the history of awards: %w", err)
	}
	keys := map[int64]string{}
	for _, p := range r.plans {
		keys[p.ID] = p.Key
	}
	return each(rows, func(scan scanRow) error {
		var a award.Award
		var last award.Event
		if err := scan(&a.ID, &a.PlanID, &a.Period.Label, &a.Subject.Kind, &a.Subject.ID, &a.Slot, &a.State, &a.Amount.Minor, &last.Kind, &last.AmountAfter); err != nil {
			return err
		}
		reversed := a.State == award.Reversed
		if last.Kind != "" && reversed == (last.Kind == award.Reversal) && (reversed || last.AmountAfter == a.Amount.Minor) {
			return nil
		}
		expected := nothing
		if last.Kind != "" {
			expected = fmt.Sprintf("%s at %d, by its history", last.Kind, last.AmountAfter)
		}
		r.report.differ(Difference{Kind: HistoryDiffers, Plan: keys[a.PlanID], Period: a.Period.Label, Subject: r.roster.describe(a.Subject), Slot: a.Slot,
			Expected: expected, Found: fmt.Sprintf("%s at %d", a.State, a.Amount.Minor)})
		return nil
	})
}
