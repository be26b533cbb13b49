package api

type metricUpdate struct {
	Key  string `path:"key"`
	Body MetricDef
}

func (s *server) metricRoutes() {
	const tag = "Metrics"
	handle(s, tag, "GET", "/metrics", "listMetrics", "All metrics", later[none, body[List[Metric]]])
	handle(s, tag, "POST", "/metrics", "createMetric", "Make a metric", later[struct{ Body MetricDef }, body[Metric]], status(201), parsedByDomain)
	handle(s, tag, "PUT", "/metrics/{key}", "updateMetric", "Change a metric", later[metricUpdate, body[Metric]], parsedByDomain)
	handle(s, tag, "POST", "/metrics/check", "checkMetric", "Check a metric without saving it", later[struct{ Body MetricCheckInput }, body[MetricCheck]], parsedByDomain)
}
