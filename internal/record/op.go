package record

import (
	"laurel/internal/problem"
	"laurel/internal/value"
)

// MaxBatch is how many operations one Apply takes.
const MaxBatch = 10_000

// MaxExternalID is how many characters an external id may have.
const MaxExternalID = 200

// Actor is who makes a change, as the log names it: "account:12", "import:7", "system".
type Actor = string

// OpKind says what an operation does.
type OpKind string

// The operations.
const (
	Create  OpKind = "create"
	Update  OpKind = "update"  // by ID or ExternalID; what it does not mention stays
	Upsert  OpKind = "upsert"  // by ExternalID: update, or create where there is none; never revives a deleted record
	Delete  OpKind = "delete"  // the row stays and can be restored
	Restore OpKind = "restore" // revives a deleted record; values given with it are set too
)

// Op is one operation on one record. Values come either as Input, which is parsed, or as typed Values.
type Op struct {
	Kind       OpKind
	ID         int64  // the record; 0: found by ExternalID
	ExternalID string // with ID: becomes the record's external id
	IfVersion  int64  // the version that the caller saw; 0: any

	Input  map[string]any // by field key: nil, bool, string, int, int64, json.Number, []any, map[string]any
	Values []value.Value  // aligned with Object.Fields; used when Input is nil
	Set    []bool         // which of Values are meant; nil: all
}

// Status says what became of an operation.
type Status string

// The outcomes.
const (
	Created   Status = "created"
	Updated   Status = "updated"
	Unchanged Status = "unchanged" // it already was so: nothing written, nothing logged
	Deleted   Status = "deleted"
	Restored  Status = "restored"
	Failed    Status = "failed" // left nothing behind; Problem says why
)

// Outcome is what became of one operation of a batch.
type Outcome struct {
	Status     Status
	ID         int64
	ExternalID string
	Version    int64
	Problem    *problem.Error // with Row set to the operation's place, from 1
}
