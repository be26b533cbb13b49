package plan

import (
	"slices"

	"laurel/internal/calendar"
)

// openness orders what others see, most open first. What is not listed counts as private.
var openness = []Visibility{Full, AmountHidden, Private}

func (v Visibility) closed() int {
	if i := slices.Index(openness, v); i >= 0 {
		return i
	}
	return len(openness) - 1
}

// SeenIn is what others see of what the definition gives in a window: what it says itself, and no more than what the plans
// say whose results it judges, at any depth, since the value of the one is the amount of the other. The plan is the one
// that closes it, nil where the definition's own word holds.
func (d *Def) SeenIn(plans []*Plan, w calendar.Window) (Visibility, *Plan) {
	return d.seenIn(keyed(plans), w, maxDepth)
}

func (d *Def) seenIn(byKey map[string]*Plan, w calendar.Window, depth int) (Visibility, *Plan) {
	seen := d.Seen()
	base := byKey[d.Earned]
	if d.Earned == "" || base == nil || depth == 0 {
		return seen, nil
	}
	var by *Plan
	for _, version := range base.judging(w) {
		below, deeper := version.Def.seenIn(byKey, w, depth-1)
		if below.closed() > seen.closed() {
			seen, by = below, base
			if deeper != nil {
				by = deeper
			}
		}
	}
	return seen, by
}

// judging lists the versions that judge periods beginning in a window; of a plan that has none there, the one to show.
func (p *Plan) judging(w calendar.Window) []*Version {
	var out []*Version
	for i := range p.Versions {
		v := &p.Versions[i]
		if v.Status == Published && !p.Reign(v.No).Overlap(w).Empty() {
			out = append(out, v)
		}
	}
	if len(out) == 0 && len(p.Versions) > 0 {
		out = append(out, p.Current(w.From))
	}
	return out
}
