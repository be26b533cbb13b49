package verify

import (
	"math/big"
	"slices"

	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/record"
)

// creditor is one of several persons of a record.
type creditor struct {
	person, share int      // places; share -1 where the weight is fixed
	weight        *big.Rat // of a fixed share
}

// prepareCredit finds the persons and shares where a definition credits several.
func (m *measured) prepareCredit(field func(key string, types ...string) (int, error)) error {
	for _, c := range m.def.Credit {
		one := creditor{share: -1, weight: whole(1)}
		var err error
		if one.person, err = field(c.Person, record.TypePerson); err != nil {
			return err
		}
		if c.ShareField != "" {
			if one.share, err = field(c.ShareField, record.TypePercent, record.TypeNumber); err != nil {
				return err
			}
		}
		if c.Share != "" {
			d, err := c.Share.Fraction()
			if err != nil {
				return err
			}
			one.weight = ratOf(d)
		}
		m.creditors = append(m.creditors, one)
	}
	if m.def.CountBy == metric.CountShare {
		m.scale = 4
		if m.def.Measure.Scale != nil {
			m.scale = *m.def.Measure.Scale
		}
	}
	return nil
}

// splits reports whether a record's value is divided among its persons; otherwise each has the whole of it.
func (m *measured) splits() bool {
	return m.def.Measure.Kind == metric.Sum || m.def.Measure.Kind == metric.Count && m.def.CountBy == metric.CountShare
}

// stake is what one person has of a record.
type stake struct {
	person int64
	weight *big.Rat
}

// stakes lists the persons of a record, in the order of the definition.
func (m *measured) stakes(rec *record.Record) (list []stake, reason string) {
	if m.unit >= 0 {
		id, reason := m.unitNamed(rec)
		return []stake{{-id, whole(1)}}, reason
	}
	if len(m.creditors) == 0 {
		person := rec.Values[m.person]
		if person.IsNull() {
			return nil, "no_person"
		}
		return []stake{{person.Ref(), whole(1)}}, ""
	}
	anybody := false
	for _, c := range m.creditors {
		person := rec.Values[c.person]
		if person.IsNull() {
			continue
		}
		anybody = true
		weight := c.weight
		if c.share >= 0 {
			weight = ratOf(rec.Values[c.share].Decimal())
		}
		if weight.Sign() < 0 {
			return nil, "no_share"
		}
		if weight.Sign() > 0 {
			list = append(list, stake{person.Ref(), weight})
		}
	}
	switch {
	case !anybody:
		return nil, "no_person"
	case len(list) == 0:
		return nil, "no_share"
	}
	return list, ""
}

// share makes the points of a record's persons out of what it gives as a whole, in the order of persons.
func (m *measured) share(at mark, value int64, list []stake, own *marks) []point {
	if len(m.creditors) == 0 {
		at.person = list[0].person
		return []point{{own.of(at), value}}
	}
	values := make([]int64, len(list))
	for i := range values {
		values[i] = value
	}
	if m.splits() {
		if m.def.Measure.Kind == metric.Count {
			value = money.Pow10(m.scale)
		}
		values = largestRemainder(value, list)
	}
	var out []point
	for i, s := range list {
		known := slices.IndexFunc(out, func(o point) bool { return o.person == s.person })
		if known >= 0 && m.splits() {
			out[known].value += values[i]
		}
		if known < 0 {
			at.person = s.person
			out = append(out, point{own.of(at), values[i]})
		}
	}
	slices.SortFunc(out, func(a, b point) int { return int(a.person - b.person) })
	return out
}

// largestRemainder divides a whole number: each gets its part cut off towards zero, then one after the other those with the
// largest remainder get one more, the first listed among equals.
func largestRemainder(total int64, list []stake) []int64 {
	all := new(big.Rat)
	for _, s := range list {
		all.Add(all, s.weight)
	}
	parts, rests := make([]int64, len(list)), make([]*big.Rat, len(list))
	sign, left := int64(1), total
	if total < 0 {
		sign, left = -1, -total
	}
	size := left
	for i, s := range list {
		exact := new(big.Rat).Mul(whole(size), s.weight)
		exact.Quo(exact, all)
		cut := new(big.Int).Quo(exact.Num(), exact.Denom())
		parts[i] = cut.Int64()
		rests[i] = exact.Sub(exact, new(big.Rat).SetInt(cut))
		left -= parts[i]
	}
	for ; left > 0; left-- {
		best := 0
		for i := range rests {
			if rests[i].Cmp(rests[best]) > 0 {
				best = i
			}
		}
		parts[best]++
		rests[best] = whole(-1)
	}
	for i := range parts {
		parts[i] *= sign
	}
	return parts
}

// once joins the points of a unit's members that come from one record.
func (m *measured) once(points []*point) []*point {
	if len(m.creditors) == 0 {
		return points
	}
	byRecord := map[int64]*point{}
	var out []*point
	for _, p := range points {
		if known := byRecord[p.record]; known != nil {
			if m.splits() {
				known.value += p.value
			}
			continue
		}
		copied := *p
		byRecord[p.record] = &copied
		out = append(out, &copied)
	}
	return out
}

// before is the order of points by record, and by person where a record has several.
func (m *measured) before(p, other *point) bool {
	return p.record < other.record || p.record == other.record && len(m.creditors) > 0 && p.person < other.person
}

// same reports whether two points are of one record and, where it has several, of one person.
func (m *measured) same(p, other *point) bool {
	return p.record == other.record && (len(m.creditors) == 0 || p.person == other.person)
}
