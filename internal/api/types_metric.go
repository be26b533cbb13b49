package api

import (
	"laurel/internal/i18n"
	"laurel/internal/metric"
)

// Metric is a measured quantity per person and day, with what it leaves out and why.
type Metric struct {
	metric.Def
	ID       int64           `json:"id"`
	Scale    uint8           `json:"scale" doc:"Places after the point of its values"`
	Currency string          `json:"currency,omitempty"`
	Percent  bool            `json:"percent" doc:"Values are fractions that people read as percentages"`
	Problems []MetricProblem `json:"problems" doc:"Records that it leaves out, by reason"`
}

// MetricProblem is a reason for which records do not count.
type MetricProblem struct {
	Reason i18n.Text    `json:"reason"`
	Code   string       `json:"code"`
	Count  int64        `json:"count"`
	Sample []RecordLink `json:"sample" doc:"Some of the records"`
	Lacks  []string     `json:"lacks,omitempty" doc:"What exactly is missing: the currency and day of a rate" example:"USD 2026-01-05"`
}

// RecordLink points at a record.
type RecordLink struct {
	Object string `json:"object"`
	ID     int64  `json:"id"`
	Title  string `json:"title" doc:"Its title, else its external id, else its number"`
}

// OwnLeftOut is for one reason how many of a person's records meet a metric's condition and cannot be counted, and who mends it.
type OwnLeftOut struct {
	Metric  KeyName      `json:"metric"`
	Reason  i18n.Text    `json:"reason"`
	Code    string       `json:"code"`
	Lacks   []string     `json:"lacks,omitempty" doc:"What exactly is missing: the currency and day of a rate" example:"USD 2026-01-05"`
	Count   int64        `json:"count"`
	Records []RecordLink `json:"records" doc:"At most 20"`
	Advice  i18n.Text    `json:"advice" doc:"What to do, and whom to ask"`
}

// MetricCheckInput is a metric that somebody is still writing.
type MetricCheckInput struct {
	Definition metric.Def `json:"definition"`
}

// MetricCheck says whether a metric can be saved and what it would count.
type MetricCheck struct {
	OK       bool          `json:"ok"`
	Problems []ProblemPart `json:"problems"`
	Records  int64         `json:"records" doc:"Records that would count"`
	Scanned  int64         `json:"scanned" doc:"Records that were looked at"`
}
