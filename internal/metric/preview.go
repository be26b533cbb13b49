package metric

import (
	"errors"

	"laurel/internal/db"
	"laurel/internal/record"
)

// Counts tells what a metric would count.
type Counts struct {
	Records int64 // that would count
	Scanned int64 // that were looked at
}

var errEnough = errors.New("enough records")

// Preview counts for a definition that need not have been saved, looking at no more records than a limit.
func (m *Metric) Preview(tx *db.Tx, ground Ground, limit int64) (out Counts, err error) {
	if m.object == nil {
		return out, nil // what it is computed from has records of its own
	}
	var list []Contribution
	count := func(rec *record.Record, known related) {
		if out.Scanned++; out.Scanned > limit {
			return
		}
		if list, _ = m.contributions(list[:0], known.widen(m, rec), &ground); len(list) > 0 {
			out.Records++
		}
	}
	err = eachPart(tx, ground.Records, m.object, []*Metric{m}, count, func() error {
		if out.Scanned > limit {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}
