package statement

import (
	"slices"

	"laurel/internal/award"
	"laurel/internal/rule"
)

// Statement is what one subject is told for a period.
type Statement struct {
	Period      Period
	Subject     rule.Ref
	Awards      []*award.Award // of the period
	Adjustments []*award.Award // corrections of closed periods
	Owed        []*award.Award // of them, those that take back what was paid
	Cash        []Cash         // by currency, with the debts that are paid off
	History     []Answer       // everything that was said, oldest first
}

// Of reads one subject's statement. One without a single award is empty, not an error.
func (b *Book) Of(ref rule.Ref, p Period) (*Statement, error) {
	awards, err := award.Ending(b.tx, p.Window, &ref)
	if err != nil {
		return nil, err
	}
	out := &Statement{Period: p, Subject: ref}
	for _, a := range awards {
		switch {
		case a.Origin == "":
			out.Awards = append(out.Awards, a)
		case b.owedBack(a, p):
			out.Owed = append(out.Owed, a)
		default:
			out.Adjustments = append(out.Adjustments, a)
		}
	}
	if out.Cash, err = b.cashOf(ref, p); err != nil {
		return nil, err
	}
	out.History, err = history(b.tx, p, ref)
	return out, err
}

// Answer is the last word to the figures that stand; nil when nothing was said to them.
func (s *Statement) Answer() *Answer {
	if n := len(s.History); n > 0 && !s.History[n-1].Earlier {
		return &s.History[n-1]
	}
	return nil
}

// cashOf settles a subject's periods from the first one on, so that each debt is known with what is left of it.
func (b *Book) cashOf(ref rule.Ref, p Period) ([]Cash, error) {
	terms, last := map[account][]award.Term{}, map[account]Cash{}
	var periods int
	for _, q := range append(slices.Clone(b.closed), b.open...) {
		if q.To > p.To {
			break
		}
		awards, err := award.Ending(b.tx, q.Window, &ref)
		if err != nil {
			return nil, err
		}
		raws, err := b.gather(q, awards)
		if err != nil {
			return nil, err
		}
		limit := b.limit
		if q.Closing != nil {
			rows, err := stored(b.tx, q.Closing.ID, &ref)
			if err != nil {
				return nil, err
			}
			for k, c := range rows {
				limit = c.Limit
				if raws[k] == nil {
					raws[k] = &raw{}
				}
			}
		}
		for k := range raws {
			if terms[k] == nil {
				terms[k] = make([]award.Term, periods) // the periods without anything in this currency
			}
		}
		last = map[account]Cash{}
		for k := range terms {
			r := raws[k]
			if r == nil {
				r = &raw{}
			}
			c := Cash{Currency: k.currency, Awarded: r.awarded, Adjusted: r.adjusted, Limit: limit}
			terms[k] = append(terms[k], award.Term{Earned: c.Earned(), Debts: r.debts, Limit: limitOf(limit)})
			last[k] = c
		}
		periods++
	}
	for k, c := range last {
		takings, err := award.Clawback(terms[k])
		if err != nil {
			return nil, err
		}
		c.Taking = takings[len(takings)-1]
		if last[k] = c; c.Awarded == 0 && c.Adjusted == 0 && c.Before == 0 && c.Incurred == 0 {
			delete(last, k)
		}
	}
	return bySubject(last)[ref], nil
}
