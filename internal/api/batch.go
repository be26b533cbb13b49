package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"unicode/utf8"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// maxBatchRowBytes bounds one row of a batch.
const maxBatchRowBytes = 4 << 20

type batchInput struct {
	Object string `path:"object" example:"deal"`
	Atomic bool   `query:"atomic" doc:"All rows or none"`
	Key    string `header:"Idempotency-Key" maxLength:"200"`
	Body   []BatchRow
}

func (s *server) batchRoute() {
	document[batchInput, body[BatchResult]](s, "Records", "POST", "/objects/{object}/batch", "batchRecords",
		"一次写入至多 10,000 条记录", "Write up to 10,000 records",
		describe("A JSON array, or one JSON object a line with Content-Type application/x-ndjson. Each row has its own outcome; bad rows do not stop good ones unless atomic is true."))
	s.mux.HandleFunc("POST "+prefix+"/objects/{object}/batch", s.batch)
}

// batch holds the rows of one request: the operations that could be read, and the problems of those that could not.
type batch struct {
	ops  []record.Op
	rows []int // 1-based row of each op
	bad  []record.Outcome
	read int
}

func (s *server) batch(w http.ResponseWriter, r *http.Request) {
	result, err := s.runBatch(w, r)
	if err != nil {
		writeProblem(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(result.Body)
}

func (s *server) runBatch(w http.ResponseWriter, r *http.Request) (answer record.Answer, err error) {
	ctx := r.Context()
	if err := allow(ctx, auth.WriteRecords); err != nil {
		return answer, err
	}
	atomic, err := boolQuery(r, "atomic")
	if err != nil {
		return answer, err
	}
	key := r.Header.Get("Idempotency-Key")
	var content bytes.Buffer // kept only to recognise a repetition
	source := io.Reader(r.Body)
	if key != "" {
		source = io.TeeReader(source, &content)
	}
	b, err := readBatch(source, r.Header.Get("Content-Type"))
	if err != nil {
		return answer, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		work := func() (record.Answer, error) { return s.applyBatch(ctx, tx, r.PathValue("object"), b, atomic) }
		if key == "" {
			answer, err = work()
			return err
		}
		what := "batch " + r.PathValue("object") + " " + strconv.FormatBool(atomic)
		var repeated bool
		answer, repeated, err = s.records.Idempotent(tx, actor(ctx), key, requestHash(what, content.Bytes()), work)
		if repeated {
			w.Header().Set("Idempotency-Replayed", "true")
		}
		return err
	})
	return answer, err
}

func (s *server) applyBatch(ctx context.Context, tx *db.Tx, object string, b *batch, atomic bool) (record.Answer, error) {
	o, err := s.object(tx, object)
	if err != nil {
		return record.Answer{}, err
	}
	outcomes := b.bad
	if len(b.ops) > 0 {
		done, err := s.records.Apply(tx, actor(ctx), o, b.ops)
		if err != nil {
			return record.Answer{}, err
		}
		if err := s.castOnly(ctx, tx, o, done); err != nil {
			return record.Answer{}, err
		}
		for i := range done {
			if done[i].Problem != nil {
				done[i].Problem = underValues(o, done[i].Problem)
				done[i].Problem.Row = b.rows[i]
			}
		}
		outcomes = b.merge(done)
	}
	if atomic {
		if err := atomicProblem(outcomes); err != nil {
			return record.Answer{}, err
		}
	}
	text, err := json.Marshal(shapeBatch(ctx, language(ctx), outcomes))
	return record.Answer{Status: http.StatusOK, Body: text}, err
}

// atomicProblem is what stops a batch that is all or nothing.
func atomicProblem(outcomes []record.Outcome) error {
	var found []*problem.Error
	for i := range outcomes {
		if p := outcomes[i].Problem; p != nil {
			found = append(found, p)
		}
	}
	if len(found) == 0 {
		return nil
	}
	p := problem.Bad("batch_failed", "", "有 %d 行有误，整批没有写入；请更正后重新发送。", "%d rows are wrong and nothing was written. Mend them and send the batch again.", len(found))
	p.Details = found
	return p
}

// merge puts outcomes of operations and of unreadable rows in the order of rows.
func (b *batch) merge(done []record.Outcome) []record.Outcome {
	out := make([]record.Outcome, b.read)
	for i, row := range b.rows {
		out[row-1] = done[i]
	}
	for _, bad := range b.bad {
		out[bad.Problem.Row-1] = bad
	}
	return out
}

func shapeBatch(ctx context.Context, lang i18n.Lang, outcomes []record.Outcome) BatchResult {
	result := BatchResult{Rows: make([]BatchOutcome, len(outcomes))}
	count := map[record.Status]*int{
		record.Created: &result.Created, record.Updated: &result.Updated, record.Unchanged: &result.Unchanged,
		record.Deleted: &result.Deleted, record.Restored: &result.Restored, record.Failed: &result.Failed,
	}
	for i := range outcomes {
		o := &outcomes[i]
		row := BatchOutcome{Row: i + 1, Status: string(o.Status), ID: o.ID, Version: o.Version}
		if o.Problem != nil {
			row.Problem = newProblem(ctx, lang, o.Problem)
		}
		if n := count[o.Status]; n != nil {
			*n++
		}
		result.Rows[i] = row
	}
	return result
}

// readBatch reads the rows of either form as they arrive. Only what spoils the whole body is an error.
func readBatch(source io.Reader, contentType string) (*batch, error) {
	kind, _, _ := mime.ParseMediaType(contentType)
	switch kind {
	case "application/x-ndjson", "application/jsonl", "application/x-jsonlines":
		return readLines(source)
	}
	return readArray(source)
}

func readArray(source io.Reader) (*batch, error) {
	b := &batch{}
	decoder := json.NewDecoder(source)
	start, err := decoder.Token()
	if err != nil {
		return nil, decodeProblem(err)
	}
	if start != json.Delim('[') {
		return nil, problem.Bad("wrong_type", "", "需要 JSON 数组 [ … ]；每行一个对象时请用 Content-Type: application/x-ndjson。",
			"A JSON array [ … ] is needed; for one object a line use Content-Type: application/x-ndjson.")
	}
	for decoder.More() {
		var row json.RawMessage
		if err := decoder.Decode(&row); err != nil {
			return nil, decodeProblem(err)
		}
		if err := b.add(row); err != nil {
			return nil, err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return nil, decodeProblem(err)
	}
	return b, nil
}

func readLines(source io.Reader) (*batch, error) {
	b := &batch{}
	lines := bufio.NewScanner(source)
	lines.Buffer(make([]byte, 0, 64<<10), maxBatchRowBytes)
	for lines.Scan() {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		if err := b.add(line); err != nil {
			return nil, err
		}
	}
	err := lines.Err()
	switch {
	case errors.Is(err, bufio.ErrTooLong):
		p := bodyTooLarge(maxBatchRowBytes)
		p.Row = b.read + 1
		return nil, p
	case err != nil:
		return nil, readProblem(err)
	}
	return b, nil
}

// add reads one row. A bad one becomes an outcome of its own.
func (b *batch) add(text []byte) error {
	if b.read++; b.read > record.MaxBatch {
		return problem.New(problem.TooLarge, "too_many_rows", "", "一批最多 %d 行，请分批发送。", "A batch has at most %d rows. Send it in parts.", record.MaxBatch)
	}
	var row BatchRow
	if err := decode(text, &row); err != nil {
		p, ok := problem.As(err)
		if !ok {
			return err
		}
		failed := *p
		failed.Row = b.read
		b.bad = append(b.bad, record.Outcome{Status: record.Failed, Problem: &failed})
		return nil
	}
	op := record.Op{Kind: record.OpKind(row.Op), ID: row.ID, ExternalID: row.ExternalID, IfVersion: row.Version, Input: row.Values}
	if row.Op == "" {
		op.Kind = defaultKind(&row)
	}
	if op.Input == nil {
		op.Input = map[string]any{}
	}
	b.ops, b.rows = append(b.ops, op), append(b.rows, b.read)
	return nil
}

// defaultKind is what a row means that does not say: upsert where it can be found again, else create.
func defaultKind(row *BatchRow) record.OpKind {
	switch {
	case row.ID != 0:
		return record.Update
	case row.ExternalID != "":
		return record.Upsert
	}
	return record.Create
}

// validText is for raw handlers that read text of their own.
func validText(data []byte) error {
	if !utf8.Valid(data) {
		return badUTF8()
	}
	return nil
}
