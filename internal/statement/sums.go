package statement

import (
	"fmt"
	"slices"
	"strings"

	"laurel/internal/award"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/rule"
)

// Cash is what a period comes to for somebody in one currency, in minor units.
type Cash struct {
	Currency string
	Awarded  int64 // awards of the period
	Adjusted int64 // corrections of closed periods, without what is owed back
	award.Taking
	Limit people.Share // in force for the period
}

// Earned is everything but what is taken back; the limit is a share of it.
func (c Cash) Earned() int64 { return c.Awarded + c.Adjusted }

// Net is what is paid.
func (c Cash) Net() int64 { return c.Earned() - c.Taken }

// account names one balance.
type account struct {
	ref      rule.Ref
	currency string
}

func compareAccounts(x, y account) int {
	if c := strings.Compare(string(x.ref.Kind), string(y.ref.Kind)); c != 0 {
		return c
	}
	if x.ref.ID != y.ref.ID {
		return int(min(max(x.ref.ID-y.ref.ID, -1), 1))
	}
	return strings.Compare(x.currency, y.currency)
}

// raw is what a period holds of one account before anything is taken back.
type raw struct {
	awarded, adjusted int64
	debts             []award.Debt
}

// gather adds up the cash of the awards of a period, by account.
func (b *Book) gather(p Period, awards []*award.Award) (map[account]*raw, error) {
	out := map[account]*raw{}
	for _, a := range awards {
		if a.Reward.Kind != rule.Cash {
			continue
		}
		k := account{a.Subject, a.Amount.Currency}
		r := out[k]
		if r == nil {
			r = &raw{}
			out[k] = r
		}
		to := &r.awarded
		if b.owedBack(a, p) {
			r.debts = append(r.debts, award.Debt{AwardID: a.ID, Minor: -a.Amount.Minor})
			continue
		}
		if a.Origin != "" {
			to = &r.adjusted
		}
		sum, err := money.AddInt(*to, a.Amount.Minor)
		if err != nil {
			return nil, fmt.Errorf("add up a statement: %w", err)
		}
		*to = sum
	}
	for _, r := range out { // a debt is older when it was put on record earlier
		slices.SortFunc(r.debts, func(x, y award.Debt) int { return int(min(max(x.AwardID-y.AwardID, -1), 1)) })
	}
	return out, nil
}

// limitOf reads a share as the limit of a term; nil is none.
func limitOf(s people.Share) *money.Frac {
	f, ok := s.Frac()
	if !ok {
		return nil
	}
	return &f
}

// Everybody works out the cash of a period for everybody, by subject and currency.
func (b *Book) Everybody(p Period) (map[rule.Ref][]Cash, error) {
	if p.Closing != nil {
		rows, err := stored(b.tx, p.Closing.ID, nil)
		if err != nil {
			return nil, err
		}
		return bySubject(rows), nil
	}
	owed, err := b.carried(nil)
	if err != nil {
		return nil, err
	}
	var out map[account]Cash
	for _, q := range b.open {
		if q.To > p.To {
			break
		}
		awards, err := award.Ending(b.tx, q.Window, nil)
		if err != nil {
			return nil, err
		}
		if out, err = b.step(q, awards, owed); err != nil {
			return nil, err
		}
		owed = map[account]int64{}
		for k, c := range out {
			owed[k] = c.After
		}
	}
	return bySubject(out), nil
}

// carried is what is still owed back after the last closing.
func (b *Book) carried(ref *rule.Ref) (map[account]int64, error) {
	owed := map[account]int64{}
	if len(b.closed) == 0 {
		return owed, nil
	}
	rows, err := stored(b.tx, b.closed[len(b.closed)-1].Closing.ID, ref)
	for k, c := range rows {
		owed[k] = c.After
	}
	return owed, err
}

// step settles one period after what is owed when it begins.
func (b *Book) step(p Period, awards []*award.Award, owed map[account]int64) (map[account]Cash, error) {
	raws, err := b.gather(p, awards)
	if err != nil {
		return nil, err
	}
	for k, minor := range owed {
		if minor != 0 && raws[k] == nil {
			raws[k] = &raw{}
		}
	}
	out := make(map[account]Cash, len(raws))
	for k, r := range raws {
		c := Cash{Currency: k.currency, Awarded: r.awarded, Adjusted: r.adjusted, Limit: b.limit}
		// What is owed already is one debt here: which of them is paid off first changes nothing in the sums.
		takings, err := award.Clawback([]award.Term{{Earned: c.Earned(), Limit: limitOf(c.Limit), Debts: append([]award.Debt{{Minor: owed[k]}}, r.debts...)}})
		if err != nil {
			return nil, err
		}
		c.Taking = takings[0]
		c.Before, c.Incurred, c.Parts = owed[k], c.Incurred-owed[k], nil
		out[k] = c
	}
	return out, nil
}

func bySubject(cash map[account]Cash) map[rule.Ref][]Cash {
	keys := make([]account, 0, len(cash))
	for k := range cash {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compareAccounts)
	out := map[rule.Ref][]Cash{}
	for _, k := range keys {
		out[k.ref] = append(out[k.ref], cash[k])
	}
	return out
}

// AddUp adds sums by currency to those of others; limits are left out.
func AddUp(sums, more []Cash) ([]Cash, error) {
	for _, c := range more {
		i := slices.IndexFunc(sums, func(s Cash) bool { return s.Currency == c.Currency })
		if i < 0 {
			i = len(sums)
			sums = append(sums, Cash{Currency: c.Currency})
		}
		s := &sums[i]
		for _, add := range []struct {
			to *int64
			n  int64
		}{
			{&s.Awarded, c.Awarded}, {&s.Adjusted, c.Adjusted}, {&s.Before, c.Before}, {&s.Incurred, c.Incurred}, {&s.Taken, c.Taken}, {&s.After, c.After},
		} {
			sum, err := money.AddInt(*add.to, add.n)
			if err != nil {
				return nil, fmt.Errorf("add up statements: %w", err)
			}
			*add.to = sum
		}
	}
	slices.SortFunc(sums, func(a, b Cash) int { return strings.Compare(a.Currency, b.Currency) })
	return sums, nil
}
