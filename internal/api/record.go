package api

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/problem"
	"laurel/internal/record"
)

type recordPath struct {
	Object string `path:"object" example:"deal"`
	ID     int64  `path:"id"`
}

type recordsQuery struct {
	Object  string `path:"object" example:"deal"`
	Filter  string `query:"filter" maxLength:"4000" example:"amount >= 10000" doc:"CEL over the object's fields"`
	Where   string `query:"where" maxLength:"20000" example:"[{\"field\":\"stage\",\"op\":\"eq\",\"value\":\"won\"}]" doc:"Conditions as a JSON array; op: eq ne lt le gt ge contains starts empty not_empty in"`
	Sort    string `query:"sort" maxLength:"400" example:"-amount,close_date" doc:"Fields, - for descending"`
	Limit   int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Cursor  string `query:"cursor" maxLength:"4000"`
	Search  string `query:"search" maxLength:"200" doc:"Text to look for in the text fields"`
	Deleted bool   `query:"deleted" doc:"The deleted records instead of the live ones"`
}

type recordUpdate struct {
	Object  string `path:"object" example:"deal"`
	ID      int64  `path:"id"`
	IfMatch string `header:"If-Match" example:"\"3\"" doc:"Version that the change is based on; a conflict when the record has moved on"`
	Key     string `header:"Idempotency-Key" maxLength:"200" doc:"The same key with the same body is done once"`
	RawBody []byte
}

type recordTouch struct {
	Object  string `path:"object" example:"deal"`
	ID      int64  `path:"id"`
	IfMatch string `header:"If-Match" example:"\"3\""`
}

type recordOutput struct {
	ETag string `header:"ETag"`
	Body Record
}

type historyQuery struct {
	Object string `path:"object" example:"deal"`
	ID     int64  `path:"id"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string `query:"cursor" maxLength:"40"`
}

func (s *server) recordRoutes() {
	const tag = "Records"
	handle(s, tag, "GET", "/objects/{object}/records", "listRecords", "一页记录", "A page of records", s.listRecords)
	handle(s, tag, "GET", "/objects/{object}/records/{id}", "getRecord", "一条记录", "One record", s.getRecord)
	handle(s, tag, "PATCH", "/objects/{object}/records/{id}", "updateRecord", "修改部分值", "Change some values", s.updateRecord, takes[RecordPatch]())
	handle(s, tag, "DELETE", "/objects/{object}/records/{id}", "deleteRecord", "删除记录（可恢复）", "Delete a record; it can be restored", s.deleteRecord)
	handle(s, tag, "POST", "/objects/{object}/records/{id}/restore", "restoreRecord", "恢复已删除的记录", "Restore a deleted record", s.restoreRecord)
	handle(s, tag, "GET", "/objects/{object}/records/{id}/history", "listRecordHistory", "记录的修改历史，新的在前", "Changes of a record, newest first", s.recordHistory)
	s.createRecordRoute()
	s.batchRoute()
}

func (s *server) listRecords(ctx context.Context, in *recordsQuery) (*body[RecordPage], error) {
	if err := allow(ctx, auth.ReadRecords); err != nil {
		return nil, err
	}
	query, err := queryOf(in)
	if err != nil {
		return nil, err
	}
	out := RecordPage{Items: []Record{}}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		o, err := s.object(tx, in.Object)
		if err != nil {
			return err
		}
		if err := s.ownConditions(ctx, tx, o, &query); err != nil {
			return err
		}
		page, err := s.records.List(tx, o, query)
		if err != nil {
			return err
		}
		refs := newReferences(o)
		for i := range page.Records {
			refs.addRecord(&page.Records[i])
			out.Items = append(out.Items, shapeRecord(o, &page.Records[i]))
		}
		out.Next, out.Total = page.Next, page.Total
		out.Labels, err = s.labels(tx, refs)
		return err
	})
	return reply(out), err
}

func queryOf(in *recordsQuery) (record.Query, error) {
	q := record.Query{Filter: in.Filter, Limit: in.Limit, Cursor: in.Cursor, Search: in.Search, Deleted: in.Deleted}
	if in.Where != "" {
		if err := decode([]byte(in.Where), &q.Conditions); err != nil {
			if p, ok := problem.As(err); ok {
				return q, p.In("where")
			}
			return q, err
		}
	}
	for field := range strings.SplitSeq(in.Sort, ",") {
		if field = strings.TrimSpace(field); field == "" {
			continue
		}
		name, desc := strings.CutPrefix(field, "-")
		q.Sort = append(q.Sort, record.Sort{Field: name, Desc: desc})
	}
	return q, nil
}

// object finds an object as the transaction sees it.
func (s *server) object(tx *db.Tx, key string) (*record.Object, error) {
	schema, err := s.records.Schema(tx)
	if err != nil {
		return nil, err
	}
	return schema.Object(key)
}

func (s *server) getRecord(ctx context.Context, in *recordPath) (*recordOutput, error) {
	if err := allow(ctx, auth.ReadRecords); err != nil {
		return nil, err
	}
	return s.recordAnswer(ctx, in.Object, in.ID)
}

// recordAnswer reads one record with the names of what it refers to.
func (s *server) recordAnswer(ctx context.Context, object string, id int64) (*recordOutput, error) {
	out := &recordOutput{}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		o, err := s.object(tx, object)
		if err != nil {
			return err
		}
		if err := s.ownBallot(ctx, tx, o, id); err != nil {
			return err
		}
		r, err := s.records.Get(tx, o, id)
		if err != nil {
			return err
		}
		refs := newReferences(o)
		refs.addRecord(r)
		out.ETag, out.Body = etag(r.Version), shapeRecord(o, r)
		out.Body.Labels, err = s.labels(tx, refs)
		return err
	})
	return out, err
}

func (s *server) updateRecord(ctx context.Context, in *recordUpdate) (*recordOutput, error) {
	var body RecordPatch
	if err := decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	op := record.Op{Kind: record.Update, ID: in.ID, Input: body.Values}
	return s.touchRecord(ctx, in.Object, in.IfMatch, in.Key, in.RawBody, op)
}

func (s *server) deleteRecord(ctx context.Context, in *recordTouch) (*none, error) {
	_, err := s.touchRecord(ctx, in.Object, in.IfMatch, "", nil, record.Op{Kind: record.Delete, ID: in.ID})
	return nil, err
}

func (s *server) restoreRecord(ctx context.Context, in *recordTouch) (*recordOutput, error) {
	return s.touchRecord(ctx, in.Object, in.IfMatch, "", nil, record.Op{Kind: record.Restore, ID: in.ID})
}

// touchRecord does one operation on one record and reads the record back.
func (s *server) touchRecord(ctx context.Context, object, ifMatch, key string, content []byte, op record.Op) (*recordOutput, error) {
	if err := allow(ctx, auth.WriteRecords); err != nil {
		return nil, err
	}
	version, err := parseIfMatch(ifMatch)
	if err != nil {
		return nil, err
	}
	op.IfVersion = version
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		o, err := s.object(tx, object)
		if err != nil {
			return err
		}
		work := func() (record.Answer, error) {
			if err := s.ownBallot(ctx, tx, o, op.ID); err != nil {
				return record.Answer{}, err
			}
			if _, err := s.applyOne(tx, actor(ctx), o, op); err != nil {
				return record.Answer{}, err
			}
			return record.Answer{Status: 200, Body: []byte("{}")}, s.ownBallot(ctx, tx, o, op.ID) // nor made somebody else's
		}
		if key == "" {
			_, err = work()
			return err
		}
		where := fmt.Sprintf("%s %s/%d %s", op.Kind, object, op.ID, ifMatch)
		_, _, err = s.records.Idempotent(tx, actor(ctx), key, requestHash(where, content), work)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.recordAnswer(ctx, object, op.ID)
}

// applyOne does one operation; its problem is the error.
func (s *server) applyOne(tx *db.Tx, by record.Actor, o *record.Object, op record.Op) (record.Outcome, error) {
	outcomes, err := s.records.Apply(tx, by, o, []record.Op{op})
	if err != nil {
		return record.Outcome{}, err
	}
	if p := outcomes[0].Problem; p != nil {
		alone := *p
		alone.Row = 0
		return outcomes[0], underValues(o, &alone)
	}
	return outcomes[0], nil
}

// underValues puts problems of fields under "values", where the request has them.
func underValues(o *record.Object, p *problem.Error) *problem.Error {
	out := *p
	first, _, _ := strings.Cut(p.Field, "[")
	if _, ok := o.Index(first); ok || p.Code == "unknown_field" && p.Field != "" {
		out.Field = "values." + p.Field
	}
	out.Details = nil
	for _, d := range p.Details {
		out.Details = append(out.Details, underValues(o, d))
	}
	return &out
}

// parseIfMatch reads a version from If-Match; 0 is any.
func parseIfMatch(header string) (int64, error) {
	text := strings.Trim(strings.TrimPrefix(strings.TrimSpace(header), "W/"), `"`)
	if text == "" || text == "*" {
		return 0, nil
	}
	version, err := strconv.ParseInt(text, 10, 64)
	if err != nil || version < 1 {
		return 0, problem.Bad("bad_if_match", "If-Match", `If-Match 应为记录的版本号，例如 "3"。`, `If-Match must be the record's version, such as "3".`)
	}
	return version, nil
}

func (s *server) recordHistory(ctx context.Context, in *historyQuery) (*body[HistoryPage], error) {
	if err := allow(ctx, auth.ReadRecords); err != nil {
		return nil, err
	}
	before, err := parseSeq(in.Cursor)
	if err != nil {
		return nil, err
	}
	out := HistoryPage{Items: []Change{}, Total: -1}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		o, err := s.object(tx, in.Object)
		if err != nil {
			return err
		}
		if _, err := s.records.Get(tx, o, in.ID); err != nil {
			return err
		}
		if err := s.ownBallot(ctx, tx, o, in.ID); err != nil {
			return err
		}
		changes, err := s.records.History(tx, o.Key, in.ID, before, in.Limit+1)
		if err != nil {
			return err
		}
		if len(changes) > in.Limit {
			changes = changes[:in.Limit]
			out.Next = strconv.FormatInt(changes[in.Limit-1].Seq, 10)
		}
		name, err := s.actorNames(tx, language(ctx))
		if err != nil {
			return err
		}
		refs := newReferences(o)
		for _, c := range changes {
			refs.addChange(c.Before)
			refs.addChange(c.After)
			out.Items = append(out.Items, Change{
				Seq: c.Seq, At: instant(c.At), Actor: c.Actor, ActorName: name(c.Actor), Kind: c.Kind,
				Before: changeValues(c.Before), After: changeValues(c.After),
			})
		}
		out.Labels, err = s.labels(tx, refs)
		return err
	})
	return reply(out), err
}

func changeValues(text json.RawMessage) Values {
	if len(text) == 0 {
		return Values("{}")
	}
	return Values(text)
}

func parseSeq(cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	seq, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || seq < 1 {
		return 0, badCursor()
	}
	return seq, nil
}

func badCursor() error {
	return problem.Bad("bad_cursor", "cursor", "翻页位置无效，请从第一页开始。", "The cursor is not valid; begin with the first page.")
}
