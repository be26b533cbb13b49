package verify

import "math/big"

// line is where a total has to get: to it, or above it.
type line struct {
	at    *big.Rat
	above bool
}

// met reports whether a total gets there; no value does not.
func (l line) met(total *big.Rat) bool {
	if total == nil {
		return false
	}
	d := total.Cmp(l.at)
	return d > 0 || d == 0 && !l.above
}

// climb is a running total on its way through a subject's records, in the order of time.
type climb struct {
	points []*point
	places *big.Int // what one of the subject's units comes to in those of its points
	before *big.Rat
	taken  int
	total  big.Int // of the records taken
}

// climb starts with what the total was before the first record.
func (s subject) climb(before *big.Rat) *climb {
	return &climb{points: s.points, places: tenTo(s.scale), before: before}
}

// to takes records until the total first meets a line, and tells how many that are: none when it did so before the first, or never
// does. The lines of one climb must rise.
func (c *climb) to(l line) int {
	least := c.least(l)
	var value big.Int
	for c.total.Cmp(least) < 0 {
		if c.taken == len(c.points) {
			return 0
		}
		c.total.Add(&c.total, value.SetInt64(c.points[c.taken].value))
		c.taken++
	}
	return c.taken
}

// least is the smallest sum of records that meets a line.
func (c *climb) least(l line) *big.Int {
	needed := new(big.Rat).Sub(l.at, c.before)
	needed.Mul(needed, new(big.Rat).SetInt(c.places))
	if l.above {
		n := floorOf(needed)
		return n.Add(n, big.NewInt(1))
	}
	return ceilOf(needed)
}

// by is the record that was taken as the n-th; nil for none.
func (c *climb) by(n int) *point {
	if n == 0 {
		return nil
	}
	return c.points[n-1]
}

// stands notes on how many of a subject's records something owed stands.
func (o *owed) stands(s subject, n int) {
	if s.points != nil {
		o.counted, o.upTo = true, n
	}
}
