package api

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"

	"laurel/internal/auth"
	"laurel/internal/i18n"
)

// request is what is known about the request that is being answered; middleware fills it once.
type request struct {
	id    string
	lang  i18n.Lang
	from  string // the caller's network address
	actor auth.Actor
}

type requestKey struct{}

func current(ctx context.Context) *request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r
	}
	return &request{lang: i18n.ZH}
}

// requestID names the request in the log and in internal problems.
func requestID(ctx context.Context) string { return current(ctx).id }

// language is the language in which the caller wants to be answered.
func language(ctx context.Context) i18n.Lang { return current(ctx).lang }

// withRequest gives each request its id, language and address.
func withRequest(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		info := &request{id: rand.Text()[:12], lang: i18n.ParseLang(r.Header.Get("Accept-Language"))}
		w.Header().Set("X-Request-Id", info.id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey{}, info)))
	})
}

// writeJSON writes a value; a broken connection is the client's own loss.
func writeJSON(w io.Writer, v any) {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(v)
}
