package people

import (
	"database/sql"
	"errors"
	"fmt"

	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// UnitKind says what a unit is. It is part of the unit's identity: a team and a department may share a key.
type UnitKind string

// The kinds of unit.
const (
	Team       UnitKind = "team"
	Department UnitKind = "department"
)

// Valid reports whether the kind is known.
func (k UnitKind) Valid() bool { return k == Team || k == Department }

// Unit is a team or a department. Units form trees; whoever belongs to a unit belongs to those above it.
// A department never lies below a team.
type Unit struct {
	ID       int64     `json:"id"`
	Key      string    `json:"key"` // unique among units of its kind
	Kind     UnitKind  `json:"kind"`
	Name     i18n.Text `json:"name"`
	ParentID int64     `json:"parent_id"` // 0 = a root
	Version  int64     `json:"version"`   // 1 at first; every change adds one
}

// Validate reports everything that is wrong with the unit's own fields.
func (u *Unit) Validate() error {
	var found []*problem.Error
	if !u.Kind.Valid() {
		found = append(found, problem.Bad("unit_kind_invalid", "kind", "类别须为 team 或 department", "The kind must be team or department"))
	}
	for _, e := range []*problem.Error{
		checkName("name", u.Name.In(i18n.ZH), maxName),
		checkText("name.en", u.Name.EN, maxName),
		checkText("key", u.Key, maxKey),
	} {
		if e != nil {
			found = append(found, e)
		}
	}
	return problem.Join(found)
}

// SaveUnit creates a unit (ID 0) or changes one, and reports whether anything changed. A key left empty keeps the one
// on record, or is the name for a new unit. A Version other than 0 must be the one on record. The kind never changes.
// Problems: unit_key_taken, unit_not_found, unit_kind_fixed, unit_circle, unit_too_deep, unit_parent_kind,
// version_conflict, and those of Validate.
func (s *Store) SaveUnit(tx *db.Tx, actor record.Actor, u Unit) (saved Unit, changed bool, err error) {
	u.Key, u.Name = tidy(u.Key), i18n.T(tidy(u.Name.ZH), tidy(u.Name.EN))
	if err := u.Validate(); err != nil {
		return u, false, err
	}
	if u.ID == 0 {
		return s.createUnit(tx, actor, u)
	}
	before, err := loadUnit(tx, u.ID, "")
	if err != nil {
		return u, false, err
	}
	if u.Version != 0 && u.Version != before.Version {
		return u, false, conflict(before.Version)
	}
	if u.Kind != before.Kind {
		return u, false, problem.Bad("unit_kind_fixed", "kind", "类别不能更改，请新建一个", "The kind cannot change; create a new unit")
	}
	if u.Key == "" {
		u.Key = before.Key
	}
	if u.Version = before.Version; u == before {
		return before, false, nil
	}
	if err := unitFits(tx, &u); err != nil {
		return u, false, err
	}
	u.Version++
	_, err = tx.Exec(`
		UPDATE unit
		SET key = $1, name_zh = $2, name_en = $3, parent_id = $4, version = $5
		WHERE id = $6`, u.Key, u.Name.ZH, u.Name.EN, idOrNull(u.ParentID), u.Version, u.ID)
	if err != nil {
		return u, false, fmt.Errorf("save unit %d: %w", u.ID, err)
	}
	return u, true, s.logChange(tx, actor, objectUnit, u.ID, before, u)
}

func (s *Store) createUnit(tx *db.Tx, actor record.Actor, u Unit) (Unit, bool, error) {
	if u.Key == "" {
		name := []rune(u.Name.In(i18n.ZH))
		u.Key = string(name[:min(maxKey, len(name))])
	}
	if err := unitFits(tx, &u); err != nil {
		return u, false, err
	}
	id, err := tx.NextID(1)
	if err != nil {
		return u, false, err
	}
	u.ID, u.Version = id, 1
	_, err = tx.Exec(`
		INSERT INTO unit (id, kind, key, name_zh, name_en, parent_id, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, u.ID, string(u.Kind), u.Key, u.Name.ZH, u.Name.EN, idOrNull(u.ParentID), u.Version)
	if err != nil {
		return u, false, fmt.Errorf("create unit %q: %w", u.Key, err)
	}
	return u, true, s.logChange(tx, actor, objectUnit, u.ID, nil, u)
}

// unitFits refuses a key that another unit of the kind has, and a parent that would make a circle or the tree too deep.
func unitFits(tx *db.Tx, u *Unit) error {
	var name i18n.Text
	err := tx.QueryRow(`SELECT name_zh, name_en FROM unit WHERE kind = $1 AND key = $2 AND id <> $3`, string(u.Kind), u.Key, u.ID).
		Scan(&name.ZH, &name.EN)
	if err == nil {
		return problem.New(problem.Conflict, "unit_key_taken", "key",
			"唯一标识 %s 已属于“%s”，请换一个", "The key %s already belongs to “%s”; choose another", u.Key, name)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("look for unit %q: %w", u.Key, err)
	}
	above := u.ParentID
	for depth := 0; above != 0; depth++ {
		if above == u.ID {
			return problem.Bad("unit_circle", "parent_id", "上级不能是自己或自己的下级，请选择别的上级",
				"A unit cannot lie below itself; choose another parent")
		}
		if depth == maxUnitDepth {
			return problem.Bad("unit_too_deep", "parent_id", "层级最多 %d 层，请选择更高的上级", "Units may be nested %d deep; choose a higher parent", maxUnitDepth)
		}
		parent, err := loadUnit(tx, above, "parent_id")
		if err != nil {
			return err
		}
		if depth == 0 && u.Kind == Department && parent.Kind == Team {
			return problem.Bad("unit_parent_kind", "parent_id", "部门不能放在团队之下，请选择一个部门",
				"A department cannot lie below a team; choose a department")
		}
		above = parent.ParentID
	}
	return nil
}

const unitColumns = `id, kind, key, name_zh, name_en, parent_id, version`

func loadUnit(tx *db.Tx, id int64, field string) (Unit, error) {
	u, err := scanUnit(tx.QueryRow(`SELECT `+unitColumns+` FROM unit WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return u, problem.New(problem.NotFound, "unit_not_found", field, "没有编号为 %d 的团队或部门", "There is no team or department with id %d", id)
	}
	if err != nil {
		return u, fmt.Errorf("load unit %d: %w", id, err)
	}
	return u, nil
}

func scanUnit(row interface{ Scan(...any) error }) (Unit, error) {
	var u Unit
	var kind string
	var parent sql.NullInt64
	err := row.Scan(&u.ID, &kind, &u.Key, &u.Name.ZH, &u.Name.EN, &parent, &u.Version)
	u.Kind, u.ParentID = UnitKind(kind), parent.Int64
	return u, err
}

func idOrNull(id int64) sql.NullInt64 { return sql.NullInt64{Int64: id, Valid: id != 0} }
