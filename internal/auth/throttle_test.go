package auth

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"laurel/internal/problem"
)

func TestThrottle(t *testing.T) {
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	fail := func(th *throttle, n int, login, address string, at time.Time) error {
		for range n {
			if err := th.begin(login, address, at); err != nil {
				return err
			}
		}
		return nil
	}
	cases := []struct {
		name  string
		play  func(th *throttle) error
		waits int // seconds; 0 = let in
	}{
		{"one less than too many", func(th *throttle) error {
			return fail(th, failuresLogin, "ana", "1.1.1.1", start)
		}, 0},
		{"one too many, told how long to wait", func(th *throttle) error {
			_ = fail(th, failuresLogin, "ana", "1.1.1.1", start)
			return fail(th, 1, "ana", "1.1.1.1", start.Add(4*time.Minute))
		}, 360},
		{"one too many from another address", func(th *throttle) error {
			_ = fail(th, failuresLogin, "ana", "1.1.1.1", start)
			return fail(th, 1, "ana", "2.2.2.2", start)
		}, 600},
		{"another login from that address", func(th *throttle) error {
			_ = fail(th, failuresLogin, "ana", "1.1.1.1", start)
			return fail(th, 1, "bo", "1.1.1.1", start)
		}, 0},
		{"one address that tries many logins", func(th *throttle) error {
			for i := range failuresAddress {
				_ = fail(th, 1, fmt.Sprint("login", i), "1.1.1.1", start)
			}
			return fail(th, 1, "ana", "1.1.1.1", start)
		}, 600},
		{"after the window", func(th *throttle) error {
			_ = fail(th, failuresLogin, "ana", "1.1.1.1", start)
			return fail(th, failuresLogin, "ana", "1.1.1.1", start.Add(throttleWindow))
		}, 0},
		{"the right password starts afresh", func(th *throttle) error {
			_ = fail(th, failuresLogin, "ana", "1.1.1.1", start)
			th.forgive("ana", "1.1.1.1")
			return fail(th, failuresLogin, "ana", "1.1.1.1", start)
		}, 0},
		{"right passwords do not use up the address", func(th *throttle) error {
			for range 3 * failuresAddress {
				if err := fail(th, 1, "ana", "1.1.1.1", start); err != nil {
					return err
				}
				th.forgive("ana", "1.1.1.1")
			}
			return nil
		}, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := c.play(newThrottle())
			if c.waits == 0 {
				if err != nil {
					t.Error(err)
				}
				return
			}
			var retry RetryAfter
			if !problem.IsCode(err, "too_many_attempts") || !errors.As(err, &retry) || retry.Seconds() != c.waits {
				t.Errorf("got %v, to wait %d s, want %d s", err, retry.Seconds(), c.waits)
			}
		})
	}
}

func TestThrottleForgetsTheLeastFirst(t *testing.T) {
	th, now := newThrottle(), time.Now()
	for range failuresLogin {
		_ = th.begin("ana", "1.1.1.1", now)
	}
	for i := range 3 * throttledAtMost {
		_ = th.begin(fmt.Sprint("login", i), fmt.Sprint("address", i), now)
	}
	if n := len(th.counts); n > throttledAtMost+1 {
		t.Errorf("%d logins and addresses are remembered", n)
	}
	if err := th.begin("ana", "9.9.9.9", now); err == nil {
		t.Error("a flood of other logins made it forget who was barred")
	}
}
