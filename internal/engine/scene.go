package engine

import (
	"laurel/internal/calendar"
	"laurel/internal/closing"
	"laurel/internal/db"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// scene is everything that a judgement reads, as one transaction sees it.
type scene struct {
	tx      *db.Tx
	state   state // as the transaction began
	dir     *people.Directory
	cal     calendar.Calendar
	metrics *metric.Set
	plans   []*readyPlan
	index   *planIndex
	totals  *metric.Totals
	asOf    calendar.Day

	closedUntil calendar.Day // periods that end on or before this day are closed
	orphans     []orphan

	memories map[memory]any
	carried  map[carriedKey]carriedInto
	trials   map[*plan.Ready]plan.Course

	givens   map[givenKey]map[rule.Ref][]gift // what plans give, by those that build on it
	credited map[rewardedKey]map[credit]bool  // what plans reward, by those that exclude them
	depth    int                              // how many plans are being worked out for another
	records  *record.Store
	labels   map[labelKey]string

	tested calendar.Window        // the stretch of a back-test, at whose first day begins what is carried over; else empty
	drafts map[int64]readyVersion // of a back-test: plans that were never published, as others read them
}

// open reads the scene of a transaction.
func (e *Engine) open(tx *db.Tx) (*scene, error) {
	dir, err := e.people.Directory(tx)
	if err != nil {
		return nil, err
	}
	metrics, err := e.metrics.All(tx)
	if err != nil {
		return nil, err
	}
	plans, err := e.plans.All(tx)
	if err != nil {
		return nil, err
	}
	st, err := readState(tx)
	if err != nil {
		return nil, err
	}
	closedUntil, err := closing.Until(tx)
	if err != nil {
		return nil, err
	}
	cal := dir.Organisation.Calendar()
	ready := e.prepare(plans, metrics, dir)
	totals := metric.NewTotals(tx, dir)
	e.kept.seed(st, totals)
	return &scene{
		closedUntil: closedUntil,
		tx:          tx, state: st, dir: dir, cal: cal, metrics: metrics, plans: ready.list, index: ready.index,
		records: e.records, labels: map[labelKey]string{},
		totals: totals, asOf: max(st.asOf, calendar.DayAt(e.now(), cal.Zone)),
	}, nil
}

// judgedPeriod is a period with the version that judges it.
type judgedPeriod struct {
	period calendar.Period
	ready  *plan.Ready
}

// at lists the judged periods in which a day lies, the newest version's first. There may be two while a version takes
// over from one with longer periods: the year that has begun goes on beside the first quarters.
func (p *readyPlan) at(day calendar.Day) (out []judgedPeriod) {
	for i := len(p.versions) - 1; i >= 0; i-- {
		v := &p.versions[i]
		if period, ok := v.At(day); ok {
			out = append(out, judgedPeriod{period, v.ready})
		}
	}
	return out
}

// of is the version that judges a period, or nil.
func (p *readyPlan) of(period calendar.Period) *plan.Ready {
	for i := range p.versions {
		v := &p.versions[i]
		if own, ok := v.At(period.From); ok && own.Kind == period.Kind && own.Window == period.Window {
			return v.ready
		}
	}
	return nil
}

// course is the course of a version; in a back-test, of the definition that is tried.
func (s *scene) course(r *plan.Ready) plan.Course {
	if p := s.index.byID[r.PlanID]; p != nil {
		for i := range p.versions {
			if p.versions[i].ready == r {
				return p.versions[i].Course
			}
		}
	}
	tried, known := s.trials[r]
	if !known {
		tried = r.Def.Trial(s.tested, s.cal)
		if s.trials == nil {
			s.trials = map[*plan.Ready]plan.Course{}
		}
		s.trials[r] = tried
	}
	return tried
}

// fault is why a version cannot be judged, or nil.
func (p *readyPlan) fault(r *plan.Ready) error {
	for i := range p.versions {
		if p.versions[i].ready == r {
			return p.versions[i].err
		}
	}
	return nil
}

// subjects makes the rule's input of some subjects, or of the whole audience.
func (s *scene) subjects(r *plan.Ready, period calendar.Period, refs []rule.Ref) ([]rule.Subject, error) {
	if refs == nil {
		refs = r.Subjects(s.dir, period.Window)
		if len(refs) > 1 && !r.Rolled() && !r.Excludes() {
			if err := s.totals.Warm(r.Metric, period.Window); err != nil {
				return nil, err
			}
		}
	}
	reached, err := s.reached(r, period, refs)
	if err != nil {
		return nil, err
	}
	out := make([]rule.Subject, 0, len(refs))
	for _, ref := range refs {
		subject, err := s.subject(r, period, ref)
		if err != nil {
			return nil, err
		}
		subject.Reached = reached[ref]
		if err := s.carry(r, period, &subject); err != nil {
			return nil, err
		}
		out = append(out, subject)
	}
	return out, nil
}

func (s *scene) subject(r *plan.Ready, period calendar.Period, ref rule.Ref) (rule.Subject, error) {
	if r.Rolled() {
		return s.rolled(r, period, ref)
	}
	if r.Excludes() {
		return s.unrewarded(r, period, ref)
	}
	return s.measured(r.Metric, period, ref)
}

// measured is somebody's value of a metric in a period.
func (s *scene) measured(m *metric.Metric, period calendar.Period, ref rule.Ref) (rule.Subject, error) {
	value, has, err := s.totals.Of(m, ref, period)
	if err != nil {
		return rule.Subject{}, err
	}
	subject := rule.Subject{Ref: ref, Value: value, Has: has}
	if m.Additive() {
		subject.Points = func() ([]rule.Point, error) { return s.totals.PointsOf(m, ref, period) }
	}
	return subject, nil
}
