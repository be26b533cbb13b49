package record

import (
	"slices"

	"laurel/internal/value"
)

// Record is one row of an object.
type Record struct {
	ID         int64
	ExternalID string // the key that another system knows it by; unique in the object, empty when none
	Version    int64  // 1 when created, one more with every change
	Created    int64  // microseconds UTC
	Updated    int64  // microseconds UTC
	Deleted    bool
	Values     []value.Value // aligned with Object.Fields
}

// Field is the value of the i-th field; it makes a record a row of the expression language.
func (r *Record) Field(i int) value.Value { return r.Values[i] }

// Clone is a copy that outlives the callback of Scan, which reuses its record.
func (r *Record) Clone() *Record {
	out := *r
	out.Values = slices.Clone(r.Values)
	return &out
}
