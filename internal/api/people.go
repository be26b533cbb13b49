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
	handle(s, tag, "GET", "/people", "listPeople", "Everybody", later[peopleQuery, body[List[Person]]])
	handle(s, tag, "POST", "/people", "createPerson", "Add a person", later[struct{ Body PersonInput }, body[PersonDetail]], status(201))
	handle(s, tag, "GET", "/people/{id}", "getPerson", "One person with memberships and managers", later[personPath, body[PersonDetail]])
	handle(s, tag, "PATCH", "/people/{id}", "updatePerson", "Change a person", later[personUpdate, body[PersonDetail]])
	handle(s, tag, "PUT", "/people/{id}/memberships", "setMemberships", "Replace a person's memberships", later[membershipsUpdate, body[PersonDetail]])
	handle(s, tag, "PUT", "/people/{id}/managers", "setManagers", "Replace a person's managers", later[managersUpdate, body[PersonDetail]])
	handle(s, tag, "GET", "/units", "listUnits", "Teams and departments", later[unitsQuery, body[List[Unit]]])
	handle(s, tag, "POST", "/units", "createUnit", "Add a team or department", later[struct{ Body UnitInput }, body[Unit]], status(201))
	handle(s, tag, "PATCH", "/units/{id}", "updateUnit", "Change a team or department", later[unitUpdate, body[Unit]])
}
