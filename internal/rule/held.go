package rule

import "laurel/internal/money"

// Held is the part of what is to be reached that a subject has to reach: by its days in the audience, and by a ramp for newcomers. Zero
// is all of it. What does not add up over days (an average, an attainment) is not less for being there on fewer of them.
type Held struct{ Days, Ramp money.Frac }

// part is the product; days says whether the line adds up over days.
func (h Held) part(days bool) (out money.Frac, err error) {
	out = One
	if days && !h.Days.IsZero() {
		out = h.Days
	}
	if !h.Ramp.IsZero() {
		out, err = out.Mul(h.Ramp)
	}
	return out, err
}

// holder is a shape that pays by the value itself, and so holds its subjects to parts of its lines. For every other shape the value is divided
// by the part, which is the same to a line.
type holder interface{ holds() }

func (r *commission) holds() {}
func (s *score) holds()      {}

// keepsValue reports whether a shape holds its subjects to parts of its lines itself, as a streak of such a rule does.
func keepsValue(shape Shape) bool {
	if s, ok := shape.(*streak); ok {
		shape = s.rule
	}
	_, ok := shape.(holder)
	return ok
}

// lines is the part of its bounds to which a commission holds a subject. Targets that were set are held in part by themselves.
func (r *commission) lines(c Context) (money.Frac, error) {
	return c.Held.part(!r.attainment || r.target != nil)
}

// part is the part of its target, or of the attainment that its metric is itself, that a part of a scorecard asks for.
func (p scorePart) part(c Context) (money.Frac, error) {
	if p.down != "" {
		return One, nil // less is better: a part of the target would be harder to reach
	}
	return c.Held.part(p.target != nil && c.other(p.metric).Measure.Additive)
}
