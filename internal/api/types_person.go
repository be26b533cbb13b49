package api

import (
	"laurel/internal/calendar"
	"laurel/internal/i18n"
)

// Person is somebody who works here, with or without a sign-in.
type Person struct {
	ID          int64         `json:"id"`
	Key         string        `json:"key" doc:"Employee number or another natural key"`
	Name        string        `json:"name"`
	Email       string        `json:"email"`
	Position    string        `json:"position" doc:"Held always, or the last one of positions"`
	Positions   []Held        `json:"positions,omitempty" doc:"Positions with their days, in order; absent where the position has no dates"`
	JoinedOn    *calendar.Day `json:"joined_on,omitempty" format:"date"`
	LeftOn      *calendar.Day `json:"left_on,omitempty" format:"date" doc:"Last day at work"`
	Login       string        `json:"login,omitempty"`
	Departments []Named       `json:"departments" doc:"On the day asked for"`
	Teams       []Named       `json:"teams" doc:"On the day asked for"`
	Manager     *Named        `json:"manager,omitempty" doc:"On the day asked for"`
}

// PersonDetail is a person with everything that has dates.
type PersonDetail struct {
	Person
	Memberships []Membership `json:"memberships"`
	Managers    []Management `json:"managers"`
}

// Held is a span of days in a position.
type Held struct {
	Position string        `json:"position" maxLength:"200"`
	From     *calendar.Day `json:"from,omitempty" format:"date" doc:"Since ever when absent"`
	To       *calendar.Day `json:"to,omitempty" format:"date" doc:"First day outside; absent while it lasts"`
}

// Membership is a span of days in a unit; From is in it, To is not.
type Membership struct {
	ID       int64         `json:"id"`
	UnitID   int64         `json:"unit_id"`
	UnitName string        `json:"unit_name"`
	Kind     string        `json:"kind" enum:"team,department"`
	From     *calendar.Day `json:"from,omitempty" format:"date" doc:"Absent when it was always so"`
	To       *calendar.Day `json:"to,omitempty" format:"date" doc:"First day outside; absent while it lasts"`
	Lead     bool          `json:"lead"`
}

// Management is a span of days under a manager.
type Management struct {
	ManagerID int64         `json:"manager_id"`
	Name      string        `json:"name"`
	From      *calendar.Day `json:"from,omitempty" format:"date"`
	To        *calendar.Day `json:"to,omitempty" format:"date"`
}

// PersonInput makes a person, or changes one: what is absent stays.
type PersonInput struct {
	Key       *string `json:"key,omitempty" maxLength:"200"`
	Name      *string `json:"name,omitempty" maxLength:"200"`
	Email     *string `json:"email,omitempty" maxLength:"320"`
	Position  *string `json:"position,omitempty" maxLength:"200" doc:"Held always: positions with dates are forgotten"`
	Positions *[]Held `json:"positions,omitempty" doc:"Positions with their days, without overlap; they take the place of position"`
	JoinedOn  *string `json:"joined_on,omitempty" example:"2026-03-31" doc:"A day; empty text clears it"`
	LeftOn    *string `json:"left_on,omitempty" doc:"Last day at work; empty text clears it"`
}

// MembershipInput is one span of a person in a unit.
type MembershipInput struct {
	UnitID int64         `json:"unit_id"`
	From   *calendar.Day `json:"from,omitempty" format:"date" doc:"Since ever when absent"`
	To     *calendar.Day `json:"to,omitempty" format:"date" doc:"For ever when absent"`
	Lead   bool          `json:"lead,omitempty"`
}

// ManagementInput is one span of a person under a manager.
type ManagementInput struct {
	ManagerID int64         `json:"manager_id"`
	From      *calendar.Day `json:"from,omitempty" format:"date"`
	To        *calendar.Day `json:"to,omitempty" format:"date"`
}

// Unit is a team or a department.
type Unit struct {
	ID       int64     `json:"id"`
	Key      string    `json:"key"`
	Kind     string    `json:"kind" enum:"team,department"`
	Name     i18n.Text `json:"name"`
	ParentID int64     `json:"parent_id,omitempty"`
	Members  int       `json:"members" doc:"Persons in it today, units below it included"`
}

// UnitInput makes a unit.
type UnitInput struct {
	Key      string    `json:"key" minLength:"1" maxLength:"200"`
	Kind     string    `json:"kind" enum:"team,department"`
	Name     i18n.Text `json:"name"`
	ParentID int64     `json:"parent_id,omitempty"`
}

// UnitPatch changes a unit; what is absent stays.
type UnitPatch struct {
	Key      *string    `json:"key,omitempty" maxLength:"200"`
	Name     *i18n.Text `json:"name,omitempty"`
	ParentID *int64     `json:"parent_id,omitempty" doc:"0 for none"`
}
