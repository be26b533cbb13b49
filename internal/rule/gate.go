package rule

import (
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/problem"
)

// Gate is another metric's condition without which nothing is due. A gate whose metric has no value is shut.
type Gate struct {
	Metric  string     `json:"metric" yaml:"metric" doc:"Key of the metric that is asked"`
	Compare Compare    `json:"compare,omitempty" yaml:"compare,omitempty" enum:"at_least,above,at_most,below" doc:"How its value must stand to the line: at_least by default"`
	Value   Line       `json:"value" yaml:"value" doc:"The line, in the metric's natural unit; 0.95 or 95%"`
	Window  GateWindow `json:"window,omitempty" yaml:"window,omitempty" enum:"period,previous,quarter,half,year" doc:"The window that is looked at: the judged period by default"`
}

// Compare is how a value must stand to a line.
type Compare string

// The comparisons; the empty one is AtLeast.
const (
	AtLeast Compare = "at_least"
	Above   Compare = "above"
	AtMost  Compare = "at_most"
	Below   Compare = "below"
)

// Met reports whether a value stands to a line as asked.
func (c Compare) Met(v money.Frac, line money.Decimal) bool {
	d := v.CmpDecimal(line)
	switch c {
	case Above:
		return d > 0
	case AtMost:
		return d <= 0
	case Below:
		return d < 0
	}
	return d >= 0
}

// GateWindow is the window of days that a gate looks at.
type GateWindow string

// The windows of gates; the empty one is the judged period. Longer periods are those in which the judged one begins.
const (
	GatePeriod   GateWindow = "period"
	GatePrevious GateWindow = "previous"
	GateQuarter  GateWindow = "quarter"
	GateHalf     GateWindow = "half"
	GateYear     GateWindow = "year"
)

// MaxGates is how many gates a plan has at most.
const MaxGates = 10

// Back is how far a gate reads back.
func (g Gate) Back() Back {
	switch g.Window {
	case "", GatePeriod:
		return Back{}
	case GatePrevious:
		return Back{Periods: 1}
	}
	return Back{All: true}
}

// period is what the gate looks at when a period is judged. A longer period, and the whole one of a part, is looked at up to the judged
// one's end, so that what was judged stays as it was.
func (g Gate) period(w World, p calendar.Period) (calendar.Period, bool) {
	switch g.Window {
	case "", GatePeriod:
		if d, ok := w.(divider); ok {
			whole, _ := d.Whole(p)
			p = soFar(whole, p.To)
		}
		return p, true
	case GatePrevious:
		return w.Back(p, 1)
	}
	around := w.Around(calendar.Kind(g.Window), p)
	around.To = p.To
	return around, true
}

// Open reports whether a subject passes a gate in a period, with the value that decided it; has is false for no value.
func (g Gate) Open(w World, ref Ref, p calendar.Period) (open bool, v money.Frac, has bool, err error) {
	at, ok := g.period(w, p)
	if !ok {
		return false, v, false, nil
	}
	s, err := w.Subject(g.Metric, ref, at)
	if err != nil || !s.Has {
		return false, v, false, err
	}
	return g.Compare.Met(s.Value, g.Value.Decimal), s.Value, true, nil
}

// CheckGates says what is wrong with a plan's gates. metric is the plan's own.
func CheckGates(gates []Gate, known func(key string) bool) (bad []*problem.Error) {
	if len(gates) > MaxGates {
		bad = append(bad, problem.Bad("too_many_gates", "gates", "一个方案最多 %d 个前提条件。", "A plan has at most %d gates.", MaxGates))
	}
	seen := map[Gate]int{}
	for i, g := range gates {
		at := fmt.Sprintf("gates[%d]", i)
		if !known(g.Metric) {
			bad = append(bad, problem.Bad("unknown_metric", at+".metric", "没有标识为 %q 的指标。", "There is no metric %q.", g.Metric))
		}
		switch g.Compare {
		case "", AtLeast, Above, AtMost, Below:
		default:
			bad = append(bad, problem.Bad("unknown_choice", at+".compare", "比较方式只能是 at_least、above、at_most 或 below。", "A comparison is at_least, above, at_most or below."))
		}
		switch g.Window {
		case "", GatePeriod, GatePrevious, GateQuarter, GateHalf, GateYear:
		default:
			bad = append(bad, problem.Bad("unknown_choice", at+".window", "时间范围只能是 period、previous、quarter、half 或 year。", "A window is period, previous, quarter, half or year."))
		}
		if first, again := seen[g]; again {
			bad = append(bad, problem.Bad("gate_repeated", at, "与第 %d 个前提条件相同。", "This is the same as gate %d.", first+1))
		}
		seen[g] = i
	}
	return bad
}

// Admitted leaves out the subjects whom a gate shuts out. They do not compete either.
func (c Context) Admitted(gates []Gate, p calendar.Period, subjects []Subject) ([]Subject, error) {
	if len(gates) == 0 {
		return subjects, nil
	}
	out := make([]Subject, 0, len(subjects))
next:
	for _, s := range subjects {
		for _, g := range gates {
			open, _, _, err := g.Open(c.World, s.Ref, p)
			if err != nil {
				return nil, err
			}
			if !open {
				continue next
			}
		}
		out = append(out, s)
	}
	return out, nil
}
