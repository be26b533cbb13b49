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

// life is an award with the steps of its life that were read so far.
type life struct {
	award.Award
	steps  int
	last   award.EventKind
	stands int64  // what the last step left
	broken string // how a step does not go on where the one before left off
}

// step takes up one step: it begins at what the one before left. What is reversed keeps its amount, in case it comes back.
func (l *life) step(kind award.EventKind, before, after int64) {
	if before != l.stands && l.broken == "" {
		l.broken = fmt.Sprintf("%s at %d, where the step before left it", kind, l.stands)
		if l.steps == 0 {
			l.broken = fmt.Sprintf("%s at %d, as the first step", kind, l.stands)
		}
	}
	l.steps++
	if l.last = kind; kind != award.Reversal {
		l.stands = after
	}
}

// compareHistories holds every award against its own life: each step goes on where the one before left off, and the last one left
// the award as it is. What changed an award without leaving a step there was no judgement. By index award_event_by_award.
func (r *run) compareHistories() error {
	rows, err := r.tx.Query(`SELECT a.id, a.plan_id, a.period_label, a.subject_kind, a.subject_id, a.slot, a.state, a.amount,
			COALESCE(e.kind, ''), COALESCE(e.amount_before, 0), COALESCE(e.amount_after, 0)
		FROM award a LEFT JOIN award_event e ON e.award_id = a.id
		ORDER BY a.id, e.id`)
	if err != nil {
		return fmt.Errorf("read the history of awards: %w", err)
	}
	keys := map[int64]string{}
	for _, p := range r.plans {
		keys[p.ID] = p.Key
	}
	var one life
	err = each(rows, func(scan scanRow) error {
		var a award.Award
		var kind award.EventKind
		var before, after int64
		if err := scan(&a.ID, &a.PlanID, &a.Period.Label, &a.Subject.Kind, &a.Subject.ID, &a.Slot, &a.State, &a.Amount.Minor, &kind, &before, &after); err != nil {
			return err
		}
		if a.ID != one.ID {
			r.compareLife(&one, keys)
			one = life{Award: a}
		}
		if kind != "" {
			one.step(kind, before, after)
		}
		return nil
	})
	r.compareLife(&one, keys)
	return err
}

func (r *run) compareLife(l *life, keys map[int64]string) {
	reversed := l.State == award.Reversed
	sound := l.steps > 0 && l.broken == "" && reversed == (l.last == award.Reversal) && (reversed || l.stands == l.Amount.Minor)
	if sound || l.ID == 0 {
		return
	}
	expected := nothing
	switch {
	case l.broken != "":
		expected = l.broken
	case l.steps > 0 && l.last == award.Reversal:
		expected = fmt.Sprintf("%s, by its history", l.last)
	case l.steps > 0:
		expected = fmt.Sprintf("%s at %d, by its history", l.last, l.stands)
	}
	r.report.differ(Difference{Kind: HistoryDiffers, Plan: keys[l.PlanID], Period: l.Period.Label, Subject: r.roster.describe(l.Subject), Slot: l.Slot,
		Expected: expected, Found: fmt.Sprintf("%s at %d", l.State, l.Amount.Minor)})
}
