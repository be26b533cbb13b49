package api

import (
	"laurel/internal/i18n"
	"laurel/internal/metricset"
)

// MetricSet is a set of ready-made metrics, and the tables and fields that it needs.
type MetricSet struct {
	Key     string                 `json:"key"`
	Name    i18n.Text              `json:"name"`
	About   i18n.Text              `json:"about" doc:"What it has, in a few words"`
	Objects []metricset.ObjectSlot `json:"objects" doc:"Slots for tables, with those for their fields and values"`
	Metrics []ReadyMetric          `json:"metrics"`
}

// ReadyMetric is a metric of a set.
type ReadyMetric struct {
	Key   string    `json:"key"`
	Name  i18n.Text `json:"name"`
	Unit  i18n.Text `json:"unit,omitzero"`
	Needs []string  `json:"needs" doc:"Slots without which it cannot be measured"`
	Parts []string  `json:"parts" doc:"Metrics of the set that it is computed from, which are added with it"`
}
