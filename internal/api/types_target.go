package api

import (
	"laurel/internal/definition"
	"laurel/internal/i18n"
)

// TargetGrid is what everybody is to reach by a metric in a fiscal year and in the parts of it.
type TargetGrid struct {
	Metric   KeyName        `json:"metric"`
	Unit     i18n.Text      `json:"unit" doc:"What is counted, in words; empty for money"`
	Currency string         `json:"currency,omitempty"`
	Percent  bool           `json:"percent" doc:"Values are fractions that people read as percentages"`
	Spreads  bool           `json:"spreads" doc:"Whether a target is spread over the parts of its period; one of an average or a share holds in each of them"`
	Year     string         `json:"year" example:"2026"`
	Periods  []TargetPeriod `json:"periods" doc:"The year, then its parts"`
	Rows     []TargetRow    `json:"rows" doc:"Departments, teams, then persons"`
	Editable bool           `json:"editable" doc:"Whether the caller may set targets"`
}

// TargetPeriod is a column of the grid.
type TargetPeriod struct {
	Label string `json:"label" example:"2026-Q1"`
	From  string `json:"from" format:"date"`
	To    string `json:"to" format:"date" doc:"Last day"`
	Begun bool   `json:"begun"`
}

// TargetRow is what one person, team or department is to reach.
type TargetRow struct {
	Subject SubjectRef   `json:"subject"`
	Key     string       `json:"key"`
	Above   []string     `json:"above" doc:"Names of the units that it belongs to"`
	Cells   []TargetCell `json:"cells" doc:"One for each period"`
}

// TargetCell is one target: set for this very period, or what others come to.
type TargetCell struct {
	Value   string   `json:"value" doc:"What is to be reached; empty when nobody has said"`
	Own     bool     `json:"own" doc:"Set for this very period and subject; otherwise it is spread, or added up from parts or members"`
	Weights []string `json:"weights" doc:"How it is spread over its parts; empty: evenly by days"`
	Prorate bool     `json:"prorate" doc:"Only the days count on which the person was there"`
	Reached string   `json:"reached" doc:"The metric's value so far; empty when there is none"`
	Percent int      `json:"percent" minimum:"-1" doc:"Reached ÷ target in thousandths, rounded down; -1 when there is no target"`
}

// TargetsInput sets targets, all or nothing.
type TargetsInput struct {
	Items []definition.Target `json:"items" maxItems:"20000"`
}

// TargetsResult says what setting targets did.
type TargetsResult struct {
	Read    int `json:"read"`
	Changed int `json:"changed"`
}
