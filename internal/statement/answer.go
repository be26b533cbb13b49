package statement

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"laurel/internal/db"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// Answer is what somebody says to a statement.
type Answer struct {
	Word Word
	Text string
	At   int64 // µs UTC
	By   string
}

// Word is the sense of an answer.
type Word string

// The answers.
const (
	Confirmed Word = "confirmed"
	Disputed  Word = "disputed"
)

// MaxText is the longest text of an answer, in characters.
const MaxText = 2000

// Say puts an answer on record. Only what is closed can be answered; a later answer replaces the one before, and both stay.
func Say(tx *db.Tx, actor string, p Period, ref rule.Ref, word Word, text string) (*Answer, error) {
	text = strings.TrimSpace(text)
	switch {
	case p.Closing == nil:
		return nil, problem.New(problem.Conflict, "not_closed", "period", "周期 %q 还没有关账，金额还会变，关账后再确认",
			"the period %q is not closed and its figures still move: answer once it is closed", p.Label)
	case word != Confirmed && word != Disputed:
		return nil, problem.Bad("unknown_answer", "answer", "回复只能是 confirmed 或 disputed", "an answer is confirmed or disputed")
	case word == Disputed && text == "":
		return nil, problem.Bad("required", "text", "请写明哪里不对", "say what is wrong")
	case utf8.RuneCountInString(text) > MaxText:
		return nil, problem.New(problem.TooLarge, "too_long", "text", "最多 %d 个字，请缩短", "at most %d characters: shorten it", MaxText)
	}
	id, err := tx.NextID(1)
	if err != nil {
		return nil, err
	}
	a := &Answer{Word: word, Text: text, At: time.Now().UnixMicro(), By: actor}
	err = db.InsertRows(tx, "statement_answer", []string{"id", "closing_id", "subject_kind", "subject_id", "answer", "body", "at", "by_actor"},
		[][]any{{id, p.Closing.ID, string(ref.Kind), ref.ID, string(word), text, a.At, actor}})
	if err != nil {
		return nil, fmt.Errorf("write an answer: %w", err)
	}
	return a, nil
}

func lastAnswer(tx *db.Tx, closingID int64, ref rule.Ref) (*Answer, error) {
	a := &Answer{}
	err := tx.QueryRow(`SELECT answer, body, at, by_actor FROM statement_answer
		WHERE closing_id = $1 AND subject_kind = $2 AND subject_id = $3
		ORDER BY id DESC LIMIT 1`, closingID, string(ref.Kind), ref.ID).Scan(&a.Word, &a.Text, &a.At, &a.By)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read an answer: %w", err)
	}
	return a, nil
}

// Answers reads the last answer of everybody to the statements of a period, by index statement_answer_by_closing.
func (b *Book) Answers(p Period) (map[rule.Ref]Answer, error) {
	out := map[rule.Ref]Answer{}
	if p.Closing == nil {
		return out, nil
	}
	rows, err := b.tx.Query(`SELECT subject_kind, subject_id, answer, body, at, by_actor FROM statement_answer
		WHERE closing_id = $1 ORDER BY id`, p.Closing.ID)
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var ref rule.Ref
		var a Answer
		if err := rows.Scan(&ref.Kind, &ref.ID, &a.Word, &a.Text, &a.At, &a.By); err != nil {
			return nil, fmt.Errorf("read answers: %w", err)
		}
		out[ref] = a // the last one stays
	}
	return out, rows.Err()
}
