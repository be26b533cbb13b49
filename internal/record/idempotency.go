package record

import (
	"database/sql"
	"errors"
	"time"

	"laurel/internal/db"
	"laurel/internal/problem"
)

// keepAnswers is how long the answer of a request with an Idempotency-Key is kept.
const keepAnswers = 24 * time.Hour

// purgeEvery is how often answers that are too old are removed.
const purgeEvery = 10 * time.Minute

// MaxIdempotencyKey is how many bytes an Idempotency-Key may have.
const MaxIdempotencyKey = 200

// Answer is what a request was answered with: a status of the caller's own and a JSON body.
type Answer struct {
	Status int
	Body   []byte
}

// Idempotent runs fn once for an actor's key and keeps its answer for a day in the same transaction; a repetition gets
// the kept answer. The hash stands for the request: the same key with another one is a Conflict problem
// (idempotency_mismatch). When fn fails nothing is kept.
func (s *Store) Idempotent(tx *db.Tx, actor Actor, key, hash string, fn func() (Answer, error)) (answer Answer, repeated bool, err error) {
	if key == "" || len(key) > MaxIdempotencyKey || !storable(key) {
		return Answer{}, false, problem.Bad("bad_idempotency_key", "Idempotency-Key",
			"Idempotency-Key 应为 1 至 %d 字节的文本。", "The Idempotency-Key must be a text of 1 to %d bytes.", MaxIdempotencyKey)
	}
	now := time.Now().UnixMicro()
	oldest := now - keepAnswers.Microseconds()
	var kept, body string
	var status, at int64
	err = tx.QueryRow("SELECT request_hash, status, response, at FROM idempotency WHERE key = $1 AND actor = $2", key, actor).Scan(&kept, &status, &body, &at)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return Answer{}, false, err
	case at < oldest:
		if _, err := tx.Exec("DELETE FROM idempotency WHERE key = $1 AND actor = $2", key, actor); err != nil {
			return Answer{}, false, err
		}
	case kept != hash:
		return Answer{}, false, problem.New(problem.Conflict, "idempotency_mismatch", "Idempotency-Key",
			"这个 Idempotency-Key 已用于另一个请求，请换一个新的。", "This Idempotency-Key was used for another request. Use a new one.")
	default:
		return Answer{Status: int(status), Body: []byte(body)}, true, nil
	}
	if answer, err = fn(); err != nil {
		return Answer{}, false, err
	}
	if _, err := tx.Exec("INSERT INTO idempotency (key, actor, request_hash, status, response, at) VALUES ($1, $2, $3, $4, $5, $6)",
		key, actor, hash, int64(answer.Status), string(answer.Body), now); err != nil {
		return Answer{}, false, err
	}
	if last := s.purged.Load(); now-last > purgeEvery.Microseconds() && s.purged.CompareAndSwap(last, now) {
		if _, err := tx.Exec("DELETE FROM idempotency WHERE at < $1", oldest); err != nil { // index idempotency_at
			return Answer{}, false, err
		}
	}
	return answer, false, nil
}
