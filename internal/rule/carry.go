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
	carryOver(Carried, money.Frac) (Carried, error)
}

// CarryOf says whether and since when a rule carries over, so that the engine reads the earlier periods it needs.
func CarryOf(s Shape) Carry {
	if c, ok := s.(carrier); ok {
		return c.since()
	}
	return ""
}

// Carried is what a subject's periods since the start of a rule's carry come to: a Subject's Before and BeforeDue.
type Carried struct {
	Total   money.Frac
	Settled int64 // rewards
}

// CarryOver adds the value of one more period to what a rule that carries has carried into it.
func CarryOver(s Shape, c Carried, value money.Frac) (Carried, error) {
	return s.(carrier).carryOver(c, value)
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
