package record

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"laurel/internal/db"
	"laurel/internal/problem"
)

// table brings an object's real table in line with its definition.
type table struct {
	tx       *db.Tx
	name     string // without quotes
	objectID int64
}

// statement runs a text in which {t} is the table and {c} the column of a field.
func (t *table) statement(text, fieldKey string) error {
	_, err := t.tx.Exec(t.fill(text, fieldKey))
	return err
}

func (t *table) fill(text, fieldKey string) string {
	return strings.NewReplacer("{t}", db.Quote(t.name), "{c}", db.Quote(columnOf(fieldKey))).Replace(text)
}

func (t *table) create() error {
	d := t.tx.Dialect()
	return t.statement(fmt.Sprintf(`CREATE TABLE {t} (
    id %s,
    external_id %s UNIQUE,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT
)`, d.PrimaryKey(), d.ColumnType(columnText)), "")
}

func (t *table) saveObject(def *ObjectDef, fresh bool, now int64) error {
	text, err := json.Marshal(objectJSON{Name: def.Name, Title: def.Title})
	if err != nil {
		return err
	}
	if fresh {
		_, err = t.tx.Exec("INSERT INTO object (id, key, definition, version, created_at) VALUES ($1, $2, $3, 1, $4)", t.objectID, def.Key, string(text), now)
	} else {
		_, err = t.tx.Exec("UPDATE object SET definition = $1, version = version + 1 WHERE id = $2", string(text), t.objectID)
	}
	return err
}

// sync adds, alters and hides fields.
func (t *table) sync(old *Object, def *ObjectDef) error {
	before := map[string]*Field{}
	hidden := map[string]bool{}
	for i := range old.Fields {
		before[old.Fields[i].Key] = &old.Fields[i]
	}
	for i := range old.hidden {
		before[old.hidden[i].Key] = &old.hidden[i]
		hidden[old.hidden[i].Key] = true
	}
	meant := map[string]bool{}
	for i := range def.Fields {
		d := &def.Fields[i]
		meant[d.Key] = true
		if f, ok := before[d.Key]; ok {
			if err := t.alter(f, hidden[d.Key], d, i); err != nil {
				return inField(err, d.Key)
			}
			continue
		}
		if len(before) >= MaxFields {
			return problem.New(problem.TooLarge, "too_many_fields", d.Key, "一个对象最多 %d 个字段（含已隐藏的）。", "An object has at most %d fields, hidden ones included.", MaxFields)
		}
		before[d.Key] = nil
		if err := t.add(d, i); err != nil {
			return inField(err, d.Key)
		}
	}
	for i := range old.Fields {
		if f := &old.Fields[i]; !meant[f.Key] {
			if err := t.hide(f, len(def.Fields)+i); err != nil {
				return err
			}
		}
	}
	return nil
}

func inField(err error, key string) error {
	if p, ok := problem.As(err); ok && p.Kind != problem.Unavailable {
		return p.In("fields." + key)
	}
	return err
}

func (t *table) add(d *FieldDef, position int) error {
	id, err := t.tx.NextID(1)
	if err != nil {
		return err
	}
	if err := t.addColumn(d); err != nil {
		return err
	}
	text, err := json.Marshal(fieldJSON{FieldDef: *d})
	if err != nil {
		return err
	}
	if _, err := t.tx.Exec("INSERT INTO field (id, object_id, key, definition, position, next_number) VALUES ($1, $2, $3, $4, $5, 1)",
		id, t.objectID, d.Key, string(text), int64(position)); err != nil {
		return err
	}
	f := d.field(id)
	if err := t.number(&f); err != nil {
		return err
	}
	return t.addIndexes(&f)
}

func (t *table) addColumn(d *FieldDef) error {
	return t.statement("ALTER TABLE {t} ADD COLUMN {c} "+t.tx.Dialect().ColumnType(types[d.Type].about().column), d.Key)
}

// number gives the records that have none their automatic number, in the order of their creation.
func (t *table) number(f *Field) error {
	if f.Type != TypeAutoNumber {
		return nil
	}
	var next int64
	if err := t.tx.QueryRow("SELECT next_number FROM field WHERE id = $1", f.ID).Scan(&next); err != nil {
		return err
	}
	numbered, err := t.tx.Exec(t.fill(`UPDATE {t}
SET {c} = n.place + $1
FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM {t} WHERE {c} IS NULL) AS n
WHERE n.id = {t}.id`, f.Key), next-1)
	if err != nil {
		return err
	}
	_, err = t.tx.Exec("UPDATE field SET next_number = $1 WHERE id = $2", next+numbered, f.ID)
	return err
}

func (t *table) alter(f *Field, hidden bool, d *FieldDef, position int) error {
	was := f.Def()
	switch {
	case was.Type == TypeText && d.Type == TypeLongText: // the same column holds both
	case was.Type != d.Type || was.Scale != d.Scale || was.Currency != d.Currency || was.Target != d.Target:
		used, err := t.used(f.Key)
		if err != nil {
			return err
		}
		if used {
			return problem.New(problem.Conflict, "field_has_data", "",
				"字段 %s 已有数据，不能改变类型、小数位数、货币或关联对象。请新建一个字段。",
				"The field %s holds data, so its type, scale, currency and target cannot change. Add a new field instead.", f.Key)
		}
		if err := t.rebuild(f, d); err != nil {
			return err
		}
		was.Unique, hidden = d.Unique, false // rebuilt with the indexes that it wants
	default:
		if err := t.checkGoneChoices(f, d); err != nil {
			return err
		}
	}
	text, err := json.Marshal(fieldJSON{FieldDef: *d})
	if err != nil {
		return err
	}
	if _, err := t.tx.Exec("UPDATE field SET definition = $1, position = $2 WHERE id = $3", string(text), int64(position), f.ID); err != nil {
		return err
	}
	now := d.field(f.ID)
	switch {
	case hidden || d.Unique && !was.Unique:
		if err := t.dropIndexes(f.ID); err != nil {
			return err
		}
		if err := t.number(&now); err != nil { // records made while it was hidden
			return err
		}
		return t.addIndexes(&now)
	case was.Unique && !d.Unique:
		return t.dropUnique(f.ID)
	}
	return nil
}

// rebuild makes the column of an unused field anew.
func (t *table) rebuild(f *Field, d *FieldDef) error {
	if err := t.dropIndexes(f.ID); err != nil {
		return err
	}
	if err := t.statement("ALTER TABLE {t} DROP COLUMN {c}", f.Key); err != nil {
		return err
	}
	if err := t.addColumn(d); err != nil {
		return err
	}
	now := d.field(f.ID)
	if err := t.number(&now); err != nil {
		return err
	}
	return t.addIndexes(&now)
}

// hide keeps the column; the unique index goes, for what is no longer seen must not clash.
func (t *table) hide(f *Field, position int) error {
	text, err := json.Marshal(fieldJSON{FieldDef: f.Def(), Hidden: true})
	if err != nil {
		return err
	}
	if _, err := t.tx.Exec("UPDATE field SET definition = $1, position = $2 WHERE id = $3", string(text), int64(position), f.ID); err != nil {
		return err
	}
	return t.dropIndexes(f.ID)
}

func (t *table) addIndexes(f *Field) error {
	if f.Unique {
		if err := t.checkDistinct(f); err != nil {
			return err
		}
		if err := t.statement(fmt.Sprintf("CREATE UNIQUE INDEX u_%d ON {t} ({c}) WHERE deleted_at IS NULL", f.ID), f.Key); err != nil {
			return err
		}
	}
	if f.typ().about().indexed {
		return t.statement(fmt.Sprintf("CREATE INDEX i_%d ON {t} ({c})", f.ID), f.Key)
	}
	return nil
}

func (t *table) dropIndexes(fieldID int64) error {
	if err := t.dropUnique(fieldID); err != nil {
		return err
	}
	return t.statement(fmt.Sprintf("DROP INDEX IF EXISTS i_%d", fieldID), "")
}

func (t *table) dropUnique(fieldID int64) error {
	return t.statement(fmt.Sprintf("DROP INDEX IF EXISTS u_%d", fieldID), "")
}

// used reports whether any record, deleted or not, has a value in the field.
func (t *table) used(fieldKey string) (bool, error) {
	return t.any("SELECT 1 FROM {t} WHERE {c} IS NOT NULL LIMIT 1", fieldKey)
}

// any reports whether a query finds a row.
func (t *table) any(text, fieldKey string, args ...any) (bool, error) {
	var one int64
	err := t.tx.QueryRow(t.fill(text, fieldKey), args...).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// checkDistinct says which field keeps a unique index from being made.
func (t *table) checkDistinct(f *Field) error {
	twice, err := t.any("SELECT 1 FROM {t} WHERE deleted_at IS NULL AND {c} IS NOT NULL GROUP BY {c} HAVING COUNT(*) > 1 LIMIT 1", f.Key)
	if err != nil {
		return err
	}
	if twice {
		return problem.New(problem.Conflict, "not_unique", "", "字段 %s 中有重复的值，不能设为唯一。请先改正这些记录。",
			"The field %s has the same value in several records, so it cannot be unique. Mend those records first.", f.Key)
	}
	if f.Type != TypeText {
		return nil
	}
	long, err := t.any("SELECT 1 FROM {t} WHERE deleted_at IS NULL AND length({c}) > $1 LIMIT 1", f.Key, int64(MaxUniqueText))
	if err != nil {
		return err
	}
	if long {
		return problem.New(problem.Conflict, "too_long", "", "字段 %s 中有超过 %d 个字符的值，不能设为唯一。",
			"The field %s holds values of more than %d characters, so it cannot be unique.", f.Key, MaxUniqueText)
	}
	return nil
}

// checkGoneChoices refuses to take away a choice that a record, deleted or not, has.
func (t *table) checkGoneChoices(f *Field, d *FieldDef) error {
	kept := map[string]bool{}
	for _, c := range d.Choices {
		kept[c.Key] = true
	}
	for _, c := range f.Choices {
		if kept[c.Key] {
			continue
		}
		where, key := "{c} = $1", c.Key
		if f.Type == TypeChoices {
			where, key = hasElement("{c}", "$1"), string(appendString(nil, c.Key))
		}
		used, err := t.any("SELECT 1 FROM {t} WHERE "+where+" LIMIT 1", f.Key, key)
		if err != nil {
			return err
		}
		if used {
			return problem.New(problem.Conflict, "choice_in_use", "choices", "选项 %s 已被记录使用，不能删除。请保留它，或先改正这些记录。",
				"The choice %s is used by records, so it cannot be removed. Keep it, or mend those records first.", shown(c.Key))
		}
	}
	return nil
}

// hasElement is true where the JSON array in a column holds the JSON string of a parameter. Strings in it are quoted
// and escaped, and a lone comma is no key, so only a whole element can match. LIKE would ignore case on SQLite.
func hasElement(column, parameter string) string {
	return "replace(" + column + ", " + parameter + ", '') <> " + column
}
