package award

import (
	"fmt"

	"laurel/internal/money"
)

// Debt is an award that was paid and is owed back: a negative adjustment whose origin was paid.
type Debt struct {
	AwardID int64
	Minor   int64 // above 0
}

// Term is one period of one subject in one currency, as far as taking back asks.
type Term struct {
	Earned int64 // minor units of everything in the period but its debts; may be below zero
	Debts  []Debt
	Limit  *money.Frac // at most this share of Earned is taken back in the period; nil is no limit
}

// Taking is what a period takes back: of which debts, and what is left to later periods.
type Taking struct {
	Before   int64 // owed when the period began
	Incurred int64 // became owed in it
	Taken    int64
	After    int64 // carried to the next period
	Parts    []TakenPart
}

// TakenPart is what a period takes of one debt; parts that take nothing and still owe something stand too.
type TakenPart struct {
	AwardID int64
	Minor   int64
	Left    int64 // still owed of it
}

// Clawback settles debts period by period, the oldest debt first: each period takes what is owed, at most the limit's share of what was
// earned in it, rounded down to the minor unit. Without a limit everything is taken at once, even beyond what was earned.
func Clawback(terms []Term) ([]Taking, error) {
	var open []Debt // what is still owed, oldest first
	var owed int64
	out := make([]Taking, 0, len(terms))
	for _, term := range terms {
		t := Taking{Before: owed}
		for _, d := range term.Debts {
			var err error
			if t.Incurred, err = money.AddInt(t.Incurred, d.Minor); err != nil {
				return nil, fmt.Errorf("add up what is owed back: %w", err)
			}
			open = append(open, d)
		}
		total, err := money.AddInt(owed, t.Incurred)
		if err != nil {
			return nil, fmt.Errorf("add up what is owed back: %w", err)
		}
		if t.Taken, err = takeable(total, term); err != nil {
			return nil, err
		}
		t.After = total - t.Taken
		open = t.take(open)
		owed = t.After
		out = append(out, t)
	}
	return out, nil
}

// takeable is how much of what is owed a period may take.
func takeable(owed int64, term Term) (int64, error) {
	if term.Limit == nil {
		return owed, nil
	}
	if term.Earned <= 0 {
		return 0, nil
	}
	most, err := money.MulDiv(term.Earned, term.Limit.Num(), term.Limit.Den(), money.Down)
	if err != nil {
		return 0, fmt.Errorf("limit what is taken back: %w", err)
	}
	return min(owed, most), nil
}

// take pays debts off in order and returns those that are left.
func (t *Taking) take(open []Debt) []Debt {
	left := t.Taken
	var rest []Debt
	for _, d := range open {
		part := min(left, d.Minor)
		left -= part
		t.Parts = append(t.Parts, TakenPart{AwardID: d.AwardID, Minor: part, Left: d.Minor - part})
		if d.Minor > part {
			rest = append(rest, Debt{AwardID: d.AwardID, Minor: d.Minor - part})
		}
	}
	return rest
}
