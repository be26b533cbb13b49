package record_test

import (
	"context"
	"errors"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/record"
)

func TestARepeatedRequestGetsItsFirstAnswer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := setUp(t, d)
		runs := 0
		try := func(actor, key, hash string, fails error) (answer record.Answer, repeated bool, err error) {
			err = d.Write(context.Background(), func(tx *db.Tx) (err error) {
				answer, repeated, err = f.store.Idempotent(tx, actor, key, hash, func() (record.Answer, error) {
					runs++
					return record.Answer{Status: 201, Body: []byte(`{"id":1}`)}, fails
				})
				return err
			})
			return answer, repeated, err
		}
		if _, _, err := try("a", "k", "h", errors.New("no")); err == nil || runs != 1 {
			t.Fatalf("a failing request: %v after %d runs", err, runs)
		}
		for i, wantRepeated := range []bool{false, true, true} {
			answer, repeated, err := try("a", "k", "h", nil)
			if err != nil || repeated != wantRepeated || answer.Status != 201 || string(answer.Body) != `{"id":1}` {
				t.Errorf("try %d: %v %s %v", i, repeated, answer.Body, err)
			}
		}
		if _, _, err := try("a", "k", "other", nil); codes(err) != "idempotency_mismatch" {
			t.Errorf("another request under the key: %v", err)
		}
		if _, repeated, err := try("b", "k", "other", nil); err != nil || repeated {
			t.Errorf("another actor's key: %v %v", repeated, err)
		}
		if _, _, err := try("a", "", "h", nil); codes(err) != "bad_idempotency_key" {
			t.Errorf("an empty key: %v", err)
		}
		f.write(func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE idempotency SET at = at - $1", int64(25*3600*1e6))
			return err
		})
		if _, repeated, err := try("a", "k", "other", nil); err != nil || repeated {
			t.Errorf("a day later: %v %v", repeated, err)
		}
		if runs != 4 {
			t.Errorf("%d runs, want 4", runs)
		}
	})
}
