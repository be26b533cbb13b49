package verify

import (
	"fmt"

	"laurel/internal/rule"
)

// paidFor is a record as it counts for one person, behind an award.
type paidFor struct{ record, person int64 }

// shutIn is a period of another plan that could not be judged, so that nobody knows what it rewards.
type shutIn struct {
	period
	always bool // whatever days it shares
	why    error
}

// exclude takes the records that other plans reward out of what a plan counts.
func (j *judge) exclude() error {
	if len(j.def.Excludes) == 0 {
		return nil
	}
	if j.metric.derived() {
		return fmt.Errorf("metric %s is computed from others", j.metric.def.Key)
	}
	gone := map[paidFor]bool{}
	for _, key := range j.def.Excludes {
		given, err := j.run.given(key)
		if err != nil {
			j.shut = append(j.shut, shutIn{always: true, why: err})
			continue
		}
		for _, g := range given {
			if isRolled(g.by.def) {
				continue
			}
			if g.fault != nil {
				always := g.by.metric == nil || g.by.metric.def.Object != j.metric.def.Object || g.by.metric.def.Date != j.metric.def.Date || j.metric.def.Date == ""
				j.shut = append(j.shut, shutIn{g.period, always, g.fault})
				continue
			}
			g.by.paysFor(g.period, g.due, gone)
		}
	}
	left := *j.metric
	left.persons = map[int64][]int32{}
	for person, places := range j.metric.persons {
		for _, i := range places {
			if !gone[paidFor{j.metric.counted.at(int(i)).record, person}] {
				left.persons[person] = append(left.persons[person], i)
			}
		}
	}
	j.run.excluding++
	left.less = j.run.excluding
	j.metric = &left
	return nil
}

// known reports why it is not known what a plan counts in a period, where it excludes one that cannot be judged.
func (j *judge) known(at period) error {
	for _, s := range j.shut {
		if s.always || s.from < at.to && at.from < s.to {
			return s.why
		}
	}
	return nil
}

// paysFor adds the records behind what is due in a period, for everybody for whom they count.
func (j *judge) paysFor(at period, due []owed, gone map[paidFor]bool) {
	if j.def.Shape == "nominate" {
		return
	}
	for _, o := range due {
		earner := o.ref
		if o.from != (rule.Ref{}) {
			earner = o.from
		}
		all := j.run.tallied(j.metric, earner.Kind, at)
		var paid map[int64]bool // nil for all of them
		if o.counted {
			paid = map[int64]bool{}
			for _, p := range all.subject(earner).points[:o.upTo] {
				paid[p.record] = true
			}
		}
		for _, t := range all.leaves() {
			w := t.works[earner]
			if w == nil {
				continue
			}
			behind := map[int64]bool{}
			for _, p := range t.metric.own(w) {
				behind[p.record] = paid == nil || paid[p.record]
			}
			for person, places := range t.metric.persons {
				for _, i := range places {
					p := t.metric.counted.at(int(i))
					if !behind[p.record] || p.day < t.at.from || p.day >= t.at.to {
						continue
					}
					for _, ref := range j.run.roster.credited(earner.Kind, person, p.day) {
						if ref == earner {
							gone[paidFor{p.record, person}] = true
						}
					}
				}
			}
		}
	}
}

// leaves are the tallies of the metrics with records of their own from which one is computed, each of the period in which it is read.
func (t tally) leaves() (out []tally) {
	if !t.metric.derived() {
		return []tally{t}
	}
	for _, part := range []*measured{t.metric.of, t.metric.to} {
		if part != nil {
			out = append(out, t.run.tallied(part, t.kind, t.at).leaves()...)
		}
	}
	for _, term := range t.metric.terms {
		at, ok := t.at, true
		if term.before {
			at, ok = t.run.clock.earlier(t.at, term.year)
		}
		if ok {
			out = append(out, t.run.tallied(term.of, t.kind, at).leaves()...)
		}
	}
	return out
}
