package metricset

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/problem"
)

// Set is a set of ready-made metrics and the slots that stand in them for tables, fields and values of an organisation.
type Set struct {
	Key     string       `json:"key"`
	Name    i18n.Text    `json:"name"`
	About   i18n.Text    `json:"about" doc:"What it has, in a few words"`
	Objects []ObjectSlot `json:"objects"`
	Metrics []Template   `json:"metrics"`
}

// ObjectSlot is a slot for a table.
type ObjectSlot struct {
	Slot   string      `json:"slot" doc:"Its name in a mapping: customer"`
	Name   i18n.Text   `json:"name"`
	Called []string    `json:"called" doc:"Keys and names that such a table usually has"`
	Fields []FieldSlot `json:"fields"`
}

// FieldSlot is a slot for a field of an object.
type FieldSlot struct {
	Slot   string      `json:"slot" doc:"Its name in a mapping: customer.signed"`
	Name   i18n.Text   `json:"name"`
	Types  []string    `json:"types" doc:"Types that it may have"`
	Target string      `json:"target,omitempty" doc:"Of a relation: the slot of the object that it leads to"`
	Called []string    `json:"called"`
	Values []ValueSlot `json:"values,omitempty"`
}

// ValueSlot is a slot for one of the values of a field: a choice, or a number.
type ValueSlot struct {
	Slot    string    `json:"slot" doc:"Its name in a mapping: deal.stage.won"`
	Name    i18n.Text `json:"name"`
	Called  []string  `json:"called,omitempty"`
	Default string    `json:"default,omitempty" doc:"Of a number: what it is unless said otherwise"`
}

// Template is a metric with slots in braces where a definition has names.
type Template struct {
	metric.Def
	When []Clause `json:"when,omitempty" doc:"Conditions that must all hold"`
}

// Clause is a part of a condition. Where its slots are not mapped, it is replaced or left out, if it says so.
type Clause struct {
	Is        string `json:"is"`
	Otherwise string `json:"otherwise,omitempty"`
	Optional  bool   `json:"optional,omitempty"`
}

//go:embed sets/*.yaml
var files embed.FS

// order is how a choice offers the sets.
var order = []string{"sales", "service", "marketing", "crm-use"}

// Sets are all sets.
var Sets = sync.OnceValues(func() ([]*Set, error) {
	var out []*Set
	for _, key := range order {
		s, err := read(key)
		if err != nil {
			return nil, fmt.Errorf("read the metric set %s: %w", key, err)
		}
		out = append(out, s)
	}
	return out, nil
})

// Find is the set of a key.
func Find(key string) (*Set, error) {
	sets, err := Sets()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(sets, func(s *Set) bool { return s.Key == key })
	if i < 0 {
		return nil, problem.New(problem.NotFound, "unknown_metric_set", "set", "没有指标组 %q：可用 %s%s", "there is no metric set %q: use %s%s",
			key, strings.Join(order, ", "), problem.Hint(key, order, i18n.Text{}))
	}
	return sets[i], nil
}

func read(key string) (*Set, error) {
	text, err := files.ReadFile("sets/" + key + ".yaml")
	if err != nil {
		return nil, err
	}
	var plain any
	if err := yaml.Unmarshal(text, &plain); err != nil {
		return nil, err
	}
	data, err := json.Marshal(plain) // the types are written for JSON
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	s := &Set{}
	if err := d.Decode(s); err != nil {
		return nil, err
	}
	for o := range s.Objects {
		object := &s.Objects[o]
		for f := range object.Fields {
			field := &object.Fields[f]
			field.Slot = object.Slot + "." + field.Slot
			for v := range field.Values {
				field.Values[v].Slot = field.Slot + "." + field.Values[v].Slot
			}
		}
	}
	return s, nil
}
