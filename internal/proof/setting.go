package proof

import (
	"fmt"
	"time"

	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/problem"
)

// Setting is when a server proves by itself.
type Setting struct {
	minute int // of the day; below 0 for never
	zone   *time.Location
}

// SettingOf reads the setting.
func SettingOf(tx *db.Tx) (Setting, error) {
	var s Setting
	if err := tx.QueryRow(`SELECT minute FROM proof_setting WHERE one = 1`).Scan(&s.minute); err != nil {
		return s, fmt.Errorf("read when to prove: %w", err)
	}
	o, err := people.OrganisationOf(tx)
	s.zone = o.Calendar().Zone
	return s, err
}

// SaveTime sets the time of day, "03:00" in the organisation's zone; empty for never.
func SaveTime(tx *db.Tx, text string) error {
	minute := -1
	if text != "" {
		at, err := time.Parse("15:04", text)
		if err != nil || len(text) != len("15:04") {
			return problem.Bad("bad_time", "at", "时刻须写成 03:00 这样；留空表示不自动核对", "write the time as 03:00; leave it empty for no proof by itself")
		}
		minute = at.Hour()*60 + at.Minute()
	}
	if _, err := tx.Exec(`UPDATE proof_setting SET minute = $1 WHERE one = 1`, minute); err != nil {
		return fmt.Errorf("write when to prove: %w", err)
	}
	return nil
}

// Off reports whether no server proves by itself.
func (s Setting) Off() bool { return s.minute < 0 }

// Time is the time of day, "03:00"; empty for never.
func (s Setting) Time() string {
	if s.Off() {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", s.minute/60, s.minute%60)
}

// on is the moment of a day, counted from the day of a time. A time that a change of clocks leaves out is moved on by it.
func (s Setting) on(t time.Time, days int) time.Time {
	t = t.In(s.zone)
	return time.Date(t.Year(), t.Month(), t.Day()+days, s.minute/60, s.minute%60, 0, 0, s.zone)
}

// lastBefore is the last moment to prove, at or before a time.
func (s Setting) lastBefore(t time.Time) time.Time {
	if today := s.on(t, 0); !today.After(t) {
		return today
	}
	return s.on(t, -1)
}

// Next is the next moment to prove after a time.
func (s Setting) Next(t time.Time) time.Time {
	if today := s.on(t, 0); today.After(t) {
		return today
	}
	return s.on(t, 1)
}
