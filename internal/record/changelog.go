package record

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"laurel/internal/db"
)

// MaxChanges is the most entries that one reading of the log returns.
const MaxChanges = 10_000

// changesChunk is how many records one question about their changes names.
const changesChunk = 500

var changeColumns = []string{"seq", "at", "actor", "object", "record_id", "kind", "before", "after"}

const selectChanges = "SELECT seq, at, actor, object, record_id, kind, before, after FROM change "

// AppendChange adds an entry for something that is not a record: "@person", "@plan" and the like. Seq is given, and At
// when it is 0.
func (s *Store) AppendChange(tx *db.Tx, c Change) (seq int64, err error) {
	if c.At == 0 {
		c.At = time.Now().UnixMicro()
	}
	list := []Change{c}
	err = appendChanges(tx, list)
	return list[0].Seq, err
}

// appendChanges numbers the entries and writes them.
func appendChanges(tx *db.Tx, changes []Change) error {
	if len(changes) == 0 {
		return nil
	}
	seq, err := tx.NextSeq(int64(len(changes)))
	if err != nil {
		return err
	}
	width := len(changeColumns)
	cells := make([]any, len(changes)*width)
	rows := make([][]any, len(changes))
	for i := range changes {
		c := &changes[i]
		c.Seq = seq + int64(i)
		row := cells[i*width : (i+1)*width]
		row[0], row[1], row[2], row[3], row[4], row[5] = c.Seq, c.At, c.Actor, c.Object, c.RecordID, c.Kind
		row[6], row[7] = nullText(string(c.Before)), nullText(string(c.After))
		rows[i] = row
	}
	return db.InsertRows(tx, "change", changeColumns, rows)
}

func nullText(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// Changes are entries after a number, in order. There are no gaps: fewer than the limit means the end of the log.
func (s *Store) Changes(tx *db.Tx, after int64, limit int) ([]Change, error) {
	return queryChanges(tx, selectChanges+"WHERE seq > $1 ORDER BY seq LIMIT $2", after, int64(min(max(limit, 0), MaxChanges)))
}

// LastSeq is the number of the newest entry; 0 when there is none.
func (s *Store) LastSeq(tx *db.Tx) (int64, error) {
	var seq sql.NullInt64
	err := tx.QueryRow("SELECT MAX(seq) FROM change").Scan(&seq)
	return seq.Int64, err
}

// History is what happened to one record (or person, plan …), the newest first, before a number; 0: from the newest.
func (s *Store) History(tx *db.Tx, object string, id, beforeSeq int64, limit int) ([]Change, error) {
	if beforeSeq <= 0 {
		beforeSeq = 1<<63 - 1
	}
	return queryChanges(tx, selectChanges+"WHERE object = $1 AND record_id = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4", // index change_record
		object, id, beforeSeq, int64(min(max(limit, 0), MaxChanges)))
}

// ChangesOf is what happened to some records of an object after a number, oldest first, by index change_record.
func (s *Store) ChangesOf(tx *db.Tx, object string, ids []int64, after int64, limit int) (out []Change, err error) {
	for chunk := range slices.Chunk(ids, changesChunk) {
		args := []any{object, after}
		var in strings.Builder
		for i, id := range chunk {
			if i > 0 {
				in.WriteString(", ")
			}
			args = append(args, id)
			in.WriteString("$" + strconv.Itoa(len(args)))
		}
		args = append(args, int64(min(max(limit, 0), MaxChanges)))
		some, err := queryChanges(tx, selectChanges+"WHERE object = $1 AND seq > $2 AND record_id IN ("+in.String()+") ORDER BY seq LIMIT $"+
			strconv.Itoa(len(args)), args...)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	slices.SortFunc(out, func(a, b Change) int { return cmp.Compare(a.Seq, b.Seq) })
	return out[:min(len(out), limit)], nil
}

func queryChanges(tx *db.Tx, query string, args ...any) ([]Change, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Change
	for rows.Next() {
		var c Change
		var before, after sql.NullString
		if err := rows.Scan(&c.Seq, &c.At, &c.Actor, &c.Object, &c.RecordID, &c.Kind, &before, &after); err != nil {
			return nil, err
		}
		c.Before, c.After = rawJSON(before), rawJSON(after)
		out = append(out, c)
	}
	return out, rows.Err()
}

func rawJSON(s sql.NullString) json.RawMessage {
	if !s.Valid {
		return nil
	}
	return json.RawMessage(s.String)
}
