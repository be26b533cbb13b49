package statement

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/rule"
)

// Answer is one thing that is said to a statement: by whose it is, or to that person by finance or a manager.
type Answer struct {
	ID      int64
	Word    Word
	Text    string
	At      int64 // µs UTC
	By      string
	Earlier bool // of a closing that was reopened since: it says nothing of the figures that stand now
}

// Word is the sense of an answer.
type Word string

// The words: a dispute stays open through replies, until it is settled or the person confirms.
const (
	Confirmed Word = "confirmed" // by the person
	Disputed  Word = "disputed"  // by the person
	Replied   Word = "replied"   // to a dispute, by a manager or finance
	Settled   Word = "settled"   // by finance: the person confirms, or disputes again
)

// Open reports whether somebody disputes and waits.
func (a *Answer) Open() bool { return a != nil && (a.Word == Disputed || a.Word == Replied) }

// MaxText is the longest text of an answer, in characters.
const MaxText = 2000

// MaxAnswers bounds what is said to one statement of one closing. What ends a dispute is heard all the same.
const MaxAnswers = 200

// Say puts the person's own answer on record. Only what is closed can be answered; a later answer replaces the one before, and both
// stay.
func Say(tx *db.Tx, actor string, p Period, ref rule.Ref, word Word, text string) (*Answer, error) {
	text = strings.TrimSpace(text)
	switch {
	case p.Closing == nil:
		return nil, notClosed(p)
	case word != Confirmed && word != Disputed:
		return nil, problem.Bad("unknown_answer", "answer", "回复只能是 confirmed 或 disputed", "an answer is confirmed or disputed")
	case word == Disputed && text == "":
		return nil, problem.Bad("required", "text", "请写明哪里不对", "say what is wrong")
	}
	return put(tx, actor, p, ref, word, text)
}

// Reply answers a dispute that is open, or settles it. Who may is the caller's to know.
func Reply(tx *db.Tx, actor string, p Period, ref rule.Ref, word Word, text string) (*Answer, error) {
	text = strings.TrimSpace(text)
	switch {
	case p.Closing == nil:
		return nil, notClosed(p)
	case word != Replied && word != Settled:
		return nil, problem.Bad("unknown_answer", "answer", "答复只能是 replied 或 settled", "a reply is replied or settled")
	case text == "":
		return nil, problem.Bad("required", "text", "请写明答复", "say what the answer is")
	}
	last, err := lastAnswer(tx, p.Closing.ID, ref)
	if err != nil {
		return nil, err
	}
	if !last.Open() {
		return nil, problem.New(problem.Conflict, "not_disputed", "", "这份对账单没有待处理的异议，请刷新页面", "nothing in this statement is disputed now: load it again")
	}
	return put(tx, actor, p, ref, word, text)
}

func notClosed(p Period) error {
	return problem.New(problem.Conflict, "not_closed", "period", "%s还没有关账，金额还会变，关账后再确认",
		"%s is not closed and its figures still move: answer once it is closed", i18n.Period(p.Label))
}

func put(tx *db.Tx, actor string, p Period, ref rule.Ref, word Word, text string) (*Answer, error) {
	if utf8.RuneCountInString(text) > MaxText {
		return nil, problem.New(problem.TooLarge, "too_long", "text", "最多 %d 个字，请缩短", "at most %d characters: shorten it", MaxText)
	}
	var said int
	err := tx.QueryRow(`SELECT COUNT(*) FROM statement_answer WHERE closing_id = $1 AND subject_kind = $2 AND subject_id = $3`,
		p.Closing.ID, string(ref.Kind), ref.ID).Scan(&said)
	if err != nil {
		return nil, fmt.Errorf("count answers: %w", err)
	}
	if said >= MaxAnswers {
		last, err := lastAnswer(tx, p.Closing.ID, ref)
		if err != nil {
			return nil, err
		}
		if ends := word == Settled || word == Confirmed; !ends || !last.Open() {
			return nil, problem.New(problem.TooLarge, "too_many_answers", "", "一份对账单最多 %d 条回复，请当面谈", "at most %d answers to one statement: talk it over", MaxAnswers)
		}
	}
	id, err := tx.NextID(1)
	if err != nil {
		return nil, err
	}
	a := &Answer{ID: id, Word: word, Text: text, At: time.Now().UnixMicro(), By: actor}
	err = db.InsertRows(tx, "statement_answer", []string{"id", "closing_id", "subject_kind", "subject_id", "answer", "body", "at", "by_actor"},
		[][]any{{id, p.Closing.ID, string(ref.Kind), ref.ID, string(word), text, a.At, actor}})
	if err != nil {
		return nil, fmt.Errorf("write an answer: %w", err)
	}
	return a, nil
}

func lastAnswer(tx *db.Tx, closingID int64, ref rule.Ref) (*Answer, error) {
	a := &Answer{}
	err := tx.QueryRow(`SELECT id, answer, body, at, by_actor FROM statement_answer
		WHERE closing_id = $1 AND subject_kind = $2 AND subject_id = $3
		ORDER BY id DESC LIMIT 1`, closingID, string(ref.Kind), ref.ID).Scan(&a.ID, &a.Word, &a.Text, &a.At, &a.By)
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
	rows, err := b.tx.Query(`SELECT subject_kind, subject_id, id, answer, body, at, by_actor FROM statement_answer
		WHERE closing_id = $1 ORDER BY id`, p.Closing.ID)
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var ref rule.Ref
		var a Answer
		if err := rows.Scan(&ref.Kind, &ref.ID, &a.ID, &a.Word, &a.Text, &a.At, &a.By); err != nil {
			return nil, fmt.Errorf("read answers: %w", err)
		}
		out[ref] = a // the last one stays
	}
	return out, rows.Err()
}

// history reads everything that was said to a period's statement of one subject, oldest first: to the closing that stands and to
// those before it, which were reopened. Closings of one period are few; each by index statement_answer_by_closing.
func history(tx *db.Tx, p Period, ref rule.Ref) ([]Answer, error) {
	rows, err := tx.Query(`SELECT a.id, a.answer, a.body, a.at, a.by_actor, a.closing_id FROM closing c
		JOIN statement_answer a ON a.closing_id = c.id
		WHERE c.kind = $1 AND c.label = $2 AND a.subject_kind = $3 AND a.subject_id = $4
		ORDER BY a.id`, string(p.Kind), p.Label, string(ref.Kind), ref.ID)
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	defer rows.Close()
	var out []Answer
	for rows.Next() {
		var a Answer
		var closingID int64
		if err := rows.Scan(&a.ID, &a.Word, &a.Text, &a.At, &a.By, &closingID); err != nil {
			return nil, fmt.Errorf("read answers: %w", err)
		}
		a.Earlier = p.Closing == nil || closingID != p.Closing.ID
		out = append(out, a)
	}
	return out, rows.Err()
}

// Disputes counts the statements of each closing that somebody disputes and that are not settled.
func Disputes(tx *db.Tx) (map[int64]int, error) {
	rows, err := tx.Query(`SELECT a.closing_id, COUNT(*) FROM statement_answer a
		JOIN (SELECT MAX(id) AS id FROM statement_answer GROUP BY closing_id, subject_kind, subject_id) last ON last.id = a.id
		WHERE a.answer IN ('disputed', 'replied')
		GROUP BY a.closing_id`)
	if err != nil {
		return nil, fmt.Errorf("count disputes: %w", err)
	}
	defer rows.Close()
	out := map[int64]int{}
	for rows.Next() {
		var id int64
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, fmt.Errorf("count disputes: %w", err)
		}
		out[id] = n
	}
	return out, rows.Err()
}

// maxWaiting is how many of the periods that were closed last are asked for the person's word.
const maxWaiting = 12

// Waiting finds the newest closed statement that waits for the person's word: one that was replied to, or else the last one that
// is closed and has figures, while nothing was said to it.
func (b *Book) Waiting(ref rule.Ref) (*Period, *Answer, error) {
	var unsaid *Period
	for i := range min(len(b.closed), maxWaiting) {
		p := &b.closed[len(b.closed)-1-i]
		a, err := lastAnswer(b.tx, p.Closing.ID, ref)
		if err != nil {
			return nil, nil, err
		}
		if a != nil && (a.Word == Replied || a.Word == Settled) {
			return p, a, nil
		}
		if i > 0 || a != nil {
			continue
		}
		cash, err := stored(b.tx, p.Closing.ID, &ref)
		if err != nil {
			return nil, nil, err
		}
		if len(cash) > 0 {
			unsaid = p
		}
	}
	return unsaid, nil, nil
}
