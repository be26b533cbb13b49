package auth

import (
	"strings"
	"testing"
	"time"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

const password = "green horse battery"

// desk is a store with a clock of its own, one administrator "boss", and what tests need around each call.
type desk struct {
	*testing.T
	db *db.DB
	*Store
	boss  Actor
	clock time.Time
}

func eachDesk(t *testing.T, test func(k *desk)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		records, err := record.Open(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		k := &desk{T: t, db: d, Store: Open(d, records, people.Open(d, records)), clock: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}
		k.now = func() time.Time { return k.clock }
		needed, err := k.NeedsFirstAdmin(t.Context())
		if err != nil || !needed {
			t.Fatalf("an empty database needs no first administrator: %v", err)
		}
		account, err := k.CreateFirstAdmin(t.Context(), "boss", password, "王伟")
		k.must(err)
		k.boss = Actor{AccountID: account.ID, PersonID: account.PersonID, Login: "boss", Roles: account.Roles}
		test(k)
	})
}

func (k *desk) must(err error) {
	k.Helper()
	if err != nil {
		k.Fatal(err)
	}
}

func (k *desk) refuse(err error, code string) {
	k.Helper()
	if !problem.IsCode(err, code) {
		k.Errorf("got %v, want the problem %s", err, code)
	}
}

func (k *desk) write(fn func(tx *db.Tx) error) error { return k.db.Write(k.Context(), fn) }

func (k *desk) account(a Account) (created Account) {
	k.Helper()
	hash, err := k.HashPassword(k.Context(), a.Login, password)
	k.must(err)
	k.must(k.write(func(tx *db.Tx) error {
		created, err = k.CreateAccount(tx, k.boss, a, hash)
		return err
	}))
	return created
}

func (k *desk) save(a Account) (saved Account, err error) {
	err = k.write(func(tx *db.Tx) (err error) {
		saved, _, err = k.SaveAccount(tx, k.boss, a)
		return err
	})
	return saved, err
}

func (k *desk) signIn(login string) (secret string) {
	k.Helper()
	secret, _, err := k.SignIn(k.Context(), login, password, "1.1.1.1")
	k.must(err)
	return secret
}

func (k *desk) signedIn(secret string) bool {
	k.Helper()
	_, err := k.Session(k.Context(), secret)
	if err != nil && !problem.IsCode(err, "sign_in_required") {
		k.Fatal(err)
	}
	return err == nil
}

func TestFirstAdmin(t *testing.T) {
	eachDesk(t, func(k *desk) {
		_, err := k.CreateFirstAdmin(k.Context(), "second", password, "")
		k.refuse(err, "already_set_up")
		actor, err := k.Session(k.Context(), k.signIn("BOSS"))
		k.must(err)
		if !Can(actor, ManageAccounts) || actor.PersonID == 0 || actor.PersonID != k.boss.PersonID || actor.Login != "boss" {
			k.Errorf("signed in as %+v", actor)
		}
	})
}

func TestSignInRefused(t *testing.T) {
	eachDesk(t, func(k *desk) {
		ana := k.account(Account{Login: "ana", Roles: []Role{Employee}})
		ana.Disabled = true
		_, err := k.save(ana)
		k.must(err)
		cases := []struct{ name, login, password, code string }{
			{"wrong password", "boss", password + "!", "sign_in_failed"},
			{"no password", "boss", "", "sign_in_failed"},
			{"no such login", "nobody", password, "sign_in_failed"},
			{"no login", "", password, "sign_in_failed"},
			{"disabled", "ana", password, "account_disabled"},
			{"disabled, wrong password: says nothing of it", "ana", "wrong", "sign_in_failed"},
		}
		for _, c := range cases {
			secret, actor, err := k.SignIn(k.Context(), c.login, c.password, "1.1.1.1")
			if !problem.IsCode(err, c.code) || secret != "" || actor.AccountID != 0 {
				k.Errorf("%s: got %v", c.name, err)
			}
		}
		for range failuresLogin {
			_, _, err = k.SignIn(k.Context(), "boss", "wrong", "2.2.2.2")
		}
		k.refuse(err, "too_many_attempts") // one failure stood from above
		_, _, err = k.SignIn(k.Context(), "Boss", password, "3.3.3.3")
		k.refuse(err, "too_many_attempts")
		k.clock = k.clock.Add(throttleWindow)
		k.signIn("boss")
	})
}

func TestSessionsEnd(t *testing.T) {
	eachDesk(t, func(k *desk) {
		first, second := k.signIn("boss"), k.signIn("boss")
		k.must(k.SignOut(k.Context(), first))
		if k.signedIn(first) || !k.signedIn(second) {
			k.Error("signing out ended the wrong session")
		}
		for _, bad := range []string{"", "x", strings.Repeat("x", 1000), hashSecret(second)} {
			if k.signedIn(bad) {
				k.Errorf("%q is a session", bad)
			}
		}
		k.clock = k.clock.Add(SessionIdle - time.Minute)
		if !k.signedIn(second) {
			k.Error("ended before it was idle for long")
		}
		k.clock = k.clock.Add(SessionIdle - time.Minute) // used meanwhile
		if !k.signedIn(second) {
			k.Error("its use was not noted")
		}
		k.clock = k.clock.Add(SessionIdle)
		if k.signedIn(second) {
			k.Error("an idle session lives on")
		}
		used := k.signIn("boss")
		for range 31 {
			k.clock = k.clock.Add(24 * time.Hour)
			k.signedIn(used)
		}
		if k.signedIn(used) {
			k.Error("a session lives for ever when it is used daily")
		}
		oldest := k.signIn("boss")
		k.clock = k.clock.Add(time.Second)
		for range sessionsOfAccount {
			hash, err := k.hashOf(k.boss.AccountID)
			k.must(err)
			k.must(k.write(func(tx *db.Tx) error {
				_, err := k.beginSession(tx, k.boss.AccountID, hash)
				return err
			}))
		}
		if k.signedIn(oldest) {
			k.Error("sessions of one account grow without end")
		}
	})
}

func (k *desk) hashOf(account int64) (PasswordHash, error) {
	_, hash, err := k.passwordOf(k.Context(), `id = $1`, account)
	return hash, err
}

func TestChangingThePasswordEndsEverySession(t *testing.T) {
	eachDesk(t, func(k *desk) {
		here, elsewhere := k.signIn("boss"), k.signIn("boss")
		_, err := k.ChangePassword(k.Context(), k.boss, "wrong", "blue horse battery", "1.1.1.1")
		k.refuse(err, "password_wrong")
		_, err = k.ChangePassword(k.Context(), k.boss, password, "short", "1.1.1.1")
		if p, ok := problem.As(err); !ok || p.Code != "password_too_short" || p.Field != "password.new" {
			k.Errorf("got %v", err)
		}
		if !k.signedIn(here) {
			k.Error("a refused change ended a session")
		}
		fresh, err := k.ChangePassword(k.Context(), k.boss, password, "blue horse battery", "1.1.1.1")
		k.must(err)
		if k.signedIn(here) || k.signedIn(elsewhere) || !k.signedIn(fresh) {
			k.Error("not exactly the new session is left")
		}
		_, _, err = k.SignIn(k.Context(), "boss", password, "1.1.1.1")
		k.refuse(err, "sign_in_failed")
	})
}

func TestPasswordChangedWhileSigningIn(t *testing.T) {
	eachDesk(t, func(k *desk) {
		old, err := k.hashOf(k.boss.AccountID)
		k.must(err)
		fresh, err := k.HashPassword(k.Context(), "boss", "blue horse battery")
		k.must(err)
		k.must(k.write(func(tx *db.Tx) error { return k.SetPassword(tx, k.boss, k.boss.AccountID, fresh) }))
		k.refuse(k.write(func(tx *db.Tx) error {
			_, err := k.beginSession(tx, k.boss.AccountID, old)
			return err
		}), "sign_in_failed")
	})
}

func TestSecretsAreNotStored(t *testing.T) {
	eachDesk(t, func(k *desk) {
		session := k.signIn("boss")
		var token string
		k.must(k.write(func(tx *db.Tx) (err error) {
			token, _, err = k.CreateToken(tx, k.boss, Token{Name: "sync"})
			return err
		}))
		k.must(k.db.Read(k.Context(), func(tx *db.Tx) error {
			for _, query := range []string{
				`SELECT secret_hash FROM session`, `SELECT secret_hash FROM token`, `SELECT password_hash FROM account`,
			} {
				var stored string
				if err := tx.QueryRow(query).Scan(&stored); err != nil {
					return err
				}
				for _, secret := range []string{session, token, password} {
					if strings.Contains(stored, secret) {
						k.Errorf("%s holds a secret", query)
					}
				}
			}
			return nil
		}))
	})
}
