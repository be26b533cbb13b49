package record

// Bounds of a query.
const (
	MaxLimit      = 500     // records of a page
	DefaultLimit  = 50      // records of a page when the query does not say
	MaxSorts      = 3       // fields to sort by
	MaxConditions = 20      // conditions of a query
	MaxIn         = 500     // values of an "in" condition
	MaxSearch     = 200     // characters of a search text
	MaxScan       = 200_000 // records that one page of a formula filter may read
	MaxTotal      = 100_000 // totals beyond it are not counted
)

// CompareOp is how a condition compares.
type CompareOp string

// The comparisons. Text compares bytewise, except contains and starts, which take ASCII letters of either case.
const (
	Eq       CompareOp = "eq"
	Ne       CompareOp = "ne" // also true where there is no value
	Lt       CompareOp = "lt"
	Le       CompareOp = "le"
	Gt       CompareOp = "gt"
	Ge       CompareOp = "ge"
	Contains CompareOp = "contains" // text: a part; choices: an element
	Starts   CompareOp = "starts"
	Empty    CompareOp = "empty"
	NotEmpty CompareOp = "not_empty"
	In       CompareOp = "in" // Value is a list
)

// Condition is one comparison of a field with a value; the conditions of a query all hold.
type Condition struct {
	Field string    `json:"field"` // a field key, or id, external_id, created_at, updated_at
	Op    CompareOp `json:"op"`
	Value any       `json:"value,omitempty"` // as in Op.Input
}

// Sort is one key of an order. Records without the value come last in either direction.
type Sort struct {
	Field string `json:"field"` // a field key, or id, external_id, created_at, updated_at
	Desc  bool   `json:"desc,omitempty"`
}

// Query asks for a page of an object's records. All its parts must hold.
type Query struct {
	Filter     string // a condition in the expression language
	Conditions []Condition
	Search     string // a part of any text field or of the external id
	Sort       []Sort // then by id
	Limit      int
	Cursor     string // Next of the page before
	Deleted    bool   // deleted records instead of live ones
}

// Page is a part of a query's answer.
type Page struct {
	Records []Record
	Next    string // cursor of the following page; empty at the end
	Total   int64  // records that match; -1 when more than MaxTotal or not known
}
