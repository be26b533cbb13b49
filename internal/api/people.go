package api

import "laurel/internal/calendar"

type peopleQuery struct {
	Search string `query:"search" maxLength:"200"`
	Day    string `query:"day" format:"date" doc:"Teams, departments and managers of this day; today when absent"`
}

type personPath struct {
	ID int64 `path:"id"`
}

type personUpdate struct {
	ID   int64 `path:"id"`
	Body PersonInput
}

type membershipsUpdate struct {
	ID   int64 `path:"id"`
	Body []MembershipInput
}

type managersUpdate struct {
	ID   int64 `path:"id"`
	Body []ManagementInput
}

type unitsQuery struct {
	Kind string `query:"kind" enum:"team,department"`
}

type unitUpdate struct {
	ID   int64 `path:"id"`
	Body UnitPatch
}

var _ = calendar.MinDay

func (s *server) peopleRoutes() {
	const tag = "People"
	handle(s, tag, "GET", "/people", "listPeople", "所有人员", "Everybody", later[peopleQuery, body[List[Person]]])
	handle(s, tag, "POST", "/people", "createPerson", "新增人员", "Add a person", later[struct{ Body PersonInput }, body[PersonDetail]], status(201))
	handle(s, tag, "GET", "/people/{id}", "getPerson", "一个人及其团队与上级", "One person with memberships and managers", later[personPath, body[PersonDetail]])
	handle(s, tag, "PATCH", "/people/{id}", "updatePerson", "修改人员", "Change a person", later[personUpdate, body[PersonDetail]])
	handle(s, tag, "PUT", "/people/{id}/memberships", "setMemberships", "替换一个人的团队归属", "Replace a person's memberships", later[membershipsUpdate, body[PersonDetail]])
	handle(s, tag, "PUT", "/people/{id}/managers", "setManagers", "替换一个人的上级", "Replace a person's managers", later[managersUpdate, body[PersonDetail]])
	handle(s, tag, "GET", "/units", "listUnits", "团队与部门", "Teams and departments", later[unitsQuery, body[List[Unit]]])
	handle(s, tag, "POST", "/units", "createUnit", "新增团队或部门", "Add a team or department", later[struct{ Body UnitInput }, body[Unit]], status(201))
	handle(s, tag, "PATCH", "/units/{id}", "updateUnit", "修改团队或部门", "Change a team or department", later[unitUpdate, body[Unit]])
}
