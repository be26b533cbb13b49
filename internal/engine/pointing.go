package engine

import (
	"fmt"

	"laurel/internal/metric"
	"laurel/internal/record"
)

// pointingPart is how many records that point to changed ones are counted at once: a region may have a million customers.
const pointingPart = 5000

// countPointing counts the records again from which a route leads to changed ones, each because of the one it leads to.
func (b *batch) countPointing(counter *metric.Counter, route metric.Route, changed []int64) error {
	because := make(map[int64]int64, len(changed))
	for _, id := range changed {
		because[id] = id
	}
	return b.walkBack(counter, route, len(route.Steps)-1, changed, because)
}

// walkBack goes from records to those whose relation at a step of the route holds them, down to the route's base.
func (b *batch) walkBack(counter *metric.Counter, route metric.Route, step int, ids []int64, because map[int64]int64) error {
	at := route.Steps[step]
	err := b.engine.records.PointingTo(b.tx, at.Object, at.Field, ids, pointingPart, func(part []record.Pointing) error {
		found, why := make([]int64, len(part)), make(map[int64]int64, len(part))
		for i, p := range part {
			found[i], why[p.ID] = p.ID, because[p.To]
		}
		if step > 0 {
			return b.walkBack(counter, route, step-1, found, why)
		}
		recs, err := b.engine.records.Load(b.tx, route.Base, found)
		if err != nil {
			return err
		}
		return counter.CountBecause(route.Base, recs, why)
	})
	if err != nil {
		return fmt.Errorf("read records that point to changed ones: %w", err)
	}
	return nil
}
