package api

import "laurel/internal/i18n"

// PastChanges is what an act would change on record, person by person.
type PastChanges struct {
	Token    string       `json:"token" doc:"Names this very list; to be sent as confirmed with the act"`
	Count    int          `json:"count" doc:"Changes in all; rows holds at most 1,000 of them"`
	Subjects int          `json:"subjects" doc:"Different people or teams that something changes for"`
	Totals   []CashChange `json:"totals" doc:"Cash, by currency"`
	Rows     []PastChange `json:"rows" doc:"By plan, period and subject"`
}

// CashChange is an amount of cash before and after.
type CashChange struct {
	Before Amount `json:"before"`
	After  Amount `json:"after"`
	More   Amount `json:"more" doc:"After less before"`
}

// PastChange is what changes for one subject in one period of a plan.
type PastChange struct {
	Plan    KeyName     `json:"plan"`
	Period  string      `json:"period"`
	Closed  bool        `json:"closed" doc:"The period is closed: the difference becomes an adjustment in an open one"`
	Subject SubjectRef  `json:"subject"`
	Before  []i18n.Text `json:"before" doc:"What stands on record, in words; empty for nothing"`
	After   []i18n.Text `json:"after" doc:"What would"`
	More    []Amount    `json:"more" doc:"Cash after less before, by currency; empty where no cash changes"`
}
