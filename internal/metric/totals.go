package metric

import (
	"database/sql"
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/rule"
	"laurel/internal/target"
)

// Totals reads windows of day cells inside one transaction. It remembers what it has read, so it must not outlive a
// change to the cells.
type Totals struct {
	tx      *db.Tx
	dir     *people.Directory
	windows map[windowKey]*windowTotals
	lists   map[windowKey]*windowValues
	labels  map[windowKey]*windowLabels
	lasts   map[windowKey]*windowLasts
	works   map[workKey]*work
	kept    int // how many rows of works are remembered
	books   map[int64]*target.Book
	draft   *draft // of the metric draftID
}

type windowKey struct {
	metric int64
	window calendar.Window
}

type windowTotals struct {
	asked  int
	whole  bool // everybody has been read
	person map[int64]cell
}

// cell is what days add up to; its total is high × 10^9 + low, which need not fit until it is asked for.
type cell struct{ records, high, low int64 }

// readWholeAfter is how many persons of one window are read one by one before everybody is read at once.
const readWholeAfter = 12

// NewTotals begins reading.
func NewTotals(tx *db.Tx, dir *people.Directory) *Totals {
	return &Totals{
		tx: tx, dir: dir, windows: map[windowKey]*windowTotals{}, lists: map[windowKey]*windowValues{},
		labels: map[windowKey]*windowLabels{}, lasts: map[windowKey]*windowLasts{},
		works: map[workKey]*work{}, books: map[int64]*target.Book{},
	}
}

// Of is a subject's exact value in a period: as Value says, and for metrics that compare with other periods as they say.
func (t *Totals) Of(m *Metric, ref rule.Ref, p calendar.Period) (v money.Frac, ok bool, err error) {
	switch m.Def.Measure.Kind {
	case Growth:
		return t.growth(m, ref, p)
	case Attainment:
		return t.attainment(m, ref, p)
	case Combine:
		return t.combine(m, ref, p)
	case Ratio:
		return t.ratio(m, ref, p)
	}
	return t.Value(m, ref, p.Window)
}

// Value is a subject's exact value in a window, in natural units (yuan, not fen). ok is false when there is no value:
// an average or a ratio over nothing. A team's value adds its members of each day.
func (t *Totals) Value(m *Metric, ref rule.Ref, w calendar.Window) (v money.Frac, ok bool, err error) {
	switch m.Def.Measure.Kind {
	case Ratio:
		return t.ratio(m, ref, calendar.Period{Window: w})
	case Average:
		sum, err := t.sum(m, ref, w)
		if err != nil || sum.records == 0 {
			return v, false, err
		}
		whole, err := sum.natural(m)
		if err != nil {
			return v, false, err
		}
		v, err = whole.Div(money.Whole(sum.records))
		return v, err == nil, err
	case Min, Max, Median, Percentile:
		return t.single(m, ref, w)
	case Distinct:
		return t.distinct(m, ref, w)
	case Combine:
		return t.combine(m, ref, calendar.Period{Window: w})
	case Growth, Attainment: // only a period has one: see Of
		return v, false, nil
	}
	sum, err := t.sum(m, ref, w)
	if err != nil {
		return v, false, err
	}
	v, err = sum.natural(m)
	return v, err == nil, err
}

func (t *Totals) ratio(m *Metric, ref rule.Ref, p calendar.Period) (v money.Frac, ok bool, err error) {
	below, ok, err := t.Of(m.To, ref, p)
	if err != nil || !ok || below.Sign() == 0 {
		return v, false, err
	}
	above, ok, err := t.Of(m.Of, ref, p)
	if err != nil || !ok {
		return v, false, err
	}
	v, err = above.Div(below)
	return v, err == nil, err
}

// sum adds a person's cells of a window, or a unit's members' on their days.
func (t *Totals) sum(m *Metric, ref rule.Ref, w calendar.Window) (cell, error) {
	if ref.Kind == rule.Person {
		return t.personSum(m.ID, ref.ID, w)
	}
	if m.whole() {
		return t.sumOnce(m, ref, w)
	}
	var sum cell
	for _, span := range t.spans(m, ref) {
		part := span.Window.Overlap(w)
		if part.Empty() {
			continue
		}
		c, err := t.personSum(m.ID, span.PersonID, part)
		if err != nil {
			return cell{}, err
		}
		sum = cell{sum.records + c.records, sum.high + c.high, sum.low + c.low}
	}
	return sum, nil
}

func (t *Totals) personSum(metricID, personID int64, w calendar.Window) (cell, error) {
	if metricID == draftID {
		d, err := t.draft.of(personID, w)
		return d.cell, err
	}
	key := windowKey{metricID, w}
	known := t.windows[key]
	if known == nil {
		known = &windowTotals{person: map[int64]cell{}}
		t.windows[key] = known
	}
	if c, ok := known.person[personID]; ok || known.whole {
		return c, nil
	}
	if known.asked >= readWholeAfter {
		err := t.readWindow(key, known)
		return known.person[personID], err
	}
	known.asked++
	var c cell
	err := t.tx.QueryRow(`SELECT COALESCE(SUM(records), 0), CAST(COALESCE(SUM(high), 0) AS BIGINT), CAST(COALESCE(SUM(total), 0) AS BIGINT)
		FROM cell WHERE metric_id = $1 AND person_id = $2 AND day >= $3 AND day < $4`,
		metricID, personID, int64(w.From), int64(w.To)).Scan(&c.records, &c.high, &c.low)
	if err != nil {
		return cell{}, fmt.Errorf("add up cells: %w", err)
	}
	known.person[personID] = c
	return c, nil
}

// Warm reads everybody's totals of a window at once, ahead of many questions about it.
func (t *Totals) Warm(m *Metric, w calendar.Window) error {
	for _, part := range m.Parts() {
		key := windowKey{part.ID, w}
		switch kind := part.Def.Measure.Kind; {
		case part.ID == draftID: // read already
			continue
		case kind.single():
			if err := t.warmValues(part, w); err != nil {
				return err
			}
			continue
		case kind == Distinct:
			if err := t.warmLabels(part, w); err != nil {
				return err
			}
			continue
		}
		if known := t.windows[key]; known != nil && known.whole {
			continue
		}
		known := &windowTotals{person: map[int64]cell{}}
		t.windows[key] = known
		if err := t.readWindow(key, known); err != nil {
			return err
		}
	}
	return nil
}

// everybody are those under whose numbers contributions stand: persons, and units with work of their own.
const everybody = `(SELECT id FROM person UNION ALL SELECT -id FROM unit)`

// readWindow goes from person to person, so that only the window's cells are read of the metric's whole history: by the key of
// cell. The sums of a person come as one text, since PostgreSQL would turn a join round and read the history.
func (t *Totals) readWindow(key windowKey, known *windowTotals) error {
	rows, err := t.tx.Query(`SELECT p.id, (
			SELECT SUM(c.records) || ' ' || SUM(c.high) || ' ' || SUM(c.total)
			FROM cell c WHERE c.metric_id = $1 AND c.person_id = p.id AND c.day >= $2 AND c.day < $3)
		FROM `+everybody+` p`, key.metric, int64(key.window.From), int64(key.window.To))
	if err != nil {
		return fmt.Errorf("add up cells: %w", err)
	}
	err = eachRow(rows, func() error {
		var id int64
		var sums sql.NullString
		if err := rows.Scan(&id, &sums); err != nil || !sums.Valid {
			return err
		}
		var c cell
		_, err := fmt.Sscan(sums.String, &c.records, &c.high, &c.low)
		known.person[id] = c
		return err
	})
	if err != nil {
		return fmt.Errorf("add up cells: %w", err)
	}
	known.whole = true
	return nil
}

// Points are a subject's contributions in a window, in the order of time. Only metrics that add up have them; of different
// values they are those in which each comes first.
func (t *Totals) Points(m *Metric, ref rule.Ref, w calendar.Window) (points []rule.Point, err error) {
	if m.Def.Measure.Kind == Combine {
		return t.PointsOf(m, ref, calendar.Period{Window: w})
	}
	if m.ID == draftID {
		return nil, errSaveFirst()
	}
	if ref.Kind == rule.Person {
		points, err = t.personPoints(nil, m, ref.ID, w)
	} else {
		for _, span := range t.spans(m, ref) {
			if part := span.Window.Overlap(w); err == nil && !part.Empty() {
				points, err = t.personPoints(points, m, span.PersonID, part)
			}
		}
	}
	if err == nil && ref.Kind != rule.Person {
		points = m.once(points)
	}
	if err == nil && m.Def.Measure.Kind == Distinct {
		points = firstOfEach(points)
	}
	return points, err
}

// natural is the metric's total, kept as a scaled integer, in natural units. One that does not fit is money.ErrOverflow.
func (c cell) natural(m *Metric) (money.Frac, error) {
	scaled, err := join(c.high, c.low)
	if err != nil {
		return money.Frac{}, err
	}
	return m.natural(scaled)
}
