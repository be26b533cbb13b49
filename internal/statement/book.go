package statement

import (
	"slices"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/closing"
	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/rule"
)

// MaxPeriods bounds the periods that have statements and are looked at.
const MaxPeriods = 1200

// Book is the periods that have statements, as one transaction sees them.
type Book struct {
	tx     *db.Tx
	limit  people.Share // in force now, for periods that are open
	closed []Period     // oldest first
	open   []Period     // begun and not closed, oldest first
	cal    calendar.Calendar
}

// Period is a period of statements: one that was closed, or is to be.
type Period struct {
	calendar.Period
	Closing *closing.Closing // nil while it is open
}

// Paid reports whether the period was paid.
func (p Period) Paid() bool { return p.Closing != nil && p.Closing.PaidAt != 0 }

// Open reads the periods up to a day. Open ones are of the kind that was closed last; months before anything was.
func Open(tx *db.Tx, o people.Organisation, today calendar.Day) (*Book, error) {
	all, err := closing.List(tx)
	if err != nil {
		return nil, err
	}
	b := &Book{tx: tx, limit: o.ClawbackLimit, cal: o.Calendar()}
	for i := range all {
		if c := &all[i]; c.Closed() {
			b.closed = append(b.closed, Period{Period: c.Period, Closing: c})
		}
	}
	slices.SortFunc(b.closed, func(x, y Period) int { return int(x.To - y.To) })
	kind, from := calendar.Month, b.cal.Back(b.cal.PeriodOf(calendar.Month, today), 1).From
	if n := len(b.closed); n > 0 {
		kind, from = b.closed[n-1].Kind, b.closed[n-1].To
	}
	for p := b.cal.PeriodOf(kind, from); p.From <= today && len(b.open) < MaxPeriods; p = b.cal.Next(p) {
		b.open = append(b.open, Period{Period: p})
	}
	return b, nil
}

// Periods lists every period that has statements, newest first.
func (b *Book) Periods() []Period {
	out := append(slices.Clone(b.closed), b.open...)
	slices.Reverse(out)
	return out
}

// Find finds a period by its label; the last one that is closed, else the first open one, when there is none.
func (b *Book) Find(label string) (Period, bool) {
	if label == "" {
		if n := len(b.closed); n > 0 {
			return b.closed[n-1], true
		}
		return b.open[0], true
	}
	for _, p := range append(slices.Clone(b.closed), b.open...) {
		if p.Label == label {
			return p, true
		}
	}
	return Period{}, false
}

// settles finds the closing that settled a plan's period: the first that ended on or after the period's end, since the first
// closing closes what lies before it too.
func (b *Book) settles(end calendar.Day) *closing.Closing {
	for _, p := range b.closed {
		if p.To >= end {
			return p.Closing
		}
	}
	return nil
}

// owedBack reports whether an award takes back what had been paid when a period was closed, or is paid now while it is open.
func (b *Book) owedBack(a *award.Award, in Period) bool {
	if a.Origin == "" || a.Reward.Kind != rule.Cash || a.Amount.Minor >= 0 || !a.Live() {
		return false
	}
	c := b.settles(a.OriginTo)
	return c != nil && c.PaidAt != 0 && (in.Closing == nil || c.PaidAt < in.Closing.ClosedAt)
}
