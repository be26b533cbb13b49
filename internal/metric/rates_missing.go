package metric

import (
	"fmt"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/db"
)

// MissingRate is a currency for which a metric has no rate: its records stand outside every figure.
type MissingRate struct {
	MetricID    int64
	Currency    string
	First, Last calendar.Day // of the records
	Records     int64
}

// maxMissing bounds the days with missing rates that are read.
const maxMissing = 10_000

// MissingRates lists the currencies without a rate, by metric.
func (s *Set) MissingRates(tx *db.Tx) (out []MissingRate, err error) {
	for _, m := range s.list {
		if m.exchange == nil {
			continue
		}
		found, err := missingRates(tx, m.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// missingRates reads those of one metric, by index left_out_by_metric.
func missingRates(tx *db.Tx, metricID int64) (out []MissingRate, err error) {
	rows, err := tx.Query(`SELECT detail, COUNT(*) FROM left_out WHERE metric_id = $1 AND reason = $2
		GROUP BY detail
		ORDER BY detail
		LIMIT $3`, metricID, string(NoRate), maxMissing)
	if err != nil {
		return nil, fmt.Errorf("read missing exchange rates: %w", err)
	}
	err = eachRow(rows, func() error {
		m := MissingRate{MetricID: metricID}
		var detail string // "USD 2026-01-05"
		if err := rows.Scan(&detail, &m.Records); err != nil {
			return err
		}
		currency, day, _ := strings.Cut(detail, " ")
		var err error
		if m.First, err = calendar.ParseDay(day); err != nil {
			return err
		}
		m.Currency, m.Last = currency, m.First
		if n := len(out) - 1; n >= 0 && out[n].Currency == m.Currency {
			out[n].Last, out[n].Records = m.Last, out[n].Records+m.Records
			return nil
		}
		out = append(out, m)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read missing exchange rates: %w", err)
	}
	return out, nil
}
