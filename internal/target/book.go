package target

import (
	"slices"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/rule"
)

// Book answers what the targets of one metric come to. It is made for one transaction and is not safe for concurrent use.
type Book struct {
	cal  calendar.Calendar
	dir  *people.Directory
	of   Of
	by   map[rule.Ref][]placed
	kids map[int64][]int64 // units below each unit
}

// Of is what a book must know of the metric.
type Of struct {
	MetricID int64
	Scale    uint8 // decimal places in which a spread target is split
	Adds     bool  // values of parts add up to the whole, and those of members to the team's
}

// placed is a target with the days of its period.
type placed struct {
	Target
	window calendar.Window
}

// NewBook arranges the targets of one metric.
func NewBook(dir *people.Directory, of Of, targets []Target) *Book {
	b := &Book{cal: dir.Organisation.Calendar(), dir: dir, of: of, by: map[rule.Ref][]placed{}, kids: map[int64][]int64{}}
	for _, t := range targets {
		if p, ok := b.cal.Labelled(t.Label); ok {
			b.by[t.Subject] = append(b.by[t.Subject], placed{t, p.Window})
		}
	}
	for _, u := range dir.Units() {
		b.kids[u.ParentID] = append(b.kids[u.ParentID], u.ID)
	}
	return b
}

// Value is what a subject is to reach in a window of days: its own target, or what those below it are to reach together.
// ok is false when nobody has set one.
func (b *Book) Value(ref rule.Ref, w calendar.Window) (v money.Frac, ok bool, err error) {
	if ref.Kind == rule.Person {
		p, known := b.dir.Person(ref.ID)
		if !known {
			return v, false, nil
		}
		employed := p.Employed()
		return b.share(ref, w, employed, []calendar.Window{employed.Overlap(w)})
	}
	v, ok, err = b.share(ref, w, w, []calendar.Window{w})
	if ok || err != nil || !b.of.Adds {
		return v, ok, err
	}
	return b.rollUp(ref, w)
}

// rollUp adds up the units below a unit, and its members on the days on which they are in none of those.
func (b *Book) rollUp(ref rule.Ref, w calendar.Window) (sum money.Frac, any bool, err error) {
	add := func(v money.Frac, ok bool, err error) error {
		if err == nil && ok {
			any = true
			sum, err = sum.Add(v)
		}
		return err
	}
	below := map[int64][]calendar.Window{} // by person: the days spent in a unit below
	for _, id := range b.kids[ref.ID] {
		unit, _ := b.dir.Unit(id)
		if err := add(b.Value(rule.Ref{Kind: rule.SubjectKind(unit.Kind), ID: id}, w)); err != nil {
			return sum, false, err
		}
		for _, span := range b.dir.MemberSpans(id) {
			below[span.PersonID] = append(below[span.PersonID], span.Window)
		}
	}
	days := map[int64][]calendar.Window{}
	var order []int64
	for _, span := range b.dir.MemberSpans(ref.ID) {
		for _, part := range without(span.Window.Overlap(w), below[span.PersonID]) {
			if days[span.PersonID] == nil {
				order = append(order, span.PersonID)
			}
			days[span.PersonID] = append(days[span.PersonID], part)
		}
	}
	for _, id := range order {
		p, _ := b.dir.Person(id)
		if err := add(b.share(rule.Ref{Kind: rule.Person, ID: id}, w, p.Employed(), days[id])); err != nil {
			return sum, false, err
		}
	}
	return sum, any, nil
}

// without takes windows out of a window; what is left is in the order of time.
func without(w calendar.Window, away []calendar.Window) []calendar.Window {
	left := []calendar.Window{w}
	for _, a := range away {
		var next []calendar.Window
		for _, l := range left {
			next = append(next, calendar.Window{From: l.From, To: min(l.To, a.From)}, calendar.Window{From: max(l.From, a.To), To: l.To})
		}
		left = slices.DeleteFunc(next, calendar.Window.Empty)
	}
	return slices.DeleteFunc(left, calendar.Window.Empty)
}

// share is what a subject's own targets come to in a window for the days on which it holds them; there is employed all
// the days on which it could.
func (b *Book) share(ref rule.Ref, w, employed calendar.Window, held []calendar.Window) (sum money.Frac, ok bool, err error) {
	cover, err := b.cover(ref, w, held)
	if err != nil || len(cover) == 0 {
		return sum, false, err
	}
	if !b.of.Adds {
		return cover[0].value, daysIn(held, w) > 0, nil
	}
	for _, c := range cover {
		days, base := daysIn(held, c.window), c.window.Days()
		if c.whole {
			base = employed.Overlap(c.window).Days()
		}
		if days == 0 {
			continue
		}
		part, err := c.value.Mul(money.Whole(int64(days)))
		if err == nil {
			part, err = part.Div(money.Whole(int64(base)))
		}
		if err == nil {
			sum, err = sum.Add(part)
		}
		if err != nil {
			return sum, false, err
		}
		ok = true
	}
	return sum, ok, nil
}

func daysIn(held []calendar.Window, w calendar.Window) (n int) {
	for _, h := range held {
		n += h.Overlap(w).Days()
	}
	return n
}

// piece is a stretch of days with what is to be reached in it.
type piece struct {
	window calendar.Window
	value  money.Frac
	whole  bool
}

// cover finds the targets that speak of a window: the one of that very period; else shorter ones that cover every day
// that is held; else its part of the shortest longer one.
func (b *Book) cover(ref rule.Ref, w calendar.Window, held []calendar.Window) ([]piece, error) {
	var longer *placed
	for i := range b.by[ref] {
		t := &b.by[ref][i]
		if t.window == w {
			return []piece{{w, t.Value.Frac(), t.Whole}}, nil
		}
		if t.window.Overlap(w) == w && (longer == nil || t.window.Days() < longer.window.Days()) {
			longer = t
		}
	}
	if b.of.Adds {
		if list := b.shorter(ref, w, held); list != nil {
			return list, nil
		}
	}
	if longer == nil {
		return nil, nil
	}
	v := longer.Value.Frac()
	if b.of.Adds {
		var err error
		if v, err = b.part(longer, w); err != nil {
			return nil, err
		}
	}
	return []piece{{w, v, longer.Whole}}, nil
}

// shorter goes through a window from target to target, the longest at each day; nil when a day that is held has none.
func (b *Book) shorter(ref rule.Ref, w calendar.Window, held []calendar.Window) (out []piece) {
	for day := w.From; day < w.To; {
		var best *placed
		next := w.To
		for i := range b.by[ref] {
			t := &b.by[ref][i]
			switch {
			case t.window.From < day || t.window.To > w.To:
			case t.window.From > day:
				next = min(next, t.window.From)
			case best == nil || t.window.To > best.window.To:
				best = t
			}
		}
		if best != nil {
			out = append(out, piece{best.window, best.Value.Frac(), best.Whole})
			day = best.window.To
			continue
		}
		if daysIn(held, calendar.Window{From: day, To: next}) > 0 {
			return nil
		}
		day = next
	}
	return out
}
