package engine

import (
	"fmt"
	"slices"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/metric"
	"laurel/internal/plan"
	"laurel/internal/record"
	"laurel/internal/rule"
	"laurel/internal/target"
)

// batch is one part of the log being taken up: what it touched, and the transaction that holds the effects.
type batch struct {
	scene
	engine   *Engine
	counting metric.Ground
	dirty    map[periodKey]*dirtyPeriod
	ledger   *award.Ledger

	problems map[periodKey]bool // periods that could not be judged so far; nil until read
}

type periodKey struct {
	plan  int64
	label string
}

// dirtyPeriod is one period of a plan that has to be judged again, for some subjects or for all.
type dirtyPeriod struct {
	plan   *plan.Plan
	period calendar.Period
	all    bool
	refs   map[rule.Ref]award.Cause
	cause  award.Cause // the last one
}

// begin reads what a batch is judged by.
func (e *Engine) begin(tx *db.Tx) (*batch, error) {
	sc, err := e.open(tx)
	if err != nil {
		return nil, err
	}
	ground, err := e.metrics.Ground(tx, sc.dir)
	if err != nil {
		return nil, err
	}
	return &batch{scene: *sc, engine: e, counting: ground, dirty: map[periodKey]*dirtyPeriod{}, ledger: award.NewLedger(tx)}, nil
}

// takeUp counts the records that changed and marks what that, and every changed definition, touches.
func (b *batch) takeUp(heads []record.Head) error {
	changed := map[string]map[int64]record.Head{} // object → record → its last change
	for _, h := range heads {
		if changed[h.Object] == nil {
			changed[h.Object] = map[int64]record.Head{}
		}
		changed[h.Object][h.RecordID] = h
	}
	redefined, err := b.redefined(heads)
	if err != nil {
		return err
	}
	if redefined.days {
		return b.recountAll(redefined.cause)
	}
	if err := b.countReckoned(redefined.rates); err != nil {
		return err
	}
	if err := b.countChanged(changed, len(redefined.metrics) > 0); err != nil {
		return err
	}
	if err := b.recount(redefined); err != nil {
		return err
	}
	for id, h := range changed["@plan"] {
		b.markPlan(id, h)
	}
	b.markPeople(changed)
	b.markNamers(changed)
	return b.markTargets(changed[target.Object])
}

// countChanged counts every record that changed, at its latest state, and those that read it over a relation. Where metrics changed,
// so it does those of objects without metrics: they may have had some.
func (b *batch) countChanged(changed map[string]map[int64]record.Head, redefined bool) error {
	counter := metric.NewCounter(b.tx, b.metrics, b.counting)
	schema, err := b.engine.records.Schema(b.tx)
	if err != nil {
		return err
	}
	causes := map[int64]award.Cause{}
	for _, object := range sortedKeys(changed) {
		routes := b.metrics.RoutesTo(object)
		own := redefined || len(b.metrics.OnObject(object)) > 0
		if object[0] == '@' || !own && len(routes) == 0 {
			continue
		}
		o, err := schema.Object(object)
		if err != nil {
			return err
		}
		ids := sortedKeys(changed[object])
		for _, id := range ids {
			causes[id] = causeOf(changed[object][id])
		}
		if own {
			recs, err := b.engine.records.Load(b.tx, o, ids)
			if err != nil {
				return err
			}
			if err := counter.CountRecords(o, recs); err != nil {
				return err
			}
		}
		for _, route := range routes {
			if err := b.countPointing(counter, route, ids); err != nil {
				return err
			}
		}
	}
	return b.markCounted(counter, causes)
}

// markCounted writes what a counter changed and marks what reads it.
func (b *batch) markCounted(counter *metric.Counter, causes map[int64]award.Cause) error {
	touched, err := counter.Flush()
	if err != nil {
		return err
	}
	b.totals.Moved(counter.Moved())
	for _, t := range touched {
		b.markCell(t, causes[counter.Cause(t)])
	}
	return nil
}

// recount counts the objects of metrics again whose definitions changed, those too that they measured before. The records that
// changed themselves have been counted, so that they are the causes of what they moved.
func (b *batch) recount(redefined redefined) error {
	changed := redefined.metrics
	if len(changed) == 0 {
		return nil
	}
	schema, err := b.engine.records.Schema(b.tx)
	if err != nil {
		return err
	}
	for _, id := range sortedKeys(changed) {
		if err := metric.ForgetLeftOut(b.tx, id); err != nil {
			return err
		}
	}
	counter := metric.NewCounter(b.tx, b.metrics, b.counting)
	for _, o := range schema.Objects {
		if !redefined.objects[o.Key] {
			continue
		}
		if err := counter.Recount(b.engine.records, o); err != nil {
			return fmt.Errorf("count %s: %w", o.Key, err)
		}
	}
	b.totals.Forget()
	touched, err := counter.Flush()
	if err != nil {
		return err
	}
	for _, t := range touched { // of a record that changed after this part of the log, every metric is counted
		if _, whole := changed[t.MetricID]; !whole {
			b.markCell(t, award.Cause{})
		}
	}
	for _, id := range sortedKeys(changed) {
		for _, p := range b.plansOn(id) {
			b.markWhole(p.Plan, causeOf(changed[id]))
		}
	}
	return nil
}

// countAfresh forgets what was counted and counts every record again.
func (b *batch) countAfresh(each func()) error {
	if err := metric.Clear(b.tx); err != nil {
		return err
	}
	schema, err := b.engine.records.Schema(b.tx)
	if err != nil {
		return err
	}
	counter := metric.NewCounter(b.tx, b.metrics, b.counting)
	for _, o := range schema.Objects {
		if len(b.metrics.OnObject(o.Key)) == 0 {
			continue
		}
		if err := counter.CountAll(b.engine.records, o, each); err != nil {
			return fmt.Errorf("count %s: %w", o.Key, err)
		}
	}
	b.totals.Forget()
	_, err = counter.Flush()
	return err
}

// recountAll does everything over: every metric, every plan, every period.
func (b *batch) recountAll(cause award.Cause) error {
	if err := b.countAfresh(nil); err != nil {
		return err
	}
	b.markEverything(cause)
	return nil
}

func (b *batch) markEverything(cause award.Cause) {
	for _, p := range b.plans {
		b.markWhole(p.Plan, cause)
	}
}

func causeOf(h record.Head) award.Cause {
	return award.Cause{Seq: h.Seq, Object: h.Object, RecordID: h.RecordID}
}

func sortedKeys[K interface{ ~int64 | ~string }, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
