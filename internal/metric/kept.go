package metric

import (
	"maps"

	"laurel/internal/calendar"
)

// Kept is what was read about whole windows, everybody in each: totals of cells and last moments. It is good for as long as
// the cells stay as they were; it is immutable, so transactions may share it.
type Kept struct {
	windows map[windowKey]*windowTotals
	lasts   map[windowKey]*windowLasts
}

// keptPersons bounds what is kept, in entries of about 60 bytes: persons times windows.
const keptPersons = 200_000

// Seed gives the reader what earlier ones have read of the same cells.
func (t *Totals) Seed(k Kept) {
	t.windows, t.lasts = maps.Clone(k.windows), maps.Clone(k.lasts)
	if t.windows == nil {
		t.windows = map[windowKey]*windowTotals{}
	}
	if t.lasts == nil {
		t.lasts = map[windowKey]*windowLasts{}
	}
}

// Kept is what this reader has read of whole windows, for later ones; nothing where that is too much.
func (t *Totals) Kept() Kept {
	k := Kept{windows: map[windowKey]*windowTotals{}, lasts: map[windowKey]*windowLasts{}}
	n := 0
	for key, w := range t.windows {
		if w.whole {
			k.windows[key] = w
			n += len(w.person)
		}
	}
	for key, w := range t.lasts {
		if w.whole {
			k.lasts[key] = w
			n += len(w.person)
		}
	}
	if n > keptPersons {
		return Kept{}
	}
	return k
}

// Forget drops everything that was read, after cells were counted afresh.
func (t *Totals) Forget() {
	fresh := NewTotals(t.tx, t.dir)
	fresh.books = t.books
	*t = *fresh
}

// movedOneByOne is up to how many changed cells whole windows follow; after more of them they are read again when asked for.
const movedOneByOne = 500

// Moved brings what was read up to date with what a counter has just written.
func (t *Totals) Moved(moved []Moved) {
	if len(moved) > movedOneByOne {
		t.Forget()
		return
	}
	own := map[windowKey]*windowTotals{} // windows that were copied, since others may share them
	for key, w := range t.windows {
		for _, m := range moved {
			if m.MetricID != key.metric || !key.window.Contains(m.Day) {
				continue
			}
			if !w.whole {
				delete(t.windows, key)
				break
			}
			if own[key] == nil {
				own[key] = &windowTotals{whole: true, person: maps.Clone(w.person)}
			}
			c := own[key].person[m.PersonID]
			own[key].person[m.PersonID] = cell{c.records + m.records, c.high + m.high, c.low + m.low}
		}
	}
	maps.Copy(t.windows, own)
	t.movedLasts(moved)
	touched := map[int64]bool{}
	for _, m := range moved {
		touched[m.MetricID] = true
	}
	dropOf(t.lists, touched)
	dropOf(t.labels, touched)
	clear(t.works)
	t.kept = 0
}

// movedLasts forgets the last moments of those whose contributions moved: they are looked up again when asked for.
func (t *Totals) movedLasts(moved []Moved) {
	for key, w := range t.lasts {
		var own *windowLasts
		for _, m := range moved {
			if m.MetricID != key.metric || !key.window.Contains(m.Day) {
				continue
			}
			if own == nil {
				own = &windowLasts{whole: w.whole, asked: w.asked, person: maps.Clone(w.person), stale: maps.Clone(w.stale)}
				if own.stale == nil {
					own.stale = map[int64]bool{}
				}
			}
			delete(own.person, m.PersonID)
			own.stale[m.PersonID] = true
		}
		if own != nil {
			t.lasts[key] = own
		}
	}
}

func dropOf[V any](known map[windowKey]V, metrics map[int64]bool) {
	for key := range known {
		if metrics[key.metric] {
			delete(known, key)
		}
	}
}

// Moved is a cell that a counter wrote, with what it added to it.
type Moved struct {
	MetricID int64
	PersonID int64
	Day      calendar.Day
	delta
}
