package verify

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/rule"
)

// closedBook is a closing that stands, with what was written down for it.
type closedBook struct {
	id               int64
	label            string
	from, to         calendar.Day
	closedAt, paidAt int64
}

// purse is what one subject has in one currency.
type purse struct {
	ref      rule.Ref
	currency string
}

// figures are a statement's sums: awarded, adjusted, owed before, incurred, taken, owed after.
type figures [6]*big.Int

func noFigures() (f figures) {
	for i := range f {
		f[i] = new(big.Int)
	}
	return f
}

func (f figures) String() string {
	return fmt.Sprintf("awarded %s, adjusted %s, owed %s + %s - %s = %s", f[0], f[1], f[2], f[3], f[4], f[5])
}

// compareStatements adds up the awards of every closed period, one award at a time, and takes back by the limit of that period
// what had been paid when it was closed.
func (r *run) compareStatements() error {
	books, err := r.closedBooks()
	if err != nil {
		return err
	}
	owed := map[purse]*big.Int{}
	for i := range books {
		want, err := r.statementSums(books, i)
		if err != nil {
			return err
		}
		is, limits, err := r.storedStatements(books[i].id)
		if err != nil {
			return err
		}
		for p, rest := range owed {
			if _, there := want[p]; !there && rest.Sign() != 0 {
				want[p] = noFigures()
			}
		}
		limit := limits[books[i].id]
		next := map[purse]*big.Int{}
		for p, f := range want {
			if owed[p] != nil {
				f[2].Set(owed[p])
			}
			f[4].Set(takenOf(f, limit))
			f[5].Add(f[2], f[3]).Sub(f[5], f[4])
			next[p] = f[5]
		}
		owed = next
		r.holdStatements(books[i].label, want, is)
	}
	return nil
}

// takenOf is what a period takes: everything owed, at most the limit's share of what was earned, without the fraction of a unit.
func takenOf(f figures, limit *big.Rat) *big.Int {
	total := new(big.Int).Add(f[2], f[3])
	if limit == nil {
		return total
	}
	earned := new(big.Int).Add(f[0], f[1])
	if earned.Sign() <= 0 {
		return new(big.Int)
	}
	most := new(big.Rat).Mul(new(big.Rat).SetInt(earned), limit)
	whole := new(big.Int).Quo(most.Num(), most.Denom())
	if whole.Cmp(total) < 0 {
		return whole
	}
	return total
}

func (r *run) closedBooks() (out []closedBook, err error) {
	rows, err := r.tx.Query(`SELECT id, label, from_day, to_day, closed_at, paid_at FROM closing WHERE reopened_at = 0 ORDER BY to_day`)
	if err != nil {
		return nil, fmt.Errorf("read closings: %w", err)
	}
	err = each(rows, func(scan scanRow) error {
		var b closedBook
		err := scan(&b.id, &b.label, &b.from, &b.to, &b.closedAt, &b.paidAt)
		out = append(out, b)
		return err
	})
	return out, err
}

// statementSums adds up the cash that stands of every period of a plan that ends in a closed period.
func (r *run) statementSums(books []closedBook, i int) (map[purse]figures, error) {
	rows, err := r.tx.Query(`SELECT plan_id, subject_kind, subject_id, currency, origin, amount FROM award
		WHERE state <> 'reversed' AND reward_kind = 'cash' AND period_to > $1 AND period_to <= $2`, int64(books[i].from), int64(books[i].to))
	if err != nil {
		return nil, fmt.Errorf("read awards: %w", err)
	}
	out := map[purse]figures{}
	err = each(rows, func(scan scanRow) error {
		var p purse
		var origin string
		var planID, minor int64
		if err := scan(&planID, &p.ref.Kind, &p.ref.ID, &p.currency, &origin, &minor); err != nil {
			return err
		}
		f, ok := out[p]
		if !ok {
			f = noFigures()
			out[p] = f
		}
		switch n := big.NewInt(minor); {
		case origin == "":
			f[0].Add(f[0], n)
		case minor < 0 && r.wasPaid(planID, origin, books, books[i].closedAt):
			f[3].Sub(f[3], n)
		default:
			f[1].Add(f[1], n)
		}
		return nil
	})
	return out, err
}

// wasPaid reports whether the closing that covers a period of a plan, or came first after it, had been paid at a moment.
func (r *run) wasPaid(planID int64, label string, books []closedBook, at int64) bool {
	end, ok := r.endOf(planID, label)
	if !ok {
		return false
	}
	for _, b := range books {
		if b.to >= end {
			return b.paidAt != 0 && b.paidAt < at
		}
	}
	return false
}

// endOf is the end of a period of a plan: of one that a version lists itself, or of the calendar's, or of a part of one of these, whose
// name ends with its last day.
func (r *run) endOf(planID int64, label string) (end calendar.Day, ok bool) {
	if name, days, part := cutLast(label); part {
		if end, ok = r.endOf(planID, name); ok {
			for _, month, day := civil(end - 1); fmt.Sprintf("%02d-%02d", month, day) != days[len(days)-5:]; _, month, day = civil(end - 1) {
				end--
			}
			return end, true
		}
	}
	for _, p := range r.plans {
		for _, v := range p.Published() {
			for _, listed := range v.Def.Periods {
				if p.ID == planID && listed.Label == label && listed.From >= v.From && listed.From < v.Until {
					end, ok = listed.Last+1, true
				}
			}
		}
	}
	if !ok {
		var p period
		p, ok = r.clock.called(label)
		end = p.to
	}
	return end, ok
}

// cutLast parts "2026-Q1 01-01..02-14" into the name of the whole period and the days of the part.
func cutLast(label string) (name, days string, part bool) {
	at := strings.LastIndex(label, " ")
	if at < 0 {
		return label, "", false
	}
	ok, err := regexp.MatchString(`^\d\d-\d\d\.\.\d\d-\d\d$`, label[at+1:])
	return label[:at], label[at+1:], ok && err == nil
}

func (r *run) storedStatements(closing int64) (map[purse]figures, map[int64]*big.Rat, error) {
	rows, err := r.tx.Query(`SELECT subject_kind, subject_id, currency, awarded, adjusted, owed_before, incurred, taken, owed_after, clawback_limit
		FROM statement WHERE closing_id = $1`, closing)
	if err != nil {
		return nil, nil, fmt.Errorf("read statements: %w", err)
	}
	out, limits, said := map[purse]figures{}, map[int64]*big.Rat{}, map[string]bool{}
	err = each(rows, func(scan scanRow) error {
		var p purse
		var n [6]int64
		var limit string
		if err := scan(&p.ref.Kind, &p.ref.ID, &p.currency, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &limit); err != nil {
			return err
		}
		f := noFigures()
		for i := range n {
			f[i].SetInt64(n[i])
		}
		out[p] = f
		r.report.Statements++
		if said[limit] = true; len(said) > 1 {
			r.report.differ(Difference{Kind: StatementDiffers, Subject: r.roster.describe(p.ref), Slot: p.currency, Expected: "one limit for everybody", Found: fmt.Sprintf("another limit: %q", limit)})
		}
		var percent string
		if _, err := fmt.Sscanf(limit, "%s", &percent); err == nil && len(percent) > 1 {
			share, ok := new(big.Rat).SetString(percent[:len(percent)-1])
			if !ok {
				return fmt.Errorf("the limit %q is no percentage", limit)
			}
			limits[closing] = share.Quo(share, big.NewRat(100, 1))
		}
		return nil
	})
	return out, limits, err
}

func (r *run) holdStatements(label string, want, is map[purse]figures) {
	differ := func(p purse, expected, found string) {
		if expected != found {
			r.report.differ(Difference{Kind: StatementDiffers, Period: label, Subject: r.roster.describe(p.ref), Slot: p.currency, Expected: expected, Found: found})
		}
	}
	say := func(of map[purse]figures, p purse) string {
		if f, ok := of[p]; ok {
			return f.String()
		}
		return nothing
	}
	purses := map[purse]bool{}
	for p := range want {
		purses[p] = true
	}
	for p := range is {
		purses[p] = true
	}
	for _, p := range slices.SortedFunc(maps.Keys(purses), func(a, b purse) int {
		return cmp.Or(cmp.Compare(a.ref.Kind, b.ref.Kind), cmp.Compare(a.ref.ID, b.ref.ID), cmp.Compare(a.currency, b.currency))
	}) {
		differ(p, say(want, p), say(is, p))
	}
}
