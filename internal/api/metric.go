package api

import (
	"context"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/plan"
	"laurel/internal/problem"
)

type metricUpdate struct {
	Key string `path:"key"`
	Confirming
	RawBody []byte
}

func (s *server) metricRoutes() {
	const tag = "Metrics"
	handle(s, tag, "GET", "/metrics", "listMetrics", "所有指标", "All metrics", s.listMetrics)
	handle(s, tag, "POST", "/metrics", "createMetric", "新建指标", "Make a metric", s.createMetric, status(201), takes[metric.Def]())
	handle(s, tag, "PUT", "/metrics/{key}", "updateMetric", "修改指标", "Change a metric", s.updateMetric, takes[metric.Def]())
	handle(s, tag, "POST", "/metrics/check", "checkMetric", "检查指标但不保存", "Check a metric without saving it", s.checkMetric, takes[MetricCheckInput]())
}

func (s *server) listMetrics(ctx context.Context, _ *none) (*body[List[Metric]], error) {
	if err := allow(ctx, auth.SignIn); err != nil {
		return nil, err
	}
	var items []Metric
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		set, err := s.metrics.All(tx)
		if err != nil {
			return err
		}
		for _, m := range set.List() {
			shaped, err := s.shapeMetric(tx, m)
			if err != nil {
				return err
			}
			items = append(items, shaped)
		}
		return nil
	})
	return reply(whole(items)), err
}

func (s *server) shapeMetric(tx *db.Tx, m *metric.Metric) (Metric, error) {
	out := Metric{Def: m.Def, ID: m.ID, Scale: m.Scale, Currency: m.Currency, Percent: plan.MeasureOf(m).Percent(), Problems: []MetricProblem{}}
	if m.Broken != nil {
		out.Problems = append(out.Problems, MetricProblem{Reason: m.Broken.Message, Code: m.Broken.Code, Sample: []RecordLink{}})
	}
	left, err := metric.ReadLeftOut(tx, m.ID)
	if err != nil || len(left) == 0 {
		return out, err
	}
	secret, err := s.boxes(tx)
	if err != nil {
		return out, err
	}
	for _, l := range left {
		sample := []RecordLink{}
		if !secret.has(m.Def.Object) { // a ballot's title may say who voted for whom
			if sample, err = s.recordLinks(tx, m.Object(), l.Sample); err != nil {
				return out, err
			}
		}
		out.Problems = append(out.Problems, MetricProblem{Reason: l.Reason.Name(), Code: string(l.Reason), Count: l.Count, Sample: sample, Lacks: l.Lacks})
	}
	return out, nil
}

func (s *server) createMetric(ctx context.Context, in *raw) (*body[Metric], error) {
	return s.saveMetric(ctx, "", in.RawBody, "")
}

func (s *server) updateMetric(ctx context.Context, in *metricUpdate) (*body[Metric], error) {
	return s.saveMetric(ctx, in.Key, in.RawBody, in.Confirmed)
}

// saveMetric creates a metric, or changes the one of a key. Where that changes awards of periods already judged, the list of them has
// to be confirmed.
func (s *server) saveMetric(ctx context.Context, key string, content []byte, confirmed string) (*body[Metric], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	var def metric.Def
	if err := decode(content, &def); err != nil {
		return nil, err
	}
	var out Metric
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		set, err := s.metrics.All(tx)
		if err != nil {
			return err
		}
		switch {
		case key == "" && set.Key(def.Key) != nil:
			return problem.New(problem.Conflict, "metric_exists", "key", "已有标识为 %q 的指标，请换一个标识。", "There already is a metric %q; choose another key.", def.Key)
		case key != "" && set.Key(key) == nil:
			return notFound("unknown_metric", "没有标识为 %q 的指标。", "There is no metric %q.", key)
		case key != "" && def.Key != key:
			return problem.Bad("key_fixed", "key", "标识不能更改，应为 %q。", "The key cannot change; it must be %q.", key)
		}
		tried, err := s.metrics.Check(tx, def)
		if err != nil {
			return err
		}
		if err := s.keepMetric(ctx, tx, tried); err != nil {
			return err
		}
		var m *metric.Metric
		save := func() (err error) {
			m, _, err = s.metrics.Save(tx, actor(ctx), def)
			return err
		}
		if old := set.Key(key); old != nil && !old.Def.MeasuresAs(def) {
			err = s.deliberateMetric(ctx, tx, def, confirmed, save)
		} else {
			err = save()
		}
		if err != nil {
			return err
		}
		out, err = s.shapeMetric(tx, m)
		return err
	})
	return reply(out), err
}

// deliberateMetric saves a metric that measures otherwise than before; one that no plan reads decides no award.
func (s *server) deliberateMetric(ctx context.Context, tx *db.Tx, def metric.Def, confirmed string, save func() error) error {
	decides, err := s.engine.Decides(tx, def.Key)
	switch {
	case err != nil:
		return err
	case !decides:
		return save()
	}
	return s.deliberate(ctx, tx, []any{"metric", def}, confirmed, save)
}

// maxCheckScan bounds the records that checking a metric looks at.
const maxCheckScan = 200_000

func (s *server) checkMetric(ctx context.Context, in *raw) (*body[MetricCheck], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	var wanted MetricCheckInput
	if err := decode(in.RawBody, &wanted); err != nil {
		return nil, err
	}
	out := MetricCheck{Problems: []ProblemPart{}}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		m, err := s.metrics.Check(tx, wanted.Definition)
		if p, ok := problem.As(err); ok {
			out.Problems = problemParts(language(ctx), p)
			return nil
		}
		if err != nil {
			return err
		}
		if err := s.keepMetric(ctx, tx, m); err != nil {
			return err
		}
		out.OK = true
		return s.countFor(tx, m, &out)
	})
	return reply(out), err
}

// countFor counts what a metric would count.
func (s *server) countFor(tx *db.Tx, m *metric.Metric, out *MetricCheck) error {
	d, err := s.people.Directory(tx)
	if err != nil {
		return err
	}
	ground, err := s.metrics.Ground(tx, d)
	if err != nil {
		return err
	}
	counts, err := m.Preview(tx, ground, maxCheckScan)
	out.Records, out.Scanned = counts.Records, counts.Scanned
	return err
}

// problemParts lists a problem and its details.
func problemParts(lang i18n.Lang, p *problem.Error) []ProblemPart {
	alone := *p
	alone.Details = nil
	out := []ProblemPart{}
	for _, part := range append([]*problem.Error{&alone}, p.Details...) {
		out = append(out, problemPart(lang, part))
	}
	return out
}
