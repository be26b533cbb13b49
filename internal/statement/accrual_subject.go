package statement

import (
	"fmt"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// SubjectAccrual is the cash that one subject has earned in periods that end on one day and that is not paid.
type SubjectAccrual struct {
	Subject     rule.Ref
	End         calendar.Day // first day after the periods
	Currency    string
	Granted     int64
	Provisional int64
	Taken       int64 // taken back by a period that is closed and not paid
}

// BySubject is the cash of the accrual told by whose it is: the same sums, to the minor unit.
func (b *Book) BySubject() ([]SubjectAccrual, error) {
	w := calendar.Window{From: b.unpaidSince(), To: calendar.MaxDay}
	sums, err := award.CashBySubject(b.tx, w)
	if err != nil {
		return nil, err
	}
	var out []SubjectAccrual
	add := func(ref rule.Ref, end calendar.Day, currency string, granted, provisional, taken int64) {
		out = append(out, SubjectAccrual{Subject: ref, End: end, Currency: currency, Granted: granted, Provisional: provisional, Taken: taken})
	}
	for _, s := range sums {
		switch c := b.settles(s.End); {
		case c != nil && c.PaidAt != 0:
		case s.State == award.Provisional:
			add(s.Subject, s.End, s.Currency, 0, s.Minor, 0)
		default:
			add(s.Subject, s.End, s.Currency, s.Minor, 0, 0)
		}
	}
	adjustments, err := award.AdjustmentsEnding(b.tx, w, -1)
	if err != nil {
		return nil, err
	}
	for _, a := range adjustments { // what is owed back is no part of what is to be paid
		p := b.periodOf(a.Period.To)
		if !b.owedBack(a, p) || p.Paid() {
			continue
		}
		if a.State == award.Provisional {
			add(a.Subject, a.Period.To, a.Amount.Currency, 0, -a.Amount.Minor, 0)
		} else {
			add(a.Subject, a.Period.To, a.Amount.Currency, -a.Amount.Minor, 0, 0)
		}
	}
	for _, p := range b.closed {
		if p.Paid() {
			continue
		}
		rows, err := stored(b.tx, p.Closing.ID, nil)
		if err != nil {
			return nil, err
		}
		for k, c := range rows {
			if c.Taken != 0 {
				add(k.ref, p.To, k.currency, 0, 0, c.Taken)
			}
		}
	}
	return out, nil
}

// Add adds another part, exactly.
func (s *SubjectAccrual) Add(other SubjectAccrual) error {
	for _, sum := range []struct {
		to   *int64
		part int64
	}{{&s.Granted, other.Granted}, {&s.Provisional, other.Provisional}, {&s.Taken, other.Taken}} {
		total, err := money.AddInt(*sum.to, sum.part)
		if err != nil {
			return fmt.Errorf("add up the accrual: %w", err)
		}
		*sum.to = total
	}
	return nil
}
