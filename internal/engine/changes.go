package engine

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// Changes is what an act would change on record, person by person, by plan, period and subject. What stays the same is left out.
type Changes struct {
	List  []Change
	Token string // names the list: another act has another one, and so has the same act once any difference is another
}

// Change is what an act would change for one subject in one period of a plan.
type Change struct {
	PlanID        int64
	Period        calendar.Period
	Closed        bool // the difference becomes an adjustment in an open period
	Ref           rule.Ref
	Before, After []Given // what stands on record, adjustments included, and what would; in the order of reward
}

// Given is how much of one reward there is: an amount of cash, or so many things.
type Given struct {
	Reward   rule.Reward // of cash only kind and currency
	Quantity int64       // 1 for cash
	Amount   money.Amount
}

// Subjects is how many different persons and units something changes for.
func (c *Changes) Subjects() int {
	seen := map[rule.Ref]bool{}
	for i := range c.List {
		seen[c.List[i].Ref] = true
	}
	return len(seen)
}

// Changes tells what an act would change on record: it does the act, follows the log to its end as the engine will, holds what
// stands then against what stood before, and undoes everything. So it tells what will happen, whatever the act is and whichever
// plans build on each other. what says which act it is, for the token. It needs a transaction that writes, and is as much work as
// the act itself makes for the engine.
func (e *Engine) Changes(tx *db.Tx, what any, act func() error) (Changes, error) {
	var out Changes
	err := undone(tx, func() error {
		sc, err := e.follow(tx)
		if err != nil {
			return err
		}
		last, err := award.LastEvent(tx)
		if err != nil {
			return err
		}
		rows := changeRows{}
		err = undone(tx, func() error {
			if err := act(); err != nil {
				return err
			}
			after, err := e.follow(tx)
			if err != nil {
				return err
			}
			if err := rows.touched(tx, after, last); err != nil {
				return err
			}
			return rows.standing(tx, func(row *change) *balance { return &row.after })
		})
		if err != nil {
			return err
		}
		if err := rows.standing(tx, func(row *change) *balance { return &row.before }); err != nil {
			return err
		}
		out.List, err = rows.list(sc)
		return err
	})
	if err != nil {
		return Changes{}, err
	}
	hash := sha256.New()
	if err := json.NewEncoder(hash).Encode([]any{what, out.List}); err != nil {
		return Changes{}, fmt.Errorf("name the changes: %w", err)
	}
	out.Token = hex.EncodeToString(hash.Sum(nil))
	return out, nil
}

var errUndone = errors.New("undone")

// undone does something and takes it back.
func undone(tx *db.Tx, do func() error) error {
	err := tx.Nested(func() error {
		if err := do(); err != nil {
			return err
		}
		return errUndone
	})
	if errors.Is(err, errUndone) {
		return nil
	}
	return err
}

// follow takes up the rest of the log in a transaction that is undone afterwards, whoever runs the engine.
func (e *Engine) follow(tx *db.Tx) (*scene, error) {
	for {
		st, err := readState(tx)
		if err != nil {
			return nil, err
		}
		heads, err := e.records.Heads(tx, st.cursor, stepChanges)
		if err != nil {
			return nil, err
		}
		today, err := e.today(tx)
		if err != nil {
			return nil, err
		}
		if len(heads) == 0 && st.asOf >= today {
			return e.open(tx)
		}
		if _, err := e.take(tx, st, heads); err != nil {
			return nil, err
		}
	}
}

type changeKey struct {
	plan  int64
	label string
	ref   rule.Ref
}

type change struct {
	key           changeKey
	period        calendar.Period
	before, after balance
}

type changeRows map[changeKey]*change

// touched finds whose awards of which periods something happened to after an event. An adjustment belongs to the period it corrects.
func (rows changeRows) touched(tx *db.Tx, sc *scene, after int64) error {
	awards, err := award.TouchedAfter(tx, after)
	if err != nil {
		return err
	}
	for _, a := range awards {
		period := a.Period
		if a.Origin != "" {
			period = sc.corrected(a)
		}
		key := changeKey{a.PlanID, period.Label, a.Subject}
		if rows[key] == nil {
			rows[key] = &change{key: key, period: period, before: newBalance(), after: newBalance()}
		}
	}
	return nil
}

// corrected is the period that an adjustment corrects.
func (s *scene) corrected(a *award.Award) calendar.Period {
	known := calendar.Period{Label: a.Origin, Window: calendar.Window{From: a.OriginTo, To: a.OriginTo}}
	if p := s.index.byID[a.PlanID]; p != nil {
		return p.called(known)
	}
	return known
}

// standing adds up what is on record for every row.
func (rows changeRows) standing(tx *db.Tx, side func(*change) *balance) error {
	type planPeriod struct {
		plan  int64
		label string
	}
	asked := map[planPeriod][]rule.Ref{}
	for key := range rows {
		at := planPeriod{key.plan, key.label}
		asked[at] = append(asked[at], key.ref)
	}
	for at, refs := range asked {
		own, err := award.OfPeriod(tx, at.plan, at.label, refs)
		if err != nil {
			return err
		}
		adjustments, err := award.Adjustments(tx, at.plan, at.label)
		if err != nil {
			return err
		}
		for _, a := range append(own, adjustments...) {
			row := rows[changeKey{at.plan, at.label, a.Subject}]
			if row == nil || !a.Live() {
				continue
			}
			if err := side(row).add(a.Reward, a.Quantity, a.Amount, 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// list writes out the rows that differ.
func (rows changeRows) list(sc *scene) ([]Change, error) {
	var out []Change
	for key, row := range rows {
		c := Change{PlanID: key.plan, Period: row.period, Closed: sc.closed(row.period), Ref: key.ref}
		var err error
		if c.Before, err = row.before.standings(); err != nil {
			return nil, err
		}
		if c.After, err = row.after.standings(); err != nil {
			return nil, err
		}
		if !slices.Equal(c.Before, c.After) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.PlanID, b.PlanID), cmp.Compare(a.Period.From, b.Period.From), cmp.Compare(a.Period.Label, b.Period.Label),
			cmp.Compare(a.Ref.Kind, b.Ref.Kind), cmp.Compare(a.Ref.ID, b.Ref.ID))
	})
	return out, nil
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

// Decides reports whether any published plan reads a metric, so that its definition decides what awards there are.
func (e *Engine) Decides(tx *db.Tx, metricKey string) (bool, error) {
	sc, err := e.open(tx)
	return err == nil && len(sc.index.reading[metricKey]) > 0, err
}

// Judging reports whether any plan judges already, so that there is a past to change.
func (e *Engine) Judging(tx *db.Tx) (bool, error) {
	sc, err := e.open(tx)
	if err != nil {
		return false, err
	}
	for _, p := range sc.plans {
		for i := range p.versions {
			if p.versions[i].Reign.From <= sc.asOf {
				return true, nil
			}
		}
	}
	return false, nil
}
