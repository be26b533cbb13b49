package target

import (
	"laurel/internal/calendar"
	"laurel/internal/money"
)

// part is what of a longer target falls on a window inside it. Where the window is one of equal periods that fill the target's,
// the parts are exact and add up to it; any other window gets its share of days.
func (b *Book) part(t *placed, w calendar.Window) (money.Frac, error) {
	scale := max(b.of.Scale, t.Value.Scale)
	total, err := t.Value.Rescale(scale, money.HalfEven)
	if err != nil {
		return money.Frac{}, err
	}
	if len(t.Spread) == 0 {
		return b.evenly(total, t.window, w)
	}
	weights, err := t.Spread.weights()
	if err != nil {
		return money.Frac{}, err
	}
	shares, err := money.Allocate(total.Coef, weights)
	if err != nil {
		return money.Frac{}, err
	}
	var sum money.Frac
	for i, p := range parts(b.cal, t.window, len(weights)) {
		inside := p.Window.Overlap(w)
		if inside.Empty() {
			continue
		}
		v, err := b.evenly(money.Decimal{Coef: shares[i], Scale: scale}, p.Window, inside)
		if err == nil {
			sum, err = sum.Add(v)
		}
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// evenly is what falls on a window of a total that is spread by days.
func (b *Book) evenly(total money.Decimal, whole, w calendar.Window) (money.Frac, error) {
	if w == whole {
		return total.Frac(), nil
	}
	for _, kind := range []calendar.Kind{calendar.Half, calendar.Quarter, calendar.Month, calendar.Week} {
		list := tiling(b.cal, kind, whole)
		days := make([]int64, len(list))
		at := -1
		for i, p := range list {
			days[i] = int64(p.Days())
			if p.Window == w {
				at = i
			}
		}
		if at < 0 {
			continue
		}
		shares, err := money.Allocate(total.Coef, days)
		if err != nil {
			return money.Frac{}, err
		}
		return money.Decimal{Coef: shares[at], Scale: total.Scale}.Frac(), nil
	}
	v, err := total.Frac().Mul(money.Whole(int64(w.Days())))
	if err != nil {
		return v, err
	}
	return v.Div(money.Whole(int64(whole.Days())))
}
