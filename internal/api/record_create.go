package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"sync"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Creating one record is what programs do most, so it goes without huma's reflection; its contract is registered as every
// other's.

type recordCreate struct {
	Object string `path:"object" example:"deal"`
	Key    string `header:"Idempotency-Key" maxLength:"200" doc:"The same key with the same body gives the same answer and is done once"`
	Body   RecordInput
}

func (s *server) createRecordRoute() {
	document[recordCreate, recordOutput](s, "Records", "POST", "/objects/{object}/records", "createRecord", "新建记录", "Make a record", status(201),
		describe("With an external_id that is already known the record is updated instead (status 200): safe to repeat."))
	s.mux.HandleFunc("POST "+prefix+"/objects/{object}/records", s.createRecord)
}

var answerPool = sync.Pool{New: func() any { b := make([]byte, 0, 1024); return &b }}

func (s *server) createRecord(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	if err := allow(ctx, auth.WriteRecords); err != nil {
		writeProblem(w, r, err)
		return
	}
	content, err := readBody(r, maxDefinitionBytes)
	if err != nil {
		writeProblem(w, r, err)
		return
	}
	var in RecordInput
	if err := decode(content, &in); err != nil {
		writeProblem(w, r, err)
		return
	}
	op := record.Op{Kind: record.Create, ExternalID: in.ExternalID, Input: in.Values}
	if op.Input == nil {
		op.Input = map[string]any{}
	}
	if in.ExternalID != "" {
		op.Kind = record.Upsert
	}
	held := answerPool.Get().(*[]byte)
	defer answerPool.Put(held)
	answer, version, repeated, err := s.createOnce(ctx, r, content, op, (*held)[:0])
	if err != nil {
		writeProblem(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	if version > 0 {
		h.Set("ETag", etag(version))
	}
	if repeated {
		h.Set("Idempotency-Replayed", "true")
	}
	w.WriteHeader(answer.Status)
	_, _ = w.Write(answer.Body)
}

// createOnce makes the record and its answer in one write. buf is where the answer may be built.
func (s *server) createOnce(ctx context.Context, r *http.Request, content []byte, op record.Op, buf []byte) (answer record.Answer, version int64, repeated bool, err error) {
	by, key := actor(ctx), r.Header.Get("Idempotency-Key")
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		o, err := s.object(tx, r.PathValue("object"))
		if err != nil {
			return err
		}
		work := func() (record.Answer, error) {
			done, err := s.applyOne(tx, by, o, op)
			if err != nil {
				return record.Answer{}, err
			}
			if err := s.castOnly(ctx, tx, o, []record.Outcome{done}); err != nil {
				return record.Answer{}, err
			}
			made, err := s.records.Get(tx, o, done.ID)
			if err != nil {
				return record.Answer{}, err
			}
			version = made.Version
			out := record.Answer{Status: http.StatusOK, Body: appendRecord(buf, o, made)}
			if done.Status == record.Created {
				out.Status = http.StatusCreated
			}
			return out, nil
		}
		if key == "" {
			answer, err = work()
			return err
		}
		answer, repeated, err = s.records.Idempotent(tx, by, key, requestHash("create "+o.Key, content), work)
		return err
	})
	return answer, version, repeated, err
}

// requestHash stands for a request under an Idempotency-Key.
func requestHash(what string, content []byte) string {
	hash := sha256.New()
	hash.Write([]byte(what + "\n"))
	hash.Write(content)
	return hex.EncodeToString(hash.Sum(nil))
}

// boolQuery reads a yes-or-no parameter of a raw handler.
func boolQuery(r *http.Request, name string) (bool, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return false, nil
	}
	b, err := strconv.ParseBool(text)
	if err != nil {
		return false, problem.Bad("wrong_type", name, "应为 true 或 false。", "It must be true or false.")
	}
	return b, nil
}
