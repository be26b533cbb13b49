package metricset

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/db"
	"laurel/internal/definition"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/problem"
)

// MetricState says what becomes of a metric of a set.
type MetricState string

// The states of a metric of a set.
const (
	New      MetricState = "new"      // it is added
	Exists   MetricState = "exists"   // there is one of its key, which is left alone
	Missing  MetricState = "missing"  // something that it needs is not mapped
	Unusable MetricState = "unusable" // what is mapped does not fit together
	Unwanted MetricState = "unwanted" // it was not asked for
)

// ReadyChoice says which metrics of a set are wanted, and over what.
type ReadyChoice struct {
	Mapping Mapping  `json:"mapping,omitempty" doc:"What stands in each slot. A slot left out is guessed; one that is \"\" stays empty"`
	Metrics []string `json:"metrics,omitempty" doc:"Keys of the metrics that are wanted, with the parts that they are computed from; all if left out"`
}

// ReadyLine tells what becomes of one metric, and why.
type ReadyLine struct {
	Metric  metric.Def  `json:"metric" doc:"As it would be kept, or is"`
	State   MetricState `json:"state" enum:"new,exists,missing,unusable,unwanted"`
	Missing []string    `json:"missing" doc:"Slots that it needs and that are empty"`
	Why     i18n.Text   `json:"why,omitzero" doc:"Why it is not added"`
}

// ReadyResult tells what becomes of each metric of a set, with the mapping as it was filled in.
type ReadyResult struct {
	Mapping Mapping     `json:"mapping"`
	Lines   []ReadyLine `json:"lines"`
	Added   int         `json:"added"`
}

// Add keeps the metrics that are wanted, all or nothing. Metrics that are there stay as they are, and those that cannot be
// measured here are left out; the result says so of each. A dry run keeps nothing.
func (s *Set) Add(ctx context.Context, stores *definition.Stores, actor string, choice ReadyChoice, dryRun bool) (*ReadyResult, error) {
	var out *ReadyResult
	unusable := map[string]*problem.Error{}
	try := func(dry bool) ([]metric.Def, error) {
		var defs []metric.Def
		_, err := stores.ApplyMade(ctx, actor, func(tx *db.Tx) (*definition.File, error) {
			var err error
			if out, err = s.propose(tx, stores, choice, unusable); err != nil {
				return nil, err
			}
			defs = out.new()
			return &definition.File{Metrics: defs}, nil
		}, definition.Options{DryRun: dry})
		return defs, err
	}
	defs, err := try(true)
	if p, ok := problem.As(err); ok && out != nil {
		if !faults(p, defs, unusable) {
			return nil, err
		}
		_, err = try(true) // without those, and what is computed from them
	}
	if err != nil || dryRun {
		return out, err
	}
	_, err = try(false)
	return out, err
}

// faults finds the metrics that problems are about. It is false where a problem is about something else.
func faults(p *problem.Error, defs []metric.Def, found map[string]*problem.Error) bool {
	for _, each := range append([]*problem.Error{p}, p.Details...) {
		var i int
		if _, err := fmt.Sscanf(each.Field, "metrics[%d]", &i); err != nil || i >= len(defs) {
			return false
		}
		alone := *each
		alone.Details = nil
		found[defs[i].Key] = &alone
	}
	return true
}

// propose says what becomes of each metric of the set.
func (s *Set) propose(tx *db.Tx, stores *definition.Stores, choice ReadyChoice, unusable map[string]*problem.Error) (*ReadyResult, error) {
	schema, err := stores.Records.Schema(tx)
	if err != nil {
		return nil, err
	}
	there, err := stores.Metrics.All(tx)
	if err != nil {
		return nil, err
	}
	mapping := s.Guess(schema.Objects, choice.Mapping)
	for slot, given := range choice.Mapping {
		mapping[slot] = given // also one that the set does not know, to be told
	}
	filled, err := s.fill(schema.Objects, mapping)
	if err != nil {
		return nil, err
	}
	wanted, err := s.wanted(choice.Metrics)
	if err != nil {
		return nil, err
	}
	out := &ReadyResult{Mapping: mapping, Lines: make([]ReadyLine, len(s.Metrics))}
	usable := map[string]bool{}
	for i, t := range s.Metrics { // parts stand before what is computed from them
		line := ReadyLine{Metric: filled.metric(t), State: New, Missing: filled.missing(t.Needs())}
		known := there.Key(t.Key)
		switch p := unusable[t.Key]; {
		case known != nil:
			line.Metric, line.State, line.Why = known.Def, Exists, i18n.T("已有这个指标，保持不变", "Already there; left as it is")
		case len(line.Missing) > 0:
			line.State, line.Why = Missing, s.lacking(line.Missing)
		case slices.ContainsFunc(t.Parts(), func(key string) bool { return !usable[key] }):
			line.State, line.Why = Missing, i18n.T("用来计算它的指标没有加入", "A metric that it is computed from is not added")
		case p != nil:
			line.State, line.Why = Unusable, p.Message
		case !wanted[t.Key]:
			line.State = Unwanted
		}
		usable[t.Key] = line.State == New || line.State == Exists || line.State == Unwanted
		if line.State == New {
			out.Added++
		}
		out.Lines[i] = line
	}
	return out, nil
}

// wanted are the metrics of some keys and the parts that they are computed from; of no keys, all of the set.
func (s *Set) wanted(keys []string) (map[string]bool, error) {
	out := map[string]bool{}
	byKey := map[string]*Template{}
	for i := range s.Metrics {
		byKey[s.Metrics[i].Key] = &s.Metrics[i]
		out[s.Metrics[i].Key] = keys == nil
	}
	for i, key := range keys {
		t := byKey[key]
		if t == nil {
			return nil, problem.Bad("unknown_metric", fmt.Sprintf("metrics[%d]", i), "这组指标里没有 %q", "the set has no metric %q", key)
		}
		out[key] = true
		for _, part := range t.Parts() {
			out[part] = true
		}
	}
	return out, nil
}

func (s *Set) lacking(slots []string) i18n.Text {
	var zh, en []string
	for _, slot := range slots {
		name := s.nameOf(slot)
		if strings.Count(slot, ".") > 0 && slices.Contains(slots, slot[:strings.LastIndex(slot, ".")]) {
			continue // without the table none of its fields, without the field none of its values
		}
		zh, en = append(zh, name.ZH), append(en, name.EN)
	}
	return i18n.T("还没有对应："+strings.Join(zh, "、"), "Not mapped yet: "+strings.Join(en, ", "))
}

func (r *ReadyResult) new() (out []metric.Def) {
	for _, line := range r.Lines {
		if line.State == New {
			out = append(out, line.Metric)
		}
	}
	return out
}
