package auth

import (
	"fmt"
	"strings"
	"testing"

	"laurel/internal/db"
)

// Whoever looks back must find who gave which role, who set a password and which tokens there were, and never a secret.
func TestEveryChangeOfAnAccountIsLogged(t *testing.T) {
	eachDesk(t, func(k *desk) {
		ana := k.account(Account{Login: "ana", Roles: []Role{Employee}})
		var start int64
		k.must(k.db.Read(k.Context(), func(tx *db.Tx) error { return tx.QueryRow(`SELECT MAX(seq) FROM change`).Scan(&start) }))
		hash, err := k.HashPassword(k.Context(), "ana", "a password of her own")
		k.must(err)
		var secret string
		var token Token
		k.must(k.write(func(tx *db.Tx) error {
			if _, _, err := k.SaveAccount(tx, k.boss, Account{ID: ana.ID, Login: "ana", Roles: []Role{Finance}}); err != nil {
				return err
			}
			if _, _, err := k.SaveAccount(tx, k.boss, Account{ID: ana.ID, Login: "ana", Roles: []Role{Finance}}); err != nil { // nothing new
				return err
			}
			if _, _, err := k.SaveAccount(tx, k.boss, Account{ID: ana.ID, Login: "ana", Roles: []Role{Finance}, Disabled: true}); err != nil {
				return err
			}
			if err := k.SetPassword(tx, k.boss, ana.ID, hash); err != nil {
				return err
			}
			her := Actor{AccountID: ana.ID, Roles: []Role{Finance}}
			if secret, token, err = k.CreateToken(tx, her, Token{Name: "nightly"}); err != nil {
				return err
			}
			return k.DeleteToken(tx, k.boss, token.ID)
		}))
		var got []string
		k.must(k.db.Read(k.Context(), func(tx *db.Tx) error {
			log, err := k.records.Changes(tx, 0, 1000)
			for _, c := range log {
				line := fmt.Sprintf("%s %s %d %s → %s", c.Actor, c.Kind, c.RecordID, c.Before, c.After)
				if strings.Contains(line, "argon2") || strings.Contains(line, secret) || strings.Contains(line, hashSecret(secret)) {
					t.Errorf("a secret stands in the log: %s", line)
				}
				if c.Object == "@account" && c.Seq > start {
					got = append(got, line)
				}
			}
			return err
		}))
		boss, her := k.boss.Name(), fmt.Sprintf("account:%d", ana.ID)
		made := fmt.Sprintf(`{"token":{"id":%d,"name":"nightly","roles":["finance"],"expires_at":0}}`, token.ID)
		want := []string{
			fmt.Sprintf(`%s update %d {"roles":["employee"]} → {"roles":["finance"]}`, boss, ana.ID),
			fmt.Sprintf(`%s update %d {"disabled":false} → {"disabled":true}`, boss, ana.ID),
			fmt.Sprintf(`%s update %d  → {"password":"changed"}`, boss, ana.ID),
			fmt.Sprintf(`%s update %d  → %s`, her, ana.ID, made),
			fmt.Sprintf(`%s update %d %s → `, boss, ana.ID, made),
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("the log says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
