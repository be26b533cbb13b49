package rule

import (
	"fmt"

	"laurel/internal/money"
)

// basis is what the table is applied to.
type basis struct {
	value  money.Frac
	target *money.Frac // what bounds are parts of; nil where they are values
	lines  money.Frac  // the part of bounds that are values to which the subject is held
	parts  []money.Frac
	points []flow // in the order of time; only where records fill the tiers one after the other
}

// flow is what one record brings, with the row of its value; -1 for a value that no row names.
type flow struct {
	row   int
	value money.Frac
}

// earned is what a basis brings, part by part; exact, not yet rounded.
type earned struct {
	parts []part
	rows  []money.Frac // what each row has of the metric; only with rows by a field
	sum   money.Frac
}

// part is what one tier of a row brings by one of its prices.
type part struct {
	row, tier int
	by        price
	of        money.Frac // so much of the metric, or so many packages
	units     money.Frac // of packages: what is packed
	amount    money.Frac
}

// price is what a part is paid for.
type price uint8

const (
	byRate price = iota
	byUnit
	byTimes
	byPackage
	bySum
)

// bound is a tier's upper bound in the metric's unit.
func (b basis) bound(t tier) (money.Frac, error) {
	if b.target == nil {
		return t.upTo.Frac().Mul(b.lines)
	}
	return t.upTo.Frac().Mul(*b.target)
}

// bounds are the upper bounds of tiers; the last one has none.
func (b basis) bounds(tiers []tier) ([]money.Frac, error) {
	var out []money.Frac
	for _, t := range tiers {
		if t.upTo == nil {
			break
		}
		high, err := b.bound(t)
		if err != nil {
			return nil, err
		}
		out = append(out, high)
	}
	return out, nil
}

// tierOf is the tier in which a value lies: a bound belongs to the lower one.
func tierOf(v money.Frac, bounds []money.Frac) int {
	i := 0
	for i < len(bounds) && v.Cmp(bounds[i]) > 0 {
		i++
	}
	return i
}

// earn applies the table. A value below zero gives 0, unless amounts below zero are carried.
func (r *commission) earn(b basis) (earned, error) {
	e := earned{rows: b.parts}
	if r.together() && b.value.Sign() < 0 && !r.belowZero() {
		return e, nil
	}
	for i, row := range r.rows {
		own := b.value
		if r.byField {
			own = b.parts[i]
		}
		read := b.value // what the tiers read
		if r.ownPart {
			read = own
		}
		bounds, err := b.bounds(row.tiers)
		if err != nil {
			return e, err
		}
		inTiers, err := r.share(b, i, read, own, bounds)
		if err != nil {
			return e, err
		}
		if err := r.addRow(&e, i, read, own, bounds, inTiers); err != nil {
			return e, err
		}
	}
	return e, nil
}

// belowZero reports whether the first tier reaches below zero: where amounts below zero are carried, and of a multiplier.
func (r *commission) belowZero() bool { return r.carry || r.multiplies }

// together reports whether rows share tiers that read the whole value.
func (r *commission) together() bool { return r.byField && !r.ownPart }

// share is how much of a row's part each tier pays for.
func (r *commission) share(b basis, i int, read, own money.Frac, bounds []money.Frac) ([]money.Frac, error) {
	out := make([]money.Frac, len(bounds)+1)
	switch {
	case read.Sign() < 0 && !r.belowZero():
		return out, nil
	case r.whole:
		out[tierOf(read, bounds)] = own
		return out, nil
	case !r.together():
		return out, r.fill(out, money.Frac{}, own, bounds)
	}
	var total money.Frac
	for _, f := range b.points {
		next, err := total.Add(f.value)
		if err == nil && f.row == i {
			err = r.fill(out, total, next, bounds)
		}
		if err != nil {
			return nil, err
		}
		total = next
	}
	return out, nil
}

// fill adds to each tier what lies in it between two running totals; what falls is taken out again. Below zero nothing is
// filled, unless amounts below zero are carried: the first tier then reaches below zero.
func (r *commission) fill(tiers []money.Frac, from, to money.Frac, bounds []money.Frac) error {
	for k := range tiers {
		within := func(v money.Frac) money.Frac {
			if k < len(bounds) && v.Cmp(bounds[k]) > 0 {
				v = bounds[k]
			}
			switch {
			case k > 0 && v.Cmp(bounds[k-1]) < 0:
				v = bounds[k-1]
			case k == 0 && v.Sign() < 0 && !r.belowZero():
				v = money.Frac{}
			}
			return v
		}
		gained, err := within(to).Sub(within(from))
		if err == nil {
			tiers[k], err = tiers[k].Add(gained)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// addRow prices what a row has in its tiers, and its fixed sums. A row by a field has none while nothing was brought in it.
func (r *commission) addRow(e *earned, i int, read, own money.Frac, bounds, inTiers []money.Frac) error {
	for k, t := range r.rows[i].tiers {
		of := inTiers[min(k, len(inTiers)-1)]
		if t.rate != nil && !of.IsZero() {
			if err := e.add(part{row: i, tier: k, by: byRate, of: of}, t.rate.Frac()); err != nil {
				return err
			}
		}
		if t.perUnit != nil && !of.IsZero() {
			if err := e.add(part{row: i, tier: k, by: byUnit, of: of}, t.perUnit.Frac()); err != nil {
				return err
			}
		}
		if t.times != nil && !of.IsZero() {
			more, err := t.times.Frac().Sub(One)
			if err != nil {
				return err
			}
			if err := e.add(part{row: i, tier: k, by: byTimes, of: of}, more); err != nil {
				return err
			}
		}
		if t.pack != nil {
			if err := e.addPackages(part{row: i, tier: k, units: of}, *t.pack); err != nil {
				return err
			}
		}
		entered := k == 0 && read.Sign() >= 0 || k > 0 && read.Cmp(bounds[k-1]) > 0
		if r.reachedSum {
			entered = entered && k == tierOf(read, bounds)
		}
		if entered && !t.fixed.IsZero() && (!r.byField || own.Sign() > 0) {
			if err := e.add(part{row: i, tier: k, by: bySum, of: money.Whole(1)}, t.fixed.Frac()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *earned) add(p part, factor money.Frac) (err error) {
	if p.amount, err = p.of.Mul(factor); err != nil {
		return err
	}
	e.parts = append(e.parts, p)
	e.sum, err = e.sum.Add(p.amount)
	return err
}

// addPackages pays for the packages that units fill, or start.
func (e *earned) addPackages(p part, pk pack) error {
	counted, err := p.units.Sub(pk.free.Frac())
	if err != nil || counted.Sign() <= 0 {
		return err
	}
	q, err := counted.Div(pk.size.Frac())
	if err != nil {
		return err
	}
	n := q.Ceil()
	if pk.full {
		n = q.Floor()
	}
	if n == 0 {
		return nil
	}
	p.by, p.of = byPackage, money.Whole(n)
	return e.add(p, pk.amount.Frac())
}

// rowOf finds the row of every label, and the one for everything else (-1: none).
func (r *commission) rowOf(c Context) (byLabel map[string]int, other int, err error) {
	byLabel, other = map[string]int{}, -1
	for i, row := range r.rows {
		if row.value == nil {
			other = i
			continue
		}
		label, ok, err := c.label(*row.value)
		if err != nil {
			return nil, -1, err
		}
		if _, taken := byLabel[label]; ok && !taken {
			byLabel[label] = i
		}
	}
	return byLabel, other, nil
}

// split takes a subject's value apart by rows.
func (r *commission) split(c Context, s Subject, b *basis) error {
	b.parts = make([]money.Frac, len(r.rows))
	if s.Points == nil {
		return fmt.Errorf("the records of the metric cannot be told apart")
	}
	points, err := s.Points()
	if err != nil {
		return err
	}
	byLabel, other, err := r.rowOf(c)
	if err != nil {
		return err
	}
	for _, p := range SortPoints(points) {
		f := flow{row: other, value: money.Decimal{Coef: p.Value, Scale: c.Measure.Scale}.Frac()}
		if i, ok := byLabel[p.Label]; ok {
			f.row = i
		}
		if f.row >= 0 {
			if b.parts[f.row], err = b.parts[f.row].Add(f.value); err != nil {
				return err
			}
		}
		if r.together() && !r.whole {
			b.points = append(b.points, f)
		}
	}
	return nil
}
