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

// checkReused refuses a period that goes by the name of another one, with other days, which an earlier version has judged or still
// will: awards are kept by that name, so the later period would take the earlier one's awards for its own.
func checkReused(def Def, from, today calendar.Day, plans []*Plan, cal calendar.Calendar) (bad []*problem.Error) {
	p := keyed(plans)[def.Key]
	if p == nil {
		return nil
	}
	taken := map[string]calendar.Period{}
	for _, v := range p.Published() {
		if v.Def.Period != calendar.Custom && def.Period != calendar.Custom {
			continue // the calendar's own names mean the same days for ever
		}
		for _, before := range v.Def.Series(cal).Between(calendar.Window{From: v.From, To: min(max(from, today+1), v.Until)}) {
			taken[before.Label] = before
		}
	}
	if def.Period != calendar.Custom {
		for label, before := range taken {
			if named, ok := cal.Labelled(label); ok && named.Kind == def.Period && named.Window != before.Window {
				bad = append(bad, reused("period", before))
			}
		}
		return bad
	}
	for i, listed := range def.Periods {
		before, known := taken[listed.Label]
		if known && listed.From >= from && (before.From != listed.From || before.To != listed.Last+1) {
			bad = append(bad, reused(fmt.Sprintf("periods[%d].label", i), before))
		}
	}
	return bad
}

func reused(field string, before calendar.Period) *problem.Error {
	return problem.Bad("period_reused", field, "以前的版本里 %q 是 %s 至 %s，已评判过的奖励都记在这个名称下；请换一个名称，例如加上年份",
		"in an earlier version %q is %s to %s, and what was judged is on record under that name: choose another name, such as one with the year", before.Label, before.From, before.To-1)
}
