package people

import "laurel/internal/calendar"

// Person is somebody who may be credited with records and earn rewards. A person need not be able to sign in.
// Persons are never deleted: awards refer to them for ever.
type Person struct {
	ID        int64         `json:"id"`
	Key       string        `json:"key"` // the natural key, unique: an employee number, or the name where there is none
	Name      string        `json:"name"`
	Email     string        `json:"email"`
	Position  string        `json:"position"`
	JoinedOn  *calendar.Day `json:"joined_on"`  // the first day; nil = always here
	LeftOn    *calendar.Day `json:"left_on"`    // the last day; nil = still here
	AccountID int64         `json:"account_id"` // the sign-in; 0 = none. Written by LinkAccount only.
	Version   int64         `json:"version"`    // 1 at first; every change adds one
}

// Employed is the window from the first day to the last.
func (p *Person) Employed() calendar.Window {
	w := calendar.Window{From: calendar.MinDay, To: calendar.MaxDay}
	if p.JoinedOn != nil {
		w.From = *p.JoinedOn
	}
	if p.LeftOn != nil {
		w.To = *p.LeftOn + 1
	}
	return w
}
