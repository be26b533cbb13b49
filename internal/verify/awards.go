package verify

import (
	"fmt"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// place names an award within one period of a plan.
type place struct {
	ref  rule.Ref
	slot string
}

// stood is an award as it stands, recomputed or on record.
type stood struct {
	place
	version  int64
	kind     calendar.Kind
	from, to calendar.Day
	state    award.State
	reward   rule.Reward
	quantity int64
	minor    int64
	currency string
	moment   int64
}

// storedAwards are a plan's awards on record that stand, by period. What has been compared is taken out.
type storedAwards struct {
	labels      []string
	periods     map[string][]stood
	adjustments map[string][]*award.Award // by the period that they correct
}

func (r *run) storedAwards(planID int64) (*storedAwards, error) {
	out := &storedAwards{periods: map[string][]stood{}, adjustments: map[string][]*award.Award{}}
	origins, err := award.Origins(r.tx, planID)
	if err != nil {
		return nil, err
	}
	for _, origin := range origins {
		all, err := award.Adjustments(r.tx, planID, origin.Label)
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			if a.Live() {
				out.adjustments[origin.Label] = append(out.adjustments[origin.Label], a)
			}
		}
	}
	periods, err := award.Periods(r.tx, planID)
	if err != nil {
		return nil, err
	}
	for _, p := range periods {
		if _, known := out.periods[p.Label]; known {
			continue // its awards were written with two windows; each is compared with the one it should have
		}
		out.labels = append(out.labels, p.Label)
		out.periods[p.Label] = nil
		all, err := award.OfPeriod(r.tx, planID, p.Label, nil)
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			if a.State == award.Reversed {
				continue
			}
			out.periods[p.Label] = append(out.periods[p.Label], stood{
				place: place{a.Subject, a.Slot}, version: a.VersionNo, kind: a.Period.Kind, from: a.Period.From, to: a.Period.To, state: a.State,
				reward: a.Reward, quantity: a.Quantity, minor: a.Amount.Minor, currency: a.Amount.Currency, moment: a.Moment,
			})
		}
	}
	return out, nil
}

// skip leaves a period out of the comparison.
func (s *storedAwards) skip(label string) {
	delete(s.periods, label)
	delete(s.adjustments, label)
}

// rest hands over the awards of periods that nothing was compared with.
func (s *storedAwards) rest(fn func(label string, a stood)) {
	for _, label := range s.labels {
		for _, a := range s.periods[label] {
			fn(label, a)
		}
	}
}

// compareRest goes through the periods that no version judges: nothing is due there, so nothing may stand for them.
func (r *run) compareRest(p *plan.Plan, stored *storedAwards) {
	open := &storedAwards{periods: map[string][]stood{}}
	for _, label := range stored.labels {
		list, left := stored.periods[label]
		if !left {
			continue
		}
		if len(list) > 0 && r.clock.closed(list[0].to) {
			r.compareClosed(p, label, list[0].to, nil, stored)
			continue
		}
		open.labels, open.periods[label] = append(open.labels, label), list
	}
	open.rest(func(label string, a stood) { r.awardDiffers(p.Key, label, nil, &a) })
	for _, label := range sortedKeys(stored.adjustments) {
		if end := stored.adjustments[label][0].OriginTo; r.clock.closed(end) {
			r.compareClosed(p, label, end, nil, stored)
		} else {
			r.unclosed(p, stored, label)
		}
	}
}

// unclosed reports adjustments of a period that is open, or unknown: its own awards can still follow the records.
func (r *run) unclosed(p *plan.Plan, stored *storedAwards, label string) {
	for _, a := range stored.adjustments[label] {
		r.adjustmentDiffers(p.Key, a, nothing, fmt.Sprintf("an adjustment of %d in %s of a period that is not closed", a.Amount.Minor, a.Period.Label))
	}
}

// comparePeriod holds what is due in a period against what stands on record.
func (r *run) comparePeriod(p *plan.Plan, v *plan.Version, at period, provisional bool, due []owed, stored *storedAwards) {
	found := map[place]stood{}
	for _, a := range stored.periods[at.label] {
		found[a.place] = a
	}
	for _, o := range due {
		r.report.Awards++
		want := stood{
			place: place{o.ref, o.slot}, version: v.No, kind: at.kind, from: at.from, to: at.to, state: award.Granted,
			reward: o.reward, quantity: 1, minor: o.minor, currency: o.currency, moment: o.moment,
		}
		if provisional {
			want.state = award.Provisional
		}
		if want.moment == 0 {
			want.moment = r.clock.startOf(at.to) - 1
		}
		is, ok := found[want.place]
		delete(found, want.place)
		switch {
		case !ok:
			r.awardDiffers(p.Key, at.label, &want, nil)
		case !want.equals(is):
			r.awardDiffers(p.Key, at.label, &want, &is)
		}
	}
	for _, a := range stored.periods[at.label] { // in a fixed order
		if _, over := found[a.place]; over {
			r.awardDiffers(p.Key, at.label, nil, &a)
		}
	}
	r.unclosed(p, stored, at.label)
	stored.skip(at.label)
}

// equals compares everything, rewards by what they say: 500 and 500.00 are the same amount.
func (s stood) equals(o stood) bool {
	same := s.reward.Amount.Cmp(o.reward.Amount) == 0 && s.reward.Cost.Cmp(o.reward.Cost) == 0
	s.reward.Amount, s.reward.Cost = o.reward.Amount, o.reward.Cost
	return same && s == o
}

func (r *run) awardDiffers(planKey, label string, want, is *stood) {
	d := Difference{Kind: AwardDiffers, Plan: planKey, Period: label, Expected: nothing, Found: nothing}
	if is != nil {
		d.Subject, d.Slot, d.Found = r.roster.describe(is.ref), is.slot, r.say(is)
	}
	if want != nil {
		d.Subject, d.Slot, d.Expected = r.roster.describe(want.ref), want.slot, r.say(want)
	}
	r.report.differ(d)
}

// say writes an award with everything that is compared, in one line.
func (r *run) say(a *stood) string {
	text := fmt.Sprintf("%s %d × %s", a.state, a.quantity, a.reward.Kind)
	if name := a.reward.Name.In("en"); name != "" {
		text += fmt.Sprintf(" %q", name)
	}
	if a.reward.Amount.Sign() != 0 {
		text += " " + a.reward.Amount.String()
	}
	if a.currency != "" {
		text += fmt.Sprintf(" = %d minor units of %s", a.minor, a.currency)
	}
	if a.reward.Level != 0 {
		text += fmt.Sprintf(" level %d", a.reward.Level)
	}
	return text + fmt.Sprintf(", earned at %d, by version %d, for the %s %s to %s", a.moment, a.version, a.kind, a.from, a.to-1)
}
