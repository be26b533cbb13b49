package verify

import (
	"context"
	"fmt"
	"strings"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
)

// Deps are the stores whose data is proved.
type Deps struct {
	DB      *db.DB
	Records *record.Store
	People  *people.Store
	Plans   *plan.Store
}

// progressEvery is how many records are read between two calls of progress.
const progressEvery = 10_000

// run is one recomputation, inside one snapshot.
type run struct {
	tx        *db.Tx
	deps      Deps
	report    *Report
	clock     clock
	roster    *roster
	pays      string // the organisation's currency
	plans     []*plan.Plan
	metrics   []*measured
	byID      map[int64]*measured
	byKey     map[string]*measured
	related   related
	quotes    []quote
	asOf      calendar.Day
	tallies   map[tallyKey]tally
	goals     map[int64][]goal     // targets, by metric
	gives     map[string][]givenIn // what plans give, by those that build on it
	excluding int                  // how many copies of metrics have records taken out
	depth     int                  // how many plans are being worked out for another
	faults    map[fault]NotJudged
}

type fault struct {
	plan  int64
	label string
}

// Run recomputes everything from the records, in one snapshot, and compares. It holds what every metric counts in
// memory: some 100 bytes a record and 20 for each metric that counts it, and as much again until the collector has taken away what became waste. progress is told the records read so far; it may be nil.
func Run(ctx context.Context, deps Deps, progress func(records int64)) (*Report, error) {
	var report *Report
	err := deps.DB.Read(ctx, func(tx *db.Tx) error {
		r := &run{tx: tx, deps: deps, report: &Report{NotJudged: []NotJudged{}, Differences: []Difference{}}}
		report = r.report
		return r.prove(progress)
	})
	if err != nil {
		return nil, fmt.Errorf("recompute: %w", err)
	}
	return report, nil
}

func (r *run) prove(progress func(int64)) error {
	if err := r.open(); err != nil {
		return err
	}
	if err := r.scan(progress); err != nil {
		return err
	}
	for _, step := range []func() error{r.compareContributions, r.compareLeftOut, r.compareCells, r.comparePlans, r.compareHistories, r.compareStatements} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) open() error {
	dir, err := r.deps.People.Directory(r.tx)
	if err != nil {
		return err
	}
	o := dir.Organisation
	r.clock = clock{zone: time.UTC, first: time.Month(max(o.FiscalStartMonth, 1)), starts: map[calendar.Day]int64{}}
	if zone, err := time.LoadLocation(o.TimeZone); err == nil && o.TimeZone != "" {
		r.clock.zone = zone
	}
	r.roster, r.pays = newRoster(dir), o.Currency
	schema, err := r.deps.Records.Schema(r.tx)
	if err != nil {
		return err
	}
	if r.metrics, err = readMetrics(r.tx, schema, newWorktime(o.Working)); err != nil {
		return err
	}
	r.byID, r.byKey = map[int64]*measured{}, map[string]*measured{}
	for _, m := range r.metrics {
		r.byID[m.id], r.byKey[m.def.Key] = m, m
	}
	if err := r.readGoals(); err != nil {
		return err
	}
	r.report.Metrics = len(r.metrics)
	return r.readState()
}

// readState reads how far the engine has come and what it says it could not judge.
func (r *run) readState() error {
	var cursor, head int64
	if err := r.tx.QueryRow(`SELECT cursor, as_of FROM engine_state WHERE one = 1`).Scan(&cursor, &r.asOf); err != nil {
		return fmt.Errorf("read the engine's state: %w", err)
	}
	if err := r.tx.QueryRow(`SELECT COALESCE(MAX(seq), 0) FROM change`).Scan(&head); err != nil {
		return fmt.Errorf("read the log's end: %w", err)
	}
	r.report.AsOf, r.report.Behind = r.asOf, head-cursor
	if err := r.tx.QueryRow(`SELECT COALESCE(MAX(to_day), 0) FROM closing WHERE reopened_at = 0`).Scan(&r.clock.closedUntil); err != nil {
		return fmt.Errorf("read closings: %w", err)
	}
	rows, err := r.tx.Query(`SELECT plan_id, period_label, code, message FROM plan_problem ORDER BY plan_id, period_label`)
	if err != nil {
		return fmt.Errorf("read periods not judged: %w", err)
	}
	r.faults = map[fault]NotJudged{}
	return each(rows, func(scan scanRow) error {
		var f fault
		var n NotJudged
		var text string
		err := scan(&f.plan, &f.label, &n.Code, &text)
		n.Period = f.label
		zh, en, _ := strings.Cut(text, "\n")
		n.Message = i18n.T(zh, en)
		r.faults[f] = n
		return err
	})
}

// scan reads every live record of the objects that metrics measure, once.
func (r *run) scan(progress func(int64)) error {
	if err := r.readRelated(); err != nil {
		return err
	}
	if err := r.readQuotes(); err != nil {
		return err
	}
	for _, m := range r.metrics {
		m.run = r
	}
	byObject := map[*record.Object][]*measured{}
	var objects []*record.Object
	for _, m := range r.metrics {
		if m.broken != nil || m.object == nil {
			continue
		}
		if byObject[m.object] == nil {
			objects = append(objects, m.object)
		}
		byObject[m.object] = append(byObject[m.object], m)
	}
	for _, o := range objects {
		metrics, own := byObject[o], &marks{}
		err := r.deps.Records.Scan(r.tx, o, func(rec *record.Record) error {
			own.external, own.made = strings.Clone(rec.ExternalID), own.made[:0]
			for _, m := range metrics {
				m.take(m.together(rec, r.related), own, r.clock)
			}
			r.report.Records++
			if progress != nil && r.report.Records%progressEvery == 0 {
				progress(r.report.Records)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("read %s: %w", o.Key, err)
		}
	}
	for _, m := range r.metrics {
		r.report.Contributions += int64(m.counted.size)
	}
	return nil
}
