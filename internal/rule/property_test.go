package rule_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"laurel/internal/money"
	"laurel/internal/rule"

	"pgregory.net/rapid"
)

// drawn shapes, each with the context that it is judged in.
func drawRule(t *rapid.T) (rule.Shape, rule.Context) {
	shape := rapid.SampledFrom([]string{"every", "reach", "rate", "rank"}).Draw(t, "shape")
	switch shape {
	case "every":
		return decode(t, shape, fmt.Sprintf(`{"size":"%d","cap":%d,"round":%q}`, rapid.IntRange(1, 6).Draw(t, "size"),
			rapid.IntRange(1, 5).Draw(t, "cap"), rapid.SampledFrom([]string{"down", "up"}).Draw(t, "round"))), deals
	case "reach":
		return decode(t, shape, fmt.Sprintf(`{%s,"pay":%q,"compare":%q}`, twoSteps, rapid.SampledFrom([]string{"all", "highest"}).Draw(t, "pay"),
			rapid.SampledFrom([]string{"at_least", "above"}).Draw(t, "compare"))), deals
	case "rate":
		return decode(t, shape, fmt.Sprintf(`{"mode":%q,"tiers":[{"up_to":"5","per_unit":"3","fixed":"1"},{"up_to":"12","per_unit":"4.5"},{"per_unit":"7","fixed":"20"}]}`,
			rapid.SampledFrom([]string{"marginal", "whole"}).Draw(t, "mode"))), with(deals, func(c *rule.Context) { c.Reward = rule.Reward{Kind: rule.Cash} })
	}
	return decode(t, shape, fmt.Sprintf(`{"places":%d,"order":%q,"ties":%q,"share":%t}`, rapid.IntRange(1, 4).Draw(t, "places"),
		rapid.SampledFrom([]string{"desc", "asc"}).Draw(t, "order"), rapid.SampledFrom([]string{"all", "none", "earliest"}).Draw(t, "ties"),
		rapid.Bool().Draw(t, "share"))), deals
}

// drawPoints draws a few subjects' points. Moments repeat and values may be negative.
func drawPoints(t *rapid.T) [][]rule.Point {
	var out [][]rule.Point
	record := int64(0)
	for range rapid.IntRange(1, 6).Draw(t, "subjects") {
		var points []rule.Point
		for range rapid.IntRange(0, 8).Draw(t, "points") {
			record++
			points = append(points, rule.Point{
				Moment: rapid.Int64Range(1, 5).Draw(t, "moment"), Key: rapid.SampledFrom([]string{"a", "B", "b"}).Draw(t, "key"),
				RecordID: record, Value: rapid.Int64Range(-4, 9).Draw(t, "value"),
			})
		}
		out = append(out, points)
	}
	return out
}

func subjectsOf(points [][]rule.Point) []rule.Subject {
	var out []rule.Subject
	for i, p := range points {
		out = append(out, ofPoints(int64(i+1), 0, p))
	}
	return out
}

// written is what a due is, without the places of its points.
func written(dues []rule.Due) string {
	var b strings.Builder
	for _, d := range dues {
		fmt.Fprintf(&b, "%v %s %+v %d %v %d %s %v\n", d.Ref, d.Slot, d.Reward, d.Quantity, d.Amount, d.Moment, d.Value, d.Steps)
	}
	return b.String()
}

func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape, c := drawRule(t)
		points := drawPoints(t)
		one := evaluate(t, shape, c, subjectsOf(points)...)

		shuffle := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		for i := range points {
			points[i] = slices.Clone(points[i])
			shuffle.Shuffle(len(points[i]), func(a, b int) { points[i][a], points[i][b] = points[i][b], points[i][a] })
		}
		subjects := subjectsOf(points)
		shuffle.Shuffle(len(subjects), func(a, b int) { subjects[a], subjects[b] = subjects[b], subjects[a] })
		other := evaluate(t, shape, c, subjects...)

		if written(one) != written(other) {
			t.Fatalf("shuffled:\n%s\nwas:\n%s", written(other), written(one))
		}
		for i := range one {
			if one[i].FromPoint != other[i].FromPoint || one[i].ToPoint != other[i].ToPoint {
				t.Fatalf("range %+v, was %+v", other[i], one[i])
			}
		}
	})
}

func TestContributionOfZeroChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape, c := drawRule(t)
		points := drawPoints(t)
		one := evaluate(t, shape, c, subjectsOf(points)...)
		who := rapid.IntRange(0, len(points)-1).Draw(t, "who")
		latest := int64(0)
		for _, p := range points[who] {
			latest = max(latest, p.Moment)
		}
		points[who] = append(slices.Clone(points[who]), rule.Point{Moment: rapid.Int64Range(0, latest).Draw(t, "when"), Key: "z", RecordID: 999})
		if other := evaluate(t, shape, c, subjectsOf(points)...); written(one) != written(other) {
			t.Fatalf("with a zero:\n%s\nwas:\n%s", written(other), written(one))
		}
	})
}

// Without fixed sums, k times the bounds and k times the value bring k times the commission.
func TestMarginalRateScales(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low, wide := rapid.Int64Range(1, 1000).Draw(t, "low"), rapid.Int64Range(1, 1000).Draw(t, "wide")
		value, k := rapid.Int64Range(0, 5000).Draw(t, "value"), rapid.Int64Range(2, 50).Draw(t, "k")
		paid := func(k int64) int64 {
			shape := decode(t, "rate", fmt.Sprintf(`{"tiers":[{"up_to":"%d","rate":"5%%"},{"up_to":"%d","rate":"8%%"},{"rate":"12%%"}]}`, k*low, k*(low+wide)))
			return total(evaluate(t, shape, sales, valued(1, fmt.Sprint(k*value))))
		}
		if one, many := paid(1), paid(k); many != k*one {
			t.Fatalf("%d times: %d, once: %d", k, many, one)
		}
	})
}

// The parts of the arithmetic add up to the total, and the total is what is paid but for the one rounding.
func TestArithmeticAddsUp(t *testing.T) {
	figure := func(s string) *big.Rat {
		r, ok := new(big.Rat).SetString(strings.NewReplacer("¥", "", ",", "").Replace(s))
		if !ok {
			panic("no figure: " + s)
		}
		return r
	}
	rapid.Check(t, func(t *rapid.T) {
		shape := decode(t, "rate", fmt.Sprintf(`{"mode":%q,"tiers":[{"up_to":"33.33","rate":"%d.25%%","fixed":"1.50"},{"up_to":"100","rate":"8%%"},{"rate":"12.125%%","fixed":"0.07"}]}`,
			rapid.SampledFrom([]string{"marginal", "whole"}).Draw(t, "mode"), rapid.IntRange(0, 9).Draw(t, "rate")))
		value := money.Decimal{Coef: rapid.Int64Range(0, 30_000).Draw(t, "fen"), Scale: 2}
		d := evaluate(t, shape, sales, valued(1, value.String()))[0]
		sum, exact := new(big.Rat), false
		for _, s := range d.Steps[1:] {
			switch s.Label.EN {
			case "Total":
				exact = sum.Cmp(figure(s.Result)) == 0
				if !exact {
					t.Fatalf("parts make %s, total %s", sum.FloatString(6), s.Result)
				}
			case "Rounded half to even to the smallest unit of the currency":
			default:
				sum.Add(sum, figure(s.Result))
			}
		}
		last := d.Steps[len(d.Steps)-1].Result
		if last != money.FormatAmount(d.Amount) {
			t.Fatalf("the arithmetic ends in %s, paid %s", last, d.Amount)
		}
		off := new(big.Rat).Sub(sum, figure(last))
		if off.Abs(off).Cmp(big.NewRat(5, 1000)) > 0 {
			t.Fatalf("exactly %s, paid %s", sum.FloatString(6), last)
		}
	})
}

// Each reward's range ends with the point that brings the running total to its line, and no earlier one does.
func TestEveryRangeEndsAtItsLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, 12).Draw(t, "size")
		values := rapid.SliceOfN(rapid.Int64Range(-5, 15), 0, 20).Draw(t, "values")
		sum := int64(0)
		for _, v := range values {
			sum += v
		}
		dues := evaluate(t, decode(t, "every", fmt.Sprintf(`{"size":"%d"}`, size)), deals, pointed(1, 0, values...))
		if int64(len(dues)) != max(0, sum/size) {
			t.Fatalf("%d of %d: %d dues", sum, size, len(dues))
		}
		for j, d := range dues {
			line, before := int64(j+1)*size, int64(0)
			for i, v := range values[:d.ToPoint] {
				if before >= line {
					t.Fatalf("reward %d was due before point %d", j+1, i)
				}
				before += v
			}
			if before < line || d.Moment != int64(d.ToPoint) || d.FromPoint >= d.ToPoint {
				t.Fatalf("reward %d: total %d at %+v", j+1, before, d)
			}
		}
	})
}

// Carried over, the periods together give what one long period would.
func TestCarriedPeriodsGiveWhatOneLongPeriodWould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, 12).Draw(t, "size")
		shape := decode(t, "every", fmt.Sprintf(`{"size":"%d","remainder":"carry"}`, size))
		var carried rule.Carried
		sum, got := int64(0), 0
		for _, v := range rapid.SliceOfN(rapid.Int64Range(0, 30), 1, 8).Draw(t, "periods") {
			s := pointed(1, 0, v)
			s.Before, s.BeforeDue = carried.Total, carried.Settled
			got += len(evaluate(t, shape, deals, s))
			var err error
			if carried, err = rule.CarryOver(shape, carried, money.Whole(v)); err != nil {
				t.Fatal(err)
			}
			sum += v
		}
		if int64(got) != sum/size {
			t.Fatalf("%d of %d in periods: %d", sum, size, got)
		}
	})
}

// A rank is one more than how many are strictly better; those within the places win, and under "all" nobody else loses by a tie.
func TestRankIsOneMoreThanThoseBetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := rapid.IntRange(1, 6).Draw(t, "places")
		ties := rapid.SampledFrom([]string{"all", "none", "earliest"}).Draw(t, "ties")
		values := rapid.SliceOfN(rapid.IntRange(1, 5), 1, 12).Draw(t, "values")
		var all []rule.Subject
		for i, v := range values {
			all = append(all, pointed(int64(i+1), 0, int64(v)))
		}
		shape := decode(t, "rank", fmt.Sprintf(`{"places":%d,"ties":%q}`, places, ties))
		won := map[int64]bool{}
		for _, d := range evaluate(t, shape, deals, all...) {
			won[d.Ref.ID] = true
		}
		for i, v := range values {
			better, equal := 0, 0
			for _, w := range values {
				if w > v {
					better++
				} else if w == v {
					equal++
				}
			}
			if p := shape.Next(deals, all[i], all); p.Rank != better+1 {
				t.Fatalf("%d of %v is ranked %d", v, values, p.Rank)
			}
			fits := better+equal <= places
			want := fits || ties == "all" && better < places
			if ties == "earliest" && !fits && better < places {
				continue // some of them win, which only time can tell
			}
			if won[int64(i+1)] != want {
				t.Fatalf("%d of %v: won %t", v, values, !want)
			}
		}
		if ties == "earliest" && len(won) != min(places, len(values)) {
			t.Fatalf("%d winners on %d places", len(won), places)
		}
	})
}
