package api

type metricUpdate struct {
	Key  string `path:"key"`
	Body MetricDef
}

func (s *server) metricRoutes() {
	const tag = "Metrics"
	handle(s, tag, "GET", "/metrics", "listMetrics", "所有指标", "All metrics", later[none, body[List[Metric]]])
	handle(s, tag, "POST", "/metrics", "createMetric", "新建指标", "Make a metric", later[struct{ Body MetricDef }, body[Metric]], status(201), parsedByDomain)
	handle(s, tag, "PUT", "/metrics/{key}", "updateMetric", "修改指标", "Change a metric", later[metricUpdate, body[Metric]], parsedByDomain)
	handle(s, tag, "POST", "/metrics/check", "checkMetric", "检查指标但不保存", "Check a metric without saving it", later[struct{ Body MetricCheckInput }, body[MetricCheck]], parsedByDomain)
}
