package auth

import (
	"testing"
	"time"

	"laurel/internal/db"
	"laurel/internal/people"
)

func TestAccountRefused(t *testing.T) {
	eachDesk(t, func(k *desk) {
		hash, err := k.HashPassword(k.Context(), "x", password)
		k.must(err)
		cases := []struct {
			name    string
			account Account
			code    string
		}{
			{"the login in another case", Account{Login: "BOSS", Roles: []Role{Employee}}, "login_taken"},
			{"the login in full width", Account{Login: "ｂｏｓｓ", Roles: []Role{Employee}}, "login_taken"},
			{"one character", Account{Login: "x", Roles: []Role{Employee}}, "login_invalid"},
			{"a blank inside", Account{Login: "ana lee", Roles: []Role{Employee}}, "login_invalid"},
			{"an invisible character", Account{Login: "ana\u200blee", Roles: []Role{Employee}}, "login_invalid"},
			{"no role", Account{Login: "ana"}, "required"},
			{"an unknown role", Account{Login: "ana", Roles: []Role{"root"}}, "role_unknown"},
			{"an unknown language", Account{Login: "ana", Roles: []Role{Employee}, Language: "la"}, "language_unknown"},
			{"nobody", Account{Login: "ana", Roles: []Role{Employee}, PersonID: 999}, "person_not_found"},
			{"somebody who has a sign-in", Account{Login: "ana", Roles: []Role{Employee}, PersonID: k.boss.PersonID}, "person_linked"},
		}
		for _, c := range cases {
			err := k.write(func(tx *db.Tx) error {
				_, err := k.CreateAccount(tx, k.boss, c.account, hash)
				return err
			})
			k.Run(c.name, func(t *testing.T) { (&desk{T: t}).refuse(err, c.code) })
		}
		err = k.write(func(tx *db.Tx) error {
			_, err := k.CreateAccount(tx, k.boss, Account{Login: "ana", Roles: []Role{Employee}}, password)
			return err
		})
		if err == nil {
			k.Error("a bare password was taken for a hash")
		}
	})
}

func TestSaveAccount(t *testing.T) {
	eachDesk(t, func(k *desk) {
		var person people.Person
		k.must(k.write(func(tx *db.Tx) (err error) {
			person, _, err = k.people.SavePerson(tx, "test", people.Person{Name: "Ana"})
			return err
		}))
		ana := k.account(Account{Login: "Ana", Roles: []Role{Employee, Manager, Employee}, PersonID: person.ID})
		if len(ana.Roles) != 2 || ana.Roles[0] != Manager {
			k.Errorf("roles %v", ana.Roles)
		}
		secret := k.signIn("ana")
		actor, err := k.Session(k.Context(), secret)
		k.must(err)
		if actor.PersonID != person.ID || !Can(actor, SeeTeam) {
			k.Errorf("signed in as %+v", actor)
		}
		if again, err := k.save(ana); err != nil || again.Version != ana.Version {
			k.Errorf("saving the same: %+v, %v", again, err)
		}
		ana.Roles, ana.PersonID = []Role{Finance}, 0
		ana, err = k.save(ana)
		k.must(err)
		actor, err = k.Session(k.Context(), secret)
		k.must(err)
		if actor.PersonID != 0 || Can(actor, SeeTeam) && !Can(actor, SeeAllAwards) || Can(actor, WriteRecords) {
			k.Errorf("roles and person of a running session did not follow: %+v", actor)
		}
		stale := ana
		stale.Version--
		_, err = k.save(stale)
		k.refuse(err, "version_conflict")
		ana.Disabled = true
		ana, err = k.save(ana)
		k.must(err)
		if k.signedIn(secret) {
			k.Error("a disabled account is still signed in")
		}
		ana.Disabled = false
		_, err = k.save(ana)
		k.must(err)
		if k.signedIn(secret) {
			k.Error("an old session came back with the account")
		}
		_, err = k.save(Account{ID: 999, Login: "zed", Roles: []Role{Employee}})
		k.refuse(err, "account_not_found")
	})
}

func TestOneAdministratorStays(t *testing.T) {
	eachDesk(t, func(k *desk) {
		boss := Account{ID: k.boss.AccountID, Login: "boss", Roles: []Role{Employee}, PersonID: k.boss.PersonID}
		_, err := k.save(boss)
		k.refuse(err, "last_admin")
		boss.Roles, boss.Disabled = []Role{Admin}, true
		_, err = k.save(boss)
		k.refuse(err, "last_admin")
		second := k.account(Account{Login: "second", Roles: []Role{Admin}, Disabled: true})
		_, err = k.save(boss)
		k.refuse(err, "last_admin")
		second.Disabled = false
		_, err = k.save(second)
		k.must(err)
		_, err = k.save(boss)
		k.must(err)
	})
}

func TestTokens(t *testing.T) {
	eachDesk(t, func(k *desk) {
		ana := k.account(Account{Login: "ana", Roles: []Role{Employee, Finance}})
		actor := Actor{AccountID: ana.ID, Login: "ana", Roles: ana.Roles}
		create := func(by Actor, token Token) (secret string, created Token, err error) {
			err = k.write(func(tx *db.Tx) error {
				secret, created, err = k.CreateToken(tx, by, token)
				return err
			})
			return secret, created, err
		}
		_, _, err := create(actor, Token{Name: "sync", Roles: []Role{Admin}})
		k.refuse(err, "role_not_held")
		_, _, err = create(actor, Token{Name: " "})
		k.refuse(err, "token_name_invalid")
		_, _, err = create(actor, Token{Name: "sync", ExpiresAt: k.clock.UnixMicro()})
		k.refuse(err, "expired")
		_, _, err = create(System, Token{Name: "sync"})
		k.refuse(err, "sign_in_required")

		secret, token, err := create(actor, Token{Name: "sync", Roles: []Role{Employee}, ExpiresAt: k.clock.Add(time.Hour).UnixMicro()})
		k.must(err)
		got, err := k.Bearer(k.Context(), secret)
		k.must(err)
		if got.AccountID != ana.ID || got.TokenID != token.ID || !Can(got, WriteRecords) || Can(got, SeeAllAwards) {
			k.Errorf("the token acts as %+v", got)
		}
		_, _, err = create(got, Token{Name: "child"})
		k.refuse(err, "token_by_token")
		k.must(k.db.Read(k.Context(), func(tx *db.Tx) error {
			list, err := k.Tokens(tx, ana.ID)
			if len(list) != 1 || list[0].UsedAt != k.clock.UnixMicro() {
				k.Errorf("tokens %+v", list)
			}
			return err
		}))
		for _, bad := range []string{"", secret + "x", secret[len(TokenPrefix):], TokenPrefix, k.signIn("ana")} {
			_, err := k.Bearer(k.Context(), bad)
			k.refuse(err, "token_invalid")
		}

		ana.Roles = []Role{Finance}
		ana, err = k.save(ana)
		k.must(err)
		if got, err = k.Bearer(k.Context(), secret); err != nil || Can(got, WriteRecords) {
			k.Errorf("a token kept a role that its account lost: %+v, %v", got, err)
		}
		ana.Disabled = true
		ana, err = k.save(ana)
		k.must(err)
		_, err = k.Bearer(k.Context(), secret)
		k.refuse(err, "token_invalid")
		ana.Disabled = false
		_, err = k.save(ana)
		k.must(err)

		stranger := Actor{AccountID: 999, Roles: []Role{Employee}}
		k.refuse(k.write(func(tx *db.Tx) error { return k.DeleteToken(tx, stranger, token.ID) }), "token_not_found")
		k.clock = k.clock.Add(time.Hour)
		_, err = k.Bearer(k.Context(), secret)
		k.refuse(err, "token_invalid")
		k.must(k.write(func(tx *db.Tx) error { return k.DeleteToken(tx, k.boss, token.ID) }))
	})
}
