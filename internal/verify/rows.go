package verify

import (
	"database/sql"

	"laurel/internal/rule"
)

type scanRow func(dest ...any) error

// each reads every row and closes them.
func each(rows *sql.Rows, row func(scanRow) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func personRef(id int64) rule.Ref { return rule.Ref{Kind: rule.Person, ID: id} }
