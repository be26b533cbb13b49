package metric

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/db"
)

// A row of the table contribution holds what one record gives, for one person at one moment, to all metrics of its object:
// METRIC=VALUE, or METRIC=VALUE=LABEL where the metric tells its records apart, in the order of metrics with ; between.
type row struct {
	record, person, moment, object int64
	day                            calendar.Day
	ext                            string
	given                          string
}

// rowColumns are all of a row, which all scans; rowList has them for a SELECT.
var rowColumns = []string{"record_id", "person_id", "moment", "object_id", "day", "ext", "given"}

const rowList = `record_id, person_id, moment, object_id, day, ext, given`

func (r *row) all() []any {
	return []any{&r.record, &r.person, &r.moment, &r.object, &r.day, &r.ext, &r.given}
}

// eachStored hands over the rows of a query whose columns go where dests says. The row is reused for the next one.
func eachStored(tx *db.Tx, dests func(*row) []any, query string, args []any, fn func(*row) error) error {
	rows, err := tx.Query(query, args...) //nolint:sqlclosecheck // eachRow closes it
	if err != nil {
		return fmt.Errorf("read contributions: %w", err)
	}
	var r row
	into := dests(&r)
	err = eachRow(rows, func() error {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		return fn(&r)
	})
	if err != nil {
		return fmt.Errorf("read contributions: %w", err)
	}
	return nil
}

var (
	hideLabel = strings.NewReplacer("%", "%25", ";", "%3B")
	showLabel = strings.NewReplacer("%3B", ";", "%25", "%")
)

// rowsOf puts one record's contributions into rows, in the order of the table's key. It sorts the list.
func rowsOf(into []row, object int64, list []Contribution) []row {
	slices.SortFunc(list, func(a, b Contribution) int {
		return cmp.Or(cmp.Compare(a.PersonID, b.PersonID), cmp.Compare(a.Moment, b.Moment), cmp.Compare(a.MetricID, b.MetricID))
	})
	var text []byte
	for i := 0; i < len(list); {
		first := &list[i]
		text = text[:0]
		for ; i < len(list) && list[i].PersonID == first.PersonID && list[i].Moment == first.Moment; i++ {
			text = appendGiven(text, &list[i])
		}
		into = append(into, row{first.RecordID, first.PersonID, first.Moment, object, first.Day, first.Ext, string(text)})
	}
	return into
}

func appendGiven(text []byte, c *Contribution) []byte {
	if len(text) > 0 {
		text = append(text, ';')
	}
	text = strconv.AppendInt(text, c.MetricID, 10)
	text = append(text, '=')
	text = strconv.AppendInt(text, c.Value, 10)
	if c.Label == "" {
		return text
	}
	text = append(text, '=')
	return append(text, hideLabel.Replace(c.Label)...)
}

// contributions appends what the row gives to every metric.
func (r *row) contributions(into []Contribution) ([]Contribution, error) {
	for item := range strings.SplitSeq(r.given, ";") {
		c := Contribution{RecordID: r.record, PersonID: r.person, Day: r.day, Moment: r.moment, Ext: r.ext}
		metric, rest, ok := strings.Cut(item, "=")
		value, label, _ := strings.Cut(rest, "=")
		var err error
		if c.MetricID, err = strconv.ParseInt(metric, 10, 64); err == nil {
			c.Value, err = strconv.ParseInt(value, 10, 64)
		}
		if err != nil || !ok {
			return into, fmt.Errorf("what record %d gives cannot be read: %q", r.record, r.given)
		}
		c.Label = showLabel.Replace(label)
		into = append(into, c)
	}
	return into, nil
}

// giving reads what rows give to one metric.
type giving struct{ metric string } // as rows write it: "7="

func givingTo(metricID int64) giving { return giving{strconv.FormatInt(metricID, 10) + "="} }

// find is what a row gives to the metric; ok is false when it gives nothing.
func (g giving) find(given string) (value int64, label string, ok bool, err error) {
	for rest := given; rest != ""; {
		var item string
		item, rest, _ = strings.Cut(rest, ";")
		text, found := strings.CutPrefix(item, g.metric)
		if !found {
			continue
		}
		text, label, _ = strings.Cut(text, "=")
		if value, err = strconv.ParseInt(text, 10, 64); err != nil {
			return 0, "", false, fmt.Errorf("what a record gives cannot be read: %q", given)
		}
		if label != "" {
			label = showLabel.Replace(label)
		}
		return value, label, true, nil
	}
	return 0, "", false, nil
}
