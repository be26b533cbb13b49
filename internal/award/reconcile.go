package award

import (
	"encoding/json"
	"fmt"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/money"
	"laurel/internal/rule"
)

// Judgement is what a plan's version makes due in one period.
type Judgement struct {
	PlanID      int64
	VersionNo   int64
	Period      calendar.Period
	Origin      string // label of the closed period whose differences the dues are; empty otherwise
	Provisional bool   // the period runs and what is due may still fall back
	Ends        int64  // µs UTC of the period's last instant: the moment of what nothing earlier decides
	Dues        []rule.Due
	Cause       Cause              // of what no subject's own change explains
	Causes      map[rule.Ref]Cause // per subject; may be nil
}

func (j *Judgement) causeOf(ref rule.Ref) Cause {
	if c, ok := j.Causes[ref]; ok {
		return c
	}
	return j.Cause
}

// Moment is when a due was earned.
func (j *Judgement) Moment(d *rule.Due) int64 {
	if d.Moment == 0 {
		return j.Ends
	}
	return d.Moment
}

// State is the state of an award that is due.
func (j *Judgement) State() State {
	if j.Provisional {
		return Provisional
	}
	return Granted
}

type slot struct {
	ref  rule.Ref
	slot string
}

// Reconcile brings the awards on record in line with what is due: it grants, raises, lowers, reverses, and notes each
// step. existing must hold every award of the plan and period for the subjects judged, reversed ones included. Doing it
// again with the same dues changes nothing. It returns the events, in the order of the dues.
func Reconcile(tx *db.Tx, j *Judgement, existing []*Award) ([]Event, error) {
	open := make(map[slot]*Award, len(existing))
	for _, a := range existing {
		open[slot{a.Subject, a.Slot}] = a
	}
	now := time.Now().UnixMicro()
	b := &batch{tx: tx, now: now}
	for i := range j.Dues {
		d := &j.Dues[i]
		key := slot{d.Ref, d.Slot}
		old := open[key]
		delete(open, key)
		if old == nil {
			b.begin(j, d)
			continue
		}
		if err := b.follow(j, d, old); err != nil {
			return nil, err
		}
	}
	for _, a := range existing { // in their own order, so that the same input gives the same history
		if open[slot{a.Subject, a.Slot}] == a && a.Live() {
			if err := b.reverse(a, j.causeOf(a.Subject)); err != nil {
				return nil, err
			}
		}
	}
	return b.flush()
}

// batch gathers the rows of one reconciliation.
type batch struct {
	tx     *db.Tx
	now    int64
	awards []*Award
	events []Event
}

func (b *batch) begin(j *Judgement, d *rule.Due) {
	a := &Award{
		PlanID: j.PlanID, VersionNo: j.VersionNo, Period: j.Period, Subject: d.Ref, Slot: d.Slot, Origin: j.Origin, State: j.State(),
		Reward: AsStored(d.Reward), Quantity: d.Quantity, Amount: d.Amount, Moment: j.Moment(d), UpdatedAt: b.now,
	}
	kind := Noted
	if a.State == Granted {
		a.GrantedAt, kind = b.now, Grant
	}
	b.awards = append(b.awards, a)
	b.events = append(b.events, Event{AwardID: -int64(len(b.awards)), Kind: kind, AmountAfter: a.Amount.Minor, Cause: j.causeOf(a.Subject)})
}

// follow changes an award on record into what is due now.
func (b *batch) follow(j *Judgement, d *rule.Due, old *Award) error {
	now := *old
	now.VersionNo, now.Period, now.State, now.Reward = j.VersionNo, j.Period, j.State(), AsStored(d.Reward)
	now.Quantity, now.Amount, now.Moment = d.Quantity, d.Amount, j.Moment(d)
	if now == *old {
		return nil
	}
	now.UpdatedAt = b.now
	event := Event{AwardID: old.ID, AmountBefore: old.Amount.Minor, AmountAfter: now.Amount.Minor, Cause: j.causeOf(old.Subject)}
	switch {
	case now.State == Granted && old.State != Granted:
		event.Kind, now.GrantedAt = Grant, b.now
	case now.State == Provisional && old.State != Provisional:
		event.Kind, now.GrantedAt = Noted, 0
	case now.Amount.Minor > old.Amount.Minor || now.Amount.Minor == old.Amount.Minor && now.Quantity > old.Quantity:
		event.Kind = Raised
	case now.Amount.Minor < old.Amount.Minor || now.Quantity < old.Quantity:
		event.Kind = Lowered
	default:
		event.Kind = Changed
	}
	b.events = append(b.events, event)
	return b.update(&now)
}

// AsStored is a reward as it will be read back: a zero that was written 0.00 is not written down at all, and must not
// look like a change each time.
func AsStored(r rule.Reward) rule.Reward {
	if r.Amount.IsZero() {
		r.Amount = money.Decimal{}
	}
	if r.Cost.IsZero() {
		r.Cost = money.Decimal{}
	}
	return r
}

func (b *batch) reverse(old *Award, cause Cause) error {
	now := *old
	now.State, now.UpdatedAt = Reversed, b.now
	b.events = append(b.events, Event{AwardID: old.ID, Kind: Reversal, AmountBefore: old.Amount.Minor, Cause: cause})
	return b.update(&now)
}

func (b *batch) update(a *Award) error {
	reward, err := json.Marshal(a.Reward)
	if err != nil {
		return fmt.Errorf("write award: %w", err)
	}
	_, err = b.tx.Exec(`UPDATE award SET version_no = $1, period_to = $2, state = $3, reward = $4, reward_kind = $5, quantity = $6,
		amount = $7, currency = $8, moment = $9, granted_at = $10, updated_at = $11, period_from = $12, period_kind = $13
		WHERE id = $14`,
		a.VersionNo, int64(a.Period.To), string(a.State), string(reward), string(a.Reward.Kind), a.Quantity,
		a.Amount.Minor, a.Amount.Currency, a.Moment, a.GrantedAt, a.UpdatedAt, int64(a.Period.From), string(a.Period.Kind), a.ID)
	if err != nil {
		return fmt.Errorf("write award: %w", err)
	}
	return nil
}

// flush writes the new awards and the events.
func (b *batch) flush() ([]Event, error) {
	if len(b.events) == 0 {
		return nil, nil
	}
	id, err := b.tx.NextID(int64(len(b.awards) + len(b.events)))
	if err != nil {
		return nil, err
	}
	rows := make([][]any, len(b.awards))
	for i, a := range b.awards {
		reward, err := json.Marshal(a.Reward)
		if err != nil {
			return nil, fmt.Errorf("write award: %w", err)
		}
		a.ID = id
		id++
		rows[i] = []any{
			a.ID, a.PlanID, a.VersionNo, string(a.Period.Kind), a.Period.Label, int64(a.Period.From), int64(a.Period.To), string(a.Subject.Kind), a.Subject.ID,
			a.Slot, a.Origin, string(a.State), string(reward), string(a.Reward.Kind), a.Quantity, a.Amount.Minor, a.Amount.Currency, a.Moment, a.GrantedAt, a.UpdatedAt,
		}
	}
	err = db.InsertRows(b.tx, "award", []string{
		"id", "plan_id", "version_no", "period_kind", "period_label", "period_from", "period_to", "subject_kind", "subject_id",
		"slot", "origin", "state", "reward", "reward_kind", "quantity", "amount", "currency", "moment", "granted_at", "updated_at",
	}, rows)
	if err != nil {
		return nil, fmt.Errorf("write awards: %w", err)
	}
	return b.events, b.writeEvents(id)
}

func (b *batch) writeEvents(id int64) error {
	rows := make([][]any, len(b.events))
	for i := range b.events {
		e := &b.events[i]
		if e.AwardID < 0 { // begun in this batch, whose awards have their ids by now
			e.AwardID = b.awards[-e.AwardID-1].ID
		}
		e.ID, e.At = id, b.now
		id++
		rows[i] = []any{e.ID, e.AwardID, e.At, string(e.Kind), e.AmountBefore, e.AmountAfter, e.Cause.Seq, e.Cause.Object, e.Cause.RecordID}
	}
	err := db.InsertRows(b.tx, "award_event", []string{
		"id", "award_id", "at", "kind", "amount_before", "amount_after", "cause_seq", "cause_object", "cause_record",
	}, rows)
	if err != nil {
		return fmt.Errorf("write award history: %w", err)
	}
	return nil
}
