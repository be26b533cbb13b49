package api

type recordPath struct {
	Object string `path:"object" example:"deal"`
	ID     int64  `path:"id"`
}

type recordsQuery struct {
	Object  string `path:"object" example:"deal"`
	Filter  string `query:"filter" maxLength:"4000" example:"amount >= 10000" doc:"CEL over the object's fields"`
	Where   string `query:"where" maxLength:"8000" example:"[{\"field\":\"stage\",\"op\":\"eq\",\"value\":\"won\"}]" doc:"Conditions as a JSON array, in place of filter; op: eq ne lt le gt ge contains in empty notempty"`
	Sort    string `query:"sort" maxLength:"400" example:"-amount,close_date" doc:"Fields, - for descending"`
	Limit   int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Cursor  string `query:"cursor" maxLength:"2000"`
	Search  string `query:"search" maxLength:"200" doc:"Text to look for in the text fields"`
	Deleted bool   `query:"deleted" doc:"The deleted records instead of the live ones"`
}

type recordCreate struct {
	Object string `path:"object" example:"deal"`
	Key    string `header:"Idempotency-Key" maxLength:"200" doc:"The same key with the same body gives the same answer and is done once"`
	Body   RecordInput
}

type recordUpdate struct {
	Object  string `path:"object" example:"deal"`
	ID      int64  `path:"id"`
	IfMatch string `header:"If-Match" example:"\"3\"" doc:"Version that the change is based on; 409 when the record has moved on"`
	Key     string `header:"Idempotency-Key" maxLength:"200"`
	Body    RecordPatch
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

type batchInput struct {
	Object string `path:"object" example:"deal"`
	Atomic bool   `query:"atomic" doc:"All rows or none"`
	Key    string `header:"Idempotency-Key" maxLength:"200"`
	Body   []BatchRow
}

type historyQuery struct {
	Object string `path:"object" example:"deal"`
	ID     int64  `path:"id"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string `query:"cursor" maxLength:"40"`
}

func (s *server) recordRoutes() {
	const tag = "Records"
	handle(s, tag, "GET", "/objects/{object}/records", "listRecords", "一页记录", "A page of records", later[recordsQuery, body[RecordPage]])
	handle(s, tag, "POST", "/objects/{object}/records", "createRecord", "新建记录", "Make a record", later[recordCreate, recordOutput], status(201))
	handle(s, tag, "GET", "/objects/{object}/records/{id}", "getRecord", "一条记录", "One record", later[recordPath, recordOutput])
	handle(s, tag, "PATCH", "/objects/{object}/records/{id}", "updateRecord", "修改部分值", "Change some values", later[recordUpdate, recordOutput])
	handle(s, tag, "DELETE", "/objects/{object}/records/{id}", "deleteRecord", "删除记录（可恢复）", "Delete a record; it can be restored", later[recordTouch, none])
	handle(s, tag, "POST", "/objects/{object}/records/{id}/restore", "restoreRecord", "恢复已删除的记录", "Restore a deleted record", later[recordTouch, recordOutput])
	handle(s, tag, "GET", "/objects/{object}/records/{id}/history", "listRecordHistory", "记录的修改历史，新的在前", "Changes of a record, newest first", later[historyQuery, body[List[Change]]])
	handle(s, tag, "GET", "/objects/{object}/records/{id}/awards", "listRecordAwards", "以这条记录为依据的奖励", "Awards that rest on a record", later[recordPath, body[List[Award]]])
	handle(s, tag, "POST", "/objects/{object}/batch", "batchRecords", "一次写入至多 10,000 条记录", "Write up to 10,000 records", later[batchInput, body[BatchResult]],
		describe("A JSON array, or one JSON object a line with Content-Type application/x-ndjson. Each row has its own outcome; bad rows do not stop good ones unless atomic is true."))
}
