package statement

import (
	"fmt"
	"slices"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// Accrual is what was earned and is not paid yet, as things stand.
type Accrual struct {
	Since calendar.Day // earned in periods that end after this day; MinDay when nothing was paid
	Lines []AccrualLine
	Taken map[string]int64 // taken back already by periods that are closed and not paid, by currency
	Owed  map[string]int64 // paid too much and still to be taken back, by currency
}

// AccrualLine is one period of a plan.
type AccrualLine struct {
	award.EndingSum
	Closed bool       // its statement is closed: the figure is final
	Cost   money.Frac // what things that are not cash cost, in the organisation's currency
}

// Accrual adds up what was earned and is not paid. What is owed back is told apart: it makes later periods smaller, not these.
func (b *Book) Accrual() (*Accrual, error) {
	out := &Accrual{Since: b.unpaidSince(), Taken: map[string]int64{}, Owed: map[string]int64{}}
	sums, err := award.SumsEnding(b.tx, calendar.Window{From: out.Since, To: calendar.MaxDay})
	if err != nil {
		return nil, err
	}
	costs, err := award.CostsEnding(b.tx, calendar.Window{From: out.Since, To: calendar.MaxDay})
	if err != nil {
		return nil, err
	}
	for _, s := range sums {
		c := b.settles(s.Period.To)
		if c != nil && c.PaidAt != 0 {
			continue
		}
		line := AccrualLine{EndingSum: s, Closed: c != nil}
		if s.Kind != rule.Cash {
			line.Cost = costs[award.CostKey{PlanID: s.PlanID, Label: s.Period.Label, Kind: s.Kind, State: s.State, Adjustment: s.Adjustment}]
		}
		out.Lines = append(out.Lines, line)
	}
	if err := b.withoutDebts(out); err != nil {
		return nil, err
	}
	return out, b.takenBack(out)
}

// unpaidSince is the end of the periods that were paid one after the other; MinDay when none was.
func (b *Book) unpaidSince() calendar.Day {
	since := calendar.MinDay
	for _, p := range b.closed {
		if !p.Paid() {
			break
		}
		since = p.To
	}
	return since
}

// withoutDebts takes out of the lines what is owed back, and counts what open periods owe.
func (b *Book) withoutDebts(out *Accrual) error {
	list, err := award.AdjustmentsEnding(b.tx, calendar.Window{From: out.Since, To: calendar.MaxDay}, -1)
	if err != nil {
		return err
	}
	for _, a := range list {
		p := b.periodOf(a.Period.To)
		if !b.owedBack(a, p) || p.Paid() {
			continue
		}
		i := slices.IndexFunc(out.Lines, func(l AccrualLine) bool {
			return l.Adjustment && l.PlanID == a.PlanID && l.Period.Label == a.Period.Label && l.Currency == a.Amount.Currency && l.State == a.State
		})
		if i < 0 {
			continue
		}
		l := &out.Lines[i]
		if l.Minor, err = money.AddInt(l.Minor, -a.Amount.Minor); err != nil {
			return fmt.Errorf("add up the accrual: %w", err)
		}
		l.Awards, l.Quantity = l.Awards-1, l.Quantity-1
		if p.Closing == nil {
			out.Owed[a.Amount.Currency] -= a.Amount.Minor
		}
	}
	out.Lines = slices.DeleteFunc(out.Lines, func(l AccrualLine) bool { return l.Awards == 0 })
	return nil
}

// periodOf is the period in which a plan's period ends: a closed one, else it is open.
func (b *Book) periodOf(end calendar.Day) Period {
	for _, p := range b.closed {
		if p.To >= end {
			return p
		}
	}
	return Period{}
}

// takenBack adds what closed periods that are not paid take, and what the last one carries on.
func (b *Book) takenBack(out *Accrual) error {
	for i, p := range b.closed {
		rows, err := stored(b.tx, p.Closing.ID, nil)
		if err != nil {
			return err
		}
		for k, c := range rows {
			if !p.Paid() {
				out.Taken[k.currency] += c.Taken
			}
			if i == len(b.closed)-1 {
				out.Owed[k.currency] += c.After
			}
		}
	}
	return nil
}
