package intake

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"laurel/internal/db"
	"laurel/internal/i18n"
	"laurel/internal/problem"
	"laurel/internal/record"
)

// Bounds of jobs.
const (
	jobLifetime = 7 * 24 * time.Hour
	maxJobs     = 500 // kept; the oldest go first
	maxRunning  = 4   // at a time, in this process
	lostAfter   = time.Minute
	folderMark  = "laurel-import-" // begins the name of every folder that jobs keep their files in
)

// Job is an uploaded file on its way into records. Its file lies in a temporary folder until the job expires.
type Job struct {
	ID       int64
	File     string // as the person called it
	Format   Format
	Encoding string
	Sheets   []string
	Survey   Survey
	Mapping  Mapping
	Status   Status
	Report   *Report // nil before the first dry run
	Actor    record.Actor
	Created  int64 // µs UTC
	Updated  int64

	folder string
}

// known is what a job's row keeps about the file.
type known struct {
	Format   Format   `json:"format"`
	Encoding string   `json:"encoding,omitempty"`
	Sheets   []string `json:"sheets,omitempty"`
	Survey   Survey   `json:"survey"`
}

func (j *Job) dataFile() string { return filepath.Join(j.folder, "data") }
func (j *Job) badFile() string  { return filepath.Join(j.folder, "problems.jsonl") }

// open opens the job's file, or says that it has expired.
func (j *Job) open() (*File, error) {
	file, err := OpenFile(j.dataFile(), j.File)
	if problem.IsCode(err, "file_not_found") {
		return nil, problem.New(problem.NotFound, "file_gone", "", "上传的文件已过期，请重新上传。", "The uploaded file has expired. Upload it again.")
	}
	return file, err
}

func insertJob(tx *db.Tx, j *Job) error {
	id, err := tx.NextID(1)
	if err != nil {
		return err
	}
	j.ID = id
	return j.write(tx, `
		INSERT INTO import_job (survey, mapping, status, report, updated_at, id, file, folder, actor, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, j.ID, j.File, j.folder, j.Actor, j.Created)
}

func updateJob(tx *db.Tx, j *Job) error {
	return j.write(tx, `UPDATE import_job SET survey = $1, mapping = $2, status = $3, report = $4, updated_at = $5 WHERE id = $6`, j.ID)
}

func (j *Job) write(tx *db.Tx, query string, more ...any) error {
	survey, err := json.Marshal(known{Format: j.Format, Encoding: j.Encoding, Sheets: j.Sheets, Survey: j.Survey})
	if err != nil {
		return fmt.Errorf("write the survey: %w", err)
	}
	mapping, err := json.Marshal(j.Mapping)
	if err != nil {
		return fmt.Errorf("write the mapping: %w", err)
	}
	report := []byte{}
	if j.Report != nil {
		if report, err = json.Marshal(j.Report); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	}
	j.Updated = time.Now().UnixMicro()
	_, err = tx.Exec(query, append([]any{string(survey), string(mapping), string(j.Status), string(report), j.Updated}, more...)...)
	return err
}

func loadJob(tx *db.Tx, id int64) (*Job, error) {
	j := &Job{ID: id}
	var survey, mapping, status, report string
	err := tx.QueryRow(`SELECT file, folder, survey, mapping, status, report, actor, created_at, updated_at FROM import_job WHERE id = $1`, id).
		Scan(&j.File, &j.folder, &survey, &mapping, &status, &report, &j.Actor, &j.Created, &j.Updated)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, problem.New(problem.NotFound, "import_not_found", "", "没有编号为 %d 的导入，可能已过期。请重新上传。", "There is no import %d; it may have expired. Upload the file again.", id)
	}
	if err != nil {
		return nil, err
	}
	var k known
	if err := json.Unmarshal([]byte(survey), &k); err != nil {
		return nil, fmt.Errorf("read import %d: %w", id, err)
	}
	if err := json.Unmarshal([]byte(mapping), &j.Mapping); err != nil {
		return nil, fmt.Errorf("read import %d: %w", id, err)
	}
	if report != "" {
		j.Report = &Report{}
		if err := json.Unmarshal([]byte(report), j.Report); err != nil {
			return nil, fmt.Errorf("read import %d: %w", id, err)
		}
	}
	j.Format, j.Encoding, j.Sheets, j.Survey, j.Status = k.Format, k.Encoding, k.Sheets, k.Survey, Status(status)
	return j, nil
}

// lost turns a job that says it runs, and that nobody has heard of for a while, into one that failed: its process died.
// What it loaded is there, and running it again loads the rest.
func (j *Job) lost() {
	if j.Status != Running || time.Since(time.UnixMicro(j.Updated)) < lostAfter {
		return
	}
	j.Status = Failed
	if j.Report == nil {
		j.Report = &Report{Problems: []Problem{}, Mends: []Mend{}}
	}
	j.Report.Status = Failed
	j.Report.Fault = i18n.T("服务中断，导入没有完成。已导入的保留，请再次导入。", "The server stopped before the import was done. What was loaded stays; run it again.")
}

// purge removes jobs that have expired, and the oldest beyond what is kept, with their files.
func purge(tx *db.Tx) (folders []string, err error) {
	rows, err := tx.Query(`SELECT id, folder, created_at FROM import_job ORDER BY created_at DESC, id DESC`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	oldest := time.Now().Add(-jobLifetime).UnixMicro()
	var gone []int64
	for n := 0; rows.Next(); n++ {
		var id, created int64
		var folder string
		if err := rows.Scan(&id, &folder, &created); err != nil {
			return nil, err
		}
		if created < oldest || n >= maxJobs {
			gone, folders = append(gone, id), append(folders, folder)
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	for _, id := range gone {
		if _, err := tx.Exec(`DELETE FROM import_job WHERE id = $1`, id); err != nil {
			return nil, err
		}
	}
	return folders, nil
}

// removeFolder removes a job's folder, and never anything else.
func removeFolder(folder string) {
	if strings.HasPrefix(filepath.Base(folder), folderMark) {
		_ = os.RemoveAll(folder) // what cannot be removed is the temporary folder's to clean
	}
}
