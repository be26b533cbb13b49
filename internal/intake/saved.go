package intake

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"laurel/internal/db"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Bounds of kept mappings.
const (
	MaxMappings    = 500
	MaxMappingName = 100 // characters
)

// SavedMapping is a mapping kept under a name.
type SavedMapping struct {
	Name    string  `json:"name"`
	Mapping Mapping `json:"mapping"`
}

// SaveMapping keeps a mapping under a name, in place of the one that had it.
func (s *Store) SaveMapping(tx *db.Tx, actor record.Actor, m SavedMapping) (SavedMapping, error) {
	m.Name = strings.Join(strings.Fields(m.Name), " ")
	if m.Name == "" || utf8.RuneCountInString(m.Name) > MaxMappingName || !utf8.ValidString(m.Name) {
		return m, problem.Bad("bad_name", "name", "名称应为 1 至 %d 个字符。", "Give a name of 1 to %d characters.", MaxMappingName)
	}
	m.Mapping.Sheet, m.Mapping.HeaderRow = "", 0 // of the one file it was made for
	text, err := json.Marshal(m.Mapping)
	if err != nil {
		return m, fmt.Errorf("write the mapping: %w", err)
	}
	var n int64
	if err := tx.QueryRow(`SELECT COUNT(*) FROM import_mapping`).Scan(&n); err != nil {
		return m, err
	}
	if n >= MaxMappings {
		return m, problem.New(problem.TooLarge, "too_many_mappings", "", "最多保存 %d 份对应关系，请先删除不用的。", "At most %d mappings are kept. Delete some first.", MaxMappings)
	}
	_, err = tx.Exec(`
		INSERT INTO import_mapping (name, mapping, updated_at, updated_by)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
		m.Name, text, time.Now().UnixMicro(), actor)
	return m, err
}

// SavedMappings lists the kept mappings by name.
func (s *Store) SavedMappings(tx *db.Tx) ([]SavedMapping, error) {
	rows, err := tx.Query(`SELECT name, mapping FROM import_mapping ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	out := []SavedMapping{}
	for rows.Next() {
		var m SavedMapping
		var text string
		if err := rows.Scan(&m.Name, &text); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &m.Mapping); err != nil {
			return nil, fmt.Errorf("read mapping %q: %w", m.Name, err)
		}
		out = append(out, m)
	}
	return out, rows.Err()
}

// MappingByName is the mapping kept under a name.
func (s *Store) MappingByName(tx *db.Tx, name string) (Mapping, error) {
	var m Mapping
	var text string
	err := tx.QueryRow(`SELECT mapping FROM import_mapping WHERE name = $1`, name).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return m, noMapping(name)
	}
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return m, fmt.Errorf("read mapping %q: %w", name, err)
	}
	return m, nil
}

// DeleteMapping forgets a mapping.
func (s *Store) DeleteMapping(tx *db.Tx, name string) error {
	n, err := tx.Exec(`DELETE FROM import_mapping WHERE name = $1`, name)
	if err == nil && n == 0 {
		err = noMapping(name)
	}
	return err
}

func noMapping(name string) *problem.Error {
	return problem.New(problem.NotFound, "mapping_not_found", "name", "没有名为 %q 的对应关系。", "There is no mapping called %q.", name)
}
