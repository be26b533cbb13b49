package people

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"laurel/internal/calendar"
	"laurel/internal/db"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Person is somebody who may be credited with records and earn rewards. A person need not be able to sign in.
// Persons are never deleted: awards refer to them for ever.
type Person struct {
	ID        int64         `json:"id"`
	Key       string        `json:"key"` // the natural key, unique: an employee number, or the name where there is none
	Name      string        `json:"name"`
	Email     string        `json:"email"`
	Position  string        `json:"position"` // always, or the last one of Positions
	Positions []Held        `json:"positions,omitempty"`
	JoinedOn  *calendar.Day `json:"joined_on"`  // the first day; nil = always here
	LeftOn    *calendar.Day `json:"left_on"`    // the last day; nil = still here
	AccountID int64         `json:"account_id"` // the sign-in; 0 = none. Written by LinkAccount only.
	Version   int64         `json:"version"`    // 1 at first; every change adds one
}

// Employed is the window from the first day to the last.
func (p *Person) Employed() calendar.Window {
	w := calendar.Window{From: calendar.MinDay, To: calendar.MaxDay}
	if p.JoinedOn != nil {
		w.From = *p.JoinedOn
	}
	if p.LeftOn != nil {
		w.To = *p.LeftOn + 1
	}
	return w
}

// Validate reports everything that is wrong with the person's own fields.
func (p *Person) Validate() error {
	var found []*problem.Error
	add := func(e *problem.Error) {
		if e != nil {
			found = append(found, e)
		}
	}
	add(checkName("name", p.Name, maxName))
	add(checkText("key", p.Key, maxKey))
	add(checkText("position", p.Position, maxName))
	add(checkText("email", p.Email, maxEmail))
	if at := strings.IndexByte(p.Email, '@'); p.Email != "" && (at < 1 || at == len(p.Email)-1 || strings.Contains(p.Email, " ")) {
		add(problem.Bad("email_invalid", "email", "不是邮箱地址，请写成 name@example.com", "This is not an e-mail address; write name@example.com"))
	}
	if p.JoinedOn != nil {
		add(checkDay("joined_on", *p.JoinedOn))
	}
	if p.LeftOn != nil {
		add(checkDay("left_on", *p.LeftOn))
	}
	if p.JoinedOn != nil && p.LeftOn != nil && *p.LeftOn < *p.JoinedOn {
		add(problem.Bad("left_before_joined", "left_on", "离职日期不能早于入职日期", "The last day must not lie before the first"))
	}
	return problem.Join(found)
}

// SavePerson creates a person (ID 0) or changes one, and reports whether anything changed. A key left empty keeps the
// one on record, or is the name for a new person. A Version other than 0 must be the one on record. AccountID is not
// looked at. Problems: person_key_taken, person_not_found, version_conflict, and those of Validate.
func (s *Store) SavePerson(tx *db.Tx, actor record.Actor, p Person) (saved Person, changed bool, err error) {
	p.Key, p.Name, p.Email = tidy(p.Key), tidy(p.Name), tidy(p.Email)
	if err := p.settlePositions(); err != nil {
		return p, false, err
	}
	if err := p.Validate(); err != nil {
		return p, false, err
	}
	if p.ID == 0 {
		return s.createPerson(tx, actor, p)
	}
	before, err := loadPerson(tx, p.ID)
	if err != nil {
		return p, false, err
	}
	if p.Version != 0 && p.Version != before.Version {
		return p, false, conflict(before.Version)
	}
	if p.Key == "" {
		p.Key = before.Key
	}
	p.AccountID, p.Version = before.AccountID, before.Version
	if equalPersons(&p, &before) {
		return before, false, nil
	}
	if err := personKeyFree(tx, p.Key, p.ID, false); err != nil {
		return p, false, err
	}
	held, err := positionsText(p.Positions)
	if err != nil {
		return p, false, fmt.Errorf("save person %d: %w", p.ID, err)
	}
	p.Version++
	_, err = tx.Exec(`
		UPDATE person
		SET key = $1, name = $2, email = $3, position = $4, positions = $5, joined_on = $6, left_on = $7, version = $8
		WHERE id = $9`,
		p.Key, p.Name, p.Email, p.Position, held, dayOrNull(p.JoinedOn), dayOrNull(p.LeftOn), p.Version, p.ID)
	if err != nil {
		return p, false, fmt.Errorf("save person %d: %w", p.ID, err)
	}
	return p, true, s.logChange(tx, actor, objectPerson, p.ID, before, p)
}

func (s *Store) createPerson(tx *db.Tx, actor record.Actor, p Person) (Person, bool, error) {
	derived := p.Key == ""
	if derived {
		p.Key = string([]rune(p.Name)[:min(maxKey, len([]rune(p.Name)))])
	}
	if err := personKeyFree(tx, p.Key, 0, derived); err != nil {
		return p, false, err
	}
	id, err := tx.NextID(1)
	if err != nil {
		return p, false, err
	}
	held, err := positionsText(p.Positions)
	if err != nil {
		return p, false, fmt.Errorf("create person %q: %w", p.Key, err)
	}
	p.ID, p.AccountID, p.Version = id, 0, 1
	_, err = tx.Exec(`
		INSERT INTO person (id, key, name, email, position, positions, joined_on, left_on, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p.ID, p.Key, p.Name, p.Email, p.Position, held, dayOrNull(p.JoinedOn), dayOrNull(p.LeftOn), p.Version)
	if err != nil {
		return p, false, fmt.Errorf("create person %q: %w", p.Key, err)
	}
	return p, true, s.logChange(tx, actor, objectPerson, p.ID, nil, p)
}

// LinkAccount ties a person to a sign-in, or unties with account 0, and reports whether anything changed. One person, one
// sign-in: problems person_not_found, person_linked, account_linked.
func (s *Store) LinkAccount(tx *db.Tx, actor record.Actor, personID, accountID int64) (changed bool, err error) {
	before, err := loadPerson(tx, personID)
	if err != nil || before.AccountID == accountID {
		return false, err
	}
	if accountID != 0 {
		if before.AccountID != 0 {
			return false, problem.New(problem.Conflict, "person_linked", "person_id",
				"%s已有登录账号，请先解除关联", "%s already has a sign-in; unlink it first", before.Name)
		}
		var other string
		err := tx.QueryRow(`SELECT name FROM person WHERE account_id = $1`, accountID).Scan(&other)
		if err == nil {
			return false, problem.New(problem.Conflict, "account_linked", "account_id",
				"该登录账号已属于%s，请先解除关联", "This sign-in already belongs to %s; unlink it there first", other)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return false, fmt.Errorf("find the person of account %d: %w", accountID, err)
		}
	}
	after := before
	after.AccountID = accountID
	after.Version++
	link := sql.NullInt64{Int64: accountID, Valid: accountID != 0}
	if _, err := tx.Exec(`UPDATE person SET account_id = $1, version = $2 WHERE id = $3`, link, after.Version, personID); err != nil {
		return false, fmt.Errorf("link person %d: %w", personID, err)
	}
	return true, s.logChange(tx, actor, objectPerson, personID, before, after)
}

// personKeyFree refuses a key that another person has.
func personKeyFree(tx *db.Tx, key string, except int64, derived bool) error {
	var name string
	err := tx.QueryRow(`SELECT name FROM person WHERE key = $1 AND id <> $2`, key, except).Scan(&name)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("look for person %q: %w", key, err)
	case derived:
		return problem.New(problem.Conflict, "person_key_taken", "key",
			"已有一位%s，请填写唯一标识（例如工号）以区分", "There already is a %s; give this person a key of their own, such as the employee number", key)
	}
	return problem.New(problem.Conflict, "person_key_taken", "key",
		"唯一标识 %s 已属于%s，请换一个", "The key %s already belongs to %s; choose another", key, name)
}

const personColumns = `id, key, name, email, position, positions, joined_on, left_on, account_id, version`

func loadPerson(tx *db.Tx, id int64) (Person, error) {
	p, err := scanPerson(tx.QueryRow(`SELECT `+personColumns+` FROM person WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return p, noPerson("", id)
	}
	if err != nil {
		return p, fmt.Errorf("load person %d: %w", id, err)
	}
	return p, nil
}

func scanPerson(row interface{ Scan(...any) error }) (Person, error) {
	var p Person
	var joined, left, account sql.NullInt64
	var held string
	err := row.Scan(&p.ID, &p.Key, &p.Name, &p.Email, &p.Position, &held, &joined, &left, &account, &p.Version)
	p.JoinedOn, p.LeftOn, p.AccountID = dayOf(joined), dayOf(left), account.Int64
	if err == nil {
		p.Positions, err = readPositions(held)
	}
	return p, err
}

func equalPersons(a, b *Person) bool {
	return a.Key == b.Key && a.Name == b.Name && a.Email == b.Email && a.Position == b.Position && equalPositions(a.Positions, b.Positions) &&
		dayOrNull(a.JoinedOn) == dayOrNull(b.JoinedOn) && dayOrNull(a.LeftOn) == dayOrNull(b.LeftOn)
}

func dayOrNull(d *calendar.Day) sql.NullInt64 {
	if d == nil {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: int64(*d), Valid: true}
}

func dayOf(n sql.NullInt64) *calendar.Day {
	if !n.Valid {
		return nil
	}
	d := calendar.Day(n.Int64)
	return &d
}

func noPerson(field string, id int64) *problem.Error {
	return problem.New(problem.NotFound, "person_not_found", field, "没有编号为 %d 的人员", "There is no person with id %d", id)
}

func conflict(version int64) *problem.Error {
	return problem.New(problem.Conflict, "version_conflict", "version",
		"在你编辑期间已被他人修改（现为第 %d 版），请刷新后重试", "Somebody else changed it meanwhile (now version %d); reload and try again", version)
}
