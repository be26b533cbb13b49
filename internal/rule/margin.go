package rule

import (
	"math/big"

	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// margin is how far a value has to get beyond another one.
type margin struct {
	by       money.Decimal
	relative bool // by is a share of the other value; else it is in the metric's own unit
}

// maxShare bounds a relative margin: beyond it somebody has written 10 for 10 %.
var maxShare = money.Decimal{Coef: 10}

// readMargin reads “by” or “points”; given is false where there is neither.
func readMargin(p params) (m margin, given bool) {
	if p.has("by") && p.has("points") {
		p.bad("points", "margin_twice", "“按比例”（by）与“按点数”（points）只能填一个。", "Give “by”, a share, or “points”, so much in the metric’s own unit, not both.")
	}
	if p.has("by") {
		m.relative = true
		m.by, _ = p.fraction("by")
		return m, true
	}
	m.by, given = p.fraction("points")
	return m, given || p.has("points")
}

// check finds a margin that cannot be meant.
func (m margin) check(at string, down bool) []*problem.Error {
	field := map[bool]string{true: at + "by", false: at + "points"}[m.relative]
	switch {
	case m.by.Sign() < 0:
		return []*problem.Error{problem.Bad("margin_negative", field, "幅度不能为负数。", "A margin cannot be below 0.")}
	case m.relative && m.by.Cmp(maxShare) >= 0:
		return []*problem.Error{problem.Bad("margin_too_large", field, "幅度达到了 1000 %%；10 %% 请写成 10%% 或 0.1。", "That is a margin of 1000%% or more: write 10%% or 0.1 for ten per cent.")}
	case m.relative && down && m.by.Cmp(money.Decimal{Coef: 1}) > 0:
		return []*problem.Error{problem.Bad("margin_too_large", field, "数值越低越好时，降幅不能超过 100 %%。", "Where lower is better, nothing can fall by more than 100%%.")}
	}
	return nil
}

// line is what a value has to get to beyond another: o × (1 + by) or o + by; less of it where lower is better. It is worked out in
// numbers without bounds, for means of ratios soon have denominators that fit nowhere.
func (m margin) line(o *big.Rat, down bool) *big.Rat {
	step := ratOf(m.by.Frac())
	if m.relative {
		step.Mul(step, o)
	}
	if down {
		step.Neg(step)
	}
	return step.Add(step, o)
}

// stands reports whether a value is at a line, or beyond it where above is asked for.
func stands(v money.Frac, line *big.Rat, down, above bool) bool {
	d := ratOf(v).Cmp(line)
	if down {
		d = -d
	}
	return d > 0 || d == 0 && !above
}

func ratOf(f money.Frac) *big.Rat { return big.NewRat(f.Num(), f.Den()) }

// shown is a number for people to read: exact where it fits, else rounded far behind what is written out. ok is false where even
// that does not fit.
func shown(r *big.Rat) (f money.Frac, ok bool) {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		f, err := money.NewFrac(r.Num().Int64(), r.Denom().Int64())
		return f, err == nil
	}
	const places = 9
	scaled := new(big.Rat).Mul(r, new(big.Rat).SetInt64(money.Pow10(places)))
	n := new(big.Int).Quo(scaled.Num(), scaled.Denom())
	if !n.IsInt64() {
		return f, false
	}
	f, err := money.NewFrac(n.Int64(), money.Pow10(places))
	return f, err == nil
}

// wide writes a number in the metric's unit for formulas.
func (c Context) wide(r *big.Rat) string {
	if f, ok := shown(r); ok {
		return c.figure(f)
	}
	return "≈ " + i18n.Grouped(r.FloatString(2))
}

// text is a margin in words: 10 %, 5 个百分点 / 5 percentage points, 3 个 / 3 deals.
func (m margin) text(c Context) i18n.Text {
	switch {
	case m.relative:
		return rate(m.by)
	case c.Measure.Percent():
		n := rate(m.by).EN
		n = n[:len(n)-1]
		return i18n.Count(n, i18n.T("个百分点", "percentage points"))
	}
	return c.short(m.by.Frac())
}

// formula is how far a value got beyond another: (v − o) ÷ o or v − o, with what it comes to.
func (m margin) formula(c Context, v money.Frac, o *big.Rat, down bool) (formula, result string) {
	high, low := ratOf(v), o
	first, second := c.figure(v), c.wide(o)
	if down {
		high, low, first, second = low, high, second, first
	}
	gain := new(big.Rat).Sub(high, low)
	if !m.relative {
		return first + " − " + second, c.wide(gain)
	}
	gain.Quo(gain, o)
	percent := c
	percent.Measure = Measure{Unit: i18n.Same("%")}
	return "(" + first + " − " + second + ") ÷ " + c.wide(o), percent.wide(gain)
}

// directionParam and marginParams are offered by every shape that holds a value against another.
var directionParam = Param{
	Key: "direction", Type: ChoiceParam, Default: "up", Name: i18n.T("哪个方向算好", "Direction"), Help: i18n.T("数值越高越好，还是越低越好。", "Whether higher or lower is better."),
	Choices: []Choice{{"up", i18n.T("越高越好", "Higher is better")}, {"down", i18n.T("越低越好", "Lower is better")}},
}

var marginParams = []Param{
	{Key: "by", Type: PercentParam, Name: i18n.T("按比例", "By"), Help: i18n.T("相对幅度，例如 10%。", "A share of the other value, such as 10%.")},
	{Key: "points", Type: DecimalParam, Name: i18n.T("按点数", "Points"), Help: i18n.T("绝对幅度，用指标的单位；比率可写 5%，即 5 个百分点。", "So much in the metric’s own unit; of a ratio 5% means 5 percentage points.")},
}
