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
	Origin      string       // label of the closed period whose differences the dues are; empty otherwise
	OriginTo    calendar.Day // its end
	Provisional bool         // the period runs and what is due may still fall back
	Ends        int64        // µs UTC of the period's last instant: the moment of what nothing earlier decides
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

// Reconcile is Ledger.Reconcile, written at once.
func Reconcile(tx *db.Tx, j *Judgement, existing []*Award) error {
	l := NewLedger(tx)
	if err := l.Reconcile(j, existing); err != nil {
		return err
	}
	return l.Write()
}

// maxGathered bounds the steps that a ledger gathers before it writes them, of about 500 bytes each.
const maxGathered = 10_000

// Ledger brings awards in line with what is due. It gathers what happens to them in several periods and writes it together;
// until then, reading awards finds them as they were.
type Ledger struct {
	tx      *db.Tx
	now     int64
	awards  []*Award // new
	changed []*Award
	events  []Event
}

// NewLedger begins a ledger.
func NewLedger(tx *db.Tx) *Ledger { return &Ledger{tx: tx, now: time.Now().UnixMicro()} }

// Reconcile brings the awards on record in line with what is due: it grants, raises, lowers, reverses, and notes each
// step. existing must hold every award of the plan and period for the subjects judged, reversed ones included. Doing it
// again with the same dues changes nothing.
func (l *Ledger) Reconcile(j *Judgement, existing []*Award) error {
	open := make(map[slot]*Award, len(existing))
	for _, a := range existing {
		open[slot{a.Subject, a.Slot}] = a
	}
	for i := range j.Dues {
		d := &j.Dues[i]
		key := slot{d.Ref, d.Slot}
		old := open[key]
		delete(open, key)
		if old == nil {
			l.begin(j, d)
			continue
		}
		l.follow(j, d, old)
	}
	for _, a := range existing { // in their own order, so that the same input gives the same history
		if open[slot{a.Subject, a.Slot}] == a && a.Live() {
			l.reverse(a, j.causeOf(a.Subject))
		}
	}
	if len(l.events) < maxGathered {
		return nil
	}
	return l.Write()
}

func (l *Ledger) begin(j *Judgement, d *rule.Due) {
	a := &Award{
		PlanID: j.PlanID, VersionNo: j.VersionNo, Period: j.Period, Subject: d.Ref, Slot: d.Slot, Origin: j.Origin, OriginTo: j.OriginTo, State: j.State(),
		Reward: AsStored(d.Reward), Quantity: d.Quantity, Amount: d.Amount, Moment: j.Moment(d), UpdatedAt: l.now,
	}
	kind := Noted
	if a.State == Granted {
		a.GrantedAt, kind = l.now, Grant
	}
	l.awards = append(l.awards, a)
	l.events = append(l.events, Event{AwardID: -int64(len(l.awards)), Kind: kind, AmountAfter: a.Amount.Minor, Cause: j.causeOf(a.Subject)})
}

// follow changes an award on record into what is due now.
func (l *Ledger) follow(j *Judgement, d *rule.Due, old *Award) {
	now := *old
	now.VersionNo, now.Period, now.State, now.Reward = j.VersionNo, j.Period, j.State(), AsStored(d.Reward)
	now.Quantity, now.Amount, now.Moment, now.OriginTo = d.Quantity, d.Amount, j.Moment(d), j.OriginTo
	if now == *old {
		return
	}
	now.UpdatedAt = l.now
	event := Event{AwardID: old.ID, AmountBefore: old.Amount.Minor, AmountAfter: now.Amount.Minor, Cause: j.causeOf(old.Subject)}
	switch {
	case now.State == Granted && old.State != Granted:
		event.Kind, now.GrantedAt = Grant, l.now
	case now.State == Provisional && old.State != Provisional:
		event.Kind, now.GrantedAt = Noted, 0
	case now.Amount.Minor > old.Amount.Minor || now.Amount.Minor == old.Amount.Minor && now.Quantity > old.Quantity:
		event.Kind = Raised
	case now.Amount.Minor < old.Amount.Minor || now.Quantity < old.Quantity:
		event.Kind = Lowered
	default:
		event.Kind = Changed
	}
	l.events = append(l.events, event)
	l.changed = append(l.changed, &now)
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

func (l *Ledger) reverse(old *Award, cause Cause) {
	now := *old
	now.State, now.UpdatedAt = Reversed, l.now
	l.events = append(l.events, Event{AwardID: old.ID, Kind: Reversal, AmountBefore: old.Amount.Minor, Cause: cause})
	l.changed = append(l.changed, &now)
}

// Write writes what was gathered. Events are numbered in the order in which they were gathered.
func (l *Ledger) Write() error {
	if len(l.events) == 0 {
		return nil
	}
	id, err := l.tx.NextID(int64(len(l.awards) + len(l.events)))
	if err != nil {
		return err
	}
	for _, a := range l.awards {
		a.ID = id
		id++
	}
	if err := l.writeNew(); err != nil {
		return fmt.Errorf("write awards: %w", err)
	}
	if err := l.writeChanged(); err != nil {
		return fmt.Errorf("write awards: %w", err)
	}
	if err := l.writeEvents(id); err != nil {
		return fmt.Errorf("write award history: %w", err)
	}
	l.awards, l.changed, l.events = nil, nil, nil
	return nil
}

func (l *Ledger) writeNew() error {
	rows := make([][]any, len(l.awards))
	var texts rewardTexts
	for i, a := range l.awards {
		reward, err := texts.of(a.Reward)
		if err != nil {
			return err
		}
		rows[i] = []any{
			a.ID, a.PlanID, a.VersionNo, string(a.Period.Kind), a.Period.Label, int64(a.Period.From), int64(a.Period.To), string(a.Subject.Kind), a.Subject.ID,
			a.Slot, a.Origin, int64(a.OriginTo), string(a.State), reward, string(a.Reward.Kind), a.Quantity, a.Amount.Minor, a.Amount.Currency, a.Moment, a.GrantedAt, a.UpdatedAt,
		}
	}
	return db.InsertRows(l.tx, "award", []string{
		"id", "plan_id", "version_no", "period_kind", "period_label", "period_from", "period_to", "subject_kind", "subject_id",
		"slot", "origin", "origin_to", "state", "reward", "reward_kind", "quantity", "amount", "currency", "moment", "granted_at", "updated_at",
	}, rows)
}

func (l *Ledger) writeChanged() error {
	rows := make([][]any, len(l.changed))
	var texts rewardTexts
	for i, a := range l.changed {
		reward, err := texts.of(a.Reward)
		if err != nil {
			return err
		}
		rows[i] = []any{
			a.VersionNo, int64(a.Period.To), string(a.State), reward, string(a.Reward.Kind), a.Quantity,
			a.Amount.Minor, a.Amount.Currency, a.Moment, a.GrantedAt, a.UpdatedAt, int64(a.Period.From), string(a.Period.Kind), int64(a.OriginTo), a.ID,
		}
	}
	return db.ExecEach(l.tx, `UPDATE award SET version_no = $1, period_to = $2, state = $3, reward = $4, reward_kind = $5, quantity = $6,
		amount = $7, currency = $8, moment = $9, granted_at = $10, updated_at = $11, period_from = $12, period_kind = $13, origin_to = $14
		WHERE id = $15`, rows)
}

// rewardTexts writes rewards as JSON; mostly one is the same as the last.
type rewardTexts struct {
	last rule.Reward
	text string
}

func (t *rewardTexts) of(r rule.Reward) (string, error) {
	if t.text != "" && t.last == r {
		return t.text, nil
	}
	text, err := json.Marshal(r)
	t.last, t.text = r, string(text)
	return t.text, err
}

func (l *Ledger) writeEvents(id int64) error {
	rows := make([][]any, len(l.events))
	for i := range l.events {
		e := &l.events[i]
		if e.AwardID < 0 { // begun in this batch, whose awards have their ids by now
			e.AwardID = l.awards[-e.AwardID-1].ID
		}
		e.ID, e.At = id, l.now
		id++
		rows[i] = []any{e.ID, e.AwardID, e.At, string(e.Kind), e.AmountBefore, e.AmountAfter, e.Cause.Seq, e.Cause.Object, e.Cause.RecordID}
	}
	return db.InsertRows(l.tx, "award_event", []string{
		"id", "award_id", "at", "kind", "amount_before", "amount_after", "cause_seq", "cause_object", "cause_record",
	}, rows)
}
