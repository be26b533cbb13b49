package intake

import (
	"cmp"
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/people"
	"laurel/internal/problem"
)

// stretch is what holds on some days: a unit, a manager, a position.
type stretch[T comparable] struct {
	of   T
	days calendar.Window
	lead bool
}

// lay adds the stretches of a file, in the order of time, to those on record. The days that a row names become its own,
// others give up these days and no more. Where a row names no last day it changes nothing for who is there on the first, else
// it lasts until the next stretch begins; where it names no first day it ends what is there. A last day also ends a stretch
// of the same that began on that day, or that had no end.
func lay[T comparable](p *personOf, field string, have []stretch[T], rows []told[T]) ([]stretch[T], error) {
	out := slices.Clone(have)
	for i := range rows {
		row := &rows[i]
		days := calendar.Window{From: calendar.MinDay, To: calendar.MaxDay}
		if row.to != nil {
			days.To = *row.to
		}
		if row.from != nil {
			days.From = *row.from
		} else {
			from, err := beginning(p, field, out, rows[:i], row)
			if err != nil {
				return nil, err
			}
			days.From = from
		}
		if row.to == nil {
			if !around(out, row.of, days.From).Empty() {
				continue
			}
			for _, s := range out {
				if s.days.From > days.From {
					days.To = min(days.To, s.days.From)
				}
			}
			if i+1 < len(rows) {
				days.To = min(days.To, *rows[i+1].from)
			}
		}
		out = take(out, row.of, days)
	}
	slices.SortFunc(out, func(a, b stretch[T]) int { return cmp.Compare(a.days.From, b.days.From) })
	return out, nil
}

// beginning is the first day of a row that names none: that of the stretch which it ends, else the end of what came before.
func beginning[T comparable](p *personOf, field string, have []stretch[T], before []told[T], row *told[T]) (calendar.Day, error) {
	same, other := calendar.MinDay, calendar.MinDay
	found, taken := false, false
	for _, s := range have {
		switch {
		case s.of == row.of && s.days.From < *row.to:
			same, found = max(same, s.days.From), true
		case s.of != row.of && s.days.Contains(*row.to-1):
			taken = true
		case s.of != row.of && s.days.To < *row.to:
			other = max(other, s.days.To)
		}
	}
	switch n := len(before); {
	case found:
		return same, nil
	case taken:
		p.at = row.row
		return 0, problem.Bad("required", dayFields(field).from, "请填写第一天：到那天为止现有的记录是别的。", "Fill in the first day: until that day something else is on record.")
	case n > 0:
		return max(other, *before[n-1].to), nil
	}
	return other, nil
}

// around is the unbroken time around a day in which one holds; empty if it does not on that day. Leading a unit for a part of
// it is no break.
func around[T comparable](have []stretch[T], of T, day calendar.Day) calendar.Window {
	w := calendar.Window{From: day, To: day}
	for range have { // each turn joins at least one more, in whatever order they stand
		for _, s := range have {
			if s.of == of && (s.days.Contains(day) || !w.Empty() && s.days.From <= w.To && s.days.To >= w.From) {
				w = calendar.Window{From: min(w.From, s.days.From), To: max(w.To, s.days.To)}
			}
		}
	}
	return w
}

// take gives days to one; who has another on some of them loses these.
func take[T comparable](have []stretch[T], of T, days calendar.Window) []stretch[T] {
	was := around(have, of, days.From)
	ends := was.From == days.From || was.To == calendar.MaxDay
	there := was.From <= days.From && was.To >= days.To
	out := make([]stretch[T], 0, len(have)+2)
	keep := func(s stretch[T], w calendar.Window) {
		if !w.Empty() {
			out = append(out, stretch[T]{s.of, w, s.lead})
		}
	}
	for _, s := range have {
		switch {
		case s.of == of && ends && s.days.From >= was.From && s.days.To <= was.To:
			keep(s, calendar.Window{From: s.days.From, To: min(s.days.To, days.To)})
		case s.of == of || there: // who is there already may be elsewhere, too
			keep(s, s.days)
		default:
			keep(s, calendar.Window{From: s.days.From, To: min(s.days.To, days.From)})
			keep(s, calendar.Window{From: max(s.days.From, days.To), To: s.days.To})
		}
	}
	if !there {
		out = append(out, stretch[T]{of: of, days: days})
	}
	return out
}

// layUnits lays stretches in teams, or in departments, among all memberships of a person.
func (l *personLoad) layUnits(p *personOf, field string, spans []people.Span, kind people.UnitKind, rows []told[int64]) ([]people.Span, error) {
	var out []people.Span
	var have []stretch[int64]
	for _, span := range spans {
		if unit, ok := l.dir.Unit(span.UnitID); ok && unit.Kind == kind {
			have = append(have, stretch[int64]{span.UnitID, span.Window, span.Lead})
		} else {
			out = append(out, span)
		}
	}
	laid, err := lay(p, field, have, rows)
	for _, s := range laid {
		out = append(out, people.Span{UnitID: s.of, Window: s.days, Lead: s.lead})
	}
	return out, err
}

func layManagers(p *personOf, spans []people.ManagerSpan, rows []told[int64]) (out []people.ManagerSpan, err error) {
	have := make([]stretch[int64], len(spans))
	for i, span := range spans {
		have[i] = stretch[int64]{of: span.ManagerID, days: span.Window}
	}
	laid, err := lay(p, PersonManager, have, rows)
	for _, s := range laid {
		out = append(out, people.ManagerSpan{ManagerID: s.of, Window: s.days})
	}
	return out, err
}

// layPositions also joins what follows on itself, which memberships and managers do when they are saved.
func layPositions(p *personOf, person *people.Person, rows []told[string]) error {
	held := person.Positions
	if len(held) == 0 && person.Position != "" {
		held = []people.Held{{Position: person.Position}}
	}
	have := make([]stretch[string], len(held))
	for i, h := range held {
		have[i] = stretch[string]{of: h.Position, days: h.Window()}
	}
	laid, err := lay(p, PersonPosition, have, rows)
	if err != nil {
		return err
	}
	var joined []stretch[string]
	for _, s := range laid {
		if last := len(joined) - 1; last >= 0 && joined[last].of == s.of && joined[last].days.To >= s.days.From {
			joined[last].days.To = max(joined[last].days.To, s.days.To)
			continue
		}
		joined = append(joined, s)
	}
	person.Positions = nil
	for _, s := range joined {
		h := people.Held{Position: s.of}
		if s.days.From > calendar.MinDay {
			h.From = &s.days.From
		}
		if s.days.To < calendar.MaxDay {
			h.To = &s.days.To
		}
		person.Positions = append(person.Positions, h)
	}
	return nil
}
