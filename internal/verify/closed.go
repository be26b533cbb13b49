package verify

import (
	"fmt"
	"math/big"
	"slices"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// standing is what a subject has for one closed period, all told: by currency in minor units, and by thing in numbers.
type standing map[string]*big.Int

func (s standing) add(what string, n int64) {
	if s[what] == nil {
		s[what] = new(big.Int)
	}
	s[what].Add(s[what], big.NewInt(n))
}

// thing names what a reward is counted under: its currency, or everything that it says.
func thing(r rule.Reward, currency string) string {
	if r.Kind == rule.Cash {
		return currency
	}
	return fmt.Sprintf("%s %q %q %s cost %s level %d", r.Kind, r.Name.ZH, r.Name.EN, ratOf(r.Amount).RatString(), ratOf(r.Cost).RatString(), r.Level)
}

// compareClosed holds what is due for a closed period against what its awards and all adjustments for it come to. The
// awards themselves stand as they were when the period was closed, which nobody can recompute afterwards.
func (r *run) compareClosed(p *plan.Plan, label string, to calendar.Day, due []owed, stored *storedAwards) {
	want, is := map[rule.Ref]standing{}, map[rule.Ref]standing{}
	add := func(to map[rule.Ref]standing, ref rule.Ref, what string, n int64) {
		if to[ref] == nil {
			to[ref] = standing{}
		}
		to[ref].add(what, n)
	}
	count := func(reward rule.Reward, quantity, minor int64) int64 {
		if reward.Kind == rule.Cash {
			return minor
		}
		return quantity
	}
	for _, o := range due {
		r.report.Awards++
		add(want, o.ref, thing(o.reward, o.currency), count(o.reward, 1, o.minor))
	}
	for _, a := range stored.periods[label] {
		add(is, a.ref, thing(a.reward, a.currency), count(a.reward, a.quantity, a.minor))
	}
	for _, a := range stored.adjustments[label] {
		r.report.Adjustments++
		add(is, a.Subject, thing(a.Reward, a.Amount.Currency), count(a.Reward, a.Quantity, a.Amount.Minor))
		if a.OriginTo != to {
			r.adjustmentDiffers(p.Key, a, "of a period until "+(to-1).String(), "of a period until "+(a.OriginTo-1).String())
		}
		if r.clock.closed(a.Period.To) {
			continue
		}
		if a.Period.From > r.clock.closedUntil || a.Period.To <= r.clock.closedUntil {
			r.adjustmentDiffers(p.Key, a, "in the earliest open period", "in "+a.Period.Label)
		}
	}
	stored.skip(label)
	r.compareStandings(p.Key, label, want, is)
}

func (r *run) adjustmentDiffers(planKey string, a *award.Award, expected, found string) {
	r.report.differ(Difference{Kind: AwardDiffers, Plan: planKey, Period: a.Origin, Subject: r.roster.describe(a.Subject), Slot: a.Slot, Expected: expected, Found: found})
}

func (r *run) compareStandings(planKey, label string, want, is map[rule.Ref]standing) {
	var refs []rule.Ref
	for ref := range want {
		refs = append(refs, ref)
	}
	for ref := range is {
		if want[ref] == nil {
			refs = append(refs, ref)
		}
	}
	slices.SortFunc(refs, func(a, b rule.Ref) int { return int(a.ID - b.ID) })
	zero := new(big.Int)
	for _, ref := range refs {
		things := map[string]bool{}
		for _, s := range []standing{want[ref], is[ref]} {
			for what := range s {
				things[what] = true
			}
		}
		for _, what := range sortedKeys(things) {
			w, i := want[ref][what], is[ref][what]
			if w == nil {
				w = zero
			}
			if i == nil {
				i = zero
			}
			if w.Cmp(i) != 0 {
				r.report.differ(Difference{Kind: AwardDiffers, Plan: planKey, Period: label, Subject: r.roster.describe(ref), Slot: "closed: " + what,
					Expected: w.String(), Found: i.String()})
			}
		}
	}
}
