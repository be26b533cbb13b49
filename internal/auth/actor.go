package auth

import (
	"strconv"

	"laurel/internal/calendar"
	"laurel/internal/i18n"
	"laurel/internal/people"
)

// Actor is whoever does something: an account signed in by session or token, with the roles that count here.
type Actor struct {
	AccountID int64
	PersonID  int64 // 0 = the account belongs to nobody
	Login     string
	Roles     []Role
	Language  i18n.Lang // "" = not chosen
	TokenID   int64     // 0 = signed in by session
}

// System is Laurel itself, and the command line, whose user can read the database anyway.
var System = Actor{Roles: []Role{Admin}}

// Name is how the change log names the actor.
func (a Actor) Name() string {
	if a.AccountID == 0 {
		return "system"
	}
	return "account:" + strconv.FormatInt(a.AccountID, 10)
}

// Visibility is what a plan lets others see of its awards.
type Visibility string

// The visibilities.
const (
	VisibleFull         Visibility = "full"
	VisibleAmountHidden Visibility = "amount_hidden"
	VisiblePrivate      Visibility = "private"
)

// Level is how much of an award somebody sees.
type Level int

// The levels.
const (
	SeesNone   Level = iota
	SeesHidden       // the award, but no amount
	SeesFull
)

// AwardView is what decides who sees an award.
type AwardView struct {
	Visibility Visibility
	Subjects   []int64      // the persons whose award it is: one, or the members of the team or department in the period
	InAudience bool         // the actor's person is in the audience of the award's plan
	Today      calendar.Day // whoever manages the subjects on this day counts as their manager
}

// SeesAward says how much of an award the actor sees. Those whose award it is, those who stand above one of them today (and
// have the role of a manager), finance and admin see all of it. Others see what the plan lets its audience see; designers
// count as audience. An unknown visibility counts as private.
func (a Actor) SeesAward(v AwardView, dir *people.Directory) Level {
	if Can(a, SeeAllAwards) {
		return SeesFull
	}
	for _, subject := range v.Subjects {
		if a.SeesRewardsOf(subject, v.Today, dir) {
			return SeesFull
		}
	}
	if !Can(a, SignIn) || !v.InAudience && !Can(a, DesignPlans) {
		return SeesNone
	}
	switch v.Visibility {
	case VisibleFull:
		return SeesFull
	case VisibleAmountHidden:
		return SeesHidden
	}
	return SeesNone
}

// SeesRewardsOf reports whether the actor may open the rewards of a person: the person, those who stand above (with the
// role of a manager), finance and admin.
func (a Actor) SeesRewardsOf(personID int64, today calendar.Day, dir *people.Directory) bool {
	switch {
	case Can(a, SeeAllAwards):
		return true
	case a.PersonID == 0 || !Can(a, SignIn):
		return false
	case a.PersonID == personID:
		return true
	}
	return Can(a, SeeTeam) && dir.Oversees(a.PersonID, personID, today)
}
