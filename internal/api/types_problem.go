package api

// Problem is an error as RFC 9457 describes it, in the language of the request.
type Problem struct {
	Type   string        `json:"type" example:"/api/docs#problem-unknown_field" doc:"Where the code is explained"`
	Title  string        `json:"title" doc:"What kind of problem it is"`
	Status int           `json:"status" example:"422"`
	Detail string        `json:"detail" doc:"What is wrong and what to do"`
	Code   string        `json:"code" example:"unknown_field" doc:"Stable code for programs"`
	Field  string        `json:"field,omitempty" example:"values.amount" doc:"Dotted path of the field at fault"`
	Row    int           `json:"row,omitempty" doc:"1-based row of a batch"`
	Errors []ProblemPart `json:"errors,omitempty" doc:"Every problem that was found in the same input"`

	Changes *PastChanges `json:"changes,omitempty" doc:"Of changes_not_confirmed and changes_moved: what would change of periods already judged, person by person"`
}

// ProblemPart is one of several problems of the same input.
type ProblemPart struct {
	Code   string `json:"code"`
	Field  string `json:"field,omitempty"`
	Detail string `json:"detail"`
	Row    int    `json:"row,omitempty"`
}
