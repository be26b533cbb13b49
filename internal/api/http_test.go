package api_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func jsonNumber(v any) string { return strconv.FormatFloat(v.(float64), 'f', -1, 64) }

// Every bad input that concerns HTTP gets a problem with its field, in the caller's language, and leaves nothing behind.
func TestBadInput(t *testing.T) {
	c := sqlite(t).admin()
	made := c.do("POST", deals, `{"external_id":"D-1","values":{"name":"A","amount":"5"}}`).is(201)
	record := deals + "/" + jsonNumber(made.at("id"))
	cases := []struct {
		name, method, path, body string
		status                   int
		code, field              string
	}{
		{"unknown field of a record", "POST", deals, `{"values":{"name":"A","amout":"1"}}`, 422, "unknown_field", "values.amout"},
		{"unknown member of a body", "POST", deals, `{"vals":{}}`, 422, "unknown_field", "vals"},
		{"wrong type", "POST", deals, `{"values":{"name":"A","amount":"many"}}`, 422, "wrong_type", "values.amount"},
		{"number out of range", "POST", deals, `{"values":{"name":"A","amount":"99999999999999999999"}}`, 422, "out_of_range", "values.amount"},
		{"money in another currency", "POST", deals, `{"values":{"name":"A","amount":{"amount":"5","currency":"USD"}}}`, 422, "wrong_currency", "values.amount"},
		{"required field missing", "POST", deals, `{"values":{}}`, 422, "required", "values.name"},
		{"relation to nothing", "POST", deals, `{"values":{"name":"A","account":12345}}`, 422, "unknown_record", "values.account"},
		{"choice that is none", "POST", deals, `{"values":{"name":"A","stage":"lost"}}`, 422, "unknown_choice", "values.stage"},
		{"broken UTF-8", "POST", deals, "{\"values\":{\"name\":\"\xff\xfe\"}}", 422, "bad_utf8", ""},
		{"broken UTF-8 in another operation", "POST", "/api/units", "{\"key\":\"\xff\"}", 422, "bad_utf8", ""},
		{"broken JSON", "POST", deals, `{"values":`, 422, "bad_json", ""},
		{"a list where an object belongs", "POST", deals, `[1]`, 422, "wrong_type", ""},
		{"two JSON values", "POST", deals, `{"values":{"name":"A"}}{}`, 422, "bad_json", ""},
		{"a cell of 2 MB", "POST", deals, `{"values":{"name":"` + strings.Repeat("x", 2<<20) + `"}}`, 422, "too_long", "values.name"},
		{"unknown object", "POST", "/api/objects/nothing/records", `{"values":{}}`, 404, "unknown_object", ""},
		{"unknown record", "GET", deals + "/999999", "", 404, "not_found", ""},
		{"an id that is none", "GET", deals + "/abc", "", 422, "wrong_type", "id"},
		{"filter that does not type-check", "GET", deals + "?filter=amount+%2B+name", "", 422, "expr_type", "filter"},
		{"filter on an unknown field", "GET", deals + "?filter=amout+%3E+1", "", 422, "expr_unknown_field", "filter"},
		{"filter that is too long", "GET", deals + "?filter=" + strings.Repeat("a", 5000), "", 422, "too_long", "filter"},
		{"limit over the bound", "GET", deals + "?limit=501", "", 422, "out_of_range", "limit"},
		{"conditions that are no JSON", "GET", deals + "?where=amount", "", 422, "bad_json", "where"},
		{"a condition on an unknown field", "GET", deals + "?where=" + `[{"field":"x","op":"eq","value":1}]`, "", 422, "unknown_field", "x"},
		{"sort by an unknown field", "GET", deals + "?sort=-x", "", 422, "unknown_field", "x"},
		{"cursor that is none", "GET", record + "/history?cursor=x", "", 422, "bad_cursor", "cursor"},
		{"If-Match that is no version", "PATCH", record, `{"values":{"name":"B"}}`, 422, "bad_if_match", "If-Match"},
		{"metric that does not type-check", "POST", "/api/metrics", `{"key":"m","name":"M","object":"deal","condition":"amount == name","date":"closed","person":"owner","measure":{"kind":"count"}}`, 422, "expr_type", "condition"},
		{"metric with an unknown member", "POST", "/api/metrics", `{"key":"m","colour":"red"}`, 422, "unknown_field", "colour"},
		{"plan whose amount is a formula", "POST", "/api/plans", `{"key":"p","name":"P","metric":"won","shape":"every","params":{"size":"1"},"reward":{"kind":"cash","amount":"=1+1"}}`, 422, "not_a_number", "reward.amount"},
		{"plan whose amount is beyond all that is kept", "POST", "/api/plans/preview", `{"from":"2026-01-01","to":"2026-12-31","definition":{"key":"p","reward":{"amount":` + strings.Repeat("9", 30) + `}}}`, 422, "number_out_of_range", "definition.reward.amount"},
		{"plan with tiers out of order", "POST", "/api/plans/preview", `{"from":"2026-12-31","to":"2026-01-01","definition":{"key":"p","name":"P"}}`, 422, "window_empty", "to"},
		{"role that is none", "POST", "/api/accounts", `{"login":"someone","password":"seven green bottles","roles":["king"]}`, 422, "role_unknown", "roles"},
		{"language that is none", "PATCH", "/api/me", `{"language":"fr"}`, 422, "unknown_choice", "language"},
		{"day that is none", "GET", "/api/people?day=2026-02-30", "", 422, "bad_date", "day"},
		{"unknown operation", "GET", "/api/nothing", "", 404, "unknown_path", ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := *c
			c.shop = &shop{T: t, url: c.url}
			var body any
			if tc.body != "" {
				body = tc.body
			}
			who := &c
			if tc.code == "bad_if_match" {
				who = c.with("If-Match", "three")
			}
			path := strings.NewReplacer(`"`, "%22", "{", "%7B", "}", "%7D", "[", "%5B", "]", "%5D").Replace(tc.path)
			en := who.do(tc.method, path, body).problem(tc.status, tc.code, tc.field)
			zh := who.with("Accept-Language", "zh-CN,zh;q=0.9").do(tc.method, path, body).problem(tc.status, tc.code, tc.field)
			if a, b := en.at("detail").(string), zh.at("detail").(string); a == b || !hasHan(b) || hasHan(strings.ReplaceAll(a, "商机", "")) {
				t.Errorf("details: %q, %q", a, b)
			}
		})
	}
	if got := c.get(deals); got.at("total") != 1.0 || got.at("items.0.version") != 1.0 {
		t.Errorf("something was left behind: %s", got.Body)
	}
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
}

func TestUnknownMemberNamesTheOneThatWasMeant(t *testing.T) {
	c := sqlite(t).admin()
	for _, tc := range []struct{ path, body, field, hint string }{
		{deals, `{"vals":{}}`, "vals", "did you mean values?"},
		{"/api/metrics", `{"key":"m","condtion":"x"}`, "condtion", "did you mean condition?"},
		{"/api/metrics", `{"key":"m","qqqqqqqq":1}`, "qqqqqqqq", "Check its spelling."},
	} {
		detail := c.do("POST", tc.path, tc.body).problem(422, "unknown_field", tc.field).at("detail").(string)
		if !strings.Contains(detail, tc.hint) {
			t.Errorf("%s %s: %q has no %q", tc.path, tc.body, detail, tc.hint)
		}
	}
}

// zeros is an endless body.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestBodyOf100MBIsRefused(t *testing.T) {
	c := sqlite(t).admin()
	for _, path := range []string{deals, "/api/objects/deal/batch", "/api/units", "/api/definitions"} {
		for _, declared := range []bool{true, false} {
			r, err := http.NewRequest("POST", c.url+path, io.LimitReader(zeros{}, 100<<20))
			check(t, err)
			if declared {
				r.ContentLength = 100 << 20
			}
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Accept-Language", "en")
			r.Header.Set("Cookie", "laurel_session="+c.cookie)
			resp, err := http.DefaultClient.Do(r)
			if err != nil {
				if declared {
					t.Errorf("%s: %v", path, err)
				}
				continue // the connection was cut while the client was still sending
			}
			text, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			if resp.StatusCode != 413 && !(path == "/api/objects/deal/batch" && resp.StatusCode == 422) {
				t.Errorf("%s declared %v: %d %s", path, declared, resp.StatusCode, text)
			}
		}
	}
	c.get("/api/me").is(200) // and the server is still up
}

func TestAnswersAreCompressedAndGuarded(t *testing.T) {
	c := sqlite(t).admin()
	long := c.with("Accept-Encoding", "gzip").get("/api/objects").is(200)
	if long.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(long.Header.Get("Vary"), "Accept-Encoding") {
		t.Fatalf("a long answer is not compressed: %v", long.Header)
	}
	zip, err := gzip.NewReader(bytes.NewReader(long.Body))
	check(t, err)
	var list map[string]any
	check(t, json.NewDecoder(zip).Decode(&list))
	short := c.with("Accept-Encoding", "gzip").get("/api/tokens").is(200)
	if short.Header.Get("Content-Encoding") != "" {
		t.Error("a short answer is compressed")
	}
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
	} {
		if got := short.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if short.Header.Get("X-Request-Id") == "" || !strings.Contains(short.Header.Get("Content-Security-Policy"), "default-src 'self'") {
		t.Errorf("got %v", short.Header)
	}
}

func TestPagesBesidesTheAPI(t *testing.T) {
	c := &client{shop: sqlite(t)}
	if got := string(c.get("/plans/anything").is(200).Body); !strings.Contains(got, "make") {
		t.Errorf("without a web application: %s", got)
	}
	if got := c.get("/openapi.json").is(200).json(); got["openapi"] == nil {
		t.Error("/openapi.json is no OpenAPI document")
	}
	docs := string(c.get("/api/docs").is(200).Body)
	for _, want := range []string{"/api/objects/{object}/records", "Write up to 10,000 records", "curl"} {
		if !strings.Contains(docs, want) {
			t.Errorf("the page misses %q", want)
		}
	}
	if strings.Contains(docs, "<script") || strings.Contains(docs, "http://") {
		t.Error("the page loads something from elsewhere")
	}
	if zh := string(c.with("Accept-Language", "zh").get("/api/docs").is(200).Body); !strings.Contains(zh, "一次写入至多 10,000 条记录") {
		t.Error("the page is not in Chinese")
	}
	if got := c.get("/api/welcome").is(200); got.at("organisation.en") != "Test Company" {
		t.Errorf("got %s", got.Body)
	}
	admin := c.admin()
	if got := admin.get("/api/definitions/schema").is(200); got.at("$defs.PlanDef.properties.metric") == nil {
		t.Errorf("got %s", got.Body)
	}
	if got := string(admin.get("/api/definitions").is(200).Body); !strings.Contains(got, "key: won_deals") {
		t.Errorf("got %s", got)
	}
	if got := admin.get("/api/search?q=%E5%BC%A0").is(200); got.at("items.0.title.zh") != "张伟" {
		t.Errorf("got %s", got.Body)
	}
	if got := admin.get("/api/status").is(200); got.at("counts.persons") != 3.0 {
		t.Errorf("got %s", got.Body)
	}
	if got := admin.do("DELETE", "/api/plans", nil).problem(405, "method_not_allowed", ""); got.Header.Get("Allow") != "GET, POST" {
		t.Errorf("Allow: %q", got.Header.Get("Allow"))
	}
}
