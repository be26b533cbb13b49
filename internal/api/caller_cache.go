package api

import (
	"crypto/sha256"
	"net/http"
	"strings"
	"sync"
	"time"

	"laurel/internal/auth"
)

// Looking a caller up costs about as much as writing a record, so a program that sends many requests is remembered for a
// moment. Within this process whatever changes sign-ins forgets everybody at once; another process notices after a second.
const (
	rememberCaller  = time.Second
	rememberCallers = 10_000
)

type callerKey [sha256.Size]byte

type knownCaller struct {
	actor auth.Actor
	until time.Time
}

type callers struct {
	mu         sync.Mutex
	known      map[callerKey]knownCaller
	generation int64 // raised by forget, so that a lookup that began before it is not remembered after it
}

// find is the caller of a secret, remembered or looked up. kind tells tokens from sessions.
func (c *callers) find(kind, secret string, now time.Time, lookup func() (auth.Actor, error)) (auth.Actor, error) {
	key := sha256.Sum256([]byte(kind + secret))
	c.mu.Lock()
	known, ok := c.known[key]
	generation := c.generation
	c.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.actor, nil
	}
	actor, err := lookup()
	if err != nil {
		return actor, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.generation == generation {
		if c.known == nil || len(c.known) >= rememberCallers {
			c.known = map[callerKey]knownCaller{}
		}
		c.known[key] = knownCaller{actor: actor, until: now.Add(rememberCaller)}
	}
	return actor, nil
}

func (c *callers) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known = nil
	c.generation++
}

// changesSignIns reports whether a request may change who somebody is or what the person may do.
func changesSignIns(r *http.Request) bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return false
	}
	noun, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, prefix+"/"), "/")
	switch noun {
	case "session", "me", "tokens", "accounts", "people", "definitions", "imports":
		return true
	}
	return false
}
