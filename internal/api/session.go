package api

import (
	"context"
	"net/http"

	"laurel/internal/auth"
	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/people"
)

type signInOutput struct {
	Cookie http.Cookie `header:"Set-Cookie"`
	Body   Me
}

type signOutInput struct {
	Secret string `cookie:"laurel_session" hidden:"true"`
}

type signOutOutput struct {
	Cookie http.Cookie `header:"Set-Cookie"`
}

type meOutput struct {
	Cookie []http.Cookie `header:"Set-Cookie"`
	Body   Me
}

func (s *server) sessionRoutes() {
	const tag = "Session"
	handle(s, tag, "GET", "/session", "getSession", "是否已登录；未登录时 me 为空", "Whether somebody is signed in; me is absent when nobody is", s.getSession, open)
	handle(s, tag, "POST", "/session", "signIn", "用密码登录", "Sign in with a password", s.signIn, open)
	handle(s, tag, "DELETE", "/session", "signOut", "退出登录", "Sign out", s.signOut, open)
	handle(s, tag, "GET", "/me", "getMe", "当前登录者", "Who am I", s.getMe)
	handle(s, tag, "PATCH", "/me", "updateMe", "修改自己的语言或密码", "Change my language or password", s.updateMe)
}

// sessionCookie carries a session's secret; an empty one takes the cookie away.
func (s *server) sessionCookie(secret string) http.Cookie {
	c := http.Cookie{
		Name: auth.CookieName, Value: secret, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure,
		MaxAge: int(auth.SessionLife.Seconds()),
	}
	if secret == "" {
		c.MaxAge = -1
	}
	return c
}

func (s *server) signIn(ctx context.Context, in *struct{ Body SignIn }) (*signInOutput, error) {
	secret, who, err := s.auth.SignIn(ctx, in.Body.Login, in.Body.Password, current(ctx).from)
	if err != nil {
		return nil, err
	}
	me, err := s.me(ctx, who)
	return &signInOutput{Cookie: s.sessionCookie(secret), Body: me}, err
}

func (s *server) signOut(ctx context.Context, in *signOutInput) (*signOutOutput, error) {
	if in.Secret != "" {
		if err := s.auth.SignOut(ctx, in.Secret); err != nil {
			return nil, err
		}
	}
	return &signOutOutput{Cookie: s.sessionCookie("")}, nil
}

// getSession is how a page that has just been opened finds out whether to ask for a sign-in.
func (s *server) getSession(ctx context.Context, _ *none) (*body[Session], error) {
	who := caller(ctx)
	if who.AccountID == 0 {
		return reply(Session{}), nil
	}
	me, err := s.me(ctx, who)
	return reply(Session{Me: &me}), err
}

func (s *server) getMe(ctx context.Context, _ *none) (*body[Me], error) {
	me, err := s.me(ctx, caller(ctx))
	return reply(me), err
}

func (s *server) updateMe(ctx context.Context, in *struct{ Body MePatch }) (*meOutput, error) {
	out := &meOutput{}
	who := caller(ctx)
	if in.Body.Language != "" {
		err := s.db.Write(ctx, func(tx *db.Tx) error {
			return s.auth.SetLanguage(tx, who, i18n.Lang(in.Body.Language))
		})
		if err != nil {
			return nil, err
		}
		who.Language = i18n.Lang(in.Body.Language)
	}
	if p := in.Body.Password; p != nil {
		secret, err := s.auth.ChangePassword(ctx, who, p.Old, p.New, current(ctx).from)
		if err != nil {
			return nil, err
		}
		if who.TokenID == 0 {
			out.Cookie = []http.Cookie{s.sessionCookie(secret)}
		}
	}
	me, err := s.me(ctx, who)
	out.Body = me
	return out, err
}

// me describes an actor to itself.
func (s *server) me(ctx context.Context, who auth.Actor) (Me, error) {
	out := Me{Version: s.version}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := s.people.Directory(tx)
		if err != nil {
			return err
		}
		out.Organisation = shapeOrganisation(d.Organisation)
		language := who.Language
		if language == "" {
			language = d.Organisation.Language
		}
		out.Account = Account{ID: who.AccountID, Login: who.Login, Roles: roleKeys(who.Roles), Language: string(language)}
		out.Person = personName(d, who.PersonID)
		out.Account.Person = out.Person
		return nil
	})
	return out, err
}

func personName(d *people.Directory, id int64) *PersonName {
	p, ok := d.Person(id)
	if !ok {
		return nil
	}
	return &PersonName{ID: p.ID, Key: p.Key, Name: p.Name}
}

func roleKeys(roles []auth.Role) []string {
	out := make([]string, len(roles))
	for i, r := range roles {
		out[i] = string(r)
	}
	return out
}
