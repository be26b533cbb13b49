package engine

import (
	"encoding/json"
	"fmt"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/record"
	"laurel/internal/rule"
	"laurel/internal/target"
)

// markTargets marks what changed targets decide: the periods that share a day with a target's, and those that read back
// into them, of every plan that reads its metric. What a member is to reach counts for the teams above, so all subjects
// are judged again.
func (b *batch) markTargets(changed map[int64]record.Head) error {
	for _, id := range sortedKeys(changed) {
		h := changed[id]
		changes, err := b.engine.records.Changes(b.tx, h.Seq-1, 1)
		if err != nil {
			return err
		}
		for _, c := range changes {
			text := c.After
			if len(text) == 0 {
				text = c.Before
			}
			var t target.Entry
			if err := json.Unmarshal(text, &t); err != nil {
				return fmt.Errorf("read a change of a target: %w", err)
			}
			if p, ok := b.cal.Labelled(t.Period); ok {
				b.markTarget(t.MetricID, p.Window, causeOf(h))
			}
		}
	}
	return nil
}

func (b *batch) markTarget(metricID int64, w calendar.Window, cause award.Cause) {
	m := b.metrics.ID(metricID)
	for _, p := range b.plansOn(metricID) {
		for _, period := range b.judged(p.Plan) {
			r := p.of(period)
			if r == nil || !r.Reads(m) {
				continue
			}
			whole, _ := b.course(r).Whole(period.From) // the target is that of the whole period
			later := r.Back() != rule.Back{} && period.To > w.From
			if later || !whole.Overlap(w).Empty() {
				b.mark(p.Plan, period, nil, cause)
			}
		}
	}
}
