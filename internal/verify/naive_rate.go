package verify

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// rateParams are the parameters of a commission.
type rateParams struct {
	Mode         string      `json:"mode"` // marginal, whole
	Tiers        []rateTier  `json:"tiers"`
	Package      *ratePack   `json:"package"`
	Rows         []rateTable `json:"rows"`
	TiersRead    string      `json:"tiers_read"` // all, row
	FixedSums    string      `json:"fixed_sums"` // all, reached
	On           string      `json:"on"`         // value, attainment
	Target       *number     `json:"target"`
	Accumulate   string      `json:"accumulate"` // quarter, half, year
	Floor        *number     `json:"floor"`
	Cap          *number     `json:"cap"`
	BelowZero    string      `json:"below_zero"` // zero, carry
	Draw         *number     `json:"draw"`
	Recoverable  bool        `json:"recoverable"`
	RecoverShare *number     `json:"recover_share"`
}

type rateTable struct {
	Value   json.RawMessage `json:"value"`
	Tiers   []rateTier      `json:"tiers"`
	Package *ratePack       `json:"package"`
}

type rateTier struct {
	UpTo       *number   `json:"up_to"`
	Rate       *number   `json:"rate"`
	Times      *number   `json:"times"`
	PerUnit    *number   `json:"per_unit"`
	PerPackage *ratePack `json:"per_package"`
	Fixed      *number   `json:"fixed"`
}

type ratePack struct {
	Size   *number `json:"size"`
	Amount *number `json:"amount"`
	Round  string  `json:"round"` // up, down
	Free   *number `json:"free"`
}

// tiersOf are tiers, or the one that a package alone stands for.
func tiersOf(tiers []rateTier, alone *ratePack) []rateTier {
	if alone != nil {
		return []rateTier{{PerPackage: alone}}
	}
	return tiers
}

// multiplies reports whether the table multiplies what another plan gives.
func (p rateParams) multiplies() bool {
	return slices.ContainsFunc(p.Tiers, func(t rateTier) bool { return t.Times != nil })
}

// bringing is one record with the table that it belongs to; -1 is none.
type bringing struct {
	table int
	value *big.Rat
}

// due is what records, in the order of time, are worth by a table whose bounds are parts of something: a target, or 1 where they are values.
func (p rateParams) due(records []bringing, target *big.Rat) *big.Rat {
	total := new(big.Rat)
	for _, b := range records {
		total.Add(total, b.value)
	}
	if len(p.Rows) == 0 {
		return p.worth(tiersOf(p.Tiers, p.Package), records, 0, total, total, target, true)
	}
	sum := new(big.Rat)
	if total.Sign() < 0 && p.TiersRead != "row" && p.BelowZero != "carry" {
		return sum
	}
	for i, row := range p.Rows {
		own := new(big.Rat)
		var mine []bringing
		for _, b := range records {
			if b.table == i {
				own.Add(own, b.value)
				mine = append(mine, b)
			}
		}
		if p.TiersRead == "row" {
			sum.Add(sum, p.worth(tiersOf(row.Tiers, row.Package), mine, i, own, own, target, own.Sign() > 0))
		} else {
			sum.Add(sum, p.worth(tiersOf(row.Tiers, row.Package), records, i, total, own, target, own.Sign() > 0))
		}
	}
	return sum
}

// worth is what the records of one table bring, by tiers that read a value; own is what they come to.
func (p rateParams) worth(tiers []rateTier, records []bringing, table int, reads, own, target *big.Rat, sums bool) *big.Rat {
	out := new(big.Rat)
	carries := p.BelowZero == "carry" || p.multiplies()
	if reads.Sign() < 0 && !carries {
		return out
	}
	for k, t := range tiers {
		var low, high *big.Rat // nil is without end
		if k > 0 {
			low = p.bound(tiers[k-1], target)
		} else if !carries {
			low = new(big.Rat)
		}
		if t.UpTo != nil {
			high = p.bound(t, target)
		}
		above := k == 0 && reads.Sign() >= 0 || k > 0 && reads.Cmp(low) > 0
		within := (k == 0 || above) && (high == nil || reads.Cmp(high) <= 0)
		part := new(big.Rat)
		switch {
		case p.Mode == "whole" && within:
			part.Set(own)
		case p.Mode == "whole":
		default:
			at := new(big.Rat)
			for _, b := range records {
				next := new(big.Rat).Add(at, b.value)
				if b.table == table || len(p.Rows) == 0 {
					part.Add(part, held(next, low, high))
					part.Sub(part, held(at, low, high))
				}
				at = next
			}
		}
		out.Add(out, t.pays(part))
		if above && sums && t.Fixed != nil && (within || p.FixedSums != "reached") {
			out.Add(out, t.Fixed.Rat)
		}
	}
	return out
}

func (p rateParams) bound(t rateTier, target *big.Rat) *big.Rat {
	if p.On != "attainment" {
		return new(big.Rat).Mul(t.UpTo.Rat, target)
	}
	return new(big.Rat).Mul(t.UpTo.share(), target)
}

// held is a number held between two others.
func held(v, low, high *big.Rat) *big.Rat {
	if low != nil && v.Cmp(low) < 0 {
		return low
	}
	if high != nil && v.Cmp(high) > 0 {
		return high
	}
	return v
}

// pays is what a tier pays for so much of the metric.
func (t rateTier) pays(part *big.Rat) *big.Rat {
	out := new(big.Rat)
	if t.Times != nil { // what is multiplied is paid already
		return out.Sub(new(big.Rat).Mul(part, t.Times.share()), part)
	}
	if t.Rate != nil {
		out.Add(out, new(big.Rat).Mul(part, t.Rate.share()))
	}
	if t.PerUnit != nil {
		out.Add(out, new(big.Rat).Mul(part, t.PerUnit.Rat))
	}
	if t.PerPackage == nil {
		return out
	}
	rest := new(big.Rat).Set(part)
	if t.PerPackage.Free != nil {
		rest.Sub(rest, t.PerPackage.Free.Rat)
	}
	if rest.Sign() <= 0 {
		return out
	}
	rest.Quo(rest, t.PerPackage.Size.Rat)
	n := ceilOf(rest)
	if t.PerPackage.Round == "down" {
		n = floorOf(rest)
	}
	return out.Add(out, new(big.Rat).Mul(new(big.Rat).SetInt(n), t.PerPackage.Amount.Rat))
}

// commission judges one version's commissions.
type commission struct {
	*judge
	rateParams
	tables map[string]int // by label
	rest   int            // the table of everything else, -1 for none
}

func (j *judge) naiveRate(p rateParams, at period, subjects []subject) ([]owed, error) {
	if !j.terms.additive {
		return nil, fmt.Errorf("a commission needs a metric that adds up")
	}
	c := commission{judge: j, rateParams: p, rest: -1}
	if err := c.arrange(); err != nil {
		return nil, err
	}
	var out []owed
	for _, s := range subjects {
		debt := debts{new(big.Rat), new(big.Rat)}
		if p.BelowZero == "carry" || p.Recoverable {
			if err := c.since(s.ref, at, &debt); err != nil {
				return nil, err
			}
		}
		pays, err := c.pays(s, at, debt)
		if err != nil {
			return nil, err
		}
		if pays == nil {
			continue
		}
		o := owed{ref: s.ref, slot: "rate", reward: j.terms.reward, moment: s.last}
		if n := len(s.points); n > 0 {
			o.by = s.points[n-1]
		}
		if err := o.computed(j.terms, pays); err != nil {
			return nil, err
		}
		if o.reward.Amount.Coef > 0 || o.reward.Amount.Coef < 0 && p.multiplies() {
			out = append(out, o)
		}
	}
	return out, nil
}

// computed makes an amount due that the rule worked out.
func (o *owed) computed(t terms, sum *big.Rat) error {
	if t.reward.Kind == rule.Cash {
		err := o.cash(t, sum)
		o.reward.Amount = amountOf(o.minor, o.currency)
		return err
	}
	n, err := roundAt(sum, 0, t.rounding)
	o.reward.Amount = money.Decimal{Coef: n}
	return err
}

// pays is what a period pays; of a later part, what the whole pays up to its end less what it pays up to its beginning. It is nil where
// there is no target to be held to.
func (c commission) pays(s subject, at period, debt debts) (*big.Rat, error) {
	if !at.later() {
		earned, err := c.earned(s, at)
		if err != nil || earned == nil {
			return nil, err
		}
		pays, _ := c.rateParams.settle(earned, debt)
		return pays, nil
	}
	upTo := func(day calendar.Day) (*big.Rat, error) {
		part := at
		part.from, part.to = at.begins, day
		s, err := c.look("", s.ref, part)
		if err != nil {
			return nil, err
		}
		earned, err := c.earned(s, part)
		if err != nil || earned == nil {
			return nil, err
		}
		pays, _ := c.rateParams.settle(earned, debt)
		return pays, nil
	}
	now, err := upTo(at.to)
	if err != nil || now == nil {
		return nil, err
	}
	then, err := upTo(at.from)
	if err != nil || then == nil {
		return nil, err
	}
	now = new(big.Rat).Sub(now, then)
	if now.Sign() < 0 {
		now.SetInt64(0)
	}
	return now, nil
}

// earned is what a period brings, before anything that other periods leave; nil where there is no value, or no target to be held to.
func (c commission) earned(s subject, at period) (*big.Rat, error) {
	if s.value == nil {
		return nil, nil
	}
	long := at.whole()
	if c.Accumulate != "" {
		long = c.run.clock.around(calendar.Kind(c.Accumulate), at)
	}
	target := whole(1)
	if c.On == "attainment" {
		var err error
		if target, err = c.goal(s.ref, long); err != nil || target == nil || target.Sign() <= 0 {
			return nil, err
		}
	}
	// Targets that were set are held in part by themselves.
	target = new(big.Rat).Mul(target, lineOf(c.terms.days, c.terms.ramp, c.On != "attainment" || c.Target != nil))
	if c.Accumulate == "" {
		return c.due(c.brought(s), target), nil
	}
	upTo := func(day calendar.Day) (*big.Rat, error) {
		part := long
		if part.to = day; part.to <= part.from {
			return new(big.Rat), nil
		}
		s, err := c.look("", s.ref, part)
		if err != nil {
			return nil, err
		}
		return c.due(c.brought(s), target), nil
	}
	now, err := upTo(at.to)
	if err != nil {
		return nil, err
	}
	before, err := upTo(at.from)
	if err != nil {
		return nil, err
	}
	return now.Sub(now, before), nil
}

// goal is what a subject is to reach in a period; nil when nobody has said.
func (c commission) goal(ref rule.Ref, at period) (*big.Rat, error) {
	if c.Target != nil {
		return c.Target.Rat, nil
	}
	return c.planned("", ref, at)
}

// brought are a subject's records with their tables; without tables they are one, for what each moves the total by adds up to the
// whole. A subject without any, and one whose value stands for a part of a line, brings its value at once.
func (c commission) brought(s subject) []bringing {
	if len(c.Rows) == 0 && len(s.points) > 0 {
		var sum, value big.Int
		for _, p := range s.points {
			sum.Add(&sum, value.SetInt64(p.value))
		}
		return []bringing{{c.rest, scaledRat(&sum, s.scale)}}
	}
	var out []bringing
	for _, p := range s.points {
		b := bringing{c.rest, scaledRat(big.NewInt(p.value), s.scale)}
		if i, ok := c.tables[p.label]; ok {
			b.table = i
		}
		out = append(out, b)
	}
	if len(out) == 0 {
		out = []bringing{{-1, s.value}}
	}
	return out
}

// arrange finds the table of every label.
func (c *commission) arrange() error {
	c.tables = map[string]int{}
	for i, row := range c.Rows {
		named := strings.TrimSpace(string(row.Value))
		if named == "" || named == "null" {
			c.rest = i
			continue
		}
		if named[0] == '"' {
			if err := json.Unmarshal(row.Value, &named); err != nil {
				return fmt.Errorf("read the value of row %d: %w", i+1, err)
			}
			named = strings.TrimSpace(named)
		}
		label, ok, err := c.labelled(named)
		if err != nil {
			return err
		}
		if _, taken := c.tables[label]; ok && !taken {
			c.tables[label] = i
		}
	}
	return nil
}

// labelled is what contributions carry for a value that a rule names.
func (c *commission) labelled(named string) (label string, ok bool, err error) {
	if c.metric.by < 0 || named == "" {
		return named, true, nil
	}
	f := c.metric.columns[c.metric.by].field
	if f.Target != "" {
		id, err := c.run.idOf(f.Target, named)
		return strconv.FormatInt(id, 10), id != 0, err
	}
	for _, o := range f.Choices {
		if o.Key == named {
			return named, true, nil
		}
	}
	for _, o := range f.Choices {
		if strings.EqualFold(o.Name.ZH, named) || strings.EqualFold(o.Name.EN, named) {
			return o.Key, true, nil
		}
	}
	return named, len(f.Choices) == 0, nil
}
