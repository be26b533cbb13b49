package people

import "laurel/internal/i18n"

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
	Version  int64     `json:"version"`
}
