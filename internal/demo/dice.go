package demo

import (
	"math"
	"math/rand/v2"

	"laurel/internal/calendar"
)

// dice makes the company's chances. The same seed throws the same numbers on every machine.
type dice struct{ *rand.Rand }

// seed is fixed: everybody's demo company is the same, shifted to today.
func newDice(stream uint64) dice { return dice{rand.New(rand.NewPCG(20260331, stream))} }

// chance is true with a probability.
func (d dice) chance(p float64) bool { return d.Float64() < p }

// between is a whole number from a to b, both included.
func (d dice) between(a, b int) int { return a + d.IntN(b-a+1) }

// around is a number of things when mean are expected (Knuth's method for a Poisson variate; mean below 50).
func (d dice) around(mean float64) int {
	limit, n := math.Exp(-mean), 0
	for p := d.Float64(); p > limit; p *= d.Float64() {
		n++
	}
	return n
}

// spread is a positive factor around 1, skewed as amounts are.
func (d dice) spread(sigma float64) float64 { return math.Exp(d.NormFloat64()*sigma - sigma*sigma/2) }

// dayIn is a working day of a window: a day of the weekend moves to the Friday before, if that lies inside.
func (d dice) dayIn(w calendar.Window) calendar.Day {
	day := w.From + calendar.Day(d.IntN(w.Days()))
	if weekend := day.Weekday() - 4; weekend > 0 && day-calendar.Day(weekend) >= w.From {
		day -= calendar.Day(weekend)
	}
	return day
}

func pick[T any](d dice, list []T) T { return list[d.IntN(len(list))] }
