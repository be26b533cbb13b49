package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"laurel/internal/problem"
)

// Argon2id with the OWASP recommendation (Password Storage Cheat Sheet): 19 MiB, two passes, one lane.
const (
	hashMemoryKiB = 19 * 1024
	hashPasses    = 2
	hashLanes     = 1
	saltBytes     = 16
	keyBytes      = 32
)

// Bounds on work: what a stored hash may ask for, how many run at once, and how many may wait.
const (
	maxHashMemoryKiB = 64 * 1024
	maxHashPasses    = 10
	hashesAtOnce     = 2
	hashesWaiting    = 100
)

// Passwords: characters at least, bytes at most.
const (
	minPassword = 10
	maxPassword = 256
)

// PasswordHash is an argon2id hash in PHC form, made by HashPassword or HashAnyPassword.
type PasswordHash string

// commonPasswords are what guessers try first, of those that are long enough. In lower case.
var commonPasswords = []string{
	"1234567890", "0123456789", "0987654321", "9876543210", "12345678910", "123456789a", "a123456789", "1q2w3e4r5t", "1qaz2wsx3edc",
	"qwertyuiop", "qwerty1234", "qwerty12345", "qwerty123456", "asdfghjkl;", "password12", "password123", "password1234",
	"passwordpassword", "iloveyou123", "administrator", "admin12345", "admin123456", "abc1234567", "abcd123456", "abc123456789",
	"woaini1314", "woaini1314520", "5201314520", "1314520520", "letmein123", "welcome123", "changeme123",
}

// CheckPassword refuses passwords that are too short, too long or easily guessed. Problem field: "password".
func CheckPassword(login, password string) error {
	lower, loginKey := strings.ToLower(password), foldLogin(login)
	switch {
	case !utf8.ValidString(password) || len(password) > maxPassword:
		return problem.Bad("password_too_long", "password", "密码最多 %d 字节", "The password may have at most %d bytes", maxPassword)
	case utf8.RuneCountInString(password) < minPassword:
		return problem.Bad("password_too_short", "password", "密码至少 %d 个字符，可以用几个不相关的词组成", "The password needs at least %d characters; a few unrelated words make a good one", minPassword)
	}
	for _, common := range commonPasswords {
		if lower == common {
			return weakPassword()
		}
	}
	if len([]rune(loginKey)) >= 4 && strings.Contains(lower, loginKey) || differentRunes(lower) < 4 {
		return weakPassword()
	}
	return nil
}

func weakPassword() error {
	return problem.Bad("password_weak", "password", "密码太容易猜到：请避开登录名、重复字符和常见密码",
		"This password is easy to guess: avoid your login, repeated characters and common passwords")
}

func differentRunes(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// HashPassword checks a new password and hashes it. It takes tens of milliseconds: call it before a transaction, not in one.
func (s *Store) HashPassword(ctx context.Context, login, password string) (PasswordHash, error) {
	if err := CheckPassword(login, password); err != nil {
		return "", err
	}
	return s.HashAnyPassword(ctx, password)
}

// HashAnyPassword is HashPassword for the demo company, whose passwords are meant to be known.
func (s *Store) HashAnyPassword(ctx context.Context, password string) (PasswordHash, error) {
	salt := make([]byte, saltBytes)
	rand.Read(salt) // never fails: see crypto/rand
	h := phc{memoryKiB: hashMemoryKiB, passes: hashPasses, lanes: hashLanes, salt: salt}
	key, err := s.derive(ctx, h, keyBytes, password)
	if err != nil {
		return "", err
	}
	h.key = key
	return PasswordHash(h.String()), nil
}

// matches reports whether a password is the hashed one, in a time that does not tell.
func (s *Store) matches(ctx context.Context, hash PasswordHash, password string) (bool, error) {
	h, err := parsePHC(string(hash))
	if err != nil {
		return false, err
	}
	if len(password) > maxPassword {
		password = password[:maxPassword+1] // longer than any that was accepted, so it cannot match
	}
	key, err := s.derive(ctx, h, len(h.key), password)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, h.key) == 1, nil
}

// derive runs argon2id when a place is free, so that a flood of sign-ins cannot take the machine's memory.
func (s *Store) derive(ctx context.Context, h phc, bytes int, password string) ([]byte, error) {
	if s.waiting.Add(1) > hashesWaiting+hashesAtOnce {
		s.waiting.Add(-1)
		return nil, problem.New(problem.Unavailable, "sign_in_busy", "", "登录人数过多，请稍后重试", "Too many sign-ins at once; try again shortly")
	}
	defer s.waiting.Add(-1)
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), h.salt, h.passes, h.memoryKiB, h.lanes, uint32(bytes)), nil
}

// phc is a hash in its parts.
type phc struct {
	memoryKiB, passes uint32
	lanes             uint8
	salt, key         []byte
}

// String writes $argon2id$v=19$m=…,t=…,p=…$salt$key.
func (h phc) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memoryKiB, h.passes, h.lanes,
		b64.EncodeToString(h.salt), b64.EncodeToString(h.key))
}

// parsePHC reads what String writes, within bounds. Its errors never quote the hash.
func parsePHC(text string) (phc, error) {
	var h phc
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return h, errors.New("stored password hash is not argon2id in PHC form")
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memoryKiB, &h.passes, &h.lanes); n != 3 || err != nil {
		return h, errors.New("stored password hash has unreadable parameters")
	}
	if h.memoryKiB < 8*uint32(max(h.lanes, 1)) || h.memoryKiB > maxHashMemoryKiB || h.passes < 1 || h.passes > maxHashPasses || h.lanes < 1 {
		return h, errors.New("stored password hash has parameters out of bounds")
	}
	var err error
	if h.salt, err = base64.RawStdEncoding.Strict().DecodeString(parts[4]); err != nil {
		return h, errors.New("stored password hash has an unreadable salt")
	}
	if h.key, err = base64.RawStdEncoding.Strict().DecodeString(parts[5]); err != nil || len(h.key) < 16 || len(h.key) > 64 {
		return h, errors.New("stored password hash has an unreadable key")
	}
	return h, nil
}

// newDecoy is a hash that no password has, for logins that do not exist: checking it takes as long as a real one.
func newDecoy() PasswordHash {
	h := phc{memoryKiB: hashMemoryKiB, passes: hashPasses, lanes: hashLanes, salt: make([]byte, saltBytes), key: make([]byte, keyBytes)}
	rand.Read(h.salt)
	rand.Read(h.key)
	return PasswordHash(h.String())
}
