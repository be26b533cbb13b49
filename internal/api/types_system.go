package api

import (
	"laurel/internal/calendar"
	"laurel/internal/i18n"
)

// SearchResult is what a search found, best first.
type SearchResult struct {
	Items []SearchHit `json:"items"`
}

// SearchHit is one thing that was found.
type SearchHit struct {
	Kind     string    `json:"kind" enum:"record,person,plan,object,metric"`
	Title    i18n.Text `json:"title"`
	Subtitle i18n.Text `json:"subtitle"`
	Object   string    `json:"object,omitempty"`
	ID       int64     `json:"id,omitempty"`
	Key      string    `json:"key,omitempty"`
}

// DefinitionsResult is what applying definitions did, or would do.
type DefinitionsResult struct {
	DryRun  bool     `json:"dry_run"`
	Objects int      `json:"objects"`
	Units   int      `json:"units"`
	Persons int      `json:"persons"`
	Metrics int      `json:"metrics"`
	Targets int      `json:"targets"`
	Plans   int      `json:"plans"`
	Changes []string `json:"changes" doc:"One line for each thing that changed; empty when everything is as described"`
}

// Status is how the server is.
type Status struct {
	Version  string           `json:"version"`
	Database string           `json:"database" enum:"sqlite,postgres"`
	Engine   EngineStatus     `json:"engine"`
	Counts   map[string]int64 `json:"counts"`
}

// EngineStatus is how far the engine has followed the change log.
type EngineStatus struct {
	Cursor int64         `json:"cursor" doc:"Number of the last change that it has worked in"`
	Head   int64         `json:"head" doc:"Number of the last change"`
	Lag    int64         `json:"lag" doc:"Changes still to do"`
	AsOf   *calendar.Day `json:"as_of,omitempty" format:"date" doc:"Local day that it has judged up to"`
	Holder string        `json:"holder,omitempty" doc:"Process that runs the engine"`
}

// ChangeEvent is the data of the stream's event "change".
type ChangeEvent struct {
	Seq      int64  `json:"seq"`
	Object   string `json:"object"`
	RecordID int64  `json:"record_id" doc:"0 when the event stands for many records"`
	Kind     string `json:"kind" enum:"create,update,delete,restore,define,many"`
	By       string `json:"by,omitempty" doc:"Name of the person who did it; absent when it was Laurel, an import or several persons"`
}

// AwardEvent is the data of the stream's event "award".
type AwardEvent struct {
	ID        int64   `json:"id"`
	Plan      string  `json:"plan"`
	SubjectID int64   `json:"subject_id"`
	Subject   string  `json:"subject" enum:"person,team,department"`
	PersonIDs []int64 `json:"person_ids" doc:"Persons concerned"`
	State     string  `json:"state" enum:"provisional,granted,reversed"`
	Kind      string  `json:"kind"`
}

// ImportEvent is the data of the stream's event "import".
type ImportEvent struct {
	ID     int64  `json:"id"`
	Status string `json:"status"`
	Done   int64  `json:"done"`
	Total  int64  `json:"total"`
}
