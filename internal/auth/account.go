package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Logins: characters.
const (
	minLogin = 2
	maxLogin = 100
)

// Account is a sign-in. Accounts are never deleted, only disabled: the change log refers to them.
type Account struct {
	ID        int64     `json:"id"`
	Login     string    `json:"login"` // unique in any case: "Ana" signs in as "ana" too
	Roles     []Role    `json:"roles"`
	Language  i18n.Lang `json:"language"` // "" = the organisation's
	Disabled  bool      `json:"disabled"`
	PersonID  int64     `json:"person_id"` // 0 = belongs to nobody
	CreatedAt int64     `json:"created_at"`
	Version   int64     `json:"version"` // 1 at first; every change adds one
}

func foldLogin(login string) string { return strings.ToLower(norm.NFKC.String(login)) }

// validate tidies the account and reports everything that is wrong with it.
func (a *Account) validate() error {
	var found []*problem.Error
	a.Login = strings.TrimSpace(a.Login)
	switch n := utf8.RuneCountInString(a.Login); {
	case !utf8.ValidString(a.Login) || n < minLogin || n > maxLogin,
		strings.ContainsFunc(a.Login, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }):
		found = append(found, problem.Bad("login_invalid", "login", "登录名须为 %d 到 %d 个字符，不含空格", "A login has %d to %d characters and no blanks", minLogin, maxLogin))
	}
	if a.Language != "" && a.Language != i18n.ZH && a.Language != i18n.EN {
		found = append(found, problem.Bad("language_unknown", "language", "语言须为 zh 或 en", "The language must be zh or en"))
	}
	roles, err := checkRoles(a.Roles)
	if p, ok := problem.As(err); ok {
		found = append(found, p)
	}
	a.Roles = roles
	return problem.Join(found)
}

// NeedsFirstAdmin reports whether nobody can sign in yet.
func (s *Store) NeedsFirstAdmin(ctx context.Context) (needed bool, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		needed, err = noAccounts(tx)
		return err
	})
	return needed, err
}

func noAccounts(tx *db.Tx) (bool, error) {
	var n int64
	if err := tx.QueryRow(`SELECT COUNT(*) FROM account`).Scan(&n); err != nil {
		return false, fmt.Errorf("count the accounts: %w", err)
	}
	return n == 0, nil
}

// CreateFirstAdmin makes the first account of an organisation, an administrator, and ties it to the person of
// that name, who is made if need be; an empty name is nobody. Problem already_set_up when there is an account.
func (s *Store) CreateFirstAdmin(ctx context.Context, login, password, name string) (created Account, err error) {
	hash, err := s.HashPassword(ctx, login, password)
	if err != nil {
		return created, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		first, err := noAccounts(tx)
		if err != nil {
			return err
		}
		if !first {
			return problem.New(problem.Conflict, "already_set_up", "", "已有登录账号，请登录", "There is an account already; sign in")
		}
		account := Account{Login: login, Roles: []Role{Admin}}
		if name != "" {
			if account.PersonID, err = s.personCalled(tx, name); err != nil {
				return err
			}
		}
		created, err = s.CreateAccount(tx, System, account, hash)
		return err
	})
	return created, err
}

// personCalled finds the person of a name, or makes one: an import from the command line may have come first.
func (s *Store) personCalled(tx *db.Tx, name string) (int64, error) {
	dir, err := s.people.Directory(tx)
	if err != nil {
		return 0, err
	}
	if p, ok := dir.PersonByKey(name); ok {
		return p.ID, nil
	}
	p, _, err := s.people.SavePerson(tx, System.Name(), people.Person{Name: name})
	return p.ID, err
}

// CreateAccount makes an account with a hash from HashPassword, and ties it to its person.
// Problems: login_taken, person_not_found, person_linked, and those of its fields.
func (s *Store) CreateAccount(tx *db.Tx, by Actor, a Account, hash PasswordHash) (Account, error) {
	if err := a.validate(); err != nil {
		return a, err
	}
	if _, err := parsePHC(string(hash)); err != nil {
		return a, err
	}
	if err := loginFree(tx, a.Login, 0); err != nil {
		return a, err
	}
	id, err := tx.NextID(1)
	if err != nil {
		return a, err
	}
	a.ID, a.CreatedAt, a.Version = id, s.now().UnixMicro(), 1
	_, err = tx.Exec(`
		INSERT INTO account (id, login, login_key, password_hash, roles, language, disabled, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		a.ID, a.Login, foldLogin(a.Login), string(hash), joinRoles(a.Roles), string(a.Language), a.Disabled, a.CreatedAt, a.Version)
	if err != nil {
		return a, fmt.Errorf("create account %q: %w", a.Login, err)
	}
	if err := s.logChange(tx, by, record.ChangeCreate, a.ID, nil, allOf(&a)); err != nil {
		return a, err
	}
	return a, s.link(tx, by, a.ID, a.PersonID)
}

// SaveAccount changes login, roles, language, person and whether the account is disabled, which also ends its
// sessions. A Version other than 0 must be the one on record.
// Problems: account_not_found, version_conflict, login_taken, last_admin, person_not_found, person_linked.
func (s *Store) SaveAccount(tx *db.Tx, by Actor, a Account) (saved Account, changed bool, err error) {
	before, err := s.Account(tx, a.ID)
	if err != nil {
		return a, false, err
	}
	if a.Version != 0 && a.Version != before.Version {
		return a, false, problem.New(problem.Conflict, "version_conflict", "version",
			"在你编辑期间已被他人修改（现为第 %d 版），请刷新后重试", "Somebody else changed it meanwhile (now version %d); reload and try again", before.Version)
	}
	if err := a.validate(); err != nil {
		return a, false, err
	}
	a.CreatedAt, a.Version = before.CreatedAt, before.Version
	if a.Login == before.Login && slices.Equal(a.Roles, before.Roles) && a.Language == before.Language &&
		a.Disabled == before.Disabled && a.PersonID == before.PersonID {
		return before, false, nil
	}
	if err := loginFree(tx, a.Login, a.ID); err != nil {
		return a, false, err
	}
	if err := otherAdminStays(tx, &before, &a); err != nil {
		return a, false, err
	}
	a.Version++
	_, err = tx.Exec(`
		UPDATE account
		SET login = $1, login_key = $2, roles = $3, language = $4, disabled = $5, version = $6
		WHERE id = $7`, a.Login, foldLogin(a.Login), joinRoles(a.Roles), string(a.Language), a.Disabled, a.Version, a.ID)
	if err != nil {
		return a, false, fmt.Errorf("save account %d: %w", a.ID, err)
	}
	old, fresh := differing(&before, &a)
	if err := s.logChange(tx, by, record.ChangeUpdate, a.ID, old, fresh); err != nil {
		return a, false, err
	}
	if a.Disabled {
		if err := endSessions(tx, a.ID); err != nil {
			return a, false, err
		}
	}
	return a, true, s.link(tx, by, a.ID, a.PersonID)
}

// otherAdminStays refuses to take the last administrator away, after which nobody could give the role back.
func otherAdminStays(tx *db.Tx, before, after *Account) error {
	is := func(a *Account) bool { return !a.Disabled && slices.Contains(a.Roles, Admin) }
	if !is(before) || is(after) {
		return nil
	}
	rows, err := tx.Query(`SELECT `+accountColumns+` FROM account WHERE disabled = $1 AND id <> $2 AND roles LIKE $3`,
		false, before.ID, "%"+string(Admin)+"%")
	if err != nil {
		return fmt.Errorf("look for another administrator: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		other, err := scanAccount(rows)
		if err != nil {
			return fmt.Errorf("look for another administrator: %w", err)
		}
		if is(&other) {
			return nil
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("look for another administrator: %w", err)
	}
	return problem.New(problem.Conflict, "last_admin", "roles", "这是最后一位管理员，请先指定另一位",
		"This is the last administrator; appoint another one first")
}

// link makes the account belong to a person, or to nobody.
func (s *Store) link(tx *db.Tx, by Actor, accountID, personID int64) error {
	dir, err := s.people.Directory(tx)
	if err != nil {
		return err
	}
	if p, ok := dir.PersonOfAccount(accountID); ok {
		if p.ID == personID {
			return nil
		}
		if _, err := s.people.LinkAccount(tx, by.Name(), p.ID, 0); err != nil {
			return err
		}
	}
	if personID == 0 {
		return nil
	}
	_, err = s.people.LinkAccount(tx, by.Name(), personID, accountID)
	return err
}

func loginFree(tx *db.Tx, login string, except int64) error {
	var id int64
	err := tx.QueryRow(`SELECT id FROM account WHERE login_key = $1 AND id <> $2`, foldLogin(login), except).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for login %q: %w", login, err)
	}
	return problem.New(problem.Conflict, "login_taken", "login", "登录名 %s 已被使用，请换一个", "The login %s is taken; choose another", login)
}

// Account finds an account by id. Problem account_not_found.
func (s *Store) Account(tx *db.Tx, id int64) (Account, error) {
	a, err := scanAccount(tx.QueryRow(`SELECT `+accountColumns+` FROM account WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return a, problem.New(problem.NotFound, "account_not_found", "", "没有编号为 %d 的登录账号", "There is no account with id %d", id)
	}
	if err != nil {
		return a, fmt.Errorf("load account %d: %w", id, err)
	}
	dir, err := s.people.Directory(tx)
	if err != nil {
		return a, err
	}
	if p, ok := dir.PersonOfAccount(id); ok {
		a.PersonID = p.ID
	}
	return a, nil
}

// Accounts lists all accounts by login. There are about as many as persons, so the list is not paged.
func (s *Store) Accounts(tx *db.Tx) ([]Account, error) {
	dir, err := s.people.Directory(tx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(`SELECT ` + accountColumns + ` FROM account ORDER BY login_key`)
	if err != nil {
		return nil, fmt.Errorf("list the accounts: %w", err)
	}
	defer rows.Close()
	out := []Account{}
	for rows.Next() {
		a, err := scanAccount(rows)
		if err != nil {
			return nil, fmt.Errorf("list the accounts: %w", err)
		}
		if p, ok := dir.PersonOfAccount(a.ID); ok {
			a.PersonID = p.ID
		}
		out = append(out, a)
	}
	return out, rows.Err()
}

const accountColumns = `id, login, roles, language, disabled, created_at, version`

func scanAccount(row interface{ Scan(...any) error }) (Account, error) {
	var a Account
	var roles, language string
	err := row.Scan(&a.ID, &a.Login, &roles, &language, &a.Disabled, &a.CreatedAt, &a.Version)
	a.Roles, a.Language = splitRoles(roles), i18n.Lang(language)
	return a, err
}
