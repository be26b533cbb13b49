package api

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"laurel/internal/problem"
)

// Limits of requests. The http.Server around the handler bounds headers and idle connections.
const (
	maxBodyBytes  = 64 << 20 // any request but an upload: batches and definitions
	maxDrainBytes = 2 * maxUploadBytes

	smallBodyTimeout = 2 * time.Minute  // to send what is no batch and no file, and to have it worked on
	bodyTimeout      = 10 * time.Minute // an upload over a slow line
	drainTimeout     = 15 * time.Second
	writeTimeout     = 10 * time.Minute // a long export over a slow line; streams set their own
)

// protect wraps everything: request id, access log, panics, headers, limits, other origins.
func protect(next http.Handler, access *slog.Logger) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, r, problem.New(problem.Forbidden, "cross_origin", "",
			"请求来自另一个网站，已拒绝。", "The request came from another site and was refused."))
	}))
	inner := guard.Handler(limitBody(next))
	return withRequest(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		held := heldPool.Get().(*[]byte)
		a := &answer{ResponseWriter: w, held: (*held)[:0], gzip: strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")}
		defer func() {
			if fault := recover(); fault != nil {
				answerPanic(a, r, fault)
			}
			a.finish()
			heldPool.Put(held)
			logAccess(r.Context(), access, r, a, time.Since(begin))
		}()
		_ = http.NewResponseController(w).SetWriteDeadline(begin.Add(writeTimeout))
		secure(w.Header(), r)
		inner.ServeHTTP(a, r)
	}))
}

// answerPanic keeps the server up: the caller gets an internal problem, the log gets the stack.
func answerPanic(a *answer, r *http.Request, fault any) {
	if err, ok := fault.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(fault)
	}
	slog.ErrorContext(r.Context(), "panic in a request", "request", requestID(r.Context()),
		"path", r.URL.Path, "panic", fault, "stack", string(debug.Stack()))
	if a.discard() {
		writeProblem(a, r, internalProblem(r.Context()))
	}
}

// contentPolicy fits the embedded application: everything from here, styles also inline (Ant Design writes them).
const contentPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; " +
	"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"

func secure(h http.Header, r *http.Request) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	if strings.HasPrefix(r.URL.Path, prefix+"/") {
		h.Set("Cache-Control", "no-store")
	}
}

// limitBody bounds how much and how long a request may send.
func limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body == nil || r.Body == http.NoBody {
			next.ServeHTTP(w, r)
			return
		}
		control, limit := http.NewResponseController(w), bodyLimit(r)
		if r.ContentLength > limit {
			// Take the body in, within bounds: a client that is still sending would otherwise never read the answer.
			_ = control.SetReadDeadline(time.Now().Add(drainTimeout))
			_, _ = io.CopyN(io.Discard, r.Body, maxDrainBytes)
			w.Header().Set("Connection", "close")
			writeProblem(w, r, bodyTooLarge(limit))
			return
		}
		timeout := smallBodyTimeout
		if r.ContentLength < 0 || r.ContentLength > maxDefinitionBytes {
			timeout = bodyTimeout
		}
		_ = control.SetReadDeadline(time.Now().Add(timeout)) // recorders of tests have no deadlines
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		next.ServeHTTP(w, r)
	})
}

// logAccess writes one line a request. Queries and bodies stay out: they may hold what is nobody's business.
func logAccess(ctx context.Context, access *slog.Logger, r *http.Request, a *answer, took time.Duration) {
	if access == nil || !access.Enabled(ctx, slog.LevelInfo) {
		return
	}
	access.LogAttrs(ctx, slog.LevelInfo, "request", slog.String("id", requestID(ctx)), slog.String("method", r.Method),
		slog.String("path", r.URL.Path), slog.Int("status", a.status), slog.Int64("bytes", a.size), slog.Duration("took", took))
}
