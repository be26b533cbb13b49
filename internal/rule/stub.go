package rule

import "strings"

func clip(s string) string {
	if len(s) > 80 {
		return strings.ToValidUTF8(s[:80], "") + "…"
	}
	return s
}

var everyKind, reachKind, rateKind, rankKind kind

// Carry says from where on a rule's remainders are carried over.
type Carry string

// The starts of a carry; the empty Carry carries nothing.
const (
	SincePlan Carry = "plan" // from the plan's first period
	SinceYear Carry = "year" // from the fiscal year's first period
)
