package auth

import (
	"math"
	"sync"
	"time"

	"laurel/internal/problem"
)

// Failed sign-ins allowed within a window. An address may stand for a whole office, so it gets more than a login.
const (
	throttleWindow   = 10 * time.Minute
	failuresLogin    = 10
	failuresAddress  = 50
	throttledAtMost  = 20_000 // logins and addresses remembered, about 2 MB
	throttledKeySize = 128    // bytes of a login or address that count
)

// RetryAfter is the cause of a too_many_attempts problem: how long to wait.
type RetryAfter time.Duration

func (r RetryAfter) Error() string { return "retry after " + time.Duration(r).String() }

// Seconds is the wait in whole seconds, rounded up, for a Retry-After header.
func (r RetryAfter) Seconds() int { return int(math.Ceil(time.Duration(r).Seconds())) }

// throttle counts attempts in memory: a restart forgives, and several processes count apart.
type throttle struct {
	mu     sync.Mutex
	counts map[string]attempts // "l:" + login or "a:" + address
}

type attempts struct {
	n     int
	until time.Time // end of the window that began with the first attempt
}

func newThrottle() *throttle { return &throttle{counts: map[string]attempts{}} }

func throttleKeys(login, address string) (l, a string) {
	return "l:" + login[:min(len(login), throttledKeySize)], "a:" + address[:min(len(address), throttledKeySize)]
}

// begin counts an attempt before its outcome is known, so that many at once cannot slip through, or refuses it.
func (t *throttle) begin(login, address string, now time.Time) error {
	l, a := throttleKeys(login, address)
	t.mu.Lock()
	defer t.mu.Unlock()
	wait := max(t.waitFor(l, failuresLogin, now), t.waitFor(a, failuresAddress, now))
	if wait > 0 {
		retry := RetryAfter(wait)
		return problem.New(problem.TooMany, "too_many_attempts", "", "登录失败次数过多，请在 %d 秒后重试",
			"Too many failed sign-ins; try again in %d seconds", retry.Seconds()).Because(retry)
	}
	t.count(l, now)
	t.count(a, now)
	return nil
}

// forgive takes an attempt back: the password was right. The login starts afresh.
func (t *throttle) forgive(login, address string) {
	l, a := throttleKeys(login, address)
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.counts, l)
	if c, ok := t.counts[a]; ok && c.n > 1 {
		c.n--
		t.counts[a] = c
	} else {
		delete(t.counts, a)
	}
}

func (t *throttle) waitFor(key string, limit int, now time.Time) time.Duration {
	if c, ok := t.counts[key]; ok && c.n >= limit {
		return c.until.Sub(now)
	}
	return 0
}

func (t *throttle) count(key string, now time.Time) {
	c, known := t.counts[key]
	if !known {
		t.makeRoom(now)
	}
	if !known || !now.Before(c.until) {
		c = attempts{until: now.Add(throttleWindow)}
	}
	c.n++
	t.counts[key] = c
}

// makeRoom forgets windows that are over, and where that is not enough some that have the least to remember.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.counts) < throttledAtMost {
		return
	}
	for key, c := range t.counts {
		if !now.Before(c.until) {
			delete(t.counts, key)
		}
	}
	for most := 1; len(t.counts) >= throttledAtMost; most *= 2 {
		for key, c := range t.counts {
			if c.n <= most {
				delete(t.counts, key)
			}
			if len(t.counts) < throttledAtMost*9/10 {
				return
			}
		}
	}
}
