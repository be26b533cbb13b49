package engine

import (
	"encoding/json"
	"fmt"

	"laurel/internal/award"
	"laurel/internal/calendar"
	"laurel/internal/metric"
	"laurel/internal/record"
)

// ratedChange is an exchange rate that was added, corrected or taken away.
type ratedChange struct {
	rate  metric.Rate // its currency and first day
	cause award.Cause
	days  calendar.Window // on which it holds now
}

// fewRates is up to how many changed rates of one currency are followed one by one. More of them, such as a year's that are
// imported, count as one that holds over all their days.
const fewRates = 10

// joined finds the days of changed rates, and takes the many of one currency together.
func joined(rates []ratedChange, known *metric.Rates) (out []ratedChange) {
	perCurrency := map[string]int{}
	for i := range rates {
		rates[i].days = known.Holds(rates[i].rate.Currency, rates[i].rate.From)
		perCurrency[rates[i].rate.Currency]++
	}
	place := map[string]int{}
	for _, r := range rates {
		i, seen := place[r.rate.Currency]
		if perCurrency[r.rate.Currency] <= fewRates || !seen {
			place[r.rate.Currency] = len(out)
			out = append(out, r)
			continue
		}
		days := calendar.Window{From: min(out[i].days.From, r.days.From), To: max(out[i].days.To, r.days.To)}
		out[i] = r
		out[i].days = days
	}
	return out
}

func readRated(c record.Change) (out ratedChange, err error) {
	text := c.After
	if len(text) == 0 {
		text = c.Before
	}
	if err := json.Unmarshal(text, &out.rate); err != nil {
		return out, fmt.Errorf("read a change of an exchange rate: %w", err)
	}
	out.cause = award.Cause{Seq: c.Seq, Object: c.Object, RecordID: c.RecordID}
	return out, nil
}

// countReckoned counts the records again that changed rates decide: those of the days on which each holds now. Where one
// was taken away or another came between, that is a change of its own or the day it ran up to.
func (b *batch) countReckoned(rates []ratedChange) error {
	if len(rates) == 0 {
		return nil
	}
	counter := metric.NewCounter(b.tx, b.metrics, b.counting)
	causes := map[int64]award.Cause{}
	for _, r := range joined(rates, b.counting.Rates) {
		causes[r.cause.RecordID] = r.cause
		for _, m := range b.metrics.List() {
			if o := m.Object(); o == nil || m.Broken != nil || !m.Converts(r.rate.Currency) {
				continue
			}
			ids, err := m.Reckoned(b.tx, r.days)
			if err != nil {
				return err
			}
			for len(ids) > 0 {
				n := min(len(ids), pointingPart)
				if err := b.countAgain(counter, m.Object(), ids[:n], r.cause.RecordID); err != nil {
					return err
				}
				ids = ids[n:]
			}
		}
	}
	return b.markCounted(counter, causes)
}

// countAgain counts records because of something else that changed.
func (b *batch) countAgain(counter *metric.Counter, o *record.Object, ids []int64, because int64) error {
	recs, err := b.engine.records.Load(b.tx, o, ids)
	if err != nil {
		return err
	}
	why := make(map[int64]int64, len(ids))
	for _, id := range ids {
		why[id] = because
	}
	return counter.CountBecause(o, recs, why)
}
