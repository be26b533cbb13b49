package closing

import (
	"fmt"
	"time"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/problem"
)

// Closing is a period that finance has closed: what was awarded in it stands as it is, and what should have been otherwise
// becomes an adjustment in a period that is still open.
type Closing struct {
	ID         int64
	Period     calendar.Period
	ClosedAt   int64 // µs UTC
	ClosedBy   string
	PaidAt     int64 // µs UTC; 0 while it has not been paid
	PaidBy     string
	ReopenedAt int64 // µs UTC; 0 while it is closed
	ReopenedBy string
	Reason     string // why it was reopened
}

// Closed reports whether the closing stands.
func (c *Closing) Closed() bool { return c.ReopenedAt == 0 }

// MaxReason is the longest reason for reopening, in bytes.
const MaxReason = 2000

// List lists every closing, the newest first; reopened ones stay on the list.
func List(tx *db.Tx) ([]Closing, error) {
	rows, err := tx.Query(`SELECT id, kind, label, from_day, to_day, closed_at, closed_by, paid_at, paid_by, reopened_at, reopened_by, reason
		FROM closing ORDER BY id DESC`)
	if err != nil {
		return nil, fmt.Errorf("read closings: %w", err)
	}
	defer rows.Close()
	var out []Closing
	for rows.Next() {
		var c Closing
		err := rows.Scan(&c.ID, &c.Period.Kind, &c.Period.Label, &c.Period.From, &c.Period.To, &c.ClosedAt, &c.ClosedBy,
			&c.PaidAt, &c.PaidBy, &c.ReopenedAt, &c.ReopenedBy, &c.Reason)
		if err != nil {
			return nil, fmt.Errorf("read closings: %w", err)
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// Until is the first day that is still open; 0, which lies in 1970, when nothing was closed. A period is closed when it ends on or
// before this day.
func Until(tx *db.Tx) (calendar.Day, error) {
	var day int64
	if err := tx.QueryRow(`SELECT COALESCE(MAX(to_day), 0) FROM closing WHERE reopened_at = 0`).Scan(&day); err != nil {
		return 0, fmt.Errorf("read closings: %w", err)
	}
	return calendar.Day(day), nil
}

// Put puts a closing on record. The caller has checked that it follows the one before.
func Put(tx *db.Tx, actor string, p calendar.Period) (Closing, error) {
	id, err := tx.NextID(1)
	if err != nil {
		return Closing{}, err
	}
	at, err := moment(tx)
	if err != nil {
		return Closing{}, err
	}
	c := Closing{ID: id, Period: p, ClosedAt: at, ClosedBy: actor}
	err = db.InsertRows(tx, "closing", []string{
		"id", "kind", "label", "from_day", "to_day", "closed_at", "closed_by", "paid_at", "paid_by", "reopened_at", "reopened_by", "reason",
	}, [][]any{{c.ID, string(p.Kind), p.Label, int64(p.From), int64(p.To), c.ClosedAt, actor, 0, "", 0, "", ""}})
	if err != nil {
		return Closing{}, fmt.Errorf("write closing: %w", err)
	}
	return c, nil
}

// Reopen takes the last closing back and says why. One that was paid cannot be taken back: its corrections are clawbacks.
func Reopen(tx *db.Tx, actor, label, reason string) (Closing, error) {
	last, err := lastClosed(tx)
	if err != nil {
		return Closing{}, err
	}
	switch {
	case last == nil || last.Period.Label != label:
		return Closing{}, problem.New(problem.Conflict, "not_last_closing", "label", "只能重新打开最近关账的周期", "only the period closed last can be reopened")
	case last.PaidAt != 0:
		return Closing{}, problem.New(problem.Conflict, "already_paid", "label", "该周期已经发放，不能重新打开；更正会成为追回或补发",
			"the period has been paid and cannot be reopened: corrections become clawbacks or later payments")
	case reason == "":
		return Closing{}, problem.Bad("required", "reason", "请写明重新打开的原因", "say why the period is reopened")
	case len(reason) > MaxReason:
		return Closing{}, problem.New(problem.TooLarge, "too_long", "reason", "原因太长，请缩短", "the reason is too long: shorten it")
	}
	if last.ReopenedAt, err = moment(tx); err != nil {
		return Closing{}, err
	}
	last.ReopenedBy, last.Reason = actor, reason
	_, err = tx.Exec(`UPDATE closing SET reopened_at = $1, reopened_by = $2, reason = $3 WHERE id = $4`, last.ReopenedAt, actor, reason, last.ID)
	if err != nil {
		return Closing{}, fmt.Errorf("write closing: %w", err)
	}
	return *last, nil
}

// Paid notes that a closed period was paid. Noting it again changes nothing.
func Paid(tx *db.Tx, actor, label string) (Closing, error) {
	all, err := List(tx)
	if err != nil {
		return Closing{}, err
	}
	for _, c := range all {
		if c.Period.Label != label || !c.Closed() {
			continue
		}
		if c.PaidAt != 0 {
			return c, nil
		}
		if c.PaidAt, err = moment(tx); err != nil {
			return Closing{}, err
		}
		c.PaidBy = actor
		if _, err := tx.Exec(`UPDATE closing SET paid_at = $1, paid_by = $2 WHERE id = $3`, c.PaidAt, actor, c.ID); err != nil {
			return Closing{}, fmt.Errorf("write closing: %w", err)
		}
		return c, nil
	}
	return Closing{}, problem.New(problem.Conflict, "not_closed", "label", "周期 %q 还没有关账，先关账再发放", "the period %q is not closed: close it before it is paid", label)
}

// moment is now, later than everything on record: which periods were paid when another was closed must never depend on a clock
// that was set back.
func moment(tx *db.Tx) (int64, error) {
	var last int64
	err := tx.QueryRow(`SELECT COALESCE(MAX(CASE WHEN closed_at > paid_at AND closed_at > reopened_at THEN closed_at
		WHEN paid_at > reopened_at THEN paid_at ELSE reopened_at END), 0) FROM closing`).Scan(&last)
	if err != nil {
		return 0, fmt.Errorf("read closings: %w", err)
	}
	return max(time.Now().UnixMicro(), last+1), nil
}

func lastClosed(tx *db.Tx) (*Closing, error) {
	all, err := List(tx)
	if err != nil {
		return nil, err
	}
	var last *Closing
	for i := range all {
		if all[i].Closed() && (last == nil || all[i].Period.To > last.Period.To) {
			last = &all[i]
		}
	}
	return last, nil
}
