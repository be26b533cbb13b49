package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// How long sessions live.
const (
	SessionLife       = 30 * 24 * time.Hour // at most, however much it is used
	SessionIdle       = 7 * 24 * time.Hour  // unused
	touchSession      = time.Hour           // a session's last use is written down at most this often
	sessionsOfAccount = 50                  // the least used beyond are ended
)

// SignIn checks a password and begins a session. The secret goes into the cookie and is not kept. Wrong login and wrong
// password look and take the same. The address is the client's, for throttling.
// Problems: sign_in_failed, account_disabled, too_many_attempts (caused by a RetryAfter), sign_in_busy.
func (s *Store) SignIn(ctx context.Context, login, password, address string) (secret string, actor Actor, err error) {
	key := foldLogin(login[:min(len(login), 4*maxLogin)])
	if err := s.throttle.begin(key, address, s.now()); err != nil {
		return "", actor, err
	}
	id, hash, err := s.passwordOf(ctx, `login_key = $1`, key)
	if err != nil {
		return "", actor, err
	}
	right, err := s.matches(ctx, hash, password)
	if err != nil {
		return "", actor, err
	}
	if !right || id == 0 {
		return "", actor, problem.New(problem.Unauthorized, "sign_in_failed", "", "登录名或密码不正确", "Login or password is wrong")
	}
	s.throttle.forgive(key, address)
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if secret, err = s.beginSession(tx, id, hash); err != nil {
			return err
		}
		actor, err = s.actor(tx, id)
		return err
	})
	if err != nil {
		return "", Actor{}, err
	}
	return secret, actor, nil
}

// passwordOf reads an account's hash, or a decoy with id 0.
func (s *Store) passwordOf(ctx context.Context, where string, arg any) (id int64, hash PasswordHash, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT id, password_hash FROM account WHERE `+where, arg).Scan(&id, (*string)(&hash))
	})
	if errors.Is(err, sql.ErrNoRows) {
		return 0, s.decoy, nil
	}
	if err != nil {
		return 0, "", fmt.Errorf("look for the account: %w", err)
	}
	return id, hash, nil
}

// beginSession opens a session if the password that was checked is still the account's, and clears away dead ones.
func (s *Store) beginSession(tx *db.Tx, accountID int64, hash PasswordHash) (string, error) {
	var current string
	var disabled bool
	err := tx.QueryRow(`SELECT password_hash, disabled FROM account WHERE id = $1`, accountID).Scan(&current, &disabled)
	if err != nil {
		return "", fmt.Errorf("begin a session of account %d: %w", accountID, err)
	}
	if current != string(hash) {
		return "", problem.New(problem.Unauthorized, "sign_in_failed", "", "密码刚刚被修改，请重新登录", "The password was changed a moment ago; sign in again")
	}
	if disabled {
		return "", problem.New(problem.Forbidden, "account_disabled", "", "该账号已停用，请联系管理员", "This account is disabled; ask an administrator")
	}
	now := s.now()
	if _, err := tx.Exec(`DELETE FROM session WHERE expires_at <= $1`, now.UnixMicro()); err != nil {
		return "", fmt.Errorf("clear old sessions: %w", err)
	}
	_, err = tx.Exec(`
		DELETE FROM session
		WHERE account_id = $1 AND secret_hash NOT IN (
			SELECT secret_hash FROM session WHERE account_id = $1 ORDER BY seen_at DESC, secret_hash LIMIT $2)`,
		accountID, sessionsOfAccount-1)
	if err != nil {
		return "", fmt.Errorf("clear surplus sessions of account %d: %w", accountID, err)
	}
	secret, stored := newSecret("")
	_, err = tx.Exec(`INSERT INTO session (secret_hash, account_id, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		stored, accountID, now.UnixMicro(), now.UnixMicro(), now.Add(SessionLife).UnixMicro())
	if err != nil {
		return "", fmt.Errorf("begin a session of account %d: %w", accountID, err)
	}
	return secret, nil
}

// Session finds who a session's secret belongs to. Problem sign_in_required when the session is unknown or over, or
// its account disabled.
func (s *Store) Session(ctx context.Context, secret string) (actor Actor, err error) {
	if secret == "" || len(secret) > maxSecret {
		return actor, signInFirst()
	}
	stored, now := hashSecret(secret), s.now()
	stale := false
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		var account, seen, expires int64
		err := tx.QueryRow(`SELECT account_id, seen_at, expires_at FROM session WHERE secret_hash = $1`, stored).Scan(&account, &seen, &expires)
		if errors.Is(err, sql.ErrNoRows) || err == nil && over(now, seen, expires) {
			return signInFirst()
		}
		if err != nil {
			return fmt.Errorf("look for the session: %w", err)
		}
		stale = now.Sub(time.UnixMicro(seen)) >= touchSession
		actor, err = s.actor(tx, account)
		return err
	})
	if err != nil {
		return Actor{}, err
	}
	if stale {
		s.touch(ctx, `UPDATE session SET seen_at = $1 WHERE secret_hash = $2 AND seen_at < $1`, now.UnixMicro(), stored)
	}
	return actor, nil
}

func over(now time.Time, seen, expires int64) bool {
	return now.UnixMicro() >= expires || now.Sub(time.UnixMicro(seen)) >= SessionIdle
}

// touch writes down a last use. That it fails, on a full disk say, must not sign anybody out.
func (s *Store) touch(ctx context.Context, update string, args ...any) {
	_ = s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(update, args...)
		return err
	})
}

// actor is the account as an actor with all its roles.
func (s *Store) actor(tx *db.Tx, accountID int64) (Actor, error) {
	var a Actor
	var roles string
	var disabled bool
	err := tx.QueryRow(`SELECT login, roles, language, disabled FROM account WHERE id = $1`, accountID).
		Scan(&a.Login, &roles, (*string)(&a.Language), &disabled)
	if errors.Is(err, sql.ErrNoRows) || err == nil && disabled {
		return Actor{}, signInFirst()
	}
	if err != nil {
		return Actor{}, fmt.Errorf("load account %d: %w", accountID, err)
	}
	a.AccountID, a.Roles = accountID, splitRoles(roles)
	dir, err := s.people.Directory(tx)
	if err != nil {
		return Actor{}, err
	}
	if p, ok := dir.PersonOfAccount(accountID); ok {
		a.PersonID = p.ID
	}
	return a, nil
}

// SignOut ends a session. Ending one that is over already is fine.
func (s *Store) SignOut(ctx context.Context, secret string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM session WHERE secret_hash = $1`, hashSecret(secret))
		return err
	})
}

func endSessions(tx *db.Tx, accountID int64) error {
	if _, err := tx.Exec(`DELETE FROM session WHERE account_id = $1`, accountID); err != nil {
		return fmt.Errorf("end the sessions of account %d: %w", accountID, err)
	}
	return nil
}

// ChangePassword sets one's own new password, ends all one's sessions and begins a new one, whose secret it returns. API
// tokens stay: they are secrets of their own. Guesses at the old password are throttled like sign-ins.
func (s *Store) ChangePassword(ctx context.Context, by Actor, old, fresh, address string) (secret string, err error) {
	key := foldLogin(by.Login)
	if err := s.throttle.begin(key, address, s.now()); err != nil {
		return "", err
	}
	id, hash, err := s.passwordOf(ctx, `id = $1`, by.AccountID)
	if err != nil {
		return "", err
	}
	right, err := s.matches(ctx, hash, old)
	if err != nil {
		return "", err
	}
	if !right || id == 0 {
		return "", problem.Bad("password_wrong", "password.old", "原密码不正确", "The old password is wrong")
	}
	s.throttle.forgive(key, address)
	freshHash, err := s.HashPassword(ctx, by.Login, fresh)
	if p, ok := problem.As(err); ok && p.Field == "password" {
		inNew := *p
		inNew.Field = "password.new"
		return "", &inNew
	}
	if err != nil {
		return "", err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if err := s.SetPassword(tx, by, id, freshHash); err != nil {
			return err
		}
		secret, err = s.beginSession(tx, id, freshHash)
		return err
	})
	return secret, err
}

// SetPassword replaces an account's password and ends all its sessions. Problem account_not_found.
func (s *Store) SetPassword(tx *db.Tx, by Actor, accountID int64, hash PasswordHash) error {
	if _, err := parsePHC(string(hash)); err != nil {
		return err
	}
	n, err := tx.Exec(`UPDATE account SET password_hash = $1, version = version + 1 WHERE id = $2`, string(hash), accountID)
	if err != nil {
		return fmt.Errorf("set the password of account %d: %w", accountID, err)
	}
	if n == 0 {
		return problem.New(problem.NotFound, "account_not_found", "", "没有编号为 %d 的登录账号", "There is no account with id %d", accountID)
	}
	if err := s.logChange(tx, by, record.ChangeUpdate, accountID, nil, &accountChange{Password: "changed"}); err != nil {
		return err
	}
	return endSessions(tx, accountID)
}

// SetLanguage chooses the language of one's own account; "" is the organisation's.
func (s *Store) SetLanguage(tx *db.Tx, by Actor, language i18n.Lang) error {
	a, err := s.Account(tx, by.AccountID)
	if err != nil {
		return err
	}
	a.Language = language
	_, _, err = s.SaveAccount(tx, by, a)
	return err
}
