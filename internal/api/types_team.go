package api

// MyTeam is what a manager's people earned this quarter and what they are close to.
type MyTeam struct {
	Period PeriodInfo   `json:"period" doc:"The quarter that the sums are about"`
	Earned Amount       `json:"earned" doc:"Granted to all of them in this quarter, in the organisation's currency"`
	People []TeamMember `json:"people" doc:"Who earned most first"`
	Total  int          `json:"total" doc:"Number of the caller's people, which may be more than are listed"`
	Close  []MyProgress `json:"close" doc:"Who is closest to a next reward, closest first"`
}

// TeamMember is one of the people of a manager.
type TeamMember struct {
	Person  Named          `json:"person"`
	Earned  Amount         `json:"earned" doc:"Granted in this quarter, in the organisation's currency"`
	Counts  map[string]int `json:"counts" doc:"Other rewards by kind: badge, title, gift …"`
	Figures Figures        `json:"figures" doc:"Points and days of leave in all, by kind: points, leave"`
	Next    *MyProgress    `json:"next,omitempty" doc:"The reward that the person is closest to"`
}
