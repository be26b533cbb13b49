package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"laurel/internal/db"
	"laurel/internal/i18n"
)

// objectJSON is the definition column of table object.
type objectJSON struct {
	Name  i18n.Text `json:"name"`
	Title string    `json:"title,omitempty"`
}

// fieldJSON is the definition column of table field: the definition, and whether it was left out of the object's
// since. A hidden field keeps its column and its data, and is back when it is defined again.
type fieldJSON struct {
	FieldDef
	Hidden bool `json:"hidden,omitempty"`
}

func loadSchema(tx *db.Tx, version int64) (*Schema, error) {
	schema := &Schema{Version: version, byKey: map[string]*Object{}}
	byID := map[int64]*Object{}
	rows, err := tx.Query("SELECT id, key, definition, version FROM object ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var o Object
		var text string
		if err := rows.Scan(&o.ID, &o.Key, &text, &o.Version); err != nil {
			return nil, err
		}
		var def objectJSON
		if err := json.Unmarshal([]byte(text), &def); err != nil {
			return nil, fmt.Errorf("definition of object %s: %w", o.Key, err)
		}
		o.Name, o.TitleField = def.Name, def.Title
		schema.Objects = append(schema.Objects, &o)
		schema.byKey[o.Key], byID[o.ID] = &o, &o
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	if err := loadFields(tx, byID); err != nil {
		return nil, err
	}
	for _, o := range schema.Objects {
		o.prepare()
	}
	return schema, nil
}

func loadFields(tx *db.Tx, byID map[int64]*Object) error {
	rows, err := tx.Query("SELECT id, object_id, definition FROM field ORDER BY object_id, position, id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, objectID int64
		var text string
		if err := rows.Scan(&id, &objectID, &text); err != nil {
			return err
		}
		var def fieldJSON
		if err := json.Unmarshal([]byte(text), &def); err != nil {
			return fmt.Errorf("definition of field %d: %w", id, err)
		}
		o, f := byID[objectID], def.FieldDef.field(id)
		if o == nil || types[f.Type] == nil {
			return fmt.Errorf("field %d belongs to no object or is of no known type", id)
		}
		if def.Hidden {
			o.hidden = append(o.hidden, f)
		} else {
			o.Fields = append(o.Fields, f)
		}
	}
	return rows.Err()
}

func (d *FieldDef) field(id int64) Field {
	return Field{
		ID: id, Key: d.Key, Name: d.Name, Type: d.Type, Required: d.Required, Unique: d.Unique,
		Scale: d.Scale, Currency: d.Currency, Choices: d.Choices, Target: d.Target,
	}
}

// touchSchema gives the definitions a new version: the time, so that a version that was rolled back never returns.
func (s *Store) touchSchema(tx *db.Tx) error {
	var version int64
	if err := tx.QueryRow("SELECT schema_version FROM counter").Scan(&version); err != nil {
		return err
	}
	version = max(version+1, time.Now().UnixMicro())
	if _, err := tx.Exec("UPDATE counter SET schema_version = $1", version); err != nil {
		return err
	}
	s.await(version)
	return nil
}
