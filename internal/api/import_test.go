package api_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"strings"
	"testing"
	"time"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// form is a file as a browser sends it.
func form(t *testing.T, name, content string) (body, contentType string) {
	t.Helper()
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	part, err := w.CreateFormFile("file", name)
	check(t, err)
	_, err = io.WriteString(part, content)
	check(t, err)
	check(t, w.Close())
	return buf.String(), w.FormDataContentType()
}

func (c *client) upload(t *testing.T, name, content string) *answer {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir()) // where uploads lie
	body, contentType := form(t, name, content)
	return c.with("Content-Type", contentType).do("POST", "/api/imports", body)
}

const dealFile = "商机明细,,,,\n名称,负责人,金额,阶段,关闭日\nA,张伟,\"¥1,200\",赢单,3/25/2026\nB,李娜,1.2万,open,3/4/2026\nC,王五,=1+1,won,3/5/2026\n合计,,13200,,\n"

func TestImportFromUploadToReport(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		c := s.admin()
		job := c.upload(t, "deals.csv", dealFile).is(201)
		id := jsonNumber(job.at("id"))
		if job.at("header_row") != 2.0 || job.at("rows_total") != 3.0 || job.at("mapping.object") != "deal" || job.at("encoding") != "utf-8" {
			t.Errorf("uploaded %s", job.Body)
		}
		path := "/api/imports/" + id
		mapping := `{"object":"deal","key":"名称","columns":[{"column":"名称","field":"name"},{"column":"负责人","field":"owner"},{"column":"金额","field":"amount"},
			{"column":"阶段","field":"stage"},{"column":"关闭日","field":"closed","date_order":"mdy"}],"on_conflict":"update"}`
		c.do("PUT", path+"/mapping", mapping).is(200)
		if left := c.get("/api/imports").is(200); len(left.list()) != 1 || left.at("items.0.file") != "deals.csv" || left.at("items.0.object") != "deal" || left.at("items.0.status") != "uploaded" {
			t.Errorf("what was begun is %s", left.Body)
		}
		report := c.do("POST", path+"/check", nil).is(200)
		if report.at("status") != "checked" || report.at("created") != 2.0 || report.at("failed") != 1.0 {
			t.Errorf("dry run %s", report.Body)
		}
		if n := len(c.get(deals).list()); n != 0 {
			t.Errorf("the dry run left %d records", n)
		}
		text := string(c.get(path + "/report.csv").is(200).Body)
		if !strings.Contains(text, "5,金额,'=1+1,not_a_number") || !strings.Contains(text, "5,负责人,王五,unknown_person") {
			t.Errorf("report\n%s", text)
		}
		c.do("POST", path+"/run", nil).is(200)
		done := c.finished(t, path)
		if done.at("status") != "done" || done.at("report.created") != 2.0 {
			t.Errorf("done %s", done.Body)
		}
		if n := len(c.get(deals).list()); n != 2 {
			t.Errorf("%d records", n)
		}
		if left := c.get("/api/imports").is(200); len(left.list()) != 0 {
			t.Errorf("what is done is still listed: %s", left.Body)
		}
		c.do("POST", path+"/run", nil).is(200)
		if again := c.finished(t, path); again.at("report.unchanged") != 2.0 || again.at("report.created") != 0.0 {
			t.Errorf("again %s", again.Body)
		}
	})
}

func (c *client) finished(t *testing.T, path string) *answer {
	t.Helper()
	for range 3000 {
		if job := c.get(path).is(200); job.at("status") != "running" {
			return job
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the import does not end")
	return nil
}

func TestImportOfANewObject(t *testing.T) {
	c := sqlite(t).admin()
	job := c.upload(t, "visits.csv", "visit_no,day,amount\nV1,2026-3-5,¥5\nV2,2026-3-6,¥6\n").is(201)
	path := "/api/imports/" + jsonNumber(job.at("id"))
	c.do("PUT", path+"/mapping", `{"object":"","create_object":{"key":"visit","name":"拜访","title":"visit_no","fields":[{"key":"visit_no","name":"No","type":"text"},{"key":"day","name":"Day","type":"date"},{"key":"amount","name":"Amount","type":"money"}]},
		"key":"visit_no","columns":[{"column":"visit_no","field":"visit_no"},{"column":"day","field":"day"},{"column":"amount","field":"amount"}]}`).is(200)
	c.do("POST", path+"/check", nil).is(200)
	c.do("POST", path+"/run", nil).is(200)
	if done := c.finished(t, path); done.at("report.created") != 2.0 {
		t.Errorf("done %s", done.Body)
	}
	if got := c.get("/api/objects/visit/records").list(); len(got) != 2 {
		t.Errorf("got %v", got)
	}
}

func TestWhoMayImport(t *testing.T) {
	s := sqlite(t)
	manager, employee := s.as("manager", "E1"), s.as("employee", "E2")
	if got := employee.upload(t, "deals.csv", dealFile); got.Status != 403 {
		t.Errorf("an employee uploads: %d", got.Status)
	}
	path := "/api/imports/" + jsonNumber(manager.upload(t, "deals.csv", dealFile).is(201).at("id"))
	s.admin().get(path).is(200)
	s.as("designer", "E3").get(path).is(404)
	for _, columns := range []string{
		`[{"column":"负责人","field":"owner","create_missing":true},{"column":"名称","field":"name"}]`, // makes persons
		`[{"column":"阶段","field":"stage","create_missing":true},{"column":"名称","field":"name"}]`,  // makes choices
	} {
		manager.do("PUT", path+"/mapping", `{"object":"deal","columns":`+columns+`}`).is(200)
		manager.do("POST", path+"/check", nil).is(403)
		manager.do("POST", path+"/run", nil).is(403)
	}
}

func TestBadUploads(t *testing.T) {
	c := sqlite(t).admin()
	for _, bad := range []struct{ name, content, code string }{
		{"empty.csv", "", "empty_file"},
		{"picture.png", "\x89PNG\x00\x00", "bad_encoding"},
		{"old.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old_workbook"},
		{"broken.xlsx", "PK\x03\x04....", "bad_workbook"},
		{"quote.csv", "a,b\n\"x,1\n", "unclosed_quote"},
	} {
		if got := c.upload(t, bad.name, bad.content).is(422); got.at("code") != bad.code {
			t.Errorf("%s: %s, want %s", bad.name, got.Body, bad.code)
		}
	}
	if got := c.do("POST", "/api/imports", `{}`).is(422); got.at("code") != "file_missing" {
		t.Errorf("no form: %s", got.Body)
	}
	c.get("/api/imports/999").is(404)
	path := "/api/imports/" + jsonNumber(c.upload(t, "deals.csv", dealFile).is(201).at("id"))
	for _, bad := range []struct{ body, code string }{
		{`{"object":"deal","columns":[],"colour":"red"}`, "unknown_field"},
		{`{"object":`, "bad_json"},
		{`{"object":"deal","columns":[],"header_row":100}`, "no_header"},
	} {
		if got := c.do("PUT", path+"/mapping", bad.body).is(422); got.at("code") != bad.code {
			t.Errorf("%s: %s, want %s", bad.body, got.Body, bad.code)
		}
	}
	c.do("PUT", path+"/mapping", `{"object":"deal","columns":[{"column":"nothing","field":"name"}]}`).is(200)
	if got := c.do("POST", path+"/check", nil).is(422); got.at("code") != "unknown_column" || got.at("field") != "columns[0].column" {
		t.Errorf("a column that is not there: %s", got.Body)
	}
}

func TestStoppingAnImport(t *testing.T) {
	c := sqlite(t).admin()
	var b strings.Builder
	b.WriteString("name,seats\n")
	for i := range 60_000 {
		fmt.Fprintf(&b, "D%d,%d\n", i, i)
	}
	path := "/api/imports/" + jsonNumber(c.upload(t, "many.csv", b.String()).is(201).at("id"))
	c.do("PUT", path+"/mapping", `{"object":"deal","key":"name","columns":[{"column":"name","field":"name"},{"column":"seats","field":"seats"}]}`).is(200)
	c.do("POST", path+"/run", nil).is(200)
	if got := c.do("POST", path+"/run", nil); got.Status != 409 {
		t.Errorf("a second run at once: %d", got.Status)
	}
	c.do("POST", path+"/cancel", nil).is(200)
	stopped := c.finished(t, path)
	if stopped.at("status") != "cancelled" {
		t.Errorf("after cancel: %s", stopped.at("status"))
	}
	c.do("POST", path+"/run", nil).is(200)
	done := c.finished(t, path)
	created, unchanged := done.at("report.created").(float64), done.at("report.unchanged").(float64)
	if done.at("status") != "done" || created+unchanged != 60_000 || unchanged != stopped.at("report.created").(float64) {
		t.Errorf("then %s", done.Body)
	}
}

func TestKeptMappings(t *testing.T) {
	c := sqlite(t).admin()
	body := `{"name":"  my  deals ","mapping":{"object":"deal","columns":[{"column":"名称","field":"name","corrections":{"a":"b"}}]}}`
	if got := c.do("POST", "/api/import-mappings", body).is(201); got.at("name") != "my deals" {
		t.Errorf("kept %s", got.Body)
	}
	c.do("POST", "/api/import-mappings", body).is(201)
	if got := c.get("/api/import-mappings").list(); len(got) != 1 {
		t.Errorf("listed %v", got)
	}
	c.do("POST", "/api/import-mappings", `{"name":"","mapping":{"object":"deal","columns":[]}}`).is(422)
	c.do("DELETE", "/api/import-mappings/my%20deals", nil).is(204)
	c.do("DELETE", "/api/import-mappings/my%20deals", nil).is(404)
}

// The file of people that a wizard loads: a column that becomes two fields, and what is missing made column by column.
func TestImportOfPeople(t *testing.T) {
	s := sqlite(t)
	c := s.admin()
	job := c.upload(t, "teams.csv", "sales_agent,manager,regional_office,joined\nAnna,Dustin,Central,2016-10-01\nCecily,Dustin,Central,2016-10-02\n").is(201)
	if job.at("mapping.persons") != true || job.at("columns.0.guess.person") != "name" || job.at("columns.2.guess.person") != "department" {
		t.Fatalf("suggested %s", job.Body)
	}
	path := "/api/imports/" + jsonNumber(job.at("id"))
	mapping := func(create string) string {
		return `{"object":"","persons":true,"columns":[{"column":"sales_agent","field":"name"},{"column":"manager","field":"manager"` + create + `},
			{"column":"manager","field":"team"` + create + `},{"column":"regional_office","field":"department"` + create + `},{"column":"joined","field":"joined_on"}]}`
	}
	c.do("PUT", path+"/mapping", mapping("")).is(200)
	if report := c.do("POST", path+"/check", nil).is(200); report.at("failed") != 2.0 || report.at("mends.0.action") != "create_missing" || report.at("mends.0.count") != 2.0 {
		t.Errorf("without leave to create: %s", report.Body)
	}
	c.do("PUT", path+"/mapping", mapping(`,"create_missing":true`)).is(200)
	before := len(c.get("/api/people").list())
	report := c.do("POST", path+"/check", nil).is(200)
	if report.at("created") != 2.0 || report.at("persons") != 1.0 || report.at("units") != 2.0 {
		t.Errorf("dry run %s", report.Body)
	}
	if n := len(c.get("/api/people").list()); n != before {
		t.Errorf("the dry run left %d persons", n-before)
	}
	c.do("POST", path+"/run", nil).is(200)
	c.finished(t, path)
	if n := len(c.get("/api/people").list()); n != before+3 {
		t.Errorf("%d persons more, want 3", n-before)
	}
	c.do("POST", path+"/run", nil).is(200)
	if again := c.finished(t, path); again.at("report.unchanged") != 2.0 || again.at("report.updated") != 0.0 {
		t.Errorf("again %s", again.Body)
	}
	designer := s.as("designer", "E1")
	own := "/api/imports/" + jsonNumber(designer.upload(t, "teams.csv", "name,email\nEve,e@example.com\n").is(201).at("id"))
	designer.do("PUT", own+"/mapping", `{"object":"","persons":true,"columns":[{"column":"name","field":"name"}]}`).is(200)
	designer.do("POST", own+"/check", nil).is(403)
}
