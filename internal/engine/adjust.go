package engine

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// closed reports whether a period was closed: its awards stand as they are.
func (s *scene) closed(p calendar.Period) bool { return p.To <= s.closedUntil }

// settle brings the awards of a period in line with what is due: by changing them while the period is open, by adjustments in an open
// period once it is closed. refs limits it to some subjects; nil is everybody.
func (b *batch) settle(j *award.Judgement, refs []rule.Ref) error {
	if b.closed(j.Period) {
		return b.adjust(j, refs)
	}
	existing, err := award.OfPeriod(b.tx, j.PlanID, j.Period.Label, refs)
	if err != nil {
		return err
	}
	return b.ledger.Reconcile(j, existing)
}

// adjust holds what is due in a closed period against what stands for it on record, and writes the difference down as one
// adjustment a subject in the earliest open period. Adjustments in periods that were closed since stand too.
func (b *batch) adjust(j *award.Judgement, refs []rule.Ref) error {
	frozen, err := award.OfPeriod(b.tx, j.PlanID, j.Period.Label, refs)
	if err != nil {
		return err
	}
	all, err := award.Adjustments(b.tx, j.PlanID, j.Period.Label)
	if err != nil {
		return err
	}
	open := map[string][]*award.Award{} // adjustments that can still change, by their period
	for _, a := range all {
		switch {
		case refs != nil && !slices.Contains(refs, a.Subject):
		case b.closed(a.Period):
			frozen = append(frozen, a)
		default:
			open[a.Period.Label] = append(open[a.Period.Label], a)
		}
	}
	dues, err := differences(j, frozen)
	if err != nil {
		return err
	}
	kind := j.Period.Kind
	if !kind.Valid() {
		kind = calendar.Month // a list may have no period that is still open
	}
	into := b.cal.PeriodOf(kind, b.closedUntil)
	if open[into.Label] == nil {
		open[into.Label] = []*award.Award{}
	}
	for _, label := range sortedKeys(open) {
		k := *j
		k.Origin, k.OriginTo, k.Provisional, k.Dues = j.Period.Label, j.Period.To, false, nil
		if k.Period = into; label == into.Label {
			k.Dues, k.Ends = dues, into.From.Start(b.cal.Zone).UnixMicro()
		}
		if err := b.ledger.Reconcile(&k, open[label]); err != nil {
			return err
		}
	}
	return nil
}

// balance is what is due to a subject less what stands on record.
type balance struct {
	minor map[string]int64 // by currency
	items map[string]int64 // of what is no cash, by reward
}

func newBalance() balance { return balance{minor: map[string]int64{}, items: map[string]int64{}} }

// add counts a reward in, or with sign -1 out.
func (s *balance) add(reward rule.Reward, quantity int64, amount money.Amount, sign int64) error {
	if reward.Kind != rule.Cash {
		key, err := json.Marshal(reward)
		if err != nil {
			return fmt.Errorf("write a reward: %w", err)
		}
		s.items[string(key)] += sign * quantity
		return nil
	}
	sum, err := money.AddInt(s.minor[amount.Currency], sign*amount.Minor)
	s.minor[amount.Currency] = sum
	return err
}

// differences are the adjustments that make up for what a closed period's awards lack or have too much.
func differences(j *award.Judgement, frozen []*award.Award) ([]rule.Due, error) {
	balances := map[rule.Ref]*balance{}
	of := func(ref rule.Ref) *balance {
		if balances[ref] == nil {
			s := newBalance()
			balances[ref] = &s
		}
		return balances[ref]
	}
	for i := range j.Dues {
		d := &j.Dues[i]
		if err := of(d.Ref).add(award.AsStored(d.Reward), d.Quantity, d.Amount, 1); err != nil {
			return nil, err
		}
	}
	for _, a := range frozen {
		if !a.Live() {
			continue
		}
		if err := of(a.Subject).add(a.Reward, a.Quantity, a.Amount, -1); err != nil {
			return nil, err
		}
	}
	var out []rule.Due
	for ref, s := range balances {
		dues, err := s.dues(ref, j.Period.Label)
		if err != nil {
			return nil, err
		}
		out = append(out, dues...)
	}
	slices.SortFunc(out, func(x, y rule.Due) int {
		if c := compareInt(x.Ref.ID, y.Ref.ID); c != 0 {
			return c
		}
		return strings.Compare(x.Slot, y.Slot)
	})
	return out, nil
}

// dues writes a balance as adjustments: cash that may be below zero, and things to be given, or taken back where the
// quantity is below zero.
func (s *balance) dues(ref rule.Ref, origin string) ([]rule.Due, error) {
	var out []rule.Due
	for _, currency := range sortedKeys(s.minor) {
		minor := s.minor[currency]
		if minor == 0 {
			continue
		}
		amount := money.Amount{Minor: minor, Currency: currency}
		out = append(out, rule.Due{
			Ref: ref, Slot: "adjust/" + origin + "/" + currency, Quantity: 1, Amount: amount,
			Reward: rule.Reward{Kind: rule.Cash, Amount: amount.Decimal(), Currency: currency},
		})
	}
	for i, key := range sortedKeys(s.items) {
		n := s.items[key]
		if n == 0 {
			continue
		}
		d := rule.Due{Ref: ref, Slot: fmt.Sprintf("adjust/%s/%d", origin, i+1), Quantity: n}
		if err := json.Unmarshal([]byte(key), &d.Reward); err != nil {
			return nil, fmt.Errorf("read a reward: %w", err)
		}
		out = append(out, d)
	}
	return out, nil
}

func compareInt(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
