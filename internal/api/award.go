package api

type awardsQuery struct {
	Person int64  `query:"person"`
	Plan   string `query:"plan" maxLength:"100"`
	Period string `query:"period" maxLength:"20" example:"2026-Q1"`
	State  string `query:"state" enum:"provisional,granted,reversed"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string `query:"cursor" maxLength:"100"`
}

type awardPath struct {
	ID int64 `path:"id"`
}

type myRewardsQuery struct {
	Person int64 `query:"person" doc:"For managers of the person, finance and admin; oneself when absent"`
}

type feedQuery struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"30"`
	Cursor string `query:"cursor" maxLength:"100"`
}

func (s *server) awardRoutes() {
	const tag = "Awards"
	handle(s, tag, "GET", "/awards", "listAwards", "奖励，新的在前", "Awards, newest first", later[awardsQuery, body[List[Award]]])
	handle(s, tag, "GET", "/awards/{id}", "getAward", "一份奖励及其记录与算式", "An award down to its records and arithmetic", later[awardPath, body[AwardDetail]])
	handle(s, tag, "GET", "/my/rewards", "getMyRewards", "我得到的奖励和下一步", "What I earned and what comes next", later[myRewardsQuery, body[MyRewards]])
	handle(s, tag, "GET", "/feed", "listFeed", "最近可见的奖励", "Fresh awards that the caller may see", later[feedQuery, body[List[Award]]])
}
