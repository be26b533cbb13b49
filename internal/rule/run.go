package rule

import (
	"fmt"
	"math"

	"laurel/internal/money"
)

// run walks a subject's points in the order in time and finds where its running total first gets to a line.
// Lines are asked for in rising order, so that the walk is made once.
type run struct {
	points []Point
	scale  uint8
	before money.Frac // running total at the start of the period
	sum    int64      // of the points before next, scaled
	next   int
	peak   int64 // highest sum so far, with its index
	at     int   // -1 before the first point
}

// newRun reads a subject's points; it is nil where there are none to read, or nobody asks when.
// Points that do not add up to the subject's value are a fault of the caller, and reported.
func newRun(c Context, s Subject, before money.Frac) (*run, error) {
	m := c.Measure
	if s.Points == nil || !m.Additive || c.Undated {
		return nil, nil
	}
	points, err := s.Points()
	if err != nil {
		return nil, err
	}
	r := &run{points: SortPoints(points), scale: m.Scale, before: before, at: -1}
	var sum int64
	for _, p := range r.points {
		if sum, err = addPoint(sum, p.Value); err != nil {
			return nil, err
		}
	}
	if total := (money.Decimal{Coef: sum, Scale: m.Scale}); s.Value.CmpDecimal(total) != 0 {
		return nil, fmt.Errorf("the points add up to %s, the value is %s", total, s.Value)
	}
	return r, nil
}

// cross is the index of the first point at which the running total is at the line, or above it where above is asked for;
// -1 where it was there before the first point, or never gets there.
func (r *run) cross(line money.Frac, above bool) int {
	rest, err := line.Sub(r.before)
	if err != nil {
		return -1
	}
	there := func(sum int64) bool {
		d := rest.CmpDecimal(money.Decimal{Coef: sum, Scale: r.scale})
		return d < 0 || d == 0 && !above
	}
	if there(r.peak) {
		return r.at
	}
	for r.next < len(r.points) {
		r.sum += r.points[r.next].Value
		r.next++
		if there(r.sum) {
			r.peak, r.at = r.sum, r.next-1
			return r.at
		}
	}
	return -1
}

// beyond reports whether the last point found brought the running total beyond a line.
func (r *run) beyond(line money.Frac) bool {
	rest, err := line.Sub(r.before)
	return err == nil && r.at >= 0 && rest.CmpDecimal(money.Decimal{Coef: r.peak, Scale: r.scale}) < 0
}

// at tells a due that the point of an index brought it about; for no point it is the end of the period.
func (d *Due) at(r *run, index int) {
	if index >= 0 {
		d.By = &r.points[index]
		d.Moment = d.By.Moment
	}
}

// addPoint adds one point's value to a running total.
func addPoint(sum, value int64) (int64, error) {
	if value > 0 && sum > math.MaxInt64-value || value < 0 && sum < math.MinInt64-value {
		return 0, money.ErrOverflow
	}
	return sum + value, nil
}
