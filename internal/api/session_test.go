package api_test

import (
	"net/http"
	"strings"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

func TestSignInAndOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, d)
		nobody := &client{shop: s}
		nobody.get("/api/me").problem(401, "sign_in_required", "")
		nobody.do("POST", "/api/session", `{"login":"admin","password":"wrong"}`).problem(401, "sign_in_failed", "")
		nobody.do("POST", "/api/session", `{"login":"admin"}`).problem(422, "required", "password")

		c := s.admin()
		me := c.get("/api/me").is(200)
		if me.at("account.login") != "admin" || me.at("organisation.currency") != "CNY" || me.at("version") != "test" {
			t.Errorf("got %s", me.Body)
		}
		c.do("DELETE", "/api/session", nil).is(204)
		c.get("/api/me").problem(401, "sign_in_required", "")
	})
}

func TestSessionCookieIsClosedToScripts(t *testing.T) {
	s := sqlite(t)
	got := (&client{shop: s}).do("POST", "/api/session", map[string]string{"login": "admin", "password": adminPassword}).is(200)
	cookie := got.Header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="} {
		if !strings.Contains(cookie, want) {
			t.Errorf("%s is missing from %q", want, cookie)
		}
	}
}

func TestGuessingIsThrottled(t *testing.T) {
	c := &client{shop: sqlite(t)}
	for range 10 {
		c.do("POST", "/api/session", `{"login":"admin","password":"guess"}`).is(401)
	}
	got := c.do("POST", "/api/session", map[string]string{"login": "admin", "password": adminPassword}).problem(429, "too_many_attempts", "")
	if got.Header.Get("Retry-After") == "" {
		t.Error("Retry-After is missing")
	}
}

func TestOtherSitesAreRefused(t *testing.T) {
	c := sqlite(t).admin()
	body := `{"values":{"name":"A"}}`
	c.with("Sec-Fetch-Site", "cross-site").do("POST", deals, body).problem(403, "cross_origin", "")
	c.with("Origin", "https://evil.example").do("POST", deals, body).problem(403, "cross_origin", "")
	c.with("Sec-Fetch-Site", "same-origin").do("POST", deals, body).is(201)
	if total := c.get(deals).at("total"); total != 1.0 {
		t.Errorf("%v records, want 1", total)
	}
}

func TestTokens(t *testing.T) {
	s := sqlite(t)
	admin := s.admin()
	made := admin.do("POST", "/api/tokens", `{"name":"nightly","roles":["admin"],"days":30}`).is(201)
	program := &client{shop: s, token: made.at("secret").(string)}
	program.get("/api/objects").is(200)
	if got := string(admin.get("/api/tokens").is(200).Body); strings.Contains(got, program.token) || !strings.Contains(got, "nightly") {
		t.Errorf("the list is %s", got)
	}
	program.do("POST", "/api/tokens", `{"name":"more"}`).problem(403, "token_by_token", "")
	path := "/api/tokens/" + strings.TrimSuffix(jsonNumber(made.at("id")), ".0")
	admin.do("DELETE", path, nil).is(204)
	program.get("/api/objects").problem(401, "token_invalid", "")
	(&client{shop: s, header: map[string]string{"Authorization": "Basic eDp5"}}).get("/api/objects").problem(401, "token_invalid", "")
}

func TestChangingThePasswordKeepsThisSessionOnly(t *testing.T) {
	s := sqlite(t)
	here, there := s.signIn("admin", adminPassword), s.signIn("admin", adminPassword)
	here.do("PATCH", "/api/me", map[string]any{"password": map[string]string{"old": "no", "new": "nine yellow ducks"}}).problem(422, "password_wrong", "password.old")
	changed := here.do("PATCH", "/api/me", map[string]any{"language": "en", "password": map[string]string{"old": adminPassword, "new": "nine yellow ducks"}}).is(200)
	if changed.at("account.language") != "en" {
		t.Errorf("got %s", changed.Body)
	}
	for _, cookie := range (&http.Response{Header: changed.Header}).Cookies() {
		here.cookie = cookie.Value
	}
	here.get("/api/me").is(200)
	there.get("/api/me").problem(401, "sign_in_required", "")
}

func TestAPageFindsOutWhoIsSignedIn(t *testing.T) {
	s := sqlite(t)
	nobody := &client{shop: s}
	if got := nobody.get("/api/session").is(200).json(); got["me"] != nil {
		t.Errorf("nobody is signed in, and the answer is %v", got)
	}
	nobody.get("/api/me").is(401)
	if got := s.admin().get("/api/session").is(200); got.at("me.account.login") != "admin" {
		t.Errorf("got %s", got.Body)
	}
}
