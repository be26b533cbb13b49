package api

import "laurel/internal/i18n"

// Metric is a measured quantity per person and day, with what it leaves out and why.
type Metric struct {
	MetricDef
	ID       int64           `json:"id"`
	Scale    uint8           `json:"scale" doc:"Places after the point of its values"`
	Currency string          `json:"currency,omitempty"`
	Problems []MetricProblem `json:"problems" doc:"Records that it leaves out, by reason"`
}

// MetricDef describes a metric.
type MetricDef struct {
	Key       string    `json:"key" example:"won_amount"`
	Name      i18n.Text `json:"name"`
	Object    string    `json:"object" example:"deal"`
	Condition string    `json:"condition,omitempty" example:"stage == \"won\"" doc:"CEL over the object's fields; every record when empty"`
	Date      string    `json:"date" example:"close_date" doc:"Field that says on which day a record counts"`
	Person    string    `json:"person" example:"owner" doc:"Field of the person who gets the credit"`
	Measure   Measure   `json:"measure"`
	Unit      i18n.Text `json:"unit,omitempty"`
}

// Measure says what a metric counts.
type Measure struct {
	Kind  string `json:"kind" enum:"count,sum,average,ratio"`
	Value string `json:"value,omitempty" doc:"Of sum and average: a field or an expression"`
	Of    string `json:"of,omitempty" doc:"Of ratio: key of the metric above the line"`
	To    string `json:"to,omitempty" doc:"Of ratio: key of the metric below the line"`
}

// MetricProblem is a reason for which records do not count.
type MetricProblem struct {
	Reason i18n.Text `json:"reason"`
	Code   string    `json:"code"`
	Count  int64     `json:"count"`
	Sample []int64   `json:"sample" doc:"Ids of some of the records"`
}

// MetricCheckInput is a metric that somebody is still writing.
type MetricCheckInput struct {
	Definition MetricDef `json:"definition"`
}

// MetricCheck says whether a metric can be saved and what it would count.
type MetricCheck struct {
	OK       bool          `json:"ok"`
	Problems []ProblemPart `json:"problems"`
	Records  int64         `json:"records" doc:"Records that would count"`
	Scanned  int64         `json:"scanned" doc:"Records that were looked at"`
}
