package people

import (
	"slices"

	"laurel/internal/calendar"
)

// mergeWindows is the union of windows as the fewest disjoint ones, in order. Windows that touch become one;
// empty ones vanish. The input is left alone.
func mergeWindows(windows []calendar.Window) []calendar.Window {
	sorted := slices.Clone(windows)
	slices.SortFunc(sorted, func(a, b calendar.Window) int { return int(a.From) - int(b.From) })
	var out []calendar.Window
	for _, w := range sorted {
		switch last := len(out) - 1; {
		case w.Empty():
		case last >= 0 && w.From <= out[last].To:
			out[last].To = max(out[last].To, w.To)
		default:
			out = append(out, w)
		}
	}
	return out
}

// subtractWindows is what of a lies outside b. Both must come from mergeWindows; so does the result.
func subtractWindows(a, b []calendar.Window) []calendar.Window {
	var out []calendar.Window
	for _, w := range a {
		for _, hole := range b {
			if hole.To <= w.From {
				continue
			}
			if hole.From >= w.To {
				break
			}
			if hole.From > w.From {
				out = append(out, calendar.Window{From: w.From, To: hole.From})
			}
			w.From = hole.To
		}
		if !w.Empty() {
			out = append(out, w)
		}
	}
	return out
}
