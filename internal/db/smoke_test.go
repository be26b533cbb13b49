package db_test

import (
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

func TestSmoke(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Write(t.Context(), func(tx *db.Tx) error {
			id, err := tx.NextID(2)
			if err != nil || id != 1 {
				t.Errorf("id %d %v", id, err)
			}
			_, err = tx.Exec(`INSERT INTO object (id, key, definition, version, created_at) VALUES ($1,$2,$3,$4,$5)`, id, "deal", []byte("{}"), 1, 5)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := d.Read(t.Context(), func(tx *db.Tx) error {
			var key, def string
			if err := tx.QueryRow(`SELECT key, definition FROM object WHERE id = $1`, 1).Scan(&key, &def); err != nil {
				return err
			}
			if key != "deal" || def != "{}" {
				t.Error(key, def)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}
