package engine

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/award"
	"laurel/internal/metric"
	"laurel/internal/record"
)

// redefined is what changed definitions make the engine count again.
type redefined struct {
	days    bool                  // the organisation counts time or money otherwise: everything
	cause   award.Cause           // of that
	metrics map[int64]record.Head // metrics that changed, or whose object did, by id
	objects map[string]bool       // whose records they measure, or measured before
	rates   []ratedChange
}

// redefined reads every change of a definition in a part of the log. Each counts: a later one of the same thing may
// be about something else.
func (b *batch) redefined(heads []record.Head) (redefined, error) {
	out := redefined{metrics: map[int64]record.Head{}, objects: map[string]bool{}}
	for _, h := range heads {
		switch h.Object {
		case "@unit": // records name units by key or name
			for _, m := range b.metrics.List() {
				if m.CreditsUnits() != "" && m.Object() != nil {
					out.metrics[m.ID] = h
				}
			}
			continue
		case "@metric", "@organisation", "@object", metric.RateObject:
		default:
			continue
		}
		changes, err := b.engine.records.Changes(b.tx, h.Seq-1, 1)
		if err != nil {
			return out, err
		}
		for _, c := range changes {
			if h.Object == "@metric" {
				out.metrics[h.RecordID] = h
				if err := out.measured(c.Before, c.After); err != nil {
					return out, err
				}
				continue
			}
			if h.Object == metric.RateObject {
				rated, err := readRated(c)
				if err != nil {
					return out, err
				}
				out.rates = append(out.rates, rated)
				continue
			}
			if h.Object == "@organisation" {
				if movesDays(c) {
					out.days, out.cause = true, causeOf(h)
				}
				for _, m := range movesHours(c, b.metrics.List()) {
					out.metrics[m.ID] = h
				}
				continue
			}
			touched, err := touchedMetrics(c, b.metrics.List())
			if err != nil {
				return out, err
			}
			for _, m := range touched {
				out.metrics[m.ID] = h
			}
		}
	}
	for id := range out.metrics {
		if m := b.metrics.ID(id); m != nil {
			out.objects[m.Def.Object] = true
		}
	}
	return out, nil
}

// measured notes which objects a metric measured before a change and after it. Parts of the log that were taken up between several
// changes have counted its records as it was by then, so that there may be contributions of each.
func (r *redefined) measured(definitions ...[]byte) error {
	for _, text := range definitions {
		var def metric.Def
		if len(text) == 0 {
			continue
		}
		if err := json.Unmarshal(text, &def); err != nil {
			return fmt.Errorf("read a change of a metric: %w", err)
		}
		r.objects[def.Object] = true
	}
	return nil
}

// movesDays reports whether a change of the organisation moves records to other days or periods, or awards to another currency.
func movesDays(c record.Change) bool {
	after := string(c.After)
	return strings.Contains(after, `"time_zone"`) || strings.Contains(after, `"fiscal_start_month"`) || strings.Contains(after, `"currency"`)
}

// movesHours lists the metrics that measure otherwise when the organisation works at other times.
func movesHours(c record.Change, all []*metric.Metric) (out []*metric.Metric) {
	if !strings.Contains(string(c.After), `"working"`) && !strings.Contains(string(c.Before), `"working"`) {
		return nil
	}
	for _, m := range all {
		if m.Def.Measure.Clock == metric.WorkingTime {
			out = append(out, m)
		}
	}
	return out
}

// touchedMetrics lists the metrics that may count otherwise after a change of an object: those that name a field which
// came, went, or became of another type. A metric whose field went can no longer be measured until it comes back.
func touchedMetrics(c record.Change, all []*metric.Metric) ([]*metric.Metric, error) {
	var before, after record.ObjectDef
	if len(c.Before) > 0 {
		if err := json.Unmarshal(c.Before, &before); err != nil {
			return nil, fmt.Errorf("read a change of an object: %w", err)
		}
	}
	if err := json.Unmarshal(c.After, &after); err != nil {
		return nil, fmt.Errorf("read a change of an object: %w", err)
	}
	fields := changedFields(before.Fields, after.Fields)
	rechosen := changedChoices(before.Fields, after.Fields)
	var out []*metric.Metric
	for _, m := range all {
		// A field's name may stand in an expression by chance: then the metric is counted again for nothing.
		if slices.ContainsFunc(fields, func(key string) bool { return m.Def.Mentions(after.Key, key) }) {
			out = append(out, m)
			continue
		}
		named := func(path, key string) bool { return path == key || strings.HasSuffix(path, "."+key) }
		if slices.ContainsFunc(rechosen, func(key string) bool {
			return named(m.Def.By, key) || named(m.Def.Team, key) || named(m.Def.Department, key)
		}) {
			out = append(out, m) // rules name its choices, and so are units named
		}
	}
	return out, nil
}

// changedChoices lists the fields whose choices differ in two definitions.
func changedChoices(before, after []record.FieldDef) (keys []string) {
	for _, f := range after {
		for _, old := range before {
			if old.Key == f.Key && !slices.Equal(old.Choices, f.Choices) {
				keys = append(keys, f.Key)
			}
		}
	}
	return keys
}

// changedFields lists the fields that are in only one of two definitions, or hold other values in the second.
func changedFields(before, after []record.FieldDef) (keys []string) {
	was := map[string]record.FieldDef{}
	for _, f := range before {
		was[f.Key] = f
	}
	for _, f := range after {
		old, known := was[f.Key]
		if !known || old.Type != f.Type || old.Scale != f.Scale || old.Currency != f.Currency || old.Target != f.Target {
			keys = append(keys, f.Key)
		}
		delete(was, f.Key)
	}
	for key := range was {
		keys = append(keys, key)
	}
	return keys
}
