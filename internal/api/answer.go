package api

import (
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// minGzipBytes is the size from which an answer is worth compressing.
const minGzipBytes = 1 << 10

// answer is the response writer of every handler. It holds the first kilobyte back, so that a late panic still becomes
// a clean problem, short answers carry their length, and longer text goes out compressed.
type answer struct {
	http.ResponseWriter
	gzip    bool // the client takes gzip
	status  int  // 0 until a handler chose one
	size    int64
	held    []byte
	started bool // the header is on its way
	zip     *gzip.Writer
}

var (
	gzipPool = sync.Pool{New: func() any {
		w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is valid
		return w
	}}
	heldPool = sync.Pool{New: func() any { b := make([]byte, 0, 2*minGzipBytes); return &b }}
)

func (a *answer) WriteHeader(status int) {
	if status < 200 && status != http.StatusSwitchingProtocols {
		a.ResponseWriter.WriteHeader(status) // an interim answer
		return
	}
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	if !a.started {
		if len(a.held)+len(p) <= minGzipBytes {
			a.held = append(a.held, p...)
			return len(p), nil
		}
		if err := a.start(true); err != nil {
			return 0, err
		}
	}
	return a.pass(p)
}

// start sends the header and what was held back.
func (a *answer) start(long bool) error {
	a.started = true
	h := a.Header()
	if long && a.gzip && h.Get("Content-Encoding") == "" && isText(h.Get("Content-Type")) {
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		a.zip = gzipPool.Get().(*gzip.Writer)
		a.zip.Reset(a.ResponseWriter)
	}
	if isText(h.Get("Content-Type")) {
		h.Add("Vary", "Accept-Encoding")
	}
	a.ResponseWriter.WriteHeader(a.status)
	held := a.held
	a.held = nil
	if len(held) == 0 {
		return nil
	}
	_, err := a.pass(held)
	return err
}

func (a *answer) pass(p []byte) (int, error) {
	a.size += int64(len(p))
	if a.zip != nil {
		return a.zip.Write(p)
	}
	return a.ResponseWriter.Write(p)
}

// FlushError sends what there is; streams call it through http.ResponseController.
func (a *answer) FlushError() error {
	a.WriteHeader(http.StatusOK)
	if !a.started {
		if err := a.start(false); err != nil {
			return err
		}
	}
	if a.zip != nil {
		if err := a.zip.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(a.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach the connection's deadlines.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// discard forgets an answer that has not left yet and reports whether that was possible.
func (a *answer) discard() bool {
	if a.started {
		return false
	}
	a.status, a.held = 0, a.held[:0]
	for name := range a.Header() {
		if strings.HasPrefix(name, "Content-") && name != "Content-Security-Policy" {
			a.Header().Del(name)
		}
	}
	return true
}

// finish sends what is still held back.
func (a *answer) finish() {
	if !a.started {
		if a.status == 0 {
			a.status = http.StatusOK
		}
		if len(a.held) > 0 {
			a.Header().Set("Content-Length", strconv.Itoa(len(a.held)))
		}
		_ = a.start(false) // the client has gone
	}
	if a.zip != nil {
		_ = a.zip.Close()
		gzipPool.Put(a.zip)
		a.zip = nil
	}
}

func isText(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	switch kind {
	case "application/json", "application/problem+json", "application/openapi+json", "application/yaml", "text/html", "text/css",
		"text/csv", "text/javascript", "application/javascript", "image/svg+xml", "application/manifest+json":
		return true
	}
	return false
}
