package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"laurel/internal/api"
	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/definition"
	"laurel/internal/engine"
	"laurel/internal/metric"
	"laurel/internal/people"
	"laurel/internal/plan"
	"laurel/internal/record"
)

const adminPassword = "seven green bottles"

// shop is a running server over a small company: three people, deals, one metric.
type shop struct {
	*testing.T
	url    string
	engine *engine.Engine
	auth   *auth.Store
	db     *db.DB
	chief  *client // the administrator, once signed in: checking a password takes its time
}

const company = `
organisation: {name: {zh: 测试公司, en: Test Company}, time_zone: Asia/Shanghai, currency: CNY}
teams: [{key: north, name: {zh: 北区, en: North}}]
persons:
  - {key: E1, name: 张伟, teams: [north]}
  - {key: E2, name: 李娜, teams: [north]}
  - {key: E3, name: 王芳}
objects:
  - key: account
    name: {zh: 客户, en: Accounts}
    title: name
    fields:
      - {key: name, name: {zh: 名称, en: Name}, type: text, required: true}
  - key: deal
    name: {zh: 商机, en: Deals}
    title: name
    fields:
      - {key: name, name: {zh: 名称, en: Name}, type: text, required: true}
      - {key: amount, name: {zh: 金额, en: Amount}, type: money, currency: CNY}
      - {key: stage, name: {zh: 阶段, en: Stage}, type: choice, choices: [{key: open, name: {zh: 进行中, en: Open}}, {key: won, name: {zh: 赢单, en: Won}}]}
      - {key: closed, name: {zh: 关闭日, en: Closed}, type: date}
      - {key: owner, name: {zh: 负责人, en: Owner}, type: person}
      - {key: account, name: {zh: 客户, en: Account}, type: relation, target: account}
      - {key: seats, name: {zh: 席位, en: Seats}, type: number}
metrics:
  - {key: won_deals, name: {zh: 赢单数, en: Won deals}, object: deal, condition: 'stage == "won"', date: closed, person: owner, measure: {kind: count}, unit: {zh: 单, en: deals}}
`

// serve starts a server on a fresh database.
func serve(t *testing.T, d *db.DB) *shop {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	records, err := record.Open(ctx, d)
	check(t, err)
	persons := people.Open(d, records)
	accounts := auth.Open(d, records, persons)
	metrics := metric.Open(records)
	plans := plan.Open(records, persons, metrics)
	eng := engine.Open(d, records, persons, metrics, plans, time.Now)
	_, err = accounts.CreateFirstAdmin(ctx, "admin", adminPassword, "")
	check(t, err)
	file, err := definition.Parse([]byte(company))
	check(t, err)
	stores := &definition.Stores{DB: d, Records: records, People: persons, Metrics: metrics, Plans: plans}
	_, err = stores.Apply(ctx, "system", file, definition.Options{})
	check(t, err)
	handler, err := api.New(ctx, api.Deps{
		DB: d, Records: records, People: persons, Auth: accounts, Metrics: metrics, Plans: plans, Engine: eng, Version: "test",
	})
	check(t, err)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections) // live streams would keep Close waiting
	return &shop{T: t, url: server.URL, engine: eng, auth: accounts, db: d}
}

func sqlite(t *testing.T) *shop {
	t.Helper()
	return serve(t, dbtest.Open(t, db.SQLite))
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// client makes requests as somebody.
type client struct {
	*shop
	token  string
	cookie string
	header map[string]string
}

// answer is what came back.
type answer struct {
	t      *testing.T
	Status int
	Header http.Header
	Body   []byte
}

// admin is the administrator, signed in.
func (s *shop) admin() *client {
	s.Helper()
	if s.chief == nil {
		s.chief = s.signIn("admin", adminPassword)
	}
	return s.chief
}

func (s *shop) signIn(login, password string) *client {
	s.Helper()
	c := &client{shop: s}
	got := c.do("POST", "/api/session", map[string]string{"login": login, "password": password}).is(200)
	for _, cookie := range (&http.Response{Header: got.Header}).Cookies() {
		if cookie.Name == auth.CookieName {
			c.cookie = cookie.Value
		}
	}
	if c.cookie == "" {
		s.Fatal("signing in gave no cookie")
	}
	return c
}

// as makes an account with a role, for a person of the company, and signs in with it.
func (s *shop) as(role, personKey string) *client {
	s.Helper()
	admin := s.admin()
	id := int64(0)
	for _, p := range admin.get("/api/people").list() {
		if p["key"] == personKey {
			id = int64(p["id"].(float64))
		}
	}
	login := role + "." + strings.ToLower(personKey)
	admin.do("POST", "/api/accounts", map[string]any{"login": login, "password": adminPassword, "roles": []string{role}, "person_id": id}).is(201)
	return s.signIn(login, adminPassword)
}

func (c *client) with(name, value string) *client {
	out := *c
	out.header = map[string]string{}
	maps.Copy(out.header, c.header)
	out.header[name] = value
	return &out
}

func (c *client) get(path string) *answer { c.Helper(); return c.do("GET", path, nil) }

// do sends a body of JSON, or text as it is.
func (c *client) do(method, path string, body any) *answer {
	c.Helper()
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	case io.Reader:
		content = b
	default:
		text, err := json.Marshal(b)
		check(c.T, err)
		content = bytes.NewReader(text)
	}
	r, err := http.NewRequest(method, c.url+path, content)
	check(c.T, err)
	if content != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.cookie != "" {
		r.AddCookie(&http.Cookie{Name: auth.CookieName, Value: c.cookie})
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	r.Header.Set("Accept-Language", "en")
	for k, v := range c.header {
		r.Header.Set(k, v)
	}
	resp, err := http.DefaultClient.Do(r)
	check(c.T, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	check(c.T, err)
	return &answer{t: c.T, Status: resp.StatusCode, Header: resp.Header, Body: text}
}

// is fails the test unless the answer has a status.
func (a *answer) is(status int) *answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	return a
}

func (a *answer) json() map[string]any {
	a.t.Helper()
	out := map[string]any{}
	if err := json.Unmarshal(a.Body, &out); err != nil {
		a.t.Fatalf("%v in %s", err, a.Body)
	}
	return out
}

func (a *answer) list() []map[string]any {
	a.t.Helper()
	var out struct{ Items []map[string]any }
	if err := json.Unmarshal(a.Body, &out); err != nil {
		a.t.Fatalf("%v in %s", err, a.Body)
	}
	return out.Items
}

// at digs into the answer: "values.amount.amount", "items.0.id".
func (a *answer) at(path string) any {
	a.t.Helper()
	var v any
	if err := json.Unmarshal(a.Body, &v); err != nil {
		a.t.Fatalf("%v in %s", err, a.Body)
	}
	for part := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[part]
		case []any:
			i := int(part[0] - '0')
			if i >= len(in) {
				a.t.Fatalf("nothing at %s in %s", path, a.Body)
			}
			v = in[i]
		default:
			a.t.Fatalf("nothing at %s in %s", path, a.Body)
		}
	}
	return v
}

// problem fails the test unless the answer is this problem, as RFC 9457 has it.
func (a *answer) problem(status int, code, field string) *answer {
	a.t.Helper()
	a.is(status)
	p := a.json()
	got, _ := p["field"].(string)
	if p["code"] != code || got != field || a.Header.Get("Content-Type") != "application/problem+json" || p["detail"] == "" || p["title"] == "" {
		a.t.Fatalf("got %s (%s), want code %q, field %q", a.Body, a.Header.Get("Content-Type"), code, field)
	}
	return a
}
