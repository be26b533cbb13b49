package verify

import (
	"fmt"
	"math/big"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/rule"
)

// look is somebody's value of a metric in any period, read from the records afresh; the empty key is the plan's own metric.
func (j *judge) look(key string, ref rule.Ref, at period) (subject, error) {
	if key == "" && isRolled(j.def) {
		return j.rolled(ref, at)
	}
	m := j.metric
	if key == "" {
		if err := j.known(at); err != nil {
			return subject{}, err
		}
	} else {
		if m = j.run.byKey[key]; m == nil {
			return subject{}, fmt.Errorf("there is no metric %q", key)
		}
	}
	if m.broken != nil {
		return subject{}, m.broken
	}
	return j.run.tallied(m, ref.Kind, at).subject(ref), nil
}

// tallyKey names what tallied remembers.
type tallyKey struct {
	metric   int64
	less     int
	period   calendar.Kind
	kind     rule.SubjectKind
	from, to calendar.Day
}

// maxTallies bounds what is remembered: rules that look back ask for the same few periods again and again.
const maxTallies = 200

// tallied is tally, remembered.
func (r *run) tallied(m *measured, kind rule.SubjectKind, at period) tally {
	key := tallyKey{m.id, m.less, at.kind, kind, at.from, at.to}
	if t, known := r.tallies[key]; known {
		return t
	}
	if r.tallies == nil || len(r.tallies) >= maxTallies {
		r.tallies = map[tallyKey]tally{}
	}
	t := r.tally(m, kind, at)
	r.tallies[key] = t
	return t
}

// before is the period before one.
func (c clock) before(p period) period {
	if p.kind == calendar.Week {
		return c.name(p.kind, p.from-7)
	}
	y, m, d := civil(p.from)
	months := map[calendar.Kind]int{calendar.Month: 1, calendar.Quarter: 3, calendar.Half: 6, calendar.Year: 12}[p.kind]
	return c.name(p.kind, dayNumber(time.Date(y, m-time.Month(months), d, 0, 0, 0, 0, time.UTC).Date()))
}

// yearBefore is the same period of the year before; ok is false for a week 53 that the year before does not have.
func (c clock) yearBefore(p period) (earlier period, ok bool) {
	if p.kind != calendar.Week {
		y, m, d := civil(p.from)
		return c.name(p.kind, dayNumber(time.Date(y-1, m, d, 0, 0, 0, 0, time.UTC).Date())), true
	}
	var year, week int
	if _, err := fmt.Sscanf(p.label, "%d-W%d", &year, &week); err != nil {
		return p, false
	}
	for q := c.before(p); q.from > p.from-55*7; q = c.before(q) {
		if q.label == fmt.Sprintf("%04d-W%02d", year-1, week) {
			return q, true
		}
	}
	return p, false
}

// around is the longer period of a kind in which a period begins.
func (c clock) around(kind calendar.Kind, p period) period {
	p = p.whole()
	q, err := c.firstPeriod(kind, p.from)
	if err != nil || q.from == p.from {
		return q
	}
	return c.before(q)
}

// admitted leaves out those whom a gate of the plan shuts out.
func (j *judge) admitted(subjects []subject, at period) ([]subject, error) {
	var out []subject
	for _, s := range subjects {
		in := true
		for _, g := range j.def.Gates {
			open, err := j.open(g, s.ref, at)
			if err != nil {
				return nil, err
			}
			in = in && open
		}
		if in {
			out = append(out, s)
		}
	}
	return out, nil
}

func (j *judge) open(g rule.Gate, ref rule.Ref, at period) (bool, error) {
	switch g.Window {
	case "", "period":
		at.from = at.whole().from
	case "previous":
		at = j.run.clock.before(at)
	default:
		longer := j.run.clock.around(calendar.Kind(g.Window), at)
		longer.to = at.to
		at = longer
	}
	s, err := j.look(g.Metric, ref, at)
	if err != nil || s.value == nil {
		return false, err
	}
	return stands(s.value, string(g.Compare), ratOf(g.Value.Decimal)), nil
}

// stands compares a value with a line.
func stands(v *big.Rat, compare string, line *big.Rat) bool {
	d := v.Cmp(line)
	return compare == "" && d >= 0 || compare == "at_least" && d >= 0 || compare == "above" && d > 0 || compare == "at_most" && d <= 0 || compare == "below" && d < 0
}

// gatesFall reports whether an open gate may shut without a correction.
func (j *judge) gatesFall() bool {
	for _, g := range j.def.Gates {
		m := j.run.byKey[g.Metric]
		if m == nil || g.Compare == "at_most" || g.Compare == "below" {
			return true
		}
		if !m.additive() || m.falls() {
			return true
		}
	}
	return false
}
