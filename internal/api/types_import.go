package api

import (
	"time"

	"laurel/internal/i18n"
	"laurel/internal/record"
)

// ImportJob is an uploaded file on its way into records.
type ImportJob struct {
	ID        int64          `json:"id"`
	File      string         `json:"file"`
	Format    string         `json:"format" enum:"csv,xlsx"`
	Encoding  string         `json:"encoding,omitempty"`
	Sheets    []string       `json:"sheets"`
	Sheet     string         `json:"sheet,omitempty"`
	HeaderRow int            `json:"header_row" doc:"1-based line of the header"`
	Skipped   []SkippedLine  `json:"skipped" doc:"Lines that are not records"`
	Columns   []ImportColumn `json:"columns"`
	RowsTotal int64          `json:"rows_total"`
	Mapping   Mapping        `json:"mapping"`
	Status    string         `json:"status" enum:"uploaded,checked,running,done,cancelled,failed"`
	Report    *ImportReport  `json:"report,omitempty"`
}

// ImportBegun is an import that the caller began and has not finished.
type ImportBegun struct {
	ID        int64     `json:"id"`
	File      string    `json:"file"`
	Status    string    `json:"status" enum:"uploaded,checked,running,failed"`
	Object    string    `json:"object,omitempty" doc:"Key of the object it goes into"`
	Persons   bool      `json:"persons,omitempty" doc:"It goes into people"`
	UpdatedAt time.Time `json:"updated_at"`
}

// SkippedLine is a title or total line that was left out.
type SkippedLine struct {
	Line   int       `json:"line"`
	Reason i18n.Text `json:"reason"`
	Text   string    `json:"text"`
}

// ImportColumn is a column of the file, with what it looks like.
type ImportColumn struct {
	Index   int         `json:"index"`
	Name    string      `json:"name"`
	Samples []string    `json:"samples"`
	Values  []string    `json:"values" doc:"All different values, where there are at most 50"`
	Guess   ImportGuess `json:"guess"`
}

// ImportGuess is what a column seems to hold.
type ImportGuess struct {
	Type       string `json:"type,omitempty"`
	Field      string `json:"field,omitempty"`
	Target     string `json:"target,omitempty" doc:"Object that a relation points at"`
	Person     string `json:"person,omitempty" doc:"Field of a person that the column is called after"`
	Order      string `json:"order,omitempty" enum:"dmy,mdy,ymd" doc:"Order of dates"`
	Currency   string `json:"currency,omitempty" doc:"Of amounts, as it is written: an ISO 4217 code, or a sign that several share"`
	Confidence int    `json:"confidence" minimum:"0" maximum:"100"`
}

// Mapping says how the columns become fields.
type Mapping struct {
	Object       string            `json:"object"`
	CreateObject *record.ObjectDef `json:"create_object,omitempty"`
	Persons      bool              `json:"persons,omitempty" doc:"Rows are people: the fields are key, name, email, position, joined_on, left_on, manager, team and department, position_from, position_to and so on for the first and last day of position, manager, team and department, and a column may become several"`
	From         string            `json:"from,omitempty" doc:"Of people: first day of changed teams, departments and managers; today when absent"`
	Key          string            `json:"key,omitempty" doc:"Column whose value is the external id"`
	Columns      []MappingColumn   `json:"columns"`
	OnConflict   string            `json:"on_conflict,omitempty" enum:"update,skip"`
	Sheet        string            `json:"sheet,omitempty"`
	HeaderRow    int               `json:"header_row,omitempty"`
}

// MappingColumn maps one column.
type MappingColumn struct {
	Column        string            `json:"column"`
	Field         string            `json:"field" doc:"Empty leaves the column out"`
	Type          string            `json:"type,omitempty"`
	DateOrder     string            `json:"date_order,omitempty" enum:"dmy,mdy,ymd"`
	Match         string            `json:"match,omitempty" doc:"Natural key field of the related object"`
	CreateMissing bool              `json:"create_missing,omitempty"`
	Corrections   map[string]string `json:"corrections,omitempty"`
	Empty         string            `json:"empty,omitempty"`
}

// ImportReport is how far an import is and what it met.
type ImportReport struct {
	Status      string          `json:"status" enum:"uploaded,checked,running,done,cancelled,failed"`
	Total       int64           `json:"total"`
	Done        int64           `json:"done"`
	Created     int64           `json:"created"`
	Updated     int64           `json:"updated"`
	Unchanged   int64           `json:"unchanged"`
	Failed      int64           `json:"failed"`
	Persons     int64           `json:"persons" doc:"Persons created because they were missing"`
	Related     int64           `json:"related" doc:"Records of other objects, likewise"`
	Units       int64           `json:"units" doc:"Teams and departments, likewise"`
	Rate        int64           `json:"rate" doc:"Rows a second"`
	SecondsLeft int64           `json:"seconds_left"`
	Problems    []ImportProblem `json:"problems" doc:"The first 200; all of them are in the report file"`
	Mends       []ImportMend    `json:"mends"`
}

// ImportProblem is a cell that could not be understood.
type ImportProblem struct {
	Line   int       `json:"line"`
	Column string    `json:"column"`
	Value  string    `json:"value"`
	Code   string    `json:"code"`
	Reason i18n.Text `json:"reason"`
}

// ImportMend is all problems of a kind in a column, and a way to mend them at once.
type ImportMend struct {
	Code        string            `json:"code"`
	Column      string            `json:"column"`
	Count       int64             `json:"count" doc:"Of all rows, however many problems are listed"`
	Reason      i18n.Text         `json:"reason"`
	Values      []string          `json:"values" doc:"Different values, the frequent first; at most 50"`
	More        bool              `json:"more,omitempty" doc:"There are more different values"`
	Suggestion  i18n.Text         `json:"suggestion"`
	Action      string            `json:"action" enum:"correct,create_missing,optional,date_order,type,empty,skip"`
	Corrections map[string]string `json:"corrections,omitempty" doc:"Known values that are close to wrong ones"`
}

// SavedMapping is a mapping kept under a name.
type SavedMapping struct {
	Name    string  `json:"name" minLength:"1" maxLength:"100"`
	Mapping Mapping `json:"mapping"`
}
