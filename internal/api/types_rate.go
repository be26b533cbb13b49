package api

import (
	"laurel/internal/calendar"
	"laurel/internal/metric"
)

// ExchangeRates are what other currencies are worth in the organisation's, and where a rate is missing.
type ExchangeRates struct {
	Currency string         `json:"currency" example:"CNY" doc:"The organisation's own: rates say what one unit of another is worth in it"`
	Today    calendar.Day   `json:"today" format:"date"`
	Items    []ExchangeRate `json:"items" doc:"By currency, the newest first"`
	Missing  []MissingRate  `json:"missing" doc:"Records that do not count because no rate holds on their day"`
	Editable bool           `json:"editable" doc:"Whether the caller may set rates"`
}

// ExchangeRate holds from its day until the currency's next one.
type ExchangeRate struct {
	ID int64 `json:"id"`
	metric.Rate
	Until *calendar.Day `json:"until,omitempty" format:"date" doc:"First day of the currency's next rate; absent for the last one"`
}

// MissingRate is a currency without a rate, for one metric.
type MissingRate struct {
	Currency string       `json:"currency" example:"USD"`
	Metric   KeyName      `json:"metric"`
	First    calendar.Day `json:"first" format:"date" doc:"Day of the first record that lacks a rate"`
	Last     calendar.Day `json:"last" format:"date"`
	Records  int64        `json:"records"`
}

// ExchangeRatesInput sets rates, all or nothing. A rate of the same currency and day is corrected.
type ExchangeRatesInput struct {
	Items []metric.Rate `json:"items" minItems:"1" maxItems:"20000"`
}

// ExchangeRatesResult says what setting rates did, or would do.
type ExchangeRatesResult struct {
	DryRun    bool     `json:"dry_run"`
	Created   int64    `json:"created"`
	Updated   int64    `json:"updated"`
	Unchanged int64    `json:"unchanged"`
	Ignored   []string `json:"ignored" doc:"Columns of the file that say nothing of rates"`
}
