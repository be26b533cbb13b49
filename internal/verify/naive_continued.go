package verify

import (
	"encoding/json"
	"reflect"

	"laurel/internal/plan"
	"laurel/internal/rule"
)

// inherit tells a version's judge of the periods of earlier versions that it goes on from: where the version in force on the day before
// it judges by the same rule, what that one carried, counted and was owed is carried on.
func (r *run) inherit(j *judge, versions []plan.Version, i int) error {
	if j.fault != nil {
		return nil
	}
	var chain []int
	for at := i; ; {
		before := -1
		for m := range versions {
			if m != at && rules(versions, m, versions[at].From-1) {
				before = m
			}
		}
		if before < 0 || !alike(versions[before].Def, versions[i].Def) {
			break
		}
		chain = append([]int{before}, chain...)
		at = before
	}
	for _, m := range chain {
		periods, err := r.judgedBy(versions, m)
		if err != nil {
			return err
		}
		for _, at := range periods {
			if whole := at.whole(); at.to == whole.to { // else the rest is the next version's, and so is all of it
				j.remember(whole, r.tally(j.metric, j.kind, whole))
			}
		}
	}
	return nil
}

// remember notes a period that the judge has gone through.
func (j *judge) remember(at period, t tally) {
	j.start = min(j.start, at.from)
	if j.carries {
		year, _ := j.run.clock.fiscal(at.from)
		j.past = append(j.past, pastPeriod{year, t, at})
	}
}

// alike reports whether two versions judge by the same rule, whatever they are called, give, show and may spend.
func alike(a, b plan.Def) bool {
	plain := func(d plan.Def) (out map[string]any) {
		kind, currency := d.Reward.Kind, d.Reward.Currency
		text, err := json.Marshal(d)
		if err != nil || json.Unmarshal(text, &out) != nil {
			return nil
		}
		for _, key := range []string{"name", "description", "visibility", "judged", "split", "budget", "effective_from", "begins", "effective_until"} {
			delete(out, key)
		}
		out["reward"] = rule.Reward{Kind: kind, Currency: currency}
		return out
	}
	x, y := plain(a), plain(b)
	return x != nil && reflect.DeepEqual(x, y)
}
