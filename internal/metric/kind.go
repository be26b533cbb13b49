package metric

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/i18n"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// Kind is how a metric adds records up.
type Kind string

// The kinds of measure. Counts and sums of days add up to those of a period; so do the different values, each of which is
// taken where it comes first. The others are computed for a period as a whole.
const (
	Count      Kind = "count"      // the number of records
	Sum        Kind = "sum"        // the sum of a value
	Average    Kind = "average"    // the sum of a value over the number of records that have one
	Min        Kind = "min"        // the smallest value
	Max        Kind = "max"        // the largest value
	Median     Kind = "median"     // the middle value, or the mean of the two middle ones
	Percentile Kind = "percentile" // the value at position ⌈percent · n / 100⌉ of n in rising order
	Distinct   Kind = "distinct"   // the number of different values of a field
	Ratio      Kind = "ratio"      // one metric over another
	Growth     Kind = "growth"     // a metric's change against a baseline, over the baseline
	Attainment Kind = "attainment" // a metric over its target
	Combine    Kind = "combine"    // so many times one metric, and so many times another
)

// kinds are the kinds of measure in the order in which a choice offers them.
var kinds = []Kind{Count, Sum, Average, Min, Max, Median, Percentile, Distinct, Ratio, Growth, Attainment, Combine}

// Derived reports whether values are computed from those of other metrics rather than from records.
func (k Kind) Derived() bool { return k == Ratio || k == Growth || k == Attainment || k == Combine }

// single reports whether the value is that of one record, or of two in the middle: it has to be looked for among all of them.
func (k Kind) single() bool { return k == Min || k == Max || k == Median || k == Percentile }

// Percent is a percentage as people write it, 90, "90" or "90 %"; a fraction below one, 0.9, means the same.
type Percent string

// UnmarshalJSON accepts a number or a text.
func (p *Percent) UnmarshalJSON(data []byte) error {
	var n json.Number
	if err := json.Unmarshal(data, &n); err == nil {
		*p = Percent(n.String())
		return nil
	}
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("%s is not a percentage: %w", data, err)
	}
	*p = Percent(s)
	return nil
}

// Of100 is the percentage as a number: 90 of 90, "90%" and 0.9.
func (p Percent) Of100() (money.Decimal, error) {
	text, signed := strings.CutSuffix(strings.TrimSpace(string(p)), "%")
	d, err := money.ParseDecimal(strings.TrimSpace(text))
	if err != nil || signed || d.Cmp(money.Decimal{Coef: 1}) >= 0 || d.Sign() <= 0 {
		return d, err
	}
	f, err := d.Frac().Mul(money.Whole(100))
	if err != nil {
		return d, err
	}
	return f.Round(d.Scale, money.HalfEven)
}

// compilePercent reads which percentile is meant.
func (m *Metric) compilePercent() []*problem.Error {
	p := m.Def.Measure.Percent
	if m.Def.Measure.Kind != Percentile {
		if p == "" {
			return nil
		}
		return []*problem.Error{problem.Bad("needless", "measure.percent", "只有百分位数才填百分比", "only a percentile has a percentage")}
	}
	if p == "" {
		return []*problem.Error{problem.Bad("required", "measure.percent", "请填百分位，例如 90", "say which percentile, such as 90")}
	}
	d, err := p.Of100()
	if err != nil || d.Sign() <= 0 || d.Cmp(money.Decimal{Coef: 100}) > 0 {
		return []*problem.Error{problem.Bad("out_of_range", "measure.percent", "百分位须大于 0 且不超过 100，例如 90", "a percentile is above 0 and at most 100, such as 90")}
	}
	m.percent = d.Frac()
	return nil
}

func unknownKind(k Kind) *problem.Error {
	names := make([]string, len(kinds))
	for i, each := range kinds {
		names[i] = string(each)
	}
	list := strings.Join(names, ", ")
	return problem.Bad("unknown_measure", "measure.kind", "不认识的计算方式 %q：可用 %s%s", "unknown measure %q: use %s%s", k, list,
		problem.Hint(string(k), names, i18n.Text{}))
}

func (k Kind) known() bool { return slices.Contains(kinds, k) }
