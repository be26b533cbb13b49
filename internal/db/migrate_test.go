package db_test

import (
	"context"
	"slices"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
)

// A storage of an earlier version, which kept a row for each metric, opens with everything that it had counted.
func TestContributionsOfEarlierVersions(t *testing.T) {
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			url, org := dbtest.Place(t, dialect)
			write(t, dbtest.Reopen(t, url, org), func(tx *db.Tx) error {
				for _, statement := range []string{
					`DROP TABLE contribution`,
					`CREATE TABLE contribution (
						record_id BIGINT NOT NULL, metric_id BIGINT NOT NULL, person_id BIGINT NOT NULL, day BIGINT NOT NULL, moment BIGINT NOT NULL,
						ext ` + tx.Dialect().ColumnType("text") + ` NOT NULL, value BIGINT NOT NULL, label ` + tx.Dialect().ColumnType("text") + ` NOT NULL DEFAULT '',
						PRIMARY KEY (record_id, metric_id, person_id))`,
					`INSERT INTO object (id, key, definition, version, created_at) VALUES (1, 'deal', '{}', 1, 0), (2, 'call', '{}', 1, 0)`,
					`INSERT INTO metric (id, key, definition, version) VALUES
						(3, 'won', '{"key":"won","object":"deal"}', 1), (14, 'sales', '{"object":"deal"}', 1), (5, 'calls', '{"object":"call"}', 1)`,
					`INSERT INTO contribution (record_id, metric_id, person_id, day, moment, ext, value, label) VALUES
						(100, 14, 7, 20000, 1728, 'D1', -4500, '100%;a=b'), (100, 3, 7, 20000, 1728, 'D1', 1, ''), (100, 3, 8, 20000, 1728, 'D1', 1, ''),
						(101, 3, 7, 20001, 1729, '', 1, '华东'), (200, 5, 7, 20000, 1728, 'C1', 1, ''),
						(102, 3, 7, 20001, 1729, 'D2', 1, ''), (102, 14, 7, 20001, 1729, 'D3', 10, '')`, // counted again for one metric,
					`ALTER TABLE award DROP COLUMN origin_to`, // what later migrations add
					`DELETE FROM schema_migration WHERE version_id >= 33`,
				} {
					if _, err := tx.Exec(statement); err != nil {
						return err
					}
				}
				return nil
			})
			var got []string
			err := dbtest.Reopen(t, url, org).Read(context.Background(), func(tx *db.Tx) error {
				rows, err := tx.Query(`SELECT record_id || ' ' || person_id || ' ' || moment || ' ' || object_id || ' ' || day || ' ' || ext || ' ' || given
					FROM contribution ORDER BY record_id, person_id, moment`)
				if err != nil {
					return err
				}
				defer rows.Close()
				for rows.Next() {
					var row string
					if err := rows.Scan(&row); err != nil {
						return err
					}
					got = append(got, row)
				}
				return rows.Err()
			})
			want := []string{
				"100 7 1728 1 20000 D1 3=1;14=-4500=100%25%3Ba=b",
				"100 8 1728 1 20000 D1 3=1",
				"101 7 1729 1 20001  3=1=华东",
				"102 7 1729 1 20001 D3 3=1;14=10",
				"200 7 1728 2 20000 C1 5=1",
			}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%q, %v\nwant %q", got, err, want)
			}
		})
	}
}
