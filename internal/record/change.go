package record

import "encoding/json"

// What a change did. Other packages use the first three for their own things.
const (
	ChangeCreate  = "create"
	ChangeUpdate  = "update"
	ChangeDelete  = "delete"
	ChangeRestore = "restore"
	ChangeDefine  = "define"
)

// Change is one entry of the change log. Entries are numbered without gaps in the order in which they commit.
type Change struct {
	Seq      int64
	At       int64 // microseconds UTC
	Actor    string
	Object   string // object key, or "@object", "@person", "@unit", "@membership", "@manager", "@metric", "@plan", "@organisation", "@account", "@statement"
	RecordID int64
	Kind     string
	Before   json.RawMessage // update: the fields that changed, as they were; delete: all values; create and restore: nil
	After    json.RawMessage // update: the fields that changed, as they are; create and restore: all values; delete: nil
}
