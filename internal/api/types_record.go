package api

import "time"

// Record is one row of an object.
type Record struct {
	ID         int64     `json:"id"`
	ExternalID string    `json:"external_id" doc:"Key of the record in the system that it came from"`
	Version    int64     `json:"version" doc:"Raised by each change; send it as If-Match"`
	Created    time.Time `json:"created_at"`
	Updated    time.Time `json:"updated_at"`
	Deleted    bool      `json:"deleted"`
	Values     Values    `json:"values" doc:"By field key: numbers as decimal strings, money as {amount,currency}, days as 2026-03-31, instants as RFC 3339, references as ids"`
	Labels     Labels    `json:"labels,omitempty" doc:"Names of the persons and records that the values refer to"`
}

// Labels holds display names of references: field key → id → name.
type Labels map[string]map[string]string

// RecordPage is one page of records.
type RecordPage struct {
	Items  []Record `json:"items"`
	Next   string   `json:"next" doc:"Cursor of the next page; empty on the last one"`
	Total  int64    `json:"total" doc:"Number of records that match; -1 when it was not counted"`
	Labels Labels   `json:"labels" doc:"Names of the persons and records that the values refer to"`
}

// RecordInput makes a record.
type RecordInput struct {
	ExternalID string         `json:"external_id,omitempty" doc:"Safe to repeat: the same external_id is the same record"`
	Values     map[string]any `json:"values"`
}

// RecordPatch changes some values of a record; null empties a field.
type RecordPatch struct {
	Values map[string]any `json:"values"`
}

// BatchRow is one row of a batch.
type BatchRow struct {
	Op         string         `json:"op,omitempty" enum:"create,update,upsert,delete,restore" doc:"upsert when absent"`
	ID         int64          `json:"id,omitempty"`
	ExternalID string         `json:"external_id,omitempty"`
	Version    int64          `json:"version,omitempty" doc:"Only if the record still has this version"`
	Values     map[string]any `json:"values,omitempty"`
}

// BatchResult is what became of each row of a batch.
type BatchResult struct {
	Created   int            `json:"created"`
	Updated   int            `json:"updated"`
	Unchanged int            `json:"unchanged"`
	Deleted   int            `json:"deleted"`
	Restored  int            `json:"restored"`
	Failed    int            `json:"failed"`
	Rows      []BatchOutcome `json:"rows"`
}

// BatchOutcome is what became of one row.
type BatchOutcome struct {
	Row     int      `json:"row" doc:"1-based"`
	Status  string   `json:"status" enum:"created,updated,unchanged,deleted,restored,failed"`
	ID      int64    `json:"id,omitempty"`
	Version int64    `json:"version,omitempty"`
	Problem *Problem `json:"problem,omitempty"`
}

// HistoryPage is one page of a record's changes, newest first.
type HistoryPage struct {
	Items  []Change `json:"items"`
	Next   string   `json:"next"`
	Total  int64    `json:"total"`
	Labels Labels   `json:"labels" doc:"Names of the persons and records that the values refer to"`
}

// Change is one entry of the change log.
type Change struct {
	Seq       int64     `json:"seq"`
	At        time.Time `json:"at"`
	Actor     string    `json:"actor" doc:"Who did it, as written in the log"`
	ActorName string    `json:"actor_name"`
	Kind      string    `json:"kind" enum:"create,update,delete,restore,define"`
	Before    Values    `json:"before" doc:"Values before, of the fields that changed"`
	After     Values    `json:"after" doc:"Values after, of the fields that changed"`
}
