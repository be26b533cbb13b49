package metric

import (
	"errors"
	"runtime"
	"slices"
	"sync"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/expr"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// draftID stands for the metric whose definition is not saved, which has no cells.
const draftID = -1

// draft is what a definition in work counts, by window: nothing of it is on record.
type draft struct {
	read  func(windows []calendar.Window) error // fills known
	known map[calendar.Window]map[int64]drawn
}

// drawn is what a person has in a window.
type drawn struct {
	cell
	last int64 // µs UTC of the last contribution
}

// With is the set as it would be with a definition in work. The metric of its key, if there is one, is left as it is for the
// metrics that are computed from it.
func (s *Set) With(m *Metric) (*Set, *Metric) {
	own := *m
	own.ID, own.onRecord = draftID, m.ID
	out := &Set{list: slices.Clone(s.list), byKey: map[string]*Metric{}, byID: map[int64]*Metric{draftID: &own}, byObject: s.byObject}
	out.list = slices.DeleteFunc(out.list, func(x *Metric) bool { return x.Def.Key == m.Def.Key })
	for _, x := range out.list {
		out.byKey[x.Def.Key], out.byID[x.ID] = x, x
	}
	out.byKey[m.Def.Key] = &own
	out.list = append(out.list, &own)
	return out, &own
}

// ComputedFrom reports whether a metric is computed, at some remove, from the one of a key.
func (m *Metric) ComputedFrom(key string) bool { return m.leadsTo(key) }

// Try makes the reader count a definition in work, which With returned, in some windows at first and in others when they are
// asked for. Counts, sums and averages can be tried: others, and what needs single contributions, have to be saved first.
func (t *Totals) Try(m *Metric, ground Ground, columns *Columns, windows []calendar.Window) error {
	switch m.Def.Measure.Kind {
	case Count, Sum, Average:
	default:
		return errSaveFirst()
	}
	d := &draft{known: map[calendar.Window]map[int64]drawn{}}
	d.read = func(windows []calendar.Window) error {
		err := errNotInColumns
		if columns != nil && m.inColumns() {
			err = d.fromColumns(t.tx, m, ground, columns, windows)
		}
		if errors.Is(err, errNotInColumns) {
			err = d.fromRecords(t.tx, m, ground, windows)
		}
		return err
	}
	t.draft = d
	return d.read(windows)
}

func errSaveFirst() error {
	return problem.Bad("metric_not_saved", "metric", "这条规则要看单条记录的先后，请先保存指标再试算", "this rule needs single records of the metric: save the metric first, then try the plan")
}

// of is what a person has in a window.
func (d *draft) of(personID int64, w calendar.Window) (drawn, error) {
	if d.known[w] == nil {
		if err := d.read([]calendar.Window{w}); err != nil {
			return drawn{}, err
		}
	}
	return d.known[w][personID], nil
}

// fromRecords reads every record, as a rebuild does.
func (d *draft) fromRecords(tx *db.Tx, m *Metric, ground Ground, windows []calendar.Window) error {
	for _, w := range windows {
		d.known[w] = map[int64]drawn{}
	}
	var list []Contribution
	count := func(rec *record.Record, known related) {
		list, _ = m.contributions(list[:0], known.widen(m, rec), &ground)
		for _, c := range list {
			high, low := split(c.Value)
			for _, w := range windows {
				if !w.Contains(c.Day) {
					continue
				}
				was := d.known[w][c.PersonID]
				d.known[w][c.PersonID] = drawn{cell{was.records + 1, was.high + high, was.low + low}, max(was.last, c.Moment)}
			}
		}
	}
	return eachPart(tx, ground.Records, m.object, []*Metric{m}, count, func() error { return nil })
}

// inColumns reports whether all that a metric reads can be held in columns: fields of the record itself, no arithmetic.
func (m *Metric) inColumns() bool {
	if len(m.paths) > 0 || m.person < 0 || m.quantity != nil || m.exchange != nil || m.span != nil || m.object == nil || m.Broken != nil {
		return false
	}
	if m.condition == nil {
		return true
	}
	_, ok := m.condition.Filter()
	return ok
}

// stretch is a window that no other of its pass overlaps, in the unit of the date field: days or µs.
type stretch struct {
	from, to int64
	window   calendar.Window
}

// fromColumns adds the windows up from columns, in passes of windows that do not overlap: usually one.
func (d *draft) fromColumns(tx *db.Tx, m *Metric, ground Ground, columns *Columns, windows []calendar.Window) error {
	columns.mu.Lock()
	defer columns.mu.Unlock()
	if err := columns.ready(tx, ground.Records, m); err != nil {
		return err
	}
	rest := slices.Clone(windows)
	slices.SortFunc(rest, func(a, b calendar.Window) int { return int(a.From - b.From) })
	rest = slices.Compact(rest)
	for len(rest) > 0 {
		var pass []stretch
		var later []calendar.Window
		for _, w := range rest {
			if n := len(pass); n > 0 && w.From < pass[n-1].window.To {
				later = append(later, w)
				continue
			}
			s := stretch{int64(w.From), int64(w.To), w}
			if m.instant {
				s.from, s.to = w.From.Start(ground.Zone).UnixMicro(), w.To.Start(ground.Zone).UnixMicro()
			}
			pass = append(pass, s)
		}
		d.pass(m, &ground, columns, pass)
		rest = later
	}
	return nil
}

// rowsAlone is from how many rows on a pass is shared among the processors.
const rowsAlone = 200_000

func (d *draft) pass(m *Metric, ground *Ground, columns *Columns, windows []stretch) {
	people := columns.persons[m.person]
	width := len(people.ids) + 1
	workers := 1
	if len(columns.ids) >= rowsAlone {
		workers = min(runtime.GOMAXPROCS(0), 8)
	}
	totals := make([][]drawn, workers)
	tally := newTally(m, columns, windows)
	var wait sync.WaitGroup
	for n := range workers {
		from, to := len(columns.ids)*n/workers, len(columns.ids)*(n+1)/workers
		totals[n] = make([]drawn, width*len(windows))
		wait.Go(func() { tally.add(totals[n], from, to) })
	}
	wait.Wait()
	for i, w := range windows {
		known := make(map[int64]drawn, len(people.ids))
		for p, id := range people.ids {
			var sum drawn
			for n := range workers {
				part := &totals[n][i*width+p+1]
				if part.records == 0 {
					continue
				}
				last := part.last
				if !m.instant {
					last = calendar.Day(last).Start(ground.Zone).UnixMicro()
				}
				if sum.records == 0 || last > sum.last {
					sum.last = last
				}
				sum.cell = cell{sum.records + part.records, sum.high + part.high, sum.low + part.low}
			}
			if sum.records > 0 {
				known[id] = sum
			}
		}
		d.known[w.window] = known
	}
}

// tally adds rows up by window and person.
type tally struct {
	test    func(from int, out []bool)
	place   []uint32
	width   int
	date    *expr.Column
	value   *expr.Column // nil: each record counts 1
	windows []stretch
	table   []int32 // of days, from the first window's: the window, or -1; nil for instants
}

func newTally(m *Metric, columns *Columns, windows []stretch) *tally {
	people := columns.persons[m.person]
	t := &tally{place: people.of, width: len(people.ids) + 1, date: columns.fields[m.date], windows: windows}
	if m.condition != nil {
		all := make([]*expr.Column, len(columns.object.Fields))
		for i, c := range columns.fields {
			all[i] = c
		}
		filter, _ := m.condition.Filter()
		t.test = filter.On(all)
	}
	if m.Def.Measure.Kind != Count {
		t.value = columns.fields[m.value]
	}
	if span := windows[len(windows)-1].to - windows[0].from; !m.instant && span < 1<<20 {
		t.table = make([]int32, span)
		for i := range t.table {
			t.table[i] = -1
		}
		for n, w := range windows {
			for day := w.from; day < w.to; day++ {
				t.table[day-windows[0].from] = int32(n) //nolint:gosec // bounded by the periods of a back-test
			}
		}
	}
	return t
}

// tallyBlock is how many rows are tested before they are added up.
const tallyBlock = 4096

func (t *tally) add(totals []drawn, from, to int) {
	var meets [tallyBlock]bool
	for ; from < to; from += tallyBlock {
		n := min(tallyBlock, to-from)
		if t.test != nil {
			t.test(from, meets[:n])
		}
		place, dates, undated := t.place[from:from+n], t.date.Ints[from:from+n], t.date.Missing[from:from+n]
		for i, p := range place {
			if p == 0 || undated[i] || t.test != nil && !meets[i] {
				continue
			}
			date := dates[i]
			w := t.window(date)
			if w < 0 {
				continue
			}
			high, low := int64(0), int64(1)
			if t.value != nil {
				low = t.value.Ints[from+i]
				if t.value.Missing[from+i] || low > MaxValue || low < -MaxValue {
					continue
				}
				if low >= billion || low <= -billion {
					high, low = split(low)
				}
			}
			sum := &totals[w*t.width+int(p)]
			if sum.records == 0 || date > sum.last {
				sum.last = date
			}
			sum.records, sum.high, sum.low = sum.records+1, sum.high+high, sum.low+low
		}
	}
}

// window is the place of the window that a day or an instant lies in, or -1.
func (t *tally) window(date int64) int {
	if t.table != nil {
		if i := date - t.windows[0].from; i >= 0 && i < int64(len(t.table)) {
			return int(t.table[i])
		}
		return -1
	}
	i, found := slices.BinarySearchFunc(t.windows, date, func(w stretch, at int64) int { return int(min(max(w.from-at, -1), 1)) })
	if !found {
		i--
	}
	if i < 0 || date >= t.windows[i].to {
		return -1
	}
	return i
}
