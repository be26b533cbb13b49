package api

type planPath struct {
	Key string `path:"key"`
}

type planDraft struct {
	Key  string `path:"key"`
	Body PlanDef
}

type planPublish struct {
	Key  string `path:"key"`
	Body PublishInput
}

type planEnd struct {
	Key  string `path:"key"`
	Body EndInput
}

type standingQuery struct {
	Key    string `path:"key"`
	Period string `query:"period" maxLength:"20" example:"2026-Q1" doc:"Label of a period; the running one when absent"`
}

func (s *server) planRoutes() {
	const tag = "Plans"
	handle(s, tag, "GET", "/shapes", "listShapes", "规则可用的形式", "The shapes that a rule can have", later[none, body[List[ShapeInfo]]])
	handle(s, tag, "GET", "/plans", "listPlans", "可见的奖励方案", "All plans that the caller may see", later[none, body[List[Plan]]])
	handle(s, tag, "POST", "/plans", "createPlan", "新建方案草稿", "Make a plan as a draft", later[struct{ Body PlanDef }, body[PlanDetail]], status(201), parsedByDomain)
	handle(s, tag, "GET", "/plans/{key}", "getPlan", "一个方案及其各版本", "One plan with its versions", later[planPath, body[PlanDetail]])
	handle(s, tag, "PUT", "/plans/{key}/draft", "saveDraft", "保存方案草稿", "Save the draft of a plan", later[planDraft, body[PlanDetail]], parsedByDomain)
	handle(s, tag, "DELETE", "/plans/{key}/draft", "deleteDraft", "丢弃草稿", "Throw the draft away", later[planPath, none])
	handle(s, tag, "POST", "/plans/{key}/publish", "publishPlan", "发布草稿", "Put the draft in force", later[planPublish, body[PlanDetail]])
	handle(s, tag, "POST", "/plans/{key}/end", "endPlan", "结束方案", "End a plan", later[planEnd, body[PlanDetail]])
	handle(s, tag, "GET", "/plans/{key}/standing", "getStanding", "一个周期内的进度与名次", "How everybody stands in a period", later[standingQuery, body[Standing]])
	handle(s, tag, "POST", "/plans/preview", "previewPlan", "用自己的历史数据试算方案", "What a plan would have paid over our own history", later[struct{ Body PreviewInput }, body[Preview]], parsedByDomain)
}
