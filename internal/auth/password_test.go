package auth

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"laurel/internal/problem"
)

func TestCheckPassword(t *testing.T) {
	cases := []struct{ name, login, password, code string }{
		{"a few words", "ana", "green horse battery", ""},
		{"ten Chinese characters", "王伟", "月亮在山上面看着小狗睡", ""},
		{"nine characters", "ana", "gx7!kq2#z", "password_too_short"},
		{"too long", "ana", strings.Repeat("ab cd ", 50), "password_too_long"},
		{"broken UTF-8", "ana", "gx7!kq2#z\xff\xff", "password_too_long"},
		{"what everybody takes", "ana", "Password123", "password_weak"},
		{"the login in it", "Zhangwei", "zhangwei2026!", "password_weak"},
		{"one character over and over", "ana", "aaaaaaaaaaaa", "password_weak"},
		{"a short login may occur by chance", "li", "little green horses", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := CheckPassword(c.login, c.password)
			if c.code == "" && err != nil || c.code != "" && !problem.IsCode(err, c.code) {
				t.Errorf("got %v, want %q", err, c.code)
			}
			if err != nil && strings.Contains(err.Error(), c.password) {
				t.Error("the problem quotes the password")
			}
		})
	}
}

func TestHashes(t *testing.T) {
	s, ctx := Open(nil, nil, nil), t.Context()
	a, err := s.HashPassword(ctx, "ana", "green horse battery")
	if err != nil {
		t.Fatal(err)
	}
	b, _ := s.HashPassword(ctx, "ana", "green horse battery")
	if a == b {
		t.Error("two hashes of one password are equal: no salt")
	}
	if !strings.HasPrefix(string(a), "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("not a PHC string: %s", a)
	}
	// Made by the reference implementation: echo -n password | argon2 somesalt -id -v 13 -t 2 -m 16 -p 1 (its own test suite).
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	cases := []struct {
		name     string
		hash     PasswordHash
		password string
		want     bool
	}{
		{"the right one", a, "green horse battery", true},
		{"another case", a, "Green horse battery", false},
		{"nothing", a, "", false},
		{"a megabyte", a, strings.Repeat("x", 1<<20), false},
		{"other parameters than ours", reference, "password", true},
		{"other parameters, wrong", reference, "passwore", false},
		{"the decoy", s.decoy, "", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, err := s.matches(ctx, c.hash, c.password); got != c.want || err != nil {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
	for _, bad := range []PasswordHash{
		"", "green horse battery", "$2b$10$abcdefghijklmnopqrstuv",
		"$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", // 4 GiB
		"$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=65536,t=2,p=0$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$",
	} {
		if ok, err := s.matches(ctx, bad, "green horse battery"); ok || err == nil {
			t.Errorf("the stored hash %q was accepted", bad)
		}
	}
}

func TestHashesAreBounded(t *testing.T) {
	s := Open(nil, nil, nil)
	for range hashesAtOnce {
		s.hashing <- struct{}{} // all places taken
	}
	ctx, cancel := context.WithCancel(t.Context())
	var waiting sync.WaitGroup
	for range hashesWaiting + hashesAtOnce {
		waiting.Go(func() {
			if _, err := s.HashAnyPassword(ctx, "x"); !errors.Is(err, context.Canceled) {
				t.Errorf("a caller who gave up got %v", err)
			}
		})
	}
	for deadline := time.Now().Add(10 * time.Second); s.waiting.Load() < hashesWaiting+hashesAtOnce; {
		if time.Now().After(deadline) {
			t.Fatal("the callers did not queue up")
		}
		time.Sleep(time.Millisecond)
	}
	if _, err := s.HashAnyPassword(ctx, "x"); !problem.IsCode(err, "sign_in_busy") {
		t.Errorf("one more got %v", err)
	}
	cancel()
	waiting.Wait()
	if n := s.waiting.Load(); n != 0 {
		t.Errorf("%d places were not given back", n)
	}
}
