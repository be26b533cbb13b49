package verify

import (
	"fmt"

	"laurel/internal/metric"
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
		for _, part := range j.metric.parts() {
			w := j.run.tallied(part, earner.Kind, at).parts[0][earner]
			if w == nil {
				continue
			}
			points := w.points
			if part.def.Measure.Kind == metric.Distinct {
				points = different(points)
			}
			if o.counted {
				points = points[:o.upTo]
			}
			behind := map[int64]bool{}
			for _, p := range points {
				behind[p.record] = true
			}
			for person, places := range part.persons {
				for _, i := range places {
					p := part.counted.at(int(i))
					if !behind[p.record] || p.day < at.from || p.day >= at.to {
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
