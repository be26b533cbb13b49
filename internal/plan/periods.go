package plan

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"laurel/internal/calendar"
	"laurel/internal/problem"
)

// Limits of a list of periods.
const (
	MaxPeriods     = 500
	maxPeriodLabel = 40 // characters
)

func checkPeriods(def Def) (bad []*problem.Error) {
	add := func(code, field, zh, en string, args ...any) {
		bad = append(bad, problem.Bad(code, field, zh, en, args...))
	}
	switch {
	case def.Period != calendar.Custom && !def.Period.Valid():
		add("unknown_period", "period", "周期只能是 week、month、quarter、half、year 或 custom", "a period is week, month, quarter, half, year or custom")
	case def.Period != calendar.Custom && len(def.Periods) > 0:
		add("periods_unused", "periods", "只有周期为 custom 时才填写 periods", "only a plan whose period is custom lists its periods")
	case def.Period == calendar.Custom && len(def.Periods) == 0:
		add("required", "periods", "请列出各个周期：label、from（第一天）、last（最后一天）", "list the periods: label, from (first day), last (last day)")
	case len(def.Periods) > MaxPeriods:
		add("too_many", "periods", "最多 %d 个周期", "at most %d periods", MaxPeriods)
		return bad
	}
	order := make([]int, len(def.Periods))
	labels := map[string]bool{}
	for i, p := range def.Periods {
		order[i] = i
		at := fmt.Sprintf("periods[%d]", i)
		if strings.TrimSpace(p.Label) == "" || utf8.RuneCountInString(p.Label) > maxPeriodLabel {
			add("required", at+".label", "请给周期起个名字，最多 %d 个字", "give the period a name of at most %d characters", maxPeriodLabel)
		}
		if labels[p.Label] {
			add("duplicate", at+".label", "周期 %q 写了两次", "the period %q is written twice", p.Label)
		}
		labels[p.Label] = true
		if p.Last < p.From {
			add("empty_window", at+".last", "最后一天不能早于第一天", "the last day cannot be before the first")
		}
	}
	slices.SortFunc(order, func(a, b int) int { return int(def.Periods[a].From - def.Periods[b].From) })
	for n := 1; n < len(order); n++ {
		if before := def.Periods[order[n-1]]; def.Periods[order[n]].From <= before.Last {
			add("periods_overlap", fmt.Sprintf("periods[%d].from", order[n]), "与周期 %q 重叠", "it overlaps with the period %q", before.Label)
		}
	}
	return bad
}
