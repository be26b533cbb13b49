package target

import (
	"encoding/json"
	"fmt"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// Target is what somebody is to reach in a period.
type Target struct {
	ID       int64
	MetricID int64
	Subject  rule.Ref
	Label    string        // of the period: 2026, 2026-Q1, 2026-03
	Value    money.Decimal // in the metric's natural unit
	Spread   Spread
	Whole    bool // due in full although the owner was there for only a part of the period
}

// Spread says how a target is spread over the parts of its period: by weights of equal parts (two halves, four quarters, twelve
// months), or evenly by days when there are none.
type Spread []money.Decimal

// MaxWeights is the largest number of weights: the months of a year.
const MaxWeights = 12

// Limits of a target.
const (
	MaxTargets = 200_000
	MaxValue   = 10_000_000_000_000 // in natural units: ten trillion yuan
)

// UnmarshalJSON accepts "even" or a list of weights: [30, 20, 20, 30], ["30%", "20%", "20%", "30%"].
func (s *Spread) UnmarshalJSON(data []byte) error {
	*s = nil
	var word string
	if json.Unmarshal(data, &word) == nil {
		if word != "" && word != "even" {
			return fmt.Errorf(`%q: write "even" or a list of weights`, word)
		}
		return nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(data, &list); err != nil {
		return fmt.Errorf(`%s: write "even" or a list of weights`, data)
	}
	for _, raw := range list {
		text := strings.Trim(string(raw), `"`)
		d, err := money.ParseDecimal(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%")))
		if err != nil {
			return fmt.Errorf("weight %s: %w", raw, err)
		}
		*s = append(*s, d)
	}
	return nil
}

// MarshalJSON writes the list of weights, or "even".
func (s Spread) MarshalJSON() ([]byte, error) {
	if len(s) == 0 {
		return []byte(`"even"`), nil
	}
	return json.Marshal([]money.Decimal(s))
}

// IsZero leaves an even spread out of what is written.
func (s Spread) IsZero() bool { return len(s) == 0 }

// weights are the weights as whole numbers of one scale.
func (s Spread) weights() ([]int64, error) {
	var scale uint8
	for _, w := range s {
		scale = max(scale, w.Scale)
	}
	out := make([]int64, len(s))
	for i, w := range s {
		d, err := w.Rescale(scale, money.HalfEven)
		if err != nil {
			return nil, err
		}
		out[i] = d.Coef
	}
	return out, nil
}

// parts are the periods of one kind that make up another in so many equal parts; nil when none do.
func parts(cal calendar.Calendar, whole calendar.Window, n int) []calendar.Period {
	for _, kind := range []calendar.Kind{calendar.Half, calendar.Quarter, calendar.Month} {
		if list := tiling(cal, kind, whole); len(list) == n {
			return list
		}
	}
	return nil
}

// tiling lists the periods of a kind that fill a window without a rest; nil when they do not.
func tiling(cal calendar.Calendar, kind calendar.Kind, w calendar.Window) []calendar.Period {
	list := cal.Between(kind, w)
	if len(list) == 0 || list[0].From != w.From || list[len(list)-1].To != w.To {
		return nil
	}
	return list
}

// check says what is wrong with a target.
func (t *Target) check(cal calendar.Calendar) error {
	p, ok := cal.Labelled(t.Label)
	if !ok {
		return problem.Bad("unknown_period", "period", "没有周期 %q；请写成 2026、2026-H1、2026-Q1、2026-03 或 2026-W05",
			"there is no period %q: write 2026, 2026-H1, 2026-Q1, 2026-03 or 2026-W05", t.Label)
	}
	limit := money.Decimal{Coef: MaxValue}
	if t.Value.Sign() < 0 || t.Value.Cmp(limit) > 0 {
		return problem.Bad("out_of_range", "value", "目标值须在 0 到十万亿之间", "a target is at least 0 and at most ten trillion")
	}
	if len(t.Spread) == 0 {
		return nil
	}
	if len(t.Spread) > MaxWeights || parts(cal, p.Window, len(t.Spread)) == nil {
		return problem.Bad("bad_spread", "spread", "周期 %s 不能分成 %d 份；全年可分 2、4 或 12 份，半年 2 或 6 份，季度 3 份",
			"%s has no %d equal parts: a year has 2, 4 or 12, a half 2 or 6, a quarter 3", t.Label, len(t.Spread))
	}
	weights, err := t.Spread.weights()
	if err == nil {
		_, err = money.Allocate(0, weights)
	}
	if err != nil {
		return problem.Bad("bad_spread", "spread", "权重不能为负，且至少有一个大于零", "weights are not negative, and at least one is above zero")
	}
	return nil
}
