package api

import (
	"context"
	"net"
	"net/http"
	"strings"

	"laurel/internal/auth"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// openPaths lists what may be asked without signing in.
var openPaths = map[string]bool{
	prefix + "/session": true, // signing in, and out of what is over anyway
	prefix + "/docs":    true,
	prefix + "/welcome": true,
}

// authenticate finds out who is calling, by token or by session cookie, and turns everybody else away from the API.
func (s *server) authenticate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		current(r.Context()).from = s.address(r)
		if changesSignIns(r) {
			defer s.callers.forget()
		}
		if !strings.HasPrefix(r.URL.Path, prefix+"/") || openPaths[r.URL.Path] && !asksWho(r) {
			next.ServeHTTP(w, r)
			return
		}
		actor, err := s.callerOf(r, true)
		if p, ok := problem.As(err); ok && p.Kind == problem.Unauthorized && asksWho(r) {
			next.ServeHTTP(w, r)
			return
		}
		if err != nil {
			if p, ok := problem.As(err); ok && p.Kind == problem.Unauthorized {
				w.Header().Set("WWW-Authenticate", `Bearer realm="laurel"`)
			}
			writeProblem(w, r, err)
			return
		}
		info := current(r.Context())
		info.actor = actor
		if r.Header.Get("Accept-Language") == "" && actor.Language != "" {
			info.lang = actor.Language
		}
		next.ServeHTTP(w, r)
	})
}

// asksWho is the one question that has an answer with and without a sign-in.
func asksWho(r *http.Request) bool {
	return r.Method == http.MethodGet && r.URL.Path == prefix+"/session"
}

// callerOf finds out who a request comes from; remembered allows an answer that is a second old.
func (s *server) callerOf(r *http.Request, remembered bool) (auth.Actor, error) {
	kind, secret, lookup := "session ", sessionSecret(r), s.auth.Session
	if header := r.Header.Get("Authorization"); header != "" {
		bearer, ok := strings.CutPrefix(header, "Bearer ")
		if !ok {
			return auth.Actor{}, problem.New(problem.Unauthorized, "token_invalid", "",
				"请使用 Authorization: Bearer lrl_… 形式的令牌。", "Use a token in the form Authorization: Bearer lrl_….")
		}
		kind, secret, lookup = "token ", strings.TrimSpace(bearer), s.auth.Bearer
	}
	if !remembered {
		return lookup(r.Context(), secret)
	}
	return s.callers.find(kind, secret, s.now(), func() (auth.Actor, error) { return lookup(r.Context(), secret) })
}

func sessionSecret(r *http.Request) string {
	cookie, err := r.Cookie(auth.CookieName)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// caller is who makes the request; nobody before signing in.
func caller(ctx context.Context) auth.Actor { return current(ctx).actor }

// actor is the caller as the change log names it.
func actor(ctx context.Context) record.Actor { return caller(ctx).Name() }

// allow is nil when the caller may do something, else the problem that says who could.
func allow(ctx context.Context, p auth.Permission) error { return auth.Require(caller(ctx), p) }

// address is where the request comes from, for throttling.
func (s *server) address(r *http.Request) string {
	if s.proxied {
		list := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if last := strings.TrimSpace(list[len(list)-1]); last != "" {
			return last // the nearest proxy's word; what stands before it anybody may write
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// methodNotAllowed is a kind of problem that only HTTP has.
const methodNotAllowed problem.Kind = -1

// unknownPath answers for paths of the API that do not exist, or not with this method.
func (s *server) unknownPath(w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		probe := r.Clone(r.Context())
		probe.Method = method
		if _, pattern := s.mux.Handler(probe); pattern != prefix+"/" && pattern != "" && method != r.Method {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) > 0 {
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		writeProblem(w, r, problem.New(methodNotAllowed, "method_not_allowed", "",
			"此地址不支持 %s，可用：%s。", "This address does not take %s; use %s.", r.Method, i18n.Same(strings.Join(allowed, ", "))))
		return
	}
	writeProblem(w, r, problem.New(problem.NotFound, "unknown_path", "",
		"没有这个接口，请查看 /api/docs。", "There is no such operation; see /api/docs."))
}
