package verify

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"laurel/internal/calendar"
)

// compareContributions reads every stored contribution and holds it against what was recomputed.
func (r *run) compareContributions() error {
	next := map[int64]int{} // by metric: the first recomputed point that has not been met
	rows, err := r.tx.Query(`SELECT record_id, person_id, moment, object_id, day, ext, given
		FROM contribution ORDER BY record_id, person_id, moment`)
	if err != nil {
		return fmt.Errorf("read contributions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		stored := point{mark: &mark{}}
		var object int64
		var given string
		if err := rows.Scan(&stored.record, &stored.person, &stored.moment, &object, &stored.day, &stored.external, &given); err != nil {
			return fmt.Errorf("read contributions: %w", err)
		}
		for _, one := range strings.Split(given, ";") {
			id, err := readGiven(one, &stored)
			if err != nil {
				return err
			}
			next[id] = r.compareStored(r.metricByID(id), next[id], object, stored)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read contributions: %w", err)
	}
	for _, m := range r.metrics {
		for i := next[m.id]; i < m.counted.size; i++ {
			r.pointDiffers(m, m.counted.at(i), nil)
		}
	}
	return nil
}

// readGiven reads METRIC=VALUE or METRIC=VALUE=LABEL.
func readGiven(text string, into *point) (metric int64, err error) {
	parts := strings.SplitN(text, "=", 3)
	if metric, err = strconv.ParseInt(parts[0], 10, 64); err == nil && len(parts) > 1 {
		into.value, err = strconv.ParseInt(parts[1], 10, 64)
	}
	if err != nil || len(parts) < 2 {
		return 0, fmt.Errorf("what record %d gives cannot be read: %q", into.record, text)
	}
	into.label = ""
	if len(parts) == 3 {
		into.label = strings.ReplaceAll(strings.ReplaceAll(parts[2], "%3B", ";"), "%25", "%")
	}
	return metric, nil
}

// compareStored holds a stored point against the i-th recomputed one of its metric, and returns which comes next.
func (r *run) compareStored(m *measured, i int, object int64, stored point) int {
	for ; i < m.counted.size && m.before(m.counted.at(i), &stored); i++ {
		r.pointDiffers(m, m.counted.at(i), nil)
	}
	if i == m.counted.size || !m.same(m.counted.at(i), &stored) || m.object.ID != object {
		r.pointDiffers(m, nil, &stored)
		return i
	}
	if !m.counted.at(i).equals(&stored) {
		r.pointDiffers(m, m.counted.at(i), &stored)
	}
	return i + 1
}

// metricByID finds a metric; one that is gone has no definition and counts nothing.
func (r *run) metricByID(id int64) *measured {
	m := r.byID[id]
	if m == nil {
		m = &measured{id: id}
		m.def.Key = fmt.Sprintf("metric %d, which is gone", id)
		r.byID[id] = m
	}
	return m
}

func (r *run) pointDiffers(m *measured, expected, found *point) {
	d := Difference{Kind: ContributionDiffers, Metric: m.def.Key, Expected: nothing, Found: nothing}
	say := func(p *point) string {
		d.Record, d.Day = p.record, p.day.String()
		return fmt.Sprintf("%s for person %d on %s (moment %d, external id %q, label %q)",
			decimalText(big.NewInt(p.value), m.scale), p.person, p.day, p.moment, p.external, p.label)
	}
	if found != nil {
		d.Found = say(found)
	}
	if expected != nil {
		d.Expected = say(expected)
	}
	r.report.differ(d)
}

// compareLeftOut does the same for records that are left out.
func (r *run) compareLeftOut() error {
	type key struct{ metric, record int64 }
	expected := map[key]string{}
	for _, m := range r.metrics {
		for _, o := range m.omitted {
			expected[key{m.id, o.record}] = o.reason
		}
	}
	differ := func(k key, want, found string) {
		r.report.differ(Difference{Kind: LeftOutDiffers, Metric: r.metricByID(k.metric).def.Key, Record: k.record, Expected: orNothing(want), Found: orNothing(found)})
	}
	rows, err := r.tx.Query(`SELECT record_id, metric_id, reason, detail FROM left_out ORDER BY record_id, metric_id`)
	if err != nil {
		return fmt.Errorf("read records left out: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var k key
		var reason, detail string
		if err := rows.Scan(&k.record, &k.metric, &reason, &detail); err != nil {
			return fmt.Errorf("read records left out: %w", err)
		}
		reason = strings.TrimSpace(reason + " " + detail)
		if expected[k] != reason {
			differ(k, expected[k], reason)
		}
		delete(expected, k)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read records left out: %w", err)
	}
	for _, m := range r.metrics {
		for _, o := range m.omitted {
			if reason, missing := expected[key{m.id, o.record}]; missing {
				differ(key{m.id, o.record}, reason, "")
			}
		}
	}
	return nil
}

func orNothing(s string) string {
	if s == "" {
		return nothing
	}
	return s
}

// dayCell is what one person's records of one day add up to.
type dayCell struct {
	records int64
	total   big.Int
}

// compareCells adds the points up by person and day and holds them against the stored cells, one metric at a time.
func (r *run) compareCells() error {
	known := map[int64]bool{}
	for _, m := range r.metrics {
		known[m.id] = true
		if err := r.compareCellsOf(m); err != nil {
			return err
		}
	}
	rows, err := r.tx.Query(`SELECT DISTINCT metric_id FROM cell ORDER BY metric_id`)
	if err != nil {
		return fmt.Errorf("read cells: %w", err)
	}
	var gone []int64
	err = each(rows, func(scan scanRow) error {
		var id int64
		err := scan(&id)
		if !known[id] {
			gone = append(gone, id)
		}
		return err
	})
	for i := 0; i < len(gone) && err == nil; i++ {
		err = r.compareCellsOf(r.metricByID(gone[i]))
	}
	return err
}

func (r *run) compareCellsOf(m *measured) error {
	type key struct {
		person int64
		day    calendar.Day
	}
	expected := map[key]*dayCell{}
	for i := range m.counted.size {
		p := m.counted.at(i)
		c := expected[key{p.person, p.day}]
		if c == nil {
			c = &dayCell{}
			expected[key{p.person, p.day}] = c
		}
		c.records++
		c.total.Add(&c.total, big.NewInt(p.value))
	}
	text := func(records int64, total *big.Int) string {
		return fmt.Sprintf("%d records, %s", records, decimalText(total, m.scale))
	}
	differ := func(k key, want, found string) {
		r.report.differ(Difference{
			Kind: CellDiffers, Metric: m.def.Key, Day: k.day.String(), Subject: r.roster.describe(personRef(k.person)), Expected: want, Found: found,
		})
	}
	rows, err := r.tx.Query(`SELECT person_id, day, records, high, total FROM cell WHERE metric_id = $1 ORDER BY person_id, day`, m.id)
	if err != nil {
		return fmt.Errorf("read cells: %w", err)
	}
	err = each(rows, func(scan scanRow) error {
		var k key
		var records, high, low int64
		if err := scan(&k.person, &k.day, &records, &high, &low); err != nil {
			return err
		}
		total := new(big.Int).Mul(big.NewInt(high), big.NewInt(1_000_000_000)) // the two parts of a cell's total
		total.Add(total, big.NewInt(low))
		c := expected[k]
		delete(expected, k)
		switch {
		case c == nil && records == 0 && total.Sign() == 0: // a day that everything was taken back from
		case c == nil:
			differ(k, nothing, text(records, total))
		case c.records != records || c.total.Cmp(total) != 0:
			differ(k, text(c.records, &c.total), text(records, total))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read cells: %w", err)
	}
	for i := range m.counted.size { // in a fixed order
		k := key{m.counted.at(i).person, m.counted.at(i).day}
		if c := expected[k]; c != nil {
			differ(k, text(c.records, &c.total), nothing)
			delete(expected, k)
		}
	}
	return nil
}

// decimalText writes a scaled integer as a decimal.
func decimalText(n *big.Int, scale uint8) string { return scaledRat(n, scale).FloatString(int(scale)) }
