package metric

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/record"
)

// Omitted is a record that a metric leaves out, and where it would count as far as the record says.
type Omitted struct {
	Record  *record.Record
	Reason  Reason
	Detail  string
	Day     calendar.Day
	Dated   bool    // Day is known
	Persons []int64 // who would have credit; none where a unit would
}

// Within reports whether the record belongs to a span, or might: one without a day may belong to any.
func (o *Omitted) Within(w calendar.Window) bool { return !o.Dated || w.Contains(o.Day) }

// ReadOmitted looks into the newest records that a metric leaves out, at most so many, by index left_out_by_metric, and gives them in
// the order of their ids. more says that there are others.
func (m *Metric) ReadOmitted(tx *db.Tx, g *Ground, most int) (out []Omitted, more bool, err error) {
	if m.object == nil {
		return nil, false, nil
	}
	rows, err := tx.Query(`SELECT record_id, reason, detail FROM left_out WHERE metric_id = $1 ORDER BY record_id DESC LIMIT $2`, m.ID, most+1)
	if err != nil {
		return nil, false, fmt.Errorf("read records left out: %w", err)
	}
	why := map[int64]Omission{}
	var ids []int64
	err = eachRow(rows, func() error {
		var id int64
		var o Omission
		err := rows.Scan(&id, &o.Reason, &o.Detail)
		ids, why[id] = append(ids, id), o
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("read records left out: %w", err)
	}
	if more = len(ids) > most; more {
		ids = ids[:most]
	}
	if len(ids) == 0 || m.Broken != nil {
		return nil, more, nil
	}
	recs, err := g.Records.Load(tx, m.object, ids)
	if err != nil {
		return nil, false, err
	}
	known, err := loadRelated(tx, g.Records, []*Metric{m}, recs)
	if err != nil {
		return nil, false, err
	}
	for i := range recs {
		wide := known.widen(m, &recs[i])
		o := Omitted{Record: &recs[i], Reason: why[recs[i].ID].Reason, Detail: why[recs[i].ID].Detail}
		if date := wide.Values[m.date]; !date.IsNull() {
			if o.Dated = true; m.instant {
				o.Day = calendar.DayAt(time.UnixMicro(date.Micros()), g.Zone)
			} else {
				o.Day = date.Day()
			}
		}
		for _, place := range m.PersonFields() {
			if person := wide.Values[place]; !person.IsNull() && !slices.Contains(o.Persons, person.Ref()) {
				o.Persons = append(o.Persons, person.Ref())
			}
		}
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b Omitted) int { return cmp.Compare(a.Record.ID, b.Record.ID) })
	return out, more, nil
}
