package db_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/problem"
)

// Opening what must be there neither creates it nor leaves a trace of having looked.
func TestOpenExisting(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "mistyped")
	if _, err := db.OpenExisting(t.Context(), "sqlite:"+filepath.Join(folder, "a.db"), ""); !problem.IsCode(err, "storage_missing") {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
	for _, dialect := range dbtest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			url, org := dbtest.Place(t, dialect)
			if _, err := db.OpenExisting(t.Context(), url, org); !problem.IsCode(err, "storage_missing") {
				t.Errorf("before it is made: %v", err)
			}
			dbtest.Reopen(t, url, org).Close()
			d, err := db.OpenExisting(t.Context(), url, org)
			if err != nil {
				t.Fatalf("once it is made: %v", err)
			}
			d.Close()
		})
	}
}
