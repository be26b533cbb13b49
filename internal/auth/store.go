package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"sync/atomic"
	"time"

	"laurel/internal/db"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// CookieName is the cookie that carries a session's secret.
const CookieName = "laurel_session"

// TokenPrefix begins every API token, so that leaked ones can be searched for.
const TokenPrefix = "lrl_"

// Store keeps the sign-ins of one organisation. It may be used by many goroutines.
type Store struct {
	db      *db.DB
	records *record.Store
	people  *people.Store
	now     func() time.Time // replaced in tests

	throttle *throttle
	decoy    PasswordHash
	hashing  chan struct{} // holds one entry for each hash being computed
	waiting  atomic.Int64  // hashes being computed or waited for
}

// Open makes the store of an organisation's database.
func Open(d *db.DB, r *record.Store, p *people.Store) *Store {
	return &Store{
		db: d, records: r, people: p, now: time.Now,
		throttle: newThrottle(), decoy: newDecoy(), hashing: make(chan struct{}, hashesAtOnce),
	}
}

// newSecret is 256 random bits as text, and its hash as stored.
func newSecret(prefix string) (secret, hash string) {
	bits := make([]byte, 32)
	rand.Read(bits) // never fails: see crypto/rand
	secret = prefix + base64.RawURLEncoding.EncodeToString(bits)
	return secret, hashSecret(secret)
}

// hashSecret needs no salt and no work factor: the secret is random, there is nothing to guess.
func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// maxSecret bounds what is hashed of a header that anybody may send.
const maxSecret = 200

func signInFirst() error {
	return problem.New(problem.Unauthorized, "sign_in_required", "", "请先登录", "Sign in first")
}
