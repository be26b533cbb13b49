package statement

import (
	"fmt"
	"slices"

	"laurel/internal/award"
	"laurel/internal/closing"
	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/rule"
)

// Freeze writes down what a period came to for everybody, in the transaction that closes it.
func Freeze(tx *db.Tx, o people.Organisation, c closing.Closing) error {
	b, err := Open(tx, o, c.Period.To-1)
	if err != nil {
		return err
	}
	b.closed = slices.DeleteFunc(b.closed, func(p Period) bool { return p.Closing.ID == c.ID })
	owed, err := b.carried(nil)
	if err != nil {
		return err
	}
	p := Period{Period: c.Period, Closing: &c}
	awards, err := award.Ending(tx, c.Period.Window, nil)
	if err != nil {
		return err
	}
	cash, err := b.step(p, awards, owed)
	if err != nil {
		return err
	}
	keys := make([]account, 0, len(cash))
	for k := range cash {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compareAccounts)
	rows := make([][]any, len(keys))
	for i, k := range keys {
		s := cash[k]
		rows[i] = []any{
			c.ID, string(k.ref.Kind), k.ref.ID, k.currency, s.Awarded, s.Adjusted, s.Before, s.Incurred, s.Taken, s.After, string(s.Limit),
		}
	}
	err = db.InsertRows(tx, "statement", []string{
		"closing_id", "subject_kind", "subject_id", "currency", "awarded", "adjusted", "owed_before", "incurred", "taken", "owed_after", "clawback_limit",
	}, rows)
	if err != nil {
		return fmt.Errorf("write statements: %w", err)
	}
	return nil
}

// Drop takes back what was written down for a closing that was reopened. What was said to its statements stays on record.
func Drop(tx *db.Tx, closingID int64) error {
	if _, err := tx.Exec(`DELETE FROM statement WHERE closing_id = $1`, closingID); err != nil {
		return fmt.Errorf("drop statements: %w", err)
	}
	return nil
}

// stored reads what was written down for a closing, for everybody or one subject. By the primary key.
func stored(tx *db.Tx, closingID int64, ref *rule.Ref) (map[account]Cash, error) {
	text, args := `SELECT subject_kind, subject_id, currency, awarded, adjusted, owed_before, incurred, taken, owed_after, clawback_limit
		FROM statement WHERE closing_id = $1`, []any{closingID}
	if ref != nil {
		text += ` AND subject_kind = $2 AND subject_id = $3`
		args = append(args, string(ref.Kind), ref.ID)
	}
	rows, err := tx.Query(text, args...)
	if err != nil {
		return nil, fmt.Errorf("read statements: %w", err)
	}
	defer rows.Close()
	out := map[account]Cash{}
	for rows.Next() {
		var k account
		var c Cash
		err := rows.Scan(&k.ref.Kind, &k.ref.ID, &k.currency, &c.Awarded, &c.Adjusted, &c.Before, &c.Incurred, &c.Taken, &c.After, &c.Limit)
		if err != nil {
			return nil, fmt.Errorf("read statements: %w", err)
		}
		c.Currency = k.currency
		out[k] = c
	}
	return out, rows.Err()
}

// Things counts what is not cash in a period, by subject and kind of reward.
func (b *Book) Things(p Period) (map[rule.Ref]map[rule.RewardKind]award.Tally, error) {
	return award.ThingsEnding(b.tx, p.Window)
}
