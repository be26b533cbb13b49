package award

import (
	"encoding/json"
	"fmt"

	"laurel/internal/calendar"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// State is where an award is in its life.
type State string

// The states of an award.
const (
	Provisional State = "provisional" // due as things stand; waits for the end of its period
	Granted     State = "granted"
	Reversed    State = "reversed" // no longer due; its history says why
)

// Award is an entitlement on record. (plan, period, subject, slot) names it for good: when what is due changes, the same
// award is raised, lowered, reversed or granted again.
type Award struct {
	ID        int64
	PlanID    int64
	VersionNo int64
	Period    calendar.Period
	Subject   rule.Ref
	Slot      string
	Origin    string       // label of the closed period that an adjustment corrects; empty for every other award
	OriginTo  calendar.Day // end of that period; 0 without one
	State     State
	Reward    rule.Reward
	Quantity  int64
	Amount    money.Amount // zero with no currency unless the reward is cash
	Moment    int64        // µs UTC at which it was earned; the last instant of the period where nothing earlier decides
	GrantedAt int64        // µs UTC at which it last became granted; 0 while provisional
	UpdatedAt int64
}

// Event is one step in an award's life.
type Event struct {
	ID           int64 // orders the events of all awards
	AwardID      int64
	At           int64 // µs UTC
	Kind         EventKind
	AmountBefore int64
	AmountAfter  int64
	Cause        Cause
}

// EventKind is what happened to an award.
type EventKind string

// The steps of a life.
const (
	Noted    EventKind = "noted"    // on record, provisional
	Grant    EventKind = "granted"  // granted, for the first time or again
	Raised   EventKind = "raised"   // its amount or quantity rose
	Lowered  EventKind = "lowered"  // its amount or quantity fell
	Changed  EventKind = "changed"  // its reward, version or moment changed; the amount did not
	Reversal EventKind = "reversed" // no longer due
)

// Cause is the change of the log after which something became or stopped being due. Zero means that time did it: a
// period began or ended.
type Cause struct {
	Seq      int64
	Object   string
	RecordID int64
}

// Live reports whether the award stands.
func (a *Award) Live() bool { return a.State != Reversed }

const awardColumns = `id, plan_id, version_no, period_kind, period_label, period_from, period_to, subject_kind, subject_id,
	slot, origin, origin_to, state, reward, quantity, amount, currency, moment, granted_at, updated_at`

type scanner interface{ Scan(...any) error }

func scanAward(row scanner) (*Award, error) {
	a := &Award{}
	var reward string
	err := row.Scan(&a.ID, &a.PlanID, &a.VersionNo, &a.Period.Kind, &a.Period.Label, &a.Period.From, &a.Period.To, &a.Subject.Kind, &a.Subject.ID,
		&a.Slot, &a.Origin, &a.OriginTo, &a.State, &reward, &a.Quantity, &a.Amount.Minor, &a.Amount.Currency, &a.Moment, &a.GrantedAt, &a.UpdatedAt)
	if err != nil {
		return nil, fmt.Errorf("read award: %w", err)
	}
	if err := json.Unmarshal([]byte(reward), &a.Reward); err != nil {
		return nil, fmt.Errorf("read award %d: %w", a.ID, err)
	}
	return a, nil
}
