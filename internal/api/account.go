package api

import (
	"context"
	"time"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/people"
)

type tokenPath struct {
	ID int64 `path:"id"`
}

type accountUpdate struct {
	ID   int64 `path:"id"`
	Body AccountPatch
}

func (s *server) accountRoutes() {
	const tag = "Session"
	handle(s, tag, "GET", "/tokens", "listTokens", "我的接口令牌", "My API tokens", s.listTokens)
	handle(s, tag, "POST", "/tokens", "createToken", "新建接口令牌", "Make an API token", s.createToken, status(201))
	handle(s, tag, "DELETE", "/tokens/{id}", "deleteToken", "吊销接口令牌", "Revoke an API token", s.deleteToken)
	handle(s, tag, "GET", "/accounts", "listAccounts", "所有登录账号", "All sign-ins", s.listAccounts)
	handle(s, tag, "POST", "/accounts", "createAccount", "新建登录账号", "Make a sign-in", s.createAccount, status(201))
	handle(s, tag, "PATCH", "/accounts/{id}", "updateAccount", "修改登录账号", "Change a sign-in", s.updateAccount)
	handle(s, tag, "GET", "/organisation", "getOrganisation", "组织信息", "The organisation", s.getOrganisation)
	handle(s, tag, "PATCH", "/organisation", "updateOrganisation", "修改组织信息", "Change the organisation", s.updateOrganisation)
}

func (s *server) listTokens(ctx context.Context, _ *none) (*body[List[Token]], error) {
	var items []Token
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		tokens, err := s.auth.Tokens(tx, caller(ctx).AccountID)
		for _, t := range tokens {
			items = append(items, shapeToken(t))
		}
		return err
	})
	return reply(whole(items)), err
}

func shapeToken(t auth.Token) Token {
	return Token{
		ID: t.ID, Name: t.Name, Roles: roleKeys(t.Roles), Created: instant(t.CreatedAt),
		LastUsed: instantOrNil(t.UsedAt), Expires: instantOrNil(t.ExpiresAt),
	}
}

func (s *server) createToken(ctx context.Context, in *struct{ Body TokenInput }) (*body[Token], error) {
	wanted := auth.Token{Name: in.Body.Name, Roles: rolesOf(in.Body.Roles)}
	if in.Body.Days > 0 {
		wanted.ExpiresAt = s.now().Add(time.Duration(in.Body.Days) * 24 * time.Hour).UnixMicro()
	}
	var out Token
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		secret, made, err := s.auth.CreateToken(tx, caller(ctx), wanted)
		out = shapeToken(made)
		out.Secret = secret
		return err
	})
	return reply(out), err
}

func (s *server) deleteToken(ctx context.Context, in *tokenPath) (*none, error) {
	return nil, s.db.Write(ctx, func(tx *db.Tx) error { return s.auth.DeleteToken(tx, caller(ctx), in.ID) })
}

func (s *server) listAccounts(ctx context.Context, _ *none) (*body[List[Account]], error) {
	if err := allow(ctx, auth.ManageAccounts); err != nil {
		return nil, err
	}
	var items []Account
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := s.people.Directory(tx)
		if err != nil {
			return err
		}
		accounts, err := s.auth.Accounts(tx)
		for _, a := range accounts {
			items = append(items, shapeAccount(d, a))
		}
		return err
	})
	return reply(whole(items)), err
}

func shapeAccount(d *people.Directory, a auth.Account) Account {
	language := a.Language
	if language == "" {
		language = d.Organisation.Language
	}
	return Account{
		ID: a.ID, Login: a.Login, Roles: roleKeys(a.Roles), Language: string(language),
		Disabled: a.Disabled, Person: personName(d, a.PersonID),
	}
}

func (s *server) createAccount(ctx context.Context, in *struct{ Body AccountInput }) (*body[Account], error) {
	if err := allow(ctx, auth.ManageAccounts); err != nil {
		return nil, err
	}
	hash, err := s.auth.HashPassword(ctx, in.Body.Login, in.Body.Password)
	if err != nil {
		return nil, err
	}
	wanted := auth.Account{
		Login: in.Body.Login, Roles: rolesOf(in.Body.Roles), Language: i18n.Lang(in.Body.Language), PersonID: in.Body.PersonID,
	}
	var out Account
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		made, err := s.auth.CreateAccount(tx, caller(ctx), wanted, hash)
		if err != nil {
			return err
		}
		out, err = s.accountAnswer(tx, made.ID)
		return err
	})
	return reply(out), err
}

func (s *server) updateAccount(ctx context.Context, in *accountUpdate) (*body[Account], error) {
	if err := allow(ctx, auth.ManageAccounts); err != nil {
		return nil, err
	}
	var hash auth.PasswordHash
	if in.Body.Password != nil {
		var login string
		err := s.db.Read(ctx, func(tx *db.Tx) error {
			a, err := s.auth.Account(tx, in.ID)
			login = a.Login
			return err
		})
		if err == nil {
			hash, err = s.auth.HashPassword(ctx, login, *in.Body.Password)
		}
		if err != nil {
			return nil, err
		}
	}
	var out Account
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		a, err := s.auth.Account(tx, in.ID)
		if err != nil {
			return err
		}
		patchAccount(&a, in.Body)
		if _, _, err := s.auth.SaveAccount(tx, caller(ctx), a); err != nil {
			return err
		}
		if hash != "" {
			if err := s.auth.SetPassword(tx, caller(ctx), in.ID, hash); err != nil {
				return err
			}
		}
		out, err = s.accountAnswer(tx, in.ID)
		return err
	})
	return reply(out), err
}

func patchAccount(a *auth.Account, in AccountPatch) {
	if in.Roles != nil {
		a.Roles = rolesOf(*in.Roles)
	}
	if in.Language != nil {
		a.Language = i18n.Lang(*in.Language)
	}
	if in.Disabled != nil {
		a.Disabled = *in.Disabled
	}
	if in.PersonID != nil {
		a.PersonID = *in.PersonID
	}
}

// accountAnswer reads an account back inside the write that changed it.
func (s *server) accountAnswer(tx *db.Tx, id int64) (Account, error) {
	a, err := s.auth.Account(tx, id)
	if err != nil {
		return Account{}, err
	}
	d, err := s.people.Directory(tx)
	if err != nil {
		return Account{}, err
	}
	return shapeAccount(d, a), nil
}

// logins maps account ids to logins, for those who may see them.
func (s *server) logins(tx *db.Tx) (map[int64]string, error) {
	accounts, err := s.auth.Accounts(tx)
	out := make(map[int64]string, len(accounts))
	for _, a := range accounts {
		out[a.ID] = a.Login
	}
	return out, err
}

func rolesOf(keys []string) []auth.Role {
	out := make([]auth.Role, len(keys))
	for i, k := range keys {
		out[i] = auth.Role(k)
	}
	return out
}

func shapeOrganisation(o people.Organisation) Organisation {
	return Organisation{
		Name: o.Name, TimeZone: o.TimeZone, FiscalStartMonth: o.FiscalStartMonth, Currency: o.Currency, Language: string(o.Language),
		Working: o.Working, ClawbackLimit: string(o.ClawbackLimit), FourEyes: o.FourEyes,
	}
}

func (s *server) getOrganisation(ctx context.Context, _ *none) (*body[Organisation], error) {
	var out Organisation
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := s.people.Directory(tx)
		if err == nil {
			out = shapeOrganisation(d.Organisation)
		}
		return err
	})
	return reply(out), err
}

type organisationUpdate struct {
	Confirming
	Body OrganisationPatch
}

// updateOrganisation changes the settings. Those that decide on which day and in which period something counts, and for how much,
// change awards of periods already judged: then the list of them has to be confirmed.
func (s *server) updateOrganisation(ctx context.Context, in *organisationUpdate) (*body[Organisation], error) {
	if err := allow(ctx, auth.ManageOrganisation); err != nil {
		return nil, err
	}
	var out Organisation
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		d, err := s.people.Directory(tx)
		if err != nil {
			return err
		}
		o := d.Organisation
		patchOrganisation(&o, in.Body)
		save := func() error {
			_, err := s.people.SaveOrganisation(tx, actor(ctx), o)
			return err
		}
		if o.CountsAs(d.Organisation) {
			err = save()
		} else {
			err = s.deliberate(ctx, tx, []any{"organisation", o}, in.Confirmed, save)
		}
		if err != nil {
			return err
		}
		if d, err = s.people.Directory(tx); err == nil {
			out = shapeOrganisation(d.Organisation)
		}
		return err
	})
	return reply(out), err
}

func patchOrganisation(o *people.Organisation, in OrganisationPatch) {
	if in.Name != nil {
		o.Name = *in.Name
	}
	if in.TimeZone != nil {
		o.TimeZone = *in.TimeZone
	}
	if in.FiscalStartMonth != nil {
		o.FiscalStartMonth = *in.FiscalStartMonth
	}
	if in.Currency != nil {
		o.Currency = *in.Currency
	}
	if in.Language != nil {
		o.Language = i18n.Lang(*in.Language)
	}
	if in.Working != nil {
		o.Working = *in.Working
	}
	if in.ClawbackLimit != nil {
		o.ClawbackLimit = people.Share(*in.ClawbackLimit)
	}
	if in.FourEyes != nil {
		o.FourEyes = *in.FourEyes
	}
}
