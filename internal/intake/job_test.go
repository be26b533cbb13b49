package intake

import (
	"os"
	"strings"
	"testing"
	"time"

	"laurel/internal/db"
	"laurel/internal/db/dbtest"
	"laurel/internal/i18n"
	"laurel/internal/people"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// clerk is a store over an organisation with one object, note.
func clerk(t *testing.T, d *db.DB) *Store {
	t.Helper()
	records, err := record.Open(t.Context(), d)
	must(t, err)
	s := Open(d, records, people.Open(d, records))
	must(t, d.Write(t.Context(), func(tx *db.Tx) error {
		_, _, err := records.Define(tx, "test", record.ObjectDef{Key: "note", Name: i18n.Same("Note"), Title: "title", Fields: []record.FieldDef{
			{Key: "title", Name: i18n.Same("Title"), Type: record.TypeText}, {Key: "size", Name: i18n.Same("Size"), Type: record.TypeNumber},
		}})
		return err
	}))
	return s
}

const notes = "title,size\nA,1\nB,=2\n"

func TestAJobOutlivesItsProcess(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := clerk(t, d)
		j, err := s.Upload(t.Context(), "test", "notes.csv", "", strings.NewReader(notes))
		must(t, err)
		t.Cleanup(func() { removeFolder(j.folder) })
		must(t, d.Write(t.Context(), func(tx *db.Tx) error { // as if the process had died while it ran
			j.Status = Running
			if err := updateJob(tx, j); err != nil {
				return err
			}
			_, err := tx.Exec(`UPDATE import_job SET updated_at = $1`, time.Now().Add(-2*lostAfter).UnixMicro())
			return err
		}))
		s = Open(d, s.records, s.people)
		if lost, err := s.Job(t.Context(), j.ID); err != nil || lost.Status != Failed || lost.Report.Fault.EN == "" {
			t.Fatalf("got %+v, %v", lost, err)
		}
		report, err := s.Check(t.Context(), "test", j.ID)
		must(t, err)
		if report.Created != 1 || report.Failed != 1 {
			t.Errorf("checked %+v", report)
		}
		done := make(chan Report, 10)
		_, err = s.Start(t.Context(), "test", j.ID, func(r Report) {
			if r.Status != Running {
				done <- r
			}
		})
		must(t, err)
		if r := <-done; r.Status != Done || r.Created != 1 {
			t.Errorf("done %+v", r)
		}
		var out strings.Builder
		j, err = s.Job(t.Context(), j.ID)
		must(t, err)
		must(t, s.WriteBadRows(j, &out, i18n.ZH))
		if !strings.Contains(out.String(), "3,size,'=2,not_a_number") {
			t.Errorf("report %s", out.String())
		}
	})
}

func TestJobsExpireWithTheirFiles(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	s := clerk(t, d)
	old, err := s.Upload(t.Context(), "test", "old.csv", "", strings.NewReader(notes))
	must(t, err)
	must(t, d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE import_job SET created_at = $1`, time.Now().Add(-jobLifetime-time.Hour).UnixMicro())
		return err
	}))
	fresh, err := s.Upload(t.Context(), "test", "new.csv", "", strings.NewReader(notes))
	must(t, err)
	t.Cleanup(func() { removeFolder(fresh.folder) })
	if _, err := os.Stat(old.folder); !os.IsNotExist(err) {
		t.Errorf("the expired file is still there: %v", err)
	}
	if _, err := s.Job(t.Context(), old.ID); !problem.IsCode(err, "import_not_found") {
		t.Errorf("the expired job: %v", err)
	}
	removeFolder(fresh.folder)
	if _, err := s.Check(t.Context(), "test", fresh.ID); !problem.IsCode(err, "file_gone") {
		t.Errorf("a job whose file is gone: %v", err)
	}
	if _, err := s.Upload(t.Context(), "test", "bad.csv", "", strings.NewReader("\xff\xff")); !problem.IsCode(err, "bad_encoding") {
		t.Errorf("a bad upload: %v", err)
	}
}

// A folder in the table that is none of ours is never removed.
func TestOnlyOwnFoldersAreRemoved(t *testing.T) {
	dir := t.TempDir()
	removeFolder(dir)
	if _, err := os.Stat(dir); err != nil {
		t.Error(err)
	}
}

func TestAnotherHeaderLooksThroughTheFileAgain(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	s := clerk(t, d)
	j, err := s.Upload(t.Context(), "test", "notes.csv", "note", strings.NewReader("a,b\ntitle,size\nA,1\n"))
	must(t, err)
	t.Cleanup(func() { removeFolder(j.folder) })
	m := Mapping{Object: "note", Columns: []ColumnMapping{{Column: "title", Field: "title"}, {Column: "size", Field: "size"}}, HeaderRow: 2}
	j, err = s.SetMapping(t.Context(), j.ID, m)
	must(t, err)
	if j.Survey.HeaderRow != 2 || j.Survey.Columns[0].Name != "title" || j.Survey.Rows != 1 {
		t.Errorf("got %+v", j.Survey)
	}
}

// The mapping that made the records is suggested again, identity included: otherwise the same file would load twice.
func TestTheIdentityThatRecordsHaveIsSuggested(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	s := clerk(t, d)
	content := "title,size\nA,1\nB,2\n"
	for _, key := range []string{"", "title"} {
		must(t, d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`DELETE FROM o_note`)
			return err
		}))
		j, err := s.Upload(t.Context(), "test", "notes.csv", "note", strings.NewReader(content))
		must(t, err)
		t.Cleanup(func() { removeFolder(j.folder) })
		m := j.Mapping
		m.Key = key
		_, err = s.SetMapping(t.Context(), j.ID, m)
		must(t, err)
		_, err = s.execute(t.Context(), &Job{ID: j.ID, File: j.File, Survey: j.Survey, Mapping: m, folder: j.folder}, Options{Actor: "test"})
		must(t, err)
		again, err := s.SetMapping(t.Context(), j.ID, Mapping{Object: "note"})
		must(t, err)
		if again.Mapping.Key != key || len(again.Mapping.Columns) != 2 {
			t.Errorf("after the identity %q: %+v", key, again.Mapping)
		}
	}
}

func TestAnotherSheetIsSuggestedAnew(t *testing.T) {
	d := dbtest.Open(t, db.SQLite)
	s := clerk(t, d)
	j, err := s.Upload(t.Context(), "test", "notes.csv", "", strings.NewReader("a,b\nname,email\nA,a@example.com\n"))
	must(t, err)
	t.Cleanup(func() { removeFolder(j.folder) })
	j, err = s.SetMapping(t.Context(), j.ID, Mapping{HeaderRow: 2})
	must(t, err)
	if !j.Mapping.Persons || len(j.Mapping.Columns) != 2 || j.Mapping.Columns[0].Field != PersonName || j.Mapping.HeaderRow != 2 {
		t.Errorf("got %+v", j.Mapping)
	}
}
