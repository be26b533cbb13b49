package rule

import "laurel/internal/money"

// Carry says from where on a rule carries its remainders over.
type Carry string

// The starts of a carry; the empty Carry carries nothing.
const (
	SincePlan Carry = "plan" // the plan's first period
	SinceYear Carry = "year" // the fiscal year's first period
)

// carrier is a shape that can carry over.
type carrier interface {
	since() Carry
	carried(earlier []money.Frac) (before money.Frac, beforeDue int64, err error)
}

// CarryOf says whether and since when a rule carries over, so that the engine reads the earlier periods it needs.
func CarryOf(s Shape) Carry {
	if c, ok := s.(carrier); ok {
		return c.since()
	}
	return ""
}

// CarriedOver adds up a subject's values of the earlier periods since the start of a rule's carry, in order, a period
// without a value left out. The results are a Subject's Before and BeforeDue; both are 0 for a rule that does not carry.
func CarriedOver(s Shape, earlier []money.Frac) (before money.Frac, beforeDue int64, err error) {
	if CarryOf(s) == "" {
		return money.Frac{}, 0, nil
	}
	return s.(carrier).carried(earlier)
}

// ReadsReached reports whether a shape reads Subject.Reached: a commission is earned with the last contribution, and a
// rank by a metric without points breaks ties by it.
func ReadsReached(s Shape, m Measure) bool {
	switch own := s.(type) {
	case *commission:
		return true
	case *streak:
		return ReadsReached(own.rule, m)
	}
	return s.Population() && !m.Additive
}
