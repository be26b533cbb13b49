package definition

import (
	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
)

// MaxBytes is the largest definition file.
const MaxBytes = 8 << 20

// File is a definition file. Every part may be left out; what a file does not mention stays as it is.
type File struct {
	Organisation *Organisation      `json:"organisation,omitempty"`
	Departments  []Unit             `json:"departments,omitempty" doc:"Departments, in any order"`
	Teams        []Unit             `json:"teams,omitempty"`
	Objects      []record.ObjectDef `json:"objects,omitempty"`
	Persons      []Person           `json:"persons,omitempty"`
	Metrics      []metric.Def       `json:"metrics,omitempty"`
	Rates        []metric.Rate      `json:"exchange_rates,omitempty" doc:"What other currencies are worth in the organisation's, from a day on"`
	Targets      []Target           `json:"targets,omitempty" doc:"What persons, teams and departments are to reach"`
	Plans        []plan.Def         `json:"plans,omitempty" doc:"A plan with effective_from is published, one without is kept as a draft"`
}

// Organisation is how the organisation counts time and money.
type Organisation struct {
	Name             i18n.Text `json:"name,omitzero"`
	TimeZone         string    `json:"time_zone,omitempty" doc:"IANA name: Asia/Shanghai"`
	FiscalStartMonth int       `json:"fiscal_start_month,omitempty" minimum:"1" maximum:"12"`
	Currency         string    `json:"currency,omitempty" doc:"ISO 4217 code of the base currency"`
	Language         string    `json:"language,omitempty" enum:"zh,en"`

	ClawbackLimit *people.Share `json:"clawback_limit,omitempty" doc:"At most so much of what somebody earns in a period is taken back in it: 30%; none for no limit"`
	FourEyes      *bool         `json:"four_eyes,omitempty" doc:"A plan's version is published by somebody else than its author"`

	Working *people.Working `json:"working,omitempty" doc:"When it works, for durations in working time; Monday to Friday 09:00-18:00 where nothing is said"`
}

// Unit is a department or a team.
type Unit struct {
	Key    string    `json:"key"`
	Name   i18n.Text `json:"name"`
	Parent string    `json:"parent,omitempty" doc:"Key of the unit above; for a team, of a team or else of a department"`
}

// Person is somebody who can earn.
type Person struct {
	Key         string        `json:"key" doc:"Unique: an employee number, or the name"`
	Name        string        `json:"name,omitempty" doc:"The key if left out"`
	Email       string        `json:"email,omitempty"`
	Position    string        `json:"position,omitempty" doc:"Held always; see positions for one that changed"`
	Positions   []Held        `json:"positions,omitempty" doc:"Positions with their days, without overlap"`
	JoinedOn    *calendar.Day `json:"joined_on,omitempty" doc:"First day"`
	LeftOn      *calendar.Day `json:"left_on,omitempty" doc:"Last day"`
	Departments []Membership  `json:"departments,omitempty"`
	Teams       []Membership  `json:"teams,omitempty"`
	Managers    []Manager     `json:"managers,omitempty"`
}

// Membership is a person's time in a unit. In a file it may be just the unit's key.
type Membership struct {
	Unit string        `json:"unit" doc:"Key of the unit"`
	From *calendar.Day `json:"from,omitempty" doc:"First day; always if left out"`
	To   *calendar.Day `json:"to,omitempty" doc:"First day that is not in it any more; open if left out"`
	Lead bool          `json:"lead,omitempty"`
}

// Held is the time in a position. In a file it may be just the position.
type Held struct {
	Position string        `json:"position"`
	From     *calendar.Day `json:"from,omitempty" doc:"First day; always if left out"`
	To       *calendar.Day `json:"to,omitempty" doc:"First day not in it any more; open if left out"`
}

// Manager is the time under a manager. In a file it may be just the manager's key.
type Manager struct {
	Person string        `json:"person" doc:"Key of the manager"`
	From   *calendar.Day `json:"from,omitempty"`
	To     *calendar.Day `json:"to,omitempty" doc:"First day not under this manager any more"`
}

// window is the half-open window of two optional days.
func window(from, to *calendar.Day) calendar.Window {
	w := calendar.Window{From: calendar.MinDay, To: calendar.MaxDay}
	if from != nil {
		w.From = *from
	}
	if to != nil {
		w.To = *to
	}
	return w
}

// days are the optional days of a window.
func days(w calendar.Window) (from, to *calendar.Day) {
	if w.From > calendar.MinDay {
		from = &w.From
	}
	if w.To < calendar.MaxDay {
		to = &w.To
	}
	return from, to
}
