package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"laurel/internal/db"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Limits of API tokens.
const (
	tokensOfAccount = 50
	maxTokenName    = 100             // characters
	touchToken      = 5 * time.Minute // a token's last use is written down at most this often
)

// Token is a secret with which a program acts as an account, with all or some of its roles.
type Token struct {
	ID        int64  `json:"id"`
	AccountID int64  `json:"account_id"`
	Name      string `json:"name"`  // what it is for
	Roles     []Role `json:"roles"` // never more than the account has
	CreatedAt int64  `json:"created_at"`
	UsedAt    int64  `json:"used_at"`    // 0 = never; up to touchToken behind
	ExpiresAt int64  `json:"expires_at"` // 0 = never
}

// CreateToken makes a token of one's own account; its secret is shown once and not kept. Only the Name, Roles (empty = all
// of the account's) and ExpiresAt of t are looked at. A token cannot make tokens that outlast or outrank it, so none at all.
// Problems: token_by_token, role_not_held, too_many_tokens, and those of its fields.
func (s *Store) CreateToken(tx *db.Tx, by Actor, t Token) (secret string, created Token, err error) {
	if by.TokenID != 0 {
		return "", t, problem.New(problem.Forbidden, "token_by_token", "", "令牌不能创建令牌，请登录后操作", "A token cannot make tokens; sign in to do so")
	}
	if by.AccountID == 0 {
		return "", t, signInFirst()
	}
	t.Name = strings.TrimSpace(t.Name)
	if n := utf8.RuneCountInString(t.Name); n == 0 || n > maxTokenName || !utf8.ValidString(t.Name) || strings.ContainsFunc(t.Name, unicode.IsControl) {
		return "", t, problem.Bad("token_name_invalid", "name", "请写明用途，最多 %d 个字符", "Say what the token is for, in at most %d characters", maxTokenName)
	}
	if len(t.Roles) == 0 {
		t.Roles = by.Roles
	}
	if t.Roles, err = checkRoles(t.Roles); err != nil {
		return "", t, err
	}
	for _, r := range t.Roles {
		if !slices.Contains(by.Roles, r) {
			return "", t, problem.New(problem.Forbidden, "role_not_held", "roles", "你没有角色 %s，不能授予令牌", "You do not have the role %s, so a token cannot", r)
		}
	}
	now := s.now().UnixMicro()
	if t.ExpiresAt != 0 && t.ExpiresAt <= now {
		return "", t, problem.Bad("expired", "expires_at", "到期时间须晚于现在", "The expiry must lie in the future")
	}
	mine, err := s.Tokens(tx, by.AccountID)
	if err != nil {
		return "", t, err
	}
	if len(mine) >= tokensOfAccount {
		return "", t, problem.New(problem.Conflict, "too_many_tokens", "", "最多 %d 个令牌，请先删除不用的", "At most %d tokens; delete unused ones first", tokensOfAccount)
	}
	if t.ID, err = tx.NextID(1); err != nil {
		return "", t, err
	}
	t.AccountID, t.CreatedAt, t.UsedAt = by.AccountID, now, 0
	secret, stored := newSecret(TokenPrefix)
	_, err = tx.Exec(`
		INSERT INTO token (id, secret_hash, account_id, name, roles, created_at, used_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, NULL, $7)`,
		t.ID, stored, t.AccountID, t.Name, joinRoles(t.Roles), t.CreatedAt, sql.NullInt64{Int64: t.ExpiresAt, Valid: t.ExpiresAt != 0})
	if err != nil {
		return "", t, fmt.Errorf("create a token of account %d: %w", t.AccountID, err)
	}
	if err := s.logChange(tx, by, record.ChangeUpdate, t.AccountID, nil, tokenOf(&t)); err != nil {
		return "", t, err
	}
	return secret, t, nil
}

// Tokens lists the tokens of an account, oldest first.
func (s *Store) Tokens(tx *db.Tx, accountID int64) ([]Token, error) {
	rows, err := tx.Query(`
		SELECT id, name, roles, created_at, used_at, expires_at
		FROM token
		WHERE account_id = $1
		ORDER BY id`, accountID)
	if err != nil {
		return nil, fmt.Errorf("list the tokens of account %d: %w", accountID, err)
	}
	defer rows.Close()
	out := []Token{}
	for rows.Next() {
		t := Token{AccountID: accountID}
		var roles string
		var used, expires sql.NullInt64
		if err := rows.Scan(&t.ID, &t.Name, &roles, &t.CreatedAt, &used, &expires); err != nil {
			return nil, fmt.Errorf("list the tokens of account %d: %w", accountID, err)
		}
		t.Roles, t.UsedAt, t.ExpiresAt = splitRoles(roles), used.Int64, expires.Int64
		out = append(out, t)
	}
	return out, rows.Err()
}

// DeleteToken ends a token: one's own, or anybody's for those who manage accounts. Problem token_not_found.
func (s *Store) DeleteToken(tx *db.Tx, by Actor, id int64) error {
	t := Token{ID: id}
	var roles string
	var expires sql.NullInt64
	err := tx.QueryRow(`
		DELETE FROM token WHERE id = $1 AND (account_id = $2 OR $3)
		RETURNING account_id, name, roles, expires_at`, id, by.AccountID, Can(by, ManageAccounts)).Scan(&t.AccountID, &t.Name, &roles, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return problem.New(problem.NotFound, "token_not_found", "", "没有编号为 %d 的令牌", "There is no token with id %d", id)
	}
	if err != nil {
		return fmt.Errorf("delete token %d: %w", id, err)
	}
	t.Roles, t.ExpiresAt = splitRoles(roles), expires.Int64
	return s.logChange(tx, by, record.ChangeUpdate, t.AccountID, tokenOf(&t), nil)
}

// Bearer finds who a token's secret belongs to. The actor's roles are those that both token and account have now.
// Problem token_invalid when the token is unknown or over, or its account disabled.
func (s *Store) Bearer(ctx context.Context, secret string) (actor Actor, err error) {
	invalid := problem.New(problem.Unauthorized, "token_invalid", "", "API 令牌无效或已过期，请重新创建", "The API token is not valid or has expired; make a new one")
	if !strings.HasPrefix(secret, TokenPrefix) || len(secret) > maxSecret {
		return actor, invalid
	}
	now := s.now()
	var id int64
	stale := false
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		var account int64
		var roles string
		var used, expires sql.NullInt64
		err := tx.QueryRow(`SELECT id, account_id, roles, used_at, expires_at FROM token WHERE secret_hash = $1`, hashSecret(secret)).
			Scan(&id, &account, &roles, &used, &expires)
		if errors.Is(err, sql.ErrNoRows) || err == nil && expires.Valid && now.UnixMicro() >= expires.Int64 {
			return invalid
		}
		if err != nil {
			return fmt.Errorf("look for the token: %w", err)
		}
		stale = !used.Valid || now.Sub(time.UnixMicro(used.Int64)) >= touchToken
		if actor, err = s.actor(tx, account); err != nil {
			if problem.IsCode(err, "sign_in_required") {
				return invalid
			}
			return err
		}
		granted := splitRoles(roles)
		actor.Roles = slices.DeleteFunc(actor.Roles, func(r Role) bool { return !slices.Contains(granted, r) })
		actor.TokenID = id
		return nil
	})
	if err != nil {
		return Actor{}, err
	}
	if stale {
		s.touch(ctx, `UPDATE token SET used_at = $1 WHERE id = $2 AND (used_at IS NULL OR used_at < $1)`, now.UnixMicro(), id)
	}
	return actor, nil
}
