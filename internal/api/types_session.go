package api

import (
	"time"

	"laurel/internal/i18n"
	"laurel/internal/people"
)

// SignIn is a login and a password.
type SignIn struct {
	Login    string `json:"login" minLength:"1" maxLength:"200" example:"admin"`
	Password string `json:"password" minLength:"1" maxLength:"1000"`
}

// Session is who is signed in.
type Session struct {
	Me *Me `json:"me,omitempty" doc:"Absent when nobody is signed in"`
}

// Me is the caller: who is signed in, as which person, in which organisation.
type Me struct {
	Account      Account      `json:"account"`
	Person       *PersonName  `json:"person,omitempty" doc:"Absent when the sign-in belongs to no person"`
	Organisation Organisation `json:"organisation"`
	Version      string       `json:"version" doc:"Version of Laurel that answers"`
}

// PersonName is a person in a few words.
type PersonName struct {
	ID   int64  `json:"id"`
	Key  string `json:"key"`
	Name string `json:"name"`
}

// Account is a sign-in.
type Account struct {
	ID       int64       `json:"id"`
	Login    string      `json:"login"`
	Roles    []string    `json:"roles" doc:"admin, designer, manager, employee, finance"`
	Language string      `json:"language" enum:"zh,en"`
	Person   *PersonName `json:"person,omitempty"`
	Disabled bool        `json:"disabled"`
}

// MePatch changes the caller's own account.
type MePatch struct {
	Language string          `json:"language,omitempty" enum:"zh,en"`
	Password *PasswordChange `json:"password,omitempty"`
}

// PasswordChange replaces a password by its owner; every other session of the account ends.
type PasswordChange struct {
	Old string `json:"old" maxLength:"1000"`
	New string `json:"new" maxLength:"1000" doc:"At least 10 characters"`
}

// AccountInput makes an account.
type AccountInput struct {
	Login    string   `json:"login" minLength:"1" maxLength:"200"`
	Password string   `json:"password" maxLength:"1000"`
	Roles    []string `json:"roles"`
	Language string   `json:"language,omitempty" enum:"zh,en"`
	PersonID int64    `json:"person_id,omitempty" doc:"Person who signs in with it"`
}

// AccountPatch changes an account; what is absent stays.
type AccountPatch struct {
	Password *string   `json:"password,omitempty" maxLength:"1000" doc:"A new password; ends the account's sessions"`
	Roles    *[]string `json:"roles,omitempty"`
	Language *string   `json:"language,omitempty" enum:"zh,en"`
	Disabled *bool     `json:"disabled,omitempty"`
	PersonID *int64    `json:"person_id,omitempty" doc:"Links a person; 0 unlinks"`
}

// Token is a key for programs; it acts with its account's roles.
type Token struct {
	ID       int64      `json:"id"`
	Name     string     `json:"name"`
	Roles    []string   `json:"roles" doc:"What it may do; never more than its account"`
	Created  time.Time  `json:"created_at"`
	LastUsed *time.Time `json:"last_used_at,omitempty"`
	Expires  *time.Time `json:"expires_at,omitempty"`
	Secret   string     `json:"secret,omitempty" doc:"The token itself; shown once, in the answer that makes it"`
}

// TokenInput asks for a token.
type TokenInput struct {
	Name  string   `json:"name" minLength:"1" maxLength:"100" example:"nightly import"`
	Roles []string `json:"roles,omitempty" doc:"Some of one's own roles; all of them when absent"`
	Days  int      `json:"days,omitempty" minimum:"0" maximum:"3650" doc:"Days until it expires; 0 for never"`
}

// Organisation is what everybody in it shares.
type Organisation struct {
	Name             i18n.Text `json:"name"`
	TimeZone         string    `json:"time_zone" example:"Asia/Shanghai"`
	FiscalStartMonth int       `json:"fiscal_start_month" minimum:"1" maximum:"12"`
	Currency         string    `json:"currency" example:"CNY"`
	Language         string    `json:"language" enum:"zh,en"`

	ClawbackLimit string `json:"clawback_limit" example:"30%" doc:"At most so much of what somebody earns in a period is taken back in it; empty for no limit"`
	FourEyes      bool   `json:"four_eyes" doc:"A plan's version is published from review, by somebody who neither wrote nor submitted it"`

	Working people.Working `json:"working,omitzero" doc:"When it works, for durations in working time"`
}

// OrganisationPatch changes the organisation; what is absent stays.
type OrganisationPatch struct {
	Name             *i18n.Text `json:"name,omitempty"`
	TimeZone         *string    `json:"time_zone,omitempty"`
	FiscalStartMonth *int       `json:"fiscal_start_month,omitempty" minimum:"1" maximum:"12"`
	Currency         *string    `json:"currency,omitempty"`
	Language         *string    `json:"language,omitempty" enum:"zh,en"`

	ClawbackLimit *string `json:"clawback_limit,omitempty" maxLength:"20" doc:"Empty for no limit"`
	FourEyes      *bool   `json:"four_eyes,omitempty"`

	Working *people.Working `json:"working,omitempty" doc:"Replaces the whole working calendar"`
}
