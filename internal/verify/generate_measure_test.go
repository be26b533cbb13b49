package verify_test

import (
	"encoding/json"
	"fmt"

	"pgregory.net/rapid"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/rule"
	"laurel/internal/target"
)

// drawFurther is a metric that counts different values, measures time, or is computed from other metrics.
func drawFurther(t *rapid.T, key string, kind metric.Kind) metric.Def {
	def := metric.Def{Key: key, Name: i18n.Same(key), Measure: metric.Measure{Kind: kind}}
	d := &def.Measure
	switch kind {
	case metric.Growth:
		d.Of = pick(t, "of", "m0", "m1", "m2", "m3", "m4", "m6", "m7", "m9", "s0")
		d.Against = pick(t, "against", "", metric.AgainstPrevious, metric.AgainstLastYear, metric.AgainstFixed)
		if d.Against == metric.AgainstFixed {
			base := money.MustDecimal(pick(t, "baseline", "1", "100", "0.5"))
			d.Baseline = &base
		}
		return def
	case metric.Attainment:
		d.Of = pick(t, "of", "m0", "m1", "m1", "m2", "m3", "m6", "m7", "m8", "s0")
		return def
	}
	def.Object, def.Date, def.Person = "deal", pick(t, "date", "day", "at"), pick(t, "person", "owner", "helper")
	def.Condition = pick(t, "condition", "", "", `status == "won"`, `status != "lost" && amount >= 100`)
	if kind == metric.Distinct {
		d.Value = pick(t, "value", "status", "account", "helper", "qty", "day", "vip", "account.sector")
		return def
	}
	d.From, d.Until = "at", "done"
	if often(t, "of days", 40) {
		d.From, d.Until = "day", "due"
	}
	d.Clock, d.In = pick(t, "clock", "", metric.CalendarTime, metric.WorkingTime, metric.WorkingTime), pick(t, "in", "", metric.Minutes, metric.Hours, metric.Days)
	if kind == metric.Percentile {
		d.Percent = "75"
	}
	return def
}

var (
	further = []metric.Kind{metric.Distinct, metric.Sum, metric.Growth, metric.Attainment} // m6 … m9
	times   = []metric.Kind{metric.Sum, metric.Sum, metric.Average, metric.Median, metric.Max, metric.Percentile}
)

// drawMeasures is the rest of the metrics, and some targets.
func drawMeasures(t *rapid.T) (out []operation) {
	for i, kind := range further {
		if kind == metric.Sum {
			kind = pick(t, "time", times...)
		}
		out = append(out, metricOp{drawFurther(t, fmt.Sprintf("m%d", 6+i), kind)})
	}
	for range number(t, "targets", 6, 16) {
		out = append(out, drawTarget(t))
	}
	attained := out[3].(metricOp).Def.Measure.Of
	for who := range personCount {
		if often(t, "has a quota", 40) {
			out = append(out, targetOp{Metric: attained, Kind: rule.Person, Who: who, Period: calendar.Year, Value: pick(t, "quota", "0.5", "3", "20", "500")})
		}
	}
	return out
}

// drawMeasureChange changes one of them, a target, or when the company works.
func drawMeasureChange(t *rapid.T) operation {
	switch number(t, "measure", 0, 4) {
	case 0:
		at := number(t, "which", 0, 3)
		kind := further[at]
		if often(t, "other kind", 30) {
			kind = pick(t, "kind", metric.Distinct, metric.Growth, metric.Attainment, metric.Median, metric.Sum)
		}
		return metricOp{drawFurther(t, fmt.Sprintf("m%d", 6+at), kind)}
	case 1:
		return hoursOp{pick(t, "hours", `{}`, `{"hours":["08:00-12:00","13:30-17:00"]}`, `{"days":["mon","wed","sat"]}`,
			`{"holidays":["2026-01-01","2026-01-02","2026-04-01"],"workdays":["2026-02-28"]}`, `{"days":["sun","tue"],"hours":["00:00-24:00"]}`)}
	}
	if often(t, "a sum", 25) {
		return drawCombine(t, pick(t, "which sum", "s0", "s1"))
	}
	if often(t, "another figure", 60) {
		return retargetOp{number(t, "which target", 0, 20), pick(t, "now", "0.5", "1", "4", "100"), often(t, "gone", 50)}
	}
	return drawTarget(t)
}

// retargetOp gives a target that is there another figure, or takes it away.
type retargetOp struct {
	Nth   int
	Value string
	Gone  bool
}

func (o retargetOp) do(w *world) error {
	return w.write(func(tx *db.Tx) error {
		dir, err := w.people.Directory(tx)
		if err != nil {
			return err
		}
		all, err := target.All(tx)
		if err != nil || len(all) == 0 {
			return err
		}
		t := all[o.Nth%len(all)]
		if o.Gone {
			_, err = target.Remove(tx, w.records, "test", t)
			return err
		}
		t.Value = money.MustDecimal(o.Value)
		_, err = target.Save(tx, w.records, dir, "test", t)
		return err
	})
}

func drawTarget(t *rapid.T) targetOp {
	o := targetOp{
		Metric: pick(t, "metric", "m0", "m1", "m1", "m2", "m3", "m6", "m7", "m8", "s0"), Kind: pick(t, "kind", rule.Person, rule.Person, rule.Team, rule.Department),
		Who: number(t, "who", 0, 9), Value: pick(t, "value", "1", "10", "100", "1000.01", "0.5", "0"), Whole: often(t, "whole", 20), Gone: often(t, "gone", 15),
	}
	o.Period = pick(t, "period", calendar.Year, calendar.Year, calendar.Half, calendar.Quarter, calendar.Month, calendar.Week)
	o.Day = number(t, "day", 0, days)
	switch {
	case !often(t, "seasonal", 40):
	case o.Period == calendar.Year:
		o.Spread = pick(t, "weights", `[1,2,3,4]`, `["50%","50%"]`, `[1,1,2,1,1,2.5,1,0,2,1,1,3]`)
	case o.Period == calendar.Quarter:
		o.Spread = `[3,0,1]`
	}
	return o
}

// targetOp sets a target, or takes it away.
type targetOp struct {
	Metric string
	Kind   rule.SubjectKind
	Who    int
	Period calendar.Kind
	Day    int // of the period, after New Year
	Value  string
	Spread string
	Whole  bool
	Gone   bool
}

func (o targetOp) do(w *world) error {
	return w.write(func(tx *db.Tx) error {
		dir, err := w.people.Directory(tx)
		if err != nil {
			return err
		}
		set, err := w.metrics.All(tx)
		if err != nil {
			return err
		}
		m := set.Key(o.Metric)
		if m == nil {
			return problem.Bad("unknown_metric", "metric", "没有", "none")
		}
		t := target.Target{
			MetricID: m.ID, Subject: rule.Ref{Kind: o.Kind}, Value: money.MustDecimal(o.Value), Whole: o.Whole,
			Label: dir.Organisation.Calendar().PeriodOf(o.Period, newYear+calendar.Day(o.Day)).Label,
		}
		if o.Spread != "" {
			if err := json.Unmarshal([]byte(o.Spread), &t.Spread); err != nil {
				return err
			}
		}
		if o.Kind == rule.Person {
			t.Subject.ID = dir.Persons()[o.Who%personCount].ID
		} else {
			var ids []int64
			for _, u := range dir.Units() {
				if string(u.Kind) == string(o.Kind) {
					ids = append(ids, u.ID)
				}
			}
			t.Subject.ID = ids[o.Who%len(ids)]
		}
		if o.Gone {
			_, err = target.Remove(tx, w.records, "test", t)
		} else {
			_, err = target.Save(tx, w.records, dir, "test", t)
		}
		return err
	})
}

// hoursOp changes when the company works.
type hoursOp struct{ Working string }

func (o hoursOp) do(w *world) error { return w.act(o) }

func (o hoursOp) in(w *world, tx *db.Tx) error {
	dir, err := w.people.Directory(tx)
	if err != nil {
		return err
	}
	org := dir.Organisation
	org.Working = people.Working{}
	if err := json.Unmarshal([]byte(o.Working), &org.Working); err != nil {
		return err
	}
	_, err = w.people.SaveOrganisation(tx, "test", org)
	return err
}
