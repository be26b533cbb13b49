package engine

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/money"
	"laurel/internal/plan"
	"laurel/internal/rule"
)

// Change is what a retroactive version would change for one subject in one period.
type Change struct {
	Period        calendar.Period
	Closed        bool // the difference becomes an adjustment in an open period
	Ref           rule.Ref
	Before, After []Given // what stands on record, and what would be due; in the order of reward
}

// Given is how much of one reward there is: an amount of cash, or so many things.
type Given struct {
	Reward   rule.Reward // of cash only kind and currency
	Quantity int64       // 1 for cash
	Amount   money.Amount
}

// Changes lists what would change if a definition were published from a day on: for every period that has begun since, what stands on
// record for it (adjustments included) beside what would be due, person by person, by period and subject. What stays the same is left
// out. token names the list: it changes whenever the definition, the day or any difference does.
func (e *Engine) Changes(tx *db.Tx, planID int64, def plan.Def, from calendar.Day) (changes []Change, token string, err error) {
	sc, err := e.open(tx)
	if err != nil {
		return nil, "", err
	}
	rows := map[changeKey]*change{}
	if err := sc.onRecord(planID, from, rows); err != nil {
		return nil, "", err
	}
	until := sc.asOf + 1
	if def.EffectiveUntil != nil {
		until = min(until, *def.EffectiveUntil)
	}
	if from < until {
		tested, err := e.BacktestIn(tx, def, calendar.Window{From: from, To: until})
		if err != nil {
			return nil, "", err
		}
		for _, p := range tested.Periods {
			for i := range p.Dues {
				d := &p.Dues[i]
				row := rowOf(rows, p.Period, d.Ref)
				if err := row.after.add(award.AsStored(d.Reward), d.Quantity, d.Amount, 1); err != nil {
					return nil, "", err
				}
			}
		}
	}
	hash := sha256.New()
	def.EffectiveFrom = &from // a draft may carry another day
	if err := json.NewEncoder(hash).Encode([]any{planID, def, from}); err != nil {
		return nil, "", fmt.Errorf("name the changes: %w", err)
	}
	for _, row := range rows {
		c := Change{Period: row.period, Closed: sc.closed(row.period), Ref: row.ref}
		if c.Before, err = row.before.standings(); err != nil {
			return nil, "", err
		}
		if c.After, err = row.after.standings(); err != nil {
			return nil, "", err
		}
		if !slices.Equal(c.Before, c.After) {
			changes = append(changes, c)
		}
	}
	slices.SortFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Period.From, b.Period.From), cmp.Compare(a.Period.Label, b.Period.Label),
			cmp.Compare(a.Ref.Kind, b.Ref.Kind), cmp.Compare(a.Ref.ID, b.Ref.ID))
	})
	if err := json.NewEncoder(hash).Encode(changes); err != nil {
		return nil, "", fmt.Errorf("name the changes: %w", err)
	}
	return changes, hex.EncodeToString(hash.Sum(nil)), nil
}

type changeKey struct {
	label string
	ref   rule.Ref
}

type change struct {
	period        calendar.Period
	ref           rule.Ref
	before, after balance
}

func rowOf(rows map[changeKey]*change, p calendar.Period, ref rule.Ref) *change {
	key := changeKey{p.Label, ref}
	if rows[key] == nil {
		rows[key] = &change{period: p, ref: ref, before: newBalance(), after: newBalance()}
	}
	return rows[key]
}

// onRecord adds up what a plan has on record for the periods that begin on or after a day.
func (s *scene) onRecord(planID int64, from calendar.Day, rows map[changeKey]*change) error {
	periods, err := award.Periods(s.tx, planID)
	if err != nil {
		return err
	}
	origins, err := award.Origins(s.tx, planID)
	if err != nil {
		return err
	}
	for _, origin := range origins {
		rp := s.index.byID[planID]
		if rp != nil && !slices.ContainsFunc(periods, func(p calendar.Period) bool { return p.Label == origin.Label }) {
			periods = append(periods, rp.called(s.cal, origin)) // closed without a single award
		}
	}
	for _, p := range periods {
		if p.From < from {
			continue
		}
		own, err := award.OfPeriod(s.tx, planID, p.Label, nil)
		if err != nil {
			return err
		}
		adjustments, err := award.Adjustments(s.tx, planID, p.Label)
		if err != nil {
			return err
		}
		for _, a := range append(own, adjustments...) {
			if !a.Live() {
				continue
			}
			if err := rowOf(rows, p, a.Subject).before.add(a.Reward, a.Quantity, a.Amount, 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// standings writes a balance as rewards.
func (s *balance) standings() (out []Given, err error) {
	for _, currency := range sortedKeys(s.minor) {
		if minor := s.minor[currency]; minor != 0 {
			out = append(out, Given{Reward: rule.Reward{Kind: rule.Cash, Currency: currency}, Quantity: 1, Amount: money.Amount{Minor: minor, Currency: currency}})
		}
	}
	for _, key := range sortedKeys(s.items) {
		if s.items[key] == 0 {
			continue
		}
		one := Given{Quantity: s.items[key]}
		if err := json.Unmarshal([]byte(key), &one.Reward); err != nil {
			return nil, fmt.Errorf("read a reward: %w", err)
		}
		out = append(out, one)
	}
	return out, nil
}
