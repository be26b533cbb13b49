package auth

import (
	"encoding/json"
	"fmt"
	"reflect"

	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/record"
)

// objectAccount is the name under which changes of accounts stand in the log; the record id is the account.
const objectAccount = "@account"

// accountChange is what the log says of an account. A password or a token's secret never stands there, nor a hash of one.
type accountChange struct {
	Login    *string      `json:"login,omitempty"`
	Roles    []Role       `json:"roles,omitempty"`
	Language *i18n.Lang   `json:"language,omitempty"`
	Disabled *bool        `json:"disabled,omitempty"`
	PersonID *int64       `json:"person_id,omitempty"`
	Password string       `json:"password,omitempty"` // "changed"
	Token    *tokenChange `json:"token,omitempty"`    // before: one that was revoked; after: one that was made
}

type tokenChange struct {
	ID        int64  `json:"id"`
	Name      string `json:"name"`
	Roles     []Role `json:"roles"`
	ExpiresAt int64  `json:"expires_at"` // microseconds UTC; 0 = never
}

func allOf(a *Account) *accountChange {
	return &accountChange{Login: &a.Login, Roles: a.Roles, Language: &a.Language, Disabled: &a.Disabled, PersonID: &a.PersonID}
}

// differing keeps of two states of an account only what differs.
func differing(before, after *Account) (old, fresh *accountChange) {
	old, fresh = allOf(before), allOf(after)
	o, f := reflect.ValueOf(old).Elem(), reflect.ValueOf(fresh).Elem()
	for i := range o.NumField() {
		if reflect.DeepEqual(o.Field(i).Interface(), f.Field(i).Interface()) {
			o.Field(i).SetZero()
			f.Field(i).SetZero()
		}
	}
	return old, fresh
}

func tokenOf(t *Token) *accountChange {
	return &accountChange{Token: &tokenChange{ID: t.ID, Name: t.Name, Roles: t.Roles, ExpiresAt: t.ExpiresAt}}
}

// logChange appends what happened to an account to the change log; before and after may be nil.
func (s *Store) logChange(tx *db.Tx, by Actor, kind string, accountID int64, before, after *accountChange) error {
	change := record.Change{At: s.now().UnixMicro(), Actor: by.Name(), Object: objectAccount, RecordID: accountID, Kind: kind}
	for _, side := range []struct {
		from *accountChange
		to   *json.RawMessage
	}{{before, &change.Before}, {after, &change.After}} {
		if side.from == nil {
			continue
		}
		text, err := json.Marshal(side.from)
		if err != nil {
			return fmt.Errorf("describe the change of account %d: %w", accountID, err)
		}
		*side.to = text
	}
	_, err := s.records.AppendChange(tx, change)
	return err
}
