package api

import (
	"context"

	"laurel/internal/auth"
	"laurel/internal/metricset"
)

type metricSetInput struct {
	Set     string `path:"set"`
	DryRun  bool   `query:"dry_run" doc:"Say what would be added and keep nothing"`
	RawBody []byte
}

func (s *server) metricSetRoutes() {
	const tag = "Metrics"
	handle(s, tag, "GET", "/metric-sets", "listMetricSets", "现成的指标组", "Sets of ready-made metrics", s.listMetricSets)
	handle(s, tag, "POST", "/metric-sets/{set}", "addMetricSet", "添加一组现成指标，要么全部成功要么不变", "Add the metrics of a set, all or nothing", s.addMetricSet, takes[metricset.ReadyChoice](),
		describe("Slots that the mapping leaves out are guessed from the organisation's objects and fields. Metrics that are there stay as they are; those whose slots are not mapped are left out, and the answer says so."))
}

func (s *server) listMetricSets(ctx context.Context, _ *none) (*body[List[MetricSet]], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	sets, err := metricset.Sets()
	items := []MetricSet{}
	for _, set := range sets {
		one := MetricSet{Key: set.Key, Name: set.Name, About: set.About, Objects: set.Objects}
		for i := range set.Metrics {
			t := &set.Metrics[i]
			one.Metrics = append(one.Metrics, ReadyMetric{Key: t.Key, Name: t.Name, Unit: t.Unit, Needs: t.Needs(), Parts: t.Parts()})
		}
		items = append(items, one)
	}
	return reply(whole(items)), err
}

func (s *server) addMetricSet(ctx context.Context, in *metricSetInput) (*body[metricset.ReadyResult], error) {
	if err := allow(ctx, auth.DesignPlans); err != nil {
		return nil, err
	}
	set, err := metricset.Find(in.Set)
	if err != nil {
		return nil, err
	}
	var choice metricset.ReadyChoice
	if err := decode(in.RawBody, &choice); err != nil {
		return nil, err
	}
	done, err := set.Add(ctx, s.definitions(), actor(ctx), choice, in.DryRun)
	if err != nil {
		return nil, err
	}
	return reply(*done), nil
}
