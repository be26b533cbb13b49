package target

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"laurel/internal/db"
	"laurel/internal/money"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
	"laurel/internal/rule"
)

// Object is the name under which changes of targets stand in the log; the record id is the target's.
const Object = "@target"

// Entry is a target as it stands in the log.
type Entry struct {
	MetricID int64         `json:"metric_id"`
	Subject  rule.Ref      `json:"subject"`
	Period   string        `json:"period"`
	Value    money.Decimal `json:"value"`
	Spread   Spread        `json:"spread,omitzero"`
	Whole    bool          `json:"whole,omitempty"`
}

const columns = `id, metric_id, subject_kind, subject_id, label, value, spread, whole`

// OfMetric reads every target of a metric, by index target_of.
func OfMetric(tx *db.Tx, metricID int64) ([]Target, error) {
	return read(tx, `SELECT `+columns+` FROM target WHERE metric_id = $1 ORDER BY subject_kind, subject_id, label`, metricID)
}

// All reads every target.
func All(tx *db.Tx) ([]Target, error) {
	return read(tx, `SELECT `+columns+` FROM target ORDER BY metric_id, subject_kind, subject_id, label`)
}

func read(tx *db.Tx, query string, args ...any) ([]Target, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("read targets: %w", err)
	}
	defer rows.Close()
	var out []Target
	for rows.Next() {
		t, err := scan(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("read targets: %w", err)
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

func scan(row func(...any) error) (t Target, err error) {
	var value, spread string
	var whole int64
	err = row(&t.ID, &t.MetricID, &t.Subject.Kind, &t.Subject.ID, &t.Label, &value, &spread, &whole)
	if err != nil {
		return t, err
	}
	t.Whole = whole != 0
	if t.Value, err = money.ParseDecimal(value); err == nil && spread != "" {
		err = json.Unmarshal([]byte(spread), &t.Spread)
	}
	return t, err
}

// Save sets a target and reports whether that changed anything. It appends the change to the log.
func Save(tx *db.Tx, records *record.Store, dir *people.Directory, actor record.Actor, t Target) (changed bool, err error) {
	if err := t.check(dir.Organisation.Calendar()); err != nil {
		return false, err
	}
	old, found, err := find(tx, &t)
	if err != nil {
		return false, err
	}
	after, err := entry(&t)
	if err != nil {
		return false, err
	}
	spread := ""
	if len(t.Spread) > 0 {
		text, err := json.Marshal(t.Spread)
		if err != nil {
			return false, fmt.Errorf("write target: %w", err)
		}
		spread = string(text)
	}
	whole := int64(0)
	if t.Whole {
		whole = 1
	}
	change := record.Change{Actor: actor, Object: Object, Kind: record.ChangeCreate, After: after}
	if found {
		if change.Before, err = entry(&old); err != nil || string(change.Before) == string(after) {
			return false, err
		}
		t.ID, change.Kind = old.ID, record.ChangeUpdate
		_, err = tx.Exec(`UPDATE target SET value = $1, spread = $2, whole = $3 WHERE id = $4`, t.Value.String(), spread, whole, t.ID)
	} else {
		if t.ID, err = newID(tx); err != nil {
			return false, err
		}
		_, err = tx.Exec(`INSERT INTO target (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			t.ID, t.MetricID, string(t.Subject.Kind), t.Subject.ID, t.Label, t.Value.String(), spread, whole)
	}
	if err != nil {
		return false, fmt.Errorf("write target: %w", err)
	}
	change.RecordID = t.ID
	_, err = records.AppendChange(tx, change)
	return true, err
}

func newID(tx *db.Tx) (int64, error) {
	var n int64
	if err := tx.QueryRow(`SELECT COUNT(*) FROM target`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count targets: %w", err)
	}
	if n >= MaxTargets {
		return 0, problem.New(problem.TooLarge, "too_many_targets", "", "目标值最多 %d 个", "at most %d targets", MaxTargets)
	}
	return tx.NextID(1)
}

// Remove takes a target away and reports whether there was one.
func Remove(tx *db.Tx, records *record.Store, actor record.Actor, t Target) (bool, error) {
	old, found, err := find(tx, &t)
	if err != nil || !found {
		return false, err
	}
	before, err := entry(&old)
	if err != nil {
		return false, err
	}
	if _, err := tx.Exec(`DELETE FROM target WHERE id = $1`, old.ID); err != nil {
		return false, fmt.Errorf("remove target: %w", err)
	}
	_, err = records.AppendChange(tx, record.Change{Actor: actor, Object: Object, RecordID: old.ID, Kind: record.ChangeDelete, Before: before})
	return true, err
}

func find(tx *db.Tx, t *Target) (old Target, found bool, err error) {
	old, err = scan(tx.QueryRow(`SELECT `+columns+` FROM target WHERE metric_id = $1 AND subject_kind = $2 AND subject_id = $3 AND label = $4`,
		t.MetricID, string(t.Subject.Kind), t.Subject.ID, t.Label).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return old, false, nil
	}
	if err != nil {
		return old, false, fmt.Errorf("read target: %w", err)
	}
	return old, true, nil
}

func entry(t *Target) ([]byte, error) {
	return json.Marshal(Entry{t.MetricID, t.Subject, t.Label, t.Value, t.Spread, t.Whole})
}
